-- Operations of every kind, with their words, and what needs a person.

-- What is said stands as JSON in `body` (`formats.operation_body`); beside it what is searched by.
CREATE TABLE operation_of_any_kind (
    sequence       INTEGER PRIMARY KEY,
    operation_id   TEXT NOT NULL UNIQUE,
    report_id      INTEGER,             -- NULL: it is not about one report
    actor          TEXT NOT NULL,
    made_at        INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    body           BLOB NOT NULL,
    content_id     INTEGER,             -- of assessments, for the overlay
    classification INTEGER,
    age            INTEGER,
    gender         INTEGER,
    state          TEXT NOT NULL CHECK (state IN
                   ('queued', 'sending', 'settled', 'rejected', 'needs_you', 'set_aside')),
    reason         TEXT,                -- the portal's, or why it needs a person
    settled_at     INTEGER,             -- when the portal's answer came here
    aside          TEXT,                -- why it was set aside; NULL if a revision took its place
    revises        TEXT UNIQUE,         -- the operation whose place it takes
    is_insisted    INTEGER NOT NULL DEFAULT 0   -- 1: to be sent all the same
) STRICT;

INSERT INTO operation_of_any_kind (sequence, operation_id, report_id, actor, made_at, kind, body,
    content_id, classification, age, gender, state, reason, settled_at)
SELECT sequence, operation_id, report_id, actor, made_at, kind,
       CAST(CASE kind
            WHEN 'assessment' THEN json_object('kind', 'assessment', 'contentId', content_id,
                 'classification', classification, 'age', age, 'gender', gender)
            ELSE json_object('kind', 'feedback', 'text', coalesce(feedback, ''))
            END AS BLOB),
       content_id, classification, age, gender, state, reason, settled_at
FROM operation;

DROP TABLE operation;
ALTER TABLE operation_of_any_kind RENAME TO operation;

CREATE INDEX operation_by_report ON operation (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX operation_unsettled ON operation (state) WHERE state IN ('queued', 'sending');
CREATE INDEX operation_by_state ON operation (state, sequence);

-- Every report that an operation names: the one that it is about, or those that were handed over.
CREATE TABLE operation_report (
    report_id INTEGER NOT NULL,
    sequence  INTEGER NOT NULL REFERENCES operation (sequence),
    PRIMARY KEY (report_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_report_by_operation ON operation_report (sequence);
INSERT INTO operation_report (report_id, sequence) SELECT report_id, sequence FROM operation;

CREATE TRIGGER operation_is_not_deleted BEFORE DELETE ON operation
BEGIN
    SELECT RAISE (ABORT, 'an operation is never deleted, under a legal hold or not');
END;

CREATE TRIGGER operation_report_is_not_deleted BEFORE DELETE ON operation_report
BEGIN
    SELECT RAISE (ABORT, 'an operation keeps the reports that it names');
END;

CREATE TRIGGER operation_report_is_not_altered BEFORE UPDATE ON operation_report
BEGIN
    SELECT RAISE (ABORT, 'an operation keeps the reports that it names');
END;

-- Only the erasure of a report that it names takes an operation's words.
CREATE TRIGGER operation_keeps_its_words BEFORE UPDATE OF body, kind ON operation
WHEN (NEW.body IS NOT OLD.body OR NEW.kind IS NOT OLD.kind) AND NOT EXISTS (
    SELECT 1 FROM operation_report AS l
    CROSS JOIN erased_item AS e ON e.kind = 'report' AND e.reference = l.report_id
    WHERE l.sequence = OLD.sequence
)
BEGIN
    SELECT RAISE (ABORT, 'an operation keeps its words, under a legal hold or not');
END;

CREATE TRIGGER held_operation_keeps_its_words BEFORE UPDATE OF body, aside ON operation
WHEN (NEW.body IS NOT OLD.body OR OLD.aside IS NOT NULL AND NEW.aside IS NOT OLD.aside)
AND EXISTS (
    SELECT 1 FROM operation_report AS l
    CROSS JOIN hold AS h ON h.kind = 'report' AND h.reference = l.report_id
    WHERE l.sequence = OLD.sequence AND h.released_at IS NULL
)
BEGIN
    SELECT RAISE (ABORT, 'a legal hold is in force');
END;

CREATE TRIGGER settled_operation_stays_settled BEFORE UPDATE OF state ON operation
WHEN OLD.state = 'settled' AND NEW.state <> 'settled'
BEGIN
    SELECT RAISE (ABORT, 'what the portal settled stays settled');
END;
