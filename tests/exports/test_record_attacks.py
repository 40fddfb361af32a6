"""What a package says of itself, written so that two readers might read two things: neither takes it.

Each of these is signed by a good signer, so that nothing but its content is amiss.
"""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from tests.exports.both_verifiers import Reader, agreed, cause
from tests.exports.custody_log import content_with_custody
from tests.exports.synthetic import Sealed, sealed
from tests.exports.test_carried_checkpoint import with_checkpoint
from tests.exports.test_verification import Files, opened, resigned

RECORD, CHECKPOINT, CUSTODY = "package.json", "audit-checkpoint.txt", "custody.json"


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed(with_checkpoint())


def files_of(package: Sealed) -> Files:
    with zipfile.ZipFile(io.BytesIO(opened(package))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def files(package: Sealed) -> Files:
    return files_of(package)


def said(package: Sealed, files: Files) -> str:
    reader = Reader(identities=[package.identity], trust=package.authority.pem)
    outcome = agreed(resigned(files, package), reader)
    return cause(outcome) or outcome[0]


TEXTS: dict[str, tuple[bytes, bytes, str]] = {
    "a key twice": (b'"title"', b'"title": "Other", "title"', "package_record"),
    "a key twice, deep inside": (b'"head"', b'"head": "00", "head"', "package_record"),
    "half a sign": (b"Synthetic series", b"\\ud800", "package_record"),
    "a sign that is none": (b"Synthetic series", b"\xff", "package_record"),
    "a line within a text": (b"Synthetic series", b"a\nb", "package_record"),
    "no number": (b'"title"', b'"more": NaN, "title"', "package_record"),
    "no end of numbers": (b'"title"', b'"more": -Infinity, "title"', "package_record"),
    "beyond all numbers": (b'"title"', b'"more": 1e999, "title"', "package_record"),
    "half a sign where nobody looks": (
        b'"title"',
        b'"more": "\\udc00", "title"',
        "package_record",
    ),
    "deeper than anything": (
        b'"title"',
        b'"more": ' + b"[" * 40 + b"]" * 40 + b', "title"',
        "package_record",
    ),
    "a hundred thousand deep": (
        b'"title"',
        b'"more": ' + b"[" * 100_000 + b"]" * 100_000 + b', "title"',
        "package_record",
    ),
    "something more": (b'"title"', b'"more": [1, 2.5, null], "title"', "verified"),
    "a large number where nobody counts": (
        b'"title"',
        b'"more": 1' + b"0" * 400 + b', "title"',
        "verified",
    ),
    "a mark before it": (b"{", b"\xef\xbb\xbf{", "package_record"),
    "a remark": (b"{", b"{ // x\n", "package_record"),
}


@pytest.mark.parametrize("what", TEXTS)
def test_the_record_is_json_that_every_reader_reads_alike(
    package: Sealed, files: Files, what: str
) -> None:
    old, new, expected = TEXTS[what]
    changed = files[RECORD].replace(old, new, 1)
    assert changed != files[RECORD]
    assert said(package, files | {RECORD: changed}) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1", "verified"),
        ("-1", "package_record"),
        ("1.0", "package_record"),
        ("1e0", "package_record"),
        ("true", "package_record"),
        ('"1"', "package_record"),
        ("01", "package_record"),
        ("+1", "package_record"),
        ("9223372036854775807", "verified"),
        ("9223372036854775808", "package_record"),
        ("1" + "0" * 30, "package_record"),
        ("9" * 5000, "package_record"),
    ],
)
def test_what_is_counted_is_a_whole_number(
    package: Sealed, files: Files, number: str, expected: str
) -> None:
    changed = re.sub(rb'"media_omitted": \d+', f'"media_omitted": {number}'.encode(), files[RECORD])
    assert said(package, files | {RECORD: changed}) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-05-17T09:30:12Z", "verified"),
        ("2026-05-17T09:30:12.5Z", "verified"),
        ("2026-05-17T09:30:12.123456Z", "verified"),
        ("2026-05-17T09:30:12.1234567Z", "package_record"),
        ("2026-05-17T09:30:12+00:00", "package_record"),
        ("2026-05-17T11:30:12+02:00", "package_record"),
        ("2026-05-17 09:30:12Z", "package_record"),
        ("2026-05-17t09:30:12z", "package_record"),
        ("2026-05-17T09:30:12", "package_record"),
        ("2026-05-17T09:30:60Z", "package_record"),
        ("2026-02-30T09:30:12Z", "package_record"),
        ("0000-05-17T09:30:12Z", "package_record"),
        ("٢٠٢٦-05-17T09:30:12Z", "package_record"),
        ("2026-05-17T09:30:16Z", "moment"),
    ],
)
def test_the_moment_has_one_spelling_and_no_zone_of_the_reader(
    package: Sealed, files: Files, moment: str, expected: str
) -> None:
    """One without a zone would be read in that of whichever machine reads it."""
    record = json.loads(files[RECORD]) | {"composed_at": moment}
    text = json.dumps(record, ensure_ascii=False).encode()
    assert said(package, files | {RECORD: text}) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "verified"),
        ({"size": 43}, "bag"),
        ({"size": 0}, "bag"),
        ({"size": -1}, "package_record"),
        ({"head": "00" * 32}, "bag"),
        ({"key": ""}, "checkpoint"),
        ({"key": "other"}, "checkpoint"),
        ({"key": None}, "package_record"),
    ],
)
def test_the_head_of_the_log_is_the_signed_one(
    package: Sealed, files: Files, change: dict[str, object], expected: str
) -> None:
    """Another one would be another name of the bag, too."""
    record = json.loads(files[RECORD])
    record["audit_log"] |= change
    assert said(package, files | {RECORD: json.dumps(record).encode()}) == expected


@pytest.mark.parametrize("sign", [" ", "\n", "\t"])
def test_the_key_of_the_log_is_written_as_it_is(package: Sealed, files: Files, sign: str) -> None:
    record = json.loads(files[RECORD])
    record["audit_log"]["key"] += sign
    assert said(package, files | {RECORD: json.dumps(record).encode()}) == "checkpoint"


def test_a_head_that_was_signed_differently_is_none(package: Sealed, files: Files) -> None:
    note = files[CHECKPOINT]
    below = note.split(b"\n\n")[1]
    changes = {
        "nothing": b"",
        "other line ends": note.replace(b"\n", b"\r\n"),
        "a line more": note.replace(b"\n\n", b"\nmore\n\n", 1),
        "an empty line more": note.replace(b"\n\n", b"\n\n\n", 1),
        "rubbish below": note + b"rubbish\n",
        "no end": note[:-1],
        "no text": note + b"\xff",
        "another size": re.sub(rb"\n\d+\n", b"\n7\n", note, count=1),
        "a size with a zero before it": re.sub(rb"\n(\d+)\n", rb"\n0\1\n", note, count=1),
    }
    for what, changed in changes.items():
        assert said(package, files | {CHECKPOINT: changed}) == "checkpoint", what
    assert said(package, {n: c for n, c in files.items() if n != CHECKPOINT}) == "checkpoint"
    assert said(package, files | {CHECKPOINT: note + below}) == "verified"


# -- custody under another log ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_custody() -> Sealed:
    return sealed(content_with_custody())


def test_the_custody_of_another_log_proves_nothing_here(with_custody: Sealed) -> None:
    """Sound by itself, with all its proofs, and under a head that this package does not name."""
    files = files_of(with_custody)
    assert said(with_custody, files) == "verified"
    record = json.loads(files[RECORD])
    for change in ({"head": "12" * 32}, {"size": record["audit_log"]["size"] + 1}):
        other = record | {"audit_log": record["audit_log"] | change}
        assert said(with_custody, files | {RECORD: json.dumps(other).encode()}) == "bag"
    without = {n: c for n, c in files.items() if not n.startswith("media/")}
    counts = record["counts"] | {"media": 0, "media_bytes": 0}
    other = record | {"counts": counts}
    assert said(with_custody, without | {RECORD: json.dumps(other).encode()}) == "verified"
    other["audit_log"] = record["audit_log"] | {"head": "12" * 32}
    assert said(with_custody, without | {RECORD: json.dumps(other).encode()}) == "custody"


@pytest.mark.parametrize("size", [0, 1, 6, 8, 2**40, 2**63])
def test_no_lie_about_the_size_of_the_log_holds(with_custody: Sealed, size: int) -> None:
    """The same proofs in a smaller or a larger tree, in all places that name it."""
    files = files_of(with_custody)
    record = json.loads(files[RECORD])
    honest = record["audit_log"]["size"]
    assert size != honest
    changed = files[CUSTODY].replace(f'"size":{honest},'.encode(), f'"size":{size},'.encode(), 1)
    assert changed != files[CUSTODY]
    assert said(with_custody, files | {CUSTODY: changed}) == "custody"


def test_custody_that_is_marked_otherwise_than_its_package_is_refused(
    with_custody: Sealed,
) -> None:
    files = files_of(with_custody)
    changed = files[CUSTODY].replace(b'"synthetic":true', b'"synthetic":false', 1)
    assert said(with_custody, files | {CUSTODY: changed}) == "custody"


def test_a_live_package_cannot_be_passed_off_as_synthetic_or_the_other_way_round(
    package: Sealed, files: Files
) -> None:
    record = json.loads(files[RECORD])
    for change in ({"synthetic": False}, {"nature": "live"}, {"nature": "other"}):
        text = json.dumps(record | change).encode()
        assert said(package, files | {RECORD: text}) == "synthetic"
    assert said(package, {n: c for n, c in files.items() if n != "SYNTHETIC.txt"}) == "synthetic"
