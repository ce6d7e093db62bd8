"""`altocore schema`: the migrations of a database, printed."""

from enum import StrEnum, unique
from typing import final

from altocore.adapters.sqlite.migrations import migration_sql as of_sqlite
from altocore.errors import BadValue

__all__ = ["Database", "migration_sql"]


@final
@unique
class Database(StrEnum):
    """The databases that there is a schema for."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


def migration_sql(database: Database, reached: int) -> str:
    """Return the SQL that leads from the step that is reached to the newest form.

    Raises:
        BadValue: there is no such step, or the extra `postgres` is not installed.
    """
    if database is Database.SQLITE:
        return of_sqlite(reached)
    try:
        # An extra: the command line works without it.
        from altocore.adapters.postgres.migrating import migration_sql as of_postgres  # noqa: PLC0415
    except ImportError:
        raise BadValue("database", "install altocore[postgres] to know its schema") from None
    return of_postgres(reached)
