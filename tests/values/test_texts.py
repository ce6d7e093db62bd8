"""Laws of short texts: bounded, one line, without control characters, and never repeated by an error."""

import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue, Misuse
from altocore.values.texts import LINE_MAX, line, optional_line

CONTROL: Final = "holds a control character or a line break"
REFUSED: Final = {"Cc", "Cs", "Zl", "Zp"}

CONTROLS: Final = {
    "NUL": "\0",
    "TAB": "\t",
    "LF": "\n",
    "VT": "\v",
    "CR": "\r",
    "ESC": "\x1b",
    "DEL": "\x7f",
    "NEL": "\u0085",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "lone surrogate": "\ud800",
}

LINES: Final = (
    "a",
    "Ana Pérez & Hijos, S.R.L.",
    "Av. Colón 123 4º B — Córdoba",
    "東京都千代田区",
    "شركة",
    "🦙 streaming",
    "a\u00a0b",
    "x" * LINE_MAX,
    "é" * LINE_MAX,
)


def passes(given: str) -> bool:
    """Say whether the validator of a line that must be there lets a text pass, and check what it says if not."""
    try:
        line("name")(None, None, given)
    except BadValue as refused:
        assert refused.field == "name"  # noqa: PT017 - both ends are right
        return False
    return True


@pytest.mark.parametrize("given", LINES)
def test_what_people_are_called_passes(given: str) -> None:
    """Letters of any script, marks, signs and spaces, up to 200 characters (B7)."""
    assert passes(given)
    optional_line("tax_id")(None, None, given)


@given(st.text(max_size=LINE_MAX + 2))
def test_a_line_is_bounded_and_visible(given: str) -> None:
    """Of any text, exactly those pass that are not blank, at most 200 long and free of control characters (B7)."""
    clean = not {unicodedata.category(character) for character in given} & REFUSED
    assert passes(given) == (bool(given.strip()) and len(given) <= LINE_MAX and clean)


@pytest.mark.parametrize("character", CONTROLS.values(), ids=CONTROLS)
@pytest.mark.parametrize("around", ["{}", "{}a", "a{}", "a{}b", "é{}b"])
def test_control_characters_are_refused(character: str, around: str) -> None:
    """Line breaks, NUL, escape and half a character are refused wherever they stand, in any text (B7, B13)."""
    given = around.replace("{}", character)
    for check in (line("name"), optional_line("name")):
        with pytest.raises(BadValue) as refused:
            check(None, None, given)
        assert (refused.value.field, refused.value.problem) == ("name", CONTROL)


@pytest.mark.parametrize("given", ["", " ", "   ", "\u00a0", "\u3000 "], ids=ascii)
def test_a_blank_is_no_line(given: str) -> None:
    """A name of spaces is no name; a field that may be empty lets it pass (B7)."""
    with pytest.raises(BadValue) as refused:
        line("name")(None, None, given)
    assert (refused.value.field, refused.value.problem) == ("name", "must not be blank")
    optional_line("name")(None, None, given)


@pytest.mark.parametrize("given", ["x" * (LINE_MAX + 1), "é" * (LINE_MAX + 1), "\n" * (LINE_MAX + 1), "x" * 1_000_000])
def test_a_line_ends_somewhere(given: str) -> None:
    """201 characters are refused, a million before they are looked at (B7)."""
    for check in (line("name"), optional_line("name")):
        with pytest.raises(BadValue) as refused:
            check(None, None, given)
        assert (refused.value.field, refused.value.problem) == ("name", "more than 200 characters")


@pytest.mark.parametrize("given", [None, 5, b"Ana", ["Ana"], True], ids=repr)
def test_a_line_is_a_text(given: str) -> None:
    """What is no str is a BadType that names the field."""
    for check in (line("name"), optional_line("name")):
        with pytest.raises(Misuse) as refused:
            check(None, None, given)
        assert type(refused.value) is BadType
        assert (refused.value.field, refused.value.problem) == ("name", "must be a str")


def test_the_field_is_the_one_asked_for() -> None:
    """Each validator names its own field."""
    for field in ("name", "address"):
        with pytest.raises(BadValue) as refused:
            line(field)(None, None, "")
        assert refused.value.field == field
