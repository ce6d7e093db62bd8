"""Editions of the terms: which one is in force, by the day it was published and the day it takes effect."""

from random import Random
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.errors import UnknownKey
from altocore.terms.editions import Editions, TermsEdition
from altocore.testing.strategies import days
from altocore.values.days import Day, add_days, day
from altocore.values.ids import EditionId
from tests import cast

YEAR: Final = day(2025, 1, 1)
SOME_DAYS: Final = days(start=YEAR, end=day(2025, 1, 6))


@st.composite
def histories(draw: st.DrawFn) -> Editions:
    """Draw a few editions whose days fall close together, so that they meet."""
    pairs = draw(st.lists(st.tuples(SOME_DAYS, SOME_DAYS), max_size=5))
    return Editions(
        tuple(
            cast.terms_edition(name=f"terms_{place}", published=published, effective=effective)
            for place, (published, effective) in enumerate(pairs)
        )
    )


def naive(editions: Editions, issue: Day, start: Day) -> TermsEdition | None:
    """Walk the editions one by one, and keep the one that is later than what was kept."""
    kept: TermsEdition | None = None
    for edition in editions.editions:
        if edition.published > issue or edition.effective > start:
            continue
        later = kept is None or (edition.effective, edition.published, edition.id) > (
            kept.effective,
            kept.published,
            kept.id,
        )
        kept = edition if later else kept
    return kept


@given(histories(), SOME_DAYS, SOME_DAYS)
def test_in_force_is_the_latest_that_is_known_and_effective(editions: Editions, issue: Day, start: Day) -> None:
    """REN-4, REN-6: published by the issue day, effective by the period's start, and the latest of those."""
    expected = naive(editions, issue, start)
    if expected is None:
        with pytest.raises(UnknownKey) as refused:
            editions.in_force(issue=issue, start=start)
        assert refused.value.field == "edition"
        assert refused.value.problem == "no edition of the terms is in force on that day"
    else:
        assert editions.in_force(issue=issue, start=start) is expected


@given(histories(), SOME_DAYS, SOME_DAYS, st.randoms(use_true_random=False))
def test_the_order_in_which_editions_are_kept_says_nothing(
    editions: Editions, issue: Day, start: Day, random: Random
) -> None:
    """REN-4: shuffled, the same edition is in force."""
    shuffled = Editions(tuple(random.sample(editions.editions, len(editions.editions))))
    if naive(editions, issue, start) is not None:
        assert shuffled.in_force(issue=issue, start=start) is editions.in_force(issue=issue, start=start)


OLD: Final = cast.terms_edition(name="terms_old", published=YEAR, effective=YEAR)
NEW: Final = cast.terms_edition(name="terms_new", published=day(2025, 2, 10), effective=day(2025, 3, 1))


@pytest.mark.parametrize(
    ("issue", "start", "expected"),
    [
        # issued before the new edition is known: its period keeps the old, however late it starts
        (day(2025, 2, 9), day(2025, 3, 31), OLD),
        # known on the very day of issue
        (day(2025, 2, 10), day(2025, 3, 1), NEW),
        # known, but the period starts the day before it takes effect
        (day(2025, 2, 28), day(2025, 2, 28), OLD),
        (day(2025, 2, 10), day(2025, 2, 28), OLD),
        # the first day of all
        (YEAR, YEAR, OLD),
    ],
)
def test_an_edition_published_between_issue_and_start(issue: Day, start: Day, expected: TermsEdition) -> None:
    """REN-4, REN-6: what was published since the issue changes nothing, what is not effective yet neither."""
    assert Editions((OLD, NEW)).in_force(issue=issue, start=start) is expected
    assert Editions((NEW, OLD)).in_force(issue=issue, start=start) is expected


def test_a_correction_published_later_wins_on_the_same_day() -> None:
    """REN-4: of two that take effect on one day, the one published later; of two alike, the greater id."""
    first = cast.terms_edition(name="terms_a", published=YEAR, effective=NEW.effective)
    fixed = cast.terms_edition(name="terms_0", published=add_days(YEAR, 1), effective=NEW.effective)
    twin = cast.terms_edition(name="terms_1", published=add_days(YEAR, 1), effective=NEW.effective)
    on = NEW.effective
    assert Editions((fixed, first)).in_force(issue=on, start=on) is fixed
    assert Editions((twin, fixed, first)).in_force(issue=on, start=on) is twin
    assert Editions((fixed, first)).in_force(issue=YEAR, start=on) is first


@given(histories())
@example(Editions(()))
def test_an_edition_is_found_by_its_id(editions: Editions) -> None:
    """REN-4: an invoice names its edition, and that one is found whatever is in force."""
    for edition in editions.editions:
        assert editions.has(edition.id)
        assert editions.of(edition.id) is edition
    assert not editions.has(EditionId("terms_none"))
    with pytest.raises(UnknownKey) as refused:
        editions.of(EditionId("terms_none"))
    assert (refused.value.field, refused.value.problem) == ("edition", "no such edition of the terms")


@given(histories(), SOME_DAYS)
def test_the_reigns_say_which_edition_is_in_force_on_each_day(editions: Editions, on: Day) -> None:
    """REN-6: a day is in one reign, that of the edition in force; before the first there is none, after the last no end."""
    reigns = editions.reigns()
    holding = [each for each in reigns if each.start <= on and (each.end is None or on < each.end)]
    expected = naive(editions, on, on)
    assert [each.edition for each in holding] == ([] if expected is None else [expected])
    assert [each.end for each in reigns] == [*[each.start for each in reigns[1:]], *([None] if reigns else [])]


def test_an_edition_reigns_from_when_it_is_published_and_effective() -> None:
    """REN-6: published on 10 February and effective on 1 March it reigns from March on; backdated, from its publication."""
    back = cast.terms_edition(name="terms_back", published=day(2025, 4, 1), effective=day(2025, 3, 15))
    assert [(each.edition.id, each.start, each.end) for each in Editions((NEW, back, OLD)).reigns()] == [
        ("terms_old", YEAR, NEW.effective),
        ("terms_new", NEW.effective, back.published),
        ("terms_back", back.published, None),
    ]
