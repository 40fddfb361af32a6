"""Every command of the manual is run, chapter by chapter and in its order, on a copy of a finished demo."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest

from cport_desktop.cli.entry import run
from cport_desktop.cli.verbs import VERBS
from tests.cli.conftest import Demo
from tests.cli.in_process import _no_window, _own_signals
from tests.cli.test_examples import QUOTED, said

MANUAL = Path(__file__).parents[2] / "docs" / "manual"
BLOCK = re.compile(r"^```(?P<kind>\S[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
IN_A_LINE = re.compile(r"`(cport [^`]+)`")
TAKEN = "8443"
"""The port that the manual names; another one is free here."""
PATIENCE = 60
OPTIONAL = frozenset({"age", "unzip"})
"""Tools that a machine may lack; what is checked with them then is checked by tests of packages alone."""


def chapters() -> list[Path]:
    return sorted(MANUAL.glob("*.md"))


def lines(chapter: Path, kind: str) -> list[str]:
    """What a person types in the blocks of this kind."""
    found = BLOCK.finditer(chapter.read_text("utf-8"))
    text = "\n".join(block["text"] for block in found if block["kind"] == kind)
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


@dataclass
class Terminal:
    """A folder, what was exported, what runs behind."""

    folder: Path
    environment: dict[str, str]
    port: str
    behind: list[subprocess.Popen[str]] = field(default_factory=list)

    def types(self, line: str) -> None:
        """The line does what it should."""
        typed = line.replace(TAKEN, self.port)
        if typed.startswith("kill "):
            self.ends()
        elif typed.endswith(" &"):
            self._starts(shlex.split(typed.removesuffix(" &")))
        elif typed.startswith("cport ") or QUOTED.match(typed):
            quoted = QUOTED.match(typed)
            self._says(shlex.split(quoted["command"] if quoted else typed, comments=True)[1:])
        else:
            self._shell(typed)

    def ends(self) -> None:
        """Nothing runs behind any more."""
        while self.behind:
            process = self.behind.pop()
            process.terminate()
            process.communicate(timeout=PATIENCE)

    def _says(self, words: list[str]) -> None:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err), _own_signals():
            try:
                status = run(words, self.environment, show_window=_no_window)
            except SystemExit as told:  # -h
                status = int(str(told.code or 0))
        assert status == 0, f"cport {shlex.join(words)}\n{out.getvalue()}{err.getvalue()}"

    def _starts(self, words: list[str]) -> None:
        assert words[0] == "cport"
        process = subprocess.Popen(
            [sys.executable, "-m", "cport_desktop", "--json", *words[1:]],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(MANUAL.parents[1])},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.behind.append(process)
        assert process.stdout is not None
        assert process.stdout.readline(), "it did not start"

    def _shell(self, line: str) -> None:
        words = shlex.split(line)
        if any(tool in words and shutil.which(tool) is None for tool in OPTIONAL):
            pytest.skip(f"this machine lacks what {line} needs")
        environment = {"PATH": os.environ["PATH"], **self.environment}
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


@pytest.fixture
def terminal(demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Opened where `demo/` lies, as the manual has it."""
    desk = tmp_path / "desk"
    shutil.copytree(demo.folder, desk / "demo")
    monkeypatch.chdir(desk)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "CPORT_VAULT": "demo/vault",
        "CPORT_PASSPHRASE_FILE": "demo/passphrase.txt",
    }
    made = Terminal(desk, environment, port)
    yield made
    made.ends()


@pytest.mark.parametrize(
    "chapter",
    [path for path in chapters() if lines(path, "sh")],
    ids=lambda path: path.stem,
)
def test_the_commands_of_a_chapter_do_what_they_should(chapter: Path, terminal: Terminal) -> None:
    for line in lines(chapter, "sh"):
        terminal.types(line)


@pytest.mark.parametrize("chapter", chapters(), ids=lambda path: path.stem)
def test_commands_that_are_not_run_can_be_typed(chapter: Path) -> None:
    """Those that need an administrator, or another machine; and those within a sentence."""
    known = {verb.name for verb in VERBS}
    for line in lines(chapter, "sh not-run"):
        program, *rest = shlex.split(line)
        if Path(program).name == "cport":
            assert said(shlex.join(["cport", *rest])).verb in known
    for command in IN_A_LINE.findall(chapter.read_text("utf-8")):
        words = [word for word in shlex.split(command)[1:] if word.islower() and word[0] != "-"]
        names = {" ".join(words[:count]) for count in range(1, 4)}
        assert names & known or command == "cport GROUP VERB …", f"{chapter.stem}: {command}"


def test_the_manual_has_commands_in_most_chapters() -> None:
    assert sum(len(lines(path, "sh")) for path in chapters()) > 100
