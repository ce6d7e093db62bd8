"""Documents: every kind has a name and is found by what it belongs to."""

import typing
from typing import Final, get_args

import pytest

from altocore.billing.adjustments import CreditAdjustment
from altocore.billing.invoices import Invoice
from altocore.billing.payments import Payment
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.events import ServiceEvent
from altocore.plans.documents import GIVEN, KINDS, LASTING, Document, Index, index
from altocore.terms.editions import TermsEdition
from altocore.values.days import day
from tests import cast
from tests.plans.shelf import client_of, plan_of, service_of

# One document of each kind, and what it is found by: client, service, plan, its own day, the day it is next due on.
EXAMPLES: Final[dict[str, tuple[Document, Index]]] = {
    "client": (cast.client(), Index(client="cli_ana")),
    "plan_edition": (cast.plan(of="cloud"), Index(plan="cloud")),
    "terms_edition": (cast.terms_edition(), Index()),
    "service": (
        cast.service(next_step=day(2025, 2, 18), runs=cast.contract(ordered=day(2025, 1, 30))),
        Index(client="cli_ana", service="srv_ana", day=day(2025, 1, 30), agenda=day(2025, 2, 18)),
    ),
    "service_event": (
        cast.event(on=day(2025, 2, 1)),
        Index(client="cli_ana", service="srv_ana", day=day(2025, 2, 1)),
    ),
    "invoice": (
        cast.invoice(issued=day(2025, 1, 29), due=day(2025, 2, 5)),
        Index(client="cli_ana", service="srv_ana", day=day(2025, 1, 29)),
    ),
    "standing": (
        cast.standing(next_step=day(2025, 2, 2), due=day(2025, 2, 8)),
        Index(client="cli_ana", service="srv_ana", day=day(2025, 2, 8), agenda=day(2025, 2, 2)),
    ),
    "payment": (
        cast.payment(told=cast.notice(received=day(2025, 2, 3))),
        Index(client="cli_ana", day=day(2025, 2, 3)),
    ),
    "holding": (cast.holding(since=day(2025, 2, 5)), Index(client="cli_ana", day=day(2025, 2, 5))),
    "credit_adjustment": (cast.adjustment(on=day(2025, 2, 4)), Index(client="cli_ana", day=day(2025, 2, 4))),
}


def test_every_kind_has_a_name() -> None:
    """Shape 7: the kinds that a store keeps are the members of `Document`, exactly."""
    assert set(KINDS.values()) == set(get_args(Document))
    assert len(set(KINDS.values())) == len(KINDS)
    assert KINDS.keys() == EXAMPLES.keys()
    for name, (example, _) in EXAMPLES.items():
        assert KINDS[name] is type(example)


@pytest.mark.parametrize(("document", "found_by"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_what_a_document_is_found_by(document: Document, found_by: Index) -> None:
    """Shape 7: derived from the document alone: its client, its service, its plan, its own day, its agenda."""
    assert index(document) == found_by
    owners = (client_of(document), service_of(document), plan_of(document))
    assert owners == (found_by.client, found_by.service, found_by.plan)


def test_what_waits_for_nothing_is_on_no_agenda() -> None:
    """Shape 7: a service or a standing without a next step is due on no day."""
    assert index(cast.service()).agenda is None
    assert index(cast.standing()).agenda is None
    assert Index() == Index(client="", service="", plan="", day=None, agenda=None)


def test_what_is_written_once() -> None:
    """PAY-12, REN-4, LIF-8: an invoice, a payment, an adjustment, an event and an edition are never written again."""
    assert {Invoice, Payment, CreditAdjustment, ServiceEvent, TermsEdition, PlanEdition} == LASTING


def test_what_is_as_it_was_given() -> None:
    """Shape 9: a client or an edition that is registered again is the same document; the others say what became of a day."""
    assert {Client, PlanEdition, TermsEdition} == GIVEN


def test_what_is_no_document_is_refused() -> None:
    """Shape 1: closed unions are matched to the end."""
    with pytest.raises(AssertionError):
        index(typing.cast("Document", cast.A_LINE))
