"""kill -9 in the middle of a sync: the next sync ends where an undisturbed one would have."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cport_desktop.cli.gateway_process import GatewayAddress, running_gateway
from tests.cli.conftest import Cport

REPORTS = 60
KILLED_AFTER = (1, 2, 9, 40)
"""Lines of progress: within the changes, and within the media."""


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayAddress]:
    with running_gateway(tmp_path_factory.mktemp("gateway"), reports=REPORTS) as address:
        yield address


def enrolled(folder: Path, gateway: GatewayAddress) -> Cport:
    folder.mkdir()
    secret = folder / "passphrase.txt"
    secret.write_text("a passphrase for a test\n")
    cport = Cport(folder, vault=folder / "vault", passphrase_file=secret)
    assert cport("vault", "create", "--demo").status == 0
    ran = cport(
        "portal", "enrol", "--url", gateway.url, "--ca", gateway.transport_authority,
        "--code-file", gateway.enrolment_code,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    return cport


def killed_after(cport: Cport, lines: int) -> int:
    """Start a sync and kill it as soon as it has announced so many steps; its exit status."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cport_desktop", "--progress", "json", "sync"],
        env=cport.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    for _ in range(lines):
        process.stderr.readline()
    process.send_signal(signal.SIGKILL)
    process.stderr.close()
    return process.wait(10)


def test_costs_nothing(gateway: GatewayAddress, tmp_path: Path) -> None:
    whole = enrolled(tmp_path / "whole", gateway)
    assert whole("sync").status == 0
    killed = enrolled(tmp_path / "killed", gateway)

    statuses = [killed_after(killed, lines) for lines in KILLED_AFTER]
    last = killed("--json", "sync")

    assert statuses == [-signal.SIGKILL] * len(KILLED_AFTER)
    assert last.status == 0, last.out
    assert last.json["complete"] is True
    assert killed("vault", "digest").out == whole("vault", "digest").out
    assert killed("--json", "vault", "check", "--deep").json["findings"] == []
    assert killed("--json", "audit", "verify").json["verified"] is True
    assert not list((tmp_path / "killed/vault/staging").iterdir())
