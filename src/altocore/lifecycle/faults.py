"""Faults of the provider: spans of time that a client could not use for paying, for which the timeline of a debt waits.

A fault is recorded once it is over, and kept with its service for life. What it does to a timeline is said in days: faults
that overlap or touch count as one, and each such span counts its length in whole days, rounded up.
"""

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final, final

from attrs import field, frozen

from altocore.errors import BadValue
from altocore.lifecycle.events import Actor
from altocore.values.days import Day, add_days
from altocore.values.delays import Delay
from altocore.values.instants import Instant, civil_day, microseconds, start_of_day
from altocore.values.texts import line, optional_line

__all__ = ["FaultReason", "ProviderFault", "delays", "provider_fault"]

_DAY: Final = 86_400_000_000
"""A whole day, in microseconds."""


@final
@unique
class FaultReason(StrEnum):
    """What was wrong on the provider's side. Source: PAY-2, house."""

    SERVICE_UNREACHABLE = "service_unreachable"
    PAYMENT_CHANNEL_DOWN = "payment_channel_down"
    CLIENT_AREA_DOWN = "client_area_down"
    INVOICE_NOT_DELIVERED = "invoice_not_delivered"


@final
@frozen(kw_only=True)
class ProviderFault:
    """A fault of the provider from `start` to `end`, the end not included, as it was recorded.

    `first_day` and `last_day` are the provider's civil days that hold its first and its last moment. `reference` is an id
    of the provider's own, of a ticket for instance, or "".

    Raises:
        BadValue: it ends before it begins, or has no length.
    """

    key: str = field(validator=line("key"))
    start: Instant = field()
    end: Instant = field()
    first_day: Day = field()
    last_day: Day = field()
    actor: Actor = field()
    reason: FaultReason = field()
    reference: str = field(validator=optional_line("reference"))
    recorded: Day = field()

    def __attrs_post_init__(self) -> None:
        """Refuse a fault without a length."""
        if self.end <= self.start:
            raise BadValue("end", "must lie after the start")


def provider_fault(  # noqa: PLR0913  # what, when, where, who and why
    *,
    key: str,
    start: Instant,
    end: Instant,
    zone: str,
    actor: Actor,
    reason: FaultReason,
    reference: str,
    recorded: Day,
) -> ProviderFault:
    """Return the fault with its civil days in this zone.

    Raises:
        BadValue: it has no length, or the reference is no line of text.
    """
    end_day = civil_day(end, zone)
    ends_at_midnight = start_of_day(end_day, zone) == end
    return ProviderFault(
        key=key,
        start=start,
        end=end,
        first_day=civil_day(start, zone),
        last_day=add_days(end_day, -1) if ends_at_midnight else end_day,
        actor=actor,
        reason=reason,
        reference=reference,
        recorded=recorded,
    )


def delays(faults: Iterable[ProviderFault], issued: Day) -> tuple[Delay, ...]:
    """Return by how much these faults delay the timeline of an invoice of their service issued on this day, oldest first.

    Of a fault that began before the issue only what came from that day on counts: there was nothing to pay before.

    Source: PAY-2, house: "by its length in whole days, rounded up".
    """
    found = [delay.since(issued) for delay in _spans(faults)]
    return tuple([delay for delay in found if delay is not None])


def _spans(faults: Iterable[ProviderFault]) -> list[Delay]:
    """Return one delay for each span without a gap that the faults cover together."""
    merged: list[list[ProviderFault]] = []
    for fault in sorted(faults, key=lambda each: (each.start, each.end)):
        if merged and fault.start <= max([each.end for each in merged[-1]]):
            merged[-1].append(fault)
        else:
            merged.append([fault])
    return [_delay(span) for span in merged]


def _delay(span: list[ProviderFault]) -> Delay:
    length = microseconds(max([each.end for each in span])) - microseconds(span[0].start)
    return Delay(start=span[0].first_day, last=max([each.last_day for each in span]), days=-(-length // _DAY))
