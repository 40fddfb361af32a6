"""The container: what others read of it, and what its reader refuses."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.exports import zip_layout
from cport_desktop.exports.container import (
    MIMETYPE,
    SIGNATURE_NAME,
    SYNTHETIC_COMMENT,
    Member,
    as_written,
    fixed,
    in_turn,
    streamed,
    write_container,
)
from cport_desktop.exports.container_reader import ContainerReader, Fault, SeenContainer
from cport_desktop.exports.zip_layout import Placed
from tests.exports.peers import needs, run
from tests.exports.synthetic import NOW

NAMES = st.lists(
    st.from_regex(r"[a-z0-9]{1,8}(/[a-z0-9]{1,8})?\.(txt|json|bin)", fullmatch=True),
    min_size=1,
    max_size=12,
    unique=True,
)
FIVE_GIB = 5 * 1024**3


def container(*members: Member, at: datetime = NOW, comment: bytes = b"") -> bytes:
    return b"".join(write_container(as_written(members), at=at, comment=comment))


def text(name: str, content: bytes = b"synthetic") -> Member:
    return fixed(name, "text/plain", content)


def read(blob: bytes, step: int = 777) -> SeenContainer | Fault:
    reader = ContainerReader()
    for start in range(0, len(blob), step):
        reader.write(blob[start : start + step])
    return reader.finish()


@settings(max_examples=60, deadline=None)
@given(NAMES, st.binary(max_size=2000), st.integers(1, 5000))
def test_what_is_written_is_read_by_the_reader_and_by_zipfile(
    names: list[str], content: bytes, step: int
) -> None:
    blob = container(*(text(name, content + name.encode()) for name in names))
    seen = read(blob, step)
    assert isinstance(seen, SeenContainer)
    with zipfile.ZipFile(io.BytesIO(blob)) as peer:
        assert peer.testzip() is None
        assert [m.name for m in seen.members] == peer.namelist() == ["mimetype", *sorted(names)]
        assert {n: peer.read(n) for n in names} == {n: content + n.encode() for n in names}


def test_the_first_member_is_the_mimetype_stored_without_extra() -> None:
    """EN 319 162-1, annex A.1: the type stands at byte 38."""
    blob = container(text("a.txt"))
    assert blob[30:38] == b"mimetype"
    assert blob[38 : 38 + len(MIMETYPE)] == MIMETYPE


def test_the_same_members_give_the_same_bytes_whatever_their_order() -> None:
    a, b = text("a.txt"), text("b/c.txt")
    assert container(a, b) == container(b, a)


def test_every_member_bears_the_moment_of_composition() -> None:
    with zipfile.ZipFile(io.BytesIO(container(text("a.txt")))) as peer:
        assert {info.date_time for info in peer.infolist()} == {(2026, 5, 17, 9, 30, 12)}


@pytest.mark.parametrize(
    "moment",
    [datetime(1970, 1, 1, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC), NOW + timedelta(1)],
)
def test_any_moment_can_be_written(moment: datetime) -> None:
    assert isinstance(read(container(text("a.txt"), at=moment)), SeenContainer)


def test_unzip_finds_it_clean(tmp_path: Path) -> None:
    unzip = needs("unzip")
    blob = container(text("a.txt"), text("b/c.bin", bytes(70_000)), comment=SYNTHETIC_COMMENT)
    (tmp_path / "x.asice").write_bytes(blob)
    assert run(unzip, "-t", "x.asice", cwd=tmp_path).returncode == 0


JAVA_READER = """
import java.io.*; import java.util.zip.*;
public class Reads {
  public static void main(String[] a) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new FileInputStream(a[0]))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry())
        System.out.println(e.getName() + " " + in.readAllBytes().length);
    }
  }
}
"""


def test_a_streaming_java_reader_reads_it(tmp_path: Path) -> None:
    """The readers of ASiC containers in use are in Java, and refuse stored members whose sizes
    come only after them."""
    java = needs("java")
    (tmp_path / "Reads.java").write_text(JAVA_READER)
    (tmp_path / "x.asice").write_bytes(container(text("a.txt"), text("b.bin", bytes(70_000))))
    seen = run(java, "Reads.java", "x.asice", cwd=tmp_path)
    assert seen.stdout.decode().split("\n") == ["mimetype 31", "a.txt 9", "b.bin 70000", ""]


def test_more_members_than_sixteen_bits_count_are_read_by_zipfile() -> None:
    blob = container(*(text(f"m/{number}.txt", b"") for number in range(66_000)))
    with zipfile.ZipFile(io.BytesIO(blob)) as peer:
        assert len(peer.namelist()) == 66_001
    seen = read(blob, 1_000_000)
    assert isinstance(seen, SeenContainer)
    assert len(seen.members) == 66_001


def test_members_beyond_four_gibibytes_are_read_by_zipfile(tmp_path: Path) -> None:
    """A sparse file with the real headers, so that no gigabyte has to be written."""
    stamp = zip_layout.dos_stamp(NOW)
    first = Placed("media/a.bin", FIVE_GIB, 1, 0)
    head = zip_layout.local_header(first.name, first.size, first.crc32, stamp)
    second = Placed("media/b.bin", 3, zlib.crc32(b"abc"), len(head) + FIVE_GIB)
    tail = zip_layout.local_header(second.name, 3, second.crc32, stamp) + b"abc"
    offset = second.offset + len(tail)
    directory = b"".join(zip_layout.central_header(p, stamp) for p in (first, second))
    end = zip_layout.directory_end(2, size=len(directory), offset=offset, comment=b"")
    with (tmp_path / "big.zip").open("wb") as out:
        out.write(head)
        out.seek(second.offset)
        out.write(tail + directory + end)
    with zipfile.ZipFile(tmp_path / "big.zip") as peer:
        assert [info.file_size for info in peer.infolist()] == [FIVE_GIB, 3]
        assert peer.read("media/b.bin") == b"abc"


def written_by_zipfile(
    *names: str, compression: int = zipfile.ZIP_STORED, content: bytes = b"x"
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as peer:
        peer.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE, zipfile.ZIP_STORED)
        for name in names:
            peer.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def named(*names: str) -> bytes:
    """A container whose headers are all as they should be, with names that are not."""
    stamp = zip_layout.dos_stamp(NOW)
    out = b""
    placed = []
    for name, content in [("mimetype", MIMETYPE), *((name, b"x") for name in names)]:
        placed.append(Placed(name, len(content), zlib.crc32(content), len(out)))
        out += zip_layout.local_header(name, len(content), zlib.crc32(content), stamp) + content
    directory = b"".join(zip_layout.central_header(place, stamp) for place in placed)
    end = zip_layout.directory_end(len(placed), size=len(directory), offset=len(out), comment=b"")
    return out + directory + end


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "..\\..\\evil",
        "C:\\evil",
        "a//b",
        "a/",
        "./a",
        ".hidden",
        "nul",
        "a/CON.txt",
        "a:stream",
        "with space",
        "line\nfeed",
        "x" * 201,
    ],
)
def test_a_name_that_leads_out_or_is_a_device_is_refused(name: str) -> None:
    assert read(named(name)) is Fault.NAME_ESCAPES


def test_two_members_of_one_name_are_refused() -> None:
    assert read(named("a.txt", "a.txt")) is Fault.NAME_TWICE
    assert read(named("DUP.txt", "dup.txt")) is Fault.NAME_TWICE


def test_members_out_of_their_order_are_refused() -> None:
    assert read(named("b.txt", "a.txt")) is Fault.ORDER


def test_a_bomb_is_refused_before_it_can_go_off() -> None:
    bomb = written_by_zipfile("a.bin", compression=zipfile.ZIP_DEFLATED, content=bytes(10**7))
    assert len(bomb) < 20_000
    assert read(bomb) is Fault.COMPRESSED


def test_a_record_of_absurd_size_is_refused_before_it_is_kept() -> None:
    header = zip_layout.local_header("package.json", FIVE_GIB, 0, zip_layout.dos_stamp(NOW))
    blob = container(text("a.txt"))
    reader = ContainerReader()
    reader.write(blob[: blob.index(b"PK\x03\x04", 4)] + header)
    reader.write(bytes(300_000))
    assert reader.finish() is Fault.TOO_LARGE


def test_a_container_that_begins_otherwise_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as peer:
        peer.writestr("a.txt", b"x")
    assert read(out.getvalue()) is Fault.MIMETYPE
    assert read(container().replace(b"asic-e", b"asic-s")) is Fault.CHECKSUM
    assert read(b"") is Fault.TRUNCATED
    assert read(b"rubbish") is Fault.NO_CONTAINER


def test_a_directory_written_by_somebody_else_is_refused() -> None:
    assert read(written_by_zipfile("a.txt")) is Fault.DIRECTORY


def test_bytes_behind_between_and_before_are_found() -> None:
    blob = container(text("a.txt"), text("b.txt"))
    between = blob.index(b"PK\x03\x04", 80)
    assert read(blob + b"x") is Fault.TRAILING
    assert isinstance(read(blob[:between] + b"x" + blob[between:]), Fault)
    assert read(b"x" + blob) is Fault.NO_CONTAINER


def test_every_truncation_is_found() -> None:
    blob = container(text("a.txt"), text("b/c.txt"), comment=SYNTHETIC_COMMENT)
    assert all(isinstance(read(blob[:end]), Fault) for end in range(len(blob)))


def test_every_flipped_bit_is_found() -> None:
    blob = container(text("a.txt"), text("b/c.txt"), comment=SYNTHETIC_COMMENT)
    for position in range(len(blob)):
        changed = bytearray(blob)
        changed[position] ^= 1 << (position % 8)
        assert isinstance(read(bytes(changed)), Fault), position


def test_a_declared_data_descriptor_is_refused() -> None:
    blob = bytearray(container(text("a.txt")))
    blob[6] |= 8
    assert read(bytes(blob)) is Fault.HEADER


def test_what_stands_last_is_asked_for_when_its_turn_has_come() -> None:
    read: list[str] = []

    def reading(name: str) -> Iterator[bytes]:
        read.append(name)
        yield name.encode()

    def last() -> list[Member]:
        read.append("asked")
        return [fixed(SIGNATURE_NAME, "", b"s"), fixed("summary.pdf", "", b"p")]

    early = [streamed(name, "text/plain", partial(reading, name)) for name in ("b.txt", "a.txt")]
    read.clear()
    whole = b"".join(write_container(in_turn(early, last), at=NOW, comment=b""))
    assert read == ["a.txt", "b.txt", "asked"]
    assert whole == container(*early, *last())
