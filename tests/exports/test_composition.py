"""Composing: what is inside, that it is the same twice, and that failures leave nothing valid."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Identity, Recipient, generate_identity
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.package import PackageContent, PackagedMedia
from cport_desktop.domain.progress import Phase, Progress, never, silent
from cport_desktop.errors import Cancelled, DigestMismatch, KeyFileMalformed, PackageMalformed
from cport_desktop.exports.composition import compose, confirm_written
from cport_desktop.exports.container import SYNTHETIC_COMMENT
from cport_desktop.exports.reading_back import Sealed, read_back
from tests.exports.synthetic import (
    QuickDocuments,
    authority,
    digests_of,
    document_of,
    noise,
    package_content,
    packaged,
    sealed,
    signer_of,
    taxonomy,
)

META = "META-INF/"


def contents(content: PackageContent) -> dict[str, bytes]:
    package = sealed(content)
    out = io.BytesIO()
    age.open(io.BytesIO(package.blob), out, [package.identity])
    with zipfile.ZipFile(out) as container:
        return {name: container.read(name) for name in container.namelist()}


def composed(
    content: PackageContent,
    out: io.BufferedIOBase,
    *identities: Identity,
    announce: Callable[[Progress], None] = silent,
    is_cancelled: Callable[[], bool] = never,
) -> Sealed:
    return compose(
        content,
        signer=signer_of(authority()),
        recipients=[Recipient(f"r{n}", i.public) for n, i in enumerate(identities)],
        documents=QuickDocuments(),
        taxonomy=taxonomy(),
        out=out,
        announce=announce,
        is_cancelled=is_cancelled,
    )


def test_the_portals_document_is_inside_to_the_byte() -> None:
    report = contents(package_content())["reports/HL-2.json"]
    assert document_of(2) in report
    assert json.loads(report)["portal"]["unknownField"] == [1, 2.5, "é"]


def test_what_this_agency_added_stands_beside_it() -> None:
    local = json.loads(contents(package_content())["reports/HL-1.json"])["local"]
    assert [o["kind"] for o in local["operations"]] == ["assessment", "feedback"]
    assert local["media"] == [{"content_id": 11, "media": ["M-101"]}]
    assert (local["classification_as_seen"], local["is_overlaid"]) == (1, True)


def test_the_package_says_what_it_is() -> None:
    record = json.loads(contents(package_content())["package.json"])
    assert record["counts"] == {
        "reports": 3,
        "content_items": 6,
        "media": 2,
        "media_bytes": 10_000,
        "media_items": 3,
        "media_omitted": 1,
    }
    assert record["audit_log"] == {"head": "ab" * 32, "size": 42}
    assert (record["agency"], record["agreement"]) == ("Test Agency", "AGR-1")
    assert [r["name"] for r in record["recipients"]] == ["court"]


def test_duplicates_travel_once_and_every_media_item_finds_its_file() -> None:
    files = contents(package_content())
    items = json.loads(files["media.json"])["items"]
    assert [item["id"] for item in items] == ["M-101", "M-102", "M-103"]
    assert items[0]["file"] == items[2]["file"] != items[1]["file"]
    assert files[items[1]["file"]] == noise(2)
    assert items[2]["occurrences"] == [{"report": "HL-3", "content_id": 31}]


def test_media_that_cannot_go_are_listed_with_the_reason() -> None:
    content = package_content()
    without = replace(content, media=content.media[:1], omitted_media=((MediaId(102), "wanted"),))
    items = json.loads(contents(without)["media.json"])["items"]
    assert (items[1]["file"], items[1]["omitted"]) == (None, "wanted")


def test_a_foreign_extension_never_becomes_a_name() -> None:
    content = package_content(1)
    hostile = replace(content, media=(packaged(101, noise(1), "../../x"),))
    (name,) = (n for n in contents(hostile) if n.startswith("media/data/"))
    assert name.endswith(".bin")


def test_the_table_has_a_line_for_each_content_item() -> None:
    rows = list(csv.reader(io.StringIO(contents(package_content())["reports.csv"].decode())))
    assert [row[1] for row in rows[1:]] == ["11", "12", "21", "22", "31", "32"]


def test_a_demo_package_is_marked_everywhere_and_a_live_one_nowhere() -> None:
    demo, live = package_content(), package_content(nature=Nature.LIVE)
    files = contents(demo)
    assert "SYNTHETIC.txt" in files
    assert marks(files) == {True}
    assert SYNTHETIC_COMMENT in opened(sealed(demo))
    plain = contents(live)
    assert "SYNTHETIC.txt" not in plain
    assert marks(plain) == {False}
    assert b"SYNTHETIC" not in opened(sealed(live))


def marks(files: dict[str, bytes]) -> set[bool]:
    """What all JSON members say of being synthetic: `vics.json` in the way of its own model."""
    listed = json.loads(files["vics.json"])["value"][0]["CaseMetadata"]
    told = {each["PropertyName"]: each["PropertyValue"] for each in listed}
    others = [name for name in files if name.endswith(".json") and name != "vics.json"]
    return {told["Synthetic"] == "true", *(json.loads(files[n])["synthetic"] for n in others)}


def opened(package: object) -> bytes:
    out = io.BytesIO()
    age.open(io.BytesIO(package.blob), out, [package.identity])  # type: ignore[attr-defined]
    return out.getvalue()


def test_the_same_content_gives_the_same_bytes_but_for_signature_and_recipient() -> None:
    content = package_content()
    first, second = contents(content), contents(content)
    differing = {name for name in first if first[name] != second[name]}
    # The recipient is another in each, and so is all that speaks of package.json.
    assert differing <= {
        "package.json",
        "summary.pdf",
        "manifest-sha256.txt",
        "META-INF/ASiCManifest001.xml",
        "META-INF/signature001.p7s",
    }


def test_it_opens_for_each_recipient() -> None:
    first, second = generate_identity(), generate_identity()
    out = io.BytesIO()
    result = composed(package_content(), out, first, second)
    for identity in (first, second):
        age.open(io.BytesIO(out.getvalue()), io.BytesIO(), [identity])
    assert result.recipients == ("r0", "r1")


def test_the_result_tells_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "package.age"
    with path.open("wb") as out:
        result = composed(package_content(), out, generate_identity())
    found = read_back([path], result, name=path.name, announce=silent, is_cancelled=never)
    told = result.as_found(found)
    assert (told.items, told.media, told.signer) == (3, 2, "Test Agency")
    assert told.size == path.stat().st_size
    assert told.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    confirm_written(path, told.sha256)


def test_a_file_that_is_not_what_was_written_is_not_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n")
    with pytest.raises(DigestMismatch):
        confirm_written(path, hashlib.sha256(b"a,c\n").hexdigest())


def lying(content: bytes, given: Iterator[bytes]) -> PackagedMedia:
    return PackagedMedia(MediaId(101), digests_of(content), "png", lambda: given)


@pytest.mark.parametrize(
    "given",
    [[], [b"short"], [noise(1), b"longer"], [noise(1)[:-1], b"?"], [noise(2)]],
    ids=["nothing", "short", "long", "one byte", "another"],
)
def test_media_that_are_not_what_they_should_be_stop_it_and_nothing_opens(
    given: list[bytes],
) -> None:
    identity = generate_identity()
    out = io.BytesIO()
    content = replace(package_content(1), media=(lying(noise(1), iter(given)),))
    with pytest.raises(DigestMismatch) as caught:
        composed(content, out, identity)
    assert caught.value.facts["what"] == "M-101"
    with pytest.raises(PackageMalformed):
        age.open(io.BytesIO(out.getvalue()), io.BytesIO(), [identity])


def test_it_can_be_stopped_at_every_moment_and_nothing_opens() -> None:
    identity = generate_identity()
    asked = 0

    def count() -> bool:
        nonlocal asked
        asked += 1
        return False

    composed(package_content(), io.BytesIO(), identity, is_cancelled=count)
    for moment in range(asked):
        answers = [True] + [False] * moment
        out = io.BytesIO()
        with pytest.raises(Cancelled):
            composed(package_content(), out, identity, is_cancelled=answers.pop)
        with pytest.raises(PackageMalformed):
            age.open(io.BytesIO(out.getvalue()), io.BytesIO(), [identity])


def test_progress_grows_to_its_total() -> None:
    told: list[Progress] = []
    composed(package_content(), io.BytesIO(), generate_identity(), announce=told.append)
    sealing = [p for p in told if p.phase is Phase.SEALING]
    assert sealing == sorted(sealing, key=lambda p: p.done)
    assert sealing[-1].done == sealing[-1].total
    assert all(p.total is not None and p.done <= p.total for p in told)


def test_without_recipients_nothing_is_written() -> None:
    out = io.BytesIO()
    with pytest.raises(KeyFileMalformed):
        composed(package_content(), out)
    assert out.getvalue() == b""


class Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        return len(piece)  # type: ignore[arg-type]


def test_memory_does_not_grow_with_the_media() -> None:
    """48 MiB of media pass through, and the peak stays at a few pieces of them."""
    piece = noise(9, 256 * 1024)
    size = 192

    def read() -> Iterator[bytes]:
        for _ in range(size):
            yield bytes(piece)

    media = PackagedMedia(MediaId(101), digests_of(piece * size), "bin", read)
    content = replace(package_content(1), media=(media,))
    tracemalloc.start()
    try:
        composed(content, Nowhere(), generate_identity())  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
