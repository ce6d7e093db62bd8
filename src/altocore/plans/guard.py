"""The guard: judges a page of plans in order, over rows that were read under the lock of the write.

It moves versions, claims and credit on as it admits, so that a plan may rest on an earlier one of its page, and falls out
with it: also where somebody else wrote the very version that the earlier one would have made, for that is another content.
Every store runs this same function, and then writes what was admitted, set by set.
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.plans.documents import GIVEN, Document
from altocore.plans.plan import Claim, Plan
from altocore.values.ids import ClientId, InvoiceId

__all__ = ["AlreadyDone", "Committed", "Conflict", "Guard", "OtherInput", "Outcome", "Verdict"]


@final
@frozen(kw_only=True)
class Committed:
    """The plan happened; `numbers` has the number of each invoice that asked for one."""

    numbers: tuple[tuple[InvoiceId, int], ...] = field()


@final
@frozen
class Conflict:
    """Something that the plan read has moved on: it is to be planned again. `what` names the first such thing."""

    what: str = field()


@final
@frozen
class AlreadyDone:
    """The deed was done before, with the same input; nothing happened now."""


@final
@frozen
class OtherInput:
    """The deed's key was used before, with another input; nothing happened now."""


Outcome: TypeAlias = Committed | Conflict | AlreadyDone | OtherInput
Refusal: TypeAlias = Conflict | AlreadyDone | OtherInput


@final
@frozen
class Verdict:
    """Let in; the store writes it."""


ADMITTED: Final = Verdict()


@final
class Guard:
    """Versions, claims and credit as they stand under the lock, moved on by each plan that is admitted.

    A version that is not given is 0, a claim that is not given is free, credit that is not given is nothing.
    """

    def __init__(
        self,
        versions: dict[tuple[type[Document], str], int],
        claims: dict[tuple[str, str], str],
        credit: dict[ClientId, int],
    ) -> None:
        """Begin with the rows read under the lock; they are moved on in place."""
        self._versions = versions
        self._claims = claims
        self._credit = credit
        self._fallen: set[tuple[type[Document], str]] = set()

    def begin_page(self) -> None:
        """Forget what fell out of the page before; versions, claims and credit stay as they are."""
        self._fallen.clear()

    def fall(self, plan: Plan[object], refusal: Refusal) -> None:
        """Take note that a plan of this page does not happen; what would rest on its writes falls out with it.

        Of a deed that was done before, the registered documents are those that it would have written now; the others may
        have been written on another day's facts.
        """
        fallen = {(type(document), document.id) for document in plan.writes}
        if isinstance(refusal, AlreadyDone):
            fallen -= {(each.kind, each.id) for each in plan.expects if each.version == 0 and each.kind in GIVEN}
        self._fallen.update(fallen)

    def admit(self, plan: Plan[object]) -> Verdict | Refusal:
        """Return whether the plan is let in, and if so count it as done for the plans after it."""
        refusal = self._judge(plan)
        if refusal is not None:
            self.fall(plan, refusal)
            return refusal
        for claim in (plan.deed, *plan.claims):
            self._claims[claim.space, claim.key] = claim.digest
        written = {(type(document), document.id) for document in plan.writes}
        for expect in plan.expects:
            if (expect.kind, expect.id) in written:
                self._versions[expect.kind, expect.id] = expect.version + 1
        for posting in plan.postings:
            if posting.credit_change:
                self._credit[posting.client] = self._credit.get(posting.client, 0) + posting.credit_change
        return ADMITTED

    def _judge(self, plan: Plan[object]) -> Refusal | None:
        taken = self._claims.get((plan.deed.space, plan.deed.key))
        if taken is not None:
            return AlreadyDone() if taken == plan.deed.digest else OtherInput()
        for claim in plan.claims:
            if (claim.space, claim.key) in self._claims:
                return Conflict(f"claim {claim.space}")
        if _claims_twice((plan.deed, *plan.claims)):
            return Conflict("claim twice")
        for expect in plan.expects:
            key = (expect.kind, expect.id)
            if key in self._fallen or self._versions.get(key, 0) != expect.version:
                return Conflict(f"{expect.kind.__name__} {expect.id}")
        for read in plan.credits:
            if self._credit.get(read.client, 0) != read.amount.minor:
                return Conflict(f"credit of {read.client}")
        return self._overdraws(plan)

    def _overdraws(self, plan: Plan[object]) -> Conflict | None:
        change: dict[ClientId, int] = {}
        for posting in plan.postings:
            if posting.credit_change:
                change[posting.client] = change.get(posting.client, 0) + posting.credit_change
        for client, moved in change.items():
            if self._credit.get(client, 0) + moved < 0:
                return Conflict(f"credit of {client}")
        return None


def _claims_twice(claims: tuple[Claim, ...]) -> bool:
    return len(claims) > 1 and len({(claim.space, claim.key) for claim in claims}) < len(claims)
