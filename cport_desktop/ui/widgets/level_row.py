"""How much a look shows: whether it is blurred, and with how much of its size and colours."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.ui.look_choice import TONES, combined, is_blurred, tone_of
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import window as say


class LevelRow(QWidget):
    """Blur and tone are separate; what is not allowed is not there.

    Signals:
        chosen(object): this RevealLevel is wanted.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._blur = self._made(say.BLUR, self._turn_blur)
        self._tones = {
            tone: self._made(say.LEVELS[tone.value], partial(self._choose, tone)) for tone in TONES
        }
        for made in self._tones.values():
            self._group.addButton(made)
        self._level = RevealLevel.GREY
        row = FlowLayout(self, gap=4)
        row.addWidget(PlainLabel(say.LEVEL, role="caption"))
        row.addWidget(self._blur)
        for made in self._tones.values():
            row.addWidget(made)

    def offer(self, offered: Collection[RevealLevel], level: RevealLevel) -> None:
        """`level`, one of those `offered`, is the one that will be used."""
        self._level = level
        self._blur.setVisible(any(map(is_blurred, offered)))
        self._blur.setChecked(is_blurred(level))
        for tone, made in self._tones.items():
            made.setVisible(any(tone_of(each) is tone for each in offered))
        self._tones[tone_of(level)].setChecked(True)

    def _turn_blur(self) -> None:
        self.chosen.emit(combined(tone_of(self._level), blur=not is_blurred(self._level)))

    def _choose(self, tone: RevealLevel) -> None:
        self.chosen.emit(combined(tone, blur=is_blurred(self._level)))

    def _made(self, words: str, act: Callable[[], None]) -> QPushButton:
        made = button(words, act, kind="level", name=say.level_named(words))
        made.setCheckable(True)
        return made
