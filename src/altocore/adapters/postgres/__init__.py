"""The store in PostgreSQL, 13 or newer: several machines at a time. It comes with the extra `postgres`.

Owns the tables, and what the database itself refuses. Every statement is a constant whose tables have no schema: which one
they stand in is the transaction's own search path, bound like everything else that is given.
"""

from altocore.adapters.postgres.store import PostgresStore

__all__ = ["PostgresStore"]
