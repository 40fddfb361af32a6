"""A dialog that asks for something, does it, and says what came of it.

Rules:
1. It opens without a loop of its own, belongs to the window, and a lock takes it away.
2. What was refused is said where it was asked, and the fields are ready again.
3. While an act is under way Escape does nothing: it would be done and nobody told.
4. What was written in a field of several lines goes with the dialog: Escape says so first, and leaves when
   it is pressed once more; not where it is kept (`keep_what_is_written`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.views.help_dialog import HelpKey
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.ui.widgets.yielding import YieldingColumn, fit_height, grow_upwards
from cport_desktop.words import vault_page as say
from cport_desktop.words import window as words
from cport_desktop.words.help import ASKING_KEYS, HelpText
from cport_desktop.words.writing import LEAVING_LOSES

Answer = TypeVar("Answer")
WIDTH = 560
_PLACED_MS = 20
"""After so long what was just shown has its place."""


class AskingDialog(QDialog):
    """One question.

    Signals:
        ended(object): what the act answered.
        lock_wanted(): the analyst wants the vault locked, dialog or not.
    """

    ended = Signal(object)
    lock_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        intro: str,
        act: str,
        synthetic: bool = False,
        is_final: bool = False,
    ) -> None:
        """`is_final`: the act cannot be taken back, and looks like it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setFixedWidth(WIDTH)
        self._is_working = False
        self._warned_of: tuple[str, ...] = ()
        self._is_kept = False
        self._first: QWidget | None = None
        self._on_give: Callable[[], None] | None = None
        self._form = QWidget()
        self._fields = QVBoxLayout(self._form)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.setSpacing(6)
        self._told = PlainLabel(role="muted", wraps=True)
        self._told.hide()
        self._notice = Notice()
        self._notice.shown.connect(lambda _shown: self.fit())
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(say.WORKING)
        self._bar.hide()
        kind = "final" if is_final else "primary"
        self._act = button(act, self.give, kind=kind, key="Ctrl+Enter")
        self._close = button(say.LEAVE, self.reject, key="Esc")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(keys, self, self.give, everywhere=True)
        bind_key("Ctrl+L", self, self.lock_wanted.emit, everywhere=True)
        told = HelpText(title, intro, keys=ASKING_KEYS)
        HelpKey(self, told).lock_wanted.connect(self.lock_wanted)
        self._lay_out(title, intro, synthetic=synthetic)

    # -- what it asks

    def add_field(self, label: str, field: QWidget, *, hint: str = "") -> None:
        """A field under its label. Enter in it goes on to the act."""
        self._fields.addSpacing(4)
        named = section(label)
        named.setWordWrap(True)
        self._fields.addWidget(named)
        self._fields.addWidget(field)
        self._first = self._first or field
        if hint:
            self._fields.addWidget(PlainLabel(hint, role="caption", wraps=True))
        if isinstance(field, QLineEdit):
            field.returnPressed.connect(self.give)
        elif isinstance(field, PathField):
            field.returned.connect(self.give)
            field.lock_wanted.connect(self.lock_wanted)

    def add(self, part: QWidget) -> None:
        """Something between the fields."""
        self._fields.addWidget(part)
        if self._first is None and not isinstance(part, PlainLabel):
            self._first = part

    def keep_what_is_written(self) -> None:
        """What is typed outlives the dialog."""
        self._is_kept = True

    def on_give(self, act: Callable[[], None]) -> None:
        """What is done when the person says so."""
        self._on_give = act

    def complain(self, sentence: str, field: QWidget | None = None) -> None:
        """Something is missing: where, and what."""
        self.tell(sentence, "grave")
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, sentence: str, tone: str | None = None) -> None:
        self._told.say(sentence)
        self._told.set_tone(tone)
        self._told.setVisible(bool(sentence))
        self.fit()
        if sentence:
            # Once it has its place: where the fields do not all fit, it may lie below what is seen.
            QTimer.singleShot(_PLACED_MS, self._told, self._bring_told)

    def _bring_told(self) -> None:
        self._inside.ensureWidgetVisible(self._told)

    def told(self) -> str:
        """What it says beneath the fields; empty while it says nothing."""
        return "" if self._told.isHidden() else self._told.text()

    # -- what it does

    def is_working(self) -> bool:
        return self._is_working

    def work(
        self,
        lane: Lane,
        act: Callable[[], Answer],
        *,
        then: Callable[[Answer], None] | None = None,
        owner: QObject | None = None,
        waiting: str = say.WORKING,
    ) -> None:
        """Do `act`. Its answer goes to `then`, which may say what came of it; without one the
        dialog closes.
        """
        self._notice.dismiss()
        self._show_working(is_working=True)
        self.tell(waiting)

        def finished(answer: Answer) -> None:
            self._show_working(is_working=False)
            self.tell("")
            if then is None:
                self.accept()
            else:
                then(answer)
            self.ended.emit(answer)

        lane.ask(owner or self, act, then=finished, otherwise=self.refuse)

    def work_long(
        self,
        strip: WorkStrip,
        act: Callable[[Announce, IsCancelled], Answer],
        *,
        then: Callable[[Answer], None],
        stopped: str,
    ) -> None:
        """Like `work`, for what may take long: `strip`, which `add_strip` laid here, shows how far it is
        and stops it. Stopped, the fields are ready again and `stopped` is said.
        """
        self._notice.dismiss()
        self.tell("")
        self._show_working(is_working=True)
        self._bar.hide()

        def finished(answer: Answer) -> None:
            self._show_working(is_working=False)
            then(answer)
            self.ended.emit(answer)

        def given_up() -> None:
            self._show_working(is_working=False)
            strip.tell("")
            self.tell(stopped)

        strip.begin(act, then=finished, otherwise=self.refuse, stopped=given_up)
        self.fit()

    def add_strip(self, strip: WorkStrip) -> None:
        """Where `work_long` shows how far it is: not among the fields, so that it can be stopped."""
        self._outcome.addWidget(strip)

    def refuse(self, error: CportError) -> None:
        """Say why it was not done; the fields are ready again."""
        self._show_working(is_working=False)
        self.tell("")
        self._notice.tell(error)

    def give(self) -> None:
        """As if the person had pressed the button."""
        if not self._is_working and self._on_give is not None and self._act.isVisibleTo(self):
            self._notice.dismiss()
            self.tell("")
            self._on_give()

    def focus(self, field: QWidget) -> None:
        """Type there, once the field is on the screen."""
        QTimer.singleShot(0, field, lambda: field.setFocus(Qt.FocusReason.OtherFocusReason))

    def fit(self) -> None:
        """Take the height that the content needs."""
        fit_height(self)

    def set_act_visible(self, *, is_visible: bool) -> None:
        """A dialog that only tells something has nothing to press but what closes it."""
        self._act.setVisible(is_visible)

    def conclude(self, sentence: str, *, tone: str | None = "lightest", more: str = "") -> None:
        """It is done: what came of it in place of the fields, and nothing left but to close."""
        self._form.hide()
        self._act.hide()
        self._told.hide()
        self._outcome.addWidget(PlainLabel(sentence, role="strong", tone=tone, wraps=True))
        if more:
            self._outcome.addWidget(PlainLabel(more, role="muted", wraps=True, can_be_copied=True))
        self._close.setText(words.key_named(say.CLOSE, "Esc"))
        self._close.setAccessibleName(words.accessible_with_key(say.CLOSE, "Esc"))
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def open(self) -> None:
        """Over the window, ready to be typed into."""
        super().open()
        (self._first or self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        grow_upwards(self, event.size().height())

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    def reject(self) -> None:
        if self._is_working:
            return
        written = self._written()
        if written == self._warned_of:
            super().reject()
        else:
            self._warned_of = written
            self.tell(LEAVING_LOSES, "grave")

    def _written(self) -> tuple[str, ...]:
        """What somebody wrote that would be lost with the dialog."""
        outlives = self._is_kept or not self.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._form.isHidden() or outlives:
            return ()
        editors = self._form.findChildren(QPlainTextEdit)
        return tuple(each.toPlainText() for each in editors if each.document().isModified())

    def _show_working(self, *, is_working: bool) -> None:
        self._is_working = is_working
        self._form.setEnabled(not is_working)
        self._act.setEnabled(not is_working)
        self._close.setEnabled(not is_working)
        self._bar.setVisible(is_working)
        self.fit()

    def _lay_out(self, title: str, intro: str, *, synthetic: bool) -> None:
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, role="title", wraps=True), 1)
        if synthetic:
            mark = PlainLabel(words.SYNTHETIC, role="synthetic")
            head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._outcome = QVBoxLayout()
        self._outcome.setSpacing(6)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._close)
        foot.addWidget(self._act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addLayout(head)
        inside = self._inside = YieldingColumn(title, spacing=10)
        if intro:
            inside.add(PlainLabel(intro, role="muted", wraps=True))
        for part in (self._form, self._outcome, self._notice, self._told):
            inside.add(part)
        column.addWidget(inside)
        column.addWidget(self._bar)
        column.addSpacing(4)
        column.addLayout(foot)
        self.fit()
