"""What doctor says: what was looked at, what was found, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

PYTHON = "Python"
AGREEMENT = tr("Agreement")
USE_ANOTHER_PYTHON = tr("Use Python 3.11, 3.12 or 3.13.")
NOT_INSTALLED = tr("not installed")
REINSTALL = tr("Run make demo once, or reinstall.")
ENCRYPTION = tr("Database encryption")
NO_ENCRYPTION = tr("the database library does not encrypt")
REINSTALL_CIPHER = tr("Reinstall; an SQLite without SQLCipher was loaded.")
DECODER = tr("Confined decoder")
NO_DECODER = tr("no child can be confined here")
WITHOUT_DECODER = tr("Media files wait at the portal; everything else works.")
LEAKY_DECODER = tr(
    "The kernel of this machine is too old, or is set so that a program may not confine its decoders far enough to stop this. Ask who looks after the machine."
)


def not_enough(level: str) -> str:
    return tr(
        "{level}: less than is demanded before a file is decoded, or it does not work", level=level
    )


def confined(level: str, attempts: int) -> str:
    return tr(
        "{level}; {attempts} ways out were tried from inside, none led anywhere",
        level=level,
        attempts=attempts,
    )


def leaky(level: str, reached: Sequence[str], attempts: int) -> str:
    named = ", ".join(reached[:6]) + (" …" if len(reached) > 6 else "")
    return tr_many(
        "{level}; of {attempts} ways out that were tried from inside {count} is open: {named}",
        "{level}; of {attempts} ways out that were tried from inside {count} are open: {named}",
        len(reached),
        level=level,
        attempts=attempts,
        named=named,
    )


VAULT = tr("Vault")
NO_VAULT_NAMED = tr_in("vault", "none named")
NAME_A_VAULT = tr("Name one with --vault to look at it.")
NO_VAULT = tr("no vault in this folder")
CREATE_A_VAULT = "cport vault create"
LOOK_AT_VAULT = "cport vault check --deep"
RESTORE_AGAIN = tr("A restore was cut off here: repeat it, or empty the folder.")
NOT_OPENED = tr("not opened: give the passphrase (--passphrase-file) and more is looked at")
OPENING = tr("Opening the vault")
SWAP = tr("Swap")
SWAP_UNKNOWN = tr("not known here")
SWAP_OFF = tr_in("swap", "off")
SWAP_IN_MEMORY = tr("compressed memory only")
SWAP_ADVICE = tr("Make sure that it is encrypted, or switch it off.")
SPACE = tr("Free space")
MAKE_ROOM = tr("Make room before the next sync.")
MAKE_ROOM_FOR_COPY = tr(
    "Make room: an upgrade, a change of the master key and a backup each need a second copy of the database for a while."
)
PROCESS = tr("This process")
PROCESS_PRIVATE = tr("no core dumps, unreadable for others, private files")
PROCESS_ADVICE = tr("Start it as cport or cport-desktop; a debugger or a container may undo this.")
MEMORY = tr("Memory kept out of swap")
MEMORY_LOCKED = tr_in("memory is kept out of swap", "yes")
MEMORY_NOT_LOCKED = tr_in("memory is kept out of swap", "no (the machine limits it)")
MEMORY_ADVICE = tr("Encrypt swap or switch it off, or raise the limit (ulimit -l unlimited).")
UNKNOWN = tr("not known here")
KEYRING = tr("Keyring of the desktop")
KEYRING_NONE = tr("none that protects what it keeps; a keyring slot is a convenience only")
KEYRING_NEEDED = tr("A key slot of this vault depends on it: use the passphrase or recovery slot.")
SLOTS = tr("Key slots")
NO_RECOVERY = tr("Add a recovery code and keep it in a sealed envelope: cport vault slots add.")
KEY_AGE = tr("Age of the master key")
REKEY = tr("Consider a new master key: cport vault rekey. Backups made before keep the old one.")
BACKUP = tr("Last verified backup")
NEVER = tr_in("when something was done last", "never")
MAKE_A_BACKUP = tr("cport vault backup FILE, onto a medium that is kept elsewhere.")
BACKUP_FAULTS = tr("The vault itself had lost something: cport vault check --deep.")
DRILL = tr("Last restore drill")
MAKE_A_DRILL = tr("cport vault drill shows whether the backup can really be restored.")
CHECK = tr("Last check")
MAKE_A_CHECK = "cport vault check --deep"
CHECK_GOES_ON = tr("A deep check was interrupted; cport vault check --deep goes on with it.")
PICTURES = tr("Veils and thumbnails")
PICTURES_WHOLE = tr_in("veils and thumbnails", "all there")
PICTURES_UNREADABLE = tr_in("veils and thumbnails", "damaged")
REBUILD = "cport vault rebuild"
SCHEMA = tr("Schema")
MARK = tr("High-water mark")
MARK_KEPT = tr("kept on this machine, outside the vault")
MARK_NOT_KEPT = tr("not kept here: an older copy of the vault would not be noticed by this machine")
ANOTHER_COPY_ADVICE = tr(
    "Decide which copy goes on, and put the other one away: they do not know of each other."
)
MARK_ADVICE = tr("See that the folder for marks can be written; write checkpoints elsewhere too.")
FILES = tr("Files of the vault")
FILES_SOUND = tr("headers, log of writes and folder are as they should be")


def process(*, cores: bool | None, readable: bool | None, umask: int | None) -> str:
    told = []
    if cores:
        told.append(tr("a crash would write memory to disk"))
    if readable:
        told.append(tr("other programs of this user may read its memory"))
    if umask not in (None, 0o077):
        told.append(tr("new files are open to others"))
    return ", ".join(told)


def opened_by(slot: str) -> str:
    return tr("it opens with the slot “{slot}”", slot=slot)


def slots(kinds: str) -> str:
    return tr("key slots: {kinds}", kinds=kinds)


def slot(kind: str, name: str, opened: str | None, tested: str | None) -> str:
    """One key slot with what is known of its use, as a list in brackets."""
    known = [tr("last opened {day}", day=opened) if opened else tr("never opened")]
    if tested:
        known.append(tr("tested {day}", day=tested))
    return f"{kind} “{name}” ({', '.join(known)})"


def ago(days: int) -> str:
    if days < 1:
        return tr("today")
    return tr_many("yesterday", "{count} days ago", days)


def at_days(at: str, days: int) -> str:
    return f"{at} ({ago(days)})"


def with_place(at: str, path: str) -> str:
    return f"{at}, {path}"


def found_wrong(at: str, verdict: str) -> str:
    return f"{at}: {verdict}"


def pictures_missing(count: int) -> str:
    return tr_many("missing for {count} file", "missing for {count} files", count)


def space(free: float, needed: float | None) -> str:
    if needed is None:
        return tr("{free} GiB", free=amount(free, 1))
    return tr(
        "{free} GiB; a copy of the database needs {needed} GiB",
        free=amount(free, 1),
        needed=amount(needed, 1),
    )


def more_faults(first: str, more: int) -> str:
    if not more:
        return first
    return tr_many("{first} (and {count} more)", "{first} (and {count} more)", more, first=first)


def another_copy(lineage: int) -> str:
    return tr(
        "a copy of this vault was restored and opened on this machine (lineage {lineage})",
        lineage=lineage,
    )
