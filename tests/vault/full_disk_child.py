"""A process on a disk that is too small: `python -m tests.vault.full_disk_child EMPTY_FOLDER`.

Mounts ever larger, ever too small disks over the folder (so it wants a mount namespace of its
own), works until the disk is full, gives it room, and demands that nothing acknowledged is
missing and the work can be finished. Ends with status 0, or with the assertion that failed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import StorageFull
from cport_desktop.vault import inspection
from cport_desktop.vault.vault import Vault
from tests.builders import an_examination, announce_media, make_vault, reopened
from tests.vault.fetching_child import content_of, fetch

NUMBERS = range(2, 12)


def main() -> None:
    disk, sizes = Path(sys.argv[1]), range(*map(int, sys.argv[2:5]))
    outcomes = [_work_on(disk, size) for size in sizes]
    print(f"{len(outcomes)} disks, {sum(outcomes)} of them full on the way")
    assert any(outcomes)


def _work_on(disk: Path, size: int) -> bool:
    """Whether a disk of `size` KiB became full on the way."""
    _mount("-t", "tmpfs", "-o", f"size={size}k", "none", str(disk))
    try:
        announced, held = set[int](), set[int]()
        is_full = False
        try:
            _work(disk / "vault", announced, held)
        except StorageFull:
            is_full = True
        _mount("-o", "remount,size=64m", str(disk))
        _finish(disk / "vault", announced, held)
        return is_full
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _work(directory: Path, announced: set[int], held: set[int]) -> None:
    make_vault(directory)
    with reopened(directory) as vault:
        for number in NUMBERS:
            announce_media(vault, number, content_of(number))
            announced.add(number)
            fetch(vault, number)
            held.add(number)
            vault.derivatives.put(MediaId(number), an_examination())


def _finish(directory: Path, announced: set[int], held: set[int]) -> None:
    if not (directory / "header-a.json").exists():
        # It was full before there was a vault: then nothing of one may be left.
        assert list(directory.rglob("*")) == []
        return
    with reopened(directory) as vault:
        assert inspection.check(vault, deep=True, announce=silent, is_cancelled=never) == ()
        assert held <= _numbers(vault, "state = 'held'")
        assert announced <= _numbers(vault, "1")
        for number in sorted(_numbers(vault, "state = 'wanted'")):
            fetch(vault, number)
        assert inspection.check(vault, deep=True, announce=silent, is_cancelled=never) == ()
        assert list(vault.layout.staging.iterdir()) == []


def _numbers(vault: Vault, condition: str) -> set[int]:
    with vault.reader() as reader:
        rows = reader.connection.execute(f"SELECT media_id FROM media_item WHERE {condition}")
        return {row[0] for row in rows.fetchall()}


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


if __name__ == "__main__":
    main()
