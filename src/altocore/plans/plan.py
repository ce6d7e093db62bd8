"""A plan says what is to happen; nothing happens until it is committed.

It holds the answer of the judgement behind it, and everything the one door needs to judge it again under its lock: each
version and each balance that the decision read, each identity that must be new. So preview is a plan not committed, a
retry is a plan made again, and a projection is plans applied to memory.
"""

from typing import Generic, TypeVar, final

from attrs import field, frozen

from altocore.billing.invoices import Invoice
from altocore.billing.ledger import Posting
from altocore.errors import BadValue
from altocore.lifecycle.events import Occasion
from altocore.plans.documents import Document
from altocore.plans.messages import Message
from altocore.values.ids import ClientId, InvoiceId
from altocore.values.money import Money

__all__ = ["Claim", "Expect", "ExpectCredit", "Number", "Plan", "chain"]

A_co = TypeVar("A_co", covariant=True)
A = TypeVar("A")


@final
@frozen
class Expect:
    """A version that the decision read, or makes: 0 where the document must not exist yet."""

    kind: type[Document] = field()
    id: str = field()
    version: int = field()


@final
@frozen
class ExpectCredit:
    """A client's credit as the decision read it."""

    client: ClientId = field()
    amount: Money = field()


@final
@frozen
class Claim:
    """An identity that must be new: a space, a key in it, and the digest of the input that claims it.

    Claimed again with the same digest it is the same deed, done already; with another it is another input under a key
    that is taken.
    """

    space: str = field()
    key: str = field()
    digest: str = field()


@final
@frozen
class Number:
    """A number asked for: the next one of this series, without a gap, for this invoice."""

    series: str = field()
    invoice: InvoiceId = field()


@final
@frozen(kw_only=True)
class Plan(Generic[A_co]):
    """What is to happen, as one whole: it is committed altogether or not at all.

    `deed` is the plan's own identity; `claims` are the further ones that it takes. A document is written once, on the
    version that `expects` names for it. A number is asked for by the plan that issues its invoice. `rests_on` names the
    rules that carry the answer, or that refuse it; `occasion` says by whom and when, for the audit log. A plan without
    `writes` changes nothing and is not committed: its answer is a no.

    Raises:
        BadValue: a document is written twice, or without an expected version; a number is asked for another invoice.
    """

    answer: A_co = field()
    deed: Claim = field()
    claims: tuple[Claim, ...] = field(default=())
    expects: tuple[Expect, ...] = field(default=())
    credits: tuple[ExpectCredit, ...] = field(default=())
    writes: tuple[Document, ...] = field(default=())
    postings: tuple[Posting, ...] = field(default=())
    messages: tuple[Message, ...] = field(default=())
    numbers: tuple[Number, ...] = field(default=())
    rests_on: tuple[str, ...] = field(default=())
    occasion: Occasion | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        """Refuse a write that no expectation guards."""
        expected = {(expect.kind, expect.id) for expect in self.expects}
        written = {(type(document), document.id) for document in self.writes}
        if len(written) < len(self.writes) or not written <= expected:
            raise BadValue("writes", "each document is written once, on an expected version")
        if any((Invoice, number.invoice) not in written for number in self.numbers):
            raise BadValue("numbers", "a number is asked for an invoice that the plan writes")


def chain(answer: A, *parts: Plan[object], deed: Claim | None = None) -> Plan[A]:
    """Return one plan of several that were each planned on top of the one before.

    A document keeps the version that was read first and the content that was written last. A credit is expected as it
    stood before the chain: what earlier parts moved is taken off what a later part read. The rest is put together in
    order. The deed is the first part's unless another part's is named; the other ones become claims. The occasion is the
    first part's.
    """
    expects: dict[tuple[type[Document], str], Expect] = {}
    credits_read: dict[ClientId, ExpectCredit] = {}
    moved: dict[ClientId, int] = {}
    writes: dict[tuple[type[Document], str], Document] = {}
    for part in parts:
        for expect in part.expects:
            expects.setdefault((expect.kind, expect.id), expect)
        for read in part.credits:
            before = Money(read.amount.minor - moved.get(read.client, 0), read.amount.currency)
            credits_read.setdefault(read.client, ExpectCredit(read.client, before))
        for posting in part.postings:
            moved[posting.client] = moved.get(posting.client, 0) + posting.credit_change
        for document in part.writes:
            writes[type(document), document.id] = document
    own = parts[0].deed if deed is None else deed
    claims = [claim for part in parts for claim in (part.deed, *part.claims) if claim != own]
    return Plan(
        answer=answer,
        deed=own,
        claims=tuple(claims),
        expects=tuple(expects.values()),
        credits=tuple(credits_read.values()),
        writes=tuple(writes.values()),
        postings=tuple([posting for part in parts for posting in part.postings]),
        messages=tuple([each for part in parts for each in part.messages]),
        numbers=tuple([number for part in parts for number in part.numbers]),
        rests_on=tuple([rule for part in parts for rule in part.rests_on]),
        occasion=parts[0].occasion,
    )
