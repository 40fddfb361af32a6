-- The workbench: cases, notes, tags, tasks and flags; who has what in hand; searches that are kept;
-- in which order things came; what is remembered across reports.
--
-- `kind` and `reference` name what something is about (`domain.about`): a report, a media item, a
-- content (by its announced SHA-256), a domain, a hotline, a case. Numbers are numbers, so that
-- they join with the replica.

-- When the first of its items was assigned to a country.
ALTER TABLE report ADD COLUMN assigned_at INTEGER;
UPDATE report SET assigned_at = (
    SELECT CAST(strftime('%s', min(json_extract(c.value, '$.countryAssignmentDate'))) AS INTEGER) * 1000000
    FROM report_document AS d, json_each(CAST(d.document AS TEXT), '$.reportContents') AS c
    WHERE d.report_id = report.report_id
      AND json_extract(c.value, '$.countryAssignmentDate') IS NOT NULL
);

-- In which order reports came and changed: the latest number of each. `first`: the number at which
-- it came, NULL where that is this one.
CREATE TABLE arrival (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id INTEGER NOT NULL UNIQUE,
    first     INTEGER,
    at_us     INTEGER NOT NULL              -- by our clock; 0: before this was kept
) STRICT;
INSERT INTO arrival (report_id, at_us) SELECT report_id, 0 FROM report ORDER BY row;

CREATE TABLE work_case (
    case_id    TEXT PRIMARY KEY,
    number     INTEGER NOT NULL UNIQUE,     -- C-12
    title      TEXT NOT NULL,
    summary    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    lead       TEXT,                        -- analyst_id
    made_by    TEXT NOT NULL,
    made_at    INTEGER NOT NULL,
    closed_by  TEXT,
    closed_at  INTEGER,
    closed_why TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX work_case_by_state ON work_case (state, number);

CREATE TABLE case_item (
    case_id   TEXT NOT NULL REFERENCES work_case (case_id),
    kind      TEXT NOT NULL,
    reference ANY NOT NULL,
    added_by  TEXT NOT NULL,
    added_at  INTEGER NOT NULL,
    PRIMARY KEY (case_id, kind, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_item_by_reference ON case_item (kind, reference);

-- A note keeps its earlier versions; one that is taken back keeps its words until they are erased.
CREATE TABLE note (
    note_id   TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,
    reference ANY NOT NULL,
    text      TEXT NOT NULL,
    made_by   TEXT NOT NULL,
    made_at   INTEGER NOT NULL,
    changed_by TEXT,
    changed_at INTEGER,
    taken_back_by TEXT,
    taken_back_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX note_by_reference ON note (kind, reference);
CREATE TABLE note_before (
    note_id TEXT NOT NULL REFERENCES note (note_id),
    version INTEGER NOT NULL,
    text    TEXT NOT NULL,
    by      TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (note_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
    tag_id INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE tagged (
    tag_id    INTEGER NOT NULL REFERENCES tag (tag_id),
    kind      TEXT NOT NULL,
    reference ANY NOT NULL,
    by        TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (tag_id, kind, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_by_reference ON tagged (kind, reference);

CREATE TABLE flag (
    kind      TEXT NOT NULL,
    reference ANY NOT NULL,
    by        TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (kind, reference)
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
    task_id   TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,                -- what it is about: mostly a case
    reference ANY NOT NULL,
    title     TEXT NOT NULL,
    assignee  TEXT,                         -- analyst_id
    due_at    INTEGER,
    made_by   TEXT NOT NULL,
    made_at   INTEGER NOT NULL,
    done_by   TEXT,
    done_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX task_by_reference ON task (kind, reference);
CREATE INDEX task_open ON task (due_at) WHERE done_at IS NULL;

-- A kept search, of one analyst or (analyst_id '') of all. `looked_at`: the number of the latest
-- arrival when its owner last looked.
CREATE TABLE saved_search (
    search_id  TEXT PRIMARY KEY,
    analyst_id TEXT NOT NULL,
    subject    TEXT NOT NULL,               -- reports, media, …
    name       TEXT NOT NULL,
    text       TEXT NOT NULL,
    sort       TEXT NOT NULL,               -- -received
    place      INTEGER,                     -- on the rail; NULL: not pinned
    made_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX saved_search_by_name ON saved_search (analyst_id, name);
CREATE TABLE saved_search_look (
    search_id  TEXT NOT NULL REFERENCES saved_search (search_id) ON DELETE CASCADE,
    analyst_id TEXT NOT NULL,
    looked_at  INTEGER NOT NULL,
    PRIMARY KEY (search_id, analyst_id)
) STRICT, WITHOUT ROWID;

-- Which reports an analyst opened, for themselves alone (`seen:me`): nobody can ask it of another.
CREATE TABLE opened_report (
    analyst_id TEXT NOT NULL,
    report_id  INTEGER NOT NULL,
    at_us      INTEGER NOT NULL,
    PRIMARY KEY (analyst_id, report_id)
) STRICT, WITHOUT ROWID;

-- To whom a report was given, and who has it in hand for a while. `station`: '' is this one.
CREATE TABLE assignment (
    report_id  INTEGER PRIMARY KEY,
    analyst_id TEXT NOT NULL,
    by         TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX assignment_by_analyst ON assignment (analyst_id);
CREATE TABLE lease (
    report_id INTEGER PRIMARY KEY,
    station   TEXT NOT NULL,
    holder    TEXT NOT NULL,                -- analyst_id here, a name of theirs at another station
    taken_at  INTEGER NOT NULL,
    until     INTEGER NOT NULL
) STRICT;
CREATE INDEX lease_by_end ON lease (until);

-- An assessment that another analyst must confirm before it goes to the portal.
CREATE TABLE second_reading (
    sequence   INTEGER PRIMARY KEY REFERENCES operation (sequence),
    asked_at   INTEGER NOT NULL,
    reader     TEXT,
    read_at    INTEGER,
    verdict    TEXT CHECK (verdict IN ('confirmed', 'contradicted')),
    reason     TEXT
) STRICT;
CREATE INDEX second_reading_open ON second_reading (sequence) WHERE verdict IS NULL;

-- What each analyst did and can undo: steps of one act belong together.
CREATE TABLE deed (
    number     INTEGER PRIMARY KEY,
    analyst_id TEXT NOT NULL,
    at_us      INTEGER NOT NULL,
    kind       TEXT NOT NULL,               -- assess, tag, flag, note, case, …
    told       TEXT NOT NULL,               -- JSON: what to name it by, and how many
    undoing    BLOB NOT NULL,               -- JSON: what brings back the state before
    redoing    BLOB NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('done', 'undone'))
) STRICT;
CREATE INDEX deed_by_analyst ON deed (analyst_id, number);

-- What is alike across reports beyond what the replica's own indexes answer: AS with the pattern of
-- a path, referrers, ways to pay with kinds of site. `sign` is a keyless 63-bit digest of the trait.
CREATE TABLE trait (
    kind INTEGER NOT NULL,
    sign INTEGER NOT NULL,
    row  INTEGER NOT NULL,
    PRIMARY KEY (kind, sign, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX trait_by_row ON trait (row);
