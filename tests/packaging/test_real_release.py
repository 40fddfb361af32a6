"""The release as it was built: what it says of itself is so, and nothing in it can be changed unseen.

Needs `make package`; run by `make test-packaging`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.trees import REPOSITORY, built
from tests.packaging.workshop import script

pytestmark = pytest.mark.packages

ELF = b"\x7fELF"
EXPECTED = {
    *("cpython", "cryptography", "ffmpeg", "openssl", "pyside6-essentials", "qt", "sqlcipher"),
    *("sqlite", "x264", "x265", "libjpeg-turbo", "libwebp", "public-suffix-list", "inter"),
}


@pytest.fixture(scope="module")
def tree() -> Path:
    return built()


@pytest.fixture(scope="module")
def trust() -> str:
    given = os.environ.get("CPORT_RELEASE_TRUST")
    return given or str(REPOSITORY / "build" / "release-key-for-trials.pub.pem")


@pytest.fixture(scope="module")
def bom(tree: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((tree / "sbom.cdx.json").read_bytes())
    return found


@pytest.fixture
def copy(tree: Path, tmp_path: Path) -> Path:
    """Its files are those of the tree: whoever changes one puts another in its place."""
    shutil.copytree(tree, tmp_path / "copy", copy_function=linked)
    return tmp_path / "copy"


def linked(file: str, copy: str) -> None:
    try:
        os.link(file, copy)
    except OSError:  # another file system
        shutil.copy2(file, copy)


def verified(place: Path, trust: str) -> int:
    status: int = script("verify_release").main([str(place), "--trust", trust])
    return status


def test_what_was_built_is_verified(tree: Path, trust: str):
    assert verified(tree, trust) == 0
    assert verified(REPOSITORY / "dist", trust) == 0


def test_one_byte_of_any_file_is_enough(copy: Path, trust: str):
    assert verified(copy, trust) == 0
    chance = random.Random(8)
    files = sorted(path for path in copy.rglob("*") if path.is_file() and path.stat().st_size)
    for file in chance.sample(files, 12):
        whole = file.read_bytes()
        harmed = bytearray(whole)
        harmed[chance.randrange(len(harmed))] ^= 1 << chance.randrange(8)
        file.unlink()
        file.write_bytes(harmed)
        assert verified(copy, trust) == 7, file
        file.write_bytes(whole)
    assert verified(copy, trust) == 0


def test_code_that_was_put_beside_ours_is_seen(copy: Path, trust: str):
    (copy / "app" / "sitecustomize.pyc").write_bytes(b"")
    assert verified(copy, trust) == 7


def components(listed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in listed:
        yield each
        yield from components(each.get("components", []))


def is_compiled(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == ELF


def test_the_list_knows_every_compiled_file(tree: Path, bom: dict[str, Any]):
    told = {
        occurrence["location"]
        for each in bom["components"]
        for occurrence in each.get("evidence", {}).get("occurrences", [])
    }
    files = [path for path in tree.rglob("*") if path.is_file()]
    compiled = {path.relative_to(tree).as_posix() for path in files if is_compiled(path)}
    assert len(compiled) > 100
    assert compiled <= told


def test_the_list_names_what_advisories_are_about(bom: dict[str, Any]):
    found = {each["name"]: each for each in components(bom["components"])}
    assert set(found) >= EXPECTED
    for name in ("openssl", "sqlite", "sqlcipher", "ffmpeg", "qt"):
        assert found[name]["version"][0].isdigit(), name


def test_written_again_the_list_has_the_same_bytes(tree: Path, copy: Path):
    listed = (tree / "sbom.cdx.json").read_bytes()
    for name in ("sbom.cdx.json", "release.json", "release.json.sig"):
        (copy / name).unlink()
    moment = datetime.fromtimestamp((tree / "VERSION").stat().st_mtime, UTC)
    script("sbom").write(copy, moment)
    assert (copy / "sbom.cdx.json").read_bytes() == listed


def test_every_text_of_a_licence_that_is_named_is_there(tree: Path):
    lines = (tree / "licences" / "README.txt").read_text(encoding="utf-8").splitlines()
    texts = {line.strip() for line in lines if line.startswith("    ")}
    assert len(texts) > 100
    assert [text for text in texts if not (tree / "licences" / text).stat().st_size] == []
