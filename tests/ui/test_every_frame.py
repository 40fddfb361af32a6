"""No frame of the real window shows a clear pixel but within a look that the log has."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.domain.nature import Nature
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.settings import Settings
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK
from tests.builders import PASSPHRASE, a_vault
from tests.ui.conftest import NotedRenewal, destroy_what_is_dropped
from tests.ui.door import Door
from tests.ui.looking_session import LONG, LOOKS, QUIET, Person, fill, random_acts
from tests.ui.synthetic_desk import RESOURCES

CARDS = 7
LOOK_SECONDS = 20.0
"""No look ends by itself in the middle of what a person does, however busy the machine is."""


@pytest.fixture
def seconds() -> float:
    return LOOK_SECONDS


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with its cards, closed; each test works on a copy."""
    directory = tmp_path_factory.mktemp("filled") / "vault"
    sandbox = ProcessSandbox(children=1)
    try:
        with a_vault(directory) as vault:
            fill(vault, sandbox, CARDS)
    finally:
        sandbox.close()
    return directory


@pytest.fixture
def door(filled: Path, tmp_path: Path, seconds: float) -> Door:
    shutil.copytree(filled, tmp_path / "vault")
    settings = Settings(marks=tmp_path / "marks", reveal_seconds=seconds)
    return Door(furnish(settings), tmp_path / "vault")


@pytest.fixture
def person(door: Door, qtbot: QtBot) -> Iterator[Person]:
    desk = make_desk(door.workstation, door.directory, Nature.DEMO)
    shell = Shell(replace(desk, open=door.open), Frame(DARK, RESOURCES / "styles", NotedRenewal()))
    shell.resize(1366, 768)
    shell.show()
    shell.open(PASSPHRASE.decode())
    qtbot.waitUntil(lambda: shell.main is not None, timeout=LONG)
    made = Person(shell, door, qtbot)
    yield made
    made.watch.end()
    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: threading.active_count() == 1, timeout=LONG)
    shell.deleteLater()
    destroy_what_is_dropped()


def ended(person: Person) -> None:
    """Every look that was begun is on record with its end, and no frame was out of place."""
    person.qtbot.waitUntil(lambda: not person.door.somebody_looks(), timeout=LONG)
    assert person.watch.offences == []


def test_every_frame_of_a_session_is_veiled_but_within_looks_on_record(person: Person) -> None:
    for act in (*QUIET, *LOOKS, *QUIET):
        person.does(partial(act, person))
    ended(person)
    begun, over = person.door.looks()
    assert begun == over >= len(LOOKS)
    # The watch does see what there is to see: looks were on the screen, and were seen.
    assert person.watch.clear_frames >= len(LOOKS) - 1
    assert person.watch.frames > 3 * len(LOOKS)


@pytest.mark.parametrize("seconds", [0.3])
def test_a_look_is_over_with_its_time_though_the_key_is_down(person: Person) -> None:
    person.does(person.look_till_the_time_is_up)
    ended(person)


def test_a_lock_in_the_middle_of_a_look_leaves_no_frame_of_it(person: Person) -> None:
    person.does(person.look_and_lock)
    assert person.watch.offences == []
    assert person.watch.clear_frames > 0


def test_the_watch_sees_a_picture_that_nobody_was_granted(person: Person) -> None:
    """What the test is worth: a clear picture behind the back of the log is an offence."""
    person.look()
    image = person.panel.looking.image
    assert image is not None
    kept = image.copy()
    person.panel.looking.release()
    person.qtbot.waitUntil(lambda: not person.door.somebody_looks(), timeout=LONG)
    assert person.watch.offences == []
    person.panel.looking.image = kept
    person.panel.glass.repaint()
    person.watch.judge()
    person.panel.looking.image = None
    person.panel.glass.repaint()
    assert person.watch.offences != []


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(6))
def test_every_frame_of_a_long_session_at_random(person: Person, seed: int) -> None:
    for act in random_acts(seed, 120):
        person.does(partial(act, person))
    ended(person)
