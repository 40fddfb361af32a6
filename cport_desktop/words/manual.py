"""Sentences around the manual in the window. Its own text is not here: `docs/manual`."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr

MORE: Final = tr("More in the manual")
MORE_KEY: Final = "F1"
CHAPTERS: Final = tr("Chapters")
FIND: Final = tr("Find in the manual")
FIND_KEY: Final = "Ctrl+F"
NEXT: Final = tr("Next place")
NEXT_KEY: Final = "F3"
PREVIOUS: Final = tr("Place before")
PREVIOUS_KEY: Final = "Shift+F3"
BACK: Final = tr("Back to the page before")
BACK_KEY: Final = "Alt+Left"
PAGE_DAMAGED: Final = tr("This page of the manual is damaged. Install the program again.")
IN_ENGLISH: Final = tr("The manual is written in English.")


def title_of(chapter: str) -> str:
    """The title of the window, on a chapter."""
    return tr("Manual: {chapter}", chapter=chapter)


def nowhere(text: str) -> str:
    """Beneath the field, when nothing was found."""
    return tr("“{text}” stands nowhere in the manual.", text=text)
