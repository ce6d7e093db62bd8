"""How a client is reached: its e-mail, its phone, and the day on which it last said of each that it is current."""

import re
import unicodedata
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue
from altocore.values.days import Day
from altocore.values.texts import line

__all__ = ["Contact", "folded"]

_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+")
_PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)


@final
@frozen(kw_only=True)
class Contact:
    """A client's e-mail and phone, each with the day it was confirmed on. Neither shows in `repr` (CLI-7).

    `phone` is written as `+5493415550000`, and empty where there is none; it has no day then. Source: CLI-4.

    Raises:
        BadValue: the e-mail or the phone has another form, or the phone and its day do not go together.
    """

    email: str = field(validator=line("email"), repr=False)
    email_confirmed: Day = field()
    phone: str = field(repr=False)
    phone_confirmed: Day | None = field()

    def __attrs_post_init__(self) -> None:
        """Refuse what nothing could be sent to."""
        if _EMAIL.fullmatch(self.email.strip()) is None:
            raise BadValue("email", "must look like name@host")
        if type(self.phone) is not str:
            raise BadType("phone", "must be a str")
        if self.phone and _PHONE.fullmatch(self.phone) is None:
            raise BadValue("phone", "must be + and 7 to 15 digits, or empty")
        if bool(self.phone) is (self.phone_confirmed is None):
            raise BadValue("phone_confirmed", "must be there with a phone, and only then")


def folded(email: str) -> str:
    """Return an e-mail as it is compared: in NFC, trimmed, case-folded. No dots and no tags are removed. Source: CLI-1.

    >>> folded(" Ana.Example+News@Example.COM ")
    'ana.example+news@example.com'
    """
    # Folding the case can take a text out of NFC.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", email).strip().casefold())
