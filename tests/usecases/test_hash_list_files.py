"""Lists from files: whole or not at all, refused lines told, withdrawn with what they said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.known import Algorithm, EndedBy, HitTally
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.errors import (
    Cancelled,
    HashListUnreadable,
    InputUnreadable,
    KeepingUnderWay,
    ListKept,
    OutputExists,
    RoleMissing,
    TextUnfit,
    UnknownReference,
    ValueUnknown,
)
from cport_desktop.formats.hash_list_file import Listed, Refusal, Refused
from cport_desktop.usecases.import_hash_list import Imported, ListOrder, import_hash_list
from cport_desktop.usecases.known_lists import list_known_lists, show_known_list
from cport_desktop.usecases.list_screen import ListScreen
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.withdraw_hash_list import withdraw_hash_list
from cport_desktop.usecases.write_rejects import rejects_file
from cport_desktop.vault import hits
from cport_desktop.vault.list_reading import ListReading, NewList
from cport_desktop.vault.list_removal import remove_unfinished
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as words
from tests.builders import a_vault, announce_media, hold_media, reopened
from tests.known_builders import a_list, a_list_entry, tell, told
from tests.usecases.test_reading_audit import without


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def a_file(directory: Path, *lines: str) -> Path:
    path = directory / "known.txt"
    path.write_text("\n".join(lines))
    return path


def read_in(vault: Vault, path: Path, order: ListOrder | None = None) -> Imported:
    order = order or ListOrder(path)
    return import_hash_list(vault, order, announce=silent, is_cancelled=never)


def rows_left(vault: Vault) -> dict[str, int]:
    tables = ("hash_list", "list_entry", "list_digest", "list_staging", "match_due")
    with vault.reader() as reader:
        return {
            table: len(reader.connection.execute(f"SELECT * FROM {table}").fetchall())
            for table in tables
        }


def test_a_list_is_read_in_matched_and_shown(vault: Vault, tmp_path: Path) -> None:
    hold_media(vault, 7, b"circle")
    lines = [
        f"{md5(b'circle')}  circle.png",
        f"SHA256 (square.png) = {sha256(b'square')}",
        "",
        f"{md5(b'circle').upper()} *the same again.png",
        "no digest here",
    ]
    order = ListOrder(
        a_file(tmp_path, *lines),
        name="Shapes",
        source="Example Body B",
        version="7",
        handling="for training only",
    )
    done = read_in(vault, order.path, order)

    assert (done.accepted, done.duplicates, done.rejected) == (2, 1, 1)
    assert done.hits == HitTally(new=1)
    assert done.list_id is not None
    known, (content,) = show_known_list(vault, done.list_id, limit=10)
    assert (known.name, known.source, known.version) == ("Shapes", "Example Body B", "7")
    assert (known.entries, known.contents, known.format) == (2, 1, "md5sum")
    assert known.file_sha256 == sha256((tmp_path / "known.txt").read_bytes())
    assert (content.media_id, content.hit.entry_name) == (7, "circle.png")
    announce_media(vault, 8, b"square")
    assert match_due(vault).new == 1


def test_a_dry_run_counts_the_same_and_keeps_nothing(vault: Vault, tmp_path: Path) -> None:
    path = a_file(tmp_path, md5(b"circle"), md5(b"square"), md5(b"circle"), "nonsense")
    before = rows_left(vault)
    tried = read_in(vault, path, ListOrder(path, is_rehearsal=True))

    assert (tried.accepted, tried.duplicates, tried.rejected) == (2, 1, 1)
    assert tried.list_id is None
    assert rows_left(vault) == before
    assert [isinstance(row, Refused) for row in tried.first] == [False, False, False, True]


def test_refused_lines_are_told_with_their_number_and_reason(vault: Vault, tmp_path: Path) -> None:
    path = a_file(tmp_path, md5(b"circle"), "nonsense\twith a tab", md5(b""))
    out = tmp_path / "rejects.txt"
    with rejects_file(vault, out) as reject:
        import_hash_list(vault, ListOrder(path), announce=silent, is_cancelled=never, reject=reject)

    assert out.read_text().splitlines() == [
        "line\treason\ttext",
        "2\tno digest where one should be\tnonsense with a tab",
        f"3\tthe digest of an empty file, which every empty file has\t{md5(b'')}",
    ]
    with pytest.raises(OutputExists), rejects_file(vault, out):
        pass
    with vault.reader() as reader:
        left = reader.connection.execute(
            "SELECT count(*) FROM audit_entry WHERE action = 'disclosure'"
        ).fetchone()
    assert left == (1,)


def test_a_file_that_is_no_list_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    before, path = rows_left(vault), a_file(tmp_path, md5(b"circle"))
    (tmp_path / "prose.txt").write_text("once upon a time")
    with pytest.raises(HashListUnreadable):
        read_in(vault, tmp_path / "prose.txt")
    with pytest.raises(InputUnreadable):
        read_in(vault, tmp_path / "nowhere.txt")
    with pytest.raises(ValueUnknown):
        read_in(vault, path, ListOrder(path, format="clay"))
    with pytest.raises(TextUnfit):
        read_in(vault, path, ListOrder(path, source="x" * 513))
    assert rows_left(vault) == before


def test_reading_that_is_stopped_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    before, asked = rows_left(vault), iter([False, True])
    path = a_file(tmp_path, *(md5(b"%d" % number) for number in range(20_001)))
    with pytest.raises(Cancelled):
        import_hash_list(
            vault, ListOrder(path), announce=silent, is_cancelled=lambda: next(asked, True)
        )
    assert rows_left(vault) == before


NEW = NewList("_0123456789ab", "Half read", "1", "Example", None, False, "md5sum")


def half_read(vault: Vault) -> ListReading:
    """As a crash leaves it: some of it is in its place, nothing is whole."""

    reading = ListReading(vault, NEW)
    entries = [
        (line, Listed(((Algorithm.SHA256, hashlib.sha256(b"%d" % line).digest()),)))
        for line in range(50)
    ]
    reading.take(entries)
    settling = reading.settle()
    for _ in range(20):  # About half of it.
        next(settling)
    return reading


def test_what_was_cut_off_is_seen_by_nobody_and_goes(vault: Vault, tmp_path: Path) -> None:
    announce_media(vault, 1, b"1")
    half_read(vault)
    vault.close()

    with reopened(tmp_path / "vault") as again:
        announce_media(again, 2, b"2")
        assert match_due(again).new == 0
        assert list_known_lists(again, limit=10).rows == ()
        with pytest.raises(UnknownReference):
            show_known_list(again, NEW.list_id, limit=1)
        assert rows_left(again)["list_digest"] > 0
        remove_unfinished(again)
        assert set(rows_left(again).values()) == {0}


def test_of_two_readings_at_once_the_first_gives_way(vault: Vault, tmp_path: Path) -> None:
    first = half_read(vault)
    read_in(vault, a_file(tmp_path, md5(b"circle")))

    with pytest.raises(KeepingUnderWay):
        first.take([])
    assert list_known_lists(vault, limit=10).rows[0].entries == 1


def test_a_long_list_is_behind_a_filter_and_held_against_all_contents(
    vault: Vault, tmp_path: Path
) -> None:
    for number in range(5):
        hold_media(vault, number, b"%d" % number)
    path = a_file(tmp_path, *(md5(b"%d" % number) for number in range(20_005)))

    assert read_in(vault, path).hits.new == 5
    announce_media(vault, 9, b"17000")
    hold_media(vault, 10, b"18000")
    assert match_due(vault, screen=ListScreen(vault)).new == 1
    kept = vault.derivatives.kept_filter()
    assert kept is not None
    assert kept.count == 20_005


def test_withdrawing_a_list_ends_its_hits_and_keeps_what_they_speak_of(
    vault: Vault, tmp_path: Path
) -> None:
    hold_media(vault, 7, b"circle")
    done = read_in(vault, a_file(tmp_path, f"{md5(b'circle')}  circle.png", md5(b"square")))
    assert done.list_id is not None

    known, ended = withdraw_hash_list(vault, done.list_id, reason="a newer one came")
    assert ended == HitTally(ended=1)
    assert known.withdrawn_reason == "a newer one came"
    with vault.reader() as reader:
        (hit,) = hits.of_content(reader, sha256(b"circle"))
    assert (hit.ended_by, hit.ended_reason) == (EndedBy.LIST_WITHDRAWN, "a newer one came")
    assert hit.entry_name == "circle.png"
    left = rows_left(vault)
    assert (left["list_digest"], left["list_entry"]) == (0, 1)
    hold_media(vault, 8, b"square")
    assert match_due(vault).new == 0
    with pytest.raises(ListKept):
        withdraw_hash_list(vault, done.list_id, reason="again")


def test_a_list_of_the_portal_is_withdrawn_by_the_portal_alone(vault: Vault) -> None:
    tell(vault, told(a_list()), told(a_list_entry(md5=md5(b"circle"))))

    with pytest.raises(ListKept):
        withdraw_hash_list(vault, "shapes", reason="not liked")
    with pytest.raises(UnknownReference):
        withdraw_hash_list(vault, "nowhere", reason="not there")


def test_lists_come_in_pages_and_need_an_analyst(vault: Vault, tmp_path: Path) -> None:
    tell(vault, told(a_list("b-list")), told(a_list("a-list")))
    first = list_known_lists(vault, limit=1)
    second = list_known_lists(vault, limit=1, after=first.next_cursor)
    assert [page.rows[0].list_id for page in (first, second)] == ["a-list", "b-list"]
    assert second.next_cursor is None

    without(vault, Role.ANALYST)
    for act in (
        lambda: list_known_lists(vault, limit=1),
        lambda: show_known_list(vault, "a-list", limit=1),
        lambda: withdraw_hash_list(vault, "a-list", reason="no"),
        lambda: match_due(vault),
        lambda: read_in(vault, tmp_path / "known.txt"),
        lambda: rejects_file(vault, None).__enter__(),
    ):
        with pytest.raises(RoleMissing):
            act()


def test_reasons_of_refusal_have_words() -> None:

    assert all(words.refused(reason.value) != reason.value for reason in Refusal)
