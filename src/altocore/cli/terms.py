"""`altocore terms`: a sheet of some terms, and what differs between two; presets by their name, others as files."""

from pathlib import Path

from altocore.codec.converter import converter
from altocore.codec.terms import Preset, preset, terms_from_toml
from altocore.errors import BadValue
from altocore.terms.differences import FieldValue, diff, fields_of
from altocore.terms.parts import Terms
from altocore.text.terms import differences_text, terms_text

__all__ = ["difference_values", "differences_page", "field_values", "plain_value", "terms_page"]


def terms_page(source: str, locale: str) -> str:
    """Return the sheet of the terms in this preset or file.

    Raises:
        BadValue: there is no such preset or file, or it holds no terms.
    """
    return terms_text(source, _terms(source), locale)


def differences_page(before: str, after: str, locale: str) -> str:
    """Return in words what differs between two presets or files.

    Raises:
        BadValue: there is no such preset or file, or one holds no terms.
    """
    return differences_text(before, after, diff(_terms(before), _terms(after)), locale)


def field_values(source: str) -> list[dict[str, object]]:
    """Return every field of the terms in this preset or file as plain values, the same in every language.

    Raises:
        BadValue: there is no such preset or file, or it holds no terms.
    """
    return [
        {"field": each.code, "clause": each.clause, "value": plain_value(each.value)}
        for each in fields_of(_terms(source))
    ]


def difference_values(before: str, after: str) -> list[dict[str, object]]:
    """Return what differs between two presets or files as plain values, the same in every language.

    Raises:
        BadValue: there is no such preset or file, or one holds no terms.
    """
    return [
        {
            "field": each.code,
            "clause": each.clause,
            "before": plain_value(each.before),
            "after": plain_value(each.after),
        }
        for each in diff(_terms(before), _terms(after))
    ]


def _terms(source: str) -> Terms:
    if source in set(Preset):
        return terms_from_toml(preset(Preset(source)))
    path = Path(source)
    if not path.is_file():
        raise BadValue("terms", f"must be {', '.join(Preset)} or a file")
    return terms_from_toml(path.read_text(encoding="utf-8"))


def plain_value(value: FieldValue) -> object:
    """Return the value of a field as a program reads it."""
    plain: object = converter().unstructure(value)
    return plain
