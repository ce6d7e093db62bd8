"""Laws that hold of anybody's values, documents and judgements; each says by its name what is broken."""

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from altocore.codec.documents import decode, encode
from altocore.plans.documents import Document
from altocore.terms.judgements import Judgement, Outcome, rests_on, trace
from altocore.terms.reasons import Reason
from altocore.testing.checks import failing_as, same
from altocore.values.money import Money, total

__all__ = ["judges_alike", "same_document_after_text", "splits_to_the_cent"]

F = TypeVar("F")
T = TypeVar("T")
A = TypeVar("A")


def splits_to_the_cent(parts: Sequence[Money], whole: Money) -> None:
    """See that these parts sum to the whole, to the last unit, and that none of them has the other sign.

    Raises:
        CheckFailed: a unit is lost or made, a part is turned round, or one is in another currency.
    """
    failing_as(splits_to_the_cent.__name__, partial(_splits, parts, whole))


def same_document_after_text(document: Document) -> None:
    """See that a document is read back from its text as it was, down to the type of everything in it.

    Raises:
        CheckFailed: it is another one, or its text cannot be read.
    """
    failing_as(same_document_after_text.__name__, partial(_reads_back, document))


def judges_alike(judgement: Judgement[F, T, A], facts: F, terms: T) -> A:
    """See that deciding, tracing and `rests_on` say one thing of a judgement; return its answer.

    The answer's `reasons`, where it has any, are those of the checks that fired, in the order of the table; a no rests on
    its checks alone, and what fired or held not at all cites nothing.

    Raises:
        CheckFailed: they differ.
    """
    answer = judgement.decide(facts, terms)
    failing_as(judges_alike.__name__, partial(_judges, judgement, facts, terms, answer))
    return answer


def _splits(parts: Sequence[Money], whole: Money) -> None:
    same("the sum of the parts", total(parts, whole.currency), whole)
    turned = [part for part in parts if part.minor * whole.minor < 0]
    same("the parts of the other sign", turned, [])


def _reads_back(document: Document) -> None:
    text = encode(document)
    read = decode(type(document), text)
    same("what is read back", read, document)
    same("its text, written again", encode(read), text)


def _judges(judgement: Judgement[F, T, A], facts: F, terms: T, answer: A) -> None:
    traced = trace(judgement, facts, terms)
    same("the answer of the trace", traced.answer, answer)
    same("the name of the trace", traced.judgement, judgement.name)
    fired = [row for row in traced.rows if row.outcome is Outcome.FIRED]
    held = [row for row in traced.rows if row.outcome is Outcome.HELD]
    reasons = [
        Reason(rule=row.rule, clauses=row.clauses, why=row.why, cites=row.cites) for row in fired if row.why is not None
    ]
    same("the reasons of the answer", list(getattr(answer, "reasons", ())), reasons)
    same("how many reasons there are", len(reasons), len(fired))
    same("the grounds that hold of a no", held if fired else [], [])
    same("what it rests on", list(rests_on(judgement, facts, terms)), [row.rule for row in fired or held])
    asked = len(judgement.checks) + (0 if fired else len(judgement.grounds))
    same("how many rows were asked", len(traced.rows), asked)
    idle = [row for row in traced.rows if row.outcome in {Outcome.PASSED, Outcome.IDLE}]
    same("what idle rows cite", [row.cites for row in idle if row.cites], [])
