"""What is said about keeping a vault: backups, restores, drills, checks, what doctor sees."""

from __future__ import annotations

A_BACKUP = "a backup"
AN_ERASURE = "an erasure or a change of keys"
AN_ARRIVAL = "the arrival of a file that was erased meanwhile"
A_READER = "a long reading, such as a package"

OTHER_VAULT = "it is a backup of another vault."
OTHER_KEY = (
    "it was made before the master key was changed, so that this vault's keys do not open it."
)
NOT_THE_BASE = "the backup builds on another file than this one."
CHAIN_TOO_LONG = "too many backups build on each other already."


def base_missing(backup: str, made_at: str) -> str:
    return f"it builds on the backup {backup[:8]} of {made_at}, which was not given with it."


def not_readable(cause: str) -> str:
    return f"it cannot be read ({cause})."


def blob_missing(blob: str) -> str:
    return f"blob {blob}: the sealed file was missing when the backup was made"


def blob_damaged(blob: str) -> str:
    return f"blob {blob}: the sealed file was damaged before the backup was made"


def restored_from(made_at: str) -> str:
    return f"restored from the backup of {made_at}"


SLOT_OPENS = "The secret that was given opens the backup by a key slot of that time."
SLOT_NOT_TRIED = (
    "Not tried: whether a key slot opens the backup. The keys of the open vault were used."
)
LOG_WHOLE = "The audit log is whole, and its head is the one of the time of the backup."
STATE_SAME = "Reports, media and operations are those of the time of the backup (state digest)."
HEADER_SAME = "The key slots that travel with the backup are sealed as they should be."


def all_restored(blobs: int, size: int) -> str:
    return f"The database and {blobs:,} media files were restored and read to the end ({size:,} bytes)."


def log_goes_on(then: int, now: int) -> str:
    return f"The vault's log of {now:,} entries begins with the {then:,} of the backup."


def not_so(claim: str) -> str:
    return f"Not so: {claim}"


NO_FAULT = "No fault found."
A_PART = "part of a check"
READ_BACK = "The file was read back from its medium and is sound."
KEEPS_ITS_KEY = (
    "It opens with the key slots of today, for ever: removing a slot or changing the master key"
    " later does not reach it."
)
SAME_DISK = (
    "It lies on the same disk as the vault: carry a copy elsewhere, or what takes one takes both."
)
RESTORED = (
    "Restored and checked. It opens with the key slots of the time of the backup; a new lineage"
    " of the audit log has begun. If the vault that the backup was made of is still there, decide"
    " which of the two goes on: what is done in one is not in the other."
)


def drilled(backup: str, made_at: str) -> str:
    return f"The backup {backup[:8]} of {made_at} was restored into a scratch folder and removed again."


def files_needed(count: int) -> str:
    return "this file alone" if count == 1 else f"{count} files: this one and those it builds on"


def rebuilt(made: int, failed: tuple[str, ...]) -> str:
    told = f"Veils and thumbnails of {made:,} files were made again."
    if not failed:
        return told
    shown = ", ".join(failed[:10]) + (" …" if len(failed) > 10 else "")
    return f"{told} Not possible for {len(failed):,}: {shown}."


def still_held(report: int) -> tuple[str, str]:
    return (
        f"report HL-{report}",
        (
            "It was erased after the backup was made, and is under a legal hold in the backup:"
            " release the hold and apply the register of erasures again."
        ),
    )
