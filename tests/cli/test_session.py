"""What a verb works with: the vault, opened once, and for how long."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.bootstrap import furnish
from cport_desktop.cli.grammar import parse
from cport_desktop.cli.session import Session
from cport_desktop.settings import Settings
from tests.builders import PASSPHRASE, a_clock, make_vault


@pytest.fixture
def session(tmp_path: Path) -> Session:
    folder, secret = make_vault(tmp_path / "vault"), tmp_path / "passphrase.txt"
    secret.write_bytes(PASSPHRASE)
    where = ["--vault", str(folder), "--passphrase-file", str(secret)]
    workstation = replace(furnish(Settings(marks=tmp_path / "marks")), clock=a_clock())
    return Session(workstation, parse([*where, "hotlines"]), threading.Event(), _no_window)


def _no_window(*_: object) -> int:
    raise AssertionError("no window was asked for")


def test_within_an_open_vault_there_is_no_second_opening(session: Session) -> None:
    with session.vault() as vault:
        with session.vault() as same:
            assert same is vault
        with vault.reader() as reader:
            assert reader.connection.execute("SELECT 1").fetchone() == (1,)
    with session.vault() as again:
        assert again is not vault


def test_the_time_of_an_answer_is_that_of_the_open_vault(session: Session) -> None:
    with session.vault():
        pass
    # The clock takes a step at each reading: one when it was open, one before it was closed.
    assert session.elapsed_ms == pytest.approx(1.0)
