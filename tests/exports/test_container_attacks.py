"""Tricks with ZIP files, manifests and seals: both verifiers refuse each, for the same reason."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Recipient
from cport_desktop.exports.container import SIGNATURE_NAME, SYNTHETIC_COMMENT
from tests.exports.both_verifiers import NO_PACKAGE, Reader, agreed, cause
from tests.exports.synthetic import Sealed, sealed, signer_of
from tests.exports.test_verification import META, Files, opened, rebuilt, resigned


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed()


@pytest.fixture(scope="module")
def container(package: Sealed) -> bytes:
    return opened(package)


@pytest.fixture(scope="module")
def files(container: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def reader(package: Sealed) -> Reader:
    return Reader(identities=[package.identity], trust=package.authority.pem)


def said(blob: bytes, reader: Reader) -> str:
    outcome = agreed(blob, reader)
    return cause(outcome) or outcome[0]


# -- the same files, packed by another program -----------------------------------------------------


def packed(
    container: bytes, change: Callable[[zipfile.ZipInfo], None], comment: bytes = SYNTHETIC_COMMENT
) -> bytes:
    """The members as Python's zipfile writes them, each after `change`."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(container)) as archive,
        zipfile.ZipFile(out, "w") as other,
    ):
        for info in archive.infolist():
            made = zipfile.ZipInfo(info.filename, info.date_time)
            made.create_system, made.external_attr = 3, info.external_attr
            change(made)
            other.writestr(made, archive.read(info))
        other.comment = comment
    return out.getvalue()


def with_mode(mode: int) -> Callable[[zipfile.ZipInfo], None]:
    def change(info: zipfile.ZipInfo) -> None:
        info.external_attr = mode << 16

    return change


def on_table(name: str, value: object) -> Callable[[zipfile.ZipInfo], None]:
    def change(info: zipfile.ZipInfo) -> None:
        if info.filename == "reports.csv":
            setattr(info, name, value)

    return change


UNICODE_PATH = struct.pack("<HHBI", 0x7075, 10, 1, 0) + b"x.exe"
REPACKED: dict[str, tuple[Callable[[zipfile.ZipInfo], None], str]] = {
    "as it was": (lambda _: None, "verified"),
    "compressed": (on_table("compress_type", zipfile.ZIP_DEFLATED), "compressed"),
    "a symbolic link": (with_mode(stat.S_IFLNK | 0o777), "directory"),
    "may be run": (with_mode(stat.S_IFREG | 0o755), "directory"),
    "another name in an extra field": (on_table("extra", UNICODE_PATH), "header"),
    "sizes in ZIP64 without need": (
        on_table("extra", struct.pack("<HHQQ", 1, 16, 5, 5)),
        "header",
    ),
    "a comment on a file": (on_table("comment", b"read me"), "directory"),
    "another date": (on_table("date_time", (1999, 1, 1, 0, 0, 0)), "header"),
}


@pytest.mark.parametrize("what", REPACKED)
def test_a_container_is_written_in_one_way_only(
    container: bytes, reader: Reader, what: str
) -> None:
    change, expected = REPACKED[what]
    assert said(packed(container, change), reader) == expected


# -- what two readers of one ZIP file might see differently ------------------------------------------


def entry(container: bytes, name: str) -> tuple[int, int, int]:
    """Where a file's header stands in the directory and how long it is; where its own stands."""
    mark = struct.pack("<H", len(name))
    for found in re.finditer(rb"PK\x01\x02", container):
        start = found.start()
        if container[start + 46 :].startswith(name.encode()) and (
            container[start + 28 : start + 30] == mark
        ):
            extra, comment = struct.unpack_from("<HH", container, start + 30)
            (local,) = struct.unpack_from("<I", container, start + 42)
            return start, 46 + len(name) + extra + comment, local
    raise AssertionError(name)


def put(container: bytes, position: int, content: bytes) -> bytes:
    return container[:position] + content + container[position + len(content) :]


def in_directory(offset: int, content: bytes) -> Callable[[bytes], bytes]:
    return lambda container: put(container, entry(container, "reports.csv")[0] + offset, content)


def in_header(
    offset: int, content: bytes, *, name: str = "reports.csv"
) -> Callable[[bytes], bytes]:
    return lambda container: put(container, entry(container, name)[2] + offset, content)


def overlapping(container: bytes) -> bytes:
    """Two files of the directory lead to the bytes of one."""
    other = entry(container, "media.json")[0]
    return in_directory(42, container[other + 42 : other + 46])(container)


def gone(container: bytes) -> bytes:
    start, length, _ = entry(container, "reports.csv")
    return container[:start] + container[start + length :]


def twice(container: bytes) -> bytes:
    start, length, _ = entry(container, "reports.csv")
    return container[:start] + container[start : start + length] + container[start:]


def in_zip64(size: int) -> Callable[[bytes], bytes]:
    """The size of a small file stands in an extra field."""

    def change(container: bytes) -> bytes:
        start = entry(container, "reports.csv")[2]
        behind = start + 30 + len("reports.csv")
        head = bytearray(container[start:behind])
        head[18:26] = b"\xff" * 8
        head[28:30] = struct.pack("<H", 20)
        extra = struct.pack("<HHQQ", 1, 16, size, size)
        return container[:start] + bytes(head) + extra + container[behind:]

    return change


def count_of_files(container: bytes) -> bytes:
    end = container.rindex(b"PK\x05\x06")
    return put(container, end + 8, b"\1\0\1\0")


TRICKS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "another name in the directory": (in_directory(46, b"R"), "directory"),
    "another size in the directory": (in_directory(24, b"\1\0\0\0"), "directory"),
    "another checksum in the directory": (in_directory(16, bytes(4)), "directory"),
    "a link in the directory alone": (
        in_directory(38, struct.pack("<I", 0o120777 << 16)),
        "directory",
    ),
    "encrypted, says the directory": (in_directory(8, b"\1\0"), "directory"),
    "two that overlap": (overlapping, "directory"),
    "one that the directory hides": (gone, "directory"),
    "one that the directory tells twice": (twice, "directory"),
    "fewer than there are": (count_of_files, "directory"),
    "its size comes behind": (in_header(6, b"\x08\0"), "header"),
    "encrypted, says its header": (in_header(6, b"\1\0"), "header"),
    "a name in UTF-8, says its header": (in_header(6, b"\0\x08"), "header"),
    "a size of ZIP64 without the field": (in_header(18, b"\xff" * 8), "header"),
    "a small size in ZIP64": (in_zip64(5), "header"),
    "a size beyond all disks": (in_zip64(2**63), "header"),
    "shorter than it is": (in_header(18, b"\1\0\0\0\1\0\0\0"), "checksum"),
    "a name beyond the end": (in_header(26, b"\xff\xff", name=SIGNATURE_NAME), "truncated"),
    "an archive behind it": (lambda container: container * 2, "trailing"),
    "an archive in its comment": (
        lambda container: packed(container, lambda _: None, container[-60_000:]),
        "directory",
    ),
    "a line behind it": (lambda container: container + b"\n", "trailing"),
    "an archive before it": (lambda c: b"PK\x03\x04" + bytes(26) + c, "mimetype"),
    "its first mark and no more": (lambda _: b"PK\x03\x04", "truncated"),
}


@pytest.mark.parametrize("what", TRICKS)
def test_no_two_readers_can_see_different_files(
    container: bytes, reader: Reader, what: str
) -> None:
    change, expected = TRICKS[what]
    assert said(change(container), reader) == expected


def test_a_program_before_the_container_makes_it_no_package(
    container: bytes, reader: Reader
) -> None:
    assert agreed(b"#!/bin/sh\n" + container, reader) == NO_PACKAGE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("REPORTS.CSV", "name_twice"),
        ("reports.csv/x", "name_twice"),
        ("Reports.csv/a/b", "name_twice"),
        ("reports.csv.", "name_escapes"),
        ("x./y", "name_escapes"),
        ("aux/b.txt", "name_escapes"),
        ("a/NUL/b.txt", "name_escapes"),
        ("com7", "name_escapes"),
        ("auxiliary/command.txt", "verified"),
        ("META-INF/signature002.p7s", "name_escapes"),
        ("META-INF/ASiCManifest002.xml", "name_escapes"),
        ("meta-inf/manifest.xml", "name_escapes"),
    ],
)
def test_even_a_signer_cannot_name_files_as_they_please(
    package: Sealed, files: Files, reader: Reader, name: str, expected: str
) -> None:
    """Names that some system takes for others', or that cannot lie beside one another on a disk."""
    assert said(resigned(files | {name: b"x"}, package), reader) == expected


# -- the manifest ------------------------------------------------------------------------------------


def doubled(manifest: bytes) -> bytes:
    line = re.search(rb"<asic:DataObjectReference URI=\"reports.csv\".*\n", manifest)
    assert line is not None
    return manifest.replace(line[0], line[0] * 2)


def crooked(manifest: bytes) -> bytes:
    """The same digest in another spelling: the last bits of base64 that say nothing."""
    line = re.search(rb"([A-Za-z0-9+/])=</ds:DigestValue>", manifest)
    assert line is not None
    return put(manifest, line.start(), bytes([line[1][0] + 1]))


DOCTYPE = b'?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>\n'
TABLE = b'URI="reports.csv"'
MANIFESTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "as it was": (lambda m: m, "verified"),
    "a document type": (lambda m: m.replace(b"?>\n", DOCTYPE, 1), "manifest"),
    "an entity": (lambda m: m.replace(TABLE, b'URI="&#114;eports.csv"'), "manifest"),
    "an escaped name": (lambda m: m.replace(TABLE, b'URI="%72eports.csv"'), "manifest"),
    "another prefix": (lambda m: m.replace(b"asic:", b"a:").replace(b":asic", b":a"), "manifest"),
    "another name space": (lambda m: m.replace(b"v1.2.1#", b"v1.2.2#"), "manifest"),
    "another digest": (lambda m: m.replace(b"xmlenc#sha256", b"xmlenc#sha512"), "manifest"),
    "sha-1 for one": (lambda m: m.replace(b"04/xmlenc#sha256", b"04/xmlenc#sha1", 1), "manifest"),
    "a comment": (lambda m: m.replace(b"</asic:ASiC", b"<!-- x --></asic:ASiC"), "manifest"),
    "other line ends": (lambda m: m.replace(b"\n", b"\r\n"), "manifest"),
    "a byte order mark": (lambda m: b"\xef\xbb\xbf" + m, "manifest"),
    "another signature": (lambda m: m.replace(b"signature001", b"signature002"), "manifest"),
    "a digest in another spelling": (crooked, "manifest"),
    "nothing": (lambda _: b"", "manifest"),
    "one file twice": (doubled, "referenced_twice"),
    "its own name": (lambda m: m.replace(TABLE, f'URI="{META[0]}"'.encode()), "missing"),
    "the type": (lambda m: m.replace(TABLE, b'URI="mimetype"'), "missing"),
    "a way around": (lambda m: m.replace(TABLE, b'URI="x/../reports.csv"'), "missing"),
}


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_manifest_has_one_form_even_if_it_is_signed(
    package: Sealed, files: Files, reader: Reader, what: str
) -> None:
    change, expected = MANIFESTS[what]
    manifest = change(files[META[0]])
    signature = signer_of(package.authority).sign_detached(manifest)
    assert said(rebuilt(files | {META[0]: manifest, META[1]: signature}), reader) == expected


def test_a_second_manifest_with_its_signature_is_a_file_that_nobody_named(
    files: Files, reader: Reader
) -> None:
    second = {
        "META-INF/ASiCManifest002.xml": files[META[0]],
        "META-INF/signature002.p7s": files[META[1]],
    }
    assert said(rebuilt(files | second), reader) == "unreferenced"


# -- the seal ----------------------------------------------------------------------------------------

FIRST_LINE = len(b"age-encryption.org/v1\n")
LOOKS_LIKE_ONE = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"


def after_first_line(content: bytes) -> Callable[[bytes], bytes]:
    return lambda blob: blob[:FIRST_LINE] + content + blob[FIRST_LINE:]


def header_end(blob: bytes) -> int:
    return blob.index(b"\n--- ") + 49


CHUNK = 64 * 1024 + 16
SEALS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a stanza more": (after_first_line(LOOKS_LIKE_ONE), "seal"),
    "a stanza of another kind": (after_first_line(b"-> grease x\n\n"), "seal"),
    "one for a passphrase": (
        after_first_line(b"-> scrypt " + b"A" * 22 + b" 30\n" + b"A" * 43 + b"\n"),
        "seal",
    ),
    "a thousand stanzas": (after_first_line(LOOKS_LIKE_ONE * 1000), "seal_header"),
    "a stanza with a sign that none has": (after_first_line(b"-> X \0\n\n"), "seal_header"),
    "no stanza": (
        lambda blob: blob[:FIRST_LINE] + blob[header_end(blob) - 48 :],
        "seal_header",
    ),
    "nothing behind its header": (lambda blob: blob[: header_end(blob)], "seal"),
    "cut within the last chunk": (lambda blob: blob[:-17], "seal"),
    "a byte behind": (lambda blob: blob + b"x", "seal"),
    "its last chunk twice": (lambda blob: blob + blob[-CHUNK:], "seal"),
    "itself behind": (lambda blob: blob * 2, "seal"),
}


@pytest.mark.parametrize("what", SEALS)
def test_a_seal_is_whole_or_opens_nothing(package: Sealed, reader: Reader, what: str) -> None:
    change, expected = SEALS[what]
    assert said(change(package.blob), reader) == expected


def test_a_seal_that_is_cut_between_two_chunks_has_no_end(
    package: Sealed, container: bytes, reader: Reader
) -> None:
    out = io.BytesIO()
    mine = Recipient("x", package.identity.public)
    age.seal(io.BytesIO(bytes(3 * 64 * 1024)), out, [mine])
    blob = out.getvalue()
    cut = header_end(blob) + 16 + CHUNK
    assert said(blob[:cut], reader) == said(blob[: cut + CHUNK], reader) == "seal"
    assert said(blob, reader) == "no_container"
    swapped = blob[: cut - CHUNK] + blob[cut : cut + CHUNK] + blob[cut - CHUNK : cut]
    assert said(swapped + blob[cut + CHUNK :], reader) == "seal"
    again = io.BytesIO()
    age.seal(io.BytesIO(package.blob), again, [mine])
    assert said(again.getvalue(), reader) == "no_container"


@pytest.mark.parametrize("first", [b"age-encryption.org/v2\n", b"age-encryption.org/v1\r\n"])
def test_another_seal_is_no_package(package: Sealed, reader: Reader, first: bytes) -> None:
    assert agreed(first + package.blob[FIRST_LINE:], reader) == NO_PACKAGE
