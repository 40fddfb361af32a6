"""What a check of a vault may find, in one sentence each."""

from __future__ import annotations

from cport_desktop.words.tongue import amount, tr, tr_many


def entry_missing(sequence: int) -> str:
    return tr("Entry {sequence} is missing.", sequence=sequence)


def entry_altered(sequence: int) -> str:
    return tr("Entry {sequence} was altered.", sequence=sequence)


def payload_altered(sequence: int) -> str:
    return tr("The particulars of entry {sequence} were altered or removed.", sequence=sequence)


def payload_stray(sequence: int) -> str:
    return tr(
        "There are particulars of an entry {sequence} that does not exist.", sequence=sequence
    )


def head_differs(said: int, found: int) -> str:
    if said == found:
        return tr("The head of the log is not that of its entries.")
    return tr(
        "The head of the log speaks of {said} entries, and there are {found}.",
        said=amount(said),
        found=amount(found),
    )


HEAD_MISSING = tr("The head of the log is missing.")
PAGE_CHANGED = tr("A page fails its check: {detail}")
STRUCTURE_BROKEN = tr("The structure is broken: {detail}")
CANNOT_BE_READ = tr("This part of the vault cannot be read.")
REFERENCE_BROKEN = tr("A row of {table} refers to one that is not there.")
NATURE_DIFFERS = tr("Header and database do not agree whether this vault is demo or live.")
IDENTITY_DIFFERS = tr("Header and database are of two different vaults.")
RECORD_UNREADABLE = tr("The header that the database has on record cannot be read.")
HEADER_MISSING = tr("This copy of the header is missing; the next opening writes it anew.")
HEADER_DIFFERS = tr("This copy of the header is not as it should be; the next opening repairs it.")


def log_of_writes_damaged(frame: int, commits: int) -> str:
    return tr_many(
        "The log of writes is changed at frame {frame}: {count} commit behind it is lost.",
        "The log of writes is changed at frame {frame}: {count} commits behind it are lost.",
        commits,
        frame=frame,
    )


LOST_WRITES = tr(
    "The log of writes was changed on its medium: what was committed last before the vault was opened is lost."
)
FILE_UNKNOWN = tr("This media item is held, and no file is on record for it.")
FILE_MISSING = tr("The sealed file is missing.")
FILE_LENGTH = tr("The sealed file has not the length it should have.")
FILE_CHANGED = tr("The sealed file was changed, or is sealed for something else.")
FILE_DIGEST = tr("What is in the sealed file is not what was sealed.")
FILE_STRAY = tr("No row knows this file.")
PICTURES_DAMAGED = tr(
    "Veils and thumbnails are damaged; they can be made again from the originals."
)
