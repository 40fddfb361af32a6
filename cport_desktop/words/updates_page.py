"""Sentences of the part of the settings page that is about updates."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr

UPDATES: Final = tr("Updates")
INTRO: Final = tr(
    "What this account runs and judges by, and how old each part is. Updates come as one signed file; no network is needed."
)
FROM_FILE: Final = tr("Update from a file…")
FROM_FILE_KEY: Final = "Alt+F"
GO_BACK: Final = tr("Go back…")
GO_BACK_KEY: Final = "Alt+B"
OLD: Final = tr("Some parts are older than they should be: ask whoever supports you for an update.")

FILE: Final = tr("Bundle of updates")
FILE_PLACEHOLDER: Final = tr("The file, on the medium that brought it")
FILE_INTRO: Final = tr(
    "Every byte of it is verified before anything is said of it. Nothing changes yet."
)
VERIFY: Final = tr("Verify")
NEEDS_FILE: Final = tr("Say which file.")
STOPPED: Final = tr("Stopped. What was in force is in force.")

APPLY_TITLE: Final = tr("Apply this update?")
APPLY: Final = tr("Apply")
APPLIED: Final = tr("The update is applied.")
NOTHING_NEW: Final = tr("Nothing in it is newer than what is here.")

BACK_TITLE: Final = tr("Go back to what was in force before?")
BACK: Final = tr("Go back")
WENT_BACK: Final = tr("What was in force before is in force again.")


def back_intro(version: str) -> str:
    return tr(
        "The application will be version {version}, and each list the one that belonged to it. Vaults that were brought up to date since may not open with it.",
        version=version,
    )
