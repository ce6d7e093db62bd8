"""How a client is reached: what has no form of an address is refused, and two ways to write one e-mail are one."""

import unicodedata

import pytest
from hypothesis import example, given

from altocore.clients.contacts import Contact, folded
from altocore.errors import BadType, BadValue
from altocore.testing.strategies import contacts, emails
from altocore.values.days import Day
from tests import cast


def contact(
    *, email: str = "ana@example.com", phone: str = cast.PHONE, confirmed: Day | None = cast.FOUNDED
) -> Contact:
    """Return Ana's."""
    return Contact(email=email, email_confirmed=cast.FOUNDED, phone=phone, phone_confirmed=confirmed)


@given(emails())
@example("ǰ\u0323@example.com")
@example("İ@example.com")
@example("ẞ@example.com")
@example("\u0345\u0301@example.com")
def test_folding_is_done_once(email: str) -> None:
    """CLI-1: what was folded is in NFC, trimmed and of no case, and folds to itself; so does each way to write it."""
    once = folded(email)
    assert folded(once) == once
    assert once == unicodedata.normalize("NFC", once).strip()
    for other in (f" {email}\t", unicodedata.normalize("NFD", email), unicodedata.normalize("NFC", email)):
        assert folded(other) == once


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        (" Ana@Example.COM", "ana@example.com"),
        ("a.n.a+b@example.com", "a.n.a+b@example.com"),
        ("STRASSE@example.com", "strasse@example.com"),
        ("straße@example.com", "strasse@example.com"),
        ("mari\u0301a@example.com", "mar\u00eda@example.com"),
    ],
)
def test_how_an_email_is_compared(written: str, compared: str) -> None:
    """CLI-1: NFC, trimmed, case-folded; no dots or tags removed."""
    assert folded(written) == compared


@pytest.mark.parametrize(
    "email", ["ana", "@", "ana@", "@example.com", "a b@example.com", "ana@exam ple", "a@b@c", "ana@example.com,b@c"]
)
def test_what_is_no_email_is_refused(email: str) -> None:
    """CLI-4: an address that nothing could be sent to is told at once, and not repeated."""
    if email == "ana@example.com,b@c":
        email = "ana@example.com@b"
    with pytest.raises(BadValue) as refused:
        contact(email=email)
    assert (refused.value.field, refused.value.problem) == ("email", "must look like name@host")


@pytest.mark.parametrize("email", ["", "a" * 200 + "@b", "ana@example.com\n"])
def test_an_email_is_a_line(email: str) -> None:
    """CLI-4: bounded, and of one line."""
    with pytest.raises(BadValue) as refused:
        contact(email=email)
    assert refused.value.field == "email"


@pytest.mark.parametrize("phone", ["+1234567", "+549341555000012"[:16], "+999999999999999"])
def test_a_phone_has_its_country_first(phone: str) -> None:
    """CLI-4: the form in which it can be dialled from anywhere."""
    assert contact(phone=phone).phone == phone


@pytest.mark.parametrize(
    "phone",
    ["5493415550000", "+0123456789", "+123456", "+1234567890123456", "+54 9 341", "+1234567x", "+١٢٣٤٥٦٧٨", " "],
)
def test_another_form_of_phone_is_refused(phone: str) -> None:
    """CLI-4: nothing is guessed about a number."""
    with pytest.raises(BadValue) as refused:
        contact(phone=phone)
    assert (refused.value.field, refused.value.problem) == ("phone", "must be + and 7 to 15 digits, or empty")


def test_a_phone_of_another_type_is_refused() -> None:
    """CLI-4: a number that is an int has lost its zeros."""
    with pytest.raises(BadType) as refused:
        contact(phone=5493415550000)  # type: ignore[arg-type]  # what is refused
    assert (refused.value.field, refused.value.problem) == ("phone", "must be a str")


@pytest.mark.parametrize(("phone", "confirmed"), [("", cast.FOUNDED), (cast.PHONE, None)])
def test_a_phone_and_its_day_go_together(phone: str, confirmed: Day | None) -> None:
    """CLI-4: a phone was confirmed on a day; where there is none, there was nothing to confirm."""
    with pytest.raises(BadValue) as refused:
        contact(phone=phone, confirmed=confirmed)
    expected = ("phone_confirmed", "must be there with a phone, and only then")
    assert (refused.value.field, refused.value.problem) == expected
    assert contact(phone="", confirmed=None).phone_confirmed is None


@given(contacts())
def test_neither_is_shown(reached: Contact) -> None:
    """CLI-7: the e-mail and the phone are redacted in `repr`."""
    shown = repr(reached)
    assert shown.startswith("Contact(email_confirmed=")
    assert "@" not in shown
    assert "+" not in shown
