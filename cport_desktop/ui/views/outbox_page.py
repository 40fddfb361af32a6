"""The outbox: every operation with its one state, and what the analyst decides about some; beside it what
the analyst did, and what waits for a second reader.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError
from cport_desktop.ui.exchanging_lines import OutboxAct, OutboxLine, OutboxView
from cport_desktop.ui.models.exchange_columns import outbox_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.deeds_section import DeedsSection
from cport_desktop.ui.views.operation_pane import OperationPane
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.views.readings_section import ReadingsSection
from cport_desktop.ui.widgets.careful_editor import CarefulEditor
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.paged_listing import PagedListing
from cport_desktop.ui.widgets.panes import FoldingPanes, lay_usually
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import deeds_page as more
from cport_desktop.words import outbox_page as say

_PANE_WIDTH = 340
_LIST_HEIGHT, _PANE_HEIGHT = 260, 240
"""Pixels, at least, where the list and the operation stand beneath each other."""
_VIEWS = ((OutboxView.ALL, say.ALL, "Alt+A"), (OutboxView.NEEDING, say.NEEDING, "Alt+N"))
_WORDS_HEIGHT = 150


class OutboxPage(QWidget):
    """Loads page by page while it is scrolled.

    Signals:
        row_opened(object): the `OutboxLine` whose report is to be shown.
        changed(object): `Changes` after an act.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
        report_wanted(object): open the report with this ReportId.
    """

    row_opened = Signal(object)
    changed = Signal(object)
    lock_wanted = Signal()
    report_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._view = OutboxView.ALL
        self._told = PlainLabel(role="strong", wraps=True)
        self._told.hide()
        self._notice = Notice()
        self.list = PagedListing[OutboxLine](
            say.OUTBOX,
            outbox_columns(seat.clock.now),
            seat.theme,
            empty=(say.EMPTY, say.EMPTY_HELP),
        )
        self.list.table.kept_as = "outbox"
        self.list.feed(seat.lanes.reading, self._page, same=_same, otherwise=self._notice.tell)
        self.pane = OperationPane()
        self._views = QButtonGroup(self)
        self.deeds = DeedsSection(seat)
        self.readings = ReadingsSection(seat)
        self._parts = QStackedWidget()
        for part in (self.deeds, self.readings):
            part.report_wanted.connect(self.report_wanted)
            part.changed.connect(self.changed)
            part.lock_wanted.connect(self.lock_wanted)
        self._lay_out()
        self.list.chosen_changed.connect(self._show_chosen)
        self.list.row_opened.connect(self._open)
        self.pane.act_wanted.connect(self._act)
        self.pane.report_wanted.connect(self._open_chosen)

    # -- what the window does with it

    def refresh(self) -> None:
        """Load from the beginning."""
        part = self._part
        if part is not None:
            part.refresh()
            return
        self._notice.dismiss()
        self.list.refresh()

    def veil(self) -> None:
        """Nothing is ever looked at on this page."""

    def wear(self, theme: Theme) -> None:
        for part in (self.list, self.deeds, self.readings):
            part.wear(theme)

    def step_back(self) -> None:
        part = self._part
        if part is not None:
            part.step_back()
            return
        self._notice.dismiss()
        self._tell("")

    def focus_ring(self) -> tuple[QWidget, ...]:
        part = self._part
        return (self.list.table, self.pane) if part is None else part.focus_ring()

    @property
    def is_empty(self) -> bool:
        return self.list.is_empty

    def show_view(self, view: OutboxView) -> None:
        """All operations, or those that need the analyst."""
        self._parts.setCurrentWidget(self._splitter)
        self._view = view
        self._views.button(list(OutboxView).index(view)).setChecked(True)
        none_needs = (say.NOTHING_NEEDS_YOU, say.NOTHING_NEEDS_YOU_HELP)
        all_of_them = (say.EMPTY, say.EMPTY_HELP)
        self.list.say_if_empty(none_needs if view is OutboxView.NEEDING else all_of_them)
        self.refresh()

    def show_part(self, part: PageSection) -> None:
        """What was done, or second readings, in the place of operations."""
        self._views.button(len(_VIEWS) + (self.deeds, self.readings).index(part)).setChecked(True)
        self._parts.setCurrentWidget(part)
        part.refresh()

    def show_age(self, told: str) -> None:
        """When the portal was heard last, and by which road: its answers are as old."""
        self._age.say(told)

    def told(self) -> str:
        """What it says above the list; empty while it says nothing."""
        return "" if self._told.isHidden() else self._told.text()

    @property
    def _part(self) -> PageSection | None:
        """What stands in the place of operations."""
        shown = self._parts.currentWidget()
        return shown if isinstance(shown, PageSection) else None

    # -- acts

    def _act(self, act: OutboxAct) -> None:
        line = self.list.chosen()
        if line is None or act not in line.acts:
            return
        self._tell("")
        self._notice.dismiss()
        if act is OutboxAct.REVISE:
            self._ask_revision(line)
        elif act is OutboxAct.SEND:
            self._do(partial(self._seat.session.exchanging.outbox.send_again, line.operation_id))
        else:
            self._ask_why(line)

    def _ask_revision(self, line: OutboxLine) -> None:
        dialog = self._ask(say.REVISE_TITLE, say.REVISE_INTRO, say.REVISE_NOW)
        typed = CarefulEditor()
        typed.setPlainText(line.words)
        typed.paste_refused.connect(dialog.complain)
        typed.setAccessibleName(say.WORDS)
        typed.setTabChangesFocus(True)
        typed.setFixedHeight(_WORDS_HEIGHT)
        dialog.add_field(say.WORDS, typed)
        dialog.ended.connect(partial(self._done, say.REVISED))

        def give() -> None:
            words = typed.toPlainText().strip()
            if not words:
                dialog.complain(say.NEEDS_WORDS, typed)
                return
            revise = partial(self._seat.session.exchanging.outbox.revise, line.operation_id, words)
            dialog.work(self._seat.lanes.acting, revise)

        dialog.on_give(give)
        dialog.open()
        dialog.focus(typed)

    def _ask_why(self, line: OutboxLine) -> None:
        dialog = self._ask(say.SET_ASIDE_TITLE, say.SET_ASIDE_INTRO, say.SET_ASIDE)
        reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
        dialog.add_field(say.REASON, reason)
        dialog.ended.connect(partial(self._done, say.WAS_SET_ASIDE))

        def give() -> None:
            why = reason.text().strip()
            if not why:
                dialog.complain(say.NEEDS_REASON, reason)
                return
            put_aside = partial(
                self._seat.session.exchanging.outbox.set_aside, line.operation_id, why
            )
            dialog.work(self._seat.lanes.acting, put_aside)

        dialog.on_give(give)
        dialog.open()
        dialog.focus(reason)

    def _do(self, work: partial[Changes]) -> None:
        self._seat.lanes.acting.ask(
            self, work, then=partial(self._done, say.SENT_AGAIN), otherwise=self._refuse
        )

    def _done(self, sentence: str, changes: Changes) -> None:
        self.refresh()
        self._tell(sentence, "lightest")
        self.changed.emit(changes)

    def _refuse(self, error: CportError) -> None:
        self._notice.tell(error)

    def _ask(self, title: str, intro: str, act: str) -> AskingDialog:
        synthetic = self._seat.session.nature.is_synthetic
        dialog = AskingDialog(self, title=title, intro=intro, act=act, synthetic=synthetic)
        dialog.lock_wanted.connect(self.lock_wanted)
        return dialog

    # -- showing

    def _page(self, limit: int, after: str | None) -> Page[OutboxLine]:
        return self._seat.session.exchanging.outbox.page(self._view, limit, after)

    def _show_chosen(self) -> None:
        self.pane.show_line(self.list.chosen())

    def _open(self, line: OutboxLine) -> None:
        if line.report_id is not None:
            self.row_opened.emit(line)

    def _open_chosen(self) -> None:
        line = self.list.chosen()
        if line is not None:
            self._open(line)

    def _tell(self, sentence: str, tone: str | None = None) -> None:
        self._told.say(sentence)
        self._told.set_tone(tone)
        self._told.setVisible(bool(sentence))

    def _choose_view(self, view: OutboxView) -> None:
        self.show_view(view)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _view_button(self, view: OutboxView, label: str, key: str) -> QPushButton:
        made = button(label, partial(self._choose_view, view), kind="level", key=key)
        made.setCheckable(True)
        bind_key(key, self, made.click, everywhere=True)
        self._views.addButton(made, list(OutboxView).index(view))
        return made

    def _choose_part(self, part: PageSection) -> None:
        self.show_part(part)
        part.take_focus()

    def _part_button(self, part: PageSection, label: str, key: str) -> QPushButton:
        made = button(label, partial(self._choose_part, part), kind="level", key=key)
        made.setCheckable(True)
        bind_key(key, self, made.click, everywhere=True)
        self._views.addButton(made, len(_VIEWS) + (self.deeds, self.readings).index(part))
        return made

    def _lay_out(self) -> None:
        spring = QWidget()
        head = FlowLayout(gap=8, elastic=spring)
        head.addWidget(PlainLabel(say.OUTBOX, role="title"))
        head.addWidget(spring)
        self._age = PlainLabel(role="caption")
        head.addWidget(self._age)
        for view, label, key in _VIEWS:
            head.addWidget(self._view_button(view, label, key))
        head.addWidget(self._part_button(self.deeds, more.DEEDS_VIEW, more.DEEDS_KEY))
        head.addWidget(self._part_button(self.readings, more.READINGS, more.READINGS_KEY))
        self._views.button(0).setChecked(True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(say.INTRO, role="muted", wraps=True))
        column.addWidget(self._notice)
        column.addWidget(self._told)
        column.addWidget(self.list, 1)
        self.pane.setMinimumWidth(_PANE_WIDTH - 60)
        self._splitter = FoldingPanes((left, self.pane), heights=(_LIST_HEIGHT, _PANE_HEIGHT))
        self._splitter.setStretchFactor(0, 1)
        lay_usually(self._splitter, [800, _PANE_WIDTH])
        for part in (self._splitter, self.deeds, self.readings):
            self._parts.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 12, 12, 12)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self._parts, 1)


def _same(one: OutboxLine, other: OutboxLine) -> bool:
    return one.operation_id == other.operation_id
