"""The commands that travel with a package are run as they stand there."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from cport_desktop.crypto.recipients import print_identity
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.words.packages import HOW_TO_VERIFY
from tests.exports.peers import needs
from tests.exports.synthetic import RESOURCES, sealed


def commands() -> list[str]:
    return [line.strip() for line in HOW_TO_VERIFY.splitlines() if re.match(r" {4}\S", line)]


def script(*, clock_free: bool = True) -> str:
    """The commands as one shell script that stops at the first that fails.

    The builders' certificates live in their own time, so OpenSSL is told what the text tells
    a reader with an expired certificate.
    """
    lines = [
        line.replace(" -purpose any", " -purpose any -no_check_time")
        if clock_free and "cms -verify" in line
        else line
        for line in commands()
    ]
    return "set -euo pipefail\n" + "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for program in ("age", "unzip", "openssl", "sha256sum"):
        needs(program)
    package = sealed(documents=DocumentMaker(resources=RESOURCES))
    (tmp_path / "package.age").write_bytes(package.blob)
    (tmp_path / "identity.txt").write_bytes(print_identity(package.identity))
    (tmp_path / "authority.pem").write_bytes(package.authority.pem)
    return tmp_path


def follow(folder: Path, text: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", text], cwd=folder, capture_output=True, check=False, timeout=60
    )


def test_there_is_a_command_for_every_claim() -> None:
    assert [line.split()[0] for line in commands()] == [
        "age",
        "unzip",
        "cd",
        "openssl",
        "openssl",
        "grep",
        "sha256sum",
        "find",
        "cut",
    ]


def test_an_honest_package_passes_them_all(folder: Path) -> None:
    done = follow(folder, script())
    assert done.returncode == 0, done.stderr.decode()
    assert b"CAdES Verification successful" in done.stderr
    assert b"CN = Test Agency" in done.stdout


@pytest.mark.parametrize(
    ("change", "tool"),
    [
        ("printf x >> opened/reports.csv", b"reports.csv: FAILED"),
        ("printf x >> opened/META-INF/ASiCManifest001.xml", b"CAdES Verification failure"),
        ("touch opened/media/added.bin", b"added.bin"),
        ("rm opened/package.json", b"package.json"),
        ("sed -i s/a/b/ opened/manifest-sha256.txt", b""),
    ],
)
def test_a_changed_file_fails_at_one_of_them(folder: Path, change: str, tool: bytes) -> None:
    changed = script().replace("\ncd opened\n", f"\n{change}\ncd opened\n")
    done = follow(folder, changed)
    assert done.returncode != 0
    assert tool in done.stdout + done.stderr


def test_the_text_inside_is_the_one_tested_here(folder: Path) -> None:
    follow(folder, script())
    with zipfile.ZipFile(folder / "package.asice") as container:
        assert container.read("HOWTO-VERIFY.txt").decode() == HOW_TO_VERIFY
