"""The media of a package as a bag, judged by tools that are not ours."""

from __future__ import annotations

import importlib.util
import io
import shutil
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import cport_desktop
from cport_desktop.domain.nature import Nature
from cport_desktop.exports.bag import Payload, print_bag
from cport_desktop.exports.records import bag_facts, parse_package
from tests.exports.peers import needs, run
from tests.exports.synthetic import package_content, sealed
from tests.exports.test_verification import opened


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("opened")
    content = package_content(title="Série – synthetic\n second line: 7")
    with zipfile.ZipFile(io.BytesIO(opened(sealed(content)))) as container:
        container.extractall(folder)
    return folder


def validated(bag: Path) -> int:
    """What the library of the format says of `bag` to a shell: 0 for a valid one."""
    if importlib.util.find_spec("bagit") is None:
        pytest.skip("bagit is not installed: pip install bagit")
    return run(sys.executable, "-m", "bagit", "--validate", "--quiet", bag).returncode


def test_the_library_of_the_format_validates_the_unpacked_bag(unpacked: Path) -> None:
    assert validated(unpacked / "media") == 0


def test_the_library_refuses_a_bag_with_a_changed_file(unpacked: Path, tmp_path: Path) -> None:
    bag = shutil.copytree(unpacked / "media", tmp_path / "media")
    file = next((bag / "data").iterdir())
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert validated(bag) != 0


def test_it_says_whose_it_is_and_how_much(unpacked: Path) -> None:
    lines = (unpacked / "media/bag-info.txt").read_text().splitlines()
    assert lines == [
        "Source-Organization: Test Agency",
        "External-Description: Série – synthetic second line: 7",
        f"External-Identifier: 42-{'ab' * 32}",
        "Bagging-Date: 2026-05-17",
        "Payload-Oxum: 10000.2",
        f"Bag-Software-Agent: CPORT Desktop {cport_desktop.__version__}",
    ]


def test_sha256sum_accepts_the_lists_of_the_bag_and_of_the_package(unpacked: Path) -> None:
    program = needs("sha256sum")
    for folder, name in (
        ("media", "manifest-sha256.txt"),
        ("media", "tagmanifest-sha256.txt"),
        (".", "manifest-sha256.txt"),
    ):
        done = run(program, "--check", "--strict", "--quiet", name, cwd=unpacked / folder)
        assert (done.returncode, done.stdout) == (0, b""), done.stderr


def test_a_package_without_media_has_no_bag() -> None:
    content = replace(package_content(nature=Nature.LIVE), media=())
    with zipfile.ZipFile(io.BytesIO(opened(sealed(content)))) as container:
        assert [name for name in container.namelist() if name.startswith("media/")] == []


def test_the_bag_says_only_what_the_package_says(unpacked: Path) -> None:
    record = parse_package((unpacked / "package.json").read_bytes())
    payload = [
        Payload(f"media/data/{file.name}", file.stat().st_size, file.stem)
        for file in (unpacked / "media/data").iterdir()
    ]
    for name, content in print_bag(payload, bag_facts(record)).items():
        assert (unpacked / name).read_bytes() == content
