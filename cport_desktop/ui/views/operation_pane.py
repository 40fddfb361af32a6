"""One operation, whole: its state, what the analyst wrote, what the portal said, what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cport_desktop.ui import figures
from cport_desktop.ui.exchanging_lines import OutboxAct, OutboxLine
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.facts import FactGrid, section
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import labels
from cport_desktop.words import outbox_page as say

_ACTS = (
    (OutboxAct.REVISE, say.REVISE, "Alt+R"),
    (OutboxAct.SEND, say.SEND, "Alt+S"),
    (OutboxAct.SET_ASIDE, say.SET_ASIDE, "Alt+D"),
)


class OperationPane(QFrame):
    """The pane beside the outbox.

    Signals:
        act_wanted(object): this `OutboxAct` with the operation that is shown.
        report_wanted(): the report that it is about.
    """

    act_wanted = Signal(object)
    report_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "true")
        self._page: QWidget = QWidget()
        self._foot = QWidget()
        self._buttons: dict[OutboxAct, QPushButton] = {}
        acts = QVBoxLayout(self._foot)
        acts.setContentsMargins(14, 6, 14, 12)
        acts.setSpacing(6)
        acts.addWidget(section(say.TO_DO))
        for act, label, key in _ACTS:
            made = button(label, partial(self.act_wanted.emit, act), key=key)
            bind_key(key, self, made.click, everywhere=True)
            acts.addWidget(made)
            self._buttons[act] = made
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._page, 1)
        self._column.addWidget(self._foot)
        self.show_line(None)

    def show_line(self, line: OutboxLine | None) -> None:
        """All of this operation, or how to see one."""
        acts = frozenset[OutboxAct]() if line is None else line.acts
        self._foot.setVisible(bool(acts))
        for act, made in self._buttons.items():
            made.setVisible(act in acts)
        page = ScrollColumn(say.OUTBOX)
        if line is None:
            page.add(PlainLabel(say.NOTHING_CHOSEN, role="strong", wraps=True))
            page.add(PlainLabel(say.NOTHING_OPEN, role="muted", wraps=True))
        else:
            self._fill(page, line)
        self._column.replaceWidget(self._page, page)
        self._page.hide()
        self._page.deleteLater()
        self._page = page
        page.show()

    def _fill(self, page: ScrollColumn, line: OutboxLine) -> None:
        state = say.state(line.state, labels.operation_state(line.state))
        page.add(PlainLabel(line.what, role="title", wraps=True, can_be_copied=True))
        page.add(PlainLabel(state, role="strong", tone=say.TONES.get(line.state)))
        means = line.means or say.MEANINGS.get(line.state, "")
        page.add(PlainLabel(means, role="muted", wraps=True))
        for title, text in ((say.ANSWER, line.answer), (say.CHANGED, line.changed)):
            if text:
                page.add(section(title), space_before=6)
                page.add(_whole(text))
        page.add(section(say.WORDS), space_before=6)
        page.add(_whole(line.words) if line.words else PlainLabel(say.NO_WORDS, role="muted"))
        page.add(section(say.ABOUT), space_before=6)
        page.add(FactGrid(_facts(line)))
        if line.report_id is not None:
            page.add(button(say.OPEN_REPORT, self.report_wanted.emit, kind="small", key="Enter"))


def _facts(line: OutboxLine) -> tuple[tuple[str, str | None], ...]:
    answered = None if line.answered_at is None else figures.moment_in_prose(line.answered_at)
    return (
        (say.ABOUT, line.about),
        *line.facts,
        (say.MADE, figures.moment_in_prose(line.made_at)),
        (say.BY, line.actor),
        (say.SETTLED, answered),
        (say.NUMBER, line.operation_id),
    )


def _whole(text: str) -> PlainLabel:
    told = PlainLabel(text, wraps=True, can_be_copied=True)
    told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return told
