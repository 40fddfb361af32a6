"""How long until the unlock window stands, from a release and from source: `docs/platforms.md`.

    python packaging/measure_start.py TREE [TIMES]

Under a display server of its own, in turns, so that a busy machine is busy for both; the median of TIMES
(9) starts of each on a demo vault. The first start of each is not counted: it reads the disk. Ends with 1
if the release takes more than `AT_MOST` times as long.
"""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

AT_MOST: Final = 1.5
_TIMES: Final = 9
_PATIENCE: Final = 60.0
_TITLE: Final = "CPORT Desktop"
_LOOK_ROUND: Final = 0.01


@contextmanager
def a_display() -> Iterator[str]:
    """The name of a display that nobody else uses."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def seconds_to_the_window(
    command: Sequence[str | Path], environment: Mapping[str, str], *, staying: float = 0.0
) -> float:
    """From the start of `command` until a window of its title can be seen. After `staying` seconds more it
    and all that it started are ended.

    Raises:
        TimeoutError: it ended, or there was none for a minute.
    """
    begin = time.monotonic()
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True
    ) as program:
        try:
            while time.monotonic() < begin + _PATIENCE and program.poll() is None:
                if _is_seen(environment):
                    taken = time.monotonic() - begin
                    time.sleep(staying)
                    return taken
                time.sleep(_LOOK_ROUND)
        finally:
            os.killpg(program.pid, signal.SIGKILL)
    raise TimeoutError(f"no window of {command[0]}")


def _is_seen(environment: Mapping[str, str]) -> bool:
    tree = _asked(environment, "-root", "-tree")
    found = re.search(rf'(0x[0-9a-f]+) "{_TITLE} – ', tree)
    return found is not None and "IsViewable" in _asked(environment, "-id", found[1])


def _asked(environment: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        ["xwininfo", *words], env=environment, capture_output=True, check=False, encoding="utf-8"
    )
    return done.stdout


def medians(
    commands: Mapping[str, Sequence[str | Path]], environment: Mapping[str, str], times: int
) -> Mapping[str, float]:
    """The median of `times` starts of each, in turns."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(times + 1):
        for name, command in commands.items():
            seconds = seconds_to_the_window(command, environment)
            if number:
                taken[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def main() -> int:
    tree = Path(sys.argv[1]).absolute()
    times = int(sys.argv[2]) if len(sys.argv) > 2 else _TIMES
    source = [sys.executable, "-I", "-m", "cport_desktop"]
    with tempfile.TemporaryDirectory(prefix="cport-start-") as folder, a_display() as display:
        vault = Path(folder) / "vault"
        words = Path(folder) / "passphrase.txt"
        words.write_text("seven quiet herons cross the winter estuary\n", encoding="utf-8")
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8"}
        environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        make = [
            "--vault",
            vault,
            "--passphrase-file",
            words,
            "--quiet",
            "vault",
            "create",
            "--demo",
        ]
        subprocess.run([*source, *make, "--analyst", "Ada Example"], env=environment, check=True)
        found = medians(
            {
                "source": [*source, "--vault", vault, "window"],
                "release": [tree / "bin" / "cport-desktop", "--vault", vault],
            },
            environment,
            times,
        )
    ratio = found["release"] / found["source"]
    print(
        f"from source {found['source']:.2f} s, release {found['release']:.2f} s, ratio {ratio:.2f}"
    )
    return 0 if ratio <= AT_MOST else 1


if __name__ == "__main__":
    sys.exit(main())
