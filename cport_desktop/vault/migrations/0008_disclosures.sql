-- The register of what left the vault, to whom and by which clause, and what came of it.

CREATE TABLE disclosure (
    number        INTEGER PRIMARY KEY,
    disclosure_id TEXT NOT NULL UNIQUE,
    at_us         INTEGER NOT NULL,
    actor         TEXT NOT NULL,
    kind          TEXT NOT NULL,
    title         TEXT NOT NULL,
    clause        TEXT,
    reason        TEXT,
    sha256        TEXT,                 -- of the file that left
    outcome       TEXT NOT NULL CHECK (outcome IN ('left', 'not_left', 'unknown')),
    is_from_log   INTEGER NOT NULL,
    items         INTEGER NOT NULL      -- how many it held
) STRICT;

CREATE TABLE disclosure_recipient (
    disclosure INTEGER NOT NULL REFERENCES disclosure (number),
    name       TEXT NOT NULL,
    key        TEXT,                    -- what it was sealed to
    PRIMARY KEY (disclosure, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosure_by_recipient ON disclosure_recipient (name, disclosure);

-- What each held: numbers, revisions and digests, no content. `within`: the report to which it
-- belonged, '' for none.
CREATE TABLE disclosed_item (
    disclosure INTEGER NOT NULL REFERENCES disclosure (number),
    kind       TEXT NOT NULL,
    reference  TEXT NOT NULL,
    within     TEXT NOT NULL,
    revision   INTEGER,
    sha256     BLOB,
    PRIMARY KEY (disclosure, kind, reference, within)
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosed_item_by_reference ON disclosed_item (kind, reference);
CREATE INDEX disclosed_item_by_report ON disclosed_item (within) WHERE within <> '';

-- Copies of what was corrected or withdrawn since, one row for each that somebody has.
CREATE TABLE affected (
    number        INTEGER PRIMARY KEY,
    disclosure    INTEGER NOT NULL REFERENCES disclosure (number),
    recipient     TEXT NOT NULL,
    kind          TEXT NOT NULL,
    reference     TEXT NOT NULL,
    change        TEXT NOT NULL CHECK (change IN ('corrected', 'withdrawn')),
    revision_left INTEGER,
    revision_now  INTEGER,
    changed_at    INTEGER NOT NULL,     -- by the portal's clock
    heard_at      INTEGER NOT NULL,     -- by ours
    reason        TEXT,
    handling      TEXT NOT NULL CHECK (handling IN
                  ('open', 'notice_written', 'handed_over', 'acknowledged', 'not_needed')),
    note          TEXT,
    notice        INTEGER REFERENCES disclosure (number)
) STRICT;
CREATE UNIQUE INDEX affected_open ON affected (disclosure, recipient, kind, reference)
    WHERE handling = 'open';
CREATE INDEX affected_by_disclosure ON affected (disclosure, kind, reference);
CREATE INDEX affected_by_item ON affected (kind, reference);

-- When there was news of a kind of thing last, and by which road.
CREATE INDEX portal_record_by_news ON portal_record (subject, kept_at, kind, road);

-- Packages that left before there was a register, from the audit log: what it says of them, which
-- is neither the revision of a report nor the media. One transaction, one stamp: the reports of a
-- package have that of its own entry.
INSERT INTO disclosure (number, disclosure_id, at_us, actor, kind, title, clause, reason, sha256,
                        outcome, is_from_log, items)
SELECT c.sequence, 'D-' || lower(hex(randomblob(6))), c.at_us, c.actor, 'package',
       c.object_reference, NULL, c.reason,
       iif(o.verb = 'package_written', json_extract(CAST(p.payload AS TEXT), '$[0][1]'), NULL),
       CASE o.verb WHEN 'package_written' THEN 'left' WHEN 'package_not_written' THEN 'not_left'
                   ELSE 'unknown' END, 1, 0
FROM audit_entry AS c
LEFT JOIN audit_entry AS o ON o.sequence = (
    SELECT n.sequence FROM audit_entry AS n
    WHERE n.sequence > c.sequence AND n.object_kind = 'package'
    ORDER BY n.sequence LIMIT 1
) AND o.verb IN ('package_written', 'package_not_written')
  AND o.object_reference = c.object_reference
LEFT JOIN audit_payload AS p ON p.sequence = o.sequence
WHERE c.object_kind = 'package' AND c.verb = 'compose' AND c.action = 'disclosure';

INSERT INTO disclosure_recipient (disclosure, name, key)
SELECT d.number, coalesce(c.recipient, ''), NULL
FROM disclosure AS d CROSS JOIN audit_entry AS c ON c.sequence = d.number;

INSERT INTO disclosed_item (disclosure, kind, reference, within, revision, sha256)
SELECT DISTINCT c.sequence, 'report', r.object_reference, '', NULL, NULL
FROM (SELECT e.sequence, e.session, e.elapsed_us, e.at_us
      FROM disclosure AS d CROSS JOIN audit_entry AS e ON e.sequence = d.number) AS c
JOIN audit_entry AS r ON r.session = c.session AND r.elapsed_us = c.elapsed_us
 AND r.at_us = c.at_us AND r.verb = 'pack' AND r.object_kind = 'report' AND r.sequence < c.sequence;

UPDATE disclosure SET items = (
    SELECT count(*) FROM disclosed_item AS i WHERE i.disclosure = disclosure.number
);

CREATE TRIGGER disclosure_is_never_deleted BEFORE DELETE ON disclosure
BEGIN
    SELECT RAISE (ABORT, 'what left is on record for ever');
END;

CREATE TRIGGER disclosure_is_never_replaced BEFORE INSERT ON disclosure
WHEN EXISTS (SELECT 1 FROM disclosure
             WHERE number = NEW.number OR disclosure_id = NEW.disclosure_id)
BEGIN
    SELECT RAISE (ABORT, 'what left is on record for ever');
END;

-- What became of it is noted once, and nothing else of it changes.
CREATE TRIGGER disclosure_stays_as_it_was
BEFORE UPDATE OF number, disclosure_id, at_us, actor, kind, title, clause, reason, is_from_log, items
ON disclosure
BEGIN
    SELECT RAISE (ABORT, 'what left is on record for ever');
END;

CREATE TRIGGER disclosure_is_completed_once BEFORE UPDATE OF outcome, sha256 ON disclosure
WHEN OLD.outcome <> 'unknown' OR (OLD.sha256 IS NOT NULL AND NEW.sha256 IS NOT OLD.sha256)
BEGIN
    SELECT RAISE (ABORT, 'what left is on record for ever');
END;

CREATE TRIGGER disclosure_recipient_is_never_deleted BEFORE DELETE ON disclosure_recipient
BEGIN
    SELECT RAISE (ABORT, 'what left is on record for ever');
END;

CREATE TRIGGER disclosure_recipient_is_never_updated BEFORE UPDATE ON disclosure_recipient
BEGIN
    SELECT RAISE (ABORT, 'what left is on record for ever');
END;

CREATE TRIGGER disclosed_item_is_never_deleted BEFORE DELETE ON disclosed_item
BEGIN
    SELECT RAISE (ABORT, 'what left is on record for ever');
END;

-- A digest goes when its item is erased; nothing else of it changes.
CREATE TRIGGER disclosed_item_loses_its_digest_alone BEFORE UPDATE ON disclosed_item
WHEN NEW.disclosure <> OLD.disclosure OR NEW.kind <> OLD.kind OR NEW.reference <> OLD.reference
  OR NEW.within <> OLD.within OR NEW.revision IS NOT OLD.revision OR NEW.sha256 IS NOT NULL
BEGIN
    SELECT RAISE (ABORT, 'what left is on record for ever');
END;

CREATE TRIGGER affected_is_never_deleted BEFORE DELETE ON affected
BEGIN
    SELECT RAISE (ABORT, 'a copy that is chased stays on record');
END;
