"""Sentences of what an analyst asks of the hotline that made a report: an answer to a question, to
wait with notice and takedown, to wait no longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr, tr_in, tr_many

MORE: Final = tr("More…")
MORE_KEY: Final = "Ctrl+."
KEPT: Final = tr("Escape leaves; what you wrote is kept as your draft, through a lock as well.")

BEING_SENT: Final = tr("This is being sent. As soon as that is answered, you can write here again.")

FEEDBACK_NEEDED: Final = tr("Write what the hotline should know.")

# -- a question

ASK: Final = tr("Ask the hotline…")
ASK_KEY: Final = "Ctrl+I"
ASK_TITLE: Final = tr("Question to the hotline")
ASK_PLACEHOLDER: Final = tr("What you need to know and the report does not say.")
ASK_SEND: Final = tr("Queue question")
ASK_NEEDED: Final = tr("Write what you want to know.")
ANSWER: Final = tr_in("what a hotline answered", "Answer")


def answered(question: str, text: str) -> str:
    """A hotline's answer, beneath its name; the question first, as the portal told it back."""
    return (
        tr("Asked: {question}\nAnswered: {text}", question=question, text=text)
        if question
        else text
    )


# -- to wait with takedown

HOLD: Final = tr("Hold takedown…")
HOLD_KEY: Final = "Ctrl+P"
HOLD_TITLE: Final = tr("Ask the hotline to wait with takedown")
HOLD_UNTIL: Final = tr("Until")
HOLD_PLACEHOLDER: Final = tr("Why the hotline should wait; it reads this.")
HOLD_SEND: Final = tr("Queue request")
HOLD_NEEDED: Final = tr("Say why the hotline should wait: it reads the reason.")
HOLD_DAYS: Final = (3, 7, 14, 30)
HOLD_USUAL_DAYS: Final = 7
HOLD_MARK: Final = "■"
WAITING_MARK: Final = "↑"


def days(number: int) -> str:
    return tr_many("{count} day", "{count} days", number)


def in_days(number: int) -> str:
    """What a choice of days is called by who reads the window aloud."""
    return tr_many("Until {count} day from now", "Until {count} days from now", number)


# -- to wait no longer

LIFT: Final = tr("Lift the hold…")
LIFT_KEY: Final = "Ctrl+Shift+P"
LIFT_TITLE: Final = tr("Tell the hotline that it need not wait")
LIFT_PLACEHOLDER: Final = tr("Why takedown may go on; the hotline reads this.")
LIFT_SEND: Final = tr_in("a message to a hotline", "Queue it")
LIFT_NEEDED: Final = tr("Say why the hotline need not wait any longer.")

# -- how it stands

_MARKS: Final[Mapping[str, str]] = {
    "asked": f"{HOLD_MARK}{WAITING_MARK}",
    "held": HOLD_MARK,
    "lift_asked": f"{HOLD_MARK}{WAITING_MARK}",
}

_GLYPHS: Final[Mapping[str, str]] = {
    "asked": WAITING_MARK,
    "held": HOLD_MARK,
    "lift_asked": f"{HOLD_MARK} {WAITING_MARK}",
    "expired": "–",
}


def standing(state: str, sentence: str, before: str | None = None) -> str:
    """The line at the head of a report's page. `before`: until when the portal has confirmed it,
    where another moment is asked for.
    """
    told = f"{_GLYPHS[state]} {sentence}"
    if not before:
        return told
    confirmed = tr("Confirmed until {moment}.", moment=before)
    return f"{told} {confirmed}"


def asked_by(agency: str, reason: str) -> str:
    """Beneath it: who asked for what the portal confirmed, and why."""
    return tr("Asked by {agency}: {reason}", agency=agency, reason=reason)


def mark(state: str) -> str:
    """What a row of a list wears; nothing where nobody waits, or was asked to."""
    return _MARKS.get(state, "")
