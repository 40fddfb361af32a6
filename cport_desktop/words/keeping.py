"""What is said about keeping a vault: backups, restores, drills, checks, what doctor sees."""

from __future__ import annotations

from cport_desktop.words.tongue import amount, tr, tr_many

A_BACKUP = tr("a backup")
AN_ERASURE = tr("an erasure or a change of keys")
AN_ARRIVAL = tr("the arrival of a file that was erased meanwhile")
A_READER = tr("a long reading, such as a package")

OTHER_VAULT = tr("it is a backup of another vault.")
OTHER_KEY = tr(
    "it was made before the master key was changed, so that this vault’s keys do not open it."
)
NOT_THE_BASE = tr("the backup builds on another file than this one.")
CHAIN_TOO_LONG = tr("too many backups build on each other already.")


def base_missing(backup: str, made_at: str) -> str:
    return tr(
        "it builds on the backup {backup} of {made_at}, which was not given with it.",
        backup=backup[:8],
        made_at=made_at,
    )


def not_readable(cause: str) -> str:
    return tr("it cannot be read ({cause}).", cause=cause)


def blob_missing(blob: str) -> str:
    return tr("blob {blob}: the sealed file was missing when the backup was made", blob=blob)


def blob_damaged(blob: str) -> str:
    return tr("blob {blob}: the sealed file was damaged before the backup was made", blob=blob)


def restored_from(made_at: str) -> str:
    """Stands in the audit log, which is written in English."""
    return f"restored from the backup of {made_at}"


SLOT_OPENS = tr("The secret that was given opens the backup by a key slot of that time.")
SLOT_NOT_TRIED = tr(
    "Not tried: whether a key slot opens the backup. The keys of the open vault were used."
)
LOG_WHOLE = tr("The audit log is whole, and its head is the one of the time of the backup.")
STATE_SAME = tr("Reports, media and operations are those of the time of the backup (state digest).")
HEADER_SAME = tr("The key slots that travel with the backup are sealed as they should be.")


def all_restored(blobs: int, size: int) -> str:
    return tr_many(
        "The database and {count} media file were restored and read to the end ({size} bytes).",
        "The database and {count} media files were restored and read to the end ({size} bytes).",
        blobs,
        size=amount(size),
    )


def log_goes_on(then: int, now: int) -> str:
    return tr(
        "The vault’s log of {now} entries begins with the {then} of the backup.",
        now=amount(now),
        then=amount(then),
    )


def not_so(claim: str) -> str:
    return tr("Not so: {claim}", claim=claim)


NO_FAULT = tr("No fault found.")
A_PART = tr("part of a check")
READ_BACK = tr("The file was read back from its medium and is sound.")
KEEPS_ITS_KEY = tr(
    "It opens with the key slots of today, for ever: removing a slot or changing the master key later does not reach it."
)
SAME_DISK = tr(
    "It lies on the same disk as the vault: carry a copy elsewhere, or what takes one takes both."
)
RESTORED = tr(
    "Restored and checked. It opens with the key slots of the time of the backup; a new lineage of the audit log has begun. If the vault that the backup was made of is still there, decide which of the two goes on: what is done in one is not in the other."
)


def drilled(backup: str, made_at: str) -> str:
    return tr(
        "The backup {backup} of {made_at} was restored into a scratch folder and removed again.",
        backup=backup[:8],
        made_at=made_at,
    )


def files_needed(count: int) -> str:
    return tr_many("this file alone", "{count} files: this one and those it builds on", count)


def rebuilt(made: int, failed: tuple[str, ...]) -> str:
    told = tr_many(
        "Veils and thumbnails of {count} file were made again.",
        "Veils and thumbnails of {count} files were made again.",
        made,
    )
    if not failed:
        return told
    shown = ", ".join(failed[:10]) + (" …" if len(failed) > 10 else "")
    without = tr(
        "Not possible for {files}: {shown}.",
        files=amount(len(failed)),
        shown=shown,
    )
    return f"{told} {without}"


def still_held(report: int) -> tuple[str, str]:
    return (
        tr("report HL-{report}", report=report),
        (
            tr(
                "It was erased after the backup was made, and is under a legal hold in the backup: release the hold and apply the register of erasures again."
            )
        ),
    )
