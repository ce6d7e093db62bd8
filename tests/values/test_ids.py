"""Laws of ids: the same identity gives the same id for ever, and parts never run together."""

import re
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from altocore.values.ids import derive

PARTS: Final = st.lists(st.one_of(st.text("01:ab", max_size=4), st.text(max_size=8)), max_size=4)
PREFIXES: Final = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)

# Counted apart from the library: 12 bytes of blake2b, in hexadecimal, over `3:inv1:a2:bc` and its like.
PINNED: Final[tuple[tuple[str, tuple[str, ...], str], ...]] = (
    ("inv", ("a", "bc"), "inv_4f6e18972a73e20d2c98f79f"),
    ("inv", ("ab", "c"), "inv_442154267b35aaac22ec02d8"),
    ("inv", (), "inv_1f0a37379f280e774aebd1f3"),
    ("inv", ("",), "inv_ed78e8f7448c6c129e4e2dd9"),
    ("svc", ("a", "b"), "svc_12e87dad16927e12556bd4e0"),
    ("evt", ("svc_1", "2025-01-31", "0"), "evt_2d05e7526c939ab435e3c25b"),
    ("cli", ("Jos\u00e9",), "cli_521d9e1966f52ccede30847f"),
    ("cli", ("\ud800",), "cli_0e47009165df1cca240bfc99"),
)


@given(PREFIXES, PARTS)
def test_an_id_is_its_prefix_and_96_bits(prefix: str, identity: list[str]) -> None:
    """An id is the prefix, a bar and 24 hexadecimal digits; asked again, it is the same."""
    found = derive(prefix, *identity)
    assert re.fullmatch(f"{prefix}_[0-9a-f]{{24}}", found)
    assert derive(prefix, *identity) == found


@given(PREFIXES, PREFIXES, PARTS, PARTS)
def test_another_identity_has_another_id(one: str, other: str, these: list[str], those: list[str]) -> None:
    """Two identities that differ in a part, in their number or in the prefix have two ids."""
    assume((one, these) != (other, those))
    assert derive(one, *these).partition("_")[2] != derive(other, *those).partition("_")[2]


@given(PREFIXES, st.text(max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_lengths_keep_parts_apart(prefix: str, text: str, one: int, other: int) -> None:
    """The same characters cut at another place, or not at all, are another identity."""
    cuts = {(text[:place], text[place:]) for place in (one, other)}
    ids = {derive(prefix, *cut) for cut in cuts} | {derive(prefix, text)}
    assert len(ids) == len(cuts) + 1


def test_a_part_cannot_imitate_a_length() -> None:
    """Parts that hold digits and colons, as the lengths do, are still told apart, and so are empty ones."""
    alike = [("1:a",), ("1", "a"), ("", "1:a"), ("1:a", ""), ("a",), ("a", ""), ("", "a"), ("",), ("", ""), ("0:",), ()]
    assert len({derive("x", *identity) for identity in alike}) == len(alike)


@pytest.mark.parametrize(("prefix", "identity", "known"), PINNED, ids=[row[2] for row in PINNED])
def test_known_ids(prefix: str, identity: tuple[str, ...], known: str) -> None:
    """Pinned: a store written by one version is found by the next, so an id never changes."""
    assert derive(prefix, *identity) == known
