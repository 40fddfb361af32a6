"""The Debian package that `make package` made: it holds the signed release, and Debian's checker accepts it.

Needs `make package`; run by `make test-packaging`, which then installs it (`packaging/try_installed.sh`).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cport_desktop import __version__
from tests.packaging.trees import PATIENCE, REPOSITORY, built, need

pytestmark = pytest.mark.packages

NAME = f"cport-desktop_{__version__}_amd64.deb"


@pytest.fixture(scope="module")
def package() -> Path:
    made = REPOSITORY / "dist" / NAME
    assert made.is_file(), f"there is no package {made}: make package"
    return made


def test_what_it_installs_is_the_signed_release(package: Path, tmp_path: Path):
    need("dpkg-deb")
    keys = sorted((REPOSITORY / "build").glob("release-key*.pub.pem"))
    assert keys, "make package leaves the public key beside the tree"
    subprocess.run(["dpkg-deb", "--extract", package, tmp_path], check=True)
    tree = tmp_path / "usr" / "lib" / "cport-desktop"
    program = REPOSITORY / "packaging" / "verify" / "verify_release.py"
    said = [verdict(program, tree, key) for key in keys]
    assert 0 in said
    with (tree / "VERSION").open("ab") as file:
        file.write(b" ")
    assert verdict(program, tree, keys[said.index(0)]) == 7


def verdict(program: Path, tree: Path, key: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-I", program, tree, "--trust", key],
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    return done.returncode


def test_it_is_made_again_with_the_same_bytes(package: Path, tmp_path: Path):
    need("dpkg-deb", "readelf")
    copy = tmp_path / "another folder" / built().name
    shutil.copytree(built(), copy)
    program = REPOSITORY / "packaging" / "build_deb.py"
    subprocess.run([sys.executable, program, copy, tmp_path / "dist"], check=True, timeout=PATIENCE)
    assert (tmp_path / "dist" / NAME).read_bytes() == package.read_bytes()


def test_debians_own_checker_finds_nothing_but_what_is_told_with_a_reason(package: Path):
    need("lintian")
    done = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error,warning", package],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout
