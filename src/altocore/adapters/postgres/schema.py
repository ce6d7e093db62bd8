"""The tables, and the steps that lead from an empty schema to them.

What a plan may do is judged before; these constraints and triggers are the wall behind it, for whoever writes past the
one door, and the unique keys decide between two that were judged at the same time. Texts are compared by their bytes,
which is the order of code points: the order of the other stores.
"""

from collections.abc import Callable
from typing import Final

from psycopg import Cursor
from psycopg.rows import TupleRow

__all__ = ["STEPS"]

MIGRATION: Final = "CREATE TABLE migration (step bigint PRIMARY KEY)"

REFUSE: Final = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""

DOCUMENT: Final = """
CREATE TABLE document (
    kind text COLLATE "C" NOT NULL CHECK (kind IN (
        'client', 'plan_edition', 'terms_edition', 'service', 'service_event', 'invoice', 'standing', 'payment',
        'credit_adjustment', 'holding'
    )),
    id text COLLATE "C" NOT NULL,
    version bigint NOT NULL CHECK (version BETWEEN 1 AND 999999999999),
    client text COLLATE "C",
    service text COLLATE "C",
    plan text COLLATE "C",
    day text COLLATE "C" NOT NULL CHECK (day ~ '^([0-9]{4}-[0-9]{2}-[0-9]{2})?$'),
    shard bigint NOT NULL CHECK (shard BETWEEN 0 AND 255),
    agenda text COLLATE "C" CHECK (agenda ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    body text NOT NULL,
    owner text COLLATE "C" GENERATED ALWAYS AS (CASE WHEN client IS NULL THEN NULL ELSE 'client' END) STORED,
    PRIMARY KEY (kind, id),
    FOREIGN KEY (owner, client) REFERENCES document (kind, id),
    CHECK (version = 1 OR kind IN ('client', 'service', 'standing', 'holding')),
    CHECK ((client IS NULL) = (kind IN ('plan_edition', 'terms_edition'))),
    CHECK ((plan IS NULL) = (kind <> 'plan_edition')),
    CHECK (kind <> 'client' OR client = id)
)
"""
# Partial: editions have no owner, most documents no agenda, and an entry that nobody looks up costs as much to write.
DOCUMENT_CLIENT: Final = "CREATE INDEX document_client ON document (kind, client, day, id) WHERE client IS NOT NULL"
DOCUMENT_SERVICE: Final = "CREATE INDEX document_service ON document (kind, service) WHERE service IS NOT NULL"
DOCUMENT_PLAN: Final = "CREATE INDEX document_plan ON document (kind, plan) WHERE plan IS NOT NULL"
# It holds all that an entry says, so a scan reads no document.
DOCUMENT_AGENDA: Final = """
CREATE INDEX document_agenda ON document (kind, agenda, shard, id, client) WHERE agenda IS NOT NULL
"""
DOCUMENT_STAYS: Final = """
CREATE TRIGGER document_stays BEFORE DELETE OR TRUNCATE ON document
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a document is never deleted')
"""
DOCUMENT_LASTS: Final = """
CREATE TRIGGER document_lasts BEFORE UPDATE ON document
FOR EACH ROW WHEN (
    OLD.kind NOT IN ('client', 'service', 'standing', 'holding')
    OR NEW.kind <> OLD.kind OR NEW.id <> OLD.id OR NEW.version <= OLD.version
) EXECUTE FUNCTION refuse('a lasting document is never written again, and no version goes back')
"""

CLAIM: Final = """
CREATE TABLE claim (
    space text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    PRIMARY KEY (space, key)
)
"""
CLAIM_LASTS: Final = """
CREATE TRIGGER claim_lasts BEFORE UPDATE ON claim
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a claim is never written again')
"""
CLAIM_STAYS: Final = """
CREATE TRIGGER claim_stays BEFORE DELETE OR TRUNCATE ON claim
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a claim is never deleted')
"""

POSTING: Final = """
CREATE TABLE posting (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    movement text COLLATE "C" NOT NULL,
    client text COLLATE "C" NOT NULL,
    document text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    minor bigint NOT NULL CHECK (minor > 0 AND minor <= 999999999999999999),
    currency text COLLATE "C" NOT NULL,
    debit text COLLATE "C" NOT NULL,
    credit text COLLATE "C" NOT NULL,
    owner text COLLATE "C" GENERATED ALWAYS AS ('client') STORED,
    FOREIGN KEY (owner, client) REFERENCES document (kind, id),
    CHECK (debit <> credit)
)
"""
POSTING_CLIENT: Final = "CREATE INDEX posting_client ON posting (client, seq)"
POSTING_LASTS: Final = """
CREATE TRIGGER posting_lasts BEFORE UPDATE ON posting
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a posting is never written again')
"""
POSTING_STAYS: Final = """
CREATE TRIGGER posting_stays BEFORE DELETE OR TRUNCATE ON posting
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a posting is never deleted')
"""

CREDIT: Final = """
CREATE TABLE credit (
    client text COLLATE "C" NOT NULL PRIMARY KEY,
    currency text COLLATE "C" NOT NULL,
    minor bigint NOT NULL CHECK (minor >= 0 AND minor <= 999999999999999999),
    owner text COLLATE "C" GENERATED ALWAYS AS ('client') STORED,
    FOREIGN KEY (owner, client) REFERENCES document (kind, id)
)
"""

MESSAGE: Final = """
CREATE TABLE message (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    kind text COLLATE "C" NOT NULL,
    client text COLLATE "C" NOT NULL,
    about text COLLATE "C" NOT NULL,
    cause text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    owner text COLLATE "C" GENERATED ALWAYS AS ('client') STORED,
    FOREIGN KEY (owner, client) REFERENCES document (kind, id)
)
"""
MESSAGE_CLIENT: Final = "CREATE INDEX message_client ON message (client, seq)"
MESSAGE_STAYS: Final = """
CREATE TRIGGER message_stays BEFORE DELETE OR TRUNCATE ON message
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a message is never deleted')
"""

SERIES: Final = """
CREATE TABLE series (
    series text COLLATE "C" NOT NULL PRIMARY KEY,
    next bigint NOT NULL CHECK (next BETWEEN 1 AND 999999999999)
)
"""
SERIES_GOES_ON: Final = """
CREATE TRIGGER series_goes_on BEFORE UPDATE ON series
FOR EACH ROW WHEN (NEW.next < OLD.next) EXECUTE FUNCTION refuse('a series never goes back')
"""
SERIES_STAYS: Final = """
CREATE TRIGGER series_stays BEFORE DELETE OR TRUNCATE ON series
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a series is never deleted')
"""

NUMBER: Final = """
CREATE TABLE number (
    series text COLLATE "C" NOT NULL,
    n bigint NOT NULL CHECK (n BETWEEN 1 AND 999999999999),
    invoice text COLLATE "C" NOT NULL UNIQUE,
    kind text COLLATE "C" GENERATED ALWAYS AS ('invoice') STORED,
    PRIMARY KEY (series, n),
    FOREIGN KEY (kind, invoice) REFERENCES document (kind, id)
)
"""
NUMBER_LASTS: Final = """
CREATE TRIGGER number_lasts BEFORE UPDATE ON number
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a number is never written again')
"""
NUMBER_STAYS: Final = """
CREATE TRIGGER number_stays BEFORE DELETE OR TRUNCATE ON number
FOR EACH STATEMENT EXECUTE FUNCTION refuse('a number is never deleted')
"""

LOG: Final = """
CREATE TABLE log (
    client text COLLATE "C" NOT NULL,
    n bigint NOT NULL CHECK (n BETWEEN 1 AND 999999999999),
    body text NOT NULL,
    chain text COLLATE "C" NOT NULL,
    PRIMARY KEY (client, n)
)
"""
LOG_LASTS: Final = """
CREATE TRIGGER log_lasts BEFORE UPDATE ON log
FOR EACH STATEMENT EXECUTE FUNCTION refuse('an entry of the audit log is never written again')
"""
LOG_STAYS: Final = """
CREATE TRIGGER log_stays BEFORE DELETE OR TRUNCATE ON log
FOR EACH STATEMENT EXECUTE FUNCTION refuse('an entry of the audit log is never deleted')
"""

LEASE: Final = """
CREATE TABLE lease (
    name text COLLATE "C" NOT NULL PRIMARY KEY,
    holder text COLLATE "C" NOT NULL,
    until bigint NOT NULL
)
"""


def _first(cursor: Cursor[TupleRow]) -> None:
    """Make the tables of the first version."""
    cursor.execute(MIGRATION)
    cursor.execute(REFUSE)
    cursor.execute(DOCUMENT)
    cursor.execute(DOCUMENT_CLIENT)
    cursor.execute(DOCUMENT_SERVICE)
    cursor.execute(DOCUMENT_PLAN)
    cursor.execute(DOCUMENT_AGENDA)
    cursor.execute(DOCUMENT_STAYS)
    cursor.execute(DOCUMENT_LASTS)
    cursor.execute(CLAIM)
    cursor.execute(CLAIM_LASTS)
    cursor.execute(CLAIM_STAYS)
    cursor.execute(POSTING)
    cursor.execute(POSTING_CLIENT)
    cursor.execute(POSTING_LASTS)
    cursor.execute(POSTING_STAYS)
    cursor.execute(CREDIT)
    cursor.execute(MESSAGE)
    cursor.execute(MESSAGE_CLIENT)
    cursor.execute(MESSAGE_STAYS)
    cursor.execute(SERIES)
    cursor.execute(SERIES_GOES_ON)
    cursor.execute(SERIES_STAYS)
    cursor.execute(NUMBER)
    cursor.execute(NUMBER_LASTS)
    cursor.execute(NUMBER_STAYS)
    cursor.execute(LOG)
    cursor.execute(LOG_LASTS)
    cursor.execute(LOG_STAYS)
    cursor.execute(LEASE)


STEPS: Final[tuple[Callable[[Cursor[TupleRow]], None], ...]] = (_first,)
"""Every step, in order. A step that has been released is never edited: the next one follows it."""
