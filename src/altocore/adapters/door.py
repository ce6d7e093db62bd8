"""The door of every store: the guard of `plans`, and before it what holds of rows whatever the plan says.

- A document of a lasting kind is written once (PAY-12).
- An invoice has one number, for ever.
- Whose documents, postings and messages it writes, that client is stored, or is written with them.
- Credit is never more than `Money` can say.

Each is a `Conflict`, for the plan cannot happen as it is; the database has a constraint behind each.
"""

from collections.abc import Iterable
from typing import final

from altocore.clients.clients import Client
from altocore.plans.documents import LASTING, Document
from altocore.plans.guard import Conflict, Guard, Refusal, Verdict
from altocore.plans.plan import Plan
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.money import MINOR_MAX

__all__ = ["Door"]


@final
class Door:
    """Rows as they stand under the lock, moved on in place by each plan that is admitted."""

    def __init__(
        self,
        *,
        versions: dict[tuple[type[Document], str], int],
        claims: dict[tuple[str, str], str],
        credit: dict[ClientId, int],
        numbered: Iterable[InvoiceId],
        owners: set[str],
    ) -> None:
        """Begin with the rows that were read: of what the page names, or of all."""
        self._claims = claims
        self._credit = credit
        self._numbered = set(numbered)
        self._owners = owners
        self._guard = Guard(versions, claims, credit)

    def begin_page(self) -> None:
        """Begin another page over the same rows."""
        self._guard.begin_page()

    def leave_out(self, plan: Plan[object], conflict: Conflict) -> Conflict:
        """Return the conflict of a plan that cannot be made into rows; what would rest on it falls out with it."""
        self._guard.fall(plan, conflict)
        return conflict

    def admit(self, plan: Plan[object], owners: frozenset[str]) -> Verdict | Refusal:
        """Return whether the plan is let in, and if so count it as done for the plans after it.

        `owners` are the clients that it writes, posts or says something to.
        """
        # A deed that is done already is told so, though its invoices have their numbers by now.
        done = (plan.deed.space, plan.deed.key) in self._claims
        barred = None if done else self._bars(plan, owners)
        if barred is not None:
            return self.leave_out(plan, barred)
        verdict = self._guard.admit(plan)
        if isinstance(verdict, Verdict):
            self._numbered.update([number.invoice for number in plan.numbers])
            self._owners.update(owners)
        return verdict

    def _bars(self, plan: Plan[object], owners: frozenset[str]) -> Conflict | None:
        return (
            self._belongs_to_nobody(plan, owners)
            or self._rewrites(plan)
            or self._numbers_again(plan)
            or self._overflows(plan)
        )

    def _belongs_to_nobody(self, plan: Plan[object], owners: frozenset[str]) -> Conflict | None:
        if owners <= self._owners:
            return None
        written = {document.id for document in plan.writes if isinstance(document, Client)}
        missing = owners - self._owners - written
        return Conflict(f"client {min(missing)} is not stored") if missing else None

    def _rewrites(self, plan: Plan[object]) -> Conflict | None:
        written = {(type(document), document.id) for document in plan.writes if type(document) in LASTING}
        for expect in plan.expects:
            if expect.version != 0 and (expect.kind, expect.id) in written:
                return Conflict(f"{expect.kind.__name__} {expect.id} is written once")
        return None

    def _numbers_again(self, plan: Plan[object]) -> Conflict | None:
        asked = [number.invoice for number in plan.numbers]
        if len(set(asked)) < len(asked):
            return Conflict("number twice")
        for invoice in asked:
            if invoice in self._numbered:
                return Conflict(f"number of {invoice}")
        return None

    def _overflows(self, plan: Plan[object]) -> Conflict | None:
        grown: dict[ClientId, int] = {}
        for posting in plan.postings:
            # What the plan spends is left out: the sum is then no less than it will be.
            if posting.credit_change > 0:
                before = grown.get(posting.client, self._credit.get(posting.client, 0))
                grown[posting.client] = before + posting.credit_change
        for client, minor in grown.items():
            if minor > MINOR_MAX:
                return Conflict(f"credit of {client} is full")
        return None
