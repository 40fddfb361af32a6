-- What leaves and what comes from colleagues: packages, signers, versions of lists, dossiers of domains.
-- Each part of it stands beneath a heading of its own.

-- ── Lists that are read in ───────────────────────────────────────────────────────────────────────
-- `profile`: of which region the categories of a list are; `category`: the code of an entry as its file
-- has it, which nobody converts; `rest`: what else the file tells of the entry, as one JSON object.
ALTER TABLE hash_list ADD COLUMN profile TEXT;
ALTER TABLE list_entry ADD COLUMN category TEXT;
ALTER TABLE list_entry ADD COLUMN rest TEXT;

-- ---- The Worst-of list ------------------------------------------------------------------------------

-- Lists by which domains are judged: the Public Suffix List, legitimate services, texts of the criteria.
-- `text`: the file as it came; `is_own`: a person of this unit put it in. The domains of reports are by
-- the suffixes that stand here; while none stand here, they are the last two labels of their hosts.
CREATE TABLE domain_rules (
    name    TEXT PRIMARY KEY CHECK (name IN ('suffixes', 'services', 'criteria')),
    version TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    is_own  INTEGER NOT NULL CHECK (is_own IN (0, 1)),
    at_us   INTEGER NOT NULL,
    text    BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What is put together about a domain before it is suggested and while it is listed. Listed, due for
-- review and delisted follow from the portal's decisions and from `review_at_us` (`domain.dossier`).
-- `operation_id`: the suggestion that was sent of it. Dates are microseconds since 1970.
CREATE TABLE dossier (
    number           INTEGER PRIMARY KEY AUTOINCREMENT,
    domain           TEXT NOT NULL UNIQUE,
    state            TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'confirmed', 'withdrawn')),
    criteria_version TEXT NOT NULL,
    proportionality  TEXT NOT NULL DEFAULT '',
    internal_reason  TEXT NOT NULL DEFAULT '',
    public_reason    TEXT NOT NULL DEFAULT '',
    opened_by        TEXT NOT NULL,
    opened_at_us     INTEGER NOT NULL,
    changed_at_us    INTEGER NOT NULL,
    submitted_by     TEXT,                    -- the first officer
    submitted_at_us  INTEGER,
    confirmed_by     TEXT,                    -- the second officer, who is another person
    confirmed_at_us  INTEGER,
    second_agency    TEXT NOT NULL DEFAULT '',
    second_country   TEXT NOT NULL DEFAULT '',
    reviewed_by      TEXT,
    reviewed_at_us   INTEGER,
    review_at_us     INTEGER,                 -- when it is to be looked at again
    removal_at_us    INTEGER,                 -- when its removal was suggested
    closing          TEXT NOT NULL DEFAULT '',
    operation_id     TEXT
) STRICT;
CREATE INDEX dossier_by_review ON dossier (review_at_us) WHERE review_at_us IS NOT NULL;

-- References and never copies: what a content item says is looked up where it is shown.
CREATE TABLE dossier_evidence (
    number      INTEGER NOT NULL REFERENCES dossier (number) ON DELETE CASCADE,
    report_id   INTEGER NOT NULL,
    content_id  INTEGER NOT NULL,
    added_by    TEXT NOT NULL,
    added_at_us INTEGER NOT NULL,
    PRIMARY KEY (number, report_id, content_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_evidence_by_report ON dossier_evidence (report_id);

-- How a person judged a criterion; where none did, it is as the reports say.
CREATE TABLE dossier_criterion (
    number   INTEGER NOT NULL REFERENCES dossier (number) ON DELETE CASCADE,
    version  TEXT NOT NULL,
    code     TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('met', 'not_met', 'undetermined')),
    note     TEXT NOT NULL,
    judge    TEXT NOT NULL,
    at_us    INTEGER NOT NULL,
    PRIMARY KEY (number, version, code)
) STRICT, WITHOUT ROWID;
