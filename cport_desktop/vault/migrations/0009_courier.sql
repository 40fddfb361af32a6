-- Bundles that were written and taken in, and an enrolment that is under way.

-- Each bundle that was begun for the portal, by its number. One without `written_at` was cut off:
-- what it held is sent again by the next.
CREATE TABLE courier_sent (
    sequence    INTEGER PRIMARY KEY,
    bundle      TEXT NOT NULL,
    begun_at    INTEGER NOT NULL,
    written_at  INTEGER,             -- when it was read back and had its name
    digest      TEXT,                -- of its manifest, once it was written
    parts       INTEGER,
    operations  INTEGER NOT NULL,
    head        BLOB,                -- the signed head of the log that it carries
    lineage     INTEGER,
    peaks       BLOB,                -- the frontier of the log at that head
    answered_at INTEGER              -- when the portal's answer to it was taken in
) STRICT;

-- Each bundle of the portal that was taken in to its end.
CREATE TABLE courier_received (
    bundle      TEXT PRIMARY KEY,
    sequence    INTEGER NOT NULL,
    digest      TEXT NOT NULL,
    issued_at   INTEGER NOT NULL,    -- by the portal's clock
    received_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The head of the log that the portal said it holds, where it asked for a proof from there.
CREATE TABLE portal_holds (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    lineage INTEGER NOT NULL,
    size    INTEGER NOT NULL
) STRICT;

-- An enrolment by stick whose answer has not come yet: keys, and what proves the answer.
CREATE TABLE enrolment_under_way (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    request BLOB NOT NULL
) STRICT;
