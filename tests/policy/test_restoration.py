"""May an ended service come back? PAY-5, LIF-6, CAN-7, CAN-6, and what a domain and a thing sold once say to it."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given

from altocore.catalogue.kinds import Administration, ProductKind
from altocore.errors import CurrencyMismatch
from altocore.lifecycle.events import Actor
from altocore.lifecycle.machine import ENDED, ServiceState
from altocore.lifecycle.reasons import TerminationReason
from altocore.policy.restoration import (
    FEE_ITEM,
    RESTORATION,
    RestorationFacts,
    RestorationGranted,
    decide_restoration,
)
from altocore.terms.options import DataAfterEnding, RestorationScope
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import restoration_facts
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.exchange import exchange_rate, parity
from altocore.values.ids import AddonId
from altocore.values.money import money
from altocore.values.rounding import Rounding
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

MANAGED: Final = cast.plan(addons=(cast.addon(),))
FACTS: Final = RestorationFacts(
    actor=Actor.CLIENT,
    state=ServiceState.TERMINATED,
    ended_for=TerminationReason.DEBT,
    discontinued=0,
    begun=1,
    unpaid=0,
    owed=cast.usd("0.00"),
    offered=0,
    plan=MANAGED,
    cycle=Cadence.MONTHLY,
    addons=(),
    administration=None,
    rate=parity(cast.USD),
    tax=cast.VAT,
    rounding=Rounding.HALF_UP,
    data=DataAfterEnding.COURTESY_BACKUP,
)
"""A service that was terminated for a debt, which is paid by now."""

CANCELLED: Final = evolve(FACTS, state=ServiceState.CANCELLED, ended_for=None)
BOTH: Final = cast.restoration_terms(scope=RestorationScope.TERMINATED_AND_CANCELLED)
RIGHTS: Final = [each for each in TerminationReason if each is not TerminationReason.DEBT]


def test_the_table() -> None:
    """PAY-5, LIF-6, CAN-7, REN-5, CAT-2, CAT-7, CAT-11, DOM-2: the rows, their clauses and their codes."""
    assert checks_of(RESTORATION) == (
        ("PAY-5", "house", "not_by_client_or_staff"),
        ("LIF-6", "terms/5.b", "nothing_to_restore"),
        ("CAN-7", "manual/cancellation", "cancelled_for_good"),
        ("PAY-5", "terms/5.b", "never_active"),
        ("LIF-6", "house", "restored_by_staff_only"),
        ("REN-5", "manual/honour, terms/3.b", "discontinued_by_provider"),
        ("PAY-5", "terms/5.b", "ending_debt_unpaid"),
        ("PAY-5", "house", "restoration_offered"),
        ("CAT-2", "house", "no_term_to_begin"),
        ("CAT-2", "terms/3.a, manual/honour", "cycle_not_offered"),
        ("CAT-7", "terms/16.a", "administration_missing"),
        ("CAT-7", "terms/16.a", "administration_not_asked"),
        ("CAT-11", "house", "addon_not_offered"),
        ("DOM-2", "terms/12.g", "domain_not_restored"),
    )
    assert grounds_of(RESTORATION) == (
        ("LIF-6", "terms/5.b"),
        ("PAY-5", "terms/5.b"),
        ("CAT-2", "terms/3.a"),
        ("PAY-13", "house"),
        ("CAN-6", "terms/4.c, manual/downgrade"),
        ("CAN-6", "manual/cancellation"),
        ("CAN-7", "manual/cancellation"),
        ("PAY-15", "house"),
        ("PAY-16", "house"),
    )
    assert RESTORATION.name == "restoration"


def test_what_it_costs() -> None:
    """PAY-5, PAY-13: the fee and the first term at list price, taxed line by line; the account comes back empty."""
    answer = judges_alike(RESTORATION, FACTS, cast.RESTORATION_TERMS)
    assert answer == RestorationGranted(
        priced=((FEE_ITEM, cast.usd("100.00")), ("cloud", cast.usd("100.00"))),
        tax=cast.usd("42.00"),
        rate=parity(cast.USD),
        data=DataAfterEnding.COURTESY_BACKUP,
    )
    assert holding(RESTORATION, FACTS, cast.RESTORATION_TERMS) == {
        0: (),
        1: (("price", cast.usd("100.00")), ("fee", cast.usd("100.00"))),
        2: (("price", cast.usd("100.00")), ("cycle", "monthly")),
        3: (("tax_name", cast.VAT.name), ("rate_ppm", 210_000), ("tax", cast.usd("42.00"))),
        5: (("option", "courtesy_backup"),),
        7: (),
        8: (),
    }


def test_with_its_addons() -> None:
    """CAT-11: the add-ons of the contract that ended come back with it, each a line of its own."""
    answer = RESTORATION.decide(evolve(FACTS, addons=(AddonId("management"),)), cast.RESTORATION_TERMS)
    assert isinstance(answer, RestorationGranted)
    assert [name for name, _ in answer.priced] == [FEE_ITEM, "cloud", MANAGED.addons[0].item.name]


def test_erased() -> None:
    """CAN-6 ERASED: the other ground holds, and the answer says what is left."""
    erased = evolve(FACTS, data=DataAfterEnding.ERASED)
    answer = RESTORATION.decide(erased, cast.RESTORATION_TERMS)
    assert isinstance(answer, RestorationGranted)
    assert answer.data is DataAfterEnding.ERASED
    assert holding(RESTORATION, erased, cast.RESTORATION_TERMS)[4] == (("option", "erased"),)


def test_what_was_cancelled() -> None:
    """CAN-7: over for good; where the scope includes it, both ways back are offered."""
    reason = fires_alone(RESTORATION, Why.CANCELLED_FOR_GOOD, CANCELLED, cast.RESTORATION_TERMS)
    assert reason.cites == (("option", "terminated_only"),)
    assert isinstance(RESTORATION.decide(CANCELLED, BOTH), RestorationGranted)
    assert 6 in holding(RESTORATION, CANCELLED, BOTH)
    assert 6 not in holding(RESTORATION, FACTS, BOTH)


def test_what_was_discontinued() -> None:
    """REN-5: the provider stopped selling it, so the client alone does not bring it back; staff may offer it."""
    asked = evolve(CANCELLED, discontinued=1)
    assert fires_alone(RESTORATION, Why.DISCONTINUED_BY_PROVIDER, asked, BOTH).cites == ()
    assert isinstance(RESTORATION.decide(evolve(asked, actor=Actor.STAFF), BOTH), RestorationGranted)


@pytest.mark.parametrize("administration", Administration)
def test_a_plan_that_became_a_server_or_is_none_any_more(administration: Administration) -> None:
    """CAT-7: who administers a server never changes, so what is sold now must be administered as what ended was."""
    server = evolve(FACTS, plan=cast.plan(kind=ProductKind.VPS))
    reason = fires_alone(RESTORATION, Why.ADMINISTRATION_MISSING, server, cast.RESTORATION_TERMS)
    assert reason.cites == (("plan", server.plan.plan),)
    kept = evolve(server, administration=administration)
    assert isinstance(RESTORATION.decide(kept, cast.RESTORATION_TERMS), RestorationGranted)
    no_server = evolve(FACTS, administration=administration)
    assert fires_alone(RESTORATION, Why.ADMINISTRATION_NOT_ASKED, no_server, cast.RESTORATION_TERMS).cites == (
        ("plan", FACTS.plan.plan),
    )


@pytest.mark.parametrize("actor", Actor)
def test_who_asks_alone(actor: Actor) -> None:
    """PAY-5: the client, or staff; no run and no machine brings a service back."""
    asked = evolve(FACTS, actor=actor)
    if actor in {Actor.CLIENT, Actor.STAFF}:
        assert isinstance(RESTORATION.decide(asked, cast.RESTORATION_TERMS), RestorationGranted)
    else:
        reason = fires_alone(RESTORATION, Why.NOT_BY_CLIENT_OR_STAFF, asked, cast.RESTORATION_TERMS)
        assert reason.cites == (("actor", actor.value),)


@pytest.mark.parametrize("state", [state for state in ServiceState if state not in ENDED])
def test_not_ended_alone(state: ServiceState) -> None:
    """LIF-6: what has not ended has nothing to come back from."""
    asked = evolve(FACTS, state=state, ended_for=None)
    reason = fires_alone(RESTORATION, Why.NOTHING_TO_RESTORE, asked, cast.RESTORATION_TERMS)
    assert reason.cites == (("state", state.value),)


def test_never_active_alone() -> None:
    """PAY-5: "re-establishing a deleted account": an order that was never provisioned had none."""
    assert fires_alone(RESTORATION, Why.NEVER_ACTIVE, evolve(CANCELLED, begun=0), BOTH).cites == ()


@pytest.mark.parametrize("right", RIGHTS)
def test_a_right_is_given_up_by_staff_alone(right: TerminationReason) -> None:
    """LIF-6: what the provider ended by a right comes back by its own hand only, for the same fee."""
    asked = evolve(FACTS, ended_for=right)
    reason = fires_alone(RESTORATION, Why.RESTORED_BY_STAFF_ONLY, asked, cast.RESTORATION_TERMS)
    assert reason.cites == (("termination", right.value),)
    by_staff = decide_restoration(evolve(asked, actor=Actor.STAFF), cast.RESTORATION_TERMS)
    assert by_staff == decide_restoration(FACTS, cast.RESTORATION_TERMS)


@pytest.mark.parametrize("count", [1, 2])
def test_the_debt_alone(count: int) -> None:
    """PAY-5: the invoice that led to the termination is paid too, unless it was cancelled; to the last cent."""
    asked = evolve(FACTS, unpaid=count, owed=cast.usd("0.01"))
    reason = fires_alone(RESTORATION, Why.ENDING_DEBT_UNPAID, asked, cast.RESTORATION_TERMS)
    assert reason.cites == (("open_invoices", count), ("total", cast.usd("0.01")))


def test_one_at_a_time_alone() -> None:
    """PAY-5: one fee an ending, so one open restoration."""
    asked = evolve(FACTS, offered=1)
    assert fires_alone(RESTORATION, Why.RESTORATION_OFFERED, asked, cast.RESTORATION_TERMS).cites == ()


def test_what_is_sold_no_more() -> None:
    """CAT-2, CAT-11: in a cycle, in a currency, with an add-on that the plan has no more."""
    annual = evolve(FACTS, cycle=Cadence.ANNUAL)
    reason = fires_alone(RESTORATION, Why.CYCLE_NOT_OFFERED, annual, cast.RESTORATION_TERMS)
    assert reason.cites == (("plan", MANAGED.plan), ("cycle", "annual"), ("currency", "USD"))
    yen = evolve(FACTS, rate=exchange_rate("USD", "JPY", "149.51"), owed=money("0", "JPY"))
    assert whys_of(RESTORATION.decide(yen, cast.RESTORATION_TERMS)) == (Why.CYCLE_NOT_OFFERED,)
    other = evolve(FACTS, addons=(AddonId("other"),))
    assert Why.ADDON_NOT_OFFERED in whys_of(RESTORATION.decide(other, cast.RESTORATION_TERMS))
    unpriced = evolve(FACTS, plan=cast.plan(addons=(cast.addon(prices=()),)), addons=(AddonId("management"),))
    assert Why.ADDON_NOT_OFFERED in whys_of(RESTORATION.decide(unpriced, cast.RESTORATION_TERMS))


def test_what_is_sold_once_alone() -> None:
    """CAT-2: it had no term that could begin anew."""
    plan = cast.plan(items=(cast.item(prices=(cast.price(cycle=Once.ONE_TIME),)),))
    asked = evolve(FACTS, plan=plan, cycle=Once.ONE_TIME)
    assert fires_alone(RESTORATION, Why.NO_TERM_TO_BEGIN, asked, cast.RESTORATION_TERMS).cites == ()


def test_a_domain_alone() -> None:
    """DOM-2: a name that was let go is the registry's; no account brings it back."""
    asked = evolve(FACTS, plan=cast.plan(kind=ProductKind.INTERNATIONAL_DOMAIN))
    assert fires_alone(RESTORATION, Why.DOMAIN_NOT_RESTORED, asked, cast.RESTORATION_TERMS).cites == ()


def test_all_reasons_at_once() -> None:
    """PAY-5, LIF-6: a no has all its reasons, in the order of the table."""
    asked = evolve(FACTS, ended_for=TerminationReason.SPAM, unpaid=1, owed=cast.usd("121.00"), offered=1)
    assert whys_of(RESTORATION.decide(asked, cast.RESTORATION_TERMS)) == (
        Why.RESTORED_BY_STAFF_ONLY,
        Why.ENDING_DEBT_UNPAID,
        Why.RESTORATION_OFFERED,
    )


def test_a_rate_is_from_the_fees_currency() -> None:
    """PAY-5: a rate from elsewhere is misuse, whatever the answer would be."""
    other = evolve(FACTS, rate=exchange_rate("EUR", "USD", "1.1"), state=ServiceState.ACTIVE)
    with pytest.raises(CurrencyMismatch, match="rate: USD with EUR"):
        RESTORATION.decide(other, cast.RESTORATION_TERMS)


@given(restoration_facts(fee_in=cast.USD))
def test_a_restoration_is_explained_as_it_is_decided(asked: RestorationFacts) -> None:
    """PAY-5, LIF-6: what comes back has ended, owes nothing, and pays one fee before its first term."""
    for terms in (cast.RESTORATION_TERMS, BOTH):
        answer = judges_alike(RESTORATION, asked, terms)
        if isinstance(answer, RestorationGranted):
            assert asked.state in ENDED
            assert asked.unpaid == asked.offered == 0
            assert terms is BOTH or asked.state is ServiceState.TERMINATED
            assert [name for name, _ in answer.priced].index(FEE_ITEM) == 0
            assert {price.currency for _, price in answer.priced} == {asked.rate.quote}
