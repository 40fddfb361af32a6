"""What the window says while a backup is restored into an empty folder."""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.words.tongue import tr, tr_many

TITLE = tr("Restore a backup")
INSTEAD = tr("Restore a backup instead")
MAKE_INSTEAD = tr("Make a new vault instead")

WHICH = tr("Which backup, and where to")
KEY = tr("What opens it")
DONE = tr("Restored")
INTRO = tr(
    "The backup is unpacked, every byte of it is proved, and the vault is checked to its end before it is there. It needs as much free space as the vault has."
)
FILE = tr("Backup file")
FILE_PLACEHOLDER = tr("path of the backup")
BASES = tr("Backups that it builds on (one path a line, if any)")
BASES_HINT = tr(
    "A backup that left something out needs the ones it left it to. Name all that you have: those that are not needed are not read, and one that is missing is named."
)
FOLDER = tr("New folder")
FOLDER_PLACEHOLDER = tr("path of an empty or new folder")
NEEDS_FILE = tr("Name the backup file.")
NEEDS_FOLDER = tr("Say where the restored vault is to lie.")
SAME_FOLDER = tr("Choose another folder, or press Next once more to restore it there all the same.")

KEY_INTRO = tr(
    "A secret of a key slot that the vault had when the backup was made. Slots that were removed later still open it; slots that were added later do not. It takes an administrator."
)
REGISTERS = tr("Registers of erasures (one path a line, if any)")
REGISTERS_HINT = tr(
    "What was erased after the backup was made must not come back. What this machine knows of it is applied by itself; a register from another machine has to be named here."
)
BEGIN = tr("Restore")
OPEN_IT = tr("Open it")
STOPPED = tr("Stopped. Nothing is left in the folder.")
WITH_FINDINGS = tr(
    "The vault is there and can be opened. What is lost can come from another backup, and media from the portal."
)


def restored(made_at: str, size: str, blobs: int) -> str:
    files = tr_many("{count} sealed file", "{count} sealed files", blobs)
    return tr(
        "✓ The backup of {made_at} is restored: {size}, {files}.",
        made_at=made_at,
        size=size,
        files=files,
    )


def erased_again(reports: int) -> str:
    """What registers took away again; nothing where there was nothing."""
    if not reports:
        return ""
    return tr_many(
        "{count} report was erased after the backup was made, and erased here again.",
        "{count} reports were erased after the backup was made, and erased here again.",
        reports,
    )


def findings(lines: Sequence[str]) -> str:
    """What a check of the restored vault found."""
    number = tr_many("{count} finding:", "{count} findings:", len(lines))
    some = [*lines[:5], *(["…"] if len(lines) > 5 else [])]
    return "\n".join((f"◆ {number}", *some, WITH_FINDINGS))
