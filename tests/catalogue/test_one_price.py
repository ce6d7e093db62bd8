"""An item has one price for a cycle in a currency, or none."""

import pytest

from altocore.catalogue.plans import PlanItem, Price
from altocore.errors import BadValue
from altocore.values.anchors import Cadence
from altocore.values.money import money


def test_two_prices_for_one_cycle_are_refused() -> None:
    """CAT-2: which of the two would be charged, nobody could say."""
    prices = tuple([Price(cycle=Cadence.MONTHLY, amount=money(each, "USD")) for each in ("1.00", "2.00")])
    with pytest.raises(BadValue, match="prices"):
        PlanItem(name="twice", prices=prices)
