"""What random histories are drawn from: few clients and few documents, so that plans meet each other."""

from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.events import Actor
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document
from altocore.plans.plan import Claim, Expect, ExpectCredit, Number, Plan
from altocore.values.days import Day, add_days
from altocore.values.ids import ClientId
from altocore.values.money import Money
from tests import cast
from tests.adapters.model import Model
from tests.adapters.pages import registering

CLIENTS: Final = ("c1", "c2", "ñ3")
"""Their shards are in another order than their names; the first two are stored from the beginning."""

NAMES: Final = ("d1", "d2", "d3")
KINDS: Final[tuple[type[Document], ...]] = (Client, PlanEdition, Service, Standing, Invoice)
STEPS: Final = (None, cast.ANCHOR, add_days(cast.ANCHOR, 1), add_days(cast.ANCHOR, 2))
DIGITS: Final = st.integers(0, 9)


def service(name: str, owner: str, step: Day | None, content: int) -> Service:
    """Return a service, ordered on one of three days."""
    runs = cast.contract(ordered=add_days(cast.ANCHOR, content % 3))
    return cast.service(name=name, of=owner, runs=runs, events=content, next_step=step)


def invoice(name: str, owner: str, content: int) -> Invoice:
    """Return an invoice, issued on one of three days; its id says what it is, so all else may be anything."""
    issued = add_days(cast.ANCHOR, content % 3)
    return cast.invoice(of=owner, service_name=name, period_number=0, issued=issued, plan_edition=str(content))


def standing(name: str, owner: str, step: Day | None, content: int) -> Standing:
    """Return a standing, due on one of three days."""
    of = cast.invoice(service_name=name).id
    due = add_days(cast.FIRST_DUE, content % 3)
    return cast.standing(name=of, of=owner, service_name=name, due=due, steps_done=content, next_step=step)


OWNERS: Final = st.sampled_from(("c1", "c2") * 8 + ("ñ3",))
"""Seldom the third, for what belongs to a stranger is refused."""

NAMED: Final = st.sampled_from(NAMES)
STEP: Final = st.sampled_from(STEPS)
DOCUMENTS: Final[st.SearchStrategy[Document]] = st.one_of(
    st.builds(service, NAMED, OWNERS, STEP, DIGITS),
    st.builds(invoice, NAMED, OWNERS, DIGITS),
    st.builds(standing, NAMED, OWNERS, STEP, DIGITS),
    st.builds(lambda name, region: cast.client(name=name, tax_region=f"R{region}"), st.sampled_from(CLIENTS), DIGITS),
    st.builds(lambda name, of: cast.plan(name=name, of=f"p{of}"), NAMED, DIGITS),
)
CLAIMS: Final = st.builds(
    Claim, st.sampled_from(["x", "y"]), st.sampled_from("abcdefghij"), st.sampled_from(["1", "2"])
)
POSTINGS: Final = st.builds(
    lambda movement, of, minor: cast.posting(movement=movement, of=of, amount=Money(minor, cast.USD)),
    st.sampled_from(
        [Movement.PAYMENT_KEPT, Movement.CREDIT_APPLIED, Movement.NET_INVOICED, Movement.SETTLEMENT_RELEASED]
    ),
    OWNERS,
    st.integers(1, 4),
)
MESSAGES: Final = st.builds(lambda of, about: cast.told(of=of, about=of + about), OWNERS, st.sampled_from("abc"))
OCCASIONS: Final = st.none() | st.builds(
    lambda actor, on: cast.occasion(actor=actor, on=on), st.sampled_from(Actor), st.sampled_from(STEPS[1:])
)
RULES: Final = st.lists(st.sampled_from(["REN-1", "PAY-7", "LIF-8"]), max_size=3)
SERIES: Final = st.sampled_from([(), ("A",), ("A",), ("B",), ("A", "B")])
"""What an invoice's numbers are asked of; two for one invoice are refused."""

OFF: Final = st.sampled_from([0, 0, 0, 0, 0, 0, 1, -1])
"""By how much an expectation is off: seldom, or nothing would ever happen."""


@st.composite
def beginnings(draw: st.DrawFn) -> list[Plan[object]]:
    """Draw what is there before: two clients, and of the first all services and two invoices, of any days."""
    owner = CLIENTS[0]
    invoices = [invoice(name, owner, draw(DIGITS)) for name in NAMES[:2]]
    writes: tuple[Document, ...] = (*[service(name, owner, draw(STEP), draw(DIGITS)) for name in NAMES], *invoices)
    stocked: Plan[object] = Plan(
        answer=None,
        deed=Claim("begin", "", ""),
        expects=tuple([Expect(type(each), each.id, 0) for each in writes]),
        writes=writes,
        numbers=(Number("A", invoices[0].id),),
    )
    return [*[registering(client) for client in CLIENTS[:2]], stocked]


@st.composite
def plans(draw: st.DrawFn, model: Model) -> Plan[object]:
    """Draw a plan that is made on what the model knows, mostly."""
    writes = draw(st.lists(DOCUMENTS, max_size=3, unique_by=lambda each: (type(each), each.id)))
    reads = draw(st.lists(DOCUMENTS, max_size=1))
    issued = [each for each in writes if isinstance(each, Invoice)]
    plan: Plan[object] = Plan(
        answer=None,
        deed=draw(CLAIMS),
        claims=tuple(draw(st.lists(CLAIMS, max_size=1))),
        expects=tuple([_expect(model, each, draw(OFF)) for each in (*writes, *reads)]),
        writes=tuple(writes),
        postings=tuple(draw(st.lists(POSTINGS, max_size=3))),
        messages=tuple(draw(st.lists(MESSAGES, max_size=2))),
        numbers=tuple([Number(series, each.id) for each in issued for series in draw(SERIES)]),
        rests_on=tuple(draw(RULES)),
        occasion=draw(OCCASIONS),
    )
    credits_read = draw(st.lists(OWNERS, max_size=1))
    expected = [(each, max(0, model.credit.get(each, 0) + draw(OFF))) for each in credits_read]
    return evolve(
        plan, credits=tuple([ExpectCredit(ClientId(each), Money(minor, cast.USD)) for each, minor in expected])
    )


def _expect(model: Model, document: Document, off: int) -> Expect:
    _, version = model.documents.get((type(document).__name__, document.id), (None, 0))
    return Expect(type(document), document.id, version + off)
