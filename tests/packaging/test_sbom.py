"""What is inside a release is read in the release: everything is somebody's, and has a licence."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from license_expression import get_spdx_licensing

from tests.packaging.workshop import PACKAGING, a_folder, script

MOMENT = datetime(2026, 11, 24, tzinfo=UTC)
LIBRARY = f"python{sys.version_info.major}.{sys.version_info.minor}"
ELF = b"\x7fELF"
RULES = """
[packages]
certifi = { licence = "MPL-2.0" }

[[part]]
name = "thing"
files = ["app/some.libs/libthing-*"]
like = "thing (\\\\d+\\\\.\\\\d+)"
licence = "BSD-2-Clause"
texts = ["parts/dav1d"]

[[part]]
name = "other"
files = ["app/some.libs/libother-*"]
soname = true
licence = "LGPL-2.1-or-later"
texts = ["whole/LGPL-2.1", "package:h11"]

[[part]]
name = "within"
files = ["app/some.libs/libthing-*"]
within = true
like = "V\\\\0(\\\\d\\\\0\\\\.\\\\0\\\\d)"
licence = "MIT"
texts = ["resources:fonts/OFL"]
"""
FILES = {
    "VERSION": b"1.2.3\n",
    "bin/cport": b"#!/bin/sh\n",
    "app/cport_desktop/__init__.pyc": b"ours",
    "app/resources/fonts/OFL.txt": b"a licence of fonts\n",
    "app/some.libs/libthing-1a2b.so.7.1": ELF + b"\0thing 4.5\0V\x003\0.\x001\0",
    "app/some.libs/libother-1a2b.so.9": ELF,
    "runtime/bin/cport-runtime": ELF,
    f"runtime/lib/{LIBRARY}/os.pyc": b"os",
    f"runtime/lib/{LIBRARY}/lib-dynload/_json.cpython-311-x86_64-linux-gnu.so": ELF,
}


def with_package(root: Path, name: str) -> None:
    """The package as it is installed here, in the way in which a release holds packages."""
    installed = metadata.distribution(name)
    for file in installed.files or []:
        if file.suffix == ".pyc" or ".." in file.parts or file.name == "RECORD":
            continue
        target = root / "app" / file
        target = target.with_suffix(".pyc") if target.suffix == ".py" else target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(installed.locate_file(file)), target)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = a_folder(tmp_path / "tree", FILES)
    with_package(root, "h11")
    return root


def written(root: Path, rules: Path) -> dict[str, Any]:
    script("sbom").write(root, MOMENT, rules)
    found: dict[str, Any] = json.loads((root / "sbom.cdx.json").read_bytes())
    return found


def by_name(bom: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in bom["components"]}


def test_each_component_has_its_version_licence_and_files(tree: Path, rules: Path):
    bom = written(tree, rules)
    found = by_name(bom)
    assert sorted(found) == ["cpython", "h11", "other", "thing", "within"]
    assert found["thing"]["version"] == "4.5"
    assert found["within"]["version"] == "3.1", "text in UTF-16"
    assert found["other"]["version"] == "unknown (interface 9)"
    assert found["other"]["purl"] == "pkg:generic/other"
    assert found["h11"]["purl"] == f"pkg:pypi/h11@{metadata.version('h11')}"
    digest = hashlib.sha256(FILES["app/some.libs/libthing-1a2b.so.7.1"]).hexdigest()
    assert found["thing"]["hashes"] == [{"alg": "SHA-256", "content": digest}]
    assert bom["metadata"]["component"]["version"] == "1.2.3"
    assert bom["metadata"]["timestamp"] == "2026-11-24T00:00:00Z"


def test_every_licence_is_one_that_spdx_knows_and_its_text_is_there(tree: Path, rules: Path):
    bom = written(tree, rules)
    for component in bom["components"]:
        expression = component["licenses"][0]["expression"]
        assert not get_spdx_licensing().validate(expression).errors, expression
    told = (tree / "licences" / "README.txt").read_text(encoding="utf-8").splitlines()
    texts = [line.strip() for line in told if line.startswith("    ")]
    assert len(texts) >= 6
    for text in texts:
        assert (tree / "licences" / text).stat().st_size > 10, text


def test_the_licences_of_our_own_rules_are_ones_that_spdx_knows():
    parts, packages = script("release_parts").read_rules()
    for licence in {part.licence for part in parts} | {told.licence for told in packages.values()}:
        assert not get_spdx_licensing().validate(licence).errors, licence
    for part in parts:
        assert part.texts, part.name
        for text in part.texts:
            if ":" not in text:
                assert (PACKAGING / "licence_texts" / f"{text}.txt").is_file(), text


def test_the_same_tree_elsewhere_and_written_twice_gives_the_same_bytes(
    tree: Path, rules: Path, tmp_path: Path
):
    other = tmp_path / "another folder"
    shutil.copytree(tree, other)
    for root in (tree, other, tree):
        written(root, rules)
    for name in ("sbom.cdx.json", "licences/README.txt"):
        assert (tree / name).read_bytes() == (other / name).read_bytes()
    assert (tree / "sbom.cdx.json").stat().st_mtime == MOMENT.timestamp()


def test_another_byte_in_a_file_gives_another_list(tree: Path, rules: Path):
    before = written(tree, rules)
    (tree / "app" / "some.libs" / "libother-1a2b.so.9").write_bytes(ELF + b"x")
    after = written(tree, rules)
    assert before["serialNumber"] != after["serialNumber"]
    assert by_name(before)["other"]["hashes"] != by_name(after)["other"]["hashes"]


@pytest.mark.parametrize(
    "name",
    ["app/left.txt", "app/some.libs/libnew-1.so.1", "app/h11/libnew.so", "lib/new", "runtime/x"],
)
def test_a_file_that_is_nobodys_ends_the_build_and_is_named(tree: Path, rules: Path, name: str):
    a_folder(tree, {name: ELF if ".so" in name else b"x"})
    with pytest.raises(script("release_parts").NotExplained, match=name):
        written(tree, rules)


def test_a_rule_that_explains_nothing_any_more_ends_the_build(tree: Path, rules: Path):
    (tree / "app" / "some.libs" / "libother-1a2b.so.9").unlink()
    with pytest.raises(script("release_parts").NotExplained, match=r"other .*no such file"):
        written(tree, rules)


def test_a_version_that_is_not_where_the_rule_says_ends_the_build(tree: Path, rules: Path):
    (tree / "app" / "some.libs" / "libthing-1a2b.so.7.1").write_bytes(ELF + b"\0thing\0")
    with pytest.raises(script("release_parts").NotExplained, match="its version is not where"):
        written(tree, rules)


def test_a_package_of_another_version_than_where_it_is_built_ends_the_build(
    tree: Path, rules: Path
):
    (path,) = (tree / "app").glob("h11-*.dist-info/METADATA")
    said = path.read_text(encoding="utf-8")
    now = metadata.version("h11")
    path.write_text(said.replace(f"Version: {now}", "Version: 0.0.1"), encoding="utf-8")
    with pytest.raises(script("release_parts").NotExplained, match=f"h11: 0.0.1 .* {now}"):
        written(tree, rules)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('texts = ["parts/dav1d"]', "texts = []"),
        ('texts = ["parts/dav1d"]', 'texts = ["parts/nowhere"]'),
        ('"resources:fonts/OFL"', '"resources:fonts/none"'),
    ],
)
def test_a_component_without_the_text_of_its_licence_ends_the_build(
    tree: Path, rules: Path, old: str, new: str
):
    rules.write_text(RULES.replace(old, new), encoding="utf-8")
    with pytest.raises(script("release_licences").TextMissing):
        written(tree, rules)


def test_a_package_whose_licence_is_only_prose_wants_a_rule(tree: Path, rules: Path):
    with_package(tree, "sqlcipher3")
    with pytest.raises(script("release_parts").NotExplained, match="sqlcipher3: its licence"):
        written(tree, rules)


def test_what_a_wheel_tells_of_its_crates_is_taken_over_and_marked_as_told(tree: Path, rules: Path):
    with_package(tree, "pyrage")
    told = RULES.replace("certifi = ", 'pyrage = { licence = "MIT" }\ncertifi = ')
    rules.write_text(told, encoding="utf-8")
    inner = by_name(written(tree, rules))["pyrage"]["components"]
    (age,) = [each for each in inner if each["name"] == "age"]
    assert age["purl"].startswith("pkg:cargo/age@")
    assert age["properties"][0]["value"] == "told by the wheel pyrage"


def test_a_list_that_is_no_cyclonedx_is_not_written():
    with pytest.raises(script("release_parts").NotExplained, match=r"no CycloneDX 1\.6"):
        script("sbom").validate(
            '{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": "one"}'
        )


def test_a_library_of_the_system_is_told_with_the_package_it_comes_from(tree: Path, rules: Path):
    if shutil.which("dpkg") is None:
        pytest.skip("no Debian here")
    a_folder(tree, {f"runtime/lib/{LIBRARY}/lib-dynload/libffi.so.8": ELF})
    found = by_name(written(tree, rules))["libffi8"]
    assert found["purl"].startswith("pkg:deb/debian/libffi8@3.")
    assert (tree / "licences" / "system" / "libffi8.txt").is_file()
