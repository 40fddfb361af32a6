-- The stream of changes as a chain, things other than reports, and every exchange on record.

-- A cursor of the first protocol leads nowhere any more: the next exchange tells all anew, and
-- applying what is here already changes nothing.
DROP TABLE stream;
CREATE TABLE stream (
    only      INTEGER PRIMARY KEY CHECK (only = 1),
    sequence  INTEGER NOT NULL,
    digest    TEXT,                 -- of the batch with that sequence; NULL before the first
    cursor    TEXT,
    issued_at INTEGER NOT NULL,     -- when the portal issued the last thing that was applied
    heard_at  INTEGER,              -- when it said that nothing more was waiting, by its clock
    is_snapshot INTEGER NOT NULL    -- 1: reports are still coming as they stand, the newest first
) STRICT;

-- A chain that began anew has sequence 0 (the portal lost it, or this vault was put back).
CREATE TRIGGER stream_never_goes_back BEFORE UPDATE ON stream
WHEN NEW.sequence < OLD.sequence AND NEW.sequence <> 0
BEGIN
    SELECT RAISE (ABORT, 'a stream of changes goes on from where it stands');
END;

-- What the portal said of things other than reports, in its own words; the highest revision.
CREATE TABLE portal_record (
    subject   TEXT NOT NULL,
    reference TEXT NOT NULL,
    revision  INTEGER NOT NULL,
    kind      TEXT NOT NULL,        -- new, corrected, withdrawn
    made_at   INTEGER NOT NULL,
    reason    TEXT,
    document  BLOB NOT NULL,
    kept_at   INTEGER NOT NULL,     -- when it came here
    road      TEXT NOT NULL,        -- by which road: https, courier
    PRIMARY KEY (subject, reference)
) STRICT, WITHOUT ROWID;

-- Every exchange, the newest with the highest number; one that is under way has no end yet.
CREATE TABLE exchange_history (
    number      INTEGER PRIMARY KEY,
    road        TEXT NOT NULL,      -- https, courier
    direction   TEXT NOT NULL,      -- both, out, in
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    actor       TEXT NOT NULL,
    outcome     TEXT,               -- done, cancelled, or the code of the error
    facts       TEXT NOT NULL       -- JSON: counts, sequence, name of the bundle …
) STRICT;
CREATE INDEX exchange_history_by_start ON exchange_history (started_at);
