"""Foreign databases are read by a process that can do nothing else; hostile ones give a sentence."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cport_desktop.domain.known import Algorithm
from cport_desktop.errors import HashListUnreadable
from cport_desktop.formats.hash_list_file import Refused
from cport_desktop.formats.lists.foreign_rows import (
    LARGEST_FRAME,
    PREFIX,
    Ended,
    Failed,
    Opened,
    Rows,
    frame_length,
    framed,
    parse_frame,
    pieces,
)
from cport_desktop.media.foreign_rows import ForeignRows, foreign_rows
from cport_desktop.media.rows_child import database
from cport_desktop.media.rows_child.calls import DATABASE_CALLS
from cport_desktop.usecases.list_kinds import AUTO, way_of
from cport_desktop.words import list_files as words
from tests import list_files
from tests.list_files import known_files

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="databases are read where Linux can confine their reader"
)
FILES = known_files(3)
HASHES = "CREATE TABLE db_properties (name, value); CREATE TABLE hashes ({columns});"
ENDLESS = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS {column} FROM n"
)


def made(directory: Path, script: str) -> Path:
    path = directory / "hostile.db"
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path


@contextmanager
def opened(path: Path) -> Iterator[ForeignRows]:
    with path.open("rb") as file, foreign_rows(file) as rows:
        yield rows


def refused(path: Path) -> str:
    with pytest.raises(HashListUnreadable) as error, opened(path) as rows:
        list(rows)
    return str(error.value.facts["cause"])


def test_the_whole_of_nsrl_is_read_from_its_tables_and_not_from_its_views(tmp_path: Path) -> None:
    list_files.nsrl_rds3_full(tmp_path / "rds.db", FILES)
    with opened(tmp_path / "rds.db") as rows:
        assert (rows.kind, rows.count) == ("nsrl-rds3", 3)
        assert list(rows) == [
            (f.md5.upper(), f.sha1.upper(), f.sha256.upper(), None) for f in FILES
        ]


def test_rows_come_in_many_frames_and_tell_how_far_they_are(tmp_path: Path) -> None:
    many = known_files(4_001)
    path = list_files.write("kdb", tmp_path / "many.kdb", many)
    with path.open("rb") as file:
        rows = way_of(file, kind=AUTO, said={}).rows(file)
        places = [file.tell() for _ in rows]
    assert len(places) == 4_001
    assert places == sorted(places)
    assert len(set(places)) == 5


def test_what_a_row_lacks_is_told_and_what_is_none_is_refused(tmp_path: Path) -> None:
    script = HASHES.format(columns="id INTEGER PRIMARY KEY, md5, sha1, sha2_256")
    digest = FILES[0].md5
    path = made(
        tmp_path,
        f"{script} INSERT INTO hashes VALUES (1, x'{digest}', NULL, NULL), (2, '{digest}', 1.5, ''),"
        " (3, NULL, NULL, NULL), (4, 'd41d8cd98f00b204e9800998ecf8427e', NULL, NULL);",
    )
    with path.open("rb") as file:
        first, *others = way_of(file, kind="kdb", said={}).rows(file)
    assert not isinstance(first, Refused)
    assert first[1].digests == ((Algorithm.MD5, bytes.fromhex(digest)),)
    assert [row.refusal.value for row in others if isinstance(row, Refused)] == [
        "no_digest",
        "no_digest",
        "empty_input",
    ]


def test_the_reader_makes_no_call_but_those_that_reading_takes() -> None:
    for calls in DATABASE_CALLS.values():
        assert not {"open", "openat", "socket", "execve", "unlink"} & calls.allowed.keys()
        assert not calls.allowed.keys() & calls.denied.keys()


def test_the_reader_can_open_nothing_once_it_is_confined(tmp_path: Path) -> None:
    """It is asked to, in its own interpreter, after its own confinement."""
    (tmp_path / "secret").write_text("kept")
    code = (
        "import os, sys\n"
        "from cport_desktop.media.child.confinement import confine\n"
        "from cport_desktop.media.rows_child.calls import DATABASE_CALLS\n"
        "level = confine(DATABASE_CALLS)\n"
        "os.write(1, level.value.encode())\n"
        "try:\n"
        f"    os.open({str(tmp_path / 'secret')!r}, os.O_RDONLY)\n"
        "except OSError:\n"
        "    os.write(1, b' closed')\n"
        "os.fork()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.stdout in {b"walled closed", b"filtered closed"}
    assert done.returncode < 0


def test_statements_in_the_file_are_never_run(tmp_path: Path) -> None:
    view = ENDLESS.format(column="md5")
    both = f"CREATE VIEW FILE AS SELECT md5, md5 AS sha1, md5 AS sha256 FROM ({view});"
    assert refused(made(tmp_path, both)) == words.NO_LIST_INSIDE


def test_a_virtual_table_is_no_table(tmp_path: Path) -> None:
    script = "CREATE VIRTUAL TABLE FILE USING fts5(sha256, sha1, md5);"
    assert refused(made(tmp_path, script)) == words.NO_LIST_INSIDE


def test_a_column_that_is_computed_by_the_file_is_refused(tmp_path: Path) -> None:
    script = HASHES.format(
        columns="id INTEGER PRIMARY KEY, sha1, sha2_256,"
        " md5 GENERATED ALWAYS AS (hex(zeroblob(400000000))) VIRTUAL"
    )
    path = made(tmp_path, f"{script} INSERT INTO hashes (id) VALUES (1);")
    assert refused(path) == words.DATABASE_DAMAGED


def test_triggers_and_other_tables_do_not_matter(tmp_path: Path) -> None:
    path = list_files.write("kdb", tmp_path / "list.kdb", FILES)
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TRIGGER t AFTER INSERT ON hashes BEGIN DELETE FROM hashes; END;"
        f"CREATE VIEW v AS {ENDLESS.format(column='x')};"
    )
    connection.close()
    with opened(path) as rows:
        assert len(list(rows)) == len(FILES)


def test_other_tables_or_none_are_no_list(tmp_path: Path) -> None:
    assert refused(made(tmp_path, "CREATE TABLE FILE (a, b);")) == words.NO_LIST_INSIDE
    script = "DROP TABLE FILE; CREATE TABLE db_properties (a); CREATE TABLE hashes (a);"
    assert refused(made(tmp_path, script)) == words.DATABASE_DAMAGED
    empty = sqlite3.connect(tmp_path / "empty.db")
    empty.execute("PRAGMA user_version = 1")
    empty.close()
    assert refused(tmp_path / "empty.db") == words.NO_LIST_INSIDE


@pytest.mark.parametrize(
    ("place", "value"),
    [(16, b"\xff\xff"), (16, b"\0\0"), (21, b"\1\1\1"), (28, b"\xff" * 4), (100, b"\xff" * 8)],
)
def test_a_head_that_lies_is_told(place: int, value: bytes, tmp_path: Path) -> None:
    path = list_files.write("kdb", tmp_path / "list.kdb", FILES)
    content = bytearray(path.read_bytes())
    content[place : place + len(value)] = value
    path.write_bytes(content)
    try:
        with opened(path) as rows:
            assert len(list(rows)) <= len(FILES)
    except HashListUnreadable as told:
        assert told.facts["cause"] in {words.DATABASE_DAMAGED, words.NO_LIST_INSIDE}


def test_damaged_pages_end_in_a_sentence_and_in_nothing_worse(tmp_path: Path) -> None:
    path = list_files.write("nsrl-rds3", tmp_path / "list.db", known_files(300))
    whole, dice = path.read_bytes(), random.Random(7)
    seen = set[str]()
    for _ in range(12):
        content = bytearray(whole)
        for _ in range(60):
            content[dice.randrange(100, len(content))] = dice.randrange(256)
        path.write_bytes(content)
        try:
            with opened(path) as rows:
                list(rows)
        except HashListUnreadable as told:
            seen.add(str(told.facts["cause"]))
    assert seen <= {words.DATABASE_DAMAGED, words.NO_LIST_INSIDE, words.DATABASE_ENDLESS}
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path) == words.DATABASE_DAMAGED


def test_a_reader_is_gone_when_nobody_wants_its_rows(tmp_path: Path) -> None:
    path = list_files.write("kdb", tmp_path / "many.kdb", known_files(5_000))
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    others = set(children.read_text().split())
    with path.open("rb") as file:
        rows = way_of(file, kind="kdb", said={}).rows(file)
        next(rows)
        reading = set(children.read_text().split()) - others
        rows.close()
    assert reading
    assert not reading & set(children.read_text().split())


def test_an_answer_that_takes_no_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After as many steps as are left to it, here none."""
    monkeypatch.setattr(database, "_STEPS", 100)
    monkeypatch.setattr(database, "_MOST_STEPS", 0)
    path = list_files.write("kdb", tmp_path / "many.kdb", known_files(100))
    foreign = database.ForeignDatabase(f"file:{path}?mode=ro&immutable=1")
    with pytest.raises(database.Unfit) as told:
        foreign.opened()
        list(foreign.rows())
    assert told.value.why == "endless"


def test_a_file_that_was_replaced_is_not_read(tmp_path: Path) -> None:
    path = list_files.write("kdb", tmp_path / "list.kdb", FILES)
    with path.open("rb") as file:
        path.unlink()
        with pytest.raises(HashListUnreadable), foreign_rows(file):
            pass
        list_files.write("kdb", path, known_files(5))
        path.rename(f"{path} (deleted)")
        with pytest.raises(HashListUnreadable) as told, foreign_rows(file):
            pass
    assert told.value.facts["cause"] == words.DATABASE_REPLACED


def heard(*content: bytes) -> ForeignRows:
    read, write = os.pipe()
    os.write(write, b"".join(content))
    os.close(write)
    return ForeignRows(read)


@pytest.mark.parametrize(
    "make",
    [
        heard,
        lambda: heard(b"\xff\xff\xff\xff"),
        lambda: heard(framed(Ended())),
        lambda: heard((5).to_bytes(PREFIX, "big"), b"{}{}{"),
        lambda: list(heard(framed(Opened("kdb", 1)))),
        lambda: list(heard(framed(Opened("kdb", 1)), framed(Opened("kdb", 1)))),
        lambda: list(heard(framed(Opened("kdb", 1)), framed(Rows([])), framed(Failed("damaged")))),
    ],
)
def test_a_reader_that_says_something_else_is_not_believed(make: Callable[[], object]) -> None:
    with pytest.raises(HashListUnreadable):
        make()


def test_rows_with_long_names_take_several_frames() -> None:
    row = (None, None, None, "\x00" * 4_096)
    frames = list(pieces([row] * 400))
    assert len(frames) > 1
    assert all(frame_length(frame[:PREFIX]) <= LARGEST_FRAME for frame in frames)
    told = [parse_frame(frame[PREFIX:]) for frame in frames]
    assert sum(len(each.rows) for each in told if isinstance(each, Rows)) == 400
