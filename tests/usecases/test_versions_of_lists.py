"""A newer file is the next version of a list: what came and went is told, and hits and copies follow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.domain.batch import ChangeKind
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import (
    Cancelled,
    HashListUnreadable,
    ListKept,
    TextUnfit,
    UnknownReference,
)
from cport_desktop.usecases.entry_feedback import EntryWord, say_of_entry
from cport_desktop.usecases.export_hash_list import ListExportOrder, export_hash_list
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.known_lists import list_known_lists, show_known_list, versions_of
from cport_desktop.usecases.update_hash_list import Updated, update_hash_list
from cport_desktop.usecases.withdraw_hash_list import take_back
from cport_desktop.vault import affected, hits
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault, hold_media
from tests.known_builders import a_list, a_list_entry, tell, told
from tests.usecases.agreeing import bind
from tests.usecases.test_exporting_hash_lists import rows


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON)


@pytest.fixture
def vault(tmp_path: Path, clock: SteppingClock) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault", clock=clock) as vault:
        bind(vault)
        for number, content in ((7, b"circle"), (8, b"square"), (9, b"star")):
            hold_media(vault, number, content)
        yield vault


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def a_file(path: Path, *contents: bytes) -> Path:
    path.write_text("".join(f"{md5(each)}  {each.decode()}.png\n" for each in contents))
    return path


@pytest.fixture
def shapes(vault: Vault, tmp_path: Path, clock: SteppingClock) -> str:
    path = a_file(tmp_path / "one.md5", b"circle", b"square", b"line")
    order = ListOrder(path, name="Shapes", source="Unit Example", version="1")
    done = import_hash_list(vault, order, announce=silent, is_cancelled=never)
    assert done.list_id is not None
    clock.advance(timedelta(hours=1))
    return done.list_id


def update(vault: Vault, list_id: str, path: Path, version: str) -> Updated:
    order = ListOrder(path, version=version)
    return update_hash_list(vault, list_id, order, announce=silent, is_cancelled=never)


def known_media(vault: Vault, list_id: str) -> list[int]:
    _, contents = show_known_list(vault, list_id, limit=10)
    return sorted(content.media_id for content in contents)


def test_a_newer_file_is_the_next_version_under_the_same_name(
    vault: Vault, shapes: str, tmp_path: Path, clock: SteppingClock
) -> None:
    out = tmp_path / "out.csv"
    given = ListExportOrder(shapes, "csv", out, recipients=("Unit Example",))
    export_hash_list(vault, given, announce=silent, is_cancelled=never)
    done = update(vault, shapes, a_file(tmp_path / "two.md5", b"square", b"line", b"star"), "2")

    assert (done.difference.added, done.difference.removed) == (1, 1)
    assert (done.hits.new, done.hits.ended, done.copies) == (2, 2, 1)
    assert (done.known.list_id, done.known.name, done.known.version) == (shapes, "Shapes", "2")
    assert (done.known.source, done.known.entries) == ("Unit Example", 3)
    assert known_media(vault, shapes) == [8, 9]
    assert [(one.ordinal, one.version, one.entries, one.added, one.removed)
            for one in versions_of(vault, shapes)] == [(2, "2", 3, 1, 1), (1, "1", 3, 0, 0)]  # fmt: skip
    with vault.reader() as reader:
        (copy,) = affected.page(reader, limit=10).rows
        (ended,) = hits.of_content(reader, hashlib.sha256(b"circle").hexdigest())
    assert (copy.change, copy.revision_left, copy.revision_now) == (ChangeKind.CORRECTED, 1, 2)
    assert ended.ended_reason == "superseded by version 2"
    listed = {row.list_id: row for row in list_known_lists(vault, limit=10).rows}
    assert listed.keys() == {shapes, f"{shapes}.1"}
    assert not listed[f"{shapes}.1"].is_standing


def test_what_was_said_of_an_entry_stands_with_it_on_the_next_version(
    vault: Vault, shapes: str, tmp_path: Path
) -> None:
    say_of_entry(vault, shapes, "2", EntryWord.DISPUTE, note="A test card.")
    say_of_entry(vault, shapes, "1", EntryWord.CONFIRM)
    update(vault, shapes, a_file(tmp_path / "two.md5", b"star", b"square"), "2")

    with vault.reader() as reader:
        (square, *_) = hits.of_content(reader, hashlib.sha256(b"square").hexdigest())
        (star,) = hits.of_content(reader, hashlib.sha256(b"star").hexdigest())
    assert square.is_standing
    assert dict(square.feedback) == {"disputed here": 1}
    assert star.feedback == ()


def test_the_difference_over_several_versions_is_that_of_the_files(
    vault: Vault, shapes: str, tmp_path: Path, clock: SteppingClock
) -> None:
    update(vault, shapes, a_file(tmp_path / "two.md5", b"square", b"line", b"star"), "2")
    clock.advance(timedelta(hours=1))
    update(vault, shapes, a_file(tmp_path / "three.md5", b"line", b"star", b"dot"), "3")

    for since, added, removed in (
        ("1", {b"star", b"dot"}, {b"circle", b"square"}),
        ("2", {b"dot"}, {b"square"}),
        ("3", set[bytes](), set[bytes]()),
    ):
        path = tmp_path / f"since-{since}.csv"
        order = ListExportOrder(shapes, "csv", path, since=since)
        export_hash_list(vault, order, announce=silent, is_cancelled=never)
        told_by_status = {
            status: {row["md5"] for row in rows(path) if row["status"] == status}
            for status in ("added", "removed")
        }
        assert told_by_status == {
            "added": {md5(each) for each in added},
            "removed": {md5(each) for each in removed},
        }


def test_a_file_that_cannot_be_read_changes_nothing(
    vault: Vault, shapes: str, tmp_path: Path
) -> None:
    prose = tmp_path / "prose.txt"
    prose.write_text("once upon a time")
    with pytest.raises(HashListUnreadable):
        update(vault, shapes, prose, "2")
    order = ListOrder(a_file(tmp_path / "two.md5", b"star"), version="2")
    with pytest.raises(Cancelled):
        update_hash_list(vault, shapes, order, announce=silent, is_cancelled=lambda: True)
    assert known_media(vault, shapes) == [7, 8]
    assert [one.version for one in versions_of(vault, shapes)] == ["1"]


def rows_of(vault: Vault, table: str) -> int:
    with vault.reader() as reader:
        ((count,),) = reader.connection.execute(f"SELECT count(*) FROM {table}")
    return int(count)


@pytest.mark.parametrize("asked", range(1, 7))
def test_wherever_it_is_stopped_the_list_is_as_it_was(
    vault: Vault, shapes: str, tmp_path: Path, asked: int
) -> None:
    """Told apart or not: no second list stands beside it, which everything would be known by twice."""
    order = ListOrder(a_file(tmp_path / "two.md5", b"star", b"circle"), version="2")
    questions = iter(range(1, 100))
    with pytest.raises(Cancelled):
        update_hash_list(
            vault, shapes, order, announce=silent, is_cancelled=lambda: next(questions) >= asked
        )
    assert [one.list_id for one in list_known_lists(vault, limit=9).rows] == [shapes]
    assert known_media(vault, shapes) == [7, 8]
    assert (rows_of(vault, "list_entry"), rows_of(vault, "list_digest")) == (3, 3)
    assert (rows_of(vault, "list_gone"), rows_of(vault, "list_staging")) == (0, 0)


def test_a_list_that_is_withdrawn_while_its_next_version_is_read_stays_withdrawn(
    vault: Vault, shapes: str, tmp_path: Path
) -> None:
    order = ListOrder(a_file(tmp_path / "two.md5", b"star"), version="2")

    def meanwhile(_progress: object) -> None:
        if show_known_list(vault, shapes, limit=1)[0].is_standing:
            take_back(vault, shapes, reason="over")

    with pytest.raises(ListKept):
        update_hash_list(vault, shapes, order, announce=meanwhile, is_cancelled=never)
    (one,) = list_known_lists(vault, limit=9).rows
    assert (one.list_id, one.is_standing) == (shapes, False)


def test_only_a_list_of_ones_own_that_stands_has_a_next_version(
    vault: Vault, shapes: str, tmp_path: Path
) -> None:
    path = a_file(tmp_path / "two.md5", b"star")
    tell(vault, told(a_list()))
    with pytest.raises(ListKept):
        update(vault, "shapes", path, "2")
    take_back(vault, shapes, reason="over")
    with pytest.raises(ListKept):
        update(vault, shapes, path, "2")


def test_what_is_said_of_an_entry_stands_where_it_hits(vault: Vault, shapes: str) -> None:
    assert say_of_entry(vault, shapes, "1", EntryWord.CONFIRM).confirming == 1
    said = say_of_entry(vault, shapes, "1", EntryWord.DISPUTE, note="a test card")
    assert (said.reference, said.confirming, said.disputing) == (f"{shapes}/1", 0, 1)
    with vault.reader() as reader:
        (hit,) = hits.of_content(reader, hashlib.sha256(b"circle").hexdigest())
    assert hit.feedback == ((hits.DISPUTED_HERE, 1),)
    (word,) = hit.said
    assert (word.word, word.note, word.by) == ("dispute", "a test card", vault.analyst.name)
    assert hit.is_standing
    with pytest.raises(TextUnfit):
        say_of_entry(vault, shapes, "1", EntryWord.DISPUTE)
    with pytest.raises(UnknownReference):
        say_of_entry(vault, shapes, "9", EntryWord.CONFIRM)


def test_what_was_said_goes_with_its_entry(vault: Vault, shapes: str) -> None:
    say_of_entry(vault, shapes, "3", EntryWord.CONFIRM)
    take_back(vault, shapes, reason="over")
    with vault.reader() as reader:
        left = reader.connection.execute("SELECT count(*) FROM entry_word").fetchone()
    assert left == (0,)


def test_a_positive_entry_outweighs_a_negative_list_and_is_known_anew_without_it(
    vault: Vault, shapes: str, tmp_path: Path
) -> None:
    path = a_file(tmp_path / "harmless.md5", b"circle", b"star")
    order = ListOrder(path, is_negative=True)
    done = import_hash_list(vault, order, announce=silent, is_cancelled=never)
    assert done.list_id is not None

    def harmless(media: int) -> bool | None:
        with vault.reader() as reader:
            known = hits.known_of(reader, [MediaId(media)]).get(MediaId(media))
        return None if known is None else known.is_harmless

    assert (harmless(7), harmless(8), harmless(9)) == (False, False, True)
    take_back(vault, shapes, reason="wrong", entries=["1"])
    assert (harmless(7), harmless(8), harmless(9)) == (True, False, True)
    take_back(vault, done.list_id, reason="over")
    assert (harmless(7), harmless(8), harmless(9)) == (None, False, None)


def test_a_corrected_entry_of_the_portal_keeps_what_it_had_for_the_difference(
    vault: Vault,
) -> None:
    tell(vault, told(a_list()), told(a_list_entry("1", md5=md5(b"circle"))))
    tell(vault, told(a_list_entry("1", md5=md5(b"dot")), revision=2))
    with vault.reader() as reader:
        gone = reader.connection.execute("SELECT entry_id, digests FROM list_gone").fetchall()
    assert [(entry, digests[2:].hex()) for entry, digests in gone] == [("1", md5(b"circle"))]
