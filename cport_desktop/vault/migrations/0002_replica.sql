-- The replica: what the portal said, to the byte, beside what was lifted from it for searching.
--
-- `row` is a report's place in time: (seconds of its receipt << 14) | slot. Everything that hangs
-- on a report uses it as its key, so an index on one column, a full-text hit list and the table
-- itself all come in the order of receipt without sorting (`vault/lifting.py`).
-- Unknown texts are '' and not NULL, so that every sort column has a total order.

CREATE TABLE hotline (
    hotline_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    contact TEXT
);

CREATE TABLE report_document (
    report_id INTEGER PRIMARY KEY,
    document BLOB NOT NULL,
    reason TEXT  -- why the hotline corrected it
);

-- Narrow on purpose: facets and filters read this table by the million, and the first columns
-- of a row are the cheapest to reach.
CREATE TABLE report (
    row INTEGER PRIMARY KEY,
    status TEXT NOT NULL,
    classification INTEGER NOT NULL,
    site_type INTEGER,
    hotline INTEGER NOT NULL,
    hosting_country TEXT NOT NULL,
    report_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    age INTEGER,
    gender INTEGER,
    commerciality INTEGER,
    assigned_country TEXT NOT NULL,
    autonomous_system INTEGER,
    is_delivery_network INTEGER NOT NULL,
    last_action INTEGER,
    content_count INTEGER NOT NULL,
    media_count INTEGER NOT NULL,
    domain TEXT NOT NULL,
    provider TEXT NOT NULL COLLATE NOCASE
);
CREATE UNIQUE INDEX report_by_id ON report (report_id);
CREATE INDEX report_by_update ON report (updated_at);
CREATE INDEX report_by_domain ON report (domain);
CREATE INDEX report_by_provider ON report (provider);
CREATE INDEX report_by_hosting ON report (hosting_country);
CREATE INDEX report_by_assignment ON report (assigned_country);
CREATE INDEX report_by_hotline ON report (hotline);
CREATE INDEX report_by_class ON report (classification);
CREATE INDEX report_by_site ON report (site_type);
CREATE INDEX report_by_system ON report (autonomous_system);
CREATE INDEX report_not_new ON report (status) WHERE status <> 'new';

-- The wide half, read for the rows of one page only.
CREATE TABLE report_text (
    row INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    ip_address TEXT NOT NULL,
    hotline_reference TEXT NOT NULL COLLATE NOCASE
);
CREATE INDEX report_text_by_ip ON report_text (ip_address) WHERE ip_address <> '';
CREATE INDEX report_text_by_reference ON report_text (hotline_reference)
    WHERE hotline_reference <> '';

CREATE TABLE content_item (
    row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    domain TEXT NOT NULL,
    is_source INTEGER NOT NULL,
    content_type INTEGER,
    classification INTEGER NOT NULL,
    age INTEGER,
    gender INTEGER,
    PRIMARY KEY (row, position)
) WITHOUT ROWID;
CREATE INDEX content_item_by_domain ON content_item (domain);
CREATE INDEX content_item_by_host ON content_item (host);

CREATE TABLE report_payment (
    payment_method INTEGER NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (payment_method, row)
) WITHOUT ROWID;

CREATE TABLE report_action (
    action INTEGER NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (action, row)
) WITHOUT ROWID;

-- Distinct providers, for searching a part of one.
CREATE TABLE provider (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    folded TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE withdrawal (
    report_id INTEGER PRIMARY KEY,
    made_at INTEGER NOT NULL,
    reason TEXT
);

-- Kinds of change that this version does not know, kept for one that does.
CREATE TABLE unknown_change (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    document BLOB NOT NULL,
    kept_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE media_item (
    media_id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    size INTEGER NOT NULL,
    announced_sha256 TEXT NOT NULL,
    file_name TEXT,
    declared_type TEXT,
    blob_id TEXT,
    kind TEXT,
    format TEXT,
    width INTEGER,
    height INTEGER,
    duration_ms INTEGER,
    md5 TEXT,
    sha1 TEXT,
    sha256 TEXT,
    crc32 INTEGER,
    perceptual_hash TEXT,
    quality INTEGER,
    dct_hash TEXT,
    cannot_show TEXT,
    refusal TEXT,
    facts TEXT NOT NULL DEFAULT '[]',
    held_at INTEGER,
    newest_received INTEGER NOT NULL
);
CREATE INDEX media_by_announcement ON media_item (announced_sha256);
CREATE INDEX media_by_receipt ON media_item (newest_received);
CREATE INDEX media_wanted ON media_item (newest_received) WHERE state = 'wanted';
CREATE INDEX media_by_state ON media_item (state, cannot_show);
CREATE INDEX media_by_md5 ON media_item (md5) WHERE md5 IS NOT NULL;
CREATE INDEX media_by_sha1 ON media_item (sha1) WHERE sha1 IS NOT NULL;

CREATE TABLE report_media (
    row INTEGER NOT NULL,
    position INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    media_id INTEGER NOT NULL,
    PRIMARY KEY (row, position)
) WITHOUT ROWID;
CREATE INDEX report_media_by_media ON report_media (media_id);

-- Announced digests that media of two reports or more share, and these reports (`is:duplicate`).
CREATE TABLE shared_digest (
    sha256 TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE sharing_report (
    row INTEGER PRIMARY KEY
);

-- Counts of the whole replica, so that the first page's facets read no report.
CREATE TABLE facet_tally (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    reports INTEGER NOT NULL,
    PRIMARY KEY (facet, value)
) WITHOUT ROWID;

-- What an analyst did towards the portal. Never deleted.
CREATE TABLE operation (
    sequence INTEGER PRIMARY KEY,
    operation_id TEXT NOT NULL UNIQUE,
    report_id INTEGER NOT NULL,
    actor TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    content_id INTEGER,
    classification INTEGER,
    age INTEGER,
    gender INTEGER,
    feedback TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    settled_at INTEGER
);
CREATE INDEX operation_by_report ON operation (report_id);
CREATE INDEX operation_unsettled ON operation (state) WHERE state IN ('queued', 'sending');

-- Projection: how unsettled assessments change what a report is seen as. Only such reports.
CREATE TABLE report_overlay (
    row INTEGER PRIMARY KEY,
    classification INTEGER NOT NULL,
    age INTEGER,
    gender INTEGER
);
CREATE INDEX report_overlay_by_class ON report_overlay (classification);

CREATE VIEW report_as_seen AS
SELECT r.row, r.report_id, r.revision, r.status, r.received_at, r.updated_at, r.hotline,
       r.site_type, r.commerciality, r.hosting_country, r.assigned_country, r.autonomous_system,
       r.is_delivery_network, r.last_action, r.content_count, r.media_count, r.domain, r.provider,
       CASE WHEN o.row IS NULL THEN r.classification ELSE o.classification END AS classification,
       CASE WHEN o.row IS NULL THEN r.age ELSE o.age END AS age,
       CASE WHEN o.row IS NULL THEN r.gender ELSE o.gender END AS gender,
       o.row IS NOT NULL AS is_overlaid
FROM report AS r LEFT JOIN report_overlay AS o ON o.row = r.row;

-- The stream of changes: one row, or none before the first batch.
CREATE TABLE stream (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    cursor TEXT NOT NULL,
    digest TEXT NOT NULL,
    issued_at INTEGER NOT NULL
);

CREATE TABLE exchange (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    made_at INTEGER NOT NULL,
    road TEXT NOT NULL
);

CREATE TABLE bond (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    portal TEXT NOT NULL,
    enrolment BLOB NOT NULL
);

-- Words of a report: phrases need positions, hence the full detail.
CREATE VIRTUAL TABLE report_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
-- Parts of URLs: three letters at a time, as a sieve whose catch is compared with the URL itself,
-- so no positions are kept. Without it, a part of a URL among 1,000,000 reports takes a scan.
CREATE VIRTUAL TABLE url_parts USING fts5 (
    urls, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram'
);
-- Merging segments later than the default makes applying a quarter faster and costs a query of
-- one word some tens of microseconds (measured on 60,000 reports).
INSERT INTO report_words (report_words, rank) VALUES ('automerge', 16), ('crisismerge', 32);
INSERT INTO url_parts (url_parts, rank) VALUES ('automerge', 16), ('crisismerge', 32);
