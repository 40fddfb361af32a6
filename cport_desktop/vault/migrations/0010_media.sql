-- What pictures, videos and sounds are like; which of them belong together; what lists know of
-- them; and what an analyst and a unit agreed with themselves about looking.

-- By which version of the examination an item was described: 0 is from before likeness was kept,
-- and is examined anew when there is time. Pictures of an animation; whether there is a sound track.
ALTER TABLE media_item ADD COLUMN examined INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media_item ADD COLUMN pictures INTEGER;
ALTER TABLE media_item ADD COLUMN has_sound INTEGER;

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
-- it is known to be harmless. `list_id` is the portal's name for it, or one of our own.
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
    withdrawn_reason TEXT
) STRICT;

-- An entry: one known file. `name` as a file of digests has it; `feedback` pairs as JSON.
CREATE TABLE list_entry (
    entry            INTEGER PRIMARY KEY AUTOINCREMENT,
    list             INTEGER NOT NULL,
    entry_id         TEXT NOT NULL,
    name             TEXT,
    quality          INTEGER,
    classification   INTEGER,
    source           TEXT,
    feedback         TEXT,
    withdrawn_at     INTEGER,
    withdrawn_reason TEXT,
    UNIQUE (list, entry_id)
) STRICT;

-- The digests of standing entries. `algorithm`: `domain.known.ALGORITHMS` by place.
CREATE TABLE list_digest (
    algorithm INTEGER NOT NULL,
    digest    BLOB NOT NULL,
    entry     INTEGER NOT NULL,
    PRIMARY KEY (algorithm, digest, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_digest_by_entry ON list_digest (entry);

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

-- What an analyst keeps of their own looking, sealed by their personal key: the seconds of a day.
CREATE TABLE exposure (
    analyst_id TEXT NOT NULL,
    day        TEXT NOT NULL,
    sealed     BLOB NOT NULL,
    PRIMARY KEY (analyst_id, day)
) STRICT, WITHOUT ROWID;

-- What a unit knows together of a week: sums, and who gave to them, as marks that name nobody.
CREATE TABLE exposure_week (
    week          TEXT PRIMARY KEY,
    seconds       INTEGER NOT NULL,
    views_avoided INTEGER NOT NULL
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
