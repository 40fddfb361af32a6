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

-- When an action first said that something of it was removed (code 3 of the network's list).
ALTER TABLE report ADD COLUMN removed_at INTEGER;
UPDATE report SET removed_at = (
    SELECT CAST(strftime('%s', min(json_extract(a.value, '$.actionDate'))) AS INTEGER) * 1000000
    FROM report_document AS d, json_each(CAST(d.document AS TEXT), '$.reportContents') AS c,
         json_each(c.value, '$.actions') AS a
    WHERE d.report_id = report.report_id AND json_extract(a.value, '$.actionType') = 3
      AND json_extract(a.value, '$.actionDate') IS NOT NULL
) WHERE row IN (SELECT row FROM report_action WHERE action = 3);

-- In which order reports came and changed: the latest number of each. `first`: the number at which
-- it came, NULL where that is this one.
CREATE TABLE arrival (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id INTEGER NOT NULL UNIQUE,
    first     INTEGER,
    at_us     INTEGER NOT NULL              -- by our clock; 0: before this was kept
) STRICT;
INSERT INTO arrival (report_id, at_us) SELECT report_id, 0 FROM report ORDER BY row;
CREATE INDEX arrival_by_moment ON arrival (at_us);

-- Undecided reports by when they were assigned: those that are overdue, without walking the others.
CREATE INDEX report_undecided ON report (assigned_at)
    WHERE classification = 0 AND assigned_at IS NOT NULL;

-- When each analyst was last at the overview, and when before that, for themselves alone: what is new
-- since.
CREATE TABLE overview_visit (
    analyst_id TEXT PRIMARY KEY,
    latest_at  INTEGER NOT NULL,
    before_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

-- What was done to a case itself. `what`: a word of `domain.case.MomentKind`; `kind` and `reference`:
-- what was removed.
CREATE TABLE case_turn (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id   TEXT NOT NULL REFERENCES work_case (case_id),
    at        INTEGER NOT NULL,
    by        TEXT NOT NULL,
    what      TEXT NOT NULL,
    why       TEXT,
    kind      TEXT,
    reference ANY
) STRICT;
CREATE INDEX case_turn_by_case ON case_turn (case_id, at);
CREATE INDEX case_turn_by_reference ON case_turn (kind, reference) WHERE kind IS NOT NULL;

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

-- A word that nothing has any more is gone, and its number is not used again: the log names it.
CREATE TABLE tag (
    tag_id INTEGER PRIMARY KEY AUTOINCREMENT,
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

-- A task that is undone is taken back, and kept.
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
    done_at   INTEGER,
    taken_back_by TEXT,
    taken_back_at INTEGER
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

-- To whom a report was given, and who has it in hand for a while: analysts of this station.
CREATE TABLE assignment (
    report_id  INTEGER PRIMARY KEY,
    analyst_id TEXT NOT NULL,
    by         TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX assignment_by_analyst ON assignment (analyst_id);
CREATE TABLE lease (
    report_id INTEGER PRIMARY KEY,
    holder    TEXT NOT NULL,                -- analyst_id
    taken_at  INTEGER NOT NULL,
    until     INTEGER NOT NULL
) STRICT;
CREATE INDEX lease_by_end ON lease (until);

-- What analysts of the agency have in hand at its other stations, as the portal passed it on: the newest
-- whole of it. `kind`: a word of `domain.in_hand.HandKind`; `analyst`: a name or a pseudonym there;
-- `until`: NULL of an assignment; `told_at`: when the portal heard it of them.
CREATE TABLE in_hand_elsewhere (
    report_id INTEGER NOT NULL,
    station   TEXT NOT NULL,
    kind      TEXT NOT NULL,
    analyst   TEXT NOT NULL,
    since     INTEGER NOT NULL,
    until     INTEGER,
    told_at   INTEGER NOT NULL,
    PRIMARY KEY (report_id, station, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE in_hand_heard (
    only      INTEGER PRIMARY KEY CHECK (only = 1),
    issued_at INTEGER NOT NULL              -- by the portal's clock
) STRICT;

-- An assessment that another analyst must confirm before it goes to the portal.
CREATE TABLE second_reading (
    sequence   INTEGER PRIMARY KEY REFERENCES operation (sequence),
    asked_at   INTEGER NOT NULL,
    reader     TEXT,                        -- analyst_id
    read_at    INTEGER,
    said       INTEGER,                     -- the classification that the reader gave
    verdict    TEXT CHECK (verdict IN ('confirmed', 'contradicted')),
    reason     TEXT
) STRICT;
CREATE INDEX second_reading_open ON second_reading (sequence) WHERE verdict IS NULL;

-- What each analyst did and can undo: one act is one deed, with a step for each item. A step says
-- how to go back and forth (`formats.deed_record`); what it is about, if anything, stands beside it.
CREATE TABLE deed (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    analyst_id TEXT NOT NULL,
    at_us      INTEGER NOT NULL,
    kind       TEXT NOT NULL,               -- assessment, tagged, flagged, …
    detail     TEXT NOT NULL,               -- a classification's code, the name of a tag
    state      TEXT NOT NULL CHECK (state IN ('done', 'undone')),
    turned_at  INTEGER NOT NULL             -- in which order they were undone
) STRICT;
CREATE INDEX deed_by_analyst ON deed (analyst_id, state, number);
CREATE TABLE deed_step (
    number    INTEGER NOT NULL REFERENCES deed (number),
    place     INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    reference ANY NOT NULL,
    step      TEXT NOT NULL,
    is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1)),
    PRIMARY KEY (number, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX deed_step_by_reference ON deed_step (kind, reference);

-- Which contents somebody looked at, or settled without a look, for their own count alone. `mark` is
-- keyed by the analyst: nobody else can tell whose it is, nor that two are of one person.
CREATE TABLE own_mark (
    sha256 TEXT NOT NULL,
    mark   BLOB NOT NULL,
    PRIMARY KEY (sha256, mark)
) STRICT, WITHOUT ROWID;

-- What is alike across reports beyond what the replica's own indexes answer: AS with the pattern of
-- a path, referrers, ways to pay with kinds of site. `kind`: `domain.traits.TraitKind`; `sign` is a
-- keyless 63-bit digest of the trait. Caught up behind `arrival` (`matching_state`: traits).
CREATE TABLE trait (
    kind INTEGER NOT NULL,
    sign INTEGER NOT NULL,
    row  INTEGER NOT NULL,
    PRIMARY KEY (kind, sign, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX trait_by_row ON trait (row);

-- Suggestions for the Worst-of list, without walking the other operations.
CREATE INDEX operation_of_domain ON operation (sequence) WHERE kind = 'domainSuggestion';

-- Which kinds of media a report has, for counting: 1 image, 2 video, 4 audio, 8 other, 16 a content
-- item that is a page (`vault.facet_counts`). Only reports that have any. `since`: how long the log was
-- when a file that came later changed it; NULL: it is as the report came.
CREATE TABLE report_kind (
    row   INTEGER PRIMARY KEY,
    kinds INTEGER NOT NULL,
    since INTEGER
) STRICT;
CREATE INDEX report_kind_since ON report_kind (since) WHERE since IS NOT NULL;
CREATE VIEW report_kinds_found AS
SELECT r.row,
       (SELECT coalesce(sum(DISTINCT CASE m.kind WHEN 'image' THEN 1 WHEN 'video' THEN 2
                                                 WHEN 'audio' THEN 4 WHEN 'other' THEN 8 ELSE 0 END), 0)
        FROM report_media AS l CROSS JOIN media_item AS m ON m.media_id = l.media_id
        WHERE l.row = r.row)
       + 16 * EXISTS (SELECT 1 FROM content_item AS c WHERE c.row = r.row AND c.content_type = 2) AS kinds
FROM report AS r;
CREATE TRIGGER media_recognised AFTER UPDATE OF kind ON media_item
WHEN old.kind IS NULL AND new.kind IS NOT NULL BEGIN
    INSERT INTO report_kind (row, kinds, since)
    SELECT DISTINCT l.row, CASE new.kind WHEN 'image' THEN 1 WHEN 'video' THEN 2
                                         WHEN 'audio' THEN 4 ELSE 8 END,
           (SELECT size FROM audit_head)
    FROM report_media AS l WHERE l.media_id = new.media_id
    ON CONFLICT (row) DO UPDATE SET kinds = kinds | excluded.kinds, since = excluded.since
    WHERE kinds & excluded.kinds = 0;
END;
CREATE TRIGGER media_recognised_anew AFTER UPDATE OF kind ON media_item
WHEN old.kind IS NOT NULL AND old.kind IS NOT new.kind BEGIN
    INSERT INTO report_kind (row, kinds, since)
    SELECT DISTINCT l.row, f.kinds, (SELECT size FROM audit_head)
    FROM report_media AS l CROSS JOIN report_kinds_found AS f ON f.row = l.row
    WHERE l.media_id = new.media_id
    ON CONFLICT (row) DO UPDATE SET kinds = excluded.kinds, since = excluded.since;
END;
-- Of the whole vault each set of kinds is counted, as other facets are.
CREATE TRIGGER report_kind_came AFTER INSERT ON report_kind BEGIN
    INSERT INTO facet_tally (facet, value, reports) VALUES ('kinds', new.kinds, 1)
    ON CONFLICT (facet, value) DO UPDATE SET reports = reports + 1;
END;
CREATE TRIGGER report_kind_turned AFTER UPDATE OF kinds ON report_kind WHEN old.kinds <> new.kinds BEGIN
    UPDATE facet_tally SET reports = reports - 1 WHERE facet = 'kinds' AND value = CAST(old.kinds AS TEXT);
    INSERT INTO facet_tally (facet, value, reports) VALUES ('kinds', new.kinds, 1)
    ON CONFLICT (facet, value) DO UPDATE SET reports = reports + 1;
END;
CREATE TRIGGER report_kind_went AFTER DELETE ON report_kind BEGIN
    UPDATE facet_tally SET reports = reports - 1 WHERE facet = 'kinds' AND value = CAST(old.kinds AS TEXT);
END;
INSERT INTO report_kind (row, kinds)
SELECT row, kinds FROM (SELECT row, kinds FROM report_kinds_found LIMIT -1) WHERE kinds <> 0;

-- More that is counted of the whole vault.
INSERT INTO facet_tally (facet, value, reports)
SELECT 'assigned', assigned_country, count(*) FROM report WHERE assigned_country <> '' GROUP BY 2;
INSERT INTO facet_tally (facet, value, reports)
SELECT 'provider', lower(provider), count(*) FROM report WHERE provider <> '' GROUP BY 2;
INSERT INTO facet_tally (facet, value, reports)
SELECT 'received', strftime('%Y-%m', (received_at - ((received_at % 1000000) + 1000000) % 1000000)
                            / 1000000, 'unixepoch'), count(*) FROM report GROUP BY 2;
