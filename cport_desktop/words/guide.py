"""The first steps with a new vault, each with why; and the rehearsal, in which all of it can be tried."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import amount, tr

TITLE: Final = tr("First steps")
INTRO: Final = tr(
    "What makes a new vault ready for work, and safe even if a machine is lost. Each step opens its place; what is done is seen by itself."
)
DONE: Final = tr("✓ done")
TO_DO: Final = tr("○ to do")
FOR_OTHERS: Final = tr("– for somebody with another role")
OPEN: Final = tr("Open")
LATER: Final = tr("Close")
NOT_AGAIN: Final = tr("Do not show by itself again")
NOT_AGAIN_KEY: Final = "Alt+N"
ALL_DONE: Final = tr("Everything is done. The guide stays under Help (F1).")
LOOKING: Final = tr("Seeing what is done…")

VAULT: Final = tr("Make the vault")
VAULT_WHY: Final = tr("A folder in which nothing lies in the clear.")
RECOVERY: Final = tr("Keep a recovery code on paper")
RECOVERY_WHY: Final = tr(
    "It opens the vault when every passphrase is lost. Nobody has another key."
)
ENROLLED: Final = tr("Enrol with the portal")
ENROLLED_WHY: Final = tr("With what the portal handed over on paper, by network or by stick.")
AGREED: Final = tr("Bring the agreement into force")
AGREED_WHY: Final = tr(
    "It says what may be done. What takes something away waits until it is accepted."
)
EXCHANGED: Final = tr("Exchange for the first time")
EXCHANGED_WHY: Final = tr(
    "F5 by network, or a bundle by stick: the reports of your jurisdiction arrive."
)
BACKED_UP: Final = tr("Make a backup")
BACKED_UP_WHY: Final = tr("One sealed file on another disk, made while you work.")
DRILLED: Final = tr("Try the backup")
DRILLED_WHY: Final = tr("A drill restores it into a folder that is removed afterwards.")


ALL_STEPS: Final = tr("All steps…")
AWAY: Final = tr("Not again")


def how_far(done: int, steps: int) -> str:
    return tr("First steps: {done} of {steps}", done=amount(done), steps=amount(steps))


def next_step(step: str) -> str:
    return tr("Next: {step}", step=step)


def open_step(step: str) -> str:
    """What the button of a step is called by those who hear it."""
    return tr("Open: {step}", step=step)


# -- the rehearsal

PRACTISE: Final = tr("Practise with made-up reports…")
PRACTISE_KEY: Final = "Alt+P"
PRACTISE_TITLE: Final = tr("Practise")
PRACTISE_NOW: Final = tr("Make the demo vault")
PRACTISE_HINT: Final = tr(
    "Makes a demo vault in a temporary place and opens it in a window of its own. Everything in it is made up and harmless; it is deleted when that window closes."
)
MAKING: Final = tr(
    "The demo vault is being made. Its window opens by itself, in a minute or so, and says SYNTHETIC."
)
IS_RUNNING: Final = tr("A rehearsal is running in a window of its own.")
ENDED: Final = tr("The rehearsal has ended, and its vault is deleted.")
FAILED: Final = tr("The rehearsal could not be started. `cport demo` on the command line says why.")
