"""What makes a build the same wherever and whenever it is made, and what tells when it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.packaging.trees import REPOSITORY, in_workshop

MOMENT = 1_700_000_000


def script(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, REPOSITORY / "packaging" / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def a_tree(folder: Path) -> Path:
    root = folder / "release-1.0"
    (root / "app").mkdir(parents=True)
    (root / "bin").mkdir()
    (root / "app" / "ours.txt").write_text("ours", encoding="ascii")
    (root / "bin" / "cport").write_text("#!/bin/sh\n", encoding="ascii")
    (root / "bin" / "cport").chmod(0o755)
    for path in (*root.rglob("*"), root):
        os.utime(path, (MOMENT, MOMENT))
    return root


def test_code_is_compiled_to_the_same_bytes_in_another_folder_and_at_another_time(tmp_path: Path):
    made = []
    for name, moment in (("one", MOMENT), ("another folder", MOMENT + 5000)):
        source = tmp_path / name / "ours" / "module.py"
        source.parent.mkdir(parents=True)
        source.write_text('"""A word."""\nNUMBER = 1\n', encoding="ascii")
        os.utime(source, (moment, moment))
        in_workshop(
            "import sys; from pathlib import Path; from tree_compiling import compile_in_place;"
            "compile_in_place(Path(sys.argv[1]), 'app')",
            tmp_path / name,
        )
        assert not source.exists()
        made.append(source.with_suffix(".pyc").read_bytes())
    assert made[0] == made[1]
    assert b"app/ours/module.py" in made[0]


def test_compiled_code_runs_without_its_source(tmp_path: Path):
    (tmp_path / "ours.py").write_text("print(__name__)\n", encoding="ascii")
    in_workshop(
        "import sys; from pathlib import Path; from tree_compiling import compile_in_place;"
        "compile_in_place(Path(sys.argv[1]))",
        tmp_path,
    )
    run = [sys.executable, "-m", "ours"]
    said = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert said.stdout == "__main__\n"


def test_an_archive_of_the_same_tree_has_the_same_bytes(tmp_path: Path):
    archives = []
    for name in ("one", "another"):
        done = script("build_archive.py", a_tree(tmp_path / name), tmp_path / name / "dist")
        assert done.returncode == 0, done.stderr
        archives.append(tmp_path / name / "dist" / "release-1.0.tar.gz")
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with tarfile.open(archives[0]) as tar:
        told = [(entry.name, entry.mode, entry.uid, entry.uname, entry.mtime) for entry in tar]
    assert told == [
        ("release-1.0", 0o755, 0, "", MOMENT),
        ("release-1.0/app", 0o755, 0, "", MOMENT),
        ("release-1.0/app/ours.txt", 0o644, 0, "", MOMENT),
        ("release-1.0/bin", 0o755, 0, "", MOMENT),
        ("release-1.0/bin/cport", 0o755, 0, "", MOMENT),
    ]


def test_an_archive_says_its_digest_as_the_usual_tool_reads_it(tmp_path: Path):
    script("build_archive.py", a_tree(tmp_path), tmp_path / "dist")
    check = ["sha256sum", "--check", "release-1.0.tar.gz.sha256"]
    assert subprocess.run(check, cwd=tmp_path / "dist", check=False).returncode == 0


def test_a_link_is_not_packed(tmp_path: Path):
    root = a_tree(tmp_path)
    (root / "app" / "link").symlink_to("ours.txt")
    done = script("build_archive.py", root, tmp_path / "dist")
    assert done.returncode != 0
    assert not (tmp_path / "dist" / "release-1.0.tar.gz").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda root: (root / "app" / "ours.txt").write_text("othr"), "another kind"),
        (lambda root: (root / "app" / "ours.txt").chmod(0o600), "another kind"),
        (lambda root: (root / "app" / "new").write_text("new"), "only one of them"),
        (lambda root: shutil.rmtree(root / "bin"), "only one of them"),
    ],
)
def test_what_is_not_the_same_in_two_builds_is_named(tmp_path: Path, change, told: str):
    one, other = a_tree(tmp_path / "one"), a_tree(tmp_path / "other")
    assert script("compare_trees.py", one, other).returncode == 0
    change(other)
    done = script("compare_trees.py", one, other)
    assert done.returncode == 1
    assert told in done.stdout


def test_other_bytes_of_the_same_size_and_time_are_found(tmp_path: Path):
    one, other = a_tree(tmp_path / "one"), a_tree(tmp_path / "other")
    (other / "app" / "ours.txt").write_text("0urs", encoding="ascii")
    os.utime(other / "app" / "ours.txt", (MOMENT, MOMENT))
    assert "app/ours.txt has other bytes" in script("compare_trees.py", one, other).stdout


def test_an_interpreter_forgets_where_it_was_built_and_knows_its_version(tmp_path: Path):
    built_for = "/home/somebody/versions/3.11.7"
    program = tmp_path / "program"
    content = f"{built_for}/lib\0…{built_for}\0…{built_for}/share/x\0end".encode()
    program.write_bytes(content)
    in_workshop(
        "import sys; from pathlib import Path; from tree_libraries import settle;"
        f"settle(Path(sys.argv[1]), {built_for!r}, '$ORIGIN/../lib')",
        program,
    )
    after = program.read_bytes()
    assert b"somebody" not in after
    assert len(after) == len(content), "nothing has moved"
    assert after.startswith(b"$ORIGIN/../lib\0")
    # Another text may begin in the midst of this one.
    assert after.count(b"/3.11.7\0") == 1
    assert after.count(b"/3.11.7/share/x\0end") == 1


def test_a_search_path_that_does_not_fit_is_refused(tmp_path: Path):
    program = tmp_path / "program"
    program.write_bytes(b"/usr/lib\0")
    with pytest.raises(subprocess.CalledProcessError):
        in_workshop(
            "import sys; from pathlib import Path; from tree_libraries import settle;"
            "settle(Path(sys.argv[1]), '/usr', '$ORIGIN/../lib')",
            program,
        )
    assert program.read_bytes() == b"/usr/lib\0"
