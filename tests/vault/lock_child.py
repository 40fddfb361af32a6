"""A process that takes and lets go a lock on command: one letter a line, one word back."""

from __future__ import annotations

import sys
from pathlib import Path

from cport_desktop.errors import CportError
from cport_desktop.vault.lock_file import LockFile


def main(path: Path, program: str) -> None:
    lock: LockFile | None = None
    for line in sys.stdin:
        match line.strip():
            case "take":
                try:
                    lock = LockFile(path, program=program)
                except CportError as error:
                    say(f"{error.code} {error.facts.get('holder')} {error.facts.get('pid')}")
                else:
                    say("taken")
            case "free":
                if lock is not None:
                    lock.release()
                    lock = None
                say("free")


def say(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
