"""Steps whose last one says what came of it: a verdict, what it brought, and what follows."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.steps import Step, StepsView, column_of
from cport_desktop.ui.widgets.plain_label import PlainLabel


class ConcludingSteps(StepsView):
    """Steps on the lane of the exchange that end in an outcome.

    Signals:
        changed(object): `Changes` once it is done.
        lock_wanted(): the analyst wants the vault locked, from a file dialog.
    """

    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat, title: str) -> None:
        super().__init__(seat.lanes.exchange, title=title)
        self._seat = seat
        self._verdict = PlainLabel(role="verdict", tone="lightest", wraps=True)
        self._outcome = PlainLabel(wraps=True)
        self._more = PlainLabel(role="muted", wraps=True, can_be_copied=True)
        self._following = PlainLabel(role="strong", wraps=True)

    def outcome(self) -> str:
        """All that the last step says."""
        return "\n".join(label.text() for label in self._closing_words() if label.text())

    def say_outcome(self, *, verdict: str, outcome: str, more: str, following: str) -> None:
        """What the last step says; a part with nothing to say takes no room."""
        for label, text in zip(
            self._closing_words(), (verdict, outcome, more, following), strict=True
        ):
            label.say(text)
            label.setVisible(bool(text))

    def last_step(self, title: str, act: str) -> Step:
        """The last step, under this title; `act` leaves it."""
        return Step(title, column_of(*self._closing_words()), None, act)

    def _closing_words(self) -> tuple[PlainLabel, ...]:
        return (self._verdict, self._outcome, self._more, self._following)
