"""The catalogues hold a text for everything that can be said, in three languages, and nothing else."""

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Message as Entry

from altocore.errors import UnknownKey
from altocore.terms.clauses import HOUSE
from altocore.terms.differences import fields_of
from altocore.terms.judgements import Outcome, Row
from altocore.terms.reasons import Cited, Why
from altocore.text.catalogue import catalogue, fill, parsed, placeholders
from altocore.text.facts import NAMED, VERBATIM, fact_label
from altocore.text.locales import HOME, LANGUAGES
from altocore.text.names import FAMILIES, code_of, name_of
from altocore.values.days import day
from tests import cast
from tests.text import source
from tests.text.cases import traces

TOLD: Final = frozenset({Outcome.FIRED, Outcome.HELD})
SENTENCES: Final = ("why.", "rule.", "ground.")


def entries(language: str) -> list[Entry]:
    """Return the messages of a catalogue, its header left out."""
    return [entry for entry in parsed(language) if entry.id]


def code(entry: Entry) -> str:
    """Return the id of a message, the same for one and for many."""
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def forms(entry: Entry) -> tuple[str, ...]:
    """Return the words of a message: one text, or one for each plural form."""
    strings = entry.string
    return (strings,) if isinstance(strings, str) else tuple(strings or ())


def told_by(judgement: str, row: Row) -> str:
    """Return the id of the message that tells a row which fired or held."""
    return f"ground.{judgement}.{row.rule}" if row.why is None else f"why.{row.why.value}"


def keys(language: str) -> dict[tuple[str, str], Entry]:
    """Return every message by its id and context."""
    return {(code(entry), entry.context or ""): entry for entry in entries(language)}


def expected() -> set[str]:
    """Return the id of everything that the code can say."""
    clauses = source.constants(source.CLAUSE)
    places = {clause.partition("/")[2] for clause in clauses if clause != HOUSE}
    named = {place for place in places if not place[0].isdigit()}
    return {
        *[f"why.{why.value}" for why in Why],
        *[f"rule.{rule}" for rule in source.rules()],
        *[f"fact.{name}" for name in source.cited_names()],
        *[code_of(member) for enum in FAMILIES for member in enum],
        *[f"document.{clause.partition('/')[0]}" for clause in clauses],
        *[f"topic.{place}" for place in named],
        *[f"part.{each.part}" for each in fields_of(cast.TERMS)],
        *[f"field.{each.code}" for each in fields_of(cast.TERMS)],
        *source.constants(source.PAGE, of="text"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_text_and_nothing_is_left_over(language: str) -> None:
    """Each reason, rule, fact, name, clause, field of the terms and label of a page has its message; a ground may have one."""
    found = {code(entry) for entry in entries(language)}
    assert found - source.grounds() == expected()


def test_every_ground_that_cites_facts_is_told_with_them() -> None:
    """A ground without a sentence of its own is told by its rule, so it must have no facts to tell."""
    mute = {
        f"ground.{trace.judgement}.{row.rule}"
        for trace in traces()
        for row in trace.rows
        if row.why is None and row.cites
    }
    assert mute - {code(entry) for entry in entries(HOME)} == set()


def test_the_rules_of_the_tables_are_among_those_of_the_source() -> None:
    """Reading the source finds every rule of every table and machine; what it finds beyond them plans rest on."""
    assert source.tabled_rules() <= source.rules()
    assert len(source.tabled_rules()) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_fuzzy_empty_or_obsolete(language: str) -> None:
    """Every message is finished: no fuzzy flag, no empty form, no obsolete entry, both plural forms."""
    for entry in entries(language):
        assert not entry.fuzzy, entry.id
        assert all(form.strip() == form and form for form in forms(entry)), entry.id
        assert len(forms(entry)) == (2 if entry.pluralizable else 1), entry.id
    assert not parsed(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_stands_twice(language: str) -> None:
    """An id has each context once: babel would keep the last and say nothing."""
    text = files("altocore.text").joinpath("catalogues", f"{language}.po").read_text(encoding="utf-8")
    found = Counter(re.findall(r'^(?:msgctxt "(.*)"\n)?msgid "(.+)"$', text, re.MULTILINE))
    assert [key for key, count in found.items() if count > 1] == []
    assert len(found) == len(entries(language))


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != HOME])
def test_the_languages_say_the_same_things(language: str) -> None:
    """Ids, contexts, plural forms and placeholders are those of the Spanish catalogue, message by message."""
    ours, theirs = keys(language), keys(HOME)
    assert list(ours) == list(theirs)
    for key, entry in ours.items():
        assert entry.pluralizable == theirs[key].pluralizable, key
        for one, other in zip(forms(entry), forms(theirs[key]), strict=True):
            assert placeholders(one) == placeholders(other), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_end_with_a_stop_and_labels_do_not(language: str) -> None:
    """A reason, a rule and a ground are one sentence each; a name or a label is none."""
    for entry in entries(language):
        for form in forms(entry):
            assert form.endswith(".") == code(entry).startswith(SENTENCES), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brace_is_a_placeholder(language: str) -> None:
    """No text has a brace or a percent sign that a substitution could stumble over."""
    for entry in entries(language):
        for form in forms(entry):
            assert not set(fill(form, dict.fromkeys(placeholders(form), ""))) & set("{}%"), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_row_can_cite_is_all_that_its_text_asks_for(language: str) -> None:
    """Every placeholder of a message that a row chooses names a fact which that row cites."""
    words = catalogue(language)
    for trace in traces():
        for row in trace.rows:
            told = told_by(trace.judgement, row)
            if row.outcome in TOLD and words.has(told):
                assert placeholders(words.words(told, row.cites)) <= dict(row.cites).keys(), told


def test_every_variant_is_reached_and_only_one_fits_best() -> None:
    """Each context of a message is chosen by some row, and no row could choose between two of the same length."""
    words, reached = catalogue(HOME), set()
    for trace in traces():
        for row in trace.rows:
            told = told_by(trace.judgement, row)
            if row.outcome in TOLD and words.has(told):
                chosen = words.choose(told, row.cites)
                rivals = [each for each in words.messages[told] if each.fits(row.cites)]
                assert [len(each.conditions) for each in rivals].count(len(chosen.conditions)) == 1, told
                reached.add((told, chosen.context))
    told_ones = {key for key in keys(HOME) if key[0].startswith(("why.", "ground."))}
    assert told_ones - reached == set()


def test_every_fact_is_a_name_or_data() -> None:
    """A text that a row cites is either the value of an enum or data, and the code says which."""
    cited = [row.cites for trace in traces() for row in trace.rows]
    texts = {name for cites in cited for name, fact in cites if isinstance(fact, str)}
    assert texts == NAMED | VERBATIM
    assert {name for cites in cited for name, _ in cites} == source.cited_names()


def test_options_do_not_share_a_value() -> None:
    """A row cites an option by its value alone, so no two options may have one in common."""
    values = [member.name for enum, family in FAMILIES.items() if family == "option" for member in enum]
    assert len(values) == len(set(values))


def test_every_name_of_an_enum_is_the_value_that_rows_cite() -> None:
    """What a row cites as a value is what the enum's names are kept under."""
    for enum, family in FAMILIES.items():
        if family in NAMED:
            for member in enum:
                assert family == "cycle" or member.value == member.name.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_has_a_name_of_its_own(language: str) -> None:
    """Two members of one enum are never called the same."""
    for enum in FAMILIES:
        names = [name_of(member, language) for member in enum]
        assert len(names) == len(set(names)), enum


@pytest.mark.parametrize(
    ("language", "count", "begins"),
    [("es", 1, "Queda {"), ("es", 2, "Quedan {"), ("es", 0, "Quedan {"), ("pt", 1, "Resta {"), ("pt", 2, "Restam {")],
)
def test_a_number_takes_its_plural_form(language: str, count: int, begins: str) -> None:
    """The one number that is cited decides the form, by the language's own rule."""
    cites: Cited = (("open_invoices", count),)
    assert catalogue(language).words("why.earlier_period_unpaid", cites).startswith(begins)


def test_a_missing_text_is_a_misuse() -> None:
    """What the catalogue does not have is refused by its id, for a rule of an integrator for instance."""
    with pytest.raises(UnknownKey, match=r"rule\.XYZ-1"):
        catalogue("en").words("rule.XYZ-1")
    with pytest.raises(UnknownKey):
        catalogue("en").words("ground.activation.REN-8", (("anchor", day(2025, 1, 1)),))
    with pytest.raises(UnknownKey):
        fact_label("shoe_size", "en")
    with pytest.raises(UnknownKey):
        name_of(re.RegexFlag.ASCII, "en")


@pytest.mark.shared
def test_no_sentence_is_the_providers_own(shared: Path) -> None:
    """The words are ours: no seven words in a row stand in the Spanish source."""
    path = shared / "handbook-source.txt"
    theirs = " ".join(re.findall(r"\w+", path.read_text(encoding="utf-8").lower()))
    for entry in entries("es"):
        for form in forms(entry):
            words = re.findall(r"\w+", form.lower())
            runs = [" ".join(words[start : start + 7]) for start in range(len(words) - 6)]
            assert [run for run in runs if run in theirs] == [], form
