"""The tables, and the steps that lead from an empty file to them.

What a plan may do is judged before; these constraints and triggers are the wall behind it, for whoever writes past the
one door. All kinds of documents share one table: their columns are the same, and so one statement reads or writes a page
of whatever kinds.
"""

import sqlite3
from collections.abc import Callable
from typing import Final

__all__ = ["STEPS"]

MIGRATION: Final = "CREATE TABLE migration (step INTEGER PRIMARY KEY) STRICT"

DOCUMENT: Final = """
CREATE TABLE document (
    kind TEXT NOT NULL CHECK (kind IN (
        'client', 'plan_edition', 'terms_edition', 'service', 'service_event', 'invoice', 'standing', 'payment',
        'credit_adjustment', 'holding'
    )),
    id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 999999999999),
    client TEXT,
    service TEXT,
    plan TEXT,
    day TEXT NOT NULL CHECK (day = '' OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    shard INTEGER NOT NULL CHECK (shard BETWEEN 0 AND 255),
    agenda TEXT CHECK (agenda GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    body TEXT NOT NULL,
    owner TEXT AS (CASE WHEN client IS NULL THEN NULL ELSE 'client' END) VIRTUAL,
    PRIMARY KEY (kind, id),
    FOREIGN KEY (owner, client) REFERENCES document (kind, id),
    CHECK (version = 1 OR kind IN ('client', 'service', 'standing', 'holding')),
    CHECK ((client IS NULL) = (kind IN ('plan_edition', 'terms_edition'))),
    CHECK ((plan IS NULL) = (kind <> 'plan_edition')),
    CHECK (kind <> 'client' OR client = id)
) STRICT
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
CREATE TRIGGER document_stays BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'a document is never deleted'); END
"""
DOCUMENT_LASTS: Final = """
CREATE TRIGGER document_lasts BEFORE UPDATE ON document
WHEN OLD.kind NOT IN ('client', 'service', 'standing', 'holding')
    OR NEW.kind <> OLD.kind OR NEW.id <> OLD.id OR NEW.version <= OLD.version
BEGIN SELECT RAISE(ABORT, 'a lasting document is never written again, and no version goes back'); END
"""
# REPLACE deletes without asking the trigger above, so an insert asks first. Likewise below.
DOCUMENT_IS_NEW: Final = """
CREATE TRIGGER document_is_new BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE kind = NEW.kind AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'UNIQUE: a document is never replaced'); END
"""

CLAIM: Final = """
CREATE TABLE claim (
    space TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID
"""
CLAIM_LASTS: Final = """
CREATE TRIGGER claim_lasts BEFORE UPDATE ON claim
BEGIN SELECT RAISE(ABORT, 'a claim is never written again'); END
"""
CLAIM_STAYS: Final = """
CREATE TRIGGER claim_stays BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'a claim is never deleted'); END
"""
CLAIM_IS_NEW: Final = """
CREATE TRIGGER claim_is_new BEFORE INSERT ON claim
WHEN EXISTS (SELECT 1 FROM claim WHERE space = NEW.space AND key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'UNIQUE: a claim is never replaced'); END
"""

POSTING: Final = """
CREATE TABLE posting (
    seq INTEGER PRIMARY KEY,
    movement TEXT NOT NULL,
    client TEXT NOT NULL,
    document TEXT NOT NULL,
    day TEXT NOT NULL,
    minor INTEGER NOT NULL CHECK (minor > 0 AND minor <= 999999999999999999),
    currency TEXT NOT NULL,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    owner TEXT AS ('client') VIRTUAL,
    FOREIGN KEY (owner, client) REFERENCES document (kind, id),
    CHECK (debit <> credit)
) STRICT
"""
POSTING_CLIENT: Final = "CREATE INDEX posting_client ON posting (client)"
POSTING_LASTS: Final = """
CREATE TRIGGER posting_lasts BEFORE UPDATE ON posting
BEGIN SELECT RAISE(ABORT, 'a posting is never written again'); END
"""
POSTING_STAYS: Final = """
CREATE TRIGGER posting_stays BEFORE DELETE ON posting
BEGIN SELECT RAISE(ABORT, 'a posting is never deleted'); END
"""
POSTING_IS_NEW: Final = """
CREATE TRIGGER posting_is_new BEFORE INSERT ON posting WHEN EXISTS (SELECT 1 FROM posting WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'UNIQUE: a posting is never replaced'); END
"""

CREDIT: Final = """
CREATE TABLE credit (
    client TEXT NOT NULL PRIMARY KEY,
    currency TEXT NOT NULL,
    minor INTEGER NOT NULL CHECK (minor >= 0 AND minor <= 999999999999999999),
    owner TEXT AS ('client') VIRTUAL,
    FOREIGN KEY (owner, client) REFERENCES document (kind, id)
) STRICT, WITHOUT ROWID
"""

MESSAGE: Final = """
CREATE TABLE message (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    client TEXT NOT NULL,
    about TEXT NOT NULL,
    cause TEXT NOT NULL,
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT AS ('client') VIRTUAL,
    FOREIGN KEY (owner, client) REFERENCES document (kind, id)
) STRICT
"""
MESSAGE_CLIENT: Final = "CREATE INDEX message_client ON message (client)"
MESSAGE_STAYS: Final = """
CREATE TRIGGER message_stays BEFORE DELETE ON message
BEGIN SELECT RAISE(ABORT, 'a message is never deleted'); END
"""

SERIES: Final = """
CREATE TABLE series (
    series TEXT NOT NULL PRIMARY KEY,
    next INTEGER NOT NULL CHECK (next BETWEEN 1 AND 999999999999)
) STRICT, WITHOUT ROWID
"""
SERIES_GOES_ON: Final = """
CREATE TRIGGER series_goes_on BEFORE UPDATE ON series WHEN NEW.next < OLD.next
BEGIN SELECT RAISE(ABORT, 'a series never goes back'); END
"""
SERIES_STAYS: Final = """
CREATE TRIGGER series_stays BEFORE DELETE ON series
BEGIN SELECT RAISE(ABORT, 'a series is never deleted'); END
"""

NUMBER: Final = """
CREATE TABLE number (
    series TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n BETWEEN 1 AND 999999999999),
    invoice TEXT NOT NULL UNIQUE,
    kind TEXT AS ('invoice') VIRTUAL,
    PRIMARY KEY (series, n),
    FOREIGN KEY (kind, invoice) REFERENCES document (kind, id)
) STRICT, WITHOUT ROWID
"""
NUMBER_LASTS: Final = """
CREATE TRIGGER number_lasts BEFORE UPDATE ON number
BEGIN SELECT RAISE(ABORT, 'a number is never written again'); END
"""
NUMBER_STAYS: Final = """
CREATE TRIGGER number_stays BEFORE DELETE ON number
BEGIN SELECT RAISE(ABORT, 'a number is never deleted'); END
"""

LOG: Final = """
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    client TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n BETWEEN 1 AND 999999999999),
    body TEXT NOT NULL,
    chain TEXT NOT NULL,
    UNIQUE (client, n)
) STRICT
"""
LOG_LASTS: Final = """
CREATE TRIGGER log_lasts BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'an entry of the audit log is never written again'); END
"""
LOG_STAYS: Final = """
CREATE TRIGGER log_stays BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'an entry of the audit log is never deleted'); END
"""
LOG_IS_NEW: Final = """
CREATE TRIGGER log_is_new BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE seq = NEW.seq OR (client = NEW.client AND n = NEW.n))
BEGIN SELECT RAISE(ABORT, 'UNIQUE: an entry of the audit log is never replaced'); END
"""

LEASE: Final = """
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""


def _first(connection: sqlite3.Connection) -> None:
    """Make the tables of the first version."""
    connection.execute(MIGRATION)
    connection.execute(DOCUMENT)
    connection.execute(DOCUMENT_CLIENT)
    connection.execute(DOCUMENT_SERVICE)
    connection.execute(DOCUMENT_PLAN)
    connection.execute(DOCUMENT_AGENDA)
    connection.execute(DOCUMENT_STAYS)
    connection.execute(DOCUMENT_LASTS)
    connection.execute(DOCUMENT_IS_NEW)
    connection.execute(CLAIM)
    connection.execute(CLAIM_LASTS)
    connection.execute(CLAIM_STAYS)
    connection.execute(CLAIM_IS_NEW)
    connection.execute(POSTING)
    connection.execute(POSTING_CLIENT)
    connection.execute(POSTING_LASTS)
    connection.execute(POSTING_STAYS)
    connection.execute(POSTING_IS_NEW)
    connection.execute(CREDIT)
    connection.execute(MESSAGE)
    connection.execute(MESSAGE_CLIENT)
    connection.execute(MESSAGE_STAYS)
    connection.execute(SERIES)
    connection.execute(SERIES_GOES_ON)
    connection.execute(SERIES_STAYS)
    connection.execute(NUMBER)
    connection.execute(NUMBER_LASTS)
    connection.execute(NUMBER_STAYS)
    connection.execute(LOG)
    connection.execute(LOG_LASTS)
    connection.execute(LOG_STAYS)
    connection.execute(LOG_IS_NEW)
    connection.execute(LEASE)


STEPS: Final[tuple[Callable[[sqlite3.Connection], None], ...]] = (_first,)
"""Every step, in order. A step that has been released is never edited: the next one follows it."""
