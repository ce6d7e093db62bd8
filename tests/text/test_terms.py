"""Terms in words: a sheet of every field, and what differs between two, in three languages."""

from enum import Enum
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given

from altocore.codec.terms import Preset, preset, terms_from_toml
from altocore.errors import UnknownKey
from altocore.terms.differences import FieldValue, diff, fields_of
from altocore.terms.options import TermsChange
from altocore.terms.parts import Terms
from altocore.testing.strategies import terms
from altocore.text.locales import LANGUAGES
from altocore.text.names import name_of
from altocore.text.terms import differences_text, field_text, terms_text, value_text
from tests import cast

SLOWER: Final = evolve(cast.TERMS, overdue=cast.overdue_terms(reminder_days=(), suspend_days=8))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_called_something_of_its_own(language: str) -> None:
    """NOT-3: a new field of the terms fails here until it has words in each language."""
    names = [field_text(each.code, language) for each in fields_of(cast.TERMS)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", Preset)
def test_a_sheet_has_every_field_and_marks_the_chosen_reading(language: str, name: Preset) -> None:
    """REN-6: each field with its code and clause; of an option every reading, and exactly the chosen one is marked."""
    said = terms_from_toml(preset(name))
    lines = terms_text(name.value, said, language).splitlines()
    for each in fields_of(said):
        head = f"  {field_text(each.code, language)} [{each.code} · {each.clause}]"
        assert lines.count(head) == 1
        below = lines[lines.index(head) + 1 :]
        below = below[: below.index("")]
        if isinstance(each.value, TermsChange):
            assert below == [
                f"    * {name_of(TermsChange.PERIOD_END_WITH_NOTICE, language)}",
                f"      {name_of(TermsChange.ANY_TIME, language)}",
            ]
        marked = [line for line in below if line.startswith("    * ")]
        assert marked == ([f"    * {name_of(each.value, language)}"] if isinstance(each.value, Enum) else [])


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("es_AR", "Ningún documento del cliente prevalece sobre estas condiciones. [REN-7 · terms/3.c]"),
        ("en", "No document of the client takes precedence over these terms. [REN-7 · terms/3.c]"),
        ("pt_BR", "Nenhum documento do cliente prevalece sobre estas condições. [REN-7 · terms/3.c]"),
    ],
)
def test_a_sheet_says_that_nothing_of_the_clients_overrides_it(locale: str, told: str) -> None:
    """REN-7: it stands on every sheet, with its clause and where that is."""
    lines = terms_text("ours", cast.TERMS, locale).splitlines()
    assert told in lines
    assert any(line.startswith("  terms/3.c: ") for line in lines)


def test_what_differs_reads_like_this() -> None:
    """REN-5: two fields of one part, the empty list named, and each clause once."""
    assert differences_text("a", "b", diff(cast.TERMS, SLOWER), "es_AR").splitlines() == [
        "Diferencias: a y b",
        "==================",
        "",
        "  Recordatorios, en días desde el vencimiento [overdue.reminder_days · house]",
        "    antes: -5, -1, 1, 3",
        "    después: ninguno",
        "",
        "  Suspensión, en días desde el vencimiento [overdue.suspend_days · house]",
        "    antes: 5",
        "    después: 8",
        "",
        "Dónde están las reglas",
        "  house: criterio de la casa, en un punto que los documentos del contrato no definen",
    ]


def test_the_same_terms_say_so() -> None:
    """REN-5: where nothing differs there is no list, and no source."""
    assert differences_text("a", "a", (), "en") == "Differences: a and a\n====================\n\nThey say the same"


@pytest.mark.parametrize(
    ("value", "locale", "told"),
    [
        (TermsChange.ANY_TIME, "en", "on any day"),
        (1234, "es_AR", "1.234"),
        ((), "pt", "nenhum"),
        ((-5, 3), "en", "-5, 3"),
        (cast.TAX_TERMS.rates, "es_AR", "AR: IVA 21%, export: export 0%"),
        (cast.usd("100.00"), "en", "$100.00"),
    ],
)
def test_a_value_is_shown_as_its_locale_shows_it(value: FieldValue, locale: str, told: str) -> None:
    """NOT-3: numbers, percentages and amounts as the locale writes them, options by their name."""
    assert value_text(value, locale) == told


@given(terms(), terms())
def test_whatever_terms_say_can_be_shown(a: Terms, b: Terms) -> None:
    """NOT-3: no value of any field is without words."""
    for language in LANGUAGES:
        assert terms_text("a", a, language)
        assert differences_text("a", "b", diff(a, b), language)


def test_a_field_that_is_none_is_a_misuse() -> None:
    """A code that no field has is refused by its name."""
    with pytest.raises(UnknownKey, match="field\\.overdue\\.shoe_size"):
        field_text("overdue.shoe_size", "en")
