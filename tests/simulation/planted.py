"""Stores with a bug planted in them, each of a kind that a store or a workflow may really have."""

from collections.abc import Sequence
from typing import Final

from attrs import evolve

from altocore.adapters.memory import MemoryStore
from altocore.billing.standing import Standing
from altocore.plans.documents import LASTING, Document
from altocore.plans.guard import Committed, Outcome
from altocore.plans.plan import Claim, Expect, Plan
from altocore.plans.reading import Ids
from altocore.plans.scanning import Entry, Scan, Upto
from altocore.testing import PassingStore

__all__ = [
    "ForgetsMessages",
    "ForgetsPlans",
    "ForgetsPostings",
    "IgnoresClaims",
    "IgnoresVersions",
    "RemembersAgendas",
    "SkipsNumbers",
    "Sound",
]

EACH: Final = 40
"""A bug that strikes at times strikes every so many plans."""


class Sound(PassingStore):
    """A store in front of one in memory, plan by plan; a bug changes one of its methods."""

    def __init__(self) -> None:
        self.memory = MemoryStore()
        super().__init__(self.memory)
        self.plans = 0

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        return [self.one(plan) for plan in plans]

    def one(self, plan: Plan[object]) -> Outcome:
        self.plans += 1
        return self.behind.commit([plan])[0]


class IgnoresVersions(Sound):
    """The guard does not look at the versions of services and standings: what was changed meanwhile is overwritten."""

    def one(self, plan: Plan[object]) -> Outcome:
        return super().one(evolve(plan, expects=tuple([self._as_it_is(expect) for expect in plan.expects])))

    def _as_it_is(self, expect: Expect) -> Expect:
        if expect.kind in LASTING:
            return expect
        found = self.behind.select(expect.kind, Ids((expect.id,)))
        return evolve(expect, version=found[0].version if found else 0)


class IgnoresClaims(Sound):
    """Claims are written, and nobody looks at them: a deed that was done is free to be done again."""

    def one(self, plan: Plan[object]) -> Outcome:
        free = [self._free(claim) for claim in (plan.deed, *plan.claims)]
        return super().one(evolve(plan, deed=free[0], claims=tuple(free[1:])))

    def claimed(self, _space: str, _key: str) -> str | None:
        return None

    def _free(self, claim: Claim) -> Claim:
        taken = self.behind.claimed(claim.space, claim.key) is not None
        return evolve(claim, key=f"{claim.key}#{self.plans}") if taken else claim


class ForgetsPlans(Sound):
    """Now and then a plan is told committed, and is not."""

    def one(self, plan: Plan[object]) -> Outcome:
        self.plans += 1
        return Committed(numbers=()) if self.plans % EACH == 0 else self.behind.commit([plan])[0]


class ForgetsPostings(Sound):
    """Now and then the postings of a plan are left out."""

    def one(self, plan: Plan[object]) -> Outcome:
        return super().one(evolve(plan, postings=()) if self.plans % EACH == 0 else plan)


class ForgetsMessages(Sound):
    """Now and then the messages of a plan are left out: no client is told."""

    def one(self, plan: Plan[object]) -> Outcome:
        return super().one(evolve(plan, messages=()) if self.plans % EACH == 0 else plan)


class RemembersAgendas(Sound):
    """A scan of what is due is answered once a day, and afterwards with nothing: a worker that resumes finds nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[Scan] = set()

    def entries(self, kind: type[Document], scan: Scan) -> Sequence[Entry]:
        if isinstance(scan, Upto) and kind is Standing:
            if scan in self.asked:
                return []
            self.asked.add(scan)
        return super().entries(kind, scan)


class SkipsNumbers(Sound):
    """A plan that is refused has used up a number."""

    def one(self, plan: Plan[object]) -> Outcome:
        outcome = super().one(plan)
        if not isinstance(outcome, Committed) and plan.numbers:
            self.memory._next[plan.numbers[0].series] += 1
        return outcome
