"""The client: what billing knows of it, and what never shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.clients.clients import CreditUse
from altocore.errors import BadType, BadValue
from altocore.testing.strategies import parties
from altocore.values.provider import LegalParty
from tests import cast


@pytest.mark.parametrize("locale", ["es", "en", "pt", "es_AR", "pt_BR"])
def test_a_locale_is_a_language_with_or_without_a_country(locale: str) -> None:
    """NOT-3: texts are by the client's locale."""
    assert cast.client(locale=locale).locale == locale


@pytest.mark.parametrize(
    "locale",
    ["", "e", "ES", "es-AR", "es_ar", "es_A", "es_ARG", "esp", "es_AR ", " es", "es_AR\n", "ñs", "es_AR.UTF-8"],
)
def test_another_form_of_locale_is_refused(locale: str) -> None:
    """NOT-3: a locale that is none is an error that names it, and not a text in the wrong language."""
    with pytest.raises(BadValue) as refused:
        cast.client(locale=locale)
    assert (refused.value.field, refused.value.problem) == ("locale", "must look like es or es_AR")


def test_a_locale_of_another_type_is_refused() -> None:
    """NOT-3: a text that only looks like a str is refused too."""

    class Text(str):
        """A str that is not exactly one."""

        __slots__ = ()

    with pytest.raises(BadType) as refused:
        cast.client(locale=Text("es"))
    assert (refused.value.field, refused.value.problem) == ("locale", "must be a str")


@pytest.mark.parametrize("region", ["", " ", "A\nR"])
def test_a_client_is_filed_under_a_region(region: str) -> None:
    """PAY-13: rates are by the client's region, so it has one."""
    with pytest.raises(BadValue) as refused:
        cast.client(tax_region=region)
    assert refused.value.field == "tax_region"


def test_credit_is_used_unless_the_client_keeps_it() -> None:
    """PAY-7: credit is applied when an invoice is issued, unless the client asked to keep it."""
    assert {use.value for use in CreditUse} == {"apply", "keep"}


def test_a_client_has_one_currency() -> None:
    """CLI-8: one billing currency, chosen at sign-up."""
    assert cast.client(billed_in=cast.JPY).currency is cast.JPY


@given(parties(), st.text("abcdefghij", min_size=12, max_size=12))
def test_no_personal_data_is_shown(legal: LegalParty, mark: str) -> None:
    """CLI-7: personal fields are redacted in `repr`."""
    marked = cast.party(name=f"n{mark}{legal.name}"[:200], address=f"a{mark}", tax_id=f"t{mark}")
    shown = repr(cast.client(legal=marked))
    assert mark not in shown
    assert "cli_ana" in shown
