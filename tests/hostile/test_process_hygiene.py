"""A process that holds keys writes no core, is read by nobody, and leaves no trace in a home."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cport_desktop.domain.process_state import ProcessState

if sys.platform != "linux":
    pytest.skip("looked at through /proc", allow_module_level=True)

SAY_STATE = """
import dataclasses, json, os, sys
from cport_desktop.bootstrap import harden_process, process_state
before = process_state()
harden_process()
told = [dataclasses.asdict(before), dataclasses.asdict(process_state())]
sys.stdout.write(json.dumps(told) + "\\n")
sys.stdout.flush()
sys.stdin.read()
"""


def hardened(*, before: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", before + SAY_STATE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(process: subprocess.Popen[str]) -> list[ProcessState]:
    assert process.stdout is not None
    return [ProcessState(**each) for each in json.loads(process.stdout.readline())]


def test_a_hardened_process_is_private_and_says_so() -> None:
    with hardened(before="import os; os.umask(0o022)\n") as process:
        before, after = told(process)
        assert (before.is_private, before.umask) == (False, 0o022)
        assert after.is_private
        assert (after.writes_cores, after.is_readable, after.umask) == (False, False, 0o077)
        status = Path(f"/proc/{process.pid}/limits").read_text()
        core = next(line for line in status.splitlines() if line.startswith("Max core file size"))
        assert core.split()[4:6] == ["0", "0"]
        # The kernel gives the files of a process that is not dumpable to root.
        assert Path(f"/proc/{process.pid}/mem").stat().st_uid == 0


def test_a_crash_leaves_no_core(tmp_path: Path) -> None:
    program = (
        "import os, resource\n"
        "resource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))\n"
        "from cport_desktop.bootstrap import harden_process\n"
        "harden_process()\nos.abort()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=False)
    assert done.returncode == -signal.SIGABRT
    assert list(tmp_path.iterdir()) == []


def test_memory_is_kept_out_of_swap_where_there_is_no_limit_to_it() -> None:
    lifted = (
        "import contextlib, resource\n"
        "with contextlib.suppress(ValueError, PermissionError):\n"
        "    resource.setrlimit(resource.RLIMIT_MEMLOCK, (resource.RLIM_INFINITY,) * 2)\n"
    )
    limited = "import resource\nresource.setrlimit(resource.RLIMIT_MEMLOCK, (65536, 65536))\n"
    with hardened(before=lifted) as process:
        is_locked = told(process)[1].is_locked_in_memory
        allowed, _ = resource.prlimit(process.pid, resource.RLIMIT_MEMLOCK)
        assert is_locked is (allowed == resource.RLIM_INFINITY)
    with hardened(before=limited) as process:
        assert told(process)[1].is_locked_in_memory is False


def test_no_file_gets_the_number_of_a_standard_descriptor() -> None:
    """Those outlive a lock: a vault's file among them would be handed to the new image."""
    program = (
        "import os\n"
        "from cport_desktop.bootstrap import harden_process\n"
        "os.close(0)\nharden_process()\n"
        "assert os.readlink('/proc/self/fd/0') == os.devnull\n"
        "assert os.open('/proc/self/status', os.O_RDONLY) > 2\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
