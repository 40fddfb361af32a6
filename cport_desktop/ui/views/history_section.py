"""History: every exchange with the portal, by whichever road, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from cport_desktop.ui.exchanging_lines import ExchangeLine
from cport_desktop.ui.models.exchange_columns import (
    exchange_columns,
    exchange_outcome,
    exchange_road,
    exchange_tone,
)
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.widgets.controls import panel
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import exchange_page as say


class HistorySection(PagedSection[ExchangeLine]):
    """The newest first; the chosen one is told in whole sentences beneath.

    Signals:
        sync_wanted(bool): an exchange by network; True: without media.
    """

    sync_wanted = Signal(bool)

    title = say.HISTORY
    intro = say.HISTORY_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.add_act(say.SYNC_NOW, "Alt+S", lambda: self.sync_wanted.emit(False), kind="primary")
        self.add_act(say.SYNC_METADATA, "Alt+M", lambda: self.sync_wanted.emit(True))
        self.list_pages(
            exchange_columns(),
            seat.session.exchanging.history,
            same=lambda one, other: one.number == other.number,
            empty=(say.NO_HISTORY, say.NO_HISTORY_HELP),
        )
        self._outcome = PlainLabel(role="strong", wraps=True)
        self._what = PlainLabel(wraps=True, can_be_copied=True)
        self._cure = PlainLabel(role="muted", wraps=True)
        card = QVBoxLayout()
        card.setContentsMargins(14, 10, 14, 10)
        card.setSpacing(4)
        for label in (self._outcome, self._what, self._cure):
            card.addWidget(label)
        self._card = panel(card, kind="card")
        self._column.addWidget(self._card)
        self.list.chosen_changed.connect(self._tell_whole)
        self._tell_whole()

    def told_whole(self) -> str:
        """The sentences about the chosen exchange."""
        shown = (self._outcome, self._what, self._cure)
        return "\n".join(label.text() for label in shown if not label.isHidden())

    def _tell_whole(self) -> None:
        line = self.list.chosen()
        self._card.setVisible(line is not None)
        if line is None:
            return
        sentence = say.ended(line.outcome)
        self._outcome.say(f"{exchange_road(line)} · {exchange_outcome(line)}")
        self._outcome.set_tone(exchange_tone(line))
        did = say.did_told(line.direction, line.outcome, line.facts)
        self._what.say(f"{sentence.message} {did}".strip())
        self._cure.say(sentence.cure)
        self._cure.setVisible(bool(sentence.cure))
