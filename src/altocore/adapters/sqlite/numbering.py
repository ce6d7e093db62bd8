"""Numbers: taken as one block for each series, in the last statements of a commit, so no gap is ever seen."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from altocore.adapters.sets import NumberRow, asked_numbers, given_numbers
from altocore.plans.plan import Plan
from altocore.values.ids import InvoiceId

__all__ = ["give_numbers"]

INSERT_SERIES: Final = "INSERT INTO series (series, next) VALUES (?, 1) ON CONFLICT (series) DO NOTHING"
TAKE_BLOCK: Final = "UPDATE series SET next = next + ? WHERE series = ? RETURNING next"
INSERT_NUMBER: Final = "INSERT INTO number (series, n, invoice) VALUES (?, ?, ?)"


def give_numbers(
    connection: sqlite3.Connection, plans: Sequence[Plan[object]]
) -> list[tuple[tuple[InvoiceId, int], ...]]:
    """Return for each plan the numbers that it asked for, given in the order of the plans, and write them."""
    rows = [row for series, invoices in asked_numbers(plans) for row in _block(connection, series, invoices)]
    connection.executemany(INSERT_NUMBER, rows)
    return given_numbers(plans, rows)


def _block(connection: sqlite3.Connection, series: str, invoices: Sequence[InvoiceId]) -> list[NumberRow]:
    connection.execute(INSERT_SERIES, (series,))
    ((behind,),) = connection.execute(TAKE_BLOCK, (len(invoices), series)).fetchall()
    first = behind - len(invoices)
    return [(series, number, invoice) for number, invoice in enumerate(invoices, first)]
