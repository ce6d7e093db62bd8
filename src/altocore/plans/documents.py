"""Documents: everything that a store keeps as one row with an id, and what each row is indexed by."""

from typing import Final, Generic, TypeAlias, TypeVar, assert_never, final

from attrs import field, frozen

from altocore.billing.adjustments import CreditAdjustment
from altocore.billing.invoices import Invoice
from altocore.billing.payments import Payment
from altocore.billing.standing import Standing
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.clients.holdings import Holding
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.service import Service
from altocore.terms.editions import TermsEdition
from altocore.values.days import Day

__all__ = ["GIVEN", "KINDS", "LASTING", "NAMES", "Document", "Index", "Stored", "index"]

Document: TypeAlias = (
    Client
    | PlanEdition
    | TermsEdition
    | Service
    | ServiceEvent
    | Invoice
    | Standing
    | Payment
    | CreditAdjustment
    | Holding
)
"""Every kind of document."""

D = TypeVar("D", bound=Document)
D_co = TypeVar("D_co", bound=Document, covariant=True)

KINDS: Final[dict[str, type[Document]]] = {
    "client": Client,
    "plan_edition": PlanEdition,
    "terms_edition": TermsEdition,
    "service": Service,
    "service_event": ServiceEvent,
    "invoice": Invoice,
    "standing": Standing,
    "payment": Payment,
    "credit_adjustment": CreditAdjustment,
    "holding": Holding,
}
"""Every kind by the name that stores keep it under.

They write in the order of these names, so none that a client owns comes before `client`.
"""

NAMES: Final[dict[type[Document], str]] = {kind: name for name, kind in KINDS.items()}
"""The name of each kind."""

LASTING: Final[frozenset[type[Document]]] = frozenset(
    {PlanEdition, TermsEdition, ServiceEvent, Invoice, Payment, CreditAdjustment}
)
"""The kinds that are written once and never again (PAY-12)."""

GIVEN: Final[frozenset[type[Document]]] = frozenset({Client, PlanEdition, TermsEdition})
"""The kinds whose first version is what was given, whole: registered again with the same input, it is the same document."""


@final
@frozen
class Stored(Generic[D_co]):
    """A document as a store has it; `version` counts its writes from 1."""

    document: D_co = field()
    version: int = field()


@final
@frozen(kw_only=True)
class Index:
    """What a document can be found by; empty or None where it has none.

    `day` is the day that orders a client's documents of one kind: issued, due, received, happened, ordered, made, held.
    `agenda` is the day it is next due on. `plan` is the plan that an edition is of.
    """

    client: str = field(default="")
    service: str = field(default="")
    plan: str = field(default="")
    day: Day | None = field(default=None)
    agenda: Day | None = field(default=None)


_NO_INDEX: Final = Index()


def index(document: Document) -> Index:  # noqa: C901, PLR0911  # one for each kind
    """Return what this document is found by; derived from the document alone, at each write."""
    match document:
        case Standing():
            return Index(client=document.client, service=document.service, day=document.due, agenda=document.next_step)
        case Service():
            return Index(
                client=document.client,
                service=document.id,
                day=document.contract.ordered,
                agenda=document.next_step,
            )
        case Invoice():
            return Index(client=document.client, service=document.service, day=document.issued)
        case ServiceEvent():
            return Index(client=document.client, service=document.service, day=document.day)
        case Payment():
            return Index(client=document.client, day=document.notice.received)
        case CreditAdjustment():
            return Index(client=document.client, day=document.day)
        case Holding():
            return Index(client=document.client, day=document.since)
        case Client():
            return Index(client=document.id)
        case PlanEdition():
            return Index(plan=document.plan)
        case TermsEdition():
            return _NO_INDEX
        case _:
            assert_never(document)
