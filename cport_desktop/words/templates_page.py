"""What the window says of templates of packages where they are kept."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_in

TEMPLATES: Final = tr("Package templates")
INTRO: Final = tr(
    "For whom, how much, under which title and why: kept in the composer, to begin with another time. A template holds no report."
)
NONE: Final = tr("No template is kept yet")
NONE_HELP: Final = tr("Compose a package, and keep what is filled in under a name.")
KEEPING: Final = tr("Keeping templates of packages")
NAME: Final = tr_in("of a template", "Name")
PACKAGE_TITLE: Final = tr_in("of a package", "Title")
TO: Final = tr("To whom")
REASON: Final = tr("Reason")
FILES: Final = tr("Size of the files")
ONE_FILE: Final = tr("One file")
TO_FILE: Final = tr("To a file…")
FROM_FILE: Final = tr("From a file…")
REMOVE: Final = tr("Remove…")
GIVE_TITLE: Final = tr("Give the template to another vault")
GIVE_INTRO: Final = tr("Names and public keys of recipients stand in the file, and no report.")
GIVE_NOW: Final = tr("Write the file")
TAKE_TITLE: Final = tr("Take in a template")
TAKE_INTRO: Final = tr(
    "It is read strictly. Look at its recipients here before you compose with it: a file can name anybody."
)
TAKE_NOW: Final = tr("Take it in")
FILE: Final = tr("File of the template")
NEW_FILE: Final = tr("New file")
FILE_HERE: Final = tr("Path of the file")
NEW_FILE_HERE: Final = tr("Path of a new file, ending in .json")
REPLACES: Final = tr("In the place of one that has its name")
NEEDS_FILE: Final = tr("Say where the file is.")
NEEDS_NEW_FILE: Final = tr("Say where the file is to be written.")


def remove(name: str) -> str:
    return tr("“{name}” is no longer offered. Packages that left stay as they are.", name=name)


def given(path: str) -> str:
    return tr("Written: {path}.", path=path)
