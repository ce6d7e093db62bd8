"""Which kinds a schema's statements name, read off their text; and which it must be."""

import re
from typing import Final

from altocore.plans.documents import LASTING, NAMES, index
from altocore.testing.store_examples import Names, one_of_each

EVERY: Final = set(NAMES.values())
REWRITTEN: Final = {name for kind, name in NAMES.items() if kind not in LASTING}
NOBODYS: Final = {NAMES[type(each)] for each in one_of_each(Names("kinds")) if not index(each).client}


def kinds_in(statement: str, clause: str) -> set[str]:
    """Return the kinds that stand in brackets behind this clause, which stands there once."""
    (listed,) = re.findall(re.escape(clause) + r"\s*\(([^()]*)\)", statement)
    return set(re.findall(r"'([a-z_]+)'", listed))
