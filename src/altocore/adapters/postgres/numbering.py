"""Numbers: taken as one block for each series, in the last statements of a commit, so no gap is ever seen.

The row of a series is what all workers want; taken last, it is held only while the numbers are written and committed.
"""

from collections.abc import Sequence
from typing import Final

from psycopg import Cursor
from psycopg.rows import TupleRow

from altocore.adapters.sets import NumberRow, asked_numbers, given_numbers
from altocore.plans.plan import Plan
from altocore.values.ids import InvoiceId

__all__ = ["give_numbers"]

INSERT_SERIES: Final = "INSERT INTO series (series, next) VALUES (%s, 1) ON CONFLICT (series) DO NOTHING"
TAKE_BLOCK: Final = "UPDATE series SET next = next + %s WHERE series = %s RETURNING next"
COPY_NUMBERS: Final = "COPY number (series, n, invoice) FROM STDIN (FORMAT BINARY)"
NUMBER_TYPES: Final = ("text", "int8", "text")


def give_numbers(cursor: Cursor[TupleRow], plans: Sequence[Plan[object]]) -> list[tuple[tuple[InvoiceId, int], ...]]:
    """Return for each plan the numbers that it asked for, given in the order of the plans, and write them."""
    rows = [row for series, invoices in asked_numbers(plans) for row in _block(cursor, series, invoices)]
    if rows:
        with cursor.copy(COPY_NUMBERS) as copy:
            copy.set_types(NUMBER_TYPES)
            for row in rows:
                copy.write_row(row)
    return given_numbers(plans, rows)


def _block(cursor: Cursor[TupleRow], series: str, invoices: Sequence[InvoiceId]) -> list[NumberRow]:
    taken = cursor.execute(TAKE_BLOCK, (len(invoices), series)).fetchone()
    if taken is None:
        cursor.execute(INSERT_SERIES, (series,))
        ((behind,),) = cursor.execute(TAKE_BLOCK, (len(invoices), series)).fetchall()
    else:
        (behind,) = taken
    first = int(behind) - len(invoices)
    return [(series, number, invoice) for number, invoice in enumerate(invoices, first)]
