"""What the laws of plans are drawn from: a small world, and plans that were each made on top of the ones before."""

from typing import Final, TypeAlias

from attrs import field, frozen
from hypothesis import strategies as st

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement, Posting
from altocore.clients.clients import Client
from altocore.lifecycle.events import Actor
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document
from altocore.plans.messages import MessageKind
from altocore.plans.plan import Claim, Expect, ExpectCredit, Number, Plan
from altocore.values.ids import ClientId
from altocore.values.money import Money
from tests import cast

Key: TypeAlias = tuple[type[Document], str]

CLIENTS: Final = (ClientId("cli_x"), ClientId("cli_y"))
KEYS: Final[tuple[Key, ...]] = (
    (Service, "srv_a"),
    (Service, "srv_b"),
    (Service, "srv_c"),
    (Client, "cli_x"),
    (Client, "cli_y"),
    # an id that documents of two kinds share, as an invoice and its standing do
    (Client, "srv_a"),
)


@frozen(kw_only=True)
class World:
    """What a store holds before any plan: the version of each document, the credit of each client."""

    documents: tuple[tuple[Document, int], ...] = field()
    credit: dict[ClientId, int] = field()

    @property
    def versions(self) -> dict[Key, int]:
        """Return the version of each document that is there."""
        return {(type(document), document.id): version for document, version in self.documents}


def document(key: Key, mark: int, of: ClientId) -> Document:
    """Return a document of this kind and id; the mark makes its content one of many."""
    kind, name = key
    if kind is Client:
        return cast.client(name=name, tax_region=f"R{mark}")
    return cast.service(name=name, of=of, events=mark)


MARKS: Final = st.integers(0, 99)
OWNERS: Final = st.sampled_from(CLIENTS)
SERVICES: Final = st.sampled_from(["srv_a", "srv_b", "srv_c"])
OCCASIONS: Final = st.none() | st.sampled_from(Actor).map(lambda actor: cast.occasion(actor=actor))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world: some of the keys are there, at some version, and some clients have credit."""
    there = draw(st.lists(st.sampled_from(KEYS), unique=True))
    return World(
        documents=tuple((document(key, draw(MARKS), draw(OWNERS)), draw(st.integers(1, 3))) for key in there),
        credit=draw(st.dictionaries(OWNERS, st.integers(0, 50))),
    )


@st.composite
def movements(draw: st.DrawFn, credit: dict[ClientId, int]) -> tuple[Posting, ...]:
    """Draw a few postings that no client's credit is too small for; the credits given are moved on."""
    made = []
    for client in draw(st.lists(OWNERS, max_size=3)):
        have = credit.get(client, 0)
        spends = draw(st.booleans()) and have > 0
        minor = draw(st.integers(1, have if spends else 20))
        movement = (
            Movement.CREDIT_APPLIED if spends else draw(st.sampled_from([Movement.PAYMENT_KEPT, Movement.NET_INVOICED]))
        )
        made.append(cast.posting(movement=movement, of=client, amount=Money(minor, cast.USD)))
        credit[client] = have + made[-1].credit_change
    return tuple(made)


@st.composite
def planned(draw: st.DrawFn, *, parts_min: int = 1) -> tuple[World, tuple[Plan[object], ...]]:
    """Draw a world and plans for it, each made of what the plans before it leave."""
    world = draw(worlds())
    versions, credit = dict(world.versions), dict(world.credit)
    parts = []
    for place in range(draw(st.integers(parts_min, 5))):
        read = draw(st.lists(st.sampled_from(KEYS), unique=True))
        written = draw(st.lists(st.sampled_from(read), unique=True)) if read else []
        reads_credit = draw(st.lists(OWNERS, unique=True))
        # a period of its own, so that no two parts issue the same invoice
        invoice = cast.invoice(of=draw(OWNERS), service_name=draw(SERVICES), period_number=place)
        parts.append(
            Plan(
                answer=place,
                deed=Claim("deed", str(place), "given"),
                claims=tuple(Claim("claim", f"{place}/{each}", "given") for each in range(draw(st.integers(0, 2)))),
                expects=(
                    *[Expect(kind, name, versions.get((kind, name), 0)) for kind, name in read],
                    Expect(Invoice, invoice.id, 0),
                ),
                credits=tuple(ExpectCredit(each, Money(credit.get(each, 0), cast.USD)) for each in reads_credit),
                writes=(*[document(key, draw(MARKS), draw(OWNERS)) for key in written], invoice),
                postings=draw(movements(credit)),
                messages=(cast.told(kind=draw(st.sampled_from(MessageKind)), cause=str(place)),),
                numbers=(Number("A", invoice.id),),
                rests_on=(f"TOY-{place}",),
                occasion=draw(OCCASIONS),
            )
        )
        versions |= {key: versions.get(key, 0) + 1 for key in written}
    return world, tuple(parts)


VERSIONS: Final = st.integers(0, 2)
CLAIMS: Final = st.builds(
    Claim,
    st.sampled_from(["deed", "claim"]),
    st.sampled_from(["1", "2", "3", "4"]),
    st.sampled_from(["given", "other"]),
)


@st.composite
def wild(draw: st.DrawFn) -> Plan[object]:
    """Draw a plan that was made of who knows what: versions, credits and claims that may or may not be so."""
    expects = draw(st.lists(st.builds(_expect, st.sampled_from(KEYS), VERSIONS), max_size=3))
    keys = sorted({(each.kind, each.id) for each in expects}, key=str)
    written = draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    postings = [
        cast.posting(movement=movement, of=client, amount=Money(minor, cast.USD))
        for movement, client, minor in draw(
            st.lists(st.tuples(st.sampled_from(Movement), OWNERS, st.integers(1, 3)), max_size=3)
        )
    ]
    return Plan(
        answer=None,
        deed=draw(CLAIMS),
        claims=tuple(draw(st.lists(CLAIMS, max_size=2))),
        expects=tuple(expects),
        credits=tuple(
            ExpectCredit(client, Money(minor, cast.USD))
            for client, minor in draw(st.lists(st.tuples(OWNERS, st.integers(0, 2)), max_size=1))
        ),
        writes=tuple(document(key, draw(MARKS), draw(OWNERS)) for key in written),
        postings=tuple(postings),
    )


def _expect(key: Key, version: int) -> Expect:
    kind, name = key
    return Expect(kind, name, version)
