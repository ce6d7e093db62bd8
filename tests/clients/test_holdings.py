"""Holdings: one client has a thing at a time, and its id says what, without saying it."""

import pytest

from altocore.clients.holdings import holding_id
from altocore.errors import BadValue
from altocore.values.days import day
from tests import cast


def test_the_id_is_of_the_thing_and_the_number() -> None:
    """CLI-1: the same thing has the same id, whoever asks for it; the e-mail does not stand in it (CLI-7)."""
    of = cast.holding().of
    first = holding_id(of, "ana@example.com", 1)
    assert first == holding_id(of, "ana@example.com", 1)
    digest, _, number = first.rpartition(".")
    assert number == "000001"
    assert holding_id(of, "ana@example.com", 2) == f"{digest}.000002"
    assert not holding_id(of, "ben@example.com", 1).startswith(digest)
    assert "ana" not in first


def test_it_can_end_on_the_day_it_began() -> None:
    """CLI-1: whoever mistypes an e-mail corrects it on the same day."""
    assert cast.holding(until=cast.ANCHOR).until == cast.ANCHOR


def test_it_does_not_end_before_it_began() -> None:
    """CLI-1: two clients would have held it at once."""
    with pytest.raises(BadValue) as refused:
        cast.holding(until=day(2025, 1, 30))
    assert (refused.value.field, refused.value.problem) == (
        "until",
        "must not be before the day since which it is held",
    )
