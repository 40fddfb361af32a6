"""With no network at all, not even a loopback: everything works but the HTTPS road.

Each command is a process in a network namespace of its own in which no interface is up, as on a
machine whose cable was never plugged in.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from tests.hostile.faults.runs import REPOSITORY
from tests.locking.window_process import PASSPHRASE, a_window

ALONE = ["unshare", "--user", "--map-root-user", "--net"]

pytestmark = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode != 0,
    reason="this machine gives no network namespace to a user",
)


@dataclass(frozen=True)
class Cable:
    """A machine without one: its folder, in which a vault, a gateway and a stick may lie."""

    folder: Path

    def cport(self, *words: str, exit_status: int = 0) -> dict[str, Any]:
        """What `cport --json` answers."""
        done = subprocess.run(
            [*ALONE, sys.executable, "-m", "cport_desktop", "--json", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == exit_status, (words, done.stdout, done.stderr)
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "home"),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(REPOSITORY),
            "CPORT_VAULT": str(self.folder / "vault"),
            "CPORT_PASSPHRASE_FILE": str(self.folder / "passphrase.txt"),
        }


def carried(machine: Cable, number: int) -> dict[str, Any]:
    """One way to the portal and back, by stick."""
    machine.cport("courier", "send", f"stick/out-{number}")
    machine.cport(
        "gateway", "courier", "--data", "gateway", f"stick/out-{number}", f"stick/in-{number}"
    )
    return machine.cport("courier", "receive", f"stick/in-{number}")


def enrolled(machine: Cable) -> None:
    machine.cport("vault", "create", "--demo", "--analyst", "Ada Example")
    # The gateway settles in with whatever it is asked first, and refuses what is no question.
    machine.cport(
        "gateway", "courier", "--data", "gateway", "--reports", "12",
        "passphrase.txt", "stick/none", exit_status=6,
    )  # fmt: skip
    machine.cport(
        "portal", "request", "--out", "stick/request", "--station", "Desk 1",
        "--agency", "Example Agency", "--code-file", "gateway/enrolment-code.txt",
    )  # fmt: skip
    machine.cport("gateway", "courier", "--data", "gateway", "stick/request", "stick/answer")
    machine.cport("portal", "enrol", "--answer", "stick/answer")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Cable:
    """Enrolled by stick, with the first reports here."""
    folder = tmp_path_factory.mktemp("machine")
    for name in ("home", "stick"):
        (folder / name).mkdir()
    (folder / "passphrase.txt").write_text(PASSPHRASE)
    made = Cable(folder)
    enrolled(made)
    first = carried(made, 1)
    assert first["reports_new"] == 12
    assert first["complete"]
    return made


def test_a_station_without_a_cable_works_and_hands_over_by_stick(machine: Cable) -> None:
    report = machine.cport("reports", "--limit", "1")["items"][0]["id"]
    machine.cport("report", "show", report)
    machine.cport("feedback", report, "--text", "A synthetic word of thanks.")
    second = carried(machine, 2)
    key = machine.folder / "recipient.agekey"
    key.write_text(f"{x25519.Identity.generate()}\n")
    machine.cport(
        "package", "create", "--query", f"ref:{report}", "--recipient", str(key),
        "--reason", "a synthetic request", "--out", "case.age",
    )  # fmt: skip
    verified = machine.cport(
        "package", "verify", "case.age", "--identity", str(key), "--trust", "gateway/demo-ca.pem"
    )
    machine.cport("vault", "backup", "stick/backup")

    assert second["operations_settled"] == 1
    assert verified["verified"]
    assert machine.cport("vault", "check", "--deep")
    assert machine.cport("audit", "verify")["verified"]
    assert machine.cport("doctor")


def test_the_road_that_needs_a_network_says_so_and_changes_nothing(machine: Cable) -> None:
    machine.cport("portal", "address", "https://127.0.0.1:9", "--ca", "gateway/tls-ca.pem")
    before = machine.cport("vault", "digest")["digest"]

    error = machine.cport("sync", exit_status=5)["error"]

    assert error["code"] in {"road.no_network", "road.unreachable"}
    assert error["hint"]
    assert machine.cport("vault", "digest")["digest"] == before


def test_the_window_starts_and_opens_a_vault(machine: Cable) -> None:
    with a_window(machine.folder / "vault", machine.folder / "home", within=ALONE) as window:
        window.unlock()
        window.do("search", text="")
        assert window.until(lambda state: state["rows"] == 12)["is_open"]
