-- State of each transfer, and what each link may carry.

-- What a person or a failure said of a file that is not here. One without a row waits in its turn.
CREATE TABLE transfer (
    media_id     INTEGER PRIMARY KEY,
    is_asked_for INTEGER NOT NULL DEFAULT 0,
    is_paused    INTEGER NOT NULL DEFAULT 0,
    is_cancelled INTEGER NOT NULL DEFAULT 0,
    tries        INTEGER NOT NULL DEFAULT 0,    -- failures in a row
    last_error   TEXT,                          -- the code of the last one
    not_before   INTEGER                        -- when it is asked for again by itself
) STRICT;
CREATE INDEX transfer_asked_for ON transfer (media_id) WHERE is_asked_for = 1;

CREATE TRIGGER transfer_ends_with_its_item AFTER DELETE ON media_item
BEGIN
    DELETE FROM transfer WHERE media_id = OLD.media_id;
END;

CREATE TRIGGER transfer_ends_when_held AFTER UPDATE OF state ON media_item
WHEN NEW.state = 'held' AND OLD.state <> 'held'
BEGIN
    DELETE FROM transfer WHERE media_id = NEW.media_id;
END;

-- A named way to the network. At most one is in use; with none, everything is carried.
CREATE TABLE link (
    name             TEXT PRIMARY KEY,
    media            TEXT NOT NULL CHECK (media IN ('all', 'asked', 'none')),
    bytes_per_second INTEGER,
    largest_file     INTEGER,
    proxy            TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE transfer_rule (
    only      INTEGER PRIMARY KEY CHECK (only = 1),
    is_paused INTEGER NOT NULL,             -- no media file is asked for at all
    link      TEXT REFERENCES link (name) ON DELETE SET NULL
) STRICT;
INSERT INTO transfer_rule (only, is_paused, link) VALUES (1, 0, NULL);
