"""Whether a file that could not be decoded was cut off, by what its own format says of its end."""

from __future__ import annotations

from collections.abc import Callable

_TAIL = 1024
"""Bytes at the end in which an end mark is looked for: some programs append a little."""


def looks_cut(format_name: str, untrusted: memoryview) -> bool:
    """The file ends before its format says that it should; False where that cannot be told."""
    check = _CHECKS.get(format_name)
    return check is not None and check(untrusted)


def _lacks(mark: bytes) -> Callable[[memoryview], bool]:
    return lambda untrusted: mark not in bytes(untrusted[-_TAIL:])


def _is_short_riff(untrusted: memoryview) -> bool:
    return len(untrusted) < 8 + int.from_bytes(untrusted[4:8], "little")


def _is_short_bitmap(untrusted: memoryview) -> bool:
    return len(untrusted) < int.from_bytes(untrusted[2:6], "little")


def _has_short_box(untrusted: memoryview) -> bool:
    """A top-level box of an ISO base media file reaches over the end, or nothing can be played.

    Files end behind a box; without `moov` (or `meta`, in a picture) the part with the index is
    missing, and it often comes last.
    """
    at, names = 0, set[bytes]()
    while at + 8 <= len(untrusted):
        size = int.from_bytes(untrusted[at : at + 4], "big")
        names.add(bytes(untrusted[at + 4 : at + 8]))
        if size == 1:
            size = int.from_bytes(untrusted[at + 8 : at + 16], "big")
        if size == 0:
            return False
        at += max(size, 8)
    return at != len(untrusted) or not names & {b"moov", b"meta", b"moof"}


_CHECKS: dict[str, Callable[[memoryview], bool]] = {
    "jpeg": _lacks(b"\xff\xd9"),
    "png": _lacks(b"IEND"),
    "gif": _lacks(b"\x3b"),
    "webp": _is_short_riff,
    "avi": _is_short_riff,
    "wav": _is_short_riff,
    "bmp": _is_short_bitmap,
    "avif": _has_short_box,
    "mp4": _has_short_box,
    "mov": _has_short_box,
}
