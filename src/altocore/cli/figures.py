"""The figures of a store as tables for a terminal, and as plain values for `--json`."""

from collections.abc import Iterable
from typing import Final

from rich import box
from rich.console import Group
from rich.table import Table

from altocore.analysis.summary import (
    ledger_by_account,
    messages_by_kind,
    services_by_state,
    standings_by_state,
)
from altocore.ports.store import Store
from altocore.text.amounts import amount_text
from altocore.text.names import name_of

__all__ = ["as_values", "books", "ledger", "rules", "standings", "table"]


_WRAPPED: Final = frozenset({"product", "services", "whose", "what"})
"""Columns of words; all others keep to one line."""


def table(title: str, *columns: str) -> Table:
    """Return an empty table; a column whose name begins with `>` is aligned to the right."""
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    made.collapse_padding = True
    for column in columns:
        made.add_column(
            column.lstrip(">"), justify="right" if column.startswith(">") else "left", no_wrap=column not in _WRAPPED
        )
    return made


def ledger(store: Store, locale: str) -> Table:
    """Return the ledger by account."""
    made = table("Ledger by account", "account", ">debit", ">credit", ">balance")
    for total in ledger_by_account(store):
        made.add_row(
            name_of(total.account, locale),
            amount_text(total.debit, locale),
            amount_text(total.credit, locale),
            amount_text(total.balance, locale),
        )
    return made


def books(store: Store, locale: str) -> Group:
    """Return the ledger by account, the services by state, the invoices by standing and the messages by kind."""
    services = table("Services by state", "state", ">services")
    for state, count in services_by_state(store).items():
        services.add_row(name_of(state, locale), f"{count:,}")
    standings = table("Invoices by standing", "standing", ">invoices")
    for standing, count in standings_by_state(store).items():
        standings.add_row(name_of(standing, locale), f"{count:,}")
    messages = table("Messages", "kind", "state", ">messages")
    for (kind, message_state), count in messages_by_kind(store).items():
        messages.add_row(name_of(kind, locale), name_of(message_state, locale), f"{count:,}")
    return Group(ledger(store, locale), services, standings, messages)


def standings(store: Store, locale: str) -> str:
    """Return how many invoices stand where, in one line."""
    found = [f"{name_of(state, locale)} {count:,}" for state, count in standings_by_state(store).items() if count]
    return f"Invoices by standing: {', '.join(found)}."


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
