-- Who keeps a vault and how it is kept: analysts, key slots, anchors of the log, holds and
-- erasures, drafts, backups.

-- `roles` are words of `domain.roles.Role`, sorted, with one space between them.
CREATE TABLE analyst (
    analyst_id TEXT PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    roles      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER
) STRICT, WITHOUT ROWID;

-- The header as it should be. It is written with the audit entry of the change; the files follow.
CREATE TABLE header_record (
    only       INTEGER PRIMARY KEY CHECK (only = 1),
    generation INTEGER NOT NULL,
    content    BLOB NOT NULL
) STRICT;

CREATE TRIGGER header_record_never_goes_back BEFORE UPDATE ON header_record
WHEN NEW.generation <= OLD.generation
BEGIN
    SELECT RAISE (ABORT, 'a header has one generation more at every change');
END;

-- When a slot last opened the vault, and when somebody last tried whether it would.
CREATE TABLE slot_use (
    slot      TEXT PRIMARY KEY,
    opened_at INTEGER,
    tested_at INTEGER
) STRICT, WITHOUT ROWID;

-- The log's own key (Ed25519, PKCS#8 in DER; the public half raw). `lineage` is 1 at birth and one
-- more each time the vault was restored from a backup or a roll-back was acknowledged.
CREATE TABLE log_identity (
    only        INTEGER PRIMARY KEY CHECK (only = 1),
    origin      TEXT NOT NULL,
    lineage     INTEGER NOT NULL,
    private_key BLOB NOT NULL,
    public_key  BLOB NOT NULL
) STRICT;

-- Heads of the log that somebody else knows too. `peaks` is the frontier at `size`, from which a
-- proof of consistency up to a later head needs only the leaves behind it.
CREATE TABLE anchor (
    number  INTEGER PRIMARY KEY,
    at_us   INTEGER NOT NULL,
    kind    TEXT NOT NULL,              -- portal, export, file, code, session
    holder  TEXT NOT NULL,              -- who keeps it: a portal's id, a file's name, '' for nobody
    lineage INTEGER NOT NULL,
    size    INTEGER NOT NULL,
    root    BLOB NOT NULL,
    peaks   BLOB NOT NULL,
    note    TEXT NOT NULL               -- the signed note, with the holder's signature if it gave one
) STRICT;
CREATE INDEX anchor_by_kind ON anchor (kind, size);

-- Personal payloads of entries that were erased; the leaf stays provable. `erased_by` is the entry
-- that says so.
CREATE TABLE payload_erasure (
    sequence  INTEGER PRIMARY KEY REFERENCES audit_entry (sequence),
    erased_by INTEGER NOT NULL REFERENCES audit_entry (sequence)
) STRICT;

CREATE TRIGGER payload_erasure_needs_its_entry BEFORE INSERT ON payload_erasure
WHEN NOT EXISTS (
    SELECT 1 FROM audit_entry
    WHERE sequence = NEW.erased_by AND action = 'erasure' AND sequence > NEW.sequence
)
BEGIN
    SELECT RAISE (ABORT, 'an erasure is on record before anything is erased');
END;

CREATE TRIGGER payload_erasure_is_never_replaced BEFORE INSERT ON payload_erasure
WHEN EXISTS (SELECT 1 FROM payload_erasure WHERE sequence = NEW.sequence)
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER payload_erasure_is_never_updated BEFORE UPDATE ON payload_erasure
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER payload_erasure_is_never_deleted BEFORE DELETE ON payload_erasure
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

DROP TRIGGER audit_payload_is_never_deleted;
CREATE TRIGGER audit_payload_is_deleted_on_record_only BEFORE DELETE ON audit_payload
WHEN NOT EXISTS (SELECT 1 FROM payload_erasure WHERE sequence = OLD.sequence)
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

DROP TRIGGER audit_payload_is_never_replaced;
CREATE TRIGGER audit_payload_is_never_replaced BEFORE INSERT ON audit_payload
WHEN EXISTS (SELECT 1 FROM audit_payload WHERE sequence = NEW.sequence)
  OR EXISTS (SELECT 1 FROM payload_erasure WHERE sequence = NEW.sequence)
BEGIN
    SELECT RAISE (ABORT, 'the audit log is append-only');
END;

-- Legal holds. One that was released stays on record.
CREATE TABLE hold (
    hold_id        TEXT PRIMARY KEY,
    kind           TEXT NOT NULL CHECK (kind IN ('report', 'media')),
    reference      INTEGER NOT NULL,
    reason         TEXT NOT NULL,
    placed_by      TEXT NOT NULL,
    placed_at      INTEGER NOT NULL,
    released_by    TEXT,
    released_at    INTEGER,
    release_reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_in_force ON hold (kind, reference) WHERE released_at IS NULL;

-- The media that a hold keeps, from the moment when they belonged to what is held: a correction
-- that takes a file out of a report does not take it out of the hold.
CREATE TABLE held_media (
    media_id INTEGER NOT NULL,
    hold_id  TEXT NOT NULL REFERENCES hold (hold_id),
    PRIMARY KEY (media_id, hold_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX held_media_by_hold ON held_media (hold_id);

-- What the portal had said of a held report before it said something else.
CREATE TABLE kept_version (
    number       INTEGER PRIMARY KEY,
    report_id    INTEGER NOT NULL,
    kept_at      INTEGER NOT NULL,
    document     BLOB NOT NULL,
    correction   TEXT,
    withdrawn_at INTEGER,
    withdrawal   TEXT
) STRICT;
CREATE INDEX kept_version_by_report ON kept_version (report_id);

-- Media that a report announced in an earlier revision and no longer does: they are erased with it.
CREATE TABLE former_media (
    report_id INTEGER NOT NULL,
    media_id  INTEGER NOT NULL,
    PRIMARY KEY (report_id, media_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_media_by_media ON former_media (media_id);

-- What is held: these triggers hold whoever calls. A hold is on record for ever; it ends once, by
-- its release, and nothing else of it changes.
CREATE TRIGGER hold_is_never_deleted BEFORE DELETE ON hold
BEGIN
    SELECT RAISE (ABORT, 'a hold is on record for ever');
END;

CREATE TRIGGER hold_is_never_replaced BEFORE INSERT ON hold
WHEN EXISTS (SELECT 1 FROM hold WHERE hold_id = NEW.hold_id) OR NEW.released_at IS NOT NULL
BEGIN
    SELECT RAISE (ABORT, 'a hold is on record for ever');
END;

CREATE TRIGGER hold_is_only_released BEFORE UPDATE ON hold
WHEN OLD.released_at IS NOT NULL OR NEW.released_at IS NULL OR NEW.released_by IS NULL
  OR NEW.release_reason IS NULL OR NEW.hold_id <> OLD.hold_id OR NEW.kind <> OLD.kind
  OR NEW.reference <> OLD.reference OR NEW.reason <> OLD.reason
  OR NEW.placed_by <> OLD.placed_by OR NEW.placed_at <> OLD.placed_at
BEGIN
    SELECT RAISE (ABORT, 'a hold is on record for ever');
END;

CREATE TRIGGER held_media_stay_held BEFORE DELETE ON held_media
WHEN EXISTS (SELECT 1 FROM hold WHERE hold_id = OLD.hold_id AND released_at IS NULL)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_media_stay_the_same BEFORE UPDATE ON held_media
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_document_is_not_deleted BEFORE DELETE ON report_document
WHEN EXISTS (
    SELECT 1 FROM hold
    WHERE kind = 'report' AND reference = OLD.report_id AND released_at IS NULL
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

-- A new version of a held report comes in only behind a copy of the one that stands. On insertion
-- too: INSERT OR REPLACE deletes without asking the triggers on deletion.
CREATE TRIGGER held_document_is_kept BEFORE INSERT ON report_document
WHEN EXISTS (
    SELECT 1 FROM hold
    WHERE kind = 'report' AND reference = NEW.report_id AND released_at IS NULL
) AND EXISTS (
    SELECT 1 FROM report_document AS d WHERE d.report_id = NEW.report_id AND NOT EXISTS (
        SELECT 1 FROM kept_version AS k WHERE k.report_id = d.report_id AND k.document = d.document
    )
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_document_is_not_altered BEFORE UPDATE ON report_document
WHEN EXISTS (
    SELECT 1 FROM hold
    WHERE kind = 'report' AND reference = OLD.report_id AND released_at IS NULL
) AND NOT EXISTS (
    SELECT 1 FROM kept_version AS k
    WHERE k.report_id = OLD.report_id AND k.document = OLD.document
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_version_is_not_deleted BEFORE DELETE ON kept_version
WHEN EXISTS (
    SELECT 1 FROM hold
    WHERE kind = 'report' AND reference = OLD.report_id AND released_at IS NULL
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_version_is_not_altered BEFORE UPDATE ON kept_version
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_version_is_not_replaced BEFORE INSERT ON kept_version
WHEN EXISTS (SELECT 1 FROM kept_version WHERE number = NEW.number)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_withdrawal_is_not_deleted BEFORE DELETE ON withdrawal
WHEN EXISTS (
    SELECT 1 FROM hold
    WHERE kind = 'report' AND reference = OLD.report_id AND released_at IS NULL
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_withdrawal_is_kept BEFORE UPDATE ON withdrawal
WHEN EXISTS (
    SELECT 1 FROM hold
    WHERE kind = 'report' AND reference = OLD.report_id AND released_at IS NULL
) AND NOT EXISTS (
    SELECT 1 FROM kept_version AS k
    WHERE k.report_id = OLD.report_id AND k.withdrawn_at = OLD.made_at
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_media_item_is_not_deleted BEFORE DELETE ON media_item
WHEN EXISTS (
    SELECT 1 FROM held_media AS m CROSS JOIN hold AS h ON h.hold_id = m.hold_id
    WHERE m.media_id = OLD.media_id AND h.released_at IS NULL
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_file_is_not_let_go BEFORE UPDATE OF blob_id, state ON media_item
WHEN OLD.state = 'held'
 -- The same content sealed anew, under another name and key, is the same file.
 AND (NEW.state <> 'held' OR NOT EXISTS (
    SELECT 1 FROM blob AS o CROSS JOIN blob AS n
    WHERE o.blob_id = OLD.blob_id AND n.blob_id = NEW.blob_id AND n.state = 'held'
      AND n.sha256 = o.sha256 AND n.size = o.size
 ))
 AND EXISTS (
    SELECT 1 FROM held_media AS m CROSS JOIN hold AS h ON h.hold_id = m.hold_id
    WHERE m.media_id = OLD.media_id AND h.released_at IS NULL
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE INDEX media_by_blob ON media_item (blob_id) WHERE blob_id IS NOT NULL;

CREATE TRIGGER held_key_is_not_deleted BEFORE DELETE ON blob
WHEN OLD.state = 'held' AND EXISTS (
    SELECT 1 FROM media_item AS i INDEXED BY media_by_blob
    CROSS JOIN held_media AS m ON m.media_id = i.media_id
    CROSS JOIN hold AS h ON h.hold_id = m.hold_id
    WHERE i.blob_id = OLD.blob_id AND h.released_at IS NULL
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_key_is_not_altered BEFORE UPDATE OF key, blob_id ON blob
WHEN OLD.state = 'held'
BEGIN
    SELECT RAISE (ABORT, 'the key of a sealed file never changes');
END;

CREATE TRIGGER held_operation_is_not_deleted BEFORE DELETE ON operation
WHEN EXISTS (
    SELECT 1 FROM hold
    WHERE kind = 'report' AND reference = OLD.report_id AND released_at IS NULL
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER held_operation_keeps_its_words BEFORE UPDATE OF feedback ON operation
WHEN NEW.feedback IS NOT OLD.feedback AND EXISTS (
    SELECT 1 FROM hold
    WHERE kind = 'report' AND reference = OLD.report_id AND released_at IS NULL
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

-- What was erased and why. The certificate is made when nothing of it is left in any file; until
-- then `finished_at` is NULL, and the next opening goes on.
CREATE TABLE erasure (
    erasure_id  TEXT PRIMARY KEY,
    at_us       INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    rule        TEXT NOT NULL,
    clause      TEXT,
    reason      TEXT NOT NULL,
    certificate BLOB,
    finished_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_unfinished ON erasure (erasure_id) WHERE finished_at IS NULL;

-- Statistics of what was erased, without personal fields; also keeps the portal's later words about
-- such an item from bringing it back.
CREATE TABLE erased_item (
    kind            TEXT NOT NULL CHECK (kind IN ('report', 'media')),
    reference       INTEGER NOT NULL,
    erasure_id      TEXT NOT NULL REFERENCES erasure (erasure_id),
    received_month  TEXT,               -- 2026-05
    hosting_country TEXT,
    classification  INTEGER,
    site_type       INTEGER,
    media_count     INTEGER,
    key_digest      BLOB,               -- of a file's key that was destroyed: SHA-256
    PRIMARY KEY (kind, reference, erasure_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX erased_item_by_erasure ON erased_item (erasure_id);

CREATE TRIGGER erased_report_does_not_come_back BEFORE INSERT ON report_document
WHEN EXISTS (SELECT 1 FROM erased_item WHERE kind = 'report' AND reference = NEW.report_id)
BEGIN
    SELECT RAISE (ABORT, 'an erased report does not come back');
END;

-- What is still to be done of an erasure outside of the rows: files without a key, pictures.
CREATE TABLE erasure_residue (
    kind TEXT NOT NULL CHECK (kind IN ('blob', 'picture')),
    name TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- What an analyst was typing and where the window stood, sealed with the analyst's personal key.
CREATE TABLE draft (
    analyst_id TEXT NOT NULL,
    place      TEXT NOT NULL,
    at_us      INTEGER NOT NULL,
    sealed     BLOB NOT NULL,
    PRIMARY KEY (analyst_id, place)
) STRICT, WITHOUT ROWID;

-- How the vault was kept: backups, drills and checks, with what they showed.
CREATE TABLE keeping_record (
    number  INTEGER PRIMARY KEY,
    at_us   INTEGER NOT NULL,
    kind    TEXT NOT NULL,              -- backup, drill, check
    verdict TEXT NOT NULL,              -- sound, or what was wrong
    facts   TEXT NOT NULL               -- JSON: identity of the backup, size, what it builds on …
) STRICT;
CREATE INDEX keeping_by_kind ON keeping_record (kind, at_us);

-- A deep check that was interrupted goes on behind the last file that was looked at, and looks at
-- the faulty ones once more.
CREATE TABLE check_progress (
    only       INTEGER PRIMARY KEY CHECK (only = 1),
    started_at INTEGER NOT NULL,
    last_blob  TEXT NOT NULL,
    faulty     TEXT NOT NULL DEFAULT '[]'   -- JSON: names of blobs
) STRICT;

-- In which round of sealing all files anew a file got its key; 0: when it came. Rounds are counted,
-- since a clock may go back.
ALTER TABLE blob ADD COLUMN seal_round INTEGER NOT NULL DEFAULT 0;
CREATE TABLE seal_round (
    number      INTEGER PRIMARY KEY,
    begun_at    INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
