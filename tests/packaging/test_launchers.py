"""The launchers of a release, as the shell of a plain system runs them, before a program that tells what
it was started with.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.packaging.trees import in_workshop

TELLS = """#!/bin/sh
echo "version $(cat "$(dirname "$0")/../../VERSION")"
for word in "$@"; do echo "word [$word]"; done
env
"""
INSTALLED = "1.10.0"


def a_release(root: Path, version: str) -> Path:
    program = root / "runtime" / "bin" / "cport-runtime"
    program.parent.mkdir(parents=True)
    program.write_text(TELLS, encoding="ascii")
    program.chmod(0o755)
    (root / "VERSION").write_text(f"{version}\n", encoding="ascii")
    return root


@pytest.fixture
def release(tmp_path: Path) -> Path:
    root = a_release(tmp_path / "a release", INSTALLED)
    in_workshop(
        "import sys; from pathlib import Path; from build_tree import write_launchers;"
        "write_launchers(Path(sys.argv[1]))",
        root,
    )
    for launcher in (root / "bin").iterdir():
        launcher.chmod(0o755)
    return root


def said(launcher: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [launcher, *words],
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def words_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    lines = done.stdout.splitlines()
    return [line.removeprefix("word [")[:-1] for line in lines if line.startswith("word [")]


def version_of(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[0].removeprefix("version ")


def test_the_command_line_hands_on_every_word_as_it_is(release: Path):
    words = ("report", "a b", "", "*", "$HOME", "--json")
    heard = words_of(said(release / "bin" / "cport", *words))
    assert heard == ["-I", "-B", "-m", "cport_desktop", *words]


@pytest.mark.parametrize(
    ("words", "heard"),
    [([], ["window"]), (["--vault", "a b"], ["window", "--vault", "a b"])],
)
def test_the_window_has_the_options_of_the_command_line(
    release: Path, words: list[str], heard: list[str]
):
    launched = words_of(said(release / "bin" / "cport-desktop", *words))
    assert launched == ["-I", "-B", "-m", "cport_desktop", *heard]


def test_the_window_says_its_version_without_opening(release: Path):
    assert "window" not in words_of(said(release / "bin" / "cport-desktop", "--version"))


def test_links_to_a_launcher_lead_to_its_release(release: Path, tmp_path: Path):
    first = tmp_path / "first"
    first.symlink_to(release / "bin" / "cport")
    (tmp_path / "other").mkdir()
    second = tmp_path / "other" / "cport"
    second.symlink_to("../first")
    assert version_of(said(second)) == INSTALLED


@pytest.mark.parametrize(
    ("update", "runs"),
    [
        ("1.10.1", "1.10.1"),
        ("1.11", "1.11"),
        ("2", "2"),
        ("1.10.0.1", "1.10.0.1"),
        ("1.9.9", INSTALLED),
        ("1.10.0", INSTALLED),
        ("1.10", INSTALLED),
        ("0.99.99", INSTALLED),
    ],
)
def test_an_update_in_the_users_folder_runs_if_it_is_newer(
    release: Path, tmp_path: Path, update: str, runs: str
):
    kept = tmp_path / "data" / "cport-desktop"
    a_release(kept / "versions" / update, update)
    (kept / "current").write_text(f"{update}\n", encoding="ascii")
    done = said(release / "bin" / "cport", XDG_DATA_HOME=str(tmp_path / "data"))
    assert version_of(done) == runs
    assert not done.stderr
    assert (f"CPORT_FLOOR={release}" in done.stdout) is (runs != INSTALLED)


def test_an_update_does_not_look_for_another_one(release: Path, tmp_path: Path):
    kept = tmp_path / "data" / "cport-desktop"
    a_release(kept / "versions" / "2.0", "2.0")
    (kept / "current").write_text("2.0\n", encoding="ascii")
    floor = {"CPORT_FLOOR": "/somewhere", "XDG_DATA_HOME": str(tmp_path / "data")}
    assert version_of(said(release / "bin" / "cport", **floor)) == INSTALLED


def test_where_an_update_is_not_whole_the_installed_version_runs_and_says_so(
    release: Path, tmp_path: Path
):
    kept = tmp_path / ".local" / "share" / "cport-desktop"
    (kept / "versions" / "2.0").mkdir(parents=True)
    (kept / "current").write_text("2.0\n", encoding="ascii")
    done = said(release / "bin" / "cport", HOME=str(tmp_path))
    assert version_of(done) == INSTALLED
    assert "The update to 2.0 is not whole" in done.stderr


@pytest.mark.parametrize("named", ["", "../../elsewhere", "2.0/..", "2.0;id", ".", "2.0-beta"])
def test_what_names_no_version_chooses_nothing(release: Path, tmp_path: Path, named: str):
    kept = tmp_path / "data" / "cport-desktop"
    a_release(kept / "versions" / "2.0", "2.0")
    a_release(tmp_path / "data" / "elsewhere", "3.0")
    (kept / "current").write_text(named, encoding="ascii")
    done = said(release / "bin" / "cport", XDG_DATA_HOME=str(tmp_path / "data"))
    assert version_of(done) == INSTALLED


def test_nothing_that_loads_code_is_handed_on(release: Path):
    hostile = "LD_LIBRARY_PATH LD_AUDIT QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH OPENSSL_CONF"
    done = said(release / "bin" / "cport", **dict.fromkeys(hostile.split(), "/foreign"), LANG="C")
    assert "LANG=C" in done.stdout
    assert "/foreign" not in done.stdout


def test_a_release_without_its_interpreter_says_so(release: Path):
    (release / "runtime" / "bin" / "cport-runtime").unlink()
    done = said(release / "bin" / "cport")
    assert done.returncode == 70
    assert "Copy or unpack it again" in done.stderr


def test_a_release_that_may_not_run_says_what_to_do(release: Path):
    (release / "runtime" / "bin" / "cport-runtime").chmod(0o644)
    done = said(release / "bin" / "cport")
    assert done.returncode == 77
    assert "such as your home folder" in done.stderr
