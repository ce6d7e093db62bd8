"""A plan: each write stands on a version that it read; a chain is what its parts do, one after the other."""

from typing import Final

import pytest
from attrs import evolve
from hypothesis import given

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing
from altocore.clients.clients import Client
from altocore.errors import BadValue
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document
from altocore.plans.guard import Guard, Verdict
from altocore.plans.plan import Claim, Expect, ExpectCredit, Number, Plan, chain
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.money import Money
from tests import cast
from tests.plans.draws import Key, World, planned

DEED: Final = Claim("deed", "1", "given")
PLANNED: Final = planned()
A, B = cast.service(name="srv_a"), cast.service(name="srv_b")


def writing(*writes: Document, expects: tuple[Expect, ...]) -> Plan[None]:
    """Return a plan that writes these documents on these versions."""
    return Plan(answer=None, deed=DEED, expects=expects, writes=writes)


@pytest.mark.parametrize(
    ("writes", "expects"),
    [
        ((A,), ()),
        ((A,), (Expect(Service, "srv_b", 0),)),
        ((A,), (Expect(Client, "srv_a", 0),)),
        ((A, B), (Expect(Service, "srv_a", 0),)),
        ((A, A), (Expect(Service, "srv_a", 0),)),
        ((A, evolve(A, events=9)), (Expect(Service, "srv_a", 0), Expect(Service, "srv_b", 0))),
    ],
    ids=["none", "another id", "another kind", "one of two", "twice", "twice, changed"],
)
def test_a_write_that_nothing_guards_is_refused(writes: tuple[Document, ...], expects: tuple[Expect, ...]) -> None:
    """Shape 7: each document is written once, on an expected version; else two would overwrite each other unseen."""
    with pytest.raises(BadValue) as refused:
        writing(*writes, expects=expects)
    assert refused.value.field == "writes"
    assert refused.value.problem == "each document is written once, on an expected version"


def test_a_plan_may_expect_more_than_it_writes() -> None:
    """Shape 7: a version that the decision read is expected, written or not; a plan of nothing is a no."""
    expects = (Expect(Service, "srv_a", 3), Expect(Service, "srv_b", 0), Expect(Client, "srv_a", 1))
    assert writing(A, cast.client(name="srv_a"), expects=expects).expects == expects
    nothing: Plan[int] = Plan(answer=1, deed=DEED)
    assert (nothing.claims, nothing.expects, nothing.credits, nothing.writes) == ((), (), (), ())
    assert (nothing.postings, nothing.messages, nothing.numbers, nothing.rests_on) == ((), (), (), ())
    assert nothing.occasion is None


@given(PLANNED)
def test_a_chain_of_one_is_that_one(drawn: tuple[World, tuple[Plan[object], ...]]) -> None:
    """Shape 7: chained alone a plan is itself, with the chain's answer."""
    for part in drawn[1]:
        assert chain("answer", part) == evolve(part, answer="answer")


@given(PLANNED)
def test_a_chain_of_chains_is_one_chain(drawn: tuple[World, tuple[Plan[object], ...]]) -> None:
    """Shape 7: where the parts are put together first says nothing."""
    _, parts = drawn
    whole = chain("answer", *parts)
    for cut in range(1, len(parts)):
        assert chain("answer", chain(None, *parts[:cut]), *parts[cut:]) == whole
        assert chain("answer", *parts[:cut], chain(None, *parts[cut:])) == whole


@given(PLANNED)
def test_versions_first_read_and_contents_last_written(drawn: tuple[World, tuple[Plan[object], ...]]) -> None:
    """Shape 7: a document is expected as it stood before the chain, and written as the last part leaves it."""
    world, parts = drawn
    whole = chain("answer", *parts)
    read = {(each.kind, each.id) for part in parts for each in part.expects}
    assert {(each.kind, each.id): each.version for each in whole.expects} == {
        key: world.versions.get(key, 0) for key in read
    }
    assert len(whole.expects) == len(read)
    last = {(type(each), each.id): each for part in parts for each in part.writes}
    assert {(type(each), each.id): each for each in whole.writes} == last
    assert len(whole.writes) == len(last)


def test_documents_of_two_kinds_may_share_an_id() -> None:
    """PAY-12, shape 7: an invoice and its standing have one id; chained, both are expected and both are written."""
    invoice, standing = cast.invoice(), cast.standing()
    both = (Expect(Invoice, invoice.id, 0), Expect(Standing, invoice.id, 0))
    issued = writing(invoice, standing, expects=both)
    paid = writing(evolve(standing, settled=cast.ASKED), expects=(Expect(Standing, invoice.id, 1),))
    whole = chain(None, issued, evolve(paid, deed=Claim("deed", "2", "given")))
    assert whole.expects == both
    assert whole.writes == (invoice, evolve(standing, settled=cast.ASKED))


@given(PLANNED)
def test_credit_is_expected_as_it_stood_before_the_chain(drawn: tuple[World, tuple[Plan[object], ...]]) -> None:
    """PAY-7, shape 7: what earlier parts moved is taken off what a later part read."""
    world, parts = drawn
    whole = chain("answer", *parts)
    read = {each.client for part in parts for each in part.credits}
    assert {each.client: each.amount.minor for each in whole.credits} == {
        client: world.credit.get(client, 0) for client in read
    }
    assert len(whole.credits) == len(read)


@given(PLANNED)
def test_the_rest_is_put_together_in_order(drawn: tuple[World, tuple[Plan[object], ...]]) -> None:
    """Shape 7: postings, messages, numbers and rules follow each other; the first deed stays, the later are claims."""
    _, parts = drawn
    whole = chain("answer", *parts)
    assert whole.answer == "answer"
    assert whole.deed == parts[0].deed
    assert (whole.deed, *whole.claims) == tuple(claim for part in parts for claim in (part.deed, *part.claims))
    assert whole.postings == tuple(each for part in parts for each in part.postings)
    assert whole.messages == tuple(each for part in parts for each in part.messages)
    assert whole.numbers == tuple(each for part in parts for each in part.numbers)
    assert whole.rests_on == tuple(each for part in parts for each in part.rests_on)
    assert whole.occasion == parts[0].occasion


def test_a_chain_may_be_the_deed_of_a_later_part() -> None:
    """Shape 9: the deed that was asked for names the chain, though what had to come first comes first; the rest are claims."""
    parts = moving(0), moving(1), moving(2)
    whole = chain(None, *parts, deed=parts[1].deed)
    assert (whole.deed, whole.claims) == (parts[1].deed, (parts[0].deed, parts[2].deed))


@given(PLANNED)
def test_a_chain_is_let_in_where_its_parts_are(drawn: tuple[World, tuple[Plan[object], ...]]) -> None:
    """Shape 7: one plan, and the parts one by one, leave the same claims and credits, and change the same documents."""
    world, parts = drawn
    chained, by_parts = Kept(world), Kept(world)
    assert isinstance(chained.guard.admit(chain("answer", *parts)), Verdict)
    assert all(isinstance(by_parts.guard.admit(part), Verdict) for part in parts)
    assert chained.claims == by_parts.claims
    assert chained.credit == by_parts.credit
    times: list[Key] = [(type(each), each.id) for part in parts for each in part.writes]
    assert by_parts.versions == {
        key: world.versions.get(key, 0) + times.count(key) for key in {*world.versions, *times}
    }
    assert chained.versions == {key: world.versions.get(key, 0) + (key in times) for key in {*world.versions, *times}}


class Kept:
    """A guard over a world, with what it moves on."""

    def __init__(self, world: World) -> None:
        """Begin with the world as it stands."""
        self.versions = dict(world.versions)
        self.claims: dict[tuple[str, str], str] = {}
        self.credit = dict(world.credit)
        self.guard = Guard(self.versions, self.claims, self.credit)


X: Final = ClientId("cli_x")


def moving(place: int, *, read: str | None = None, kept: str | None = None, spent: str | None = None) -> Plan[object]:
    """Return a plan that reads a client's credit, adds to it, and spends of it."""
    moved = [(Movement.PAYMENT_KEPT, kept), (Movement.CREDIT_APPLIED, spent)]
    return Plan(
        answer=None,
        deed=Claim("deed", str(place), "given"),
        credits=() if read is None else (ExpectCredit(X, cast.usd(read)),),
        postings=tuple(
            cast.posting(movement=movement, of=X, amount=cast.usd(amount)) for movement, amount in moved if amount
        ),
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # the first part keeps 20 dollars; the second reads them, so before the chain there were none
        ((moving(0, kept="20.00"), moving(1, read="20.00", spent="20.00")), "0.00"),
        ((moving(0, read="5.00", kept="20.00"), moving(1, read="25.00")), "5.00"),
        ((moving(0, spent="0.01"), moving(1, kept="0.02"), moving(2, read="0.01")), "0.00"),
        ((moving(0), moving(1, read="7.00")), "7.00"),
    ],
    ids=["kept and spent", "read twice", "there and back", "untouched"],
)
def test_known_credits(parts: tuple[Plan[object], ...], expected: str) -> None:
    """PAY-6, PAY-7: what a payment leaves over pays the renewal that it brings about, in one commit."""
    assert chain(None, *parts).credits == (ExpectCredit(X, cast.usd(expected)),)


def test_a_chain_keeps_the_currency() -> None:
    """CLI-8: the credit that is expected is in the client's own currency."""
    yen: Plan[None] = Plan(answer=None, deed=DEED, credits=(ExpectCredit(X, Money(3, cast.JPY)),))
    kept: Plan[None] = Plan(
        answer=None,
        deed=Claim("deed", "0", "given"),
        postings=(cast.posting(movement=Movement.PAYMENT_KEPT, of=X, amount=Money(1, cast.JPY)),),
    )
    assert chain(None, kept, yen).credits == (ExpectCredit(X, Money(2, cast.JPY)),)


def test_a_number_is_asked_for_by_series_and_invoice() -> None:
    """PAY-12: a number is asked for, and given by the commit."""
    asked = Number("A", InvoiceId("inv_1"))
    assert (asked.series, asked.invoice) == ("A", "inv_1")


FIRST: Final = cast.invoice()
SECOND: Final = cast.invoice(period_number=1)


@pytest.mark.parametrize(
    ("writes", "asked"),
    [
        ((), (FIRST.id,)),
        ((SECOND,), (FIRST.id,)),
        ((SECOND,), (SECOND.id, FIRST.id)),
        ((cast.standing(name=FIRST.id),), (FIRST.id,)),
    ],
    ids=["nothing written", "another invoice", "one of two", "its standing alone"],
)
def test_a_number_is_asked_by_the_plan_that_issues_the_invoice(
    writes: tuple[Document, ...], asked: tuple[InvoiceId, ...]
) -> None:
    """PAY-12: an invoice is numbered as it is issued; one that is only read, or not there at all, gets no number."""
    expects = (*[Expect(type(each), each.id, 0) for each in writes], Expect(Invoice, FIRST.id, 0))
    numbers = tuple([Number("A", invoice) for invoice in asked])
    with pytest.raises(BadValue) as refused:
        Plan(answer=None, deed=DEED, expects=expects, writes=writes, numbers=numbers)
    assert refused.value.field == "numbers"
    assert refused.value.problem == "a number is asked for an invoice that the plan writes"
