"""Digests of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Digests:
    """All digests of one file, made in one pass. Lower-case hex; `crc32` as a number.

    MD5 and SHA-1 are kept because hash lists are keyed by them; only SHA-256 is relied on.
    `crc32` is what a ZIP member's header wants before its bytes are written.
    """

    size: int
    md5: str
    sha1: str
    sha256: str
    crc32: int
