"""What the composer of packages says beside its preview."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_in

WHO_GETS_WHAT: Final = tr("Who gets what")
NOBODY_YET: Final = tr("What each recipient gets is told here once their keys are above.")
FIELDS: Final = tr_in("button that leaves fields of reports out", "Fields …")
LOOK_FIRST: Final = tr("This is what each of them gets. Look at it, then compose.")
REFUSED: Final = tr("Nothing is composed while one of the recipients may not have it.")

STOPPED_SOME: Final = tr(
    "Stopped. Nothing half-written is left; a package that was complete by then stays, and stands under What left."
)

SEALED: Final = tr("It is signed, and sealed to the recipients; nobody else can open it.")
NO_STACK: Final = tr(
    "A package is composed of reports: choose them on their page, or a stack here (Stacks)."
)

REASON: Final = tr("Why it is handed over")
REASON_HERE: Final = tr("Kept in the audit log and in the register of what left")
REDACTIONS: Final = tr("Redactions")
REDACTIONS_HERE: Final = tr("A file of redactions; what it names is destroyed in the copy")
PARTS: Final = tr("Size of the files")
ONE_FILE: Final = tr("One file")
ANOTHER_SIZE: Final = tr("Parts of another size…")
MEGABYTES: Final = tr("Megabytes of one file at most")
MEGABYTES_HERE: Final = tr("Megabytes of one file at most, from 1 to 4294")
NEEDS_SIZE: Final = tr("Say how many megabytes one file may have: from 1 to 4294.")
ALSO_WRITTEN: Final = tr("Also written")


TEMPLATES: Final = tr("Templates")
CHOOSE_TEMPLATE: Final = tr("Begin with a template …")
TEMPLATE_NAME: Final = tr("Name of a template")
TEMPLATE_NAME_HERE: Final = tr("A name, to keep for whom, how much and why for the next time")
KEEP_TEMPLATE: Final = tr("Keep")


def template_kept(name: str) -> str:
    """What is said once a template is kept."""
    return tr("“{name}” is kept: recipients, what each gets, title, reason and size.", name=name)


def media_for(name: str) -> str:
    """What the choice of media of one recipient is called."""
    return tr("Media for {name}", name=name)


def fields_for(name: str) -> str:
    """What the button for the fields of one recipient is called."""
    return tr("Fields that stay out for {name}", name=name)


def parts_of(size: str) -> str:
    """A size of parts."""
    return tr("Parts of {size}", size=size)


def fields_out(count: int) -> str:
    """What the button for fields shows once some were left out."""
    return tr("Fields … ({count} left out)", count=count)
