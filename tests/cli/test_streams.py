"""What the command line prints arrives whole, whatever the machine's locale."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from cport_desktop.cli.streams import settle_encoding
from tests.cli.conftest import Cport

ROOT = Path(__file__).parents[2]
NARROW = {
    "no locale": {"LC_ALL": "C", "LANG": "C"},
    "a code page of Windows": {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    "strict ASCII": {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"},
}
ANALYST = "Łucja Δoe"


@pytest.mark.parametrize("name", NARROW)
def test_answers_and_refusals_are_whole_in_any_locale(tmp_path: Path, name: str):
    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        environment = {**Cport(tmp_path).environment(), **NARROW[name]}
        command = [sys.executable, "-m", "cport_desktop", *words]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)

    (tmp_path / "pass").write_text("seven quiet herons cross the winter estuary\n")
    vault = ["--vault", str(tmp_path / "vault"), "--passphrase-file", str(tmp_path / "pass")]
    made = run(*vault, "vault", "create", "--demo", "--analyst", ANALYST)
    assert made.returncode == 0, made.stderr
    listed = run(*vault, "--json", "vault", "analysts", "list")
    assert ANALYST in listed.stdout.decode("utf-8")
    assert json.loads(listed.stdout)
    table = run(*vault, "vault", "analysts", "list")
    assert table.returncode == 0, table.stderr
    assert ANALYST in table.stdout.decode("utf-8")
    assert "─" in table.stdout.decode("utf-8")
    refused = run(*vault, "reports", "Δ:1")
    assert refused.returncode == 2, refused.stderr
    assert "Δ" in refused.stderr.decode("utf-8")


def test_bytes_that_are_no_text_are_refused_with_a_sentence_and_leave_nothing(tmp_path: Path):
    (tmp_path / "pass").write_text("seven quiet herons cross the winter estuary\n")
    command = [sys.executable, "-m", "cport_desktop", "--vault", str(tmp_path / "vault")]
    command += ["--passphrase-file", str(tmp_path / "pass"), "vault", "create", "--demo"]
    environment = {**Cport(tmp_path).environment(), "LC_ALL": "C.UTF-8"}
    refused = subprocess.run(
        [*map(os.fsencode, command), b"--analyst", b"Z\xffe"],
        cwd=ROOT, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert refused.returncode == 2, refused.stderr
    assert "not text in the encoding of this machine: Z?e" in refused.stderr.decode()
    assert not (tmp_path / "vault").exists()


def test_a_terminal_keeps_its_encoding_and_shows_what_it_does_not_know_as_code_points():
    master, terminal = pty.openpty()
    with os.fdopen(terminal, "w", encoding="ascii") as stream:
        settle_encoding([stream])
        print("Łucja", file=stream, flush=True)
        assert stream.encoding == "ascii"
        assert b"\\u0141ucja" in os.read(master, 100)
    os.close(master)


def test_a_stream_that_is_no_text_stream_of_the_system_stays_as_it_is():
    kept = io.StringIO()
    settle_encoding([kept, None])
    print("Łucja", file=kept)
    assert kept.getvalue() == "Łucja\n"
