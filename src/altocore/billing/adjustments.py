"""Manual adjustments of a client's credit: up or down, by staff, with a reason; each is a document that its posting names."""

from enum import StrEnum, unique
from typing import assert_never, final

from attrs import field, frozen

from altocore.billing.ledger import Movement
from altocore.errors import BadValue
from altocore.values.days import Day
from altocore.values.ids import AdjustmentId, ClientId, ServiceId, derive
from altocore.values.money import Money
from altocore.values.texts import optional_line

__all__ = ["AdjustmentReason", "CreditAdjustment", "Direction", "adjustment_id", "is_bonus"]


@final
@unique
class Direction(StrEnum):
    """Which way a credit is adjusted."""

    UP = "up"
    DOWN = "down"


@final
@unique
class AdjustmentReason(StrEnum):
    """Why a credit is adjusted by hand. Source: PAY-18, house."""

    GOODWILL = "goodwill"
    BOOKED_WRONGLY = "booked_wrongly"
    BROUGHT_FROM_ELSEWHERE = "brought_from_elsewhere"
    PAID_OUT_ELSEWHERE = "paid_out_elsewhere"


def is_bonus(direction: Direction, reason: AdjustmentReason) -> bool:
    """Say whether an adjustment gives the client something; all others set right what it has.

    Source: PAY-4, `terms/5.a`, "no bonus of any kind".
    """
    return direction is Direction.UP and reason is AdjustmentReason.GOODWILL


@final
@frozen(kw_only=True)
class CreditAdjustment:
    """One adjustment of a client's credit, made on `day`. `reference` is an id of the provider's own, or "".

    `service` is the service of the client that it is for; None where it is for all that the client has.

    Raises:
        BadValue: the amount is not above zero; the direction says which way.
    """

    id: AdjustmentId = field()
    client: ClientId = field()
    service: ServiceId | None = field()
    day: Day = field()
    direction: Direction = field()
    amount: Money = field()
    reason: AdjustmentReason = field()
    reference: str = field(validator=optional_line("reference"))

    def __attrs_post_init__(self) -> None:
        """Refuse an adjustment by nothing."""
        if self.amount.minor <= 0:
            raise BadValue("amount", "an adjustment must be above zero")

    @property
    def movement(self) -> Movement:
        """The movement that it is posted as."""
        match self.direction:
            case Direction.UP:
                return Movement.CREDIT_RAISED
            case Direction.DOWN:
                return Movement.CREDIT_LOWERED
            case _:
                assert_never(self.direction)


def adjustment_id(key: str) -> AdjustmentId:
    """Return the id of the adjustment that the command with this key makes."""
    return AdjustmentId(derive("adj", key))
