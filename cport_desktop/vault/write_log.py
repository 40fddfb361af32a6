"""SQLite's log of writes (WAL), read frame by frame without SQLite.

SQLite takes the log up to the first frame whose checksum fails, and says nothing of what it
leaves out: one flipped bit drops everything behind it, and both integrity checks pass. A power
cut tears the end of the log in just the same way, but only what was not yet flushed, and that is
the last transaction alone: each is flushed before the next begins (`synchronous=FULL`). So two
commits at or behind a bad frame mean that something acknowledged is lost.

Layout: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cport_desktop.vault.durable_files import naming_disk_faults

_HEADER = struct.Struct(">IIIIIIII")
_FRAME = struct.Struct(">IIIIII")
_MAGIC = 0x377F0682
_PAGE = 4096
"""Bytes, as SQLCipher makes them."""


@dataclass(frozen=True, slots=True)
class WriteLog:
    """`sound`: frames that SQLite takes. `lost_commits`: commits at or behind the first frame
    that it does not take, although they belong to this log.
    """

    sound: int
    lost_commits: int

    @property
    def is_damaged(self) -> bool:
        """Something that was acknowledged is lost: no power cut does that."""
        return self.lost_commits > 1


AT_OPENING = 4096
"""Frames that an opening looks at: 16 MiB, half a second; SQLite merges the log at a quarter."""


def log_of_writes(database: Path) -> Path:
    """Where the log of a database lies."""
    return database.with_name(f"{database.name}-wal")


def scan(path: Path, *, most: int | None = None) -> WriteLog:
    """What lies in the log (in its first `most` frames); nothing, if there is none. The caller
    keeps writers away.

    Raises:
        VaultDamaged: it cannot be read.
    """
    if not path.is_file():
        return WriteLog(0, 0)
    with naming_disk_faults(path.name), path.open("rb") as file:
        return _scanned(file, most)


def _scanned(file: BinaryIO, most: int | None) -> WriteLog:
    raw = file.read(_HEADER.size)
    if len(raw) < _HEADER.size:
        return WriteLog(0, 0)
    magic, _version, page, _sequence, *salts_and_sums = _HEADER.unpack(raw)
    salts, order = salts_and_sums[:2], ">" if magic & 1 else "<"
    sums = _checksum(raw[:24], (0, 0), order)
    if magic & ~1 != _MAGIC or page != _PAGE or [*sums] != salts_and_sums[2:]:
        return WriteLog(0, _commits_under(file, salts))
    sound, lost = 0, 0
    is_whole = True
    while most is None or sound < most:
        frame = file.read(_FRAME.size + _PAGE)
        if len(frame) < _FRAME.size + _PAGE:
            break
        _number, is_commit, *rest = _FRAME.unpack_from(frame)
        if is_whole:
            sums = _checksum(frame[:8], sums, order)
            sums = _checksum(frame[_FRAME.size :], sums, order)
            is_whole = rest == [*salts, *sums]
        if is_whole:
            sound += 1
        elif rest[:2] == salts and is_commit:
            lost += 1
    return WriteLog(sound, lost)


def _commits_under(file: BinaryIO, salts: list[int]) -> int:
    """Commits of a log whose header was changed: SQLite takes nothing of it."""
    commits = 0
    while len(frame := file.read(_FRAME.size + _PAGE)) == _FRAME.size + _PAGE:
        _number, is_commit, *rest = _FRAME.unpack_from(frame)
        # One salt may be what was changed.
        commits += bool(is_commit and (rest[0] == salts[0] or rest[1] == salts[1]))
    return commits


def _checksum(content: bytes, before: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = before
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for one, two in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second
