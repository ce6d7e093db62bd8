"""May a client's data be changed so? The table of CLI-1 and CLI-4: its rows, its refusals, its answer."""

from typing import Final

import attrs
import pytest
from hypothesis import given

from altocore.lifecycle.events import Actor
from altocore.policy.client_change import CLIENT_CHANGE, ClientChangeAccepted, ClientChangeFacts, ClientChangeRefused
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import client_change_facts
from altocore.values.days import day
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

GOOD: Final = ClientChangeFacts(actor=Actor.CLIENT, others=0, today=day(2024, 2, 29))


def test_the_table() -> None:
    """CLI-1, CLI-4: an e-mail of its own, and said by itself."""
    assert checks_of(CLIENT_CHANGE) == (
        ("CLI-1", "manual/transfer", "email_taken"),
        ("CLI-4", "terms/5.e", "not_by_client"),
    )
    assert grounds_of(CLIENT_CHANGE) == (("CLI-1", "manual/transfer"), ("CLI-4", "terms/5.e"))
    assert CLIENT_CHANGE.name == "client_change"


def test_a_client_keeps_its_data_current() -> None:
    """CLI-4: what it says is current on the day it says it."""
    assert judges_alike(CLIENT_CHANGE, GOOD, None) == ClientChangeAccepted(confirmed=GOOD.today)
    assert holding(CLIENT_CHANGE, GOOD, None) == {0: (), 1: (("confirmed", GOOD.today),)}


def test_an_email_that_another_has_alone() -> None:
    """CLI-1: the address is not repeated."""
    assert fires_alone(CLIENT_CHANGE, Why.EMAIL_TAKEN, attrs.evolve(GOOD, others=1), None).cites == ()


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.CLIENT])
def test_not_by_the_client_alone(actor: Actor) -> None:
    """CLI-4: nobody says for a client what it is and how it is reached, staff neither."""
    reason = fires_alone(CLIENT_CHANGE, Why.NOT_BY_CLIENT, attrs.evolve(GOOD, actor=actor), None)
    assert reason.cites == (("actor", actor.value),)


@given(client_change_facts())
def test_every_reason_is_given(asked: ClientChangeFacts) -> None:
    """CLI-1, CLI-4: each thing that is wrong is told, in the order of the table."""
    answer = judges_alike(CLIENT_CHANGE, asked, None)
    wrong = ((Why.EMAIL_TAKEN, asked.others == 1), (Why.NOT_BY_CLIENT, asked.actor is not Actor.CLIENT))
    assert whys_of(answer) == tuple(why for why, holds in wrong if holds)
    assert isinstance(answer, ClientChangeRefused) is any(holds for _, holds in wrong)
