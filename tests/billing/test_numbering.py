"""The number of an invoice as it is written, and read back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.billing.numbering import label, parse_label
from altocore.errors import BadType, BadValue

SERIES = st.text("ABCXYZ0123456789", min_size=1, max_size=12)


@given(SERIES, st.integers(1, 10**18 - 1))
@example("A", 1)
@example("A", 99_999_999)
@example("A", 100_000_000)
@example("0", 10**18 - 1)
def test_a_label_is_read_back(series: str, number: int) -> None:
    """PAY-12: what an invoice bears says its series and its number, and nothing else does."""
    assert parse_label(label(series, number)) == (series, number)


@pytest.mark.parametrize(
    ("series", "number", "text"),
    [
        ("A", 1, "A-00000001"),
        ("FC2025", 42, "FC2025-00000042"),
        ("A", 99_999_999, "A-99999999"),
        ("A", 100_000_000, "A-100000000"),
    ],
)
def test_known_labels(series: str, number: int, text: str) -> None:
    """PAY-12: eight digits, and more where they do not suffice."""
    assert label(series, number) == text
    assert parse_label(text) == (series, number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "A-",
        "-00000001",
        "A-0000001",
        "a-00000001",
        "A00000001",
        "A--00000001",
        "A-00000001 ",
        " A-00000001",
        "A-00000001\n",
        "A-0000000x",
        "A-0000\u0660001",
        "ABCDEFGHIJKLM-00000001",
        "A-0000000000000000001",
        "A-000000042",
        "A-099999999",
    ],
)
def test_another_form_is_refused(text: str) -> None:
    """PAY-12: a text that is no label is an error that names it, and no invoice."""
    with pytest.raises(BadValue) as refused:
        parse_label(text)
    assert (refused.value.field, refused.value.problem) == ("number", "must look like A-00000042")


def test_another_type_is_refused() -> None:
    """PAY-12: a number is asked for as it is written, not as a count."""

    class Text(str):
        """A str that is not exactly one."""

        __slots__ = ()

    with pytest.raises(BadType) as refused:
        parse_label(Text("A-00000042"))
    assert (refused.value.field, refused.value.problem) == ("number", "must be a str such as A-00000042")
