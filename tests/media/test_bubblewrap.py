"""Decoders in namespaces of their own: what they see there by that alone, and what becomes of a machine
that does not have them.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from cport_desktop.errors import SandboxRefused
from cport_desktop.media.attempts import ATTEMPTS, Outcome
from cport_desktop.media.bubblewrap import SYSTEM_FOLDERS, enclosed, find_bubblewrap, ours_in
from cport_desktop.media.nursery import Nursery
from cport_desktop.media.sandbox import Confinement, SandboxLevel
from cport_desktop.media.sandbox_process import ProcessSandbox
from cport_desktop.media.self_test import self_test
from tests.builders import a_vault
from tests.media.enclosing import as_nobody, need_namespaces
from tests.media.test_process_sandbox import (
    children_of,
    is_fine,
    is_living,
    our_nurseries,
    strike,
)

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files of root")


@pytest.fixture
def namespaces() -> None:
    need_namespaces()


@pytest.fixture
def sandbox(namespaces: None) -> Iterator[ProcessSandbox]:
    before = our_nurseries()
    sandbox = ProcessSandbox(births=Nursery(enclose=enclosed))
    yield sandbox
    sandbox.close()
    assert our_nurseries() <= before, "a process was left behind"


# Which program is trusted ----------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "programs"
    folder.mkdir(mode=0o755)
    program = folder / "bwrap"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    return folder


@only_root
def test_a_program_that_only_root_can_change_is_trusted(folder: Path):
    assert find_bubblewrap([folder / "missing", folder]) == folder / "bwrap"


@only_root
@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: os.chown(folder / "bwrap", 1000, 0),
        lambda folder: (folder / "bwrap").chmod(0o775),
        lambda folder: (folder / "bwrap").chmod(0o757),
        lambda folder: (folder / "bwrap").chmod(0o644),
        lambda folder: os.chown(folder, 1000, 0),
        lambda folder: folder.chmod(0o777),
        lambda folder: os.chown(folder.parent, 1000, 0),
        lambda folder: (folder / "bwrap").unlink(),
    ],
)
def test_a_program_that_somebody_else_could_have_put_there_is_not(folder: Path, spoil):
    spoil(folder)
    assert find_bubblewrap([folder]) is None
    assert enclosed(("true",), folders=[folder]) is None


@only_root
def test_a_link_is_as_good_as_what_it_leads_to(folder: Path, tmp_path: Path):
    links = tmp_path / "links"
    links.mkdir()
    (links / "bwrap").symlink_to(folder / "bwrap")
    assert find_bubblewrap([links]) is not None
    os.chown(folder, 1000, 0)
    assert find_bubblewrap([links]) is None


def test_the_search_path_of_the_user_is_never_asked(folder: Path, monkeypatch):
    monkeypatch.setenv("PATH", str(folder))
    found = find_bubblewrap()
    assert found is None or found.parent in SYSTEM_FOLDERS


# What the namespaces do by themselves ----------------------------------------------------------

LOOK = """
    import json, os, socket, sys
    from pathlib import Path

    def can(act, *arguments):
        try:
            act(*arguments)
        except OSError:
            return False
        return True

    def connect(family, address):
        with socket.socket(family) as ours:
            ours.settimeout(5)
            ours.connect(address)

    files, port, abstract, program = json.loads(sys.argv[1])
    print(json.dumps({
        "read": [path for path in files if can(Path(path).read_bytes)],
        "folders": [str(Path(path).parent) for path in files if can(os.listdir, Path(path).parent)],
        "written": [place for place in ("/", "/tmp", "/dev/shm", "/usr/lib", sys.prefix)
                    if can(os.open, place, os.O_TMPFILE | os.O_RDWR, 0o600)],
        "interfaces": [name for _, name in socket.if_nameindex()],
        "network": can(connect, socket.AF_INET, ("127.0.0.1", port)),
        "neighbour": can(connect, socket.AF_UNIX, "\\0" + abstract),
        "processes": [name for name in os.listdir("/proc") if name.isdigit()],
        "signal": can(os.kill, program, 0),
        "shell": can(os.stat, "/bin/sh"),
        "devices": sorted(os.listdir("/dev")),
        "privileges": [line.split()[1] for line in open("/proc/self/status") if line[:6] == "CapEff"],
        "user": os.getuid(),
    }))
"""
"""No filter, no Landlock, no limit."""


@pytest.fixture(scope="module")
def vault_files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    directory = tmp_path_factory.mktemp("kept") / "vault"
    with a_vault(directory):
        pass
    return [str(path) for path in sorted(directory.rglob("*")) if path.is_file()]


@pytest.fixture
def surroundings(vault_files: list[str]) -> Iterator[str]:
    """Files of a vault and of the system, a server on this machine, a neighbour, this program."""
    with socket.socket() as server, socket.socket(socket.AF_UNIX) as neighbour:
        server.bind(("127.0.0.1", 0))
        server.listen()
        abstract = f"cport-test-{os.getpid()}"
        neighbour.bind("\0" + abstract)
        neighbour.listen()
        files = [*vault_files, "/etc/passwd", "/etc/hosts"]
        yield json.dumps([files, server.getsockname()[1], abstract, os.getpid()])


def seen(command: tuple[str, ...]) -> dict[str, object]:
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, cwd="/")
    told: dict[str, object] = json.loads(run.stdout)
    return told


def test_from_inside_there_is_no_vault_no_network_and_nobody_else(
    surroundings: str, vault_files: list[str], namespaces: None
):
    look = (sys.executable, "-I", "-c", textwrap.dedent(LOOK), surroundings)
    outside = seen(look)
    assert outside["read"] == [*vault_files, "/etc/passwd", "/etc/hosts"]
    assert outside["network"] and outside["neighbour"] and outside["signal"] and outside["shell"]

    command = enclosed(look)
    assert command is not None
    inside = seen(command)
    assert inside == {
        "read": [],
        "folders": ["/etc", "/etc"],
        "written": [],
        "interfaces": ["lo"],
        "network": False,
        "neighbour": False,
        "processes": ["1"],
        "signal": False,
        "shell": False,
        "devices": ["null"],
        "privileges": ["0000000000000000"],
        "user": 65534,
    }


def test_nothing_is_shown_that_could_be_written_and_no_home():
    command = enclosed(("true",), folders=SYSTEM_FOLDERS)
    if command is None:
        need_namespaces()
    assert command is not None
    assert "--bind" not in command
    shown = {Path(command[at + 1]) for at, word in enumerate(command) if word == "--ro-bind"}
    assert not {Path("/"), Path.home(), *Path.home().parents} & shown


# The sandbox in there --------------------------------------------------------------------------


def test_it_is_told_beside_the_level(sandbox):
    report = self_test(sandbox)
    assert report.works
    assert report.confinement == Confinement(SandboxLevel.WALLED, has_namespaces=True)
    assert report.confinement.code == "walled.namespaces"


def test_every_attempt_is_denied_there_too(sandbox):
    tried = sandbox.try_out()
    assert len(tried) == len(ATTEMPTS)
    assert [each.name for each in tried if each.outcome is Outcome.REACHED] == []


def test_a_child_is_watched_by_the_number_that_it_has_out_here(namespaces):
    nursery = Nursery(enclose=enclosed)
    child = nursery.birth()
    try:
        assert child.can_receive(20_000)
        status = Path(f"/proc/{child.pid}/status").read_text()
        numbers = next(line for line in status.splitlines() if line.startswith("NSpid"))
        assert numbers.split()[1] == str(child.pid)
        assert numbers.split()[-1] != str(child.pid)
        assert child.computed_seconds() > 0.0
        strike(child.pid)
        assert not child.is_alive
    finally:
        child.end()
        nursery.close()
    assert child.computed_seconds() == 0.0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_has_them_as_well(namespaces):
    script = """
        import json, os
        from cport_desktop.bootstrap import choose_sandbox, harden_process
        from cport_desktop.media.attempts import Outcome
        from cport_desktop.media.sandbox import SandboxLevel
        from cport_desktop.media.self_test import self_test
        harden_process()
        sandbox = choose_sandbox("linux", 1, SandboxLevel.WALLED)
        report = self_test(sandbox)
        reached = [each.name for each in sandbox.try_out() if each.outcome is Outcome.REACHED]
        sandbox.close()
        print(json.dumps([os.geteuid(), report.works, report.confinement.code, reached]))
    """
    command = as_nobody((sys.executable, "-I", "-c", textwrap.dedent(script)))
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert json.loads(run.stdout) == [65534, True, "walled.namespaces", []]


def test_all_of_it_ends_when_the_program_is_killed(namespaces):
    script = """
        import os, signal
        from cport_desktop.media.bubblewrap import enclosed
        from cport_desktop.media.nursery import Nursery
        nursery = Nursery(enclose=enclosed)
        child = nursery.birth()
        assert child.can_receive(30_000) and child.has_namespaces
        def children_of(parent):
            tasks = f"/proc/{parent}/task/"
            return [pid for task in os.listdir(tasks)
                    for pid in open(tasks + task + "/children").read().split()]
        (watcher,) = children_of("self")
        (inside,) = children_of(watcher)
        print(watcher, inside, *children_of(inside), flush=True)
        # It will not see that the program is gone: it has to be ended.
        os.kill(int(inside), signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    program = subprocess.run(
        [sys.executable, "-I", "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    processes = program.stdout.split()
    assert len(processes) == 3
    for process in processes:
        deadline = time.monotonic() + 20
        while is_living(process) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not is_living(process), "it outlived the program"


# Machines without them -------------------------------------------------------------------------


@pytest.fixture
def refusing(folder: Path) -> Iterator[ProcessSandbox]:
    sandbox = ProcessSandbox(births=Nursery(enclose=partial(enclosed, folders=[folder])))
    yield sandbox
    sandbox.close()


@only_root
def test_where_the_system_forbids_them_the_walls_of_the_level_stand_alone(refusing):
    assert is_fine(refusing)
    assert refusing.confinement == Confinement(SandboxLevel.WALLED, has_namespaces=False)


@only_root
def test_what_was_reached_once_is_not_given_up_silently(
    folder: Path, tmp_path: Path, refusing, namespaces
):
    flag = tmp_path / "forbidden"
    real = find_bubblewrap()
    (folder / "bwrap").write_text(f'#!/bin/sh\n[ -e {flag} ] && exit 1\nexec {real} "$@"\n')
    before = our_nurseries()
    assert is_fine(refusing)
    assert refusing.confinement.has_namespaces

    flag.touch()
    (watcher,) = our_nurseries() - before
    (inside,) = children_of(watcher)
    (child,) = children_of(inside)
    seen_off = os.pidfd_open(child)
    os.kill(watcher, signal.SIGKILL)
    select.select([seen_off], [], [], 20)
    os.close(seen_off)
    with pytest.raises(SandboxRefused):
        is_fine(refusing)

    flag.unlink()
    assert is_fine(refusing)
    assert refusing.confinement.has_namespaces


# A release (docs/adr/0057) ---------------------------------------------------------------------


def test_in_a_release_all_packages_lie_beside_ours_and_are_shown(tmp_path: Path):
    package = tmp_path / "release" / "app" / "cport_desktop"
    assert ours_in(str(tmp_path / "release" / "runtime"), package) == package.parent


def test_of_a_checkout_only_our_package_is_shown(tmp_path: Path):
    package = tmp_path / "checkout" / "cport_desktop"
    assert ours_in(str(tmp_path / "checkout" / ".venv"), package) == package
