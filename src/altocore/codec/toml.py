"""TOML as people write it, read with the place of each fault, and never with what stands there."""

import re
import tomllib
from typing import Final

from altocore.errors import BadType, BadValue

__all__ = ["parse_toml"]

_PLACE: Final = re.compile(r"\(at (line [0-9]+, column [0-9]+|end of document)\)\Z")


def parse_toml(text: str, what: str) -> dict[str, object]:
    """Return the content of a TOML document; `what` names it in an error.

    Raises:
        BadType: not a str.
        BadValue: not TOML; the line and the column are named.
    """
    if type(text) is not str:
        raise BadType(what, "must be a str holding TOML")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        found = _PLACE.search(str(fault))
    raise BadValue(what, f"not TOML{f', at {found.group(1)}' if found else ''}")
