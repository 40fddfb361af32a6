"""What doctor says: what was looked at, what was found, what to do."""

from __future__ import annotations

from collections.abc import Sequence

PYTHON = "Python"
AGREEMENT = "Agreement"
USE_ANOTHER_PYTHON = "Use Python 3.11, 3.12 or 3.13."
NOT_INSTALLED = "not installed"
REINSTALL = "Run make demo once, or reinstall."
ENCRYPTION = "Database encryption"
NO_ENCRYPTION = "the database library does not encrypt"
REINSTALL_CIPHER = "Reinstall; an SQLite without SQLCipher was loaded."
DECODER = "Confined decoder"
NO_DECODER = "no child can be confined here"
WITHOUT_DECODER = "Media files wait at the portal; everything else works."
LEAKY_DECODER = "The kernel of this machine is too old, or forbids what would stop this. Ask who looks after the machine."


def not_enough(level: str) -> str:
    return f"{level}: less than is demanded before a file is decoded, or it does not work"


def confined(level: str, attempts: int) -> str:
    return f"{level}; {attempts} ways out were tried from inside, none led anywhere"


def leaky(level: str, reached: Sequence[str], attempts: int) -> str:
    named = ", ".join(reached[:6]) + (" …" if len(reached) > 6 else "")
    return f"{level}; of {attempts} ways out that were tried from inside {len(reached)} are open: {named}"


VAULT = "Vault"
NO_VAULT_NAMED = "none named"
NAME_A_VAULT = "Name one with --vault to look at it."
NO_VAULT = "no vault in this folder"
CREATE_A_VAULT = "cport vault create"
LOOK_AT_VAULT = "cport vault check --deep"
RESTORE_AGAIN = "A restore was cut off here: repeat it, or empty the folder."
NOT_OPENED = "not opened: give the passphrase (--passphrase-file) and more is looked at"
OPENING = "Opening the vault"
SWAP = "Swap"
SWAP_UNKNOWN = "not known here"
SWAP_OFF = "off"
SWAP_IN_MEMORY = "compressed memory only"
SWAP_ADVICE = "Make sure that it is encrypted, or switch it off."
SPACE = "Free space"
MAKE_ROOM = "Make room before the next sync."
MAKE_ROOM_FOR_COPY = (
    "Make room: an upgrade, a change of the master key and a backup each need a second copy of"
    " the database for a while."
)
PROCESS = "This process"
PROCESS_PRIVATE = "no core dumps, unreadable for others, private files"
PROCESS_ADVICE = "Start it as cport or cport-desktop; a debugger or a container may undo this."
MEMORY = "Memory kept out of swap"
MEMORY_LOCKED = "yes"
MEMORY_NOT_LOCKED = "no (the machine limits it)"
MEMORY_ADVICE = "Encrypt swap or switch it off, or raise the limit (ulimit -l unlimited)."
UNKNOWN = "not known here"
KEYRING = "Keyring of the desktop"
KEYRING_NONE = "none that protects what it keeps; a keyring slot is a convenience only"
KEYRING_NEEDED = "A key slot of this vault depends on it: use the passphrase or recovery slot."
SLOTS = "Key slots"
NO_RECOVERY = "Add a recovery code and keep it in a sealed envelope: cport vault slots add."
KEY_AGE = "Age of the master key"
REKEY = "Consider a new master key: cport vault rekey. Backups made before keep the old one."
BACKUP = "Last verified backup"
NEVER = "never"
MAKE_A_BACKUP = "cport vault backup FILE, onto a medium that is kept elsewhere."
BACKUP_FAULTS = "The vault itself had lost something: cport vault check --deep."
DRILL = "Last restore drill"
MAKE_A_DRILL = "cport vault drill shows whether the backup can really be restored."
CHECK = "Last check"
MAKE_A_CHECK = "cport vault check --deep"
CHECK_GOES_ON = "A deep check was interrupted; cport vault check --deep goes on with it."
PICTURES = "Veils and thumbnails"
PICTURES_WHOLE = "all there"
PICTURES_UNREADABLE = "damaged"
REBUILD = "cport vault rebuild"
SCHEMA = "Schema"
MARK = "High-water mark"
MARK_KEPT = "kept on this machine, outside the vault"
MARK_NOT_KEPT = "not kept here: an older copy of the vault would not be noticed by this machine"
ANOTHER_COPY_ADVICE = (
    "Decide which copy goes on, and put the other one away: they do not know of each other."
)
MARK_ADVICE = "See that the folder for marks can be written; write checkpoints elsewhere too."
FILES = "Files of the vault"
FILES_SOUND = "headers, log of writes and folder are as they should be"


def process(*, cores: bool | None, readable: bool | None, umask: int | None) -> str:
    told = []
    if cores:
        told.append("a crash would write memory to disk")
    if readable:
        told.append("other programs of this user may read its memory")
    if umask not in (None, 0o077):
        told.append("new files are open to others")
    return ", ".join(told)


def opened_by(slot: str) -> str:
    return f"it opens with the slot “{slot}”"


def slots(kinds: str) -> str:
    return f"key slots: {kinds}"


def slot(kind: str, name: str, opened: str | None, tested: str | None) -> str:
    used = f"last opened {opened}" if opened else "never opened"
    tried = f", tested {tested}" if tested else ""
    return f"{kind} “{name}” ({used}{tried})"


def ago(days: int) -> str:
    if days < 1:
        return "today"
    return "yesterday" if days == 1 else f"{days:,} days ago"


def at_days(at: str, days: int) -> str:
    return f"{at} ({ago(days)})"


def with_place(at: str, path: str) -> str:
    return f"{at}, {path}"


def found_wrong(at: str, verdict: str) -> str:
    return f"{at}: {verdict}"


def pictures_missing(count: int) -> str:
    return f"missing for {count:,} files"


def space(free: float, needed: float | None) -> str:
    told = f"{free:.1f} GiB"
    return told if needed is None else f"{told}; a copy of the database needs {needed:.1f} GiB"


def more_faults(first: str, more: int) -> str:
    return first if not more else f"{first} (and {more:,} more)"


def another_copy(lineage: int) -> str:
    return f"a copy of this vault was restored and opened on this machine (lineage {lineage})"
