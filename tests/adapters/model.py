"""A naive model of a store, written from the port's words and without the guard: slow, whole copies, one plan at a time."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeAlias

from attrs import define, field, fields

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Movement, Posting
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.codec.documents import encode
from altocore.plans.documents import KINDS, Document
from altocore.plans.messages import Message
from altocore.plans.plan import Plan
from altocore.terms.editions import TermsEdition
from tests.plans.shelf import client_of

Key: TypeAlias = tuple[str, str]

CODES = {kind: code for code, kind in KINDS.items()}
CREDITED = {Movement.PAYMENT_KEPT, Movement.SETTLEMENT_RELEASED}


@define(kw_only=True)
class Logged:
    """What an entry of the log has to say, not in which words."""

    deed: list[str] = field()
    rules: list[str] = field()
    occasion: tuple[str | None, str | None, str | None, str | None] = field()
    documents: list[list[object]] = field()
    postings: list[object] = field()


@define
class Model:
    """Everything that a store knows, in plain dicts and lists, and what fell out of the page that is judged."""

    documents: dict[Key, tuple[Document, int]] = field(factory=dict)
    claims: dict[Key, str] = field(factory=dict)
    credit: dict[str, int] = field(factory=dict)
    numbers: dict[str, tuple[str, int]] = field(factory=dict)
    postings: list[Posting] = field(factory=list)
    messages: list[Message] = field(factory=list)
    log: dict[str, list[Logged]] = field(factory=dict)
    fallen: set[Key] = field(factory=set)

    def commit(self, plan: Plan[object]) -> str:
        """Return what becomes of a plan; it happens only if nothing stands against it."""
        outcome = self.judged(plan)
        if outcome != "Committed":
            self.fallen |= {
                (type(document).__name__, document.id) for document in plan.writes if falls(plan, document, outcome)
            }
        return outcome

    def begin_page(self) -> None:
        """Judge another page: what fell out of the one before is behind us."""
        self.fallen = set()

    def judged(self, plan: Plan[object]) -> str:
        """Do a plan if it may be, and return what becomes of it."""
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
            {client: list(entries) for client, entries in self.log.items()},
            self.fallen,
        )
        if not after.takes(plan):
            return "Conflict"
        for each in fields(Model):
            setattr(self, each.name, getattr(after, each.name))
        return "Committed"

    def takes(self, plan: Plan[object]) -> bool:
        """Do all of a plan, and say whether it may be."""
        if any((expect.kind.__name__, expect.id) in self.fallen for expect in plan.expects):
            return False
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
                self.is_somebodys(plan),
                self.note(plan),
            ]
        )

    def claim(self, key: Key, digest: str) -> bool:
        """Take a claim that is free."""
        return key not in self.claims and self.claims.setdefault(key, digest) == digest

    def write(self, document: Document) -> bool:
        """Write a document once more; an invoice and an edition only once."""
        key = (type(document).__name__, document.id)
        _, version = self.documents.get(key, (None, 0))
        self.documents[key] = (document, version + 1)
        return version == 0 or not isinstance(document, Invoice | PlanEdition)

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

    def is_somebodys(self, plan: Plan[object]) -> bool:
        """Say whether everybody whom a plan writes, posts or says something to is stored by now."""
        owners = {client_of(document) for document in plan.writes} - {""}
        owners |= {posting.client for posting in plan.postings} | {message.client for message in plan.messages}
        return all(("Client", owner) in self.documents for owner in owners)

    def note(self, plan: Plan[object]) -> bool:
        """Log a plan once for each client whose documents or ledger it changed; editions are nobody's."""
        clients = {client_of(document) for document in plan.writes} | {posting.client for posting in plan.postings}
        for client in clients:
            written = [document for document in plan.writes if client_of(document) == client]
            moved = [posting for posting in plan.postings if posting.client == client]
            entry = Logged(
                deed=[plan.deed.space, plan.deed.key, plan.deed.digest],
                rules=sorted(set(plan.rests_on), key=plan.rests_on.index),
                occasion=occasion_of(plan),
                documents=[self.named(document) for document in written],
                postings=[len(moved), digest("\n".join([text_of(each) for each in moved]))],
            )
            self.log.setdefault(client, []).append(entry)
        return True

    def named(self, document: Document) -> list[object]:
        """Return how the log names a document that was just written."""
        _, version = self.documents[type(document).__name__, document.id]
        return [CODES[type(document)], document.id, version, digest(encode(document))]

    def owned(self, kind: type[Document], client: str) -> Sequence[tuple[Document, int]]:
        """Return a client's documents of a kind with their versions, in no order."""
        of_kind = [value for key, value in self.documents.items() if key[0] == kind.__name__]
        return [(each, version) for each, version in of_kind if client_of(each) == client]


def falls(plan: Plan[object], document: Document, outcome: str) -> bool:
    """Say whether what rests on this document falls with its plan: not where it was registered before, with the same input."""
    new = {(expect.kind, expect.id) for expect in plan.expects if expect.version == 0}
    is_registered = isinstance(document, Client | PlanEdition | TermsEdition) and (type(document), document.id) in new
    return not (outcome == "AlreadyDone" and is_registered)


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()


def text_of(posting: Posting) -> str:
    """Return a posting as the log's digest reads it."""
    amount = posting.amount
    return "\t".join(
        [posting.movement.value, posting.document, f"{posting.day:%Y-%m-%d}", f"{amount.minor}", amount.currency.code]
    )


def occasion_of(plan: Plan[object]) -> tuple[str | None, str | None, str | None, str | None]:
    """Return by which kind of actor and by whom, on which day and at which moment."""
    if plan.occasion is None:
        return None, None, None, None
    return plan.occasion.actor.value, plan.occasion.by, f"{plan.occasion.day:%Y-%m-%d}", plan.occasion.at.isoformat()
