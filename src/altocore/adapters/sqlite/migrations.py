"""The migrations of an SQLite file as text."""

from altocore.adapters.migrations import script
from altocore.adapters.sqlite.schema import STEPS

__all__ = ["migration_sql"]


def migration_sql(reached: int) -> str:
    """Return the SQL that leads from the step that is reached to the newest form; 0 is an empty file.

    Raises:
        BadValue: there is no such step.
    """
    return script(STEPS, reached, "INSERT INTO migration (step) VALUES")
