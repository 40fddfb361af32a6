"""Messages that no honest portal sends: each is named, none changes the vault, and none costs more
memory than a small machine has, or more time than a person waits.

A child takes them in, so that what one costs can be measured; the envelope's own tests are in
tests/formats, those of the road in `test_hostile_portal.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cport_desktop.crypto import message_keys
from cport_desktop.usecases import inspect_vault
from cport_desktop.vault import bond, quarantine, replica
from cport_desktop.vault.replica import StreamState
from tests.builders import an_entry, make_vault, reopened
from tests.hostile.hostile_messages import hostile_messages
from tests.vault.test_bond import an_enrolment

ROOT = Path(__file__).parents[2]
MOST_MEMORY = 64 * 1024
"""KiB, the message itself and its copy that is kept aside included."""
PATIENCE = 10.0
"""Seconds for one: it takes one at most; the rest is for a busy machine."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")


@dataclass(frozen=True)
class Cost:
    error: str
    seconds: float
    kib: int


@dataclass(frozen=True)
class Outcome:
    """What became of all messages, and of the vault that took them in."""

    costs: dict[str, Cost]
    digests: tuple[str, str]
    stream: StreamState
    staging: list[Path]
    kept_aside: int


PORTAL = message_keys.generate_ed25519()
MESSAGES = hostile_messages(PORTAL.private)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("messages")
    directory = make_vault(tmp_path_factory.mktemp("hostile") / "vault")
    for name, (_, make) in MESSAGES.items():
        (folder / name).write_bytes(make())
    with reopened(directory) as vault:
        enrolment = an_enrolment()
        answer = replace(enrolment.answer, portal_key=PORTAL.public)
        with vault.transaction() as tx:
            bond.save(tx, replace(enrolment, answer=answer))
            tx.record(an_entry("enrol"))
        before = inspect_vault.digest_of(vault)
    costs = measured(directory, folder)
    with reopened(directory) as vault:
        with vault.reader() as reader:
            stream, kept_aside = replica.stream(reader), len(quarantine.listing(reader))
        return Outcome(
            costs=costs,
            digests=(before, inspect_vault.digest_of(vault)),
            stream=stream,
            staging=list(vault.layout.staging.iterdir()),
            kept_aside=kept_aside,
        )


def measured(directory: Path, folder: Path) -> dict[str, Cost]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.message_child", str(directory), str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name: Cost(*figures) for name, *figures in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_hostile_message_is_named_in_time_and_costs_little(outcome: Outcome, name: str) -> None:
    cost = outcome.costs[name]
    assert cost.error == MESSAGES[name][0]
    assert cost.seconds < PATIENCE
    assert cost.kib < MOST_MEMORY


def test_all_of_them_together_change_nothing(outcome: Outcome) -> None:
    before, after = outcome.digests
    assert before == after
    assert outcome.stream == StreamState()
    assert outcome.staging == []


def test_what_was_refused_is_kept_aside_within_its_bounds(outcome: Outcome) -> None:
    assert 0 < outcome.kept_aside <= len(MESSAGES)
