"""Files of digests that somebody made to mislead: each is read as every tool would read it, or refused with
a sentence, and every row of it is counted.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import HashListUnreadable
from cport_desktop.formats.hash_list_file import Refusal, Refused, Row
from cport_desktop.usecases.import_hash_list import Imported, ListOrder, import_hash_list
from cport_desktop.usecases.list_kinds import AUTO, way_of
from cport_desktop.vault import hits
from cport_desktop.vault.vault import Vault
from cport_desktop.words import list_files as words
from tests import list_files
from tests.builders import a_vault, announce_media
from tests.list_files import known_files

FILES = known_files(4)
ONE, TWO, THREE, FOUR = FILES


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def written(directory: Path, content: bytes | str) -> Path:
    path = directory / "list"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path) -> tuple[str, list[Row]]:
    with path.open("rb") as file:
        way = way_of(file, kind=AUTO, said={})
        return way.name, list(way.rows(file))


def said(rows: list[Row]) -> list[dict[str, str] | Refusal]:
    return [
        row.refusal
        if isinstance(row, Refused)
        else {kind.word: digest.hex() for kind, digest in row[1].digests}
        for row in rows
    ]


def taken(vault: Vault, path: Path, *, is_negative: bool = False) -> Imported:
    order = ListOrder(path, is_negative=is_negative)
    return import_hash_list(vault, order, announce=silent, is_cancelled=never)


def indicator(pattern: str, **more: object) -> str:
    told = {"type": "indicator", "pattern": pattern, "pattern_type": "stix", **more}
    return json.dumps({"type": "bundle", "id": "bundle--1", "objects": [told]})


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (f"[file:hashes.MD5 IN ('{ONE.md5}', '{TWO.md5}')]", [ONE.md5, TWO.md5]),
        (f"[file:hashes.'MD5' IN('{ONE.md5}','{TWO.md5}') OR file:size = 3]", [ONE.md5, TWO.md5]),
        (f"[file:hashes.MD5 NOT IN ('{ONE.md5}')]", []),
        (f"[file:hashes.MD5 NOT = '{ONE.md5}']", []),
        (f"[file:hashes.MD5 != '{ONE.md5}']", []),
        (f"[file:hashes.MD5 LIKE '{ONE.md5}']", []),
        (f"[/* file:hashes.MD5 = '{ONE.md5}' OR */ file:hashes.MD5 = '{TWO.md5}']", [TWO.md5]),
        (f"[file:hashes.MD5 = '{TWO.md5}'] // file:hashes.MD5 = '{ONE.md5}'", [TWO.md5]),
        (f"[file:name = '/*' OR file:hashes.MD5 = '{TWO.md5}' OR file:name = '*/']", [TWO.md5]),
        (f"[file:name = 'it\\'s file:hashes.MD5 = \\'{ONE.md5}\\'']", []),
        (f"[x-file:hashes.MD5 = '{ONE.md5}']", []),
    ],
)
def test_a_pattern_says_what_it_compares_with_and_nothing_else(
    pattern: str, expected: list[str], tmp_path: Path
) -> None:
    _, rows = read(written(tmp_path, indicator(pattern)))
    assert said(rows) == [{"md5": each} for each in expected]


def test_an_indicator_of_what_is_benign_or_of_another_language_raises_no_alarm(
    tmp_path: Path,
) -> None:
    pattern = f"[file:hashes.MD5 = '{ONE.md5}']"
    _, rows = read(written(tmp_path, indicator(pattern, indicator_types=["benign"])))
    assert said(rows) == [Refusal.HARMLESS]
    assert read(written(tmp_path, indicator(pattern, pattern_type="yara")))[1] == []


def vics(*media: str) -> str:
    context = "http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Media"
    return f'{{"odata.metadata":"{context}","value":[{",".join(media)}]}}'


@pytest.mark.parametrize(
    "media",
    [
        f'{{"MD5":"{ONE.md5}","MD5":"{TWO.md5}"}}',
        f'{{"MD5":"{ONE.md5}","M\\u00445"\n : "{TWO.md5}"}}',
        f'{{"MD5":"{ONE.md5}","MediaFiles":[{{"FileName":"a","FileName":"b"}}]}}',
        f'{{"MD5":"{ONE.md5}","Category":NaN}}',
        f'{{"MD5":"{ONE.md5}","Category":1e999}}',
        f'{{"MD5":"{ONE.md5}","Series":"\\ud800"}}',
        f'{{"MD5":"{ONE.md5}","MediaSize":{"9" * 200}}}',
    ],
)
def test_an_element_that_tools_would_read_differently_is_refused_and_the_next_is_read(
    media: str, tmp_path: Path
) -> None:
    _, rows = read(written(tmp_path, vics(media, f'{{"MD5":"{THREE.md5}"}}')))
    assert len(rows) == 2
    assert said(rows)[1] == {"md5": THREE.md5}
    first = said(rows)[0]
    # A size that is no number of bytes is kept as it is told; nothing is computed with it.
    assert first == (Refusal.MALFORMED if "MediaSize" not in media else {"md5": ONE.md5})


def test_a_name_within_a_text_is_no_name_twice(tmp_path: Path) -> None:
    media = json.dumps({"MD5": ONE.md5, "Comments": '"MD5": "MD5" :\n'})
    assert said(read(written(tmp_path, vics(media)))[1]) == [{"md5": ONE.md5}]


@pytest.mark.parametrize("behind", ["x", "{}", f'{{"value":[{{"MD5":"{TWO.md5}"}}]}}', "]", "\0"])
def test_what_stands_behind_the_end_of_a_list_is_not_passed_over(
    behind: str, tmp_path: Path
) -> None:
    path = written(tmp_path, f"{vics(json.dumps({'MD5': ONE.md5}))} \n" + behind)
    with pytest.raises(HashListUnreadable) as refused:
        read(path)
    assert refused.value.facts["cause"] in (words.NO_JSON, words.BINARY)


@pytest.mark.parametrize("blanks", ["", "\n", " \r\n\t" * 200_000])
def test_blanks_behind_the_end_are_nothing(blanks: str, tmp_path: Path) -> None:
    path = written(tmp_path, vics(json.dumps({"MD5": ONE.md5})) + blanks)
    assert said(read(path)[1]) == [{"md5": ONE.md5}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_that_end_in_cr_alone_are_lines(encoding: str, tmp_path: Path) -> None:
    for kind, lines in (
        ("md5sum", [f"{file.md5}  {file.name}" for file in FILES]),
        ("csv", ["md5,name", *(f"{file.md5},{file.name}" for file in FILES)]),
    ):
        name, rows = read(written(tmp_path, "\r".join(lines).encode(encoding)))
        assert name == kind
        assert said(rows) == [{"md5": file.md5} for file in FILES]


def test_files_that_are_called_by_numbers_are_no_qualities(tmp_path: Path) -> None:
    """What `sha256sum 1 2 3` writes."""
    content = "".join(f"{file.sha256}  {at}\n" for at, file in enumerate(FILES))
    name, rows = read(written(tmp_path, content))
    assert name == "md5sum"
    assert said(rows) == [{"sha256": file.sha256} for file in FILES]


def test_digests_of_misp_that_are_not_matched_are_counted(tmp_path: Path) -> None:
    attributes = [
        {"type": "sha512", "value": "ab" * 64},
        {"type": "filename|ssdeep", "value": "a|3:a:b"},
        {"type": "ip-dst", "value": "192.0.2.1"},
        {"type": "md5", "value": ONE.md5},
    ]
    path = written(tmp_path, json.dumps({"Event": {"Attribute": attributes}}))
    assert said(read(path)[1]) == [Refusal.NOT_MATCHED, Refusal.NOT_MATCHED, {"md5": ONE.md5}]


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_database_that_is_not_whole_by_itself_is_refused(ending: str, tmp_path: Path) -> None:
    path = list_files.write("kdb", tmp_path / "list.kdb", FILES)
    beside = tmp_path / f"list.kdb{ending}"
    beside.write_bytes(b"")
    assert len(read(path)[1]) == len(FILES)
    beside.write_bytes(b"something")
    with pytest.raises(HashListUnreadable) as refused:
        read(path)
    assert refused.value.facts["cause"] == words.unsettled(beside.name)


def test_a_database_with_a_log_of_its_own_loses_nothing_silently(tmp_path: Path) -> None:
    """As its program leaves it behind while it is open: the newest entries lie in the log."""
    path = list_files.write("kdb", tmp_path / "list.kdb", FILES[:2])
    with sqlite3.connect(path) as held:
        held.execute("PRAGMA journal_mode = WAL")
        held.execute("INSERT INTO hashes (md5) VALUES (?)", (bytes.fromhex(THREE.md5),))
        held.commit()
        with pytest.raises(HashListUnreadable):
            read(path)
    held.close()
    assert len(read(path)[1]) == 3


@pytest.mark.parametrize("kind", ["nsrl-rds2", "nsrl-rds3"])
def test_what_is_known_to_be_harmless_raises_no_alarm_whatever_was_forgotten(
    kind: str, vault: Vault, tmp_path: Path
) -> None:
    content = b"a shape of some software"
    media_id = announce_media(vault, 7, content)
    sha256 = hashlib.sha256(content).hexdigest()
    done = taken(vault, list_files.write(kind, tmp_path / "list", [replace(ONE, sha256=sha256)]))
    assert done.is_negative
    with vault.reader() as reader:
        found = hits.known_of(reader, [media_id])
    # The older sets have no SHA-256, by which alone a file that was announced is found.
    assert [known.is_harmless for known in found.values()] == [True] * (kind == "nsrl-rds3")


def test_every_row_is_counted_once(vault: Vault, tmp_path: Path) -> None:
    """Accepted, rejected and duplicate together are the lines that say something."""
    lines = [
        f"{ONE.md5},a",
        f"{ONE.md5.upper()},b",
        f"{TWO.md5},",
        f'{THREE.md5},"never ended',
        f"{FOUR.md5},c",
        "no digest,d",
        "",
        f"{'0' * 31},e",
        "x" * 9_000 + ",f",
        f"{TWO.md5},g\rh",
    ]
    done = taken(vault, written(tmp_path, "md5,name\n" + "\n".join(lines) + "\n"))
    assert (done.accepted, done.duplicates) == (3, 1)
    assert done.accepted + done.duplicates + done.rejected == len([each for each in lines if each])
