"""A process that is killed, or runs out of disk, in the middle of a backup, drill or restore.

`python -m tests.usecases.keeping_child backup VAULT FILE PHASE:N`, `restore FILE DIR PHASE:N`,
`drill VAULT - PHASE:N`:
kills itself with SIGKILL at the N-th word about that phase. `full VAULT FILE LIMIT`: no file may
become longer than LIMIT bytes; says `full` when the disk was.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from cport_desktop.domain.progress import Announce, Progress, never, silent
from cport_desktop.errors import StorageFull
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.drill_restore import DrillOrder, drill_restore
from cport_desktop.usecases.restore_vault import RestoreOrder, restore_vault
from cport_desktop.vault.slot_passphrase import Passphrase
from tests.builders import PASSPHRASE, a_clock, reopened


def _killed_at(spot: str) -> Announce:
    phase, _, number = spot.partition(":")
    seen = [0]

    def announce(progress: Progress) -> None:
        seen[0] += progress.phase.value == phase
        if seen[0] >= int(number):
            os.kill(os.getpid(), signal.SIGKILL)

    return announce


def main() -> None:
    what, first, second, spot = sys.argv[1:5]
    match what:
        case "backup":
            with reopened(Path(first)) as vault:
                back_up(vault, Path(second), announce=_killed_at(spot), is_cancelled=never)
        case "restore":
            order = RestoreOrder(Path(first), Path(second), Passphrase(PASSPHRASE))
            restore_vault(
                order,
                clock=a_clock(),
                program="child",
                announce=_killed_at(spot),
                is_cancelled=never,
            )
        case "drill":
            with reopened(Path(first)) as vault:
                drill_restore(vault, DrillOrder(), announce=_killed_at(spot), is_cancelled=never)
        case "full":
            _run_out_of_disk(Path(first), Path(second), int(spot))


def _run_out_of_disk(directory: Path, target: Path, limit: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with reopened(directory) as vault:
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
        try:
            back_up(vault, target, announce=silent, is_cancelled=never)
        except StorageFull:
            print("full")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


if __name__ == "__main__":
    main()
