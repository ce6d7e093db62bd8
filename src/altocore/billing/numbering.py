"""How an invoice's number is written: its series, a dash, and the number in eight digits or more."""

import re
from typing import Final

from altocore.errors import BadType, BadValue

__all__ = ["label", "parse_label"]

_LABEL: Final = re.compile(r"([A-Z0-9]{1,12})-([0-9]{8}|[1-9][0-9]{8,17})", re.ASCII)


def label(series: str, number: int) -> str:
    """Return the number as it stands on the invoice.

    >>> label("A", 42)
    'A-00000042'
    """
    return f"{series}-{number:08d}"


def parse_label(text: str) -> tuple[str, int]:
    """Return the series and the number that a label says.

    >>> parse_label("A-00000042")
    ('A', 42)

    Raises:
        BadType: not a str.
        BadValue: another form.
    """
    if type(text) is not str:
        raise BadType("number", "must be a str such as A-00000042")
    found = _LABEL.fullmatch(text)
    if found is None:
        raise BadValue("number", "must look like A-00000042")
    return found.group(1), int(found.group(2))
