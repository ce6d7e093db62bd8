"""Migration: a schema brought to its newest form under an advisory lock, forward only."""

import re
from typing import Final

from psycopg import Cursor
from psycopg.rows import TupleRow

from altocore.adapters.migrations import script
from altocore.adapters.postgres.schema import STEPS
from altocore.adapters.postgres.sessions import Sessions
from altocore.errors import BadValue

__all__ = ["check_name", "migrate", "migration_sql", "must_be_current"]

NAME: Final = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")

LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('altocore ' || %s, 0))"
ENCODING: Final = "SELECT current_setting('server_encoding')"
SCHEMA: Final = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = %s"
# The name reaches the statement as a setting and is quoted by the server: no statement is put together here.
NAME_SCHEMA: Final = "SELECT set_config('altocore.schema', %s, true)"
CREATE_SCHEMA: Final = """
DO $$ BEGIN EXECUTE format('CREATE SCHEMA %I', current_setting('altocore.schema')); END $$
"""
MIGRATED: Final = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = %s AND tablename = 'migration'"
REACHED: Final = "SELECT coalesce(max(step), 0) FROM migration"
REACH: Final = "INSERT INTO migration (step) VALUES (%s)"


def check_name(schema: str) -> str:
    """Return the name of a schema.

    Raises:
        BadValue: it is none that we use.
    """
    if NAME.fullmatch(schema) is None:
        raise BadValue(
            "schema", "is no name of small letters, digits and underscores, or begins as the server's own do"
        )
    return schema


def migrate(sessions: Sessions, schema: str) -> None:
    """Bring the tables of this schema to their newest form; an absent schema is made.

    Raises:
        BadValue: a newer altocore wrote it, or the database does not keep texts as UTF-8.
    """
    with sessions.reading() as cursor:
        if _step_reached(cursor, schema) == len(STEPS):
            return
    with sessions.writing() as cursor:
        if cursor.execute(ENCODING).fetchone() != ("UTF8",):
            raise BadValue("database", "its encoding is not UTF8")
        cursor.execute(LOCK, (schema,))
        # Asked again under the lock: another process may have been faster.
        reached = _step_reached(cursor, schema)
        if reached > len(STEPS):
            raise BadValue("schema", "a newer altocore wrote it")
        if cursor.execute(SCHEMA, (schema,)).fetchone() is None:
            cursor.execute(NAME_SCHEMA, (schema,))
            cursor.execute(CREATE_SCHEMA)
        for number, step in enumerate(STEPS[reached:], reached + 1):
            step(cursor)
            cursor.execute(REACH, (number,))


def must_be_current(sessions: Sessions, schema: str) -> None:
    """Refuse a schema whose tables are not in their newest form.

    Raises:
        BadValue: a newer or an older altocore wrote it, or none.
    """
    with sessions.reading() as cursor:
        if _step_reached(cursor, schema) != len(STEPS):
            raise BadValue("schema", "its tables are not those of this altocore: open it once by itself")


def migration_sql(reached: int) -> str:
    """Return the SQL that leads from the step that is reached to the newest form; 0 is an empty schema.

    It names no schema: run it with that schema alone in the search path.

    Raises:
        BadValue: there is no such step.
    """
    return script(STEPS, reached, "INSERT INTO migration (step) VALUES")


def _step_reached(cursor: Cursor[TupleRow], schema: str) -> int:
    if cursor.execute(MIGRATED, (schema,)).fetchone() is None:
        return 0
    row = cursor.execute(REACHED).fetchone()
    return 0 if row is None else int(row[0])
