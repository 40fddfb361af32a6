"""Lines of digests as the tools of many systems write them; what is no digest is refused with why."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.known import Algorithm
from cport_desktop.errors import HashListUnreadable
from cport_desktop.formats import hash_list_file
from cport_desktop.formats.hash_list_file import (
    LONGEST_LINE,
    Listed,
    Refusal,
    Refused,
    bounded_lines,
    line_rows,
)
from cport_desktop.formats.lists.kinds import recognised
from cport_desktop.formats.lists.text import as_utf8, utf8_file
from cport_desktop.formats.md5sum_lines import MD5SUM, read_line

MD5 = hashlib.md5(b"circle").hexdigest()
SHA1 = hashlib.sha1(b"circle").hexdigest()
SHA256 = hashlib.sha256(b"circle").hexdigest()


@pytest.mark.parametrize(
    ("line", "algorithm", "name"),
    [
        (f"{MD5}  circle.png", Algorithm.MD5, "circle.png"),
        (f"{MD5} *circle.png", Algorithm.MD5, "circle.png"),
        (f"{MD5} circle.png", Algorithm.MD5, "circle.png"),
        (f"{MD5}\tcircle.png", Algorithm.MD5, "circle.png"),
        (f"{MD5}   two blanks more", Algorithm.MD5, " two blanks more"),
        (f"{MD5.upper()}  circle.png", Algorithm.MD5, "circle.png"),
        (MD5, Algorithm.MD5, None),
        (f"  {SHA1}  ", Algorithm.SHA1, None),
        (f"{SHA256}  a b.png", Algorithm.SHA256, "a b.png"),
        (f"\\{MD5}  a\\nb\\\\c\\r", Algorithm.MD5, "a\nb\\c\r"),
        (f"{MD5}  a\\nb", Algorithm.MD5, "a\\nb"),
        (f"MD5 (circle.png) = {MD5}", Algorithm.MD5, "circle.png"),
        (f"MD5 (a) = b) = {MD5}", Algorithm.MD5, "a) = b"),
        (f"\\MD5 (a\\nb) = {MD5}", Algorithm.MD5, "a\nb"),
        (f"SHA256(circle.png)= {SHA256}", Algorithm.SHA256, "circle.png"),
        (f"SHA1 (circle.png) = {SHA1}", Algorithm.SHA1, "circle.png"),
    ],
)
def test_a_line_is_understood(line: str, algorithm: Algorithm, name: str | None) -> None:
    digest = bytes.fromhex({"MD5": MD5, "SHA1": SHA1, "SHA256": SHA256}[algorithm.name])
    assert read_line(line.encode()) == Listed(((algorithm, digest),), name)


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("the quick brown fox", Refusal.NO_DIGEST),
        (f"x{MD5}", Refusal.NO_DIGEST),
        (f"{MD5[:-1]}  name", Refusal.LENGTH),
        (f"{SHA256}{SHA256}  sha512", Refusal.LENGTH),
        (f"MD5 (name) = {SHA1}", Refusal.ALGORITHM),
        (f"SHA512 (name) = {SHA256}", Refusal.ALGORITHM),
        (f"{hashlib.md5().hexdigest()}  empty", Refusal.EMPTY_INPUT),
        (hashlib.sha1().hexdigest(), Refusal.EMPTY_INPUT),
        (f"SHA256 (empty) = {hashlib.sha256().hexdigest()}", Refusal.EMPTY_INPUT),
        (f"\\{MD5}  a\\tb", Refusal.ESCAPE),
        (f"\\{MD5}  ends\\", Refusal.ESCAPE),
    ],
)
def test_a_line_is_refused_with_why(line: str, refusal: Refusal) -> None:
    assert read_line(line.encode()) is refusal


@pytest.mark.parametrize("line", ["", "   ", "# a comment", "; another"])
def test_a_line_that_says_nothing_is_passed_over(line: str) -> None:
    assert read_line(line.encode()) is None


@given(st.binary(max_size=200).filter(lambda line: b"\n" not in line))
def test_no_line_breaks_the_reader(line: bytes) -> None:
    said = read_line(line)
    assert said is None or isinstance(said, (Listed, Refusal))


def test_ends_of_lines_and_marks_of_order_are_no_part_of_names(tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(
        f"\ufeff{MD5}  a.png\r\n\r\n# told\r\n{SHA1}  b.png\r\nrubbish".encode()
    )
    with (tmp_path / "list").open("rb") as file:
        read = list(line_rows(utf8_file(file, None), read_line))
    assert read == [
        (1, Listed(((Algorithm.MD5, bytes.fromhex(MD5)),), "a.png")),
        (4, Listed(((Algorithm.SHA1, bytes.fromhex(SHA1)),), "b.png")),
        Refused(5, Refusal.NO_DIGEST, "rubbish"),
    ]


def test_a_line_without_end_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"a" * (3 * LONGEST_LINE) + b"\n" + MD5.encode())
    with (tmp_path / "list").open("rb") as file:
        first, second = line_rows(bounded_lines(file), read_line)
    assert isinstance(first, Refused)
    assert (first.refusal, len(first.text)) == (Refusal.TOO_LONG, 200)
    assert second == (2, Listed(((Algorithm.MD5, bytes.fromhex(MD5)),)))


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b" \n\n",
        b"\xef\xbb\xbf",
        b"once upon a time\nthere was",
        b"PK\x03\x04\0\0" + MD5.encode(),
    ],
)
def test_what_is_no_list_of_digests_is_not_recognised(beginning: bytes) -> None:
    with pytest.raises(HashListUnreadable):
        recognised(as_utf8(beginning, None), [MD5SUM])


def test_a_list_is_recognised_behind_its_preamble() -> None:
    assert recognised(b"prepared by Example Body A\n\n" + MD5.encode(), [MD5SUM]) is MD5SUM


@pytest.mark.skipif(shutil.which("md5sum") is None, reason="no md5sum on this machine")
@pytest.mark.parametrize("options", [(), ("-b",), ("--tag",)])
def test_what_md5sum_writes_is_read_back(tmp_path: Path, options: tuple[str, ...]) -> None:
    names = [
        "plain.png",
        "two  blanks.png",
        "line\nbreak.png",
        "back\\slash.png",
        "(brackets) = .png",
    ]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    done = subprocess.run(
        ["md5sum", *options, *names], cwd=tmp_path, capture_output=True, check=True
    )

    read = [
        row for row in line_rows(io.BytesIO(done.stdout), read_line) if not isinstance(row, Refused)
    ]
    assert [listed.name for _, listed in read] == names
    assert [listed.digests[0][1] for _, listed in read] == [
        hashlib.md5(name.encode()).digest() for name in names
    ]


def test_the_beginning_of_a_file_is_read_again_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"{MD5}\n" * 4_000)
    with (tmp_path / "list").open("rb") as file:
        assert len(hash_list_file.beginning_of(file)) == 1 << 16
        assert file.tell() == 0
