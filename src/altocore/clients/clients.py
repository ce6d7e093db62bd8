"""The client of a provider, as far as billing must know it."""

import re
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from altocore.clients.contacts import Contact
from altocore.errors import BadType, BadValue
from altocore.values.currencies import Currency
from altocore.values.days import Day
from altocore.values.ids import ClientId
from altocore.values.provider import LegalParty
from altocore.values.texts import line

__all__ = ["Client", "CreditUse", "new_client"]

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
    """One client: legal data, its tax region, how it is reached, its one billing currency (CLI-8), its locale.

    `billing_confirmed` is the day on which it last said that its legal data and its region are current (CLI-4).

    Raises:
        BadValue: the locale does not look like `es` or `es_AR`, or the region is blank.
    """

    id: ClientId = field()
    legal: LegalParty = field()
    billing_confirmed: Day = field()
    contact: Contact = field()
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


def new_client(  # noqa: PLR0913  # one keyword for each thing that a client says of itself
    client: ClientId,
    *,
    legal: LegalParty,
    email: str,
    phone: str,
    tax_region: str,
    currency: Currency,
    locale: str,
    credit_use: CreditUse,
    day: Day,
) -> Client:
    """Return a client as it signs up on this day, all that it says being current then; `phone` may be empty.

    Raises:
        BadValue: a field has a form that nothing could be done with; it is named, and its value is not repeated.
    """
    return Client(
        id=client,
        legal=legal,
        billing_confirmed=day,
        contact=Contact(email=email, email_confirmed=day, phone=phone, phone_confirmed=day if phone else None),
        tax_region=tax_region,
        currency=currency,
        locale=locale,
        credit_use=credit_use,
    )
