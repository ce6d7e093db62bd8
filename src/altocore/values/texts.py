"""Short texts that people give: names, addresses, references. Bounded, one line, without control characters."""

import unicodedata
from collections.abc import Callable
from typing import Final

from altocore.errors import BadType, BadValue

__all__ = ["LINE_MAX", "line", "optional_line"]

LINE_MAX: Final = 200
"""The most characters that a line may have."""

_REFUSED: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


def line(field: str) -> Callable[[object, object, str], None]:
    """Return an attrs validator: a str of 1 to 200 characters, not blank, no control character and no line break."""

    def check(_owner: object, _attribute: object, given: str) -> None:
        _checked(field, given)
        if not given.strip():
            raise BadValue(field, "must not be blank")

    return check


def optional_line(field: str) -> Callable[[object, object, str], None]:
    """Return the same validator, which also lets an empty text pass."""

    def check(_owner: object, _attribute: object, given: str) -> None:
        _checked(field, given)

    return check


def _checked(field: str, given: str) -> None:
    """Refuse what is no bounded line of text, without repeating it."""
    if type(given) is not str:
        raise BadType(field, "must be a str")
    if len(given) > LINE_MAX:
        raise BadValue(field, f"more than {LINE_MAX} characters")
    if not given.isascii() or not given.isprintable():
        for character in given:
            if unicodedata.category(character) in _REFUSED:
                raise BadValue(field, "holds a control character or a line break")
