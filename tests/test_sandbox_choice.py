"""Which sandbox a platform gets, and that every face says the same of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.bootstrap import choose_sandbox
from cport_desktop.domain.keeping import Verdict
from cport_desktop.domain.process_state import ProcessState
from cport_desktop.errors import SandboxUnproven
from cport_desktop.media.sandbox import Confinement, SandboxLevel
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.media.self_test import self_test
from cport_desktop.usecases.diagnose import diagnose
from cport_desktop.vault.slot_keyring import Keyring
from cport_desktop.words import labels, window
from cport_desktop.words.errors import explain

ON_WINDOWS = "this sandbox has not passed its contract on Windows yet"


class NoKeyring:
    name = "nothing"


def no_keyring() -> Keyring:
    return NoKeyring()  # type: ignore[return-value]


def test_linux_has_confined_children():
    sandbox = choose_sandbox("linux", 1, SandboxLevel.FILTERED)
    assert isinstance(sandbox, ProcessSandbox)
    assert self_test(sandbox).works
    sandbox.close()


def test_on_windows_every_file_is_refused_until_its_sandbox_is_proven_there():
    sandbox = choose_sandbox("win32", 1, SandboxLevel.PROCESS)
    assert isinstance(sandbox, RefusingSandbox)
    assert sandbox.confinement.is_unproven
    with pytest.raises(SandboxUnproven):
        sandbox.examine([b"GIF89a"], size=6)


@pytest.mark.parametrize("platform", ["darwin", "freebsd14", "cygwin"])
def test_elsewhere_nothing_is_decoded_and_nothing_promised(platform: str):
    sandbox = choose_sandbox(platform, 1, SandboxLevel.PROCESS)
    assert sandbox.confinement == Confinement(SandboxLevel.NONE)


def test_window_command_line_and_doctor_say_the_same_on_windows(tmp_path: Path):
    sandbox = choose_sandbox("win32", 1, SandboxLevel.PROCESS)
    report = self_test(sandbox)
    assert ON_WINDOWS in window.confinement(report.confinement.code)
    with pytest.raises(SandboxUnproven) as refused:
        sandbox.examine([], size=0)
    assert ON_WINDOWS in explain(refused.value).message
    quiet = ProcessState(False, False, True, 0o077)
    found = diagnose(sandbox, None, process=quiet, find_keyring=no_keyring)
    line = next(each for each in found if each.code == "sandbox")
    assert line.verdict is Verdict.MISSING
    assert ON_WINDOWS in line.found


@pytest.mark.parametrize("level", list(SandboxLevel))
def test_namespaces_are_told_beside_each_level(level: SandboxLevel):
    without = Confinement(level).code
    within = Confinement(level, has_namespaces=True).code
    assert window.confinement(within) == f"{window.confinement(without)}, in namespaces"
    assert labels.sandbox_level(within).startswith(labels.sandbox_level(without))
    assert "in namespaces" in labels.sandbox_level(within)
    assert labels.sandbox_level(without) != without
