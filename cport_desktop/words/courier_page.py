"""What the window says of the road by stick: carrying a bundle out, bringing its answer in."""

from __future__ import annotations

from collections.abc import Mapping

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

BY_STICK = tr("By stick")
INTRO = tr(
    "Where no network reaches, a stick carries the same messages. Carry a bundle out to the portal’s side, bring its answer in. It is sealed: on the way nobody can read or change it."
)
CARRY_OUT = tr("Carry out…")
BRING_IN = tr("Bring in…")

# -- how it stands

STANDING = tr("How it stands")
LAST_OUT = tr("Carried out")
LAST_IN = tr("Brought in")
WAITING = tr("Waits to go")
NONE_YET = tr("nothing yet")
NEXT_OUT = tr("Carry a bundle out to the portal’s side.")
NEXT_IN = tr(
    "Bring in the answer to the bundle that is out. Another one may go out before it comes."
)
NEXT_NOTHING = tr("Nothing waits. Carry a bundle out whenever you want news from the portal.")


def numbered(sequence: int, when: str) -> str:
    """`no. 118, 3 h ago`."""
    return tr("no. {sequence}, {when}", sequence=sequence, when=when)


def waiting(operations: int, media: int) -> str:
    """What a bundle would carry."""
    told = [
        tr_many("{count} operation", "{count} operations", operations) if operations else "",
        tr_many("a request for {count} media file", "a request for {count} media files", media)
        if media
        else "",
    ]
    return ", ".join(part for part in told if part) or tr("a question for news")


# -- carrying out

OUT_TITLE = tr("Carry a bundle out")
OUT_WHERE = tr("Where to")
OUT_INTRO = tr(
    "Plug the stick in and choose a new file on it. Everything that waits for the portal goes into it, and a question for what is new there."
)
OUT_FILE = tr("New file on the stick")
OUT_FILE_PLACEHOLDER = tr("Path of a new file, ending in .bundle")
OUT_PARTS = tr("In how many pieces")
OUT_PARTS_HINT = tr("Small or old media take no long files; the pieces may travel apart.")
OUT_BEGIN = tr("Write and check")
OUT_DONE = tr("Safe to unplug")
OUT_SAFE = tr("✓ Safe to unplug")
OUT_NEXT = tr(
    "Carry it to the portal’s side. What comes back from there is brought in here with Bring in."
)
OUT_STOPPED = tr("Stopped. Nothing was left on the stick, and everything still waits here.")
NEEDS_FILE = tr("Say which new file on the stick it is written to.")
PARTS: Mapping[str, int | None] = {
    tr("One file"): None,
    tr("Parts of {size} MB, for FAT32", size=amount(3_900)): 3_900_000_000,
    tr("Parts of {size} MB, for a CD", size=amount(650)): 650_000_000,
    tr("Parts of {size} MB", size=amount(100)): 100_000_000,
}


def out_written(sequence: int, size: str, files: int) -> str:
    """What was done to the bundle."""
    pieces = tr_many("one file", "{count} files", files)
    return tr(
        "Bundle no. {sequence} is written ({size}, {pieces}), flushed, read back from the medium, and every byte is the one that was sealed.",
        sequence=sequence,
        size=size,
        pieces=pieces,
    )


def out_carries(operations: int, media: int) -> str:
    return tr("It carries {contents}.", contents=waiting(operations, media))


# -- bringing in

IN_TITLE = tr("Bring a bundle in")
IN_WHICH = tr("Which bundle")
IN_INTRO = tr(
    "Plug the stick in and choose the file that came back from the portal’s side. If it came in pieces, name all of them, one a line."
)
IN_FILES = tr("File or files on the stick")
IN_BEGIN = tr("Check and take in")
IN_SAFE = tr("✓ Taken in. Safe to unplug")
IN_STOPPED = tr("Stopped. What had been taken in stays; bring the same bundle in again to go on.")
NEEDS_FILES = tr("Say which file was brought back.")
IN_NEXT = tr("Nothing is left to do for this bundle. The stick can be wiped.")
IN_NEXT_MORE = tr(
    "More waits at the portal than this bundle held: carry another one out to fetch it."
)
IN_BEFORE = tr("It had been taken in before; nothing counts twice.")


def in_taken(sequence: int) -> str:
    """What the bundle was."""
    return tr(
        "Bundle no. {sequence} of the portal: its seal and every signature in it hold.",
        sequence=sequence,
    )


CLOSE = tr_in("a dialog is left", "Done")
