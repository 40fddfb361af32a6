"""Tags and cases side by side, each a button: a tag is taken off by it, a case is opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.case import Case
from cport_desktop.domain.tag import Tagged
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.ui.widgets.controls import button, clear_layout
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import set_plain_tip
from cport_desktop.words import cases as words
from cport_desktop.words import cases_page as say

_LONGEST = 28
"""Characters of a chip; the whole is on hover."""


class TagChips(QWidget):
    """Nothing is shown while there is nothing.

    Signals:
        tag_off(str): take this tag off.
        case_wanted(int): open the case of this number.
    """

    tag_off = Signal(str)
    case_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=6)
        self.hide()

    def show_marks(self, tags: Sequence[Tagged], cases: Sequence[Case]) -> None:
        """Exactly these."""
        clear_layout(self._flow)
        for tag in tags:
            name = one_line(tag.name)
            chip = button(
                f"{shortened(name, longest=_LONGEST)}  ×",
                partial(self.tag_off.emit, tag.name),
                kind="small",
                name=say.tag_off(name),
            )
            set_plain_tip(chip, words.tagged_by(name, tag.by, figures.moment_in_prose(tag.at)))
            self._flow.addWidget(chip)
        for case in cases:
            title = one_line(case.title)
            chip = button(
                shortened(say.case_chip(case.reference, title), longest=_LONGEST),
                partial(self.case_wanted.emit, case.number),
                kind="quiet",
                name=say.open_case(case.reference, title),
            )
            set_plain_tip(chip, title)
            self._flow.addWidget(chip)
        self.setVisible(bool(tags or cases))
        self.updateGeometry()
