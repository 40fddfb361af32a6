"""Until when a hotline is asked to wait, and why."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.clock import Clock
from cport_desktop.domain.draft import DraftContent, HoldFields, Typed
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.moment_field import MomentField
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.typing_places import lay_typed, typed_in
from cport_desktop.ui.widgets.words_box import BoxWords, WordsBox
from cport_desktop.words import hotline_acts as say


class HoldBox(WordsBox):
    """A `WordsBox` with a moment; `HOLD_USUAL_DAYS` from now is proposed."""

    def __init__(self, words: BoxWords, clock: Clock, *, is_kept: bool) -> None:
        self._clock = clock
        self.until = MomentField(say.HOLD_UNTIL)
        super().__init__(words, is_kept=is_kept, fields=self._make_fields())
        self._proposed = self.until.moment()
        self.until.dateTimeChanged.connect(self._tell)

    def content(self) -> DraftContent:
        """What stands in it."""
        return HoldFields(self.until.moment(), typed_in(self._text))

    def is_blank(self) -> bool:
        """No word, and the moment as it was proposed."""
        return super().is_blank() and self.until.moment() == self._proposed

    def _lay(self, draft: DraftContent | None) -> None:
        self._choose(say.HOLD_USUAL_DAYS)
        self._proposed = self.until.moment()
        if isinstance(draft, HoldFields):
            self.until.lay(draft.until)
        lay_typed(self._text, draft.reason if isinstance(draft, HoldFields) else Typed())

    def _choose(self, days: int) -> None:
        self.until.lay(self._clock.now() + timedelta(days=days))

    def _make_fields(self) -> QWidget:
        whole = QWidget()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(say.HOLD_UNTIL, role="muted"))
        line.addWidget(self.until, 1)
        choices = QHBoxLayout()
        choices.setSpacing(4)
        for days in say.HOLD_DAYS:
            choose = partial(self._choose, days)
            made = button(say.days(days), choose, kind="small", name=say.in_days(days))
            choices.addWidget(made)
        choices.addStretch()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addLayout(choices)
        return whole
