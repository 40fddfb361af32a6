"""What the tests of namespaces share."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from cport_desktop.media.bubblewrap import find_bubblewrap

NOBODY = 65534


@cache
def missing() -> str:
    """Why this machine has no namespaces for a decoder; empty where it has."""
    program = find_bubblewrap()
    if program is None:
        return "bubblewrap is not installed (apt-get install bubblewrap)"
    # As little as can be asked, so that a mistake in what we ask is no reason to skip.
    least = (str(program), "--unshare-user", "--unshare-pid", "--ro-bind", "/", "/", "true")
    tried = subprocess.run(least, capture_output=True, text=True, timeout=60, check=False)
    return f"this system forbids it: {tried.stderr.strip()}" if tried.returncode else ""


def need_namespaces() -> None:
    if missing():
        pytest.skip(missing())


def as_nobody(command: Sequence[str]) -> tuple[str, ...]:
    """The command, by an ordinary user. If this interpreter lies in somebody's closed home, there is
    nothing else in that home for it.
    """
    become = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--")
    home = Path(sys.base_prefix)
    closed = [folder for folder in home.parents if not folder.stat().st_mode & 0o001]
    if not closed:
        return (*become, *command)
    script = """
        mount --bind "$1" /mnt && mount -t tmpfs -o mode=755 none "$2" && mkdir -p "$1" &&
        mount --bind /mnt "$1" && umount /mnt && shift 2 && exec "$@"
    """
    shell = ("sh", "-c", script, "sh", str(home), str(closed[-1]))
    return ("unshare", "--mount", *shell, *become, *command)
