"""altocore answers the commercial questions of a hosting and streaming provider exactly, and says why.

This is the front door: the names of a first day's work. The modules are the rest of the interface: `altocore.values`,
`altocore.policy` for the judgements, `altocore.workflows` for the deeds, `altocore.adapters` for stores, `altocore.text`
for words. Nothing is loaded before it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from altocore.errors import AltocoreError, Misuse
    from altocore.values.anchors import Cadence
    from altocore.values.currencies import currency
    from altocore.values.days import day
    from altocore.values.money import Money, money
    from altocore.values.periods import Period
    from altocore.values.provider import Provider
    from altocore.workflows.auditing import audit
    from altocore.workflows.day import bill_day
    from altocore.workflows.ordering import order
    from altocore.workflows.paying import pay

__all__ = [
    "AltocoreError",
    "Cadence",
    "Misuse",
    "Money",
    "Period",
    "Provider",
    "audit",
    "bill_day",
    "currency",
    "day",
    "money",
    "order",
    "pay",
]

_HOMES: Final = {
    "AltocoreError": "altocore.errors",
    "Cadence": "altocore.values.anchors",
    "Misuse": "altocore.errors",
    "Money": "altocore.values.money",
    "Period": "altocore.values.periods",
    "Provider": "altocore.values.provider",
    "audit": "altocore.workflows.auditing",
    "bill_day": "altocore.workflows.day",
    "currency": "altocore.values.currencies",
    "day": "altocore.values.days",
    "money": "altocore.values.money",
    "order": "altocore.workflows.ordering",
    "pay": "altocore.workflows.paying",
}


def __getattr__(name: str) -> object:
    """Load a name of the front door when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found: object = getattr(import_module(home), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the names of the front door."""
    return sorted(__all__)
