"""A long working day in the real window, and the search of everything that it may have left.

`python -m tests.hostile.long_session` plays it by itself and prints what it did and found.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyrage import x25519

from cport_desktop.cli.gateway_process import running_gateway
from tests.cli.conftest import Cport
from tests.hostile.test_hygiene import spellings

ROOT = Path(__file__).parents[2]
PASSPHRASE = "a passphrase of synthetic words for a long day"
REPORTS = 60
ACTIONS = 3000
LOCK_EVERY = 600
SYNC_EVERY = 250
PACK_EVERY = 700
TITLE = "Synthetic package of the long day"
HEADERS = (b"\x89PNG\r\n\x1a\n", b"JFIF\x00\x01", b"ftypisom", b"\x1aE\xdf\xa3\x42\x86", b"WEBPVP8")
"""Beginnings of media files that are long enough to come about by chance nowhere."""


@dataclass
class Day:
    """Where a session plays, what it did, and what must lie nowhere in the clear."""

    root: Path
    done: Counter[str] = field(default_factory=Counter)
    canaries: set[str] = field(default_factory=set)
    appeared: set[Path] = field(default_factory=set)
    """Files that came into being outside the vault, some of them only for a moment."""

    @property
    def vault(self) -> Path:
        return self.root / "vault"

    @property
    def searched(self) -> tuple[Path, ...]:
        return (self.root, Path("/dev/shm"))

    def cport(self) -> Cport:
        (self.root / "home").mkdir(exist_ok=True)
        (self.root / "scratch").mkdir(exist_ok=True)
        (self.root / "run").mkdir(exist_ok=True, mode=0o700)
        more = {
            "TMPDIR": str(self.root / "scratch"),
            "XDG_RUNTIME_DIR": str(self.root / "run"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return Cport(self.root / "home", vault=self.vault, more=more)


class Window:
    """The window's process, told what to do line by line."""

    def __init__(self, cport: Cport, day: Day) -> None:
        self._day = day
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.window_driver", "--quiet", "window"],
            cwd=ROOT, env=cport.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._hear("ready")

    def do(self, what: str, **more: object) -> None:
        self._say(what, **more)
        fault = self._hear("fault")
        assert fault == "", f"{what}: {fault}"
        self._day.done[what] += 1

    def lock(self) -> None:
        self._say("lock")
        self._hear("ready")
        self._day.done["lock"] += 1

    def close(self) -> None:
        self.do("close")
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(60) == 0

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()

    def _say(self, what: str, **more: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **more}).encode() + b"\n")
        self._process.stdin.flush()

    def _hear(self, name: str) -> Any:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            if line.startswith(b'{"' + name.encode()):
                return json.loads(line)[name]
        raise AssertionError("the window ended")


def play(day: Day, *, actions: int = ACTIONS, seed: int = 1) -> None:
    """The whole day: enrol and exchange, then so many acts in the window, then home."""
    cport, dice = day.cport(), random.Random(seed)
    gateway_folder = Path(tempfile.mkdtemp(prefix="cport-long-gateway-"))
    try:
        with running_gateway(gateway_folder, reports=REPORTS) as gateway, watched(day):
            told(cport, "vault", "create", "--demo", "--no-recovery")
            told(
                cport, "portal", "enrol", "--url", gateway.url, "--ca", str(gateway.transport_authority),
                "--code-file", str(gateway.enrolment_code),
            )  # fmt: skip
            told(cport, "sync")
            learn(day, cport)
            window = Window(cport, day)
            try:
                work(day, window, dice, actions)
                window.close()
            finally:
                window.kill()
            told(cport, "vault", "backup", str(day.root / "asked.cportbackup"))
    finally:
        shutil.rmtree(gateway_folder, ignore_errors=True)


def told(cport: Cport, *arguments: str) -> Any:
    """A verb of the command line with the passphrase through a pipe, so that no file holds it."""
    ours, theirs = os.pipe()
    os.write(theirs, PASSPHRASE.encode())
    os.close(theirs)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "cport_desktop", "--json", "--passphrase-fd", str(ours), *arguments],
            cwd=ROOT, env=cport.environment(), pass_fds=[ours], capture_output=True, check=False,
        )  # fmt: skip
    finally:
        os.close(ours)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def learn(day: Day, cport: Cport) -> None:
    """What the vault holds: addresses, hosts, memos, names of files, digests."""
    reports = told(cport, "reports", "--limit", "100")["items"]
    media = told(cport, "media", "list", "--limit", "100")["items"]
    for item in reports:
        day.canaries |= {item["url"], item["host"], item["portal"]["memo"]}
    for item in media:
        day.canaries |= {item["file_name"], item["announced_sha256"]}
    day.canaries = {text for text in day.canaries if text and len(text) >= 10}
    day.canaries |= {PASSPHRASE, TITLE}


def work(day: Day, window: Window, dice: random.Random, actions: int) -> None:
    recipient = str(x25519.Identity.generate().to_public())
    window.do("unlock", passphrase=PASSPHRASE)
    for number in range(1, actions + 1):
        if number % LOCK_EVERY == 0:
            draft = f"draft of the long day number {number:06}"
            day.canaries.add(draft)
            window.do("search", text="")
            window.do("open", place=dice.randrange(50))
            window.do("feedback", text=draft, send=False)
            window.lock()
            window.do("unlock", passphrase=PASSPHRASE)
        elif number % PACK_EVERY == 0:
            window.do("search", text="has:media")
            path = str(day.root / f"asked-{number}.age")
            window.do("compose", recipient=recipient, path=path, title=TITLE)
        elif number % SYNC_EVERY == 0:
            window.do("sync")
        else:
            one_act(day, window, dice, number)


def one_act(day: Day, window: Window, dice: random.Random, number: int) -> None:
    match dice.choices(range(6), (30, 30, 15, 15, 5, 5))[0]:
        case 0:
            query = f"longdayquery{number:06}" if dice.random() < 0.5 else "has:media"
            if query.startswith("long"):
                day.canaries.add(query)
            window.do("search", text=query)
        case 1:
            window.do("search", text="")
            window.do("open", place=dice.randrange(50))
        case 2:
            window.do("media", place=dice.randrange(40))
        case 3:
            window.do("media", place=dice.randrange(40))
            window.do("reveal")
        case 4:
            window.do("search", text="")
            window.do("open", place=dice.randrange(50))
            text = f"feedback of the long day number {number:06}"
            day.canaries.add(text)
            window.do("feedback", text=text, send=True)
        case _:
            window.do("page", place=dice.randrange(2, 6))


@contextmanager
def watched(day: Day) -> Iterator[None]:
    """Every name that comes into being in the searched folders, also for a moment, by inotify."""
    with tempfile.NamedTemporaryFile(prefix="cport-long-watch-") as log:
        watcher = subprocess.Popen(
            ["inotifywait", "-m", "-r", "-q", "-e", "create,moved_to", "--format", "%w%f",
             *map(str, day.searched)],
            stdout=log,
        )  # fmt: skip
        time.sleep(1.0)  # It says nothing when it is ready; the first names come much later.
        try:
            yield
        finally:
            watcher.terminate()
            watcher.wait()
            log.seek(0)
            names = (Path(os.fsdecode(line)) for line in log.read().splitlines())
            day.appeared |= {
                path
                for path in names
                if path.is_relative_to(day.root) and not path.is_relative_to(day.vault)
            }


def found_anywhere(day: Day) -> list[str]:
    """Files in which a canary or the beginning of a media file lies, in any spelling.

    Memory that all programs share is searched for what was typed on this day alone: others may
    work there with synthetic reports and pictures of their own.
    """
    typed = {text for text in day.canaries if "long" in text}
    hits = [
        (path, _first_hit(path, needles))
        for folder, needles in (
            (day.root, _needles(day.canaries) | set(HEADERS)),
            (Path("/dev/shm"), _needles(typed)),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return [f"{path}: {hit!r}" for path, hit in hits if hit is not None]


def _needles(texts: Iterable[str]) -> set[bytes]:
    return {spelling for text in texts for spelling in spellings(text)}


def _first_hit(path: Path, needles: set[bytes]) -> bytes | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None  # Somebody else's, in /dev/shm, and gone.
    return next((needle for needle in needles if needle in content), None)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="cport-long-day-") as name:
        day = Day(Path(name))
        play(day, actions=int(sys.argv[1]) if len(sys.argv) > 1 else ACTIONS)
        hits = found_anywhere(day)
        print(f"{sum(day.done.values())} acts: {dict(day.done)}")
        print(f"{len(day.canaries)} canaries, {len(hits)} found", *hits, sep="\n")
        print("appeared outside the vault:", *sorted(map(str, day.appeared)), sep="\n  ")
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main())
