"""Who sells: the one provider of a store, with what is its own and no term of a contract: zone, currencies, series."""

import re
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadType, BadValue
from altocore.values.currencies import Currency
from altocore.values.instants import zone
from altocore.values.texts import line, optional_line

__all__ = ["LegalParty", "Provider"]

_SERIES: Final = re.compile(r"[A-Z0-9]{1,12}", re.ASCII)


@final
@frozen(kw_only=True)
class LegalParty:
    """Name, address and tax id of one side of an invoice. None of it shows in `repr` (CLI-7).

    `tax_id` is empty for a person without one.

    Source: PAY-18 (house).
    """

    name: str = field(validator=line("name"), repr=False)
    address: str = field(validator=line("address"), repr=False)
    tax_id: str = field(validator=optional_line("tax_id"), repr=False)


@final
@frozen(kw_only=True)
class Provider:
    """The provider of one store: legal data, the zone of its civil days, its currencies, its series of invoice numbers.

    Raises:
        BadType: a part is of another type.
        BadValue: no such zone, no currency or one twice, or a series that is not 1 to 12 upper-case letters and digits.
    """

    legal: LegalParty = field()
    zone: str = field()
    currencies: tuple[Currency, ...] = field()
    series: str = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a party, a zone, currencies or a series that nothing could be billed with."""
        if type(self.legal) is not LegalParty:
            raise BadType("legal", "must be a LegalParty")
        if type(self.currencies) is not tuple or any(type(each) is not Currency for each in self.currencies):
            raise BadType("currencies", "must be a tuple of Currency")
        zone(self.zone)
        if not self.currencies or len(set(self.currencies)) < len(self.currencies):
            raise BadValue("currencies", "at least one, and none twice")
        if type(self.series) is not str:
            raise BadType("series", "must be a str")
        if _SERIES.fullmatch(self.series) is None:
            raise BadValue("series", "1 to 12 upper-case letters and digits")
