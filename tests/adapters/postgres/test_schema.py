"""What the database refuses by itself, whoever asks."""

from typing import LiteralString

import psycopg
import pytest

from altocore.adapters.postgres import PostgresStore
from altocore.adapters.postgres.schema import DOCUMENT, DOCUMENT_LASTS
from altocore.values.instants import later
from tests import cast
from tests.adapters.pages import ORDERS, RENEWALS
from tests.adapters.schema_kinds import EVERY, NOBODYS, REWRITTEN, kinds_in

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(store: PostgresStore, other: psycopg.Connection) -> psycopg.Connection:
    """Return a connection of somebody who goes past the one door, to a store with something in every table."""
    store.commit((*ORDERS, *RENEWALS))
    store.lease("day", "a", cast.NOON, later(cast.NOON, 60))
    return other


@pytest.mark.parametrize("table", ["document", "claim", "posting", "message", "number", "series", "log"])
def test_no_row_is_deleted(database: psycopg.Connection, table: str) -> None:
    """Neither one by one nor all at once, with what rests on them or without."""
    for statement in ("DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with pytest.raises(psycopg.IntegrityError, match="never deleted"):
            database.execute(psycopg.sql.SQL(statement).format(psycopg.sql.Identifier(table)))


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE document SET version = version + 1 WHERE kind = 'invoice'", "never written again"),
        ("UPDATE document SET body = '{}' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 1 WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 9, id = 'x' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE document SET version = 9, kind = 'client' WHERE kind = 'service'", "no version goes back"),
        ("UPDATE claim SET digest = 'x'", "never written again"),
        ("UPDATE posting SET minor = minor + 1", "never written again"),
        ("UPDATE number SET n = n + 100", "never written again"),
        ("UPDATE series SET next = next - 1", "never goes back"),
        ("UPDATE log SET body = '{}'", "never written again"),
        ("UPDATE log SET chain = 'x'", "never written again"),
        (
            "INSERT INTO document SELECT kind, id, 1, client, service, plan, day, shard, NULL, '' FROM document",
            "document_pkey",
        ),
        ("INSERT INTO claim SELECT space, key, 'other' FROM claim", "claim_pkey"),
        ("INSERT INTO number SELECT series, n + 100, invoice FROM number", "number_invoice_key"),
        ("INSERT INTO number SELECT series, n, invoice || 'x' FROM number", "number_pkey"),
        (
            "INSERT INTO message OVERRIDING SYSTEM VALUE SELECT seq + 99, id, '', client, '', '', '', '' FROM message",
            "message_id_key",
        ),
        ("INSERT INTO log SELECT client, n, 'other', 'other' FROM log", "log_pkey"),
        ("INSERT INTO lease SELECT name, 'b', until FROM lease", "lease_pkey"),
    ],
)
def test_the_database_refuses(database: psycopg.Connection, statement: LiteralString, refusal: str) -> None:
    """Constraints and triggers stand behind the guard: rows are only added, versions only rise."""
    with pytest.raises(psycopg.IntegrityError, match=refusal):
        database.execute(statement)


NEW = """
INSERT INTO document (kind, id, version, client, day, shard, body)
VALUES (%(kind)s, 'x', %(version)s, %(client)s, %(day)s, %(shard)s, '')
"""
SERVICE: dict[str, str | int | None] = {"kind": "service", "version": 1, "client": "cli_ana", "day": "", "shard": 0}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"kind": "gift"}, "document_kind_check"),
        ({"version": 0}, "document_version_check"),
        ({"version": 10**12}, "document_version_check"),
        ({"kind": "invoice", "version": 2}, "document_check"),
        ({"client": None}, "document_check"),
        ({"kind": "terms_edition"}, "document_check"),
        ({"day": "soon"}, "document_day_check"),
        ({"day": "2025-1-1"}, "document_day_check"),
        ({"shard": -1}, "document_shard_check"),
        ({"shard": 256}, "document_shard_check"),
    ],
    ids=str,
)
def test_a_document_has_bounds(database: psycopg.Connection, change: dict[str, str | int | None], refusal: str) -> None:
    """No kind, version, day and shard but those that there may be; an owner for each kind that has one, and for no other."""
    with pytest.raises(psycopg.errors.CheckViolation, match=refusal):
        database.execute(NEW, SERVICE | change)


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE document SET version = 9, agenda = '2025-1-1' WHERE kind = 'service'", "document_agenda_check"),
        ("UPDATE document SET version = 1000000000000 WHERE kind = 'service'", "document_version_check"),
        ("UPDATE document SET version = 9, shard = 256 WHERE kind = 'service'", "document_shard_check"),
        ("UPDATE credit SET minor = minor - 99999", "credit_minor_check"),
        ("UPDATE credit SET minor = 1000000000000000000", "credit_minor_check"),
        ("UPDATE series SET next = 1000000000000", "series_next_check"),
        ("INSERT INTO series (series, next) VALUES ('B', 0)", "series_next_check"),
        ("INSERT INTO number SELECT 'B', 0, id FROM document WHERE kind = 'invoice'", "number_n_check"),
        ("INSERT INTO number SELECT 'B', 1000000000000, id FROM document WHERE kind = 'invoice'", "number_n_check"),
        ("INSERT INTO log (client, n, body, chain) VALUES ('cli_ana', 0, '', '')", "log_n_check"),
        ("INSERT INTO log (client, n, body, chain) VALUES ('cli_ana', 1000000000000, '', '')", "log_n_check"),
    ],
)
def test_columns_have_bounds(database: psycopg.Connection, statement: LiteralString, refusal: str) -> None:
    """No day, version, shard, number or credit but those that there may be."""
    with pytest.raises(psycopg.errors.CheckViolation, match=refusal):
        database.execute(statement)


@pytest.mark.parametrize("kind", sorted(EVERY - NOBODYS - {"client"}))
def test_a_document_belongs_to_somebody_who_is_stored(database: psycopg.Connection, kind: str) -> None:
    """The foreign key of a document's owner."""
    # A service has an id too, and is nobody.
    for stranger in ("cli_b", "s0"):
        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="document_owner_client_fkey"):
            database.execute(NEW, SERVICE | {"kind": kind, "client": stranger})
    assert database.execute(NEW, SERVICE | {"kind": kind, "client": "cli_ana"}).rowcount == 1


def test_a_client_is_its_own(database: psycopg.Connection) -> None:
    """Nobody owns a client but itself, not even another one that is stored."""
    for other in ("cli_ana", "s0"):
        with pytest.raises(psycopg.errors.CheckViolation):
            database.execute(NEW, SERVICE | {"kind": "client", "client": other})
    assert database.execute(NEW, SERVICE | {"kind": "client", "client": "x"}).rowcount == 1


POSTING_OF_NOBODY = """
INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit)
SELECT movement, 'b', document, day, minor, currency, debit, credit FROM posting
"""
MESSAGE_TO_NOBODY = """
INSERT INTO message (id, kind, client, about, cause, day, state)
SELECT id || 'x', kind, 'b', about, cause, day, state FROM message
"""


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE document SET version = 9, client = 'cli_b' WHERE kind = 'service'", "document_owner_client_fkey"),
        (POSTING_OF_NOBODY, "posting_owner_client_fkey"),
        ("INSERT INTO credit (client, currency, minor) VALUES ('b', 'USD', 1)", "credit_owner_client_fkey"),
        (MESSAGE_TO_NOBODY, "message_owner_client_fkey"),
        ("INSERT INTO number (series, n, invoice) VALUES ('A', 99, 'absent')", "number_kind_invoice_fkey"),
        ("INSERT INTO number (series, n, invoice) VALUES ('A', 99, 's0')", "number_kind_invoice_fkey"),
    ],
)
def test_a_row_belongs_to_something_that_is_stored(
    database: psycopg.Connection, statement: LiteralString, refusal: str
) -> None:
    """The foreign keys of postings, credit and messages to their client, and of a number to its invoice."""
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match=refusal):
        database.execute(statement)


@pytest.mark.parametrize("minor", [0, -1, 10**18])
def test_a_posting_is_a_whole_amount_above_zero(database: psycopg.Connection, minor: int) -> None:
    """No posting of nothing, of less, or of more than eighteen digits."""
    with pytest.raises(psycopg.IntegrityError, match="posting_minor_check"):
        database.execute(
            "INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit)"
            " VALUES ('net_invoiced', 'cli_ana', 'd', '2025-01-01', %s, 'USD', 'receivable', 'sales')",
            (minor,),
        )


def test_a_posting_has_two_sides(database: psycopg.Connection) -> None:
    """What is taken from an account goes to another one."""
    with pytest.raises(psycopg.errors.CheckViolation, match="posting_check"):
        database.execute(
            "INSERT INTO posting (movement, client, document, day, minor, currency, debit, credit)"
            " VALUES ('net_invoiced', 'cli_ana', 'd', '2025-01-01', 1, 'USD', 'sales', 'sales')"
        )


def test_the_kinds_of_the_schema_are_the_kinds_of_documents() -> None:
    """The tables name every kind, those that may be written again, and those that belong to nobody."""
    assert kinds_in(DOCUMENT, 'kind text COLLATE "C" NOT NULL CHECK (kind IN') == EVERY
    assert kinds_in(DOCUMENT, "version = 1 OR kind IN") == REWRITTEN
    assert kinds_in(DOCUMENT, "(client IS NULL) = (kind IN") == NOBODYS
    assert kinds_in(DOCUMENT_LASTS, "OLD.kind NOT IN") == REWRITTEN
