"""Sentences of the lists of what was done and of second readings, beside the outbox."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_in

DEEDS: Final = tr("What you did")
DEEDS_VIEW: Final = tr("Done")
DEEDS_KEY: Final = "Alt+O"
DEEDS_INTRO: Final = tr(
    "Your own acts, the newest first: here and towards the portal. Where something can no longer go back, you are told why when you try."
)
NO_DEEDS: Final = tr("Nothing was done yet")
NO_DEEDS_HELP: Final = tr(
    "Assessments, tags, flags, notes, cases and everything told to the portal stand here, and can be undone as long as there is a way back."
)
UNDO: Final = tr("Undo")
UNDO_KEY: Final = "Alt+Z"
REDO: Final = tr("Do again")
REDO_KEY: Final = "Alt+Y"
OPEN: Final = tr("Open the report")
OPEN_KEY: Final = "Alt+E"
WHAT: Final = tr("What")
WHEN: Final = tr("When")
STATE: Final = tr_in("how something stands", "State")
DONE: Final = tr_in("state of an act", "✓ done")
PARTLY: Final = tr_in("state of an act", "◆ partly undone")
UNDONE: Final = tr_in("state of an act", "– undone")

READINGS: Final = tr("Second readings")
READINGS_KEY: Final = "Alt+W"
READINGS_INTRO: Final = tr(
    "Where the agreement asks for a second reader. What the first one found is not shown before you have said what you find yourself: open the report and assess it."
)
NO_READINGS: Final = tr("Nothing waits for a second reader")
NO_READINGS_HELP: Final = tr(
    "An assessment that needs a second reader stands here until a colleague has confirmed it; one that was contradicted, until it was revised or set aside."
)
REPORT: Final = tr("Report")
BY: Final = tr("Assessed by")
ASKED: Final = tr("Since")
STANDS: Final = tr("Stands")
FOR_YOU: Final = tr("◆ waits for your reading")
FOR_COLLEAGUE: Final = tr("○ waits for a colleague")


def contradicted(reader: str, first: str, second: str, reason: str) -> str:
    """A word against another, as far as one may know both."""
    if not first or not second:
        return tr("✗ contradicted by {reader}", reader=reader)
    told = tr("✗ {first}; {reader} found {second}", first=first, second=second, reader=reader)
    return f"{told}: {reason}" if reason else told
