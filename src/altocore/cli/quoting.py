"""`altocore quote`: what another plan would cost, in every reading of the terms, side by side; and another cycle."""

from altocore.analysis.example import PROVIDER
from altocore.billing.plan_changes import PriceDifferences
from altocore.billing.proration import Proration
from altocore.billing.standing import Standing
from altocore.cli.explaining import invoice_named
from altocore.lifecycle.service import Service
from altocore.policy.cycle_change import CycleChangeRefused
from altocore.policy.order import OrderRefused
from altocore.policy.upgrade import UpgradeQuoted, UpgradeRefused
from altocore.ports.store import Store
from altocore.terms.reasons import Reason
from altocore.text.cycle_changes import render_cycle_quote
from altocore.text.plan_changes import render_quote, render_refusal
from altocore.values.cycles import Cycle
from altocore.values.days import Day
from altocore.values.ids import ServiceId
from altocore.values.periods import Period
from altocore.workflows.enquiries.cycle_changes import CycleQuote, quote_cycle
from altocore.workflows.enquiries.plan_changes import ChangeQuote, PlanChange, quote_change, side_by_side
from altocore.workflows.one import one
from altocore.workflows.rulebook import load_rulebook

__all__ = ["cycle_page", "cycle_value", "quote_page", "quote_value"]


def quote_page(store: Store, service: str, change: PlanChange, on: Day, locale: str) -> str:
    """Return what a change of a service's plan comes to, as a page of plain text. The service is named as in `quote_value`.

    Raises:
        UnknownKey: there is no such service, invoice or plan.
        BadValue: the day lies before the service's first.
    """
    quote = _quote(store, service, change, on)
    return render_refusal(quote, locale) if isinstance(quote, OrderRefused) else render_quote(quote, locale)


def quote_value(store: Store, service: str, change: PlanChange, on: Day) -> dict[str, object]:
    """Return what a change of a service's plan comes to as plain values, the same in every language.

    The service is given by its id, or by the number or the id of an invoice of it.

    Raises:
        UnknownKey: there is no such service, invoice or plan.
        BadValue: the day lies before the service's first.
    """
    quote = _quote(store, service, change, on)
    if isinstance(quote, OrderRefused):
        return {"refused": _reasons(quote.reasons)}
    return {
        "plan": quote.facts.plan,
        "target": quote.facts.target,
        "currency": quote.facts.price.currency.code,
        "readings": [
            {
                "upgrade_charge": each.terms.upgrade_charge.value,
                "upgrade_base": each.terms.upgrade_base.value,
                "downgrade": each.terms.downgrade.value,
                "chosen": bool(each.chosen),
                **_answer(each.answer),
            }
            for each in side_by_side(quote)
        ],
    }


def cycle_page(store: Store, service: str, cycle: Cycle, on: Day, locale: str) -> str:
    """Return what another cycle of a service comes to, as a page of plain text. The service is named as in `quote_value`.

    Raises:
        UnknownKey: there is no such service or invoice.
        BadValue: the day lies before the service's first, or before its last invoice.
    """
    quote = _cycle_quote(store, service, cycle, on)
    return render_refusal(quote, locale) if isinstance(quote, OrderRefused) else render_cycle_quote(quote, locale)


def cycle_value(store: Store, service: str, cycle: Cycle, on: Day) -> dict[str, object]:
    """Return what another cycle of a service comes to as plain values, the same in every language.

    Raises:
        UnknownKey: there is no such service or invoice.
        BadValue: the day lies before the service's first, or before its last invoice.
    """
    quote = _cycle_quote(store, service, cycle, on)
    if isinstance(quote, OrderRefused):
        return {"refused": _reasons(quote.reasons)}
    answer = quote.answer
    if isinstance(answer, CycleChangeRefused):
        return {"refused": _reasons(answer.reasons), "next_day": answer.next_day.isoformat()}
    return {
        "effective": answer.effective.isoformat(),
        "currency": answer.price.currency.code,
        "price": answer.price.decimal,
        "tax": answer.tax.decimal,
        "reissues": answer.reissues,
    }


def _cycle_quote(store: Store, service: str, cycle: Cycle, on: Day) -> CycleQuote | OrderRefused:
    own = _service_named(store, service)
    client = one(store, Service, own, "service").document.client
    return quote_cycle(store, load_rulebook(store, PROVIDER), client, own, cycle, on)


def _quote(store: Store, service: str, change: PlanChange, on: Day) -> ChangeQuote | OrderRefused:
    own = _service_named(store, service)
    client = one(store, Service, own, "service").document.client
    return quote_change(store, load_rulebook(store, PROVIDER), client, own, change, on)


def _service_named(store: Store, named: str) -> ServiceId:
    """Return the id of a service, given by it, or by the number or the id of an invoice of it."""
    if named.startswith("srv_"):
        return ServiceId(named)
    return one(store, Standing, invoice_named(store, named), "invoice").document.service


def _answer(answer: UpgradeQuoted | UpgradeRefused) -> dict[str, object]:
    if isinstance(answer, UpgradeRefused):
        return {"refused": _reasons(answer.reasons)}
    change = answer.change
    return {
        "reading": answer.reading.value,
        "periods": (
            [
                {"price": each.price.decimal, "counted": each.counted.decimal, **_part(each.period, each.part)}
                for each in change.periods
            ]
            if isinstance(change, PriceDifferences)
            else [{"price": change.price.decimal}, *[_part(each.period, each.part) for each in change.unconsumed]]
        ),
        "charge": answer.charge.decimal,
        "tax": answer.tax.decimal,
        "credit": answer.credit.decimal,
        "credit_tax": answer.credit_tax.decimal,
        "due": answer.due.isoformat(),
    }


def _part(period: Period, part: Proration) -> dict[str, object]:
    days = [period.start.isoformat(), period.end.isoformat()]
    return {
        "period": days,
        "of_amount": part.price.decimal,
        "used": part.used,
        "of": part.of,
        "amount": part.amount.decimal,
    }


def _reasons(reasons: tuple[Reason, ...]) -> list[dict[str, object]]:
    return [{"rule": each.rule, "clauses": list(each.clauses), "why": each.why.value} for each in reasons]
