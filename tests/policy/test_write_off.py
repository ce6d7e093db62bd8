"""May an invoice be given up? The table of PAY-18 for write-offs."""

from typing import Final

import attrs
import pytest
from hypothesis import given

from altocore.billing.invoices import InvoiceKind
from altocore.billing.standing import StandingState
from altocore.lifecycle.events import Actor
from altocore.policy.write_off import WRITE_OFF, WriteOffAccepted, WriteOffFacts
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import write_off_facts
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

GOOD: Final = WriteOffFacts(
    actor=Actor.STAFF,
    kind=InvoiceKind.RENEWAL,
    standing=StandingState.OPEN,
    total=cast.ASKED,
    settled=cast.NOTHING,
)


def test_the_table() -> None:
    """PAY-18, PAY-11, PAY-16: by staff, an open invoice that is a debt, and not a first one."""
    assert checks_of(WRITE_OFF) == (
        ("PAY-18", "house", "not_by_staff"),
        ("PAY-18", "house", "invoice_not_open"),
        ("PAY-16", "house", "domain_renewal_not_written_off"),
        ("PAY-11", "manual/alerts", "first_invoice_not_written_off"),
        ("PAY-16", "house", "offer_not_written_off"),
    )
    assert grounds_of(WRITE_OFF) == (("PAY-18", "house"),)
    assert WRITE_OFF.name == "write_off"


@pytest.mark.parametrize("kind", [InvoiceKind.RENEWAL, InvoiceKind.ADMINISTRATIVE])
def test_what_is_open_of_a_debt_is_given_up(kind: InvoiceKind) -> None:
    """PAY-18: what was not paid of it, all or a part; what was paid stays paid."""
    asked = attrs.evolve(GOOD, kind=kind)
    assert judges_alike(WRITE_OFF, asked, None) == WriteOffAccepted(written_off=cast.ASKED, settled=cast.NOTHING)
    assert holding(WRITE_OFF, asked, None) == {0: (("price", cast.ASKED), ("total", cast.ASKED))}
    part = attrs.evolve(asked, settled=cast.usd("0.01"))
    assert judges_alike(WRITE_OFF, part, None) == WriteOffAccepted(
        written_off=cast.ASKED - cast.usd("0.01"), settled=cast.usd("0.01")
    )
    assert holding(WRITE_OFF, part, None) == {0: (("price", cast.ASKED - cast.usd("0.01")), ("total", cast.ASKED))}


@pytest.mark.parametrize("actor", [each for each in Actor if each is not Actor.STAFF])
def test_not_by_staff_alone(actor: Actor) -> None:
    """PAY-18: staff gives it up, nobody else."""
    reason = fires_alone(WRITE_OFF, Why.NOT_BY_STAFF, attrs.evolve(GOOD, actor=actor), None)
    assert reason.cites == (("actor", actor.value),)


@pytest.mark.parametrize("standing", [each for each in StandingState if each is not StandingState.OPEN])
def test_not_open_alone(standing: StandingState) -> None:
    """PAY-18: what is closed is closed."""
    reason = fires_alone(WRITE_OFF, Why.INVOICE_NOT_OPEN, attrs.evolve(GOOD, standing=standing), None)
    assert reason.cites == (("invoice_state", standing.value),)


def test_a_first_invoice_alone() -> None:
    """PAY-11: nothing was delivered for it: it is cancelled, not written off."""
    asked = attrs.evolve(GOOD, kind=InvoiceKind.FIRST)
    assert fires_alone(WRITE_OFF, Why.FIRST_INVOICE_NOT_WRITTEN_OFF, asked, None).cites == ()


def test_a_restoration_alone() -> None:
    """PAY-16: it is no debt that could be given up."""
    asked = attrs.evolve(GOOD, kind=InvoiceKind.RESTORATION)
    assert fires_alone(WRITE_OFF, Why.OFFER_NOT_WRITTEN_OFF, asked, None).cites == ()


def test_the_renewal_of_a_domain_alone() -> None:
    """PAY-16: it is paid before the domain expires, or cancelled with it."""
    asked = attrs.evolve(GOOD, kind=InvoiceKind.DOMAIN_RENEWAL)
    assert fires_alone(WRITE_OFF, Why.DOMAIN_RENEWAL_NOT_WRITTEN_OFF, asked, None).cites == ()


@given(write_off_facts())
def test_every_reason_is_given(asked: WriteOffFacts) -> None:
    """PAY-18: each thing that is wrong is told, in the order of the table."""
    wrong = (
        (Why.NOT_BY_STAFF, asked.actor is not Actor.STAFF),
        (Why.INVOICE_NOT_OPEN, asked.standing is not StandingState.OPEN),
        (Why.DOMAIN_RENEWAL_NOT_WRITTEN_OFF, asked.kind is InvoiceKind.DOMAIN_RENEWAL),
        (Why.FIRST_INVOICE_NOT_WRITTEN_OFF, asked.kind is InvoiceKind.FIRST),
        (Why.OFFER_NOT_WRITTEN_OFF, asked.kind is InvoiceKind.RESTORATION),
    )
    assert whys_of(judges_alike(WRITE_OFF, asked, None)) == tuple(why for why, holds in wrong if holds)
