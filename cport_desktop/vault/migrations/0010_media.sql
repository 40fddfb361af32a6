-- What pictures, videos and sounds are like; which of them belong together; what lists know of
-- them; and what an analyst and a unit agreed with themselves about looking.

-- By which version of the examination an item was described: 0 is from before likeness was kept,
-- and is examined anew when there is time. Pictures of an animation; whether there is a sound track.
ALTER TABLE media_item ADD COLUMN examined INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media_item ADD COLUMN pictures INTEGER;
ALTER TABLE media_item ADD COLUMN has_sound INTEGER;

-- Items that may be in a stack with another one: set when that is found, and looked at again when
-- stacks are listed, so that a million items that stand alone are not walked.
ALTER TABLE media_item ADD COLUMN in_stack INTEGER NOT NULL DEFAULT 0;
CREATE INDEX media_in_stack ON media_item (newest_received, media_id) WHERE in_stack = 1;

-- A content: the bytes of one SHA-256, held under any number of media items. Its number is what
-- stacks and indexes speak of, and is given out once. `pdq` (32 bytes) and `dct` (pHash, 8 bytes)
-- are missing where a picture is too plain to be compared. `stack`: the number of the content that
-- names the stack in which it is; its own where it is alone.
CREATE TABLE likeness (
    content   INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256    TEXT NOT NULL UNIQUE,
    kind      TEXT NOT NULL,
    quality   INTEGER,
    pdq       BLOB CHECK (length(pdq) = 32),
    dct       BLOB CHECK (length(dct) = 8),
    stack     INTEGER NOT NULL
) STRICT;
CREATE INDEX likeness_by_stack ON likeness (stack);
CREATE INDEX likeness_of_videos ON likeness (content) WHERE kind = 'video';

-- What is asked for seldom: the seven other ways round of a picture (seven PDQ digests of 32 bytes,
-- in the order of `domain.likeness.TURNS`), and the frames of a video (records of 37 bytes:
-- millisecond, 4; quality, 1; PDQ, 32).
CREATE TABLE likeness_detail (
    content   INTEGER PRIMARY KEY,
    turned    BLOB CHECK (length(turned) = 224),
    frames    BLOB CHECK (length(frames) % 37 = 0)
) STRICT;

-- Why a content is in its stack: the one that it was found to be like, how, and by how much.
CREATE TABLE likeness_link (
    content   INTEGER NOT NULL,
    near      INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    distance  INTEGER NOT NULL,
    turn      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (content, near)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_link_by_near ON likeness_link (near);

-- Contents that have to be looked at again, since one of their stack was erased.
CREATE TABLE likeness_waiting (
    content INTEGER PRIMARY KEY
) STRICT;

-- A person's word on stacks: contents with the same mark are one stack and stay one, whatever is
-- computed; contents with different marks never come into one.
CREATE TABLE stack_word (
    sha256     TEXT PRIMARY KEY,
    mark       TEXT NOT NULL,
    analyst_id TEXT NOT NULL,
    said_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX stack_word_by_mark ON stack_word (mark);

-- A hash list: from the portal, or from a file. `is_negative`: what is on it needs no look, since
-- it is known to be harmless. `list_id` is the portal's name for it, or one of our own, which begins
-- with a line that no portal's name begins with. `is_whole`: 0 while a file is being read in; nothing
-- of it is seen before. `entries` stand, `entries_withdrawn` were taken back.
CREATE TABLE hash_list (
    list             INTEGER PRIMARY KEY AUTOINCREMENT,
    list_id          TEXT NOT NULL UNIQUE,
    origin           TEXT NOT NULL CHECK (origin IN ('portal', 'file')),
    name             TEXT NOT NULL,
    version          TEXT NOT NULL,
    source           TEXT NOT NULL,
    handling         TEXT,
    is_negative      INTEGER NOT NULL DEFAULT 0,
    made_at          INTEGER,
    arrived_at       INTEGER NOT NULL,
    file_sha256      TEXT,
    format           TEXT,
    withdrawn_at     INTEGER,
    withdrawn_reason TEXT,
    is_whole         INTEGER NOT NULL DEFAULT 1,
    entries          INTEGER NOT NULL DEFAULT 0,
    entries_withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;

-- An entry: one known file. `name` as a file of digests has it; `feedback` pairs as JSON. `digests`:
-- those that are matched, packed: a byte for the algorithm, a byte for the length, the digest.
CREATE TABLE list_entry (
    entry            INTEGER PRIMARY KEY AUTOINCREMENT,
    list             INTEGER NOT NULL,
    entry_id         TEXT NOT NULL,
    name             TEXT,
    quality          INTEGER,
    classification   INTEGER,
    source           TEXT,
    feedback         TEXT,
    digests          BLOB NOT NULL DEFAULT x'',
    withdrawn_at     INTEGER,
    withdrawn_reason TEXT,
    UNIQUE (list, entry_id)
) STRICT;

-- The digests of standing entries. `algorithm`: `domain.known.Algorithm`.
CREATE TABLE list_digest (
    algorithm INTEGER NOT NULL,
    digest    BLOB NOT NULL,
    entry     INTEGER NOT NULL,
    PRIMARY KEY (algorithm, digest, entry)
) STRICT, WITHOUT ROWID;

-- Digests of a file that is being read in, roughly sorted: records of a digest and the number of its
-- entry (8 bytes), one after another.
CREATE TABLE list_staging (
    part      INTEGER PRIMARY KEY,
    list      INTEGER NOT NULL,
    algorithm INTEGER NOT NULL,
    bucket    INTEGER NOT NULL,
    packed    BLOB NOT NULL
) STRICT;
CREATE INDEX list_staging_by_bucket ON list_staging (list, algorithm, bucket);

-- A content that is on a list, from when to when. `sha256` as announced, so that a file is known
-- before its bytes are here; `share`: of a video, in percent of its frames.
CREATE TABLE hit (
    hit          INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256       TEXT NOT NULL,
    entry        INTEGER NOT NULL,
    list         INTEGER NOT NULL,
    algorithm    INTEGER NOT NULL,
    distance     INTEGER NOT NULL DEFAULT 0,
    turn         INTEGER NOT NULL DEFAULT 0,
    share        INTEGER,
    quality      INTEGER,
    list_version TEXT NOT NULL,
    found_at     INTEGER NOT NULL,
    ended_at     INTEGER,
    ended_by     TEXT,
    ended_reason TEXT,
    UNIQUE (sha256, entry, algorithm)
) STRICT;
CREATE INDEX hit_by_entry ON hit (entry);
CREATE INDEX hit_by_list ON hit (list, found_at);

-- How far matching has come, by what was matched: a number that grows.
CREATE TABLE matching_state (
    what TEXT PRIMARY KEY,
    upto INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Lists of which the portal told an earlier version are lifted from its own words by the next opening
-- (`vault.lists_told_before`); where there are none that is done already.
INSERT INTO matching_state (what, upto)
SELECT 'lifted', 1 WHERE NOT EXISTS (
    SELECT 1 FROM portal_record WHERE subject IN ('hashList', 'hashListEntry'));

-- What is still to be matched, in the order in which it became so: a content (by its announced
-- SHA-256), an entry, a whole list. Contents become due where they are written, by whichever way, and
-- once more when they are examined; while there is no list, nothing does.
CREATE TABLE match_due (
    serial    INTEGER PRIMARY KEY AUTOINCREMENT,
    what      TEXT NOT NULL,
    reference TEXT NOT NULL
) STRICT;
CREATE TRIGGER announced_content_is_due AFTER INSERT ON media_item
WHEN EXISTS (SELECT 1 FROM hash_list)
BEGIN
    INSERT INTO match_due (what, reference) VALUES ('content', NEW.announced_sha256);
END;
CREATE TRIGGER examined_content_is_due AFTER UPDATE OF state, announced_sha256 ON media_item
WHEN (NEW.state IS NOT OLD.state OR NEW.announced_sha256 IS NOT OLD.announced_sha256)
 AND EXISTS (SELECT 1 FROM hash_list)
BEGIN
    INSERT INTO match_due (what, reference) VALUES ('content', NEW.announced_sha256);
END;
CREATE TRIGGER likened_content_is_due AFTER INSERT ON likeness
WHEN EXISTS (SELECT 1 FROM hash_list)
BEGIN
    INSERT INTO match_due (what, reference) VALUES ('content', NEW.sha256);
END;
CREATE TRIGGER likened_again_content_is_due AFTER UPDATE OF pdq ON likeness
WHEN NEW.pdq IS NOT OLD.pdq AND EXISTS (SELECT 1 FROM hash_list)
BEGIN
    INSERT INTO match_due (what, reference) VALUES ('content', NEW.sha256);
END;
CREATE TRIGGER detailed_content_is_due AFTER INSERT ON likeness_detail
WHEN EXISTS (SELECT 1 FROM hash_list)
BEGIN
    INSERT INTO match_due (what, reference)
    SELECT 'content', l.sha256 FROM likeness AS l WHERE l.content = NEW.content;
END;

-- What an analyst keeps of their own looking, sealed by their personal key: the seconds of a day.
CREATE TABLE exposure (
    analyst_id TEXT NOT NULL,
    day        TEXT NOT NULL,
    sealed     BLOB NOT NULL,
    PRIMARY KEY (analyst_id, day)
) STRICT, WITHOUT ROWID;

-- What a unit knows together of a week: sums, and who gave to them, as marks that name nobody. A sum
-- that was shown is closed: of no week are there two whose difference would be one person's.
CREATE TABLE exposure_week (
    week          TEXT PRIMARY KEY,
    seconds       INTEGER NOT NULL,
    views_avoided INTEGER NOT NULL,
    is_closed     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE exposure_giver (
    week TEXT NOT NULL,
    mark BLOB NOT NULL,
    PRIMARY KEY (week, mark)
) STRICT, WITHOUT ROWID;

-- What the unit set for everybody, by name: JSON.
CREATE TABLE unit_rule (
    name   TEXT PRIMARY KEY,
    value  TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
