"""Strategies for what passes the one door: documents, messages, claims, plans, and what a store says of them."""

from collections.abc import Callable, Hashable
from typing import Final, TypeVar, cast

from hypothesis import strategies as st

from altocore.billing.adjustments import CreditAdjustment
from altocore.billing.invoices import Invoice
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.clients.holdings import Holding
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.service import Service
from altocore.plans.documents import KINDS, LASTING, Document, Index, Stored, index
from altocore.plans.messages import Message, MessageKind, MessageState, message
from altocore.plans.plan import Claim, Expect, ExpectCredit, Number, Plan
from altocore.terms.editions import TermsEdition
from altocore.testing.strategies.billing import payments, postings
from altocore.testing.strategies.catalogue import plan_editions
from altocore.testing.strategies.charges import invoices
from altocore.testing.strategies.clients import clients, holdings
from altocore.testing.strategies.history import service_events
from altocore.testing.strategies.lifecycle import services
from altocore.testing.strategies.standing import standings
from altocore.testing.strategies.terms import terms_editions
from altocore.testing.strategies.unpaid import adjustments
from altocore.testing.strategies.values import amounts, currencies, days, given_or, ids
from altocore.values.ids import ClientId, InvoiceId

__all__ = [
    "TYPES",
    "claims",
    "credits_read",
    "documents",
    "documents_of",
    "expects",
    "indexes",
    "messages",
    "numbers",
    "plans",
    "stored",
]

D = TypeVar("D", bound=Document)
V = TypeVar("V")

_COUNT_MAX: Final = 3
_VERSIONS: Final = st.integers(1, 10**6)
_KINDS: Final = tuple(KINDS.values())
_DRAWN: Final[dict[type[Document], st.SearchStrategy[Document]]] = {
    Client: clients(),
    PlanEdition: plan_editions(),
    TermsEdition: terms_editions(),
    Service: services(),
    ServiceEvent: service_events(),
    Invoice: invoices(),
    Standing: standings(),
    Payment: payments(),
    CreditAdjustment: adjustments(),
    Holding: holdings(),
}


def documents_of(kind: type[D]) -> st.SearchStrategy[D]:
    """Return a strategy for documents of this kind."""
    # What is drawn for a kind is of that kind, which a type checker cannot follow through a dict.
    return cast("st.SearchStrategy[D]", _DRAWN[cast("type[Document]", kind)])


def documents() -> st.SearchStrategy[Document]:
    """Return a strategy for documents of every kind."""
    return st.one_of(*_DRAWN.values())


def stored() -> st.SearchStrategy[Stored[Document]]:
    """Return a strategy for documents as a store has them; one that is never edited has version 1."""
    return st.builds(
        lambda document, version: Stored(document, 1 if type(document) in LASTING else version), documents(), _VERSIONS
    )


def indexes() -> st.SearchStrategy[Index]:
    """Return a strategy for what documents are found by."""
    return documents().map(index)


def messages(*, kind: MessageKind | None = None, client: ClientId | None = None) -> st.SearchStrategy[Message]:
    """Return a strategy for messages, their ids derived: of this kind, to this client, where they are given."""
    return st.builds(
        message,
        given_or(kind, st.sampled_from(MessageKind)),
        given_or(client, ids(ClientId)),
        ids(str),
        ids(str),
        days(),
        st.sampled_from(MessageState),
    )


def claims(*, space: str | None = None) -> st.SearchStrategy[Claim]:
    """Return a strategy for identities of deeds, in this space where one is given."""
    return st.builds(Claim, given_or(space, st.sampled_from(["order", "payment", "charge"])), ids(str), ids(str))


def expects() -> st.SearchStrategy[Expect]:
    """Return a strategy for versions that a decision read: 0 where there was nothing."""
    return st.builds(Expect, st.sampled_from(_KINDS), ids(str), st.integers(0, 10**6))


def credits_read() -> st.SearchStrategy[ExpectCredit]:
    """Return a strategy for credits as a decision read them, none below zero."""
    return st.builds(ExpectCredit, ids(ClientId), amounts(minor_min=0))


def numbers() -> st.SearchStrategy[Number]:
    """Return a strategy for numbers asked for."""
    return st.builds(Number, st.sampled_from(["A", "B", "X9"]), ids(InvoiceId))


@st.composite
def plans(draw: st.DrawFn) -> Plan[object]:
    """Return a strategy for plans as one deed makes them: every write guarded, every identity once.

    What is never edited is written on version 0, each invoice gets a number, and what moves is one client's money, in one
    currency. Whether a store admits the plan depends on what it holds: an empty one refuses what rests on a version.
    """
    writes = draw(_some(documents(), unique_by=lambda document: (type(document), document.id)))
    client, currency = draw(ids(ClientId)), draw(currencies())
    written = tuple(
        Expect(type(each), each.id, 0 if type(each) in LASTING else draw(st.integers(0, _COUNT_MAX))) for each in writes
    )
    read = draw(_some(expects(), unique_by=lambda expect: (expect.kind, expect.id)))
    guarded = {(each.kind, each.id) for each in written}
    credit = st.builds(ExpectCredit, st.just(client), amounts(currency=currency, minor_min=0))
    deed, *claimed = draw(st.lists(claims(), min_size=1, max_size=3, unique_by=lambda each: (each.space, each.key)))
    return Plan(
        answer=None,
        deed=deed,
        claims=tuple(claimed),
        expects=(*written, *[each for each in read if (each.kind, each.id) not in guarded]),
        credits=draw(_some(credit, count_max=1)),
        writes=writes,
        postings=draw(_some(postings(client=client, currency=currency))),
        messages=draw(_some(messages(client=client), unique_by=lambda each: each.id)),
        numbers=tuple(Number("A", each.id) for each in writes if isinstance(each, Invoice)),
        rests_on=draw(_some(st.sampled_from(["REN-1", "PAY-6", "LIF-1"]))),
    )


def _some(
    drawn: st.SearchStrategy[V], *, count_max: int = _COUNT_MAX, unique_by: Callable[[V], Hashable] | None = None
) -> st.SearchStrategy[tuple[V, ...]]:
    return st.lists(drawn, max_size=count_max, unique_by=unique_by).map(tuple)


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    **{kind: documents_of(kind) for kind in _KINDS},
    Claim: claims(),
    Expect: expects(),
    ExpectCredit: credits_read(),
    Index: indexes(),
    Message: messages(),
    MessageKind: st.sampled_from(MessageKind),
    MessageState: st.sampled_from(MessageState),
    Number: numbers(),
    Plan: plans(),
    Stored: stored(),
}
"""Every public type of this floor."""
