"""The guard: judges a page of plans in order, over rows read under the lock."""

from typing import Final, TypeAlias

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.ledger import Movement
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.lifecycle.service import Service
from altocore.plans.documents import Document
from altocore.plans.guard import ADMITTED, AlreadyDone, Committed, Conflict, Guard, OtherInput, Verdict
from altocore.plans.plan import Claim, Expect, ExpectCredit, Plan
from altocore.terms.editions import TermsEdition
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.money import money
from tests import cast
from tests.plans.draws import CLIENTS, KEYS, Key, World, planned, wild

Claims: TypeAlias = dict[tuple[str, str], str]
X, Y = CLIENTS


class Naive:
    """A model that keeps nothing but what it was given and the plans that were let in, and counts anew each time."""

    def __init__(self, versions: dict[Key, int], claims: Claims, credit: dict[ClientId, int]) -> None:
        """Begin with copies."""
        self.versions, self.claims, self.credit = dict(versions), dict(claims), dict(credit)
        self.let_in: list[Plan[object]] = []
        self.fallen: list[tuple[Plan[object], str]] = []

    def fell(self) -> set[Key]:
        """Return what plans that were refused would have written, but for what was registered before, as it is asked now."""
        return {
            (type(document), document.id)
            for plan, refusal in self.fallen
            for document in plan.writes
            if not (
                refusal == "AlreadyDone"
                and isinstance(document, Client | PlanEdition | TermsEdition)
                and Expect(type(document), document.id, 0) in plan.expects
            )
        }

    def taken(self) -> Claims:
        """Return every claim, given or made since."""
        made = [claim for plan in self.let_in for claim in (plan.deed, *plan.claims)]
        return self.claims | {(claim.space, claim.key): claim.digest for claim in made}

    def version(self, key: Key) -> int:
        """Return a document's version: as given, and one more for each write."""
        written: list[Key] = [(type(each), each.id) for plan in self.let_in for each in plan.writes]
        return self.versions.get(key, 0) + written.count(key)

    def balance(self, client: ClientId, *more: Plan[object]) -> int:
        """Return a client's credit: as given, and all that moved it."""
        moved = [each for plan in (*self.let_in, *more) for each in plan.postings if each.client == client]
        return self.credit.get(client, 0) + sum(each.credit_change for each in moved)

    def judge(self, plan: Plan[object]) -> str:
        """Return the name of the verdict, and let the plan in where it is one."""
        verdict = self.verdict(plan)
        if verdict == "Verdict":
            self.let_in.append(plan)
        else:
            self.fallen.append((plan, verdict))
        return verdict

    def verdict(self, plan: Plan[object]) -> str:
        """Return the name of the verdict."""
        taken, fell = self.taken(), self.fell()
        deed = (plan.deed.space, plan.deed.key)
        if deed in taken:
            return "AlreadyDone" if taken[deed] == plan.deed.digest else "OtherInput"
        claimed = [(claim.space, claim.key) for claim in (plan.deed, *plan.claims)]
        spends = {each.client for each in plan.postings if each.credit_change}
        stands = (
            not any(claim in taken for claim in claimed)
            and len(set(claimed)) == len(claimed)
            and not any((each.kind, each.id) in fell for each in plan.expects)
            and all(self.version((each.kind, each.id)) == each.version for each in plan.expects)
            and all(self.balance(each.client) == each.amount.minor for each in plan.credits)
            and all(self.balance(client, plan) >= 0 for client in spends)
        )
        return "Verdict" if stands else "Conflict"


def judge_both(
    versions: dict[Key, int], claims: Claims, credit: dict[ClientId, int], plans: list[Plan[object]]
) -> list[str]:
    """Judge a page with the guard and with the model; see that they agree, and on what is left too."""
    naive, guard = Naive(versions, claims, credit), Guard(versions, claims, credit)
    verdicts = [type(guard.admit(plan)).__name__ for plan in plans]
    assert verdicts == [naive.judge(plan) for plan in plans]
    assert claims == naive.taken()
    assert {key: versions.get(key, 0) for key in KEYS} == {key: naive.version(key) for key in KEYS}
    assert {client: credit.get(client, 0) for client in CLIENTS} == {c: naive.balance(c) for c in CLIENTS}
    return verdicts


@given(
    st.dictionaries(st.sampled_from(KEYS), st.integers(0, 2)),
    st.dictionaries(st.tuples(st.sampled_from(["deed", "claim"]), st.sampled_from("12")), st.just("given"), max_size=1),
    st.dictionaries(st.sampled_from(CLIENTS), st.integers(0, 3)),
    st.lists(wild(), max_size=6),
)
def test_the_guard_judges_as_the_model_does(
    versions: dict[Key, int], claims: Claims, credit: dict[ClientId, int], plans: list[Plan[object]]
) -> None:
    """Shape 7: versions, claims and credits, whatever the plans were made of."""
    judge_both(versions, claims, credit, plans)


@given(planned(), st.data())
def test_a_plan_that_rests_on_a_refused_one_falls_out_with_it(
    drawn: tuple[World, tuple[Plan[object], ...]], data: st.DataObject
) -> None:
    """Shape 7: all are let in, or, where one is refused, exactly those that read nothing it would have changed."""
    world, parts = drawn
    plans = list(parts)
    assert set(judge_both(dict(world.versions), {}, dict(world.credit), plans)) <= {"Verdict"}
    refused = data.draw(st.sampled_from(plans), label="refused")
    claims: Claims = {(refused.deed.space, refused.deed.key): "before"}
    verdicts = judge_both(dict(world.versions), claims, dict(world.credit), plans)
    assert verdicts[plans.index(refused)] == "OtherInput"
    assert set(verdicts) <= {"Verdict", "Conflict", "OtherInput"}
    assert verdicts.count("OtherInput") == 1
    assert set(verdicts[: plans.index(refused)]) <= {"Verdict"}


@given(planned())
def test_a_page_repeated_is_done_already(drawn: tuple[World, tuple[Plan[object], ...]]) -> None:
    """Shape 9: identity makes idempotency: nothing of it happens twice."""
    world, parts = drawn
    verdicts = judge_both(dict(world.versions), {}, dict(world.credit), [*parts, *parts])
    assert verdicts == ["Verdict"] * len(parts) + ["AlreadyDone"] * len(parts)


DEED: Final = Claim("order", "1", "given")
A: Final = cast.service(name="srv_a", of=X)


def plan(  # noqa: PLR0913  # one keyword a field
    *,
    deed: Claim = DEED,
    claims: tuple[Claim, ...] = (),
    expects: tuple[Expect, ...] = (),
    credits_read: tuple[ExpectCredit, ...] = (),
    writes: tuple[Document, ...] = (),
    moves: tuple[tuple[Movement, ClientId, str], ...] = (),
) -> Plan[object]:
    """Return a plan of what is given."""
    return Plan(
        answer=None,
        deed=deed,
        claims=claims,
        expects=expects,
        credits=credits_read,
        writes=writes,
        postings=tuple(
            cast.posting(movement=movement, of=client, amount=cast.usd(amount)) for movement, client, amount in moves
        ),
    )


def guard(
    *,
    versions: dict[Key, int] | None = None,
    claims: Claims | None = None,
    credit: dict[ClientId, int] | None = None,
) -> Guard:
    """Return a guard over copies of these rows; nothing is claimed, stored or credited unless given."""
    return Guard(dict(versions or {}), dict(claims or {}), dict(credit or {}))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({}, ADMITTED),
        ({("order", "1"): "given"}, AlreadyDone()),
        ({("order", "1"): "other"}, OtherInput()),
        ({("order", "2"): "given", ("renewal", "1"): "given"}, ADMITTED),
    ],
    ids=["free", "same input", "other input", "other keys"],
)
def test_a_deed_is_done_once(claims: Claims, expected: object) -> None:
    """Shape 9: a command key keeps the hash of its input for ever."""
    assert guard(claims=claims).admit(plan()) == expected


CHARGE: Final = Claim("charge", "inv_1", "given")


@pytest.mark.parametrize("digest", ["given", "other"])
def test_a_claim_that_is_taken_is_a_conflict(digest: str) -> None:
    """Shape 9, PAY-17: another deed has issued this invoice; with whatever input, it is planned again."""
    judged = guard(claims={("charge", "inv_1"): digest}).admit(plan(claims=(CHARGE,)))
    assert judged == Conflict("claim charge")


@pytest.mark.parametrize(
    "claims", [(CHARGE, CHARGE), (CHARGE, evolve(CHARGE, digest="other")), (DEED,)], ids=["same", "other", "deed"]
)
def test_a_plan_cannot_claim_one_thing_twice(claims: tuple[Claim, ...]) -> None:
    """Shape 9: two charges of one period in one plan are none."""
    assert guard().admit(plan(claims=claims)) == Conflict("claim twice")


@pytest.mark.parametrize(
    ("stored", "read", "expected"),
    [
        (None, 0, ADMITTED),
        (3, 3, ADMITTED),
        (3, 2, Conflict("Service srv_a")),
        (3, 4, Conflict("Service srv_a")),
        (1, 0, Conflict("Service srv_a")),
        (None, 1, Conflict("Service srv_a")),
    ],
)
def test_a_version_that_moved_on_is_a_conflict(stored: int | None, read: int, expected: object) -> None:
    """Shape 7: what the decision read must still be so; 0 says that it must not exist yet."""
    versions: dict[Key, int] = {} if stored is None else {(Service, "srv_a"): stored}
    made = plan(expects=(Expect(Service, "srv_a", read),), writes=(A,))
    assert guard(versions=versions).admit(made) == expected


@pytest.mark.parametrize(
    ("stored", "read", "expected"),
    [
        ({}, "0.00", ADMITTED),
        ({X: 500}, "5.00", ADMITTED),
        ({X: 500}, "5.01", Conflict("credit of cli_x")),
        ({X: 500}, "4.99", Conflict("credit of cli_x")),
        ({Y: 500}, "5.00", Conflict("credit of cli_x")),
    ],
)
def test_credit_that_moved_on_is_a_conflict(stored: dict[ClientId, int], read: str, expected: object) -> None:
    """PAY-7, shape 7: every balance value that the decision read must still be so."""
    made = plan(credits_read=(ExpectCredit(X, cast.usd(read)),))
    assert guard(credit=stored).admit(made) == expected


@pytest.mark.parametrize(
    ("credit", "moves", "expected"),
    [
        ({X: 500}, ((Movement.CREDIT_APPLIED, X, "5.00"),), ADMITTED),
        ({X: 500}, ((Movement.CREDIT_APPLIED, X, "5.01"),), Conflict("credit of cli_x")),
        ({Y: 500}, ((Movement.CREDIT_APPLIED, X, "0.01"),), Conflict("credit of cli_x")),
        ({}, ((Movement.CREDIT_APPLIED, X, "1.00"), (Movement.PAYMENT_KEPT, X, "1.00")), ADMITTED),
        ({}, ((Movement.CREDIT_APPLIED, X, "1.01"), (Movement.PAYMENT_KEPT, X, "1.00")), Conflict("credit of cli_x")),
        ({}, ((Movement.PAYMENT_KEPT, X, "1.00"), (Movement.CREDIT_APPLIED, Y, "1.00")), Conflict("credit of cli_y")),
        ({}, ((Movement.NET_INVOICED, X, "100.00"),), ADMITTED),
        (
            {X: 300},
            ((Movement.CREDIT_APPLIED, X, "2.00"), (Movement.CREDIT_APPLIED, X, "2.00")),
            Conflict("credit of cli_x"),
        ),
    ],
    ids=[
        "all of it",
        "a cent too much",
        "another's",
        "brought along",
        "not enough",
        "for another",
        "no credit",
        "twice",
    ],
)
def test_credit_is_never_overdrawn(
    credit: dict[ClientId, int], moves: tuple[tuple[Movement, ClientId, str], ...], expected: object
) -> None:
    """PAY-7: credit is zero or more, for each client, after the plan as a whole."""
    assert guard(credit=credit).admit(plan(moves=moves)) == expected


def test_the_first_thing_that_moved_is_named() -> None:
    """Shape 7: deed, claims, versions in their order, credits, overdraft: a conflict names the first."""
    everything = plan(
        claims=(CHARGE,),
        expects=(Expect(Service, "srv_a", 1), Expect(Client, "cli_x", 1)),
        credits_read=(ExpectCredit(X, cast.usd("1.00")),),
        moves=((Movement.CREDIT_APPLIED, Y, "1.00"),),
    )
    rows: dict[Key, int] = {}
    claims: Claims = {("order", "1"): "given", ("charge", "inv_1"): "given"}
    credit: dict[ClientId, int] = {}
    judge = Guard(rows, claims, credit)
    assert judge.admit(everything) == AlreadyDone()
    del claims["order", "1"]
    assert judge.admit(everything) == Conflict("claim charge")
    claims.clear()
    assert judge.admit(everything) == Conflict("Service srv_a")
    rows[Service, "srv_a"] = 1
    assert judge.admit(everything) == Conflict("Client cli_x")
    rows[Client, "cli_x"] = 1
    assert judge.admit(everything) == Conflict("credit of cli_x")
    credit[X] = 100
    assert judge.admit(everything) == Conflict("credit of cli_y")
    credit[Y] = 100
    assert judge.admit(everything) is ADMITTED


def test_what_is_refused_changes_nothing() -> None:
    """Shape 7: a plan is committed altogether or not at all."""
    rows: dict[Key, int] = {(Service, "srv_a"): 1}
    claims: Claims = {}
    credit = {X: 100}
    made = plan(
        claims=(CHARGE,),
        expects=(Expect(Service, "srv_a", 1),),
        writes=(A,),
        moves=((Movement.PAYMENT_KEPT, X, "1.00"), (Movement.CREDIT_APPLIED, Y, "1.00")),
    )
    assert Guard(rows, claims, credit).admit(made) == Conflict("credit of cli_y")
    assert (rows, claims, credit) == ({(Service, "srv_a"): 1}, {}, {X: 100})


def test_a_page_moves_on_with_each_plan() -> None:
    """Shape 7: a plan may rest on an earlier one of its page; what is only read keeps its version."""
    rows: dict[Key, int] = {(Client, "cli_x"): 4}
    claims: Claims = {}
    credit: dict[ClientId, int] = {}
    judge = Guard(rows, claims, credit)
    client = Expect(Client, "cli_x", 4)
    new = plan(
        expects=(Expect(Service, "srv_a", 0), client),
        writes=(A,),
        claims=(CHARGE,),
        moves=((Movement.PAYMENT_KEPT, X, "1.00"),),
    )
    renewed = plan(
        deed=Claim("order", "2", "given"),
        expects=(client, Expect(Service, "srv_a", 1)),
        credits_read=(ExpectCredit(X, cast.usd("1.00")),),
        writes=(A,),
        moves=((Movement.CREDIT_APPLIED, X, "0.40"),),
    )
    assert [judge.admit(new), judge.admit(renewed)] == [ADMITTED, ADMITTED]
    assert rows == {(Client, "cli_x"): 4, (Service, "srv_a"): 2}
    assert credit == {X: 60}
    assert claims == {("order", "1"): "given", ("charge", "inv_1"): "given", ("order", "2"): "given"}


def moved(key: str, kind: type[Document] = Service, name: str = "srv_a", read: int = 1) -> Plan[object]:
    """Return a plan that writes a document on the version that it read."""
    written = cast.service(name=name, of=X) if kind is Service else cast.client(name=name)
    return plan(deed=Claim("move", key, "given"), expects=(Expect(kind, name, read),), writes=(written,))


def test_what_would_rest_on_a_fallen_plan_falls_too() -> None:
    """Shape 7: whoever else wrote the version that it expects, it is another content than the one it was planned on."""
    judge = guard(versions={(Service, "srv_a"): 2, (Service, "srv_b"): 1})
    stale, resting, other = moved("1"), moved("2", read=2), moved("3", name="srv_b")
    assert [judge.admit(each) for each in (stale, resting, other)] == [Conflict("Service srv_a")] * 2 + [ADMITTED]
    reading = plan(deed=Claim("read", "1", "given"), expects=(Expect(Service, "srv_a", 2),))
    assert judge.admit(reading) == Conflict("Service srv_a")
    judge.begin_page()
    assert judge.admit(resting) is ADMITTED


@pytest.mark.parametrize(("digest", "refusal"), [("given", AlreadyDone()), ("other", OtherInput())])
def test_what_rests_on_a_deed_that_was_done_is_planned_again(digest: str, refusal: object) -> None:
    """Shape 7: done before, a service may have been written on another day's facts than those of this page."""
    judge = guard(versions={(Service, "srv_a"): 2}, claims={("move", "1"): digest})
    assert judge.admit(moved("1", read=1)) == refusal
    assert judge.admit(moved("2", read=2)) == Conflict("Service srv_a")


@pytest.mark.parametrize(
    ("digest", "read", "expected"),
    [
        ("given", 0, ADMITTED),
        ("given", 1, Conflict("Client cli_x")),
        ("other", 0, Conflict("Client cli_x")),
    ],
    ids=["registered", "moved on", "registered otherwise"],
)
def test_what_rests_on_a_registered_document_stays(digest: str, read: int, expected: object) -> None:
    """Shape 9: registered before with the same input, a client is the one that the page would have written."""
    judge = guard(versions={(Client, "cli_x"): 1}, claims={("move", "1"): digest})
    judge.admit(moved("1", Client, "cli_x", read))
    assert judge.admit(moved("2", Client, "cli_x", 1)) == expected


def test_a_plan_that_is_kept_from_the_guard_falls_too() -> None:
    """Shape 7: what the store itself refused counts as fallen, as if the guard had."""
    judge = guard(versions={(Service, "srv_a"): 1})
    judge.fall(moved("1"), Conflict("the plan cannot be encoded"))
    assert judge.admit(moved("2")) == Conflict("Service srv_a")


def test_verdicts_are_values() -> None:
    """Shape 7: commit never raises for a plan: it answers."""
    assert isinstance(ADMITTED, Verdict)
    assert Committed(numbers=((InvoiceId("inv_1"), 1),)).numbers == (("inv_1", 1),)
    assert Conflict("x") != Conflict("y")
    assert ExpectCredit(X, money("1", "JPY")) != ExpectCredit(X, money("0.01", "USD"))
