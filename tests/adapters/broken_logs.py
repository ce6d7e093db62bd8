"""Stores that each break one promise of the audit log; `check_store` has to name the promise."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from altocore.plans.documents import Document, index
from altocore.plans.guard import AlreadyDone, Committed, Conflict, Outcome
from altocore.plans.log import BEGINNING, Head, LogEntry, LoggedDocument, chained, digest_of, log_body
from altocore.plans.plan import Plan
from tests.adapters.broken import Whole


class Relogged(Whole):
    """A log whose entries are made anew from other texts, with ends that agree with it."""

    def log(self, client: str) -> Iterator[LogEntry]:
        before = BEGINNING
        for number, body in enumerate(self.bodies(client), 1):
            chain = self.link(before, body)
            yield LogEntry(client=client, number=number, body=body, chain=chain)
            before = chain

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        found = [(head.client, list(self.log(head.client))) for head in self.kept.heads(after, limit)]
        return [
            Head(client=client, number=entries[-1].number, chain=entries[-1].chain)
            for client, entries in found
            if entries
        ]

    def bodies(self, client: str) -> list[str]:
        """Return the texts of a client's entries."""
        return [entry.body for entry in self.kept.log(client)]

    def link(self, before: str, body: str) -> str:
        """Return what stands in an entry behind the one with this digest."""
        return chained(before, body)


class SkipsRewrites(Relogged):
    """Logs no plan that only writes a document once more."""

    def bodies(self, client: str) -> list[str]:
        return [body for body in super().bodies(client) if any(each[2] == 1 for each in json.loads(body)["documents"])]


class LogsRepeats(Relogged):
    """Logs a deed again when it is asked for again."""

    def __init__(self) -> None:
        super().__init__()
        self._again: dict[str, int] = {}

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        outcomes = self.kept.commit(page)
        for plan, outcome in zip(page, outcomes, strict=True):
            if isinstance(outcome, AlreadyDone):
                self._again[plan.deed.key] = self._again.get(plan.deed.key, 0) + 1
        return outcomes

    def bodies(self, client: str) -> list[str]:
        return [
            body for body in super().bodies(client) for _ in range(1 + self._again.get(json.loads(body)["deed"][1], 0))
        ]


class LogsTheRefused(Relogged):
    """Logs what was wanted, whether or not it happened."""

    def __init__(self) -> None:
        super().__init__()
        self._refused: dict[str, list[str]] = {}

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        outcomes = self.kept.commit(page)
        for plan, outcome in zip(page, outcomes, strict=True):
            if isinstance(outcome, Conflict):
                for client in {index(each).client for each in plan.writes}:
                    self._refused.setdefault(client, []).append(log_body(plan, (), ()))
        return outcomes

    def bodies(self, client: str) -> list[str]:
        return super().bodies(client) + self._refused.get(client, [])


class Unchained(Relogged):
    """Begins each entry's digest anew."""

    def link(self, before: str, body: str) -> str:
        del before
        return chained(BEGINNING, body)


class ChainsDigests(Relogged):
    """Chains the digests of texts in a way of its own, which nobody else can follow."""

    def link(self, before: str, body: str) -> str:
        return digest_of(before + body)


class LogsTheWholePlan(Relogged):
    """Logs a plan of two clients whole for each of them, with what is the other's."""

    def __init__(self) -> None:
        super().__init__()
        self._plans: dict[str, Plan[object]] = {}

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        self._plans.update({plan.deed.key: plan for plan in page})
        return self.kept.commit(page)

    def bodies(self, client: str) -> list[str]:
        return [self._whole(body) for body in super().bodies(client)]

    def _whole(self, body: str) -> str:
        said = json.loads(body)
        plan = self._plans[said["deed"][1]]
        documents = [LoggedDocument(*each) for each in said["documents"]]
        return log_body(plan, documents, plan.postings)


class HeadsMissOne(Whole):
    """Begins each further page of heads one client too late."""

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        found = self.kept.heads(after, limit + 1)
        return found[:limit] if after is None else found[1:]


class HeadsLagBehind(Whole):
    """Gives where a chain ended before its last entry."""

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        return [self._before(head) for head in self.kept.heads(after, limit)]

    def _before(self, head: Head) -> Head:
        if head.number == 1:
            return head
        entry = list(self.kept.log(head.client))[-2]
        return evolve(head, number=entry.number, chain=entry.chain)


class DigestsOfIds(Whole):
    """Gives the digest of something else than a document's text."""

    def digests(self, kind: type[Document], ids: Iterable[str]) -> Mapping[str, str]:
        return {each: digest_of(each) for each in self.kept.digests(kind, ids)}


class OneEntryAPage(Relogged):
    """Logs the first of a page's plans for each client."""

    def __init__(self) -> None:
        super().__init__()
        self._later: set[tuple[str, str]] = set()

    def commit(self, plans: Sequence[Plan[object]]) -> Sequence[Outcome]:
        page = list(plans)
        outcomes = self.kept.commit(page)
        logged: set[str] = set()
        for plan, outcome in zip(page, outcomes, strict=True):
            if isinstance(outcome, Committed):
                clients = {index(each).client for each in plan.writes} | {each.client for each in plan.postings}
                self._later.update([(client, plan.deed.key) for client in clients & logged])
                logged |= clients
        return outcomes

    def bodies(self, client: str) -> list[str]:
        return [body for body in super().bodies(client) if (client, json.loads(body)["deed"][1]) not in self._later]


class SkipsPostings(Relogged):
    """Logs no plan for a client of whom it only posts something."""

    def bodies(self, client: str) -> list[str]:
        return [body for body in super().bodies(client) if json.loads(body)["documents"]]


class SkipsEditions(Relogged):
    """Logs nothing that belongs to no client."""

    def bodies(self, client: str) -> list[str]:
        return super().bodies(client) if client else []


class ForgetsOccasions(Relogged):
    """Does not say who did it, and when."""

    def bodies(self, client: str) -> list[str]:
        said = [
            json.loads(body) | {"actor": None, "at": None, "by": None, "day": None} for body in super().bodies(client)
        ]
        return [json.dumps(each, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for each in said]


class EndlessHeads(Whole):
    """Gives all heads that are behind, whatever the limit of a page."""

    def heads(self, after: str | None, limit: int) -> Sequence[Head]:
        return self.kept.heads(after, max(limit, 10**6))
