"""The custody that travels along: a stranger can check each line of it, and no changed line passes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from cport_desktop.domain.custody import Custody, ItemCustody, ProvedEntry
from cport_desktop.exports.custody_appendix import HEADER, print_custody, print_table
from cport_desktop.exports.custody_reader import LONGEST_LINE, CustodyReader, SeenCustody
from tests.exports.custody_log import content_with_custody, custody, small_log
from tests.exports.synthetic import Sealed, sealed
from tests.exports.test_verification import Files, cause, check, opened, resigned

Record = dict[str, Any]


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed(content_with_custody())


@pytest.fixture(scope="module")
def files(package: Sealed) -> Files:
    with zipfile.ZipFile(io.BytesIO(opened(package))) as container:
        return {name: container.read(name) for name in container.namelist()}


def printed(found: Custody | None = None) -> bytes:
    return b"".join(print_custody(found or custody(), is_synthetic=True))


def seen(untrusted: bytes, *, piece: int = 1_000) -> SeenCustody:
    reader = CustodyReader()
    for start in range(0, len(untrusted), piece):
        reader.write(untrusted[start : start + piece])
    return reader.finish()


def test_a_package_with_custody_verifies_and_is_json(package: Sealed, files: Files) -> None:
    assert check(package).is_verified
    record = json.loads(files["custody.json"])
    assert record["format"] == "cport-custody-1"
    assert [each["item"] for each in record["items"]] == ["HL-1", "HL-2", "HL-3", "M-101"]
    assert record["items"][0]["entries"] == [1, 5]
    assert record["items"][0]["counted"] == [
        {
            "action": "consultation",
            "count": 1,
            "first": "2026-05-09T09:30:12Z",
            "last": "2026-05-09T09:30:12Z",
        }
    ]


def test_a_stranger_checks_every_proof_with_nothing_but_a_digest(files: Files) -> None:
    """RFC 9162, 2.1.3.2, written down again from the text of the standard."""
    record = json.loads(files["custody.json"])
    size, root = record["log"]["size"], record["log"]["root"]
    for line in record["entries"]:
        place, last = line["entry"] - 1, size - 1
        found = hashlib.sha256(b"\x00" + line["canonical"].encode()).digest()
        for neighbour in map(bytes.fromhex, line["proof"]):
            if place % 2 or place == last:
                found = hashlib.sha256(b"\x01" + neighbour + found).digest()
                while place % 2 == 0 and place:
                    place, last = place >> 1, last >> 1
            else:
                found = hashlib.sha256(b"\x01" + found + neighbour).digest()
            place, last = place >> 1, last >> 1
        assert (last, found.hex()) == (0, root)


def test_the_table_is_by_item_and_no_spreadsheet_takes_a_reason_for_a_formula(
    files: Files,
) -> None:
    rows = list(csv.reader(io.StringIO(files["custody.csv"].decode())))
    assert tuple(rows[0]) == HEADER
    assert [(row[0], row[1], row[5]) for row in rows[1:]] == [
        ("HL-1", "1", "collection"),
        ("HL-1", "5", "disclosure"),
        ("HL-1", "", "consultation"),
        ("HL-2", "1", "collection"),
        ("HL-2", "6", "disclosure"),
        ("M-101", "3", "collection"),
    ]
    assert {row[10] for row in rows[1:]} == {"'=synthetic reason", ""}
    assert {(row[8], row[9]) for row in rows[1:] if row[1]} == {("analyst", "court")}


def test_what_was_counted_names_nobody(files: Files) -> None:
    rows = list(csv.reader(io.StringIO(files["custody.csv"].decode())))
    counted = [row for row in rows[1:] if not row[1]]
    assert counted == [
        [
            *("HL-1", "", "2026-05-09T09:30:12Z", "2026-05-09T09:30:12Z", "1", "consultation"),
            *("", "", "", "", ""),
        ]
    ]


@pytest.mark.parametrize("piece", [1, 7, 1_000_000])
def test_it_is_read_in_whatever_pieces_it_comes(piece: int) -> None:
    found = custody()
    expected = SeenCustody(found.size, found.root.hex(), True, 4, True)
    assert seen(printed(), piece=piece) == expected


def changed(change: Callable[[Record], object]) -> bytes:
    """As it is printed, line by line, of a record that somebody changed."""
    record = json.loads(printed())
    change(record)
    head = {name: record[name] for name in ("format", "synthetic", "log")}
    lines = [json.dumps(head, separators=(",", ":"))[:-1] + ',"items":[']
    lines += [json.dumps(each) + "," for each in record["items"]]
    lines.append('],"entries":[')
    lines += [json.dumps(each) + "," for each in record["entries"]]
    return "\n".join([*lines, "]}", ""]).encode()


CHANGES: dict[str, Callable[[Record], object]] = {
    "reason": lambda r: r["entries"][2].update(
        canonical=r["entries"][2]["canonical"].replace("synthetic", "another")
    ),
    "proof": lambda r: r["entries"][0]["proof"].reverse(),
    "shorter proof": lambda r: r["entries"][0]["proof"].pop(),
    "number": lambda r: r["entries"][3].update(entry=7),
    "left out": lambda r: r["entries"].pop(1),
    "twice": lambda r: r["entries"].append(r["entries"][-1]),
    "order": lambda r: r["entries"].reverse(),
    "not named": lambda r: r["items"][3].update(entries=[]),
    "named wrongly": lambda r: r["items"][2].update(entries=[6]),
    "named without being there": lambda r: r["items"][2].update(entries=[4]),
    "root": lambda r: r["log"].update(root="00" * 32),
    "format": lambda r: r.update(format="cport-custody-9"),
    "more": lambda r: r["items"][0].update(more=1),
    "no digest": lambda r: r["entries"][0].update(proof=["zz" * 32]),
    "no number": lambda r: r["entries"][0].update(entry="1"),
}


def test_an_unchanged_record_passes_after_the_same_treatment() -> None:
    assert seen(changed(lambda _: None)).is_sound


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_no_changed_line_is_sound(change: Callable[[Record], object]) -> None:
    assert not seen(changed(change)).is_sound


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"\n",
        b"[]\n",
        b"\xff" * 100 + b"\n",
        printed()[:-1],
        printed()[:-3],
        printed() + b"\n",
        printed() + b"{}",
        b"[" * 200_000 + b"\n",
        b"x" * (LONGEST_LINE + 2),
    ],
)
def test_rubbish_is_not_sound(untrusted: bytes) -> None:
    assert not seen(untrusted).is_sound


def test_custody_under_another_head_than_the_packages_fails_the_last_step(
    package: Sealed, files: Files
) -> None:
    log = small_log()
    longer = replace(log, entries=(*log.entries, replace(log.entries[0], sequence=8)))
    sound = printed(replace(custody(longer), size=8))
    assert seen(sound).is_sound
    for forged in (
        sound,
        files["custody.json"].replace(b'"size":7', b'"size":8'),
        files["custody.json"].replace(b"synthetic reason", b"invented  reason"),
        files["custody.json"].replace(b'"synthetic":true', b'"synthetic":false'),
    ):
        assert forged != files["custody.json"]
        changed_files = files | {"custody.json": forged}
        assert cause(check(package, resigned(changed_files, package))) == "custody"


def test_neither_writing_nor_reading_holds_more_than_a_piece_of_it() -> None:
    """Ten thousand entries of a kilobyte each pass by; the numbers alone stay."""
    entry = small_log().entries[4]
    text = "x" * 1000

    def proved() -> Iterator[ProvedEntry]:
        for number in range(1, 10_001):
            yield ProvedEntry(number, f"{text}{number}", ())

    items = (ItemCustody("HL-1", tuple(range(1, 10_001)), ()),)
    found = Custody(10_000, bytes(32), items, proved, lambda _: (entry,))
    tracemalloc.start()
    try:
        written = sum(map(len, print_custody(found, is_synthetic=True)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert written > 10_000_000
    assert peak < 2_000_000
    assert len(b"".join(print_table(found)).splitlines()) == 2
