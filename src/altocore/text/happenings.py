"""What happened, in a few words each: an event of a service, a promise to pay, a debt given up, costs invoiced."""

from typing import Final

from altocore.billing.costs import CostReason
from altocore.billing.promises import Promise
from altocore.billing.write_offs import WriteOff
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.machine import ServiceCommand
from altocore.text.amounts import amount_text
from altocore.text.catalogue import catalogue, fill
from altocore.text.dates import day_text
from altocore.text.locales import choose
from altocore.text.names import name_of
from altocore.values.money import Money

__all__ = ["costs_text", "event_text", "kept_text", "promise_text", "write_off_text"]

_EVENTS: Final = {
    ServiceCommand.ACTIVATE: "page.event_activate",
    ServiceCommand.SUSPEND: "page.event_suspend",
    ServiceCommand.SUSPEND_FURTHER: "page.event_suspend_further",
    ServiceCommand.LIFT: "page.event_lift",
    ServiceCommand.REACTIVATE: "page.event_reactivate",
    ServiceCommand.TERMINATE: "page.event_terminate",
    ServiceCommand.CANCEL: "page.event_cancel",
    ServiceCommand.DISCONTINUE: "page.event_discontinue",
    ServiceCommand.LAPSE: "page.event_lapse",
    ServiceCommand.RESTORE: "page.event_restore",
}


def event_text(event: ServiceEvent, locale: str) -> str:
    """Return what happened to a service, with the reason where the event has one."""
    reason = event.suspension or event.termination
    return _said(_EVENTS[event.command], locale, reason="" if reason is None else name_of(reason, locale))


def promise_text(promise: Promise, locale: str) -> str:
    """Return that a client promised to pay, and by when."""
    return _said("page.happened_promise", locale, until=day_text(promise.until, locale))


def kept_text(paid: Money, locale: str) -> str:
    """Return that a promise to pay was kept, and what was paid."""
    return _said("page.happened_kept", locale, paid=amount_text(paid, locale))


def write_off_text(given_up: WriteOff, locale: str) -> str:
    """Return that a debt was given up, and why."""
    return _said("page.happened_write_off", locale, reason=name_of(given_up.reason, locale))


def costs_text(reason: CostReason, locale: str) -> str:
    """Return that administrative costs were invoiced, and for what."""
    return _said("page.happened_costs", locale, reason=name_of(reason, locale))


def _said(code: str, locale: str, **facts: str) -> str:
    return fill(catalogue(choose(locale).language).words(code), facts)
