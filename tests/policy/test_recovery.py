"""Can the data of an ended service be brought back? CAN-6, BAK-1, BAK-2."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given

from altocore.errors import CurrencyMismatch
from altocore.lifecycle.machine import ENDED, ServiceState
from altocore.policy.recovery import RECOVERY, Recoverable, RecoveryFacts
from altocore.terms.options import DataAfterEnding
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import recovery_facts
from altocore.values.days import Day, day
from altocore.values.exchange import exchange_rate, parity
from altocore.values.money import money
from altocore.values.rounding import Rounding
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

LEAP: Final = day(2024, 2, 29)
FACTS: Final = RecoveryFacts(
    state=ServiceState.CANCELLED,
    backups=1,
    last_backup=LEAP,
    rate=parity(cast.USD),
    tax=cast.VAT,
    rounding=Rounding.HALF_UP,
    today=day(2025, 1, 31),
)
"""A cancelled service whose last backup was made on a 29 February."""

ERASED: Final = cast.backup_terms(after_ending=DataAfterEnding.ERASED)


def test_the_table() -> None:
    """CAN-6, BAK-1, BAK-2: the rows, their clauses and their codes."""
    assert checks_of(RECOVERY) == (
        ("BAK-2", "house", "service_not_ended"),
        ("CAN-6", "terms/4.c, manual/downgrade", "data_erased"),
        ("BAK-1", "terms/11.a", "no_backup"),
        ("CAN-6", "manual/cancellation", "backup_expired"),
    )
    assert grounds_of(RECOVERY) == (("BAK-1", "terms/11.a"), ("CAN-6", "manual/cancellation"), ("BAK-2", "house"))
    assert RECOVERY.name == "recovery"


@pytest.mark.parametrize("state", sorted(ENDED))
def test_a_courtesy_backup(state: ServiceState) -> None:
    """CAN-6, BAK-2: ten years from the last backup, for a fee and its tax; cancelled and terminated alike."""
    asked = evolve(FACTS, state=state)
    answer = Recoverable(until=day(2034, 2, 28), fee=cast.usd("50.00"), tax=cast.usd("10.50"), rate=parity(cast.USD))
    assert judges_alike(RECOVERY, asked, cast.BACKUP_TERMS) == answer
    assert holding(RECOVERY, asked, cast.BACKUP_TERMS) == {
        0: (),
        1: (("until", answer.until), ("option", "courtesy_backup")),
        2: (("price", answer.fee), ("tax", answer.tax)),
    }


@pytest.mark.parametrize(
    ("made", "last_day", "too_late"),
    [
        (LEAP, day(2034, 2, 27), day(2034, 2, 28)),
        (day(2025, 1, 31), day(2035, 1, 30), day(2035, 1, 31)),
        (day(2025, 3, 1), day(2035, 2, 28), day(2035, 3, 1)),
    ],
)
def test_ten_years_by_anchor_end_excluded(made: Day, last_day: Day, too_late: Day) -> None:
    """CAN-6: "ten years by anchor (29 February ends on 28), end excluded"."""
    asked = evolve(FACTS, last_backup=made, today=last_day)
    assert isinstance(RECOVERY.decide(asked, cast.BACKUP_TERMS), Recoverable)
    reason = fires_alone(RECOVERY, Why.BACKUP_EXPIRED, evolve(asked, today=too_late), cast.BACKUP_TERMS)
    assert reason.cites == (("until", too_late), ("today", too_late))


@pytest.mark.parametrize("state", [state for state in ServiceState if state not in ENDED])
def test_not_ended_alone(state: ServiceState) -> None:
    """BAK-2: what has not ended has its data."""
    reason = fires_alone(RECOVERY, Why.SERVICE_NOT_ENDED, evolve(FACTS, state=state), cast.BACKUP_TERMS)
    assert reason.cites == (("state", state.value),)


@pytest.mark.parametrize("today", [day(2025, 1, 31), day(2099, 1, 1)])
def test_erased_alone(today: Day) -> None:
    """CAN-6 ERASED: nothing can be recovered, copies included, on whatever day."""
    reason = fires_alone(RECOVERY, Why.DATA_ERASED, evolve(FACTS, today=today), ERASED)
    assert reason.cites == (("option", "erased"),)


def test_no_backup_alone() -> None:
    """BAK-1: a courtesy may be absent; the client answers for its own."""
    asked = evolve(FACTS, backups=0, last_backup=FACTS.today)
    assert fires_alone(RECOVERY, Why.NO_BACKUP, asked, cast.BACKUP_TERMS).cites == ()


def test_all_reasons_at_once() -> None:
    """CAN-6, BAK-1, BAK-2: a no has all its reasons, in the order of the table."""
    asked = evolve(FACTS, state=ServiceState.ACTIVE, backups=0)
    assert whys_of(RECOVERY.decide(asked, ERASED)) == (Why.SERVICE_NOT_ENDED, Why.DATA_ERASED, Why.NO_BACKUP)


def test_the_fee_in_the_clients_currency() -> None:
    """BAK-2, PAY-13: converted at the rate given, which the answer keeps; the tax is of the converted fee."""
    rate = exchange_rate("USD", "JPY", "149.51")
    answer = RECOVERY.decide(evolve(FACTS, rate=rate), cast.BACKUP_TERMS)
    assert isinstance(answer, Recoverable)
    assert (answer.fee, answer.tax, answer.rate) == (money("7476", "JPY"), money("1570", "JPY"), rate)


def test_a_rate_is_from_the_fees_currency() -> None:
    """BAK-2: a rate from elsewhere is misuse, whatever the answer would be."""
    other = evolve(FACTS, rate=exchange_rate("EUR", "USD", "1.1"), state=ServiceState.ACTIVE)
    with pytest.raises(CurrencyMismatch, match="rate: USD with EUR"):
        RECOVERY.decide(other, cast.BACKUP_TERMS)


@pytest.mark.parametrize("years", [0, 1, 100])
def test_the_years_are_of_the_terms(years: int) -> None:
    """CAN-6: kept for no year it is kept for no day."""
    terms = cast.backup_terms(retention_years=years)
    answer = RECOVERY.decide(evolve(FACTS, today=LEAP), terms)
    assert isinstance(answer, Recoverable) is (years > 0)


@given(recovery_facts(fee_in=cast.USD))
def test_a_recovery_is_explained_as_it_is_decided(asked: RecoveryFacts) -> None:
    """CAN-6: what is kept is an ended service's, by a backup that was made, and not for ever."""
    for terms in (cast.BACKUP_TERMS, ERASED):
        answer = judges_alike(RECOVERY, asked, terms)
        if isinstance(answer, Recoverable):
            assert terms is cast.BACKUP_TERMS
            assert asked.state in ENDED
            assert asked.backups
            assert asked.today < answer.until
