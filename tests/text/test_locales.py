"""Which catalogue a locale gets, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.errors import BadType, BadValue
from altocore.text.locales import HOME, LANGUAGES, choose


@pytest.mark.parametrize(
    ("name", "language", "locale"),
    [
        ("es", "es", "es"),
        ("es_AR", "es", "es_AR"),
        ("pt_BR", "pt", "pt_BR"),
        ("pt_PT", "pt", "pt_PT"),
        ("en", "en", "en"),
        ("en_GB", "en", "en_GB"),
    ],
)
def test_a_known_language_is_kept(name: str, language: str, locale: str) -> None:
    """A locale of one of the three languages reads its own catalogue, with its own numbers and dates (NOT-3)."""
    chosen = choose(name)
    assert (chosen.language, str(chosen.locale), chosen.falls_back) == (language, locale, False)


@pytest.mark.parametrize("name", ["fr", "fr_FR", "de_AT", "zz_ZZ"])
def test_another_language_gets_the_providers_own(name: str) -> None:
    """A language without a catalogue reads Spanish as a whole, and is told apart by `falls_back`."""
    chosen = choose(name)
    assert (chosen.language, str(chosen.locale), chosen.falls_back) == (HOME, HOME, True)


@pytest.mark.parametrize(("name", "locale"), [("es_ZZ", "es"), ("pt_XX", "pt")])
def test_an_unknown_territory_leaves_the_language_alone(name: str, locale: str) -> None:
    """A territory that babel does not know of is dropped."""
    assert str(choose(name).locale) == locale
    assert not choose(name).falls_back


@given(st.from_regex(r"[a-z]{2}(_[A-Z]{2})?", fullmatch=True))
def test_every_locale_of_a_client_gets_a_catalogue(name: str) -> None:
    """Whatever locale a client may have, there is one of the three languages for it, and it is chosen once."""
    assert choose(name).language in LANGUAGES
    assert choose(name).locale.language == choose(name).language


@pytest.mark.parametrize("name", ["", "ES", "es-AR", "es_ar", "../es", "es_AR.UTF-8", "es\n", "spanish"])
def test_another_form_is_refused_unrepeated(name: str) -> None:
    """A name that does not look like a locale is a misuse; no file is looked for under it."""
    with pytest.raises(BadValue) as refused:
        choose(name)
    assert not name or name not in str(refused.value).replace("es or es_AR", "")


def test_a_locale_is_a_text() -> None:
    """None is no locale."""
    with pytest.raises(BadType):
        choose(None)  # type: ignore[arg-type]  # what a careless caller gives
