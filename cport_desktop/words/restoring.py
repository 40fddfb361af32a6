"""What the window says while a backup is restored into an empty folder."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "Restore a backup"
INSTEAD = "Restore a backup instead"
MAKE_INSTEAD = "Make a new vault instead"

WHICH = "Which backup, and where to"
KEY = "What opens it"
DONE = "Restored"
INTRO = (
    "The backup is unpacked, every byte of it is proved, and the vault is checked to its end "
    "before it is there. It needs as much free space as the vault has."
)
FILE = "Backup file"
FILE_PLACEHOLDER = "path of the backup"
BASES = "Backups that it builds on (one path a line, if any)"
BASES_HINT = (
    "A backup that left something out needs the ones it left it to. Name all that you have: those "
    "that are not needed are not read, and one that is missing is named."
)
FOLDER = "New folder"
FOLDER_PLACEHOLDER = "path of an empty or new folder"
NEEDS_FILE = "Name the backup file."
NEEDS_FOLDER = "Say where the restored vault is to lie."
SAME_FOLDER = "Choose another folder, or press Next once more to restore it there all the same."

KEY_INTRO = (
    "A secret of a key slot that the vault had when the backup was made. Slots that were removed "
    "later still open it; slots that were added later do not. It takes an administrator."
)
REGISTERS = "Registers of erasures (one path a line, if any)"
REGISTERS_HINT = (
    "What was erased after the backup was made must not come back. What this machine knows of it "
    "is applied by itself; a register from another machine has to be named here."
)
BEGIN = "Restore"
OPEN_IT = "Open it"
STOPPED = "Stopped. Nothing is left in the folder."
WITH_FINDINGS = (
    "The vault is there and can be opened. What is lost can come from another backup, and media "
    "from the portal."
)


def restored(made_at: str, size: str, blobs: int) -> str:
    files = "1 sealed file" if blobs == 1 else f"{blobs:,} sealed files"
    return f"✓ The backup of {made_at} is restored: {size}, {files}."


def erased_again(reports: int) -> str:
    """What registers took away again; nothing where there was nothing."""
    if not reports:
        return ""
    return (
        f"{reports:,} {'report was' if reports == 1 else 'reports were'} erased after the backup "
        "was made, and erased here again."
    )


def findings(lines: Sequence[str]) -> str:
    """What a check of the restored vault found."""
    number = f"{len(lines):,} {'finding' if len(lines) == 1 else 'findings'}"
    some = [*lines[:5], *(["…"] if len(lines) > 5 else [])]
    return "\n".join((f"◆ {number}:", *some, WITH_FINDINGS))
