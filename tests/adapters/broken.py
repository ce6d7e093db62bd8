"""Stores that each break one promise of `commit`, as a hurried adapter would; `check_store` has to name the promise."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import TypeVar, cast

from attrs import evolve

from altocore.adapters.memory import MemoryStore
from altocore.billing.ledger import Movement, Posting
from altocore.clients.clients import Client
from altocore.plans.documents import Document, Stored, index
from altocore.plans.guard import AlreadyDone, Committed, Conflict, Outcome
from altocore.plans.messages import Message
from altocore.plans.plan import Claim, Expect, Number, Plan
from altocore.plans.reading import Ids, Which
from altocore.testing import PassingStore
from altocore.values.ids import ClientId
from tests import cast as examples

D = TypeVar("D", bound=Document)

DONE = Committed(numbers=())
KEPT = Movement.PAYMENT_KEPT
NEVER = 10**9


class Whole(PassingStore):
    """A store that passes everything on, and so keeps every promise."""

    def __init__(self) -> None:
        super().__init__(MemoryStore())
        self.kept = self.behind
        self._asides = count()

    def aside(self, *, postings: tuple[Posting, ...] = (), messages: tuple[Message, ...] = ()) -> None:
        """Write a part of a plan for itself, under a deed that nobody asks for."""
        deed = Claim("aside", str(next(self._asides)), "")
        self.kept.commit([Plan(answer=None, deed=deed, postings=postings, messages=messages)])


class AnswersNothing(Whole):
    """Has an outcome for a page without plans."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return self.kept.commit(plans) or [DONE]


class CountsFromZero(Whole):
    """Counts the writes of a document from nought."""

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        return [Stored(each.document, each.version - 1) for each in self.kept.select(kind, which)]


class JudgesAhead(Whole):
    """Judges each plan by what was there before the page."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        alone = [self._alone(page[:at], plan) for at, plan in enumerate(page)]
        return self.kept.commit(alone)

    def _alone(self, earlier: Sequence[Plan[object]], plan: Plan[object]) -> Plan[object]:
        written = {(type(each), each.id) for before in earlier for each in before.writes}
        return evolve(
            plan,
            expects=tuple(
                [evolve(each, version=NEVER) if (each.kind, each.id) in written else each for each in plan.expects]
            ),
        )


class LastWriterWins(Whole):
    """Writes on whatever version there is."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return [outcome for plan in plans for outcome in self.kept.commit([self._agreeing(plan)])]

    def _agreeing(self, plan: Plan[object]) -> Plan[object]:
        return evolve(plan, expects=tuple([Expect(each.kind, each.id, self._version(each)) for each in plan.expects]))

    def _version(self, expect: Expect) -> int:
        found = self.kept.select(expect.kind, Ids((expect.id,)))
        return found[0].version if found else 0


class SwallowsConflicts(Whole):
    """Says that all went well."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return [DONE if isinstance(outcome, Conflict) else outcome for outcome in self.kept.commit(plans)]


class Raising(Whole):
    """Raises for a plan, and so stops its page."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        outcomes = self.kept.commit(plans)
        if any(not isinstance(outcome, Committed) for outcome in outcomes):
            raise ValueError
        return outcomes


class WritesWhatCame(Whole):
    """Commits what it was given of a page, so that a page that breaks off is there in part."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page: list[Plan[object]] = []
        outcomes: Sequence[Outcome] = ()
        try:
            page += plans
        finally:
            outcomes = self.kept.commit(page)
        return outcomes


class OneByOne(Whole):
    """Commits each plan by itself, so that none knows what became of the ones before it."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return [outcome for plan in plans for outcome in self.kept.commit([plan])]


class LeavesMessages(Whole):
    """Tells what a plan says before it looks whether the plan may happen."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        outcomes = self.kept.commit(page)
        for plan, outcome in zip(page, outcomes, strict=True):
            if isinstance(outcome, Conflict):
                self.aside(messages=plan.messages)
        return outcomes


class LeavesPostings(Whole):
    """Writes the ledger before it looks whether the plan may happen."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        outcomes = self.kept.commit(page)
        for plan, outcome in zip(page, outcomes, strict=True):
            if isinstance(outcome, Conflict):
                self.aside(postings=plan.postings)
        return outcomes


class GladToRepeat(Whole):
    """Says of a deed that was done before that it happened now."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return [DONE if isinstance(outcome, AlreadyDone) else outcome for outcome in self.kept.commit(plans)]


class PostsAgain(Whole):
    """Knows a deed that was done, and writes its postings once more all the same."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        outcomes = self.kept.commit(page)
        for plan, outcome in zip(page, outcomes, strict=True):
            if isinstance(outcome, AlreadyDone):
                self.aside(postings=plan.postings)
        return outcomes


class ForgetsKeys(Whole):
    """Knows the keys of the page that it writes, and forgets them with it."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = count()

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = next(self._pages)
        return self.kept.commit([evolve(plan, deed=evolve(plan.deed, space=f"{page}")) for plan in plans])


class SharesClaims(Whole):
    """Lets everybody claim what was claimed."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return self.kept.commit([evolve(plan, claims=()) for plan in plans])


class CarelessOfCredit(Whole):
    """Does not compare the credit that a plan read."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return self.kept.commit([evolve(plan, credits=()) for plan in plans])


class Lends(Whole):
    """Lets a client spend more credit than there is."""

    def __init__(self) -> None:
        super().__init__()
        self._lent: Counter[ClientId] = Counter()

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        return {client: minor - self._lent[client] for client, minor in self.kept.credit(clients).items()}

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        lent = [[evolve(each, movement=KEPT) for each in plan.postings if each.credit_change < 0] for plan in page]
        lending = [evolve(plan, postings=(*more, *plan.postings)) for plan, more in zip(page, lent, strict=True)]
        outcomes = self.kept.commit(lending)
        for more, outcome in zip(lent, outcomes, strict=True):
            if isinstance(outcome, Committed):
                self._lent.update({each.client: each.amount.minor for each in more})
        return outcomes


class FloatingCredit(Whole):
    """Shows credit as a float, as a column of the wrong type gives it."""

    def credit(self, clients: Iterable[ClientId]) -> Mapping[ClientId, int]:
        found = self.kept.credit(clients)
        return {client: float(minor) for client, minor in found.items()}  # type: ignore[misc]  # on purpose


class NumbersByPage(Whole):
    """Begins to count a series at a round number on each page."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = count(1)

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        gap = 1000 * next(self._pages)
        return [moved_on(outcome, gap) for outcome in self.kept.commit(plans)]


class NumbersTheRefused(Whole):
    """Takes a number for a plan that then falls out."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        gap = 0
        told: list[Outcome] = []
        for plan, outcome in zip(page, self.kept.commit(page), strict=True):
            gap += 0 if isinstance(outcome, Committed) else len(plan.numbers)
            told.append(moved_on(outcome, gap))
        return told


def moved_on(outcome: Outcome, gap: int) -> Outcome:
    """Return the outcome with numbers that are this much greater."""
    if not isinstance(outcome, Committed):
        return outcome
    return Committed(numbers=tuple([(invoice, number + gap) for invoice, number in outcome.numbers]))


class NumbersOnce(Whole):
    """Gives one number to an invoice that asks for two."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return self.kept.commit([evolve(plan, numbers=self._once(plan)) for plan in plans])

    def _once(self, plan: Plan[object]) -> tuple[Number, ...]:
        return tuple({number.invoice: number for number in plan.numbers}.values())


class KnowsStrangers(Whole):
    """Takes whomever a plan names for somebody who is stored: of its documents, its postings or its messages."""

    def __init__(self, things: str) -> None:
        super().__init__()
        self._things = things

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        for plan in page:
            written = {each.id for each in plan.writes if isinstance(each, Client)}
            for name in self._named(plan) - {"", *written}:
                client = examples.client(name=name)
                deed = Claim("stranger", name, "")
                self.kept.commit(
                    [Plan(answer=None, deed=deed, expects=(Expect(Client, client.id, 0),), writes=(client,))]
                )
        return self.kept.commit(page)

    def _named(self, plan: Plan[object]) -> set[str]:
        match self._things:
            case "documents":
                return {index(each).client for each in plan.writes}
            case "postings":
                return {each.client for each in plan.postings}
            case _:
                return {each.client for each in plan.messages}


class Rewrites(Whole):
    """Writes a document of one kind once more, as if it were none that lasts."""

    def __init__(self, kind: type[Document]) -> None:
        super().__init__()
        self._kind = kind
        self._edited: dict[str, Stored[Document]] = {}

    def select(self, kind: type[D], which: Which) -> Sequence[Stored[D]]:
        found = self.kept.select(kind, which)
        if kind is not self._kind:
            return found
        return [cast("Stored[D]", self._edited.get(each.document.id, each)) for each in found]

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        return [self._or_rewritten(*each) for each in zip(page, self.kept.commit(page), strict=True)]

    def _or_rewritten(self, plan: Plan[object], outcome: Outcome) -> Outcome:
        if not isinstance(outcome, Conflict) or {type(each) for each in plan.writes} != {self._kind}:
            return outcome
        if any(each.version != self._version(each) for each in plan.expects):
            return outcome
        for each in plan.writes:
            self._edited[each.id] = Stored(each, 2)
        return DONE

    def _version(self, expect: Expect) -> int:
        found = self.select(expect.kind, Ids((expect.id,)))
        return found[0].version if found else 0


class ChokesOnTexts(Whole):
    """Raises where a text cannot be bound."""

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        for plan in page:
            plan.deed.key.encode()
        return self.kept.commit(page)
