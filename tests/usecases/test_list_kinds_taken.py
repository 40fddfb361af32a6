"""Lists of every kind are taken into a vault: entries of several digests, categories, what is there twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.domain.known import Algorithm
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import Cancelled, HashListUnreadable, ValueUnknown
from cport_desktop.formats.hash_list_file import Refused
from cport_desktop.usecases.import_hash_list import Imported, ListOrder, import_hash_list
from cport_desktop.usecases.known_lists import show_known_list
from cport_desktop.vault.hash_lists import unpacked
from cport_desktop.vault.vault import Vault
from cport_desktop.words import list_files as words
from tests import list_files
from tests.builders import a_vault, announce_media, hold_media
from tests.list_files import KnownFile, known_files

FILES = known_files(6)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def read_in(vault: Vault, path: Path, **said: object) -> Imported:
    order = ListOrder(path, **said)  # type: ignore[arg-type]  # the fields of an order
    return import_hash_list(vault, order, announce=silent, is_cancelled=never)


def written(directory: Path, content: bytes) -> Path:
    (directory / "list").write_bytes(content)
    return directory / "list"


def entries(vault: Vault) -> list[tuple[str, dict[Algorithm, str], str | None]]:
    """Name, digests and category of each."""
    with vault.reader() as reader:
        found = reader.connection.execute(
            "SELECT name, digests, category FROM list_entry ORDER BY entry"
        ).fetchall()
    return [(name, {a: d.hex() for a, d in unpacked(kept)}, code) for name, kept, code in found]


def digests_kept(vault: Vault) -> set[tuple[int, str, int]]:
    with vault.reader() as reader:
        found = reader.connection.execute("SELECT algorithm, hex(digest), entry FROM list_digest")
        return {(a, digest.lower(), entry) for a, digest, entry in found}


def counted(vault: Vault) -> int:
    with vault.reader() as reader:
        ((upto,),) = reader.connection.execute(
            "SELECT upto FROM matching_state WHERE what = 'digests'"
        )
    return int(upto)


@pytest.mark.parametrize("kind", [*list_files.BYTES, *list_files.DATABASES])
def test_a_list_of_every_kind_is_taken_whole_and_told_by_a_dry_run_before(
    kind: str, vault: Vault, tmp_path: Path
) -> None:
    path = list_files.write(kind, tmp_path / "list", FILES)
    expected = 2 * len(FILES) if kind == "threatexchange" else len(FILES)

    tried = read_in(vault, path, is_rehearsal=True)
    assert entries(vault) == []
    done = read_in(vault, path)
    for each in (tried, done):
        assert (each.format, each.accepted, each.rejected) == (kind, expected, 0)
        assert each.duplicates == 0
        assert len(each.first) == min(10, expected)
        assert each.columns == tried.columns
    assert len(entries(vault)) == expected
    kept = {(a, digest) for _, told, _ in entries(vault) for a, digest in told.items()}
    assert {(a, digest) for a, digest, _ in digests_kept(vault)} == {(int(a), d) for a, d in kept}
    assert counted(vault) == len(digests_kept(vault))
    assert done.list_id is not None
    known, _ = show_known_list(vault, done.list_id, limit=1)
    assert (known.format, known.entries) == (kind, expected)
    with path.open("rb") as file:
        assert known.file_sha256 == hashlib.file_digest(file, "sha256").hexdigest()


def test_a_content_is_found_by_any_digest_of_an_entry(vault: Vault, tmp_path: Path) -> None:
    hold_media(vault, 1, b"circle")
    announce_media(vault, 2, b"square")
    shapes = [
        KnownFile(
            hashlib.md5(content).hexdigest(),
            "0" * 39 + "1",
            hashlib.sha256(content).hexdigest(),
            FILES[0].pdq,
            content.decode(),
        )
        for content in (b"circle", b"square")
    ]
    path = written(tmp_path, list_files.vics20(shapes))
    done = read_in(vault, path)
    # By MD5 only what is here, by SHA-256 also what is announced.
    assert done.hits.new == 3
    assert done.list_id is not None
    _, contents = show_known_list(vault, done.list_id, limit=10)
    assert {content.media_id for content in contents} == {1, 2}


def test_a_hit_tells_the_category_as_its_list_has_it(vault: Vault, tmp_path: Path) -> None:
    announce_media(vault, 2, b"square")
    rows = [[hashlib.sha256(b"square").hexdigest(), "II-b"]]
    path = written(tmp_path, list_files.table(["sha256", "category"], rows))
    done = read_in(vault, path, profile="Region 7")
    assert done.list_id is not None
    _, (content,) = show_known_list(vault, done.list_id, limit=10)
    assert (content.hit.category, content.hit.category_region) == ("II-b", "Region 7")


def table(*rows: list[str]) -> bytes:
    return list_files.table(["md5", "sha1", "category", "name"], list(rows))


def test_an_entry_is_there_twice_if_all_its_digests_and_its_category_are(
    vault: Vault, tmp_path: Path
) -> None:
    one, two = FILES[:2]
    path = written(
        tmp_path,
        table(
            [one.md5, one.sha1, "", "first"],
            [one.md5, one.sha1, "", "the same again"],
            [one.md5, two.sha1, "", "another file of the same MD5"],
            [one.md5, one.sha1, "A", "the same in a category"],
            [one.md5, one.sha1, "B", "the same in another"],
            [one.md5, one.sha1, "B", "and again"],
            [one.md5, "", "", "MD5 alone"],
            [one.md5, "", "", "MD5 alone again"],
            ["", one.sha1, "A", "SHA-1 in a category"],
        ),
    )
    tried = read_in(vault, path, is_rehearsal=True)
    done = read_in(vault, path)
    assert (done.accepted, done.duplicates) == (tried.accepted, tried.duplicates) == (6, 3)
    assert [name for name, _, _ in entries(vault)] == [
        "first",
        "another file of the same MD5",
        "the same in a category",
        "the same in another",
        "MD5 alone",
        "SHA-1 in a category",
    ]
    assert len(digests_kept(vault)) == counted(vault) == 10


def test_a_list_may_have_digests_of_several_kinds(vault: Vault, tmp_path: Path) -> None:
    lines = [FILES[0].md5, FILES[1].sha1, FILES[2].sha256, FILES[3].md5[:-2], FILES[0].md5.upper()]
    done = read_in(vault, written(tmp_path, "\n".join(lines).encode()))
    assert (done.accepted, done.rejected, done.duplicates) == (3, 1, 1)
    assert [set(told) for _, told, _ in entries(vault)] == [
        {Algorithm.MD5},
        {Algorithm.SHA1},
        {Algorithm.SHA256},
    ]


def profile_kept(vault: Vault) -> list[str | None]:
    with vault.reader() as reader:
        return [row[0] for row in reader.connection.execute("SELECT profile FROM hash_list")]


def test_a_region_is_kept_as_the_file_says_and_never_another(vault: Vault, tmp_path: Path) -> None:
    path = written(tmp_path, list_files.vics20(FILES, region="UK"))
    with pytest.raises(HashListUnreadable) as refused:
        read_in(vault, path, profile="US")
    assert refused.value.facts["cause"] == words.other_profile("US", "UK")
    assert profile_kept(vault) == []
    assert read_in(vault, path, profile="uk").profile == "UK"
    custom = written(tmp_path, list_files.vics20(FILES, region="CUSTOM"))
    assert read_in(vault, custom, profile="Region 7").profile == "Region 7"
    assert read_in(vault, custom).profile == "CUSTOM"
    assert profile_kept(vault) == ["UK", "Region 7", "CUSTOM"]
    assert {code for _, _, code in entries(vault)} == {None, "2"}


def test_what_has_no_place_is_kept_and_quality_too(vault: Vault, tmp_path: Path) -> None:
    read_in(vault, written(tmp_path, list_files.icse(FILES[:1])))
    read_in(vault, written(tmp_path, list_files.pdq(FILES[:1])))
    with vault.reader() as reader:
        (rest, _), (_, quality) = reader.connection.execute(
            "SELECT rest, quality FROM list_entry ORDER BY entry"
        ).fetchall()
    assert json.loads(rest)["Series name"] == "series a"
    assert quality == 80


def test_a_file_of_which_nothing_can_be_taken_is_refused_and_tried_it_says_why(
    vault: Vault, tmp_path: Path
) -> None:
    path = written(tmp_path, table([hashlib.md5().hexdigest(), "", "", "empty"]))
    with pytest.raises(HashListUnreadable) as refused:
        read_in(vault, path)
    assert refused.value.facts["cause"] == words.NOTHING_TAKEN
    assert profile_kept(vault) == []
    tried = read_in(vault, path, is_rehearsal=True)
    assert (tried.accepted, tried.rejected) == (0, 1)
    assert isinstance(tried.first[0], Refused)


def test_columns_that_are_said_make_a_table_of_a_text(vault: Vault, tmp_path: Path) -> None:
    path = written(tmp_path, "".join(f"{file.pdq}\n" for file in FILES).encode())
    assert read_in(vault, path, is_rehearsal=True).format == "md5sum"
    done = read_in(vault, path, columns={"pdq": "1"})
    assert done.format == "csv"
    assert {kind for _, told, _ in entries(vault) for kind in told} == {Algorithm.PDQ}
    with pytest.raises(ValueUnknown):
        read_in(vault, path, columns={"pdq": "2"})


def test_json_that_breaks_off_is_refused_with_all_that_was_read_of_it(
    vault: Vault, tmp_path: Path
) -> None:
    content = list_files.vics20(known_files(200))
    with pytest.raises(HashListUnreadable) as refused:
        read_in(vault, written(tmp_path, content[:-40]))
    assert refused.value.facts["cause"] == words.CUT_OFF
    assert entries(vault) == []
    assert digests_kept(vault) == set()


def test_reading_a_database_can_be_stopped(vault: Vault, tmp_path: Path) -> None:
    path = list_files.write("kdb", tmp_path / "list.kdb", FILES)
    asked = iter([False, True])
    with pytest.raises(Cancelled):
        import_hash_list(
            vault, ListOrder(path), announce=silent, is_cancelled=lambda: next(asked, True)
        )
    assert entries(vault) == []
