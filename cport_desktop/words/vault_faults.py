"""What a check of a vault may find, in one sentence each."""

from __future__ import annotations


def entry_missing(sequence: int) -> str:
    return f"Entry {sequence} is missing."


def entry_altered(sequence: int) -> str:
    return f"Entry {sequence} was altered."


def payload_altered(sequence: int) -> str:
    return f"The particulars of entry {sequence} were altered or removed."


def payload_stray(sequence: int) -> str:
    return f"There are particulars of an entry {sequence} that does not exist."


def head_differs(said: int, found: int) -> str:
    if said == found:
        return "The head of the log is not that of its entries."
    return f"The head of the log speaks of {said} entries, and there are {found}."


HEAD_MISSING = "The head of the log is missing."
PAGE_CHANGED = "A page fails its check: {detail}"
STRUCTURE_BROKEN = "The structure is broken: {detail}"
CANNOT_BE_READ = "It cannot be read."
REFERENCE_BROKEN = "A row of {table} refers to one that is not there."
NATURE_DIFFERS = "Header and database do not agree whether this vault is demo or live."
IDENTITY_DIFFERS = "Header and database are of two different vaults."
RECORD_UNREADABLE = "The header that the database has on record cannot be read."
HEADER_MISSING = "This copy of the header is missing; the next opening writes it anew."
HEADER_DIFFERS = "This copy of the header is not as it should be; the next opening repairs it."


def log_of_writes_damaged(frame: int, commits: int) -> str:
    return f"The log of writes is changed at frame {frame}: {commits} commits behind it are lost."


LOST_WRITES = (
    "The log of writes was changed on its medium: what was committed last before the vault was"
    " opened is lost"
)
FILE_UNKNOWN = "This media item is held, and no file is on record for it."
FILE_MISSING = "The sealed file is missing."
FILE_LENGTH = "The sealed file has not the length it should have."
FILE_CHANGED = "The sealed file was changed, or is sealed for something else."
FILE_DIGEST = "What is in the sealed file is not what was sealed."
FILE_STRAY = "No row knows this file."
PICTURES_DAMAGED = "Veils and thumbnails are damaged; they can be made again from the originals."
