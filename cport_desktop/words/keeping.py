"""What is said about keeping a vault: backups, restores, drills, checks, what doctor sees."""

from __future__ import annotations

A_BACKUP = "a backup"
AN_ERASURE = "an erasure or a change of keys"

OTHER_VAULT = "it is a backup of another vault."
OTHER_KEY = (
    "it was made before the master key was changed, so that this vault's keys do not open it."
)
NOT_THE_BASE = "the backup builds on another file than this one."
CHAIN_TOO_LONG = "too many backups build on each other already."


def base_missing(backup: str, made_at: str) -> str:
    return f"it builds on the backup {backup[:8]} of {made_at}, which was not given (--base)."


def blob_missing(blob: str) -> str:
    return f"blob {blob}: the sealed file was missing when the backup was made"


def blob_damaged(blob: str) -> str:
    return f"blob {blob}: the sealed file was damaged before the backup was made"
