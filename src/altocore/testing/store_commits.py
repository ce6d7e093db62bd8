"""What `commit` promises of plans and pages, one function for each promise; each needs nothing but a store."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final, overload

from attrs import evolve

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement
from altocore.lifecycle.service import Service
from altocore.plans.documents import LASTING, Stored
from altocore.plans.guard import AlreadyDone, Committed, OtherInput
from altocore.plans.plan import Claim, Expect, Number, Plan
from altocore.plans.reading import Ids
from altocore.ports.store import Store
from altocore.testing.checks import same
from altocore.testing.store_examples import Names, deed, kinds_of, one_of_each

__all__ = ["COMMITS"]

_DONE: Final = Committed(numbers=())


def _service(store: Store, service: Service) -> list[Stored[Service]]:
    return list(store.select(Service, Ids((service.id,))))


def a_page_of_nothing_is_nothing(store: Store) -> None:
    """An empty page has no outcomes."""
    same("the outcomes of an empty page", list(store.commit([])), [])


def a_write_moves_the_version(store: Store) -> None:
    """A document is written first as version 1, and each write counts one on."""
    names = Names("version")
    names.meet(store, "a")
    first, second = names.service(events=1), names.service(events=2)
    same("a new document", list(store.commit([deed(names.key("1"), first)])), [_DONE])
    same("what is stored", _service(store, first), [Stored(first, 1)])
    same("the next write", list(store.commit([deed(names.key("2"), second, version=1)])), [_DONE])
    same("what is stored then", _service(store, first), [Stored(second, 2)])


def another_version_is_a_conflict(store: Store) -> None:
    """A plan that expects another version than the stored one does not happen, whether or not it writes the document."""
    names = Names("stale")
    names.meet(store, "a")
    service, other = names.service(), names.service("b")
    store.commit([deed(names.key("1"), service)])
    for version in (0, 2):
        stale = deed(names.key("2"), evolve(service, events=9), version=version)
        same(f"a write on version {version} of 1", kinds_of(store.commit([stale])), ["Conflict"])
    read = deed(names.key("3"), other)
    read = evolve(read, expects=(*read.expects, Expect(Service, service.id, 2)))
    same("a plan that only read version 2 of 1", kinds_of(store.commit([read])), ["Conflict"])
    same("an absent document expected", kinds_of(store.commit([deed(names.key("4"), other, version=1)])), ["Conflict"])
    same("what is stored", _service(store, service) + _service(store, other), [Stored(service, 1)])


def a_deed_is_done_once(store: Store) -> None:
    """The same deed with the same input is done already; with other input it is told so; neither changes anything."""
    names = Names("deed")
    names.meet(store, "a")
    plan = evolve(deed(names.key(), names.service()), postings=(names.posting(Movement.NET_INVOICED, 5),))
    other = evolve(plan, deed=Claim("check", names.key(), "other"))
    same("before", store.claimed("check", names.key()), None)
    same(
        "one deed thrice on a page",
        kinds_of(store.commit([plan, plan, other])),
        ["Committed", "AlreadyDone", "OtherInput"],
    )
    same("the deed again", list(store.commit([plan])), [AlreadyDone()])
    same("its key with other input", list(store.commit([other])), [OtherInput()])
    same("the key in another space", store.claimed("elsewhere", names.key()), None)
    same("the claim", store.claimed("check", names.key()), "given")
    same("the postings", len(list(store.postings(names.client()))), 1)


def a_claim_is_taken_once(store: Store) -> None:
    """A further claim that is taken is a conflict, even with the same digest, and the plan's own deed stays free."""
    names = Names("claim")
    names.meet(store, "a")
    taken = Claim("check", names.key("taken"), "given")
    first = evolve(deed(names.key("1"), names.service()), claims=(taken,))
    second = evolve(deed(names.key("2"), names.service("b")), claims=(taken,))
    same("two plans with one claim", kinds_of(store.commit([first, second])), ["Committed", "Conflict"])
    same("the claim of another page", kinds_of(store.commit([second])), ["Conflict"])
    same("the loser's own deed", store.claimed("check", names.key("2")), None)
    same("without the claim", list(store.commit([evolve(second, claims=())])), [_DONE])


def a_plan_may_rest_on_an_earlier_one(store: Store) -> None:
    """Plans of a page see what earlier ones of it made, and fall out with them."""
    names = Names("rests")
    names.meet(store, "a")
    one, two = names.service(events=1), names.service(events=2)
    fallen = [deed(names.key("1"), one, version=7), deed(names.key("2"), two, version=8)]
    same("a page whose first plan is stale", kinds_of(store.commit(fallen)), ["Conflict", "Conflict"])
    page = [deed(names.key("1"), one), deed(names.key("2"), two, version=1), deed(names.key("3"), one, version=1)]
    same("a page that rests on itself", kinds_of(store.commit(page)), ["Committed", "Committed", "Conflict"])
    same("what is stored", _service(store, one), [Stored(two, 2)])


def what_rests_on_a_fallen_plan_falls_too(store: Store) -> None:
    """A plan that rests on a refused one of its page falls out, though somebody else wrote the version that it expects."""
    names = Names("fallen")
    names.meet(store, "a")
    first, other = names.service(events=1), names.service(events=2)
    store.commit([deed(names.key("1"), first), deed(names.key("2"), other, version=1)])
    stale = deed(names.key("3"), names.service(events=3), version=1)
    resting = deed(names.key("4"), names.service(events=4), version=2)
    same("a page whose first plan is stale", kinds_of(store.commit([stale, resting])), ["Conflict", "Conflict"])
    same("what is stored", _service(store, first), [Stored(other, 2)])
    same("the second plan by itself", list(store.commit([resting])), [_DONE])


def a_refused_plan_leaves_nothing(store: Store) -> None:
    """Of a plan that falls out, nothing is written: it happens altogether or not at all."""
    names = Names("whole")
    names.meet(store, "a")
    good, bad = names.service("good"), names.service("bad")
    plan = evolve(
        deed(names.key("bad"), bad, names.invoice()),
        expects=(Expect(Service, bad.id, 0), Expect(Invoice, names.invoice_id(), 0), Expect(Service, good.id, 1)),
        claims=(Claim("check", names.key("claim"), "given"),),
        postings=(names.posting(Movement.PAYMENT_KEPT, 5),),
        messages=(names.message("bad"),),
        numbers=(Number(names.key(), names.invoice_id()),),
    )
    page = [plan, deed(names.key("good"), good)]
    same("a bad plan before a good one", kinds_of(store.commit(page)), ["Conflict", "Committed"])
    same("its document", list(store.select(Invoice, Ids((names.invoice_id(),)))) + _service(store, bad), [])
    same("its deed", store.claimed("check", names.key("bad")), None)
    same("its claim", store.claimed("check", names.key("claim")), None)
    same("its postings", list(store.postings(names.client())), [])
    same("its messages", list(store.messages(names.client())), [])
    same("its credit", store.credit([names.client()]).get(names.client(), 0), 0)
    same("its number", dict(store.numbers([names.invoice_id()])), {})


def a_page_is_written_as_one(store: Store) -> None:
    """A page that breaks off in the middle leaves nothing of its plans."""
    names = Names("page")
    names.meet(store, "a")
    first, second = names.service("1"), names.service("2")
    with suppress(_BrokeOffError):
        store.commit(_BreaksOff(deed(names.key("1"), first), deed(names.key("2"), second)))
    same("what is stored", _service(store, first) + _service(store, second), [])
    same("the deed", store.claimed("check", names.key("1")), None)


def nothing_belongs_to_a_stranger(store: Store) -> None:
    """A document, a posting and a message of a client that is not stored are each a conflict; with the client they are not."""
    names = Names("stranger")
    names.meet(store, "known")
    own, service = names.service(owner="known"), names.service("b")
    strange = [
        deed(names.key("1"), service),
        evolve(deed(names.key("2"), own), postings=(names.posting(Movement.NET_INVOICED, 5),)),
        evolve(deed(names.key("3"), own), messages=(names.message("b"),)),
    ]
    same("things of a stranger", kinds_of(store.commit(strange)), ["Conflict"] * 3)
    page = [deed(names.key("4"), names.client_document(), service), deed(names.key("5"), names.service("c"))]
    same("things of a client that comes with them", kinds_of(store.commit(page)), ["Committed", "Committed"])
    same("what is stored", _service(store, own) + _service(store, service), [Stored(service, 1)])


def a_lasting_document_is_written_once(store: Store) -> None:
    """What is issued is never edited: a second write of an invoice is a conflict (PAY-12)."""
    names = Names("lasting")
    names.meet(store, "a")
    issued, edited = names.invoice(), names.invoice(tax_name="edited")
    store.commit([deed(names.key("1"), issued)])
    same("the second write", kinds_of(store.commit([deed(names.key("2"), edited, version=1)])), ["Conflict"])
    page = [deed(names.key("3"), names.invoice("b")), deed(names.key("4"), names.invoice("b"), version=1)]
    same("two writes on one page", kinds_of(store.commit(page)), ["Committed", "Conflict"])
    same("what is stored", list(store.select(Invoice, Ids((issued.id,)))), [Stored(issued, 1)])
    lasting = [each for each in one_of_each(Names("lasting too")) if type(each) in LASTING]
    store.commit([deed(names.key("all"), Names("lasting too").client_document(), *lasting)])
    for each in lasting:
        again = kinds_of(store.commit([deed(names.key(each.id), each, version=1)]))
        same(f"a second write of a {type(each).__name__}", again, ["Conflict"])


def a_plan_that_cannot_be_kept_is_left_out(store: Store) -> None:
    """A text that no database takes is a conflict of its plan alone, never an exception for the page."""
    names = Names("unfit")
    names.meet(store, "a")
    page = [
        deed(names.key("1"), names.service("1")),
        deed(names.key("\ud800"), names.service("2")),
        deed(names.key("\0"), names.service("3")),
        deed(names.key("4"), names.service("4")),
    ]
    same("the page", kinds_of(store.commit(page)), ["Committed", "Conflict", "Conflict", "Committed"])


class _BrokeOffError(Exception):
    """The page could not be read to its end."""


class _BreaksOff(Sequence[Plan[object]]):
    """A page that ends in an exception."""

    def __init__(self, *plans: Plan[object]) -> None:
        self._plans = plans

    def __len__(self) -> int:
        return len(self._plans) + 1

    @overload
    def __getitem__(self, at: int) -> Plan[object]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Plan[object]]: ...
    def __getitem__(self, at: int | slice) -> Plan[object] | Sequence[Plan[object]]:
        if isinstance(at, slice) or not -len(self) < at < len(self._plans):
            raise _BrokeOffError
        return self._plans[at]

    def __iter__(self) -> Iterator[Plan[object]]:
        yield from self._plans
        raise _BrokeOffError


COMMITS: Final = (
    a_page_of_nothing_is_nothing,
    a_write_moves_the_version,
    another_version_is_a_conflict,
    a_deed_is_done_once,
    a_claim_is_taken_once,
    a_plan_may_rest_on_an_earlier_one,
    what_rests_on_a_fallen_plan_falls_too,
    a_refused_plan_leaves_nothing,
    a_page_is_written_as_one,
    nothing_belongs_to_a_stranger,
    a_lasting_document_is_written_once,
    a_plan_that_cannot_be_kept_is_left_out,
)
"""Every promise of `commit` about plans and pages."""
