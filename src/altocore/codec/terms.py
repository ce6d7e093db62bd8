"""Terms as people write them: TOML, read strictly, with a fault that names the field it is in; and the presets."""

from enum import StrEnum, unique
from importlib.resources import files
from typing import final

from cattrs.errors import AttributeValidationNote, ClassValidationError, ForbiddenExtraKeysError

from altocore.codec.converter import named_converter
from altocore.codec.toml import parse_toml
from altocore.errors import BadValue, Misuse
from altocore.terms.editions import TermsEdition
from altocore.terms.parts import Terms
from altocore.values.days import Day
from altocore.values.ids import EditionId, derive

__all__ = ["Preset", "preset", "terms_edition", "terms_from_toml"]


@final
@unique
class Preset(StrEnum):
    """The terms that come with altocore. Source: "Presets of terms", handbook, contradictions at a glance."""

    DEFAULT = "default"
    MANUAL = "manual"
    TERMS = "terms"


def preset(name: Preset) -> str:
    """Return the TOML text of a preset, each value with its rule and its clause in a comment."""
    return files("altocore.terms").joinpath("presets", f"{name.value}.toml").read_text(encoding="utf-8")


def terms_from_toml(text: str) -> Terms:
    """Return the terms that this TOML document says; every field must be there, and nothing else.

    >>> terms_from_toml(preset(Preset.DEFAULT)).overdue.suspend_days
    5

    Raises:
        BadType: not a str.
        BadValue: not TOML, or a field is missing, unknown or refused; it is named with its part (`overdue.suspend_days`).
    """
    content = parse_toml(text, "terms")
    try:
        return named_converter().structure(content, Terms)
    except ClassValidationError as fault:
        field, problem = _first_fault(fault)
    raise BadValue(field, problem)


def terms_edition(text: str, *, published: Day, effective: Day) -> TermsEdition:
    """Return the edition of the terms in this TOML document; its id is derived from the text as written and its two days.

    Raises:
        BadType: not a str.
        BadValue: see `terms_from_toml`.
    """
    terms = terms_from_toml(text)
    derived = derive("terms", text, published.isoformat(), effective.isoformat())
    return TermsEdition(id=EditionId(derived), published=published, effective=effective, terms=terms)


def _first_fault(fault: BaseException, *path: str) -> tuple[str, str]:
    """Return the dotted field of the first thing that is wrong, and the problem."""
    noted = [note.name for note in getattr(fault, "__notes__", ()) if isinstance(note, AttributeValidationNote)]
    inside = (*path, *noted)
    match fault:
        case ClassValidationError():
            return _first_fault(fault.exceptions[0], *inside)
        case ForbiddenExtraKeysError():
            return ".".join((*inside, min(fault.extra_fields))), "no such field"
        case KeyError():
            return ".".join(inside), "is missing"
        # A reader is told nothing of the field it reads, a constructor names its own.
        case Misuse() if not noted:
            return ".".join((*inside, fault.field)), fault.problem
        case Misuse():
            return ".".join(inside), fault.problem
        case _:
            return ".".join(inside) or "terms", "must be a table"
