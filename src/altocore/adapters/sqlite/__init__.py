"""The default store: one SQLite file, SQLite 3.37 or newer, several processes at a time.

Owns the tables, and what the database itself refuses. Every statement is a constant; what is given is bound.
"""

from altocore.adapters.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
