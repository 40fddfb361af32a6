-- What a vault is made of before any report is in it.

CREATE TABLE migration (
    number     INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;

-- Identity and nature, compared with the header at each opening.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The audit log. What is hashed is made of these columns and the salted digest of the
-- payload; the payload itself lies apart.
CREATE TABLE audit_entry (
    sequence         INTEGER PRIMARY KEY,
    at_us            INTEGER NOT NULL,  -- microseconds since 1970, UTC
    session          TEXT NOT NULL,     -- one opening of the vault
    elapsed_us       INTEGER NOT NULL,  -- since that opening, on a clock nobody can set
    actor            TEXT NOT NULL,
    action           TEXT NOT NULL,
    verb             TEXT NOT NULL,
    object_kind      TEXT NOT NULL,
    object_reference TEXT NOT NULL,
    reason           TEXT,
    recipient        TEXT,
    payload_digest   BLOB,              -- SHA-256(salt | payload), NULL without one
    leaf             BLOB NOT NULL
) STRICT;

CREATE TABLE audit_payload (
    sequence INTEGER PRIMARY KEY REFERENCES audit_entry (sequence),
    salt     BLOB NOT NULL,
    payload  BLOB NOT NULL
) STRICT;

CREATE TABLE audit_head (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    size     INTEGER NOT NULL,
    peaks    BLOB NOT NULL,
    root     BLOB NOT NULL
) STRICT;

-- The head of an empty tree is SHA-256 of nothing (RFC 6962, 2.1).
INSERT INTO audit_head (only_one, size, peaks, root)
VALUES (1, 0, x'', x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

-- Triggers on insertion as well: INSERT OR REPLACE deletes without asking those on deletion.
CREATE TRIGGER audit_entry_is_never_replaced BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE sequence = NEW.sequence)
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_payload_is_never_replaced BEFORE INSERT ON audit_payload
WHEN EXISTS (SELECT 1 FROM audit_payload WHERE sequence = NEW.sequence)
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_head_is_never_replaced BEFORE INSERT ON audit_head
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_entry_is_never_updated BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_entry_is_never_deleted BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_payload_is_never_updated BEFORE UPDATE ON audit_payload
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_payload_is_never_deleted BEFORE DELETE ON audit_payload
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_head_is_never_deleted BEFORE DELETE ON audit_head
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_head_never_shrinks BEFORE UPDATE ON audit_head
WHEN NEW.size < OLD.size
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

-- Sealed files. A row is there, durably, before the first byte of its file is written;
-- the key dies with the row.
CREATE TABLE blob (
    blob_id  TEXT PRIMARY KEY,
    key      BLOB NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('staged', 'held')),
    media_id INTEGER NOT NULL,          -- whose intake made it
    size     INTEGER,                   -- of the plaintext, once held
    sha256   TEXT                       -- of the plaintext, once held
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX blob_staged_by_media ON blob (media_id) WHERE state = 'staged';
CREATE INDEX blob_held_by_sha256 ON blob (sha256) WHERE state = 'held';

-- Foreign bytes that were refused, kept for diagnosis.
CREATE TABLE quarantine (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    at_us   INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    cause   TEXT NOT NULL,
    size    INTEGER NOT NULL,
    sha256  TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;
