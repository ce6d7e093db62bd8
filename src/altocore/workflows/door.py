"""The door for one deed: look whether it was done, plan it, commit it, and plan again where something moved meanwhile."""

from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeAlias, TypeVar, assert_never, final

from attrs import field, frozen

from altocore.errors import BadValue, HistoryCorrupt, Unavailable
from altocore.plans.guard import AlreadyDone, Committed, Conflict, OtherInput, Outcome
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Claim, Plan
from altocore.plans.reading import Reader
from altocore.ports.store import Store
from altocore.values.ids import InvoiceId, derive

__all__ = ["FRESH_MAX", "Did", "DidBefore", "Result", "claim", "must_be_done", "perform"]

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)

ATTEMPTS_MAX: Final = 100
"""How often a deed is planned before it gives up; each round lost means that somebody else's was won, so all come to an end."""


FRESH_MAX: Final = 3
"""How often what looks like no possible history is read before it is called damaged."""


@final
@frozen(kw_only=True)
class Did(Generic[A_co]):
    """The deed was asked, and this is the answer. A yes is committed; a no changed nothing.

    `numbers` has the number of each invoice that was issued.
    """

    answer: A_co = field()
    numbers: tuple[tuple[InvoiceId, int], ...] = field()


@final
@frozen
class DidBefore:
    """The very same deed was done before; nothing happened now. Its documents can be read under their ids."""


Result: TypeAlias = Did[A] | DidBefore


def must_be_done(outcomes: Sequence[Outcome]) -> None:
    """Accept what was done now or before; refuse the rest of a page that nobody plans again.

    Raises:
        BadValue: a key was used before, with another input.
        Unavailable: what a plan rests on was changed by somebody else meanwhile.
    """
    for outcome in outcomes:
        if isinstance(outcome, OtherInput):
            raise BadValue("key", "was used before, with another input")
        if isinstance(outcome, Conflict):
            message = f"somebody else changed it meanwhile: {outcome.what}"
            raise Unavailable(message)


def claim(space: str, key: str, *given: str) -> Claim:
    """Return the identity of a deed: its key in its space, and a digest of the input given with it.

    Raises:
        BadValue: the key holds a character that no store keeps; the space is named.
    """
    if not key.isascii() or "\0" in key:
        _must_be_kept(space, key)
    return Claim(space, key, derive("given", *given))


def _must_be_kept(space: str, key: str) -> None:
    try:
        kept = b"\0" not in key.encode()
    except UnicodeEncodeError:
        kept = False
    if not kept:
        raise BadValue(space, "its key holds a character that no store keeps")


def perform(store: Store, deed: Claim, plan: Callable[[Reader], Plan[A]]) -> Result[A]:
    """Do one deed, once: `plan` is called with a reader of the store as it is now, and again after each conflict.

    Raises:
        BadValue: the deed's key was used before, with another input.
        HistoryCorrupt: what is stored is no possible history, also when it is read again.
        Unavailable: the store failed, or others were faster a hundred times.
    """
    for attempt in range(1, ATTEMPTS_MAX + 1):
        taken = store.claimed(deed.space, deed.key)
        if taken is not None and taken == deed.digest:
            return DidBefore()
        if taken is not None:
            raise BadValue(deed.space, "this key was used before, with another input")
        try:
            planned = plan(Overlay(store))
        except HistoryCorrupt:
            # Others may have changed something between two reads; what is damaged stays so.
            if attempt < FRESH_MAX:
                continue
            raise
        if not planned.writes:
            return Did(answer=planned.answer, numbers=())
        (outcome,) = store.commit((planned,))
        match outcome:
            case Committed():
                return Did(answer=planned.answer, numbers=outcome.numbers)
            case Conflict() | AlreadyDone() | OtherInput():
                continue
            case _:
                assert_never(outcome)
    message = f"{deed.space}: others changed what it reads {ATTEMPTS_MAX} times"
    raise Unavailable(message)
