"""The figures of a store as tables for a terminal, and as plain values for `--json`."""

from collections.abc import Iterable
from itertools import islice

from rich import box
from rich.console import Group
from rich.table import Table

from altocore.analysis.summary import (
    invoices_in_order,
    ledger_by_account,
    messages_by_kind,
    services_by_state,
    standings_by_state,
)
from altocore.billing.numbering import label
from altocore.ports.store import Store
from altocore.text.amounts import amount_text
from altocore.text.dates import day_text
from altocore.text.names import name_of

__all__ = ["as_values", "books", "invoices", "rules"]


def table(title: str, *columns: str) -> Table:
    """Return an empty table; a column whose name begins with `>` is aligned to the right."""
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(
            column.lstrip(">"), justify="right" if column.startswith(">") else "left", no_wrap=column != "customer"
        )
    return made


def invoices(store: Store, series: str, locale: str, most: int) -> Table:
    """Return the first invoices of a series, in the order of their numbers."""
    made = table(f"Invoices of series {series}", "number", "due", "customer", ">total", "state")
    for number, invoice, standing in islice(invoices_in_order(store, series), most):
        made.add_row(
            label(series, number),
            day_text(invoice.due, locale),
            invoice.customer.name,
            amount_text(invoice.total, locale),
            name_of(standing.state, locale),
        )
    return made


def books(store: Store, locale: str) -> Group:
    """Return the ledger by account, the services by state and the invoices by standing."""
    ledger = table("Ledger by account", "account", ">debit", ">credit", ">balance")
    for total in ledger_by_account(store):
        ledger.add_row(
            name_of(total.account, locale),
            amount_text(total.debit, locale),
            amount_text(total.credit, locale),
            amount_text(total.balance, locale),
        )
    services = table("Services by state", "state", ">services")
    for state, count in services_by_state(store).items():
        services.add_row(name_of(state, locale), f"{count:,}")
    standings = table("Invoices by standing", "standing", ">invoices")
    for standing, count in standings_by_state(store).items():
        standings.add_row(name_of(standing, locale), f"{count:,}")
    messages = table("Messages", "kind", "state", ">messages")
    for (kind, message_state), count in messages_by_kind(store).items():
        messages.add_row(name_of(kind, locale), name_of(message_state, locale), f"{count:,}")
    return Group(ledger, services, standings, messages)


def rules(counts: Iterable[tuple[str, int]]) -> Table:
    """Return how often each rule carried an answer, or refused one, in the run that has just ended."""
    made = table("Rules, in this run", "rule", ">times")
    for rule, count in counts:
        made.add_row(rule, f"{count:,}")
    return made


def as_values(store: Store) -> dict[str, object]:
    """Return the same figures as plain values; amounts are decimals in text."""
    return {
        "ledger": [
            {
                "currency": total.debit.currency.code,
                "account": total.account.value,
                "debit": total.debit.decimal,
                "credit": total.credit.decimal,
                "balance": total.balance.decimal,
            }
            for total in ledger_by_account(store)
        ],
        "services": {state.value: count for state, count in services_by_state(store).items()},
        "invoices": {state.value: count for state, count in standings_by_state(store).items()},
        "messages": {f"{kind.value}/{state.value}": count for (kind, state), count in messages_by_kind(store).items()},
    }
