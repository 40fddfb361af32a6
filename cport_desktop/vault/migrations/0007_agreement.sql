-- Versions of the agreement, each with the portal's signed words; none is ever changed or removed.
-- A vault that was enrolled before has its first version in the bond, as it came.
CREATE TABLE agreement (
    reference   TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    issued_at   INTEGER NOT NULL,
    document    BLOB NOT NULL,       -- the portal's words, to the byte
    signature   BLOB NOT NULL,       -- over them, by the portal's key
    is_narrower INTEGER NOT NULL,    -- than what was in force when it came
    received_at INTEGER NOT NULL,
    road        TEXT NOT NULL,       -- by which it came: enrolment, https, courier
    PRIMARY KEY (reference, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_by_rank ON agreement (issued_at, revision);

CREATE TRIGGER agreement_stays BEFORE DELETE ON agreement
BEGIN
    SELECT RAISE (ABORT, 'versions of the agreement stay');
END;
CREATE TRIGGER agreement_is_not_changed BEFORE UPDATE ON agreement
BEGIN
    SELECT RAISE (ABORT, 'a version of the agreement is not changed');
END;

-- A narrower version that somebody here accepted before its own moment.
CREATE TABLE agreement_acceptance (
    reference   TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    accepted_by TEXT NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (reference, revision)
) STRICT, WITHOUT ROWID;

-- An agreement that the portal has ended: every revision of this reference.
CREATE TABLE agreement_end (
    reference TEXT PRIMARY KEY,
    ended_at  INTEGER NOT NULL,
    reason    TEXT
) STRICT, WITHOUT ROWID;
