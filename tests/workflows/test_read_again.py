"""A page's item whose history looks impossible: read again it is planned anew, or parked, and an outside that fails is told."""

from collections.abc import Sequence

import pytest

from altocore.errors import AltocoreError, BadValue, HistoryCorrupt, Unavailable
from altocore.lifecycle.events import Occasion
from altocore.plans.overlay import Overlay
from altocore.plans.plan import Plan
from altocore.plans.reading import Reader
from altocore.workflows.door import claim
from altocore.workflows.pages import Deed, Run, do_page
from altocore.workflows.reports import Parked, Report
from altocore.workflows.rulebook import Rulebook
from tests.workflows import cast

MOVED = HistoryCorrupt("item", "no such move")


class Steps:
    """Does at each planning what is next on a list: raise it, or say no."""

    def __init__(self, *next_ones: AltocoreError | None) -> None:
        self.left = list(next_ones)

    def __call__(self, _overlay: Overlay, _item: str, _rulebook: Rulebook, _occasion: Occasion, /) -> Plan[object]:
        raised = self.left.pop(0)
        if raised is not None:
            raise raised
        return Plan(answer="no", deed=claim("test", "k"), rests_on=("REN-1",))


def done(steps: Steps) -> tuple[list[str], Report]:
    """Return what is to be planned again of a page of one item, and its report."""
    world = cast.in_memory()
    run = Run(store=world.store, rulebook=world.rulebook, occasion=world.at())
    deed = Deed[str](name_of=str, fresh=as_it_is, prefetch=nothing, step=steps)
    report = Report()
    return do_page(run, deed, ["item"], report), report


def as_it_is(_reader: Reader, item: str) -> str:
    return item


def nothing(_overlay: Overlay, _items: Sequence[str]) -> None:
    """Read nothing ahead."""


@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_what_can_be_planned_when_it_is_read_again_is_not_parked(wrong: int) -> None:
    """It goes back to the page's rounds, as if others had changed it."""
    steps = Steps(*[MOVED] * wrong, None)
    assert done(steps) == (["item"], Report())
    assert steps.left == []


def test_what_stays_impossible_is_parked() -> None:
    """By its name, after it was read again three times."""
    steps = Steps(*[MOVED] * 4)
    assert done(steps) == ([], Report(parked=[Parked(id="item", problem="item: no such move")]))
    assert steps.left == []


def test_what_has_another_problem_when_it_is_read_again_is_parked_for_the_first() -> None:
    """One problem is enough to be parked for."""
    parked = Parked(id="item", problem="item: no such move")
    assert done(Steps(MOVED, BadValue("amount", "is none"))) == ([], Report(parked=[parked]))


def test_an_outside_that_fails_meanwhile_is_told() -> None:
    """Nobody can say then whether it is damaged: the run stops, and parks nothing."""
    with pytest.raises(Unavailable):
        done(Steps(MOVED, Unavailable("the disk is gone")))


def test_a_misuse_is_parked_at_once() -> None:
    """Only what looks like an impossible history is worth a second look."""
    parked = Parked(id="item", problem="amount: is none")
    assert done(Steps(BadValue("amount", "is none"))) == ([], Report(parked=[parked]))
