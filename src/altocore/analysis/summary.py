"""Figures of a whole store, summed page by page: the ledger by account, services by state, invoices by standing."""

from collections import Counter
from typing import final

from attrs import field, frozen

from altocore.billing.ledger import Account
from altocore.billing.standing import Standing, StandingState
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind, MessageState
from altocore.ports.store import Store
from altocore.values.currencies import Currency
from altocore.values.money import Money
from altocore.workflows.walking import every

__all__ = [
    "AccountTotal",
    "ledger_by_account",
    "messages_by_kind",
    "services_by_state",
    "standings_by_state",
]


@final
@frozen(kw_only=True)
class AccountTotal:
    """What was debited and credited to one account in one currency; `balance` is debit less credit."""

    account: Account = field()
    debit: Money = field()
    credit: Money = field()

    @property
    def balance(self) -> Money:
        """Debit less credit: above zero for what is owned, below it for what is owed or earned."""
        return self.debit - self.credit


def ledger_by_account(store: Store) -> tuple[AccountTotal, ...]:
    """Return the totals of each account that was posted to, by currency and account; balances of a currency sum to zero."""
    debit: Counter[tuple[str, Account]] = Counter()
    credit: Counter[tuple[str, Account]] = Counter()
    currencies: dict[str, Currency] = {}
    for posting in store.postings():
        of = posting.amount.currency
        currencies[of.code] = of
        debit[of.code, posting.debit] += posting.amount.minor
        credit[of.code, posting.credit] += posting.amount.minor
    order = list(Account)
    posted = sorted(debit.keys() | credit.keys(), key=lambda key: (key[0], order.index(key[1])))
    return tuple(
        [
            AccountTotal(
                account=account,
                debit=Money(debit[code, account], currencies[code]),
                credit=Money(credit[code, account], currencies[code]),
            )
            for code, account in posted
        ]
    )


def services_by_state(store: Store) -> dict[ServiceState, int]:
    """Return how many services are in each state, every state named."""
    found = Counter(service.state for service in every(store, Service))
    return {state: found[state] for state in ServiceState}


def standings_by_state(store: Store) -> dict[StandingState, int]:
    """Return how many invoices stand in each state, every state named."""
    found = Counter(standing.state for standing in every(store, Standing))
    return {state: found[state] for state in StandingState}


def messages_by_kind(store: Store) -> dict[tuple[MessageKind, MessageState], int]:
    """Return how many messages of each kind were queued, and how many were superseded before they were sent."""
    return dict(sorted(Counter((message.kind, message.state) for message in store.messages()).items()))
