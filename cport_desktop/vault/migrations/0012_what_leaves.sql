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
    complaint_contact TEXT NOT NULL DEFAULT '', -- whom those may write to who find themselves blocked
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
-- Suggestions that a domain be taken off, as `operation_of_domain` has those that it be listed.
CREATE INDEX operation_of_removal ON operation (sequence) WHERE kind = 'domainRemoval';

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

-- What an officer brought from elsewhere: records of who registered the domain, to the byte; of copies
-- (`content` NULL) the digest alone. `taken_at_us`: when it was fetched there, as the officer states.
CREATE TABLE dossier_enclosure (
    number      INTEGER NOT NULL REFERENCES dossier (number) ON DELETE CASCADE,
    sha256      TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('rdap', 'whois', 'copy')),
    size        INTEGER NOT NULL,
    source      TEXT NOT NULL,
    taken_at_us INTEGER NOT NULL,
    added_by    TEXT NOT NULL,
    added_at_us INTEGER NOT NULL,
    content     BLOB,
    PRIMARY KEY (number, sha256)
) STRICT, WITHOUT ROWID;

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


-- What comes from colleagues ---------------------------------------------------------------------

-- A package that was verified and taken in. `sha256` of the file as it came; `signed_at_us` as the
-- signer states it; `certificate` in PEM. `checkpoint`: the signed head of the sender's audit log,
-- to the byte, where the package carries one. `custody`: the sender's custody appendix, to the byte.
CREATE TABLE imported_package (
    number         INTEGER PRIMARY KEY,
    sha256         TEXT NOT NULL UNIQUE,
    title          TEXT NOT NULL,
    composed_at_us INTEGER NOT NULL,
    composed_by    TEXT NOT NULL,
    agency         TEXT NOT NULL,
    agreement      TEXT NOT NULL,
    signer         TEXT NOT NULL,
    signed_at_us   INTEGER NOT NULL,
    certificate    TEXT NOT NULL,
    log_head       TEXT NOT NULL,
    log_size       INTEGER NOT NULL,
    log_key        TEXT NOT NULL,
    checkpoint     BLOB,
    at_us          INTEGER NOT NULL,
    actor          TEXT NOT NULL,
    items          INTEGER NOT NULL,
    media          INTEGER NOT NULL
) STRICT;

-- What stood in it, and how it stood here then (words of `domain.imported.ItemStanding`). `sha256`: of a
-- file. `custody`: what the sender said of this item, JSON to the byte; NULL once it was erased here.
CREATE TABLE imported_item (
    package   INTEGER NOT NULL REFERENCES imported_package (number),
    kind      TEXT NOT NULL CHECK (kind IN ('report', 'media')),
    reference INTEGER NOT NULL,
    standing  TEXT NOT NULL,
    revision  INTEGER,
    sha256    TEXT,
    custody   BLOB,
    PRIMARY KEY (package, kind, reference)
) STRICT, WITHOUT ROWID;

CREATE INDEX imported_item_by_reference ON imported_item (kind, reference);

-- Reports that are here by a package alone, until the portal tells of them itself.
CREATE TABLE imported_report (
    report_id INTEGER PRIMARY KEY,
    package   INTEGER NOT NULL REFERENCES imported_package (number)
) STRICT;


-- Receipts for what left ---------------------------------------------------------------------------

-- That a recipient has it: by their signed receipt (`document`, to the byte), or as somebody was told and
-- wrote down. `received_by`: the person or unit; `received_at_us` as they state it.
CREATE TABLE disclosure_receipt (
    number         INTEGER PRIMARY KEY,
    disclosure     INTEGER NOT NULL REFERENCES disclosure (number),
    recipient      TEXT NOT NULL,
    received_by    TEXT NOT NULL,
    received_at_us INTEGER NOT NULL,
    signer         TEXT,
    document       BLOB,
    noted_at_us    INTEGER NOT NULL,
    actor          TEXT NOT NULL
) STRICT;

CREATE INDEX disclosure_receipt_by_disclosure ON disclosure_receipt (disclosure);

-- Who has these bytes.
CREATE INDEX disclosed_item_by_digest ON disclosed_item (sha256) WHERE sha256 IS NOT NULL;

-- ---- Versions of hash lists -------------------------------------------------------------------------

-- A version of a list, the first with the number 1. `came_at`: when it was here first; what came to be on
-- the list or went from it later is the difference since it. Of lists that were here before there were
-- versions, the version that stands is the first.
CREATE TABLE list_version (
    list        INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    version     TEXT NOT NULL,
    came_at     INTEGER NOT NULL,
    entries     INTEGER NOT NULL,
    added       INTEGER NOT NULL DEFAULT 0,
    removed     INTEGER NOT NULL DEFAULT 0,
    file_sha256 TEXT,
    PRIMARY KEY (list, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO list_version (list, ordinal, version, came_at, entries, file_sha256)
SELECT list, 1, version, arrived_at, entries, file_sha256 FROM hash_list WHERE is_whole;

-- When an entry came to stand as it does; NULL: with the first version of its list.
ALTER TABLE list_entry ADD COLUMN changed_at INTEGER;

-- What an entry had and has no more: its digests (packed as in `list_entry`), from when (NULL: since the
-- first version) until when, and why.
CREATE TABLE list_gone (
    number   INTEGER PRIMARY KEY,
    list     INTEGER NOT NULL,
    entry_id TEXT NOT NULL,
    name     TEXT,
    digests  BLOB NOT NULL,
    since    INTEGER,
    gone_at  INTEGER NOT NULL,
    reason   TEXT
) STRICT;
CREATE INDEX list_gone_by_list ON list_gone (list, number);

-- What an analyst here says of an entry: that it is right, or that it is not. One word of each.
CREATE TABLE entry_word (
    entry      INTEGER NOT NULL,
    analyst_id TEXT NOT NULL,
    word       TEXT NOT NULL CHECK (word IN ('confirm', 'dispute')),
    note       TEXT NOT NULL DEFAULT '',
    said_at    INTEGER NOT NULL,
    PRIMARY KEY (entry, analyst_id)
) STRICT, WITHOUT ROWID;

-- Of which content (SHA-256 as announced) an entry of a list is that was made here.
CREATE TABLE made_entry (
    entry  INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX made_entry_by_content ON made_entry (sha256);
CREATE TRIGGER words_go_with_their_entry AFTER DELETE ON list_entry
BEGIN
    DELETE FROM entry_word WHERE entry = OLD.entry;
    DELETE FROM made_entry WHERE entry = OLD.entry;
END;

-- ── Signers and recipients that are kept under a name ───────────────────────────────────────────────
-- `folded`: the name without letter case, so that no two differ in that alone. `certificates`: PEM, the
-- signer's own first. A key of this vault is in `private_key` (PKCS#8); one of a token stays there, and
-- its module is a file name without a folder, for the reason that key slots have. No PIN is kept.
CREATE TABLE kept_signer (
    folded       TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    certificates BLOB NOT NULL,
    private_key  BLOB,
    module       TEXT,
    token_serial TEXT,
    token_label  TEXT,
    key_id       BLOB,
    added_by     TEXT NOT NULL,
    added_at_us  INTEGER NOT NULL,
    CHECK ((private_key IS NULL) = (module IS NOT NULL)),
    CHECK ((module IS NULL) = (token_serial IS NULL)),
    CHECK ((module IS NULL) = (key_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_recipient (
    folded      TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    public      TEXT NOT NULL,
    added_by    TEXT NOT NULL,
    added_at_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- Templates of packages --------------------------------------------------------------------------

-- For whom, how much and why packages are put together again and again; `document` as the file that can be
-- given away (docs/formats). Nothing of any report is in it.
CREATE TABLE package_template (
    folded   TEXT PRIMARY KEY,
    document BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- Redactions that are kept -------------------------------------------------------------------------

-- What is done to copies of a content (SHA-256 as announced) whenever they leave. `way`: a word of
-- `domain.kept_redaction`; of `pixels` the places are beneath, in pixels of the upright picture.
CREATE TABLE kept_redaction (
    sha256   TEXT PRIMARY KEY,
    way      TEXT NOT NULL CHECK (way IN ('pixels', 'metadata', 'left_out')),
    reason   TEXT NOT NULL,
    drawn_by TEXT NOT NULL,
    at_us    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_place (
    sha256    TEXT NOT NULL REFERENCES kept_redaction (sha256) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    left_px   INTEGER NOT NULL CHECK (left_px >= 0),
    top_px    INTEGER NOT NULL CHECK (top_px >= 0),
    width_px  INTEGER NOT NULL CHECK (width_px > 0),
    height_px INTEGER NOT NULL CHECK (height_px > 0),
    reason    TEXT NOT NULL,
    PRIMARY KEY (sha256, position)
) STRICT, WITHOUT ROWID;
