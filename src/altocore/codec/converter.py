"""The converters: cattrs, strict in every scalar, compiled on first use and once.

cattrs by itself turns 12.7 into 12, True into 1 and "ab" into ("a", "b"). So each scalar has its hook here, before any
class is compiled, and a type without one is refused when its class is compiled.
"""

from collections.abc import Callable
from enum import Enum, IntEnum, StrEnum
from functools import cache
from typing import get_args, get_origin

from cattrs import Converter

from altocore.codec import scalars
from altocore.errors import BadType
from altocore.values.currencies import Currency
from altocore.values.cycles import Cycle
from altocore.values.days import Day
from altocore.values.domains import DomainName
from altocore.values.instants import Instant
from altocore.values.money import Money
from altocore.values.periods import Period

__all__ = ["converter", "named_converter"]


@cache
def converter() -> Converter:
    """Return the converter for stored documents: it stops at the first fault and does not say where."""
    return _with_hooks(Converter(forbid_extra_keys=True, detailed_validation=False))


@cache
def named_converter() -> Converter:
    """Return the converter for what people write: amounts are texts, and every fault says in which field it is; slower."""
    made = _with_hooks(Converter(forbid_extra_keys=True, detailed_validation=True))
    made.register_structure_hook(Money, scalars.read_amount)
    return made


def _with_hooks(made: Converter) -> Converter:
    for kind, read in (
        (int, scalars.read_int),
        (str, scalars.read_str),
        # The two are subclasses of int and str, whose hooks would take them for such.
        (StrEnum, scalars.read_enum),
        (IntEnum, scalars.read_enum),
        (Enum, scalars.read_enum),
        (Cycle, scalars.read_cycle),
        (Day, scalars.read_day),
        (Instant, scalars.read_instant),
        (Currency, scalars.read_currency),
        (DomainName, scalars.read_domain),
        (Money, scalars.read_money),
        (Period, scalars.read_period),
    ):
        made.register_structure_hook(kind, read)
    for kind, write in (
        (Enum, scalars.write_enum),
        (Cycle, scalars.write_cycle),
        (Day, scalars.write_day),
        (Instant, scalars.write_instant),
        (Currency, scalars.write_currency),
        (DomainName, scalars.write_domain),
        (Money, scalars.write_money),
        (Period, scalars.write_period),
    ):
        made.register_unstructure_hook(kind, write)
    made.register_structure_hook_factory(_is_row, _row_reader)
    return made


def _is_row(kind: object) -> bool:
    """Say whether this is `tuple[X, ...]`."""
    return get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)


def _row_reader(kind: object, made: Converter) -> Callable[[object, object], tuple[object, ...]]:
    """Return a function that reads `tuple[X, ...]` from a list and from nothing else: a text is no list of letters."""
    item = get_args(kind)[0]
    read = made.get_structure_hook(item)

    def read_row(given: object, _kind: object) -> tuple[object, ...]:
        if type(given) is not list:
            raise BadType("list", "must be a list")
        return tuple([read(each, item) for each in given])

    return read_row
