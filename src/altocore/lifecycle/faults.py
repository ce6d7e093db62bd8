"""Faults of the provider: spans of time that a client could not use for paying, for which the timeline of a debt waits.

A fault is recorded once it is over, and kept with its service for life. What it does to a timeline is said in days: its
length, rounded up. Faults that overlap or touch count as one; but what one has added stays, whatever is recorded later.
"""

from collections.abc import Iterable
from enum import StrEnum, unique
from typing import Final, final

from attrs import evolve as replace
from attrs import field, frozen

from altocore.errors import BadValue
from altocore.lifecycle.events import Actor
from altocore.values.days import Day, add_days, days_from
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
    """Return what each of these faults, in the order of their recording, delays the timeline of an invoice issued on this day.

    A fault adds what the span that it makes with the earlier ones is longer than they counted, and nothing where they cover
    it already. So one that is recorded later never takes back a day that an earlier one gave. Of what began before the issue
    only the days from it on count: there was nothing to pay before.

    Source: PAY-2, house: "by its length in whole days, rounded up".
    """
    spans: list[_Span] = []
    found: list[Delay] = []
    for fault in faults:
        if fault.last_day < issued:
            continue
        joined = [span for span in spans if span.start <= fault.end and fault.start <= span.end]
        whole = _joined(fault, joined)
        counted = sum(span.days for span in joined)
        span = replace(whole, days=max(counted, _days_from_issue(whole, issued)))
        spans = [*[each for each in spans if each not in joined], span]
        if span.days > counted:
            start = max(fault.first_day, issued)
            found.append(Delay(start=start, days=span.days - counted))
    return tuple(found)


@final
@frozen(kw_only=True)
class _Span:
    """Time without a gap that faults cover together, the civil days that it touches, and the days that it counts."""

    start: Instant = field()
    end: Instant = field()
    first_day: Day = field()
    last_day: Day = field()
    days: int = field()


def _joined(fault: ProviderFault, spans: list[_Span]) -> _Span:
    """Return the span that a fault makes with those that it overlaps or touches; its days are not counted yet."""
    parts: list[ProviderFault | _Span] = [fault, *spans]
    return _Span(
        start=min([each.start for each in parts]),
        end=max([each.end for each in parts]),
        first_day=min([each.first_day for each in parts]),
        last_day=max([each.last_day for each in parts]),
        days=0,
    )


def _days_from_issue(span: _Span, issued: Day) -> int:
    """Return its length in whole days, rounded up; no more than the days it touches from the issue on where it began before."""
    length = -(-(microseconds(span.end) - microseconds(span.start)) // _DAY)
    return length if issued <= span.first_day else min(length, days_from(issued, span.last_day) + 1)
