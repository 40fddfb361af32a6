"""age, openssl and sha256sum refuse every mutation of what is sealed, signed or digested."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.crypto.recipients import print_identity
from cport_desktop.exports.container import CHECKSUMS_NAME
from cport_desktop.exports.manifest import parse_manifest
from tests.exports.peers import needs, run
from tests.exports.synthetic import Sealed, sealed
from tests.exports.test_both_verifiers import SEED, flips
from tests.exports.test_verification import META, opened


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed()


@pytest.fixture
def unpacked(tmp_path: Path, package: Sealed) -> Path:
    with zipfile.ZipFile(io.BytesIO(opened(package))) as container:
        container.extractall(tmp_path)
    (tmp_path / "authority.pem").write_bytes(package.authority.pem)
    return tmp_path


def mutations(content: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    yield from flips(content, count, random.Random(SEED))
    yield "cut", content[:-1]
    yield "longer", content + b"\n"
    yield "empty", b""


def test_age_opens_no_mutation_of_the_sealed_file(tmp_path: Path, package: Sealed) -> None:
    age = needs("age")
    (tmp_path / "identity").write_bytes(print_identity(package.identity))
    path = tmp_path / "package.age"
    command = (age, "--decrypt", "--identity", "identity", "--output", "out", "package.age")
    path.write_bytes(package.blob)
    assert run(*command, cwd=tmp_path).returncode == 0
    for what, blob in mutations(package.blob, 40):
        path.write_bytes(blob)
        assert run(*command, cwd=tmp_path).returncode != 0, what


def test_openssl_accepts_no_mutation_of_the_manifest(unpacked: Path) -> None:
    command = (
        *(needs("openssl"), "cms", "-verify", "-cades", "-binary", "-inform", "DER"),
        *("-in", META[1], "-content", META[0], "-CAfile", "authority.pem"),
        *("-purpose", "any", "-no_check_time", "-out", "signed"),
    )
    assert run(*command, cwd=unpacked).returncode == 0
    manifest = (unpacked / META[0]).read_bytes()
    for what, content in mutations(manifest, 40):
        (unpacked / META[0]).write_bytes(content)
        assert run(*command, cwd=unpacked).returncode != 0, what


def test_sha256sum_accepts_no_mutation_of_a_file(unpacked: Path) -> None:
    command = (needs("sha256sum"), "--check", "--quiet", "--strict", CHECKSUMS_NAME)
    assert run(*command, cwd=unpacked).returncode == 0
    references = parse_manifest((unpacked / META[0]).read_bytes())
    for name in (each.name for each in references if each.name != CHECKSUMS_NAME):
        honest = (unpacked / name).read_bytes()
        for what, content in mutations(honest, 3):
            (unpacked / name).write_bytes(content)
            assert run(*command, cwd=unpacked).returncode != 0, f"{name}: {what}"
        (unpacked / name).write_bytes(honest)
    assert run(*command, cwd=unpacked).returncode == 0
