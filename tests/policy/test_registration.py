"""May this client be registered? The table of CLI-1 and CLI-5: its rows, its refusals, its answer."""

from typing import Final

import attrs
import pytest
from hypothesis import given

from altocore.lifecycle.events import Actor
from altocore.policy.registration import (
    REGISTRATION,
    Origin,
    RegistrationAccepted,
    RegistrationFacts,
    RegistrationRefused,
)
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import registration_facts
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

GOOD: Final = RegistrationFacts(actor=Actor.CLIENT, origin=Origin.HERE, others=0, currency=cast.USD)


def test_the_table() -> None:
    """CLI-1, CLI-5: an e-mail of its own, and signed up by itself; CLI-8: in its one currency."""
    assert checks_of(REGISTRATION) == (
        ("CLI-1", "manual/transfer", "email_taken"),
        ("CLI-5", "house", "not_by_client"),
    )
    assert grounds_of(REGISTRATION) == (("CLI-1", "manual/transfer"), ("CLI-5", "house"), ("CLI-8", "house"))
    assert REGISTRATION.name == "registration"


def test_a_client_signs_up() -> None:
    """CLI-5, CLI-8: free, by itself, and billed in the currency that it chose."""
    assert judges_alike(REGISTRATION, GOOD, None) == RegistrationAccepted(currency=cast.USD)
    assert holding(REGISTRATION, GOOD, None) == {0: (), 1: (), 2: (("currency", "USD"),)}


def test_an_email_that_another_has_alone() -> None:
    """CLI-1: wherever it signed up, and the address is not repeated."""
    for origin in Origin:
        asked = attrs.evolve(GOOD, others=1, origin=origin)
        assert fires_alone(REGISTRATION, Why.EMAIL_TAKEN, asked, None).cites == ()


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.CLIENT])
def test_not_by_the_client_alone(actor: Actor) -> None:
    """CLI-5: nobody signs up for another; whoever takes a client over from elsewhere does not sign it up."""
    reason = fires_alone(REGISTRATION, Why.NOT_BY_CLIENT, attrs.evolve(GOOD, actor=actor), None)
    assert reason.cites == (("actor", actor.value),)
    taken_over = attrs.evolve(GOOD, actor=actor, origin=Origin.ELSEWHERE)
    assert isinstance(REGISTRATION.decide(taken_over, None), RegistrationAccepted)
    assert 1 not in holding(REGISTRATION, taken_over, None)


@given(registration_facts())
def test_every_reason_is_given(asked: RegistrationFacts) -> None:
    """CLI-1, CLI-5: each thing that is wrong is told, in the order of the table."""
    answer = judges_alike(REGISTRATION, asked, None)
    wrong = (
        (Why.EMAIL_TAKEN, asked.others == 1),
        (Why.NOT_BY_CLIENT, asked.origin is Origin.HERE and asked.actor is not Actor.CLIENT),
    )
    assert whys_of(answer) == tuple(why for why, holds in wrong if holds)
    assert isinstance(answer, RegistrationRefused) is any(holds for _, holds in wrong)
