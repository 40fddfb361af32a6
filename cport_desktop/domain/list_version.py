"""Versions of a hash list: which there were here, and what each brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ListVersion:
    """One of them, counted from 1. `version` as its owner calls it; `came_at`: when it was here first;
    `added` and `removed` against the one before it.
    """

    ordinal: int
    version: str
    came_at: datetime
    entries: int
    added: int
    removed: int
    file_sha256: str | None
