"""An option is one of its members; the text that stands for it on the wire is not."""

from collections.abc import Callable
from typing import Any

import pytest

from altocore.errors import BadType
from tests import cast

PARTS: list[tuple[str, Callable[..., Any]]] = [
    ("shared_hosting_cycles", cast.order_terms),
    ("first_period_start", cast.invoicing_terms),
    ("deadline", cast.cancellation_terms),
    ("debt", cast.cancellation_terms),
    ("rounding", cast.tax_terms),
]


@pytest.mark.parametrize(("field", "make"), PARTS)
def test_a_wire_text_is_no_option(field: str, make: Callable[..., Any]) -> None:
    """CAN-4, CAT-3, REN-8, PAY-13: `any_time` as a text would silently be read as the other reading."""
    with pytest.raises(BadType, match=field):
        make(**{field: "any_time"})
