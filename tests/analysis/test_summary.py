"""Figures of a store: sums that can be checked by hand, over pages of any size, and a ledger that balances."""

from collections import Counter

import pytest

from altocore.analysis.summary import (
    AccountTotal,
    ledger_by_account,
    messages_by_kind,
    services_by_state,
    standings_by_state,
)
from altocore.billing.ledger import Account
from altocore.billing.standing import Standing, StandingState
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import Service
from altocore.plans.messages import MessageKind, MessageState
from altocore.values.currencies import Currency
from altocore.values.days import day
from altocore.values.money import Money, money
from altocore.workflows.walking import every
from tests import cast as examples
from tests.analysis.portfolio import lived
from tests.workflows import cast


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Walk in pages of three, so that every walk turns one."""
    monkeypatch.setattr("altocore.workflows.walking._PAGE", 3)


def test_a_store_of_three_movements(store: cast.DumpStore) -> None:
    """An invoice, its payment and what it brought beyond: each account with its debit, credit and balance."""
    world = cast.world(store)
    service = world.order("o1")
    world.pay(service, 0, examples.usd("150.00"))
    nothing = examples.NOTHING
    assert ledger_by_account(store) == (
        AccountTotal(account=Account.RECEIVABLE, debit=cast.WHOLE, credit=cast.WHOLE),
        AccountTotal(account=Account.SALES, debit=nothing, credit=examples.HUNDRED),
        AccountTotal(account=Account.TAX_PAYABLE, debit=nothing, credit=examples.TWENTY_ONE),
        AccountTotal(account=Account.CASH, debit=examples.usd("150.00"), credit=nothing),
        AccountTotal(account=Account.CLIENT_CREDIT, debit=nothing, credit=examples.usd("29.00")),
    )
    assert [each.balance for each in ledger_by_account(store)] == [
        nothing,
        examples.usd("-100.00"),
        examples.usd("-21.00"),
        examples.usd("150.00"),
        examples.usd("-29.00"),
    ]


def test_the_ledger_of_a_life_balances(store: cast.DumpStore) -> None:
    """Debits and credits of each currency sum to the same, and the client credit is what the clients have."""
    lived(store, 30)
    totals = ledger_by_account(store)
    currencies: list[Currency] = [examples.USD, examples.JPY, examples.KWD]
    assert {each.balance.currency for each in totals} == set(currencies)
    for of in currencies:
        assert sum(each.balance.minor for each in totals if each.balance.currency is of) == 0
    order = [(each.debit.currency.code, [*Account].index(each.account)) for each in totals]
    assert order == sorted(order)


def test_states_are_counted_and_all_are_named(store: cast.DumpStore) -> None:
    """Every state has its figure, none where there is none; they sum to all."""
    assert services_by_state(store) == dict.fromkeys(ServiceState, 0)
    assert standings_by_state(store) == dict.fromkeys(StandingState, 0)
    lived(store, 30)
    services, standings = cast.all_of(store, Service), cast.all_of(store, Standing)
    assert services_by_state(store) == {state: sum(each.state is state for each in services) for state in ServiceState}
    assert standings_by_state(store) == {
        state: sum(each.state is state for each in standings) for state in StandingState
    }


def test_messages_are_counted_by_kind_and_fate(store: cast.DumpStore) -> None:
    """PAY-2: what was superseded is told apart from what was sent."""
    world = cast.world(store)
    world.run("o1")
    world.bill_to(day(2025, 2, 18))
    world.bill_once(day(2025, 4, 8))
    counted = messages_by_kind(store)
    assert counted[MessageKind.REMINDER, MessageState.SUPERSEDED] == 4
    assert counted[MessageKind.INVOICE_ISSUED, MessageState.QUEUED] == 2
    assert (MessageKind.REMINDER, MessageState.QUEUED) not in counted
    assert Counter(counted) == Counter((each.kind, each.state) for each in store.messages())


def test_a_walk_meets_every_document_once(store: cast.DumpStore) -> None:
    """By id, a page at a time."""
    lived(store, 10)
    met = [each.id for each in every(store, Standing)]
    assert met == sorted({each.id for each in cast.all_of(store, Standing)})


def test_a_balance_is_debit_less_credit() -> None:
    """Above zero for what is owned, below for what is owed."""
    total = AccountTotal(account=Account.CASH, debit=money("3", "JPY"), credit=money("5", "JPY"))
    assert total.balance == Money(-2, examples.JPY)
