"""Promises to pay: a client said that it pays by a day, and staff recorded it, with a reason."""

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from altocore.billing.moves import Hold
from altocore.errors import BadValue
from altocore.values.days import Day
from altocore.values.texts import line, optional_line

__all__ = ["Promise", "PromiseReason"]


@final
@unique
class PromiseReason(StrEnum):
    """Why a client is given until then. Source: PAY-18, house."""

    TRANSFER_UNDER_WAY = "transfer_under_way"
    CARD_BEING_REPLACED = "card_being_replaced"
    AMOUNT_QUESTIONED = "amount_questioned"
    SHORT_OF_MONEY = "short_of_money"


@final
@frozen(kw_only=True)
class Promise:
    """A promise to pay an invoice by `until`, that day included, recorded on `made`. `reference` is an id, or "".

    Raises:
        BadValue: the promised day lies before the day it is recorded.
    """

    key: str = field(validator=line("key"))
    made: Day = field()
    until: Day = field()
    reason: PromiseReason = field()
    reference: str = field(validator=optional_line("reference"))

    def __attrs_post_init__(self) -> None:
        """Refuse a promise about a day that is over."""
        if self.until < self.made:
            raise BadValue("until", "must not lie before the day it is recorded")

    @property
    def hold(self) -> Hold:
        """What it does to the timeline."""
        return Hold(made=self.made, until=self.until)

    def runs(self, today: Day) -> bool:
        """Say whether the promised day is still to come, or today."""
        return today <= self.until
