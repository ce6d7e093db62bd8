"""The client of a provider, as far as billing must know it."""

import re
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue
from altocore.values.currencies import Currency
from altocore.values.ids import ClientId
from altocore.values.provider import LegalParty
from altocore.values.texts import line

__all__ = ["Client", "CreditUse"]

_LOCALE: Final = re.compile(r"[a-z]{2}(_[A-Z]{2})?", re.ASCII)


@final
@unique
class CreditUse(StrEnum):
    """What happens to a client's credit when an invoice is issued to it. Source: PAY-7."""

    APPLY = "apply"
    KEEP = "keep"


@final
@frozen(kw_only=True)
class Client:
    """One client: legal data, the tax region it is filed under, its one billing currency (CLI-8), its locale.

    Raises:
        BadValue: the locale does not look like `es` or `es_AR`, or the region is blank.
    """

    id: ClientId = field()
    legal: LegalParty = field()
    tax_region: str = field(validator=line("tax_region"))
    currency: Currency = field()
    locale: str = field()
    credit_use: CreditUse = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a locale of another form."""
        if type(self.locale) is not str:
            raise BadType("locale", "must be a str")
        if _LOCALE.fullmatch(self.locale) is None:
            raise BadValue("locale", "must look like es or es_AR")
