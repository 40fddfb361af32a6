"""The Debian package: the tree as it is and what a desktop looks for, the same bytes each time, no script."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from cport_desktop.cli.verbs import VERBS
from cport_desktop.exports import seal_header
from cport_desktop.formats import bundle_header
from cport_desktop.updates import bundle as updates
from cport_desktop.vault import backup_format
from tests.packaging.trees import REPOSITORY, in_workshop, need

MOMENT = 1_700_000_000
HOME = "./usr/lib/cport-desktop"
BEGINNINGS = (
    seal_header.INTRODUCTION,
    bundle_header.MAGIC,
    backup_format.MAGIC.removesuffix(b"1\n"),
    updates.MAGIC,
)


def a_tree(folder: Path) -> Path:
    """One that says with which words it was started."""
    root = folder / "cport-desktop-7.8.9-linux-x86_64"
    for name, said in (("cport", "line"), ("cport-desktop", "window")):
        file = root / "bin" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'#!/bin/sh\necho {said} "$@"\n', encoding="ascii")
        file.chmod(0o755)
    compiled = root / "runtime" / "bin" / "cport-runtime"
    compiled.parent.mkdir(parents=True)
    shutil.copyfile(sys.executable, compiled)
    compiled.chmod(0o700)
    (root / "app").mkdir()
    (root / "app" / "ours.txt").write_text("ours", encoding="ascii")
    (root / "VERSION").write_text("7.8.9\n", encoding="ascii")
    os.utime(root / "VERSION", (MOMENT, MOMENT))
    return root


def packed(root: Path, folder: Path) -> Path:
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    script = REPOSITORY / "packaging" / "build_deb.py"
    command: list[str | Path] = [sys.executable, script, root, folder]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    (made,) = folder.glob("*.deb")
    return made


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need("dpkg-deb", "readelf")
    place = tmp_path_factory.mktemp("deb")
    return packed(a_tree(place), place / "dist")


@pytest.fixture(scope="module")
def unpacked(package: Path) -> Path:
    folder = package.parent.parent / "unpacked"
    subprocess.run(["dpkg-deb", "--raw-extract", package, folder], check=True)
    return folder


def members(package: Path) -> list[tarfile.TarInfo]:
    told = subprocess.run(
        ["dpkg-deb", "--fsys-tarfile", package], check=True, stdout=subprocess.PIPE
    )
    with tarfile.open(fileobj=BytesIO(told.stdout)) as tar:
        return tar.getmembers()


def field(package: Path, name: str) -> str:
    done = subprocess.run(
        ["dpkg-deb", "--field", package, name], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def test_it_has_the_same_bytes_whoever_makes_it_and_when(package: Path, tmp_path: Path):
    again = a_tree(tmp_path / "another folder")
    for path in again.rglob("*"):
        if path.name != "VERSION":
            os.utime(path, (MOMENT + 777, MOMENT + 777))
    (again / "app" / "ours.txt").chmod(0o600)
    before = os.umask(0o077)
    try:
        made = packed(again, tmp_path / "dist")
    finally:
        os.umask(before)
    assert made.read_bytes() == package.read_bytes()
    digest = made.with_name(f"{made.name}.sha256").read_text(encoding="ascii")
    assert digest.endswith(f"  {package.name}\n")


def test_every_file_is_roots_of_the_moment_of_the_release_and_nobody_elses_to_write(package: Path):
    for member in members(package):
        assert (member.uid, member.gid, member.mtime) == (0, 0, MOMENT), member.name
        assert member.issym() or member.mode in (0o755, 0o644), member.name


def test_the_tree_lies_in_it_as_it_is(unpacked: Path):
    tree = unpacked / HOME
    assert (tree / "app" / "ours.txt").read_text(encoding="ascii") == "ours"
    assert (tree / "runtime" / "bin" / "cport-runtime").stat().st_mode & 0o777 == 0o755
    assert sorted(path.name for path in tree.iterdir()) == ["VERSION", "app", "bin", "runtime"]


def test_its_commands_lead_into_the_tree(unpacked: Path):
    for name, said in (("cport", "line"), ("cport-desktop", "window")):
        done = subprocess.run(
            [unpacked / "usr" / "bin" / name, "a b"], check=True, stdout=subprocess.PIPE, text=True
        )
        assert done.stdout == f"{said} a b\n"


def test_no_script_runs_when_it_comes_or_goes(unpacked: Path):
    assert sorted(path.name for path in (unpacked / "DEBIAN").iterdir()) == ["control", "md5sums"]


def test_it_depends_on_all_that_the_tree_leaves_to_the_system(package: Path):
    left = in_workshop(
        "import tree_contents as t; print(*sorted({*t.LEFT_TO_THE_SYSTEM.values()}))"
    ).split()
    names = {each.split()[0] for each in field(package, "Depends").split(", ")}
    assert names == {*left}
    assert "python" not in field(package, "Depends")
    asked = field(package, "Depends").partition("libc6 (>= ")[2].partition(")")[0]
    major, minor = map(int, asked.split("."))
    assert (major, minor) >= (2, 2)


def test_its_sums_are_those_of_all_its_files(unpacked: Path):
    done = subprocess.run(
        ["md5sum", "--check", "--quiet", "DEBIAN/md5sums"],
        cwd=unpacked,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    listed = (unpacked / "DEBIAN" / "md5sums").read_text(encoding="utf-8").splitlines()
    files = [
        path for path in (unpacked / "usr").rglob("*") if path.is_file() and not path.is_symlink()
    ]
    assert len(listed) == len(files)


def test_desktops_accept_its_entry_and_its_description(unpacked: Path):
    share = unpacked / "usr" / "share"
    need("desktop-file-validate", "appstreamcli")
    for command in (
        ("desktop-file-validate", share / "applications" / "cport-desktop.desktop"),
        (
            *("appstreamcli", "validate", "--no-net"),
            share / "metainfo" / "example.cport.desktop.metainfo.xml",
        ),
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_its_types_know_files_that_are_made_here(unpacked: Path, tmp_path: Path):
    need("update-mime-database")
    data = tmp_path / "data"
    types = data / "mime" / "packages" / "cport-desktop.xml"
    types.parent.mkdir(parents=True)
    shutil.copyfile(unpacked / "usr/share/mime/packages/cport-desktop.xml", types)
    subprocess.run(["update-mime-database", data / "mime"], check=True, capture_output=True)
    magic = (data / "mime" / "magic").read_bytes()
    for beginning in BEGINNINGS:
        assert beginning in magic
    globs = (data / "mime" / "globs2").read_text(encoding="utf-8")
    assert "application/x-age-encryption:*.age" in globs
    assert "application/vnd.etsi.asic-e+zip:*.asice" in globs


def test_every_icon_is_a_square_png_of_its_folder(unpacked: Path):
    icons = unpacked / "usr" / "share" / "icons" / "hicolor"
    found = sorted(icons.rglob("*.*"))
    assert {path.suffix for path in found} == {".png"}
    assert len({path.name for path in found}) * 8 == len(found)
    for path in found:
        size = int(path.relative_to(icons).parts[0].partition("x")[0])
        assert struct.unpack(">II", path.read_bytes()[16:24]) == (size, size)


def test_the_kept_icons_are_those_that_are_drawn():
    drawn = in_workshop(
        "import draw_icons as d\n"
        "for name, draw in d.ICONS.items():\n"
        "    made = d.png(d.pixels(draw(16), 16), 16)\n"
        "    kept = (d.FOLDER / '16x16' / f'{name}.png').read_bytes()\n"
        "    print(name, made == kept)\n"
    ).splitlines()
    assert len(drawn) == 5
    assert [line for line in drawn if not line.endswith(" True")] == []


def test_the_manual_page_tells_every_verb_and_is_without_fault(unpacked: Path):
    need("man", "groff")
    for name in ("cport", "cport-desktop"):
        page = unpacked / "usr" / "share" / "man" / "man1" / f"{name}.1.gz"
        done = subprocess.run(
            ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page],
            env={"LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80", "PATH": "/usr/bin:/bin"},
            capture_output=True, check=True,
        )  # fmt: skip
        assert done.stderr == b""
    page = unpacked / "usr" / "share" / "man" / "man1" / "cport.1.gz"
    shown = subprocess.run(
        ["man", "-E", "UTF-8", "-l", page],
        env={"LC_ALL": "C.UTF-8", "MANWIDTH": "200", "MANPAGER": "cat", "PATH": "/usr/bin:/bin"},
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told = {" ".join(line.split()) for line in shown.stdout.splitlines()}
    for verb in VERBS:
        assert any(line.startswith(f"cport {verb.name}") for line in told), verb.name
        for line in verb.example.splitlines():
            assert " ".join(line.split()) in told, line
    assert {"vault.wrong_passphrase", "refused.held", "untrusted.signature"} <= told


def test_completions_lie_where_each_shell_looks(unpacked: Path):
    share = unpacked / "usr" / "share"
    assert b"_cport" in (share / "bash-completion/completions/cport").read_bytes()
    assert (share / "zsh/vendor-completions/_cport").read_bytes().startswith(b"#compdef cport")
    assert b"complete -c cport" in (share / "fish/vendor_completions.d/cport.fish").read_bytes()


def test_its_licence_is_whole(unpacked: Path):
    told = (unpacked / "usr/share/doc/cport-desktop/copyright").read_text(encoding="utf-8")
    licence = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
    assert {line.strip() for line in licence.splitlines() if line.strip()} <= {
        line.strip() for line in told.splitlines()
    }
    assert "@" not in told.replace("maintainers@cport.example", "")
