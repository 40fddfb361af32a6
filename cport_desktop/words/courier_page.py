"""What the window says of the road by stick: carrying a bundle out, bringing its answer in."""

from __future__ import annotations

from collections.abc import Mapping

BY_STICK = "By stick"
INTRO = (
    "Where no network reaches, a stick carries the same messages. Carry a bundle out to the "
    "portal’s side, bring its answer in. It is sealed: on the way nobody can read or change it."
)
CARRY_OUT = "Carry out…"
BRING_IN = "Bring in…"

# -- how it stands

STANDING = "How it stands"
LAST_OUT = "Carried out"
LAST_IN = "Brought in"
WAITING = "Waits to go"
NONE_YET = "nothing yet"
NEXT_OUT = "Carry a bundle out to the portal’s side."
NEXT_IN = "Bring in the answer to the bundle that is out. Another one may go out before it comes."
NEXT_NOTHING = "Nothing waits. Carry a bundle out whenever you want news from the portal."


def numbered(sequence: int, when: str) -> str:
    """`no. 118, 3 h ago`."""
    return f"no. {sequence}, {when}"


def waiting(operations: int, media: int) -> str:
    """What a bundle would carry."""
    told = [
        _number(operations, "operation", "operations") if operations else "",
        f"a request for {_number(media, 'media file', 'media files')}" if media else "",
    ]
    return ", ".join(part for part in told if part) or "a question for news"


# -- carrying out

OUT_TITLE = "Carry a bundle out"
OUT_WHERE = "Where to"
OUT_INTRO = (
    "Plug the stick in and choose a new file on it. Everything that waits for the portal goes "
    "into it, and a question for what is new there."
)
OUT_FILE = "New file on the stick"
OUT_FILE_PLACEHOLDER = "Path of a new file, ending in .bundle"
OUT_PARTS = "In how many pieces"
OUT_PARTS_HINT = "Small or old media take no long files; the pieces may travel apart."
OUT_BEGIN = "Write and check"
OUT_DONE = "Safe to unplug"
OUT_SAFE = "✓ Safe to unplug"
OUT_NEXT = (
    "Carry it to the portal’s side. What comes back from there is brought in here with Bring in."
)
OUT_STOPPED = "Stopped. Nothing was left on the stick, and everything still waits here."
NEEDS_FILE = "Say which new file on the stick it is written to."
PARTS: Mapping[str, int | None] = {
    "One file": None,
    "Parts of 3,900 MB, for FAT32": 3_900_000_000,
    "Parts of 650 MB, for a CD": 650_000_000,
    "Parts of 100 MB": 100_000_000,
}


def out_written(sequence: int, size: str, files: int) -> str:
    """What was done to the bundle."""
    pieces = "one file" if files == 1 else f"{files:,} files"
    return (
        f"Bundle no. {sequence} is written ({size}, {pieces}), flushed, read back from the medium, "
        "and every byte is the one that was sealed."
    )


def out_carries(operations: int, media: int) -> str:
    return f"It carries {waiting(operations, media)}."


# -- bringing in

IN_TITLE = "Bring a bundle in"
IN_WHICH = "Which bundle"
IN_INTRO = (
    "Plug the stick in and choose the file that came back from the portal’s side. If it came in "
    "pieces, name all of them, one a line."
)
IN_FILES = "File or files on the stick"
IN_BEGIN = "Check and take in"
IN_SAFE = "✓ Taken in. Safe to unplug"
IN_STOPPED = "Stopped. What had been taken in stays; bring the same bundle in again to go on."
NEEDS_FILES = "Say which file was brought back."
IN_NEXT = "Nothing is left to do for this bundle. The stick can be wiped."
IN_NEXT_MORE = "More waits at the portal than this bundle held: carry another one out to fetch it."
IN_BEFORE = "It had been taken in before; nothing counts twice."


def in_taken(sequence: int) -> str:
    """What the bundle was."""
    return f"Bundle no. {sequence} of the portal: its seal and every signature in it hold."


CLOSE = "Done"


def _number(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
