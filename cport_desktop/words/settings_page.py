"""Sentences of the settings page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words import updates_page
from cport_desktop.words.help import HelpText
from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

TITLE: Final = tr("Settings")
KEY: Final = "Ctrl+,"
INTRO: Final = tr(
    "How this window looks and behaves for you. What the unit sets for everybody, and what this machine is started with, bounds it."
)

# -- looks

LOOKS: Final = tr("How it looks")
LANGUAGE: Final = tr("Language")
AS_THE_SYSTEM: Final = tr("As the system")
LANGUAGE_LATER: Final = tr("Kept on this machine, for everybody. It counts from the next start on.")
THEME: Final = tr("Theme")
THEMES: Final[Mapping[str, str]] = {
    "dark": tr_in("theme", "Dark"),
    "light": tr_in("theme", "Light"),
    "contrast": tr_in("theme", "High contrast"),
}
THEME_HINT: Final = tr("At once; Ctrl+T goes on to the next one.")
SCALE: Final = tr("Size")
SCALE_LATER: Final = tr(
    "Kept on this machine, for everybody. It counts from the next start on, or after a lock."
)
TIMES: Final = tr("Times")
LOCAL: Final = tr("Local time")
UNIVERSAL: Final = tr("UTC")
TIMES_HINT: Final = tr(
    "In every list and sentence of this window. A tip over a time shows UTC in any case."
)
COMPACT: Final = tr("Rows are closer in every table")
COMPACT_HINT: Final = tr("A table that was told otherwise by its header’s menu keeps to that.")

# -- work

WORK: Final = tr("How it works")
LOCK_AFTER: Final = tr("Lock after")
LOOK_FOR: Final = tr("A look lasts")
TRIAGE: Final = tr("Triage keys are on when the reports are shown")
TRIAGE_HINT: Final = tr("F8 turns them on and off at any time.")

# -- what is kept where

KEPT: Final = tr(
    "What stands here without another word is kept in this vault, for you alone, sealed with your own key."
)
NOT_KEPT: Final = tr(
    "Your key slot has no personal key: what you choose here counts until the vault is locked."
)
UNIT: Final = tr("Rules of the unit…")
UNIT_KEY: Final = "Alt+U"
UNIT_HINT: Final = tr(
    "What a supervisor sets for everybody: breaks, queue, decoders. Anybody may read it."
)
RESET: Final = tr("Usual columns and panes")
RESET_KEY: Final = "Alt+R"
RESET_HINT: Final = tr("Every table shows its usual columns, and every pane has its usual width.")
WAS_RESET: Final = tr("Columns and panes are as they were at first.")
WAS_UNDONE: Final = tr("Columns and panes are as you had them.")

KEYS: Final[tuple[tuple[str, str, str], ...]] = (
    (KEY, tr("Settings: language, theme, size, times, rows, lock"), ""),
)
"""For the key list."""


def percent(number: int) -> str:
    """`150 %`."""
    return f"{amount(number)} %"


def minutes(number: int) -> str:
    return tr_many("{count} minute", "{count} minutes", number)


def seconds(number: int) -> str:
    return tr_many("{count} second", "{count} seconds", number)


def span(number: int) -> str:
    """Whole minutes as such, anything else in seconds."""
    return minutes(number // 60) if number % 60 == 0 and number else seconds(number)


def machine_allows(longest: str) -> str:
    """The first of the choices: no shorter than this machine wants it."""
    return tr("{longest}, as this machine has it", longest=longest)


def at_most(longest: str) -> str:
    """Beneath a choice."""
    return tr("This machine allows {longest} at most.", longest=longest)


HELP: Final = HelpText(
    TITLE,
    tr("How the window looks and behaves for you."),
    (
        tr("Choose: it counts at once, or from the time that the line beside it names."),
        tr("Usual columns and panes puts tables and panes back; Undo takes that back."),
        tr("What the unit sets for everybody stands on the Vault page, part Unit."),
        tr(
            "Updates come from a file: verify it, read what would change, and apply it, or go back."
        ),
    ),
    (
        ("Ctrl+T", tr("The next theme, anywhere")),
        (updates_page.FROM_FILE_KEY, updates_page.FROM_FILE),
        (updates_page.GO_BACK_KEY, updates_page.GO_BACK),
    ),
    chapter="window#looks-size-language",
)
"""For F1."""
