"""Takes in messages, one after another, and says what each cost.

`python -m tests.hostile.message_child VAULT FOLDER`: for each file in the folder a line of JSON with
its name, the error's name, the seconds, and by how many KiB this process was at most larger
meanwhile than before, the message itself included.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.errors import UntrustedData
from cport_desktop.usecases.take_in import COURIER, Tally, take_in
from cport_desktop.vault import bond
from cport_desktop.vault.vault import Vault
from tests.builders import reopened

_STATUS = Path("/proc/self/status")


def kib(name: str) -> int:
    """A figure of this process: `VmRSS` what it holds, `VmHWM` the most that it held."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1])


def forget_the_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def cost_of(vault: Vault, enrolment: Enrolment, path: Path) -> tuple[str, str, float, int]:
    forget_the_peak()
    before, started, error = kib("VmRSS"), time.monotonic(), ""
    try:
        take_in(vault, enrolment, path.read_bytes(), road=COURIER, tally=Tally())
    except UntrustedData as caught:
        error = type(caught).__name__
    return path.name, error, time.monotonic() - started, kib("VmHWM") - before


def main() -> None:
    directory, folder = map(Path, sys.argv[1:3])
    with reopened(directory) as vault:
        with vault.reader() as reader:
            enrolment = bond.load(reader)
        assert enrolment is not None
        for path in sorted(folder.iterdir()):
            print(json.dumps(cost_of(vault, enrolment, path)), flush=True)


if __name__ == "__main__":
    main()
