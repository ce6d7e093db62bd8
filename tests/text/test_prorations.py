"""Prorations as people read them: every basis of every part, in three languages, in eighty columns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from altocore.billing.proration import Basis, cut
from altocore.testing.strategies import anchored_periods, cut_days
from altocore.text.prorations import render_slices
from altocore.text.wrapping import columns
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.days import Day, day
from altocore.values.money import Money, money
from altocore.values.rounding import Rounding
from tests import cast

FEBRUARY = AnchoredPeriod(anchor=day(2025, 1, 31), cadence=Cadence.MONTHLY, number=0)
ENGLISH = """\
What parts of $100.00 come to: Jan 31, 2025 \N{EN DASH} Feb 27, 2025
==========================================================

Jan 31, 2025 \N{EN DASH} Feb 9, 2025
  actual days                             10 of 28 days  35 5/7   $35.71
  months of thirty days                   10 of 30 days  33 1/3   $33.33
  exact months                          5/14 of 1 month  35 5/7   $35.71
  seconds                  864,000 of 2,419,200 seconds  35 5/7   $35.71
  flat                                           1 of 1     100  $100.00
  none                                           0 of 1       0    $0.00

Feb 10, 2025 \N{EN DASH} Feb 27, 2025
  actual days                             18 of 28 days  64 2/7   $64.29
  months of thirty days                   20 of 30 days  66 2/3   $66.67
  exact months                          9/14 of 1 month  64 2/7   $64.29
  seconds                1,555,200 of 2,419,200 seconds  64 2/7   $64.29
  flat                                           1 of 1     100    $0.00*
  none                                           0 of 1       0  $100.00*

* this part takes what the others leave, so that all of them sum to the price
"""


def page(price: Money, whole: AnchoredPeriod, at: tuple[Day, ...], locale: str) -> str:
    """Return the page of a period that is cut."""
    return render_slices(price, [cut(price, whole, at, basis, Rounding.HALF_UP, "UTC") for basis in Basis], locale)


def test_a_page_reads_as_it_was_read() -> None:
    """UPG-1: word for word, as somebody has read and approved it."""
    assert page(cast.usd("100.00"), FEBRUARY, (day(2025, 2, 10),), "en") == ENGLISH


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("es_AR", "Cuánto es cada parte de US$100,00: 31 ene 2025"),
        ("pt_BR", "Quanto vale cada parte de US$"),
    ],
)
def test_other_languages(locale: str, told: str) -> None:
    """UPG-1: the same figures, in the reader's own words."""
    shown = page(cast.usd("100.00"), FEBRUARY, (day(2025, 2, 10),), locale)
    assert shown.startswith(told)
    assert "5/14 de 1 m" in shown
    assert "35 5/7" in shown


def test_no_mark_where_every_part_takes_what_it_comes_to() -> None:
    """UPG-1: a period that is not cut has one part, and no note."""
    shown = page(money("1", "JPY"), FEBRUARY, (), "en")
    assert "*" not in shown
    assert shown.count("¥1") == 1 + len(Basis)


@settings(max_examples=50)
@given(anchored_periods(), st.data())
def test_every_basis_of_every_part_is_there(whole: AnchoredPeriod, data: st.DataObject) -> None:
    """UPG-1: whatever the cut, in every language; every line is straight and has no placeholder left."""
    at = data.draw(cut_days(whole=whole))
    for locale in ("es", "en", "pt"):
        lines = page(cast.usd("1234.50"), whole, at, locale).splitlines()
        rows = [line for line in lines if line.startswith("  ")]
        assert len(rows) == len(Basis) * (len(at) + 1)
        assert len({columns(row.rstrip("*")) for row in rows}) == 1
        assert not any("{" in line for line in lines)
        assert columns(lines[1]) == columns(lines[0])
