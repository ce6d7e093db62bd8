"""A naive model of commit, written from the port's words and without the guard: slow, whole copies, one plan at a time."""

from typing import TypeAlias

from attrs import define, field

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement, Posting
from altocore.plans.documents import Document
from altocore.plans.messages import Message
from altocore.plans.plan import Plan

Key: TypeAlias = tuple[str, str]

CREDITED = {Movement.PAYMENT_KEPT, Movement.SETTLEMENT_RELEASED}


@define
class Model:
    """Everything that a store knows, in plain dicts and lists."""

    documents: dict[Key, tuple[Document, int]] = field(factory=dict)
    claims: dict[Key, str] = field(factory=dict)
    credit: dict[str, int] = field(factory=dict)
    numbers: dict[str, tuple[str, int]] = field(factory=dict)
    postings: list[Posting] = field(factory=list)
    messages: list[Message] = field(factory=list)

    def commit(self, plan: Plan[object]) -> str:
        """Return what becomes of a plan; it happens only if nothing stands against it."""
        deed = (plan.deed.space, plan.deed.key)
        if deed in self.claims:
            return "AlreadyDone" if self.claims[deed] == plan.deed.digest else "OtherInput"
        after = Model(
            dict(self.documents),
            dict(self.claims),
            dict(self.credit),
            dict(self.numbers),
            list(self.postings),
            list(self.messages),
        )
        if not after.takes(plan):
            return "Conflict"
        self.documents, self.claims, self.credit = after.documents, after.claims, after.credit
        self.numbers, self.postings, self.messages = after.numbers, after.postings, after.messages
        return "Committed"

    def takes(self, plan: Plan[object]) -> bool:
        """Do all of a plan, and say whether it may be."""
        for expect in plan.expects:
            _, version = self.documents.get((expect.kind.__name__, expect.id), (None, 0))
            if version != expect.version:
                return False
        if any(self.credit.get(read.client, 0) != read.amount.minor for read in plan.credits):
            return False
        return all(
            [
                *[self.claim((claim.space, claim.key), claim.digest) for claim in (plan.deed, *plan.claims)],
                *[self.write(document) for document in plan.writes],
                self.post(plan.postings),
                self.tell(plan.messages),
                *[self.number(each.series, each.invoice) for each in plan.numbers],
            ]
        )

    def claim(self, key: Key, digest: str) -> bool:
        """Take a claim that is free."""
        return key not in self.claims and self.claims.setdefault(key, digest) == digest

    def write(self, document: Document) -> bool:
        """Write a document once more; an invoice only once."""
        key = (type(document).__name__, document.id)
        _, version = self.documents.get(key, (None, 0))
        self.documents[key] = (document, version + 1)
        return version == 0 or not isinstance(document, Invoice)

    def post(self, postings: tuple[Posting, ...]) -> bool:
        """Move credit; what a plan moves altogether counts, not the order in which it says it."""
        for posting in postings:
            minor = posting.amount.minor
            if posting.movement in CREDITED:
                self.credit[posting.client] = self.credit.get(posting.client, 0) + minor
            if posting.movement is Movement.CREDIT_APPLIED:
                self.credit[posting.client] = self.credit.get(posting.client, 0) - minor
            self.postings.append(posting)
        return all(minor >= 0 for minor in self.credit.values())

    def tell(self, messages: tuple[Message, ...]) -> bool:
        """Tell what was not told before."""
        for message in messages:
            if message not in self.messages:
                self.messages.append(message)
        return True

    def number(self, series: str, invoice: str) -> bool:
        """Give the next number to an invoice without one."""
        if invoice in self.numbers:
            return False
        self.numbers[invoice] = (series, 1 + sum(other == series for other, _ in self.numbers.values()))
        return True
