"""Exporting a table: what leaves, in which columns, by which clause; then that it is written.

Rules:
1. What would leave is counted and named before anything is written, anew with every choice.
2. «Written» is said only after the file was read back.
3. The dialog opens without a loop of its own, and a lock closes it. Escape stops work under way first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import AllFound, Chosen
from cport_desktop.domain.rows import Order
from cport_desktop.domain.table import (
    TableForm,
    TableFormat,
    TablePreview,
    TableSubject,
    WithheldColumn,
    WrittenTable,
)
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.tabling import TableWish
from cport_desktop.ui.views.help_dialog import HelpKey
from cport_desktop.ui.widgets.controls import Choice, bind_key, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.ui.widgets.yielding import YieldingColumn, fit_height
from cport_desktop.words import table_page as say
from cport_desktop.words import window as words
from cport_desktop.words.help import TABLE

_WIDTH = 620


@dataclass(frozen=True, slots=True)
class Exportable:
    """What a page can export. `chosen`: what leaves; `shown`: columns of the file that tell what the
    table shows, none where it shows no table.
    """

    subject: TableSubject
    chosen: Chosen
    order: Order = field(default_factory=Order)
    shown: tuple[str, ...] = ()


class ExportDialog(QDialog):
    """One table.

    Signals:
        changed(object): `Changes` after a table left (its audit entry).
        lock_wanted(): the analyst wants the vault locked, dialog or not.
    """

    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat, what: Exportable, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say.EXPORT_TITLE)
        self.setFixedWidth(_WIDTH)
        self._seat = seat
        self._what = what
        self._digest = ""
        self._asked: Errand | None = None
        self._make_fields()
        self._lay_out()
        self._connect()
        self._foresee()

    def is_working(self) -> bool:
        return self.strip.is_running

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.strip.stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape: stop the work if there is any, otherwise close."""
        if self.strip.is_running:
            self.strip.stop()
        else:
            super().reject()

    def write(self) -> None:
        """Write the file, if it is known where."""
        self._notice.dismiss()
        if self.strip.is_running or not self._write.isEnabled():
            return
        if self.path.path() is None:
            self.strip.tell(say.NEEDS_PATH, "grave")
            self.path.setFocus()
            return
        if self._asked is not None:
            self._asked.cancel()  # Its answer would take the place of what comes of the writing.
        self._show_working(is_working=True)
        self.strip.begin(
            partial(self._seat.session.tabling.export, self._wish()),
            then=self._finish,
            otherwise=self._fail,
            stopped=self._stopped,
        )

    # -- what would leave

    def _wish(self) -> TableWish:
        shown = self.columns.currentIndex() == 0 and self._what.shown
        form = TableForm(
            format=list(TableFormat)[self.format.currentIndex()],
            columns=self._what.shown if shown else (),
            is_exact=self.exact.isChecked(),
            has_mark=self.mark.isChecked(),
        )
        return TableWish(
            subject=self._what.subject,
            chosen=self._what.chosen,
            form=form,
            order=self._what.order,
            path=self.path.path() or Path(),
            recipient=self.recipient.text(),
            reason=self.reason.text(),
        )

    def _foresee(self) -> None:
        is_csv = self.format.currentIndex() == list(TableFormat).index(TableFormat.CSV)
        self.mark.setVisible(is_csv)
        self._write.setEnabled(False)
        self._preview.say(say.COUNTING)
        self._ask_preview()

    def _foresee_for(self) -> None:
        """For another recipient or reason as much would leave, or nothing: the button stays, since whoever
        leaves a field by pressing it would press in vain.
        """
        if not self.strip.is_running:
            self._ask_preview()

    def _ask_preview(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.tabling.foresee, self._wish()),
            then=self._show_preview,
            otherwise=self._refuse,
        )

    def _show_preview(self, preview: TablePreview) -> None:
        self._notice.dismiss()
        clauses = ", ".join(preview.clauses)
        self._preview.say(say.foreseen(preview.rows, len(preview.columns), clauses))
        self._listed.say(say.columns_listed(", ".join(preview.columns)))
        self._withheld.say("\n".join(_withheld(preview.withheld)))
        self._withheld.setVisible(bool(preview.withheld))
        self._write.setEnabled(True)
        fit_height(self)

    def _refuse(self, error: CportError) -> None:
        self._write.setEnabled(False)
        self._preview.say("")
        self._listed.say("")
        self._withheld.hide()
        self._notice.tell(error)
        fit_height(self)

    # -- what came of it

    def _finish(self, written: WrittenTable) -> None:
        self._digest = written.sha256
        self._form.hide()
        self._write.hide()
        self._close.setText(words.key_named(say.EXPORT_CLOSE, "Esc"))
        path = self.path.path() or Path()
        size = figures.size(written.size)
        add = self._proof.addWidget
        add(PlainLabel(say.WRITTEN, role="heading", tone="lightest", wraps=True))
        add(PlainLabel(say.written(written.rows, size, path.name), role="muted", wraps=True))
        if written.sheets > 1:
            add(PlainLabel(say.on_sheets(written.sheets), wraps=True))
        if written.shortened:
            add(PlainLabel(say.cells_shortened(written.shortened), tone="grave", wraps=True))
        add(section(say.DIGEST))
        add(PlainLabel(written.sha256, role="mono", wraps=True, can_be_copied=True))
        copy = button(say.COPY_DIGEST, self._copy_digest, kind="small")
        self._proof.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        add(PlainLabel(say.in_the_clear(path.name), role="caption", wraps=True))
        self._close.setFocus()
        fit_height(self)
        self.changed.emit(Changes.AUDIT)

    def _fail(self, error: CportError) -> None:
        self._show_working(is_working=False)
        self._notice.tell(error)
        fit_height(self)

    def _stopped(self) -> None:
        self._show_working(is_working=False)
        self.strip.tell(say.STOPPED)
        fit_height(self)

    def _show_working(self, *, is_working: bool) -> None:
        self._form.setEnabled(not is_working)
        self._write.setEnabled(not is_working)
        label = say.EXPORT_STOP if is_working else say.EXPORT_CLOSE
        self._close.setText(words.key_named(label, "Esc"))
        fit_height(self)

    def _copy_digest(self) -> None:
        QGuiApplication.clipboard().setText(self._digest)

    # -- laying out

    def _make_fields(self) -> None:
        self.format = Choice(say.FORMAT)
        self.format.addItems([say.FORMATS[form.value] for form in TableFormat])
        self.mark = QCheckBox(say.WITH_MARK)
        self.mark.setAccessibleName(say.WITH_MARK)
        self.columns = Choice(say.WHICH_COLUMNS)
        offered = (say.COLUMNS_SHOWN, say.COLUMNS_ALL) if self._what.shown else (say.COLUMNS_ALL,)
        self.columns.addItems(list(offered))
        self.exact = QCheckBox(say.EXACT)
        self.exact.setAccessibleName(say.EXACT)
        self.exact.setVisible(self._what.subject is TableSubject.REPORTS)
        self.path = PathField(say.WHERE, say.WHERE_HINT, Choosing.NEW_FILE)
        self.recipient = text_field(say.FOR_WHOM)
        self.reason = text_field(say.WHAT_FOR)
        self._preview = PlainLabel(role="strong", wraps=True)
        self._listed = PlainLabel(role="caption", wraps=True)
        self._withheld = PlainLabel(tone="grave", wraps=True)
        self._notice = Notice()
        self.strip = WorkStrip(say.EXPORT_TITLE, self._seat.lanes.packing, self._seat.clock)
        self._write = button(say.EXPORT_NOW, self.write, kind="primary", key="Ctrl+Enter")
        self._close = button(say.EXPORT_CLOSE, self.reject, key="Esc")
        self._form = QWidget()
        self._proof = QVBoxLayout()

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(lambda _at: self._foresee())
        self.columns.currentIndexChanged.connect(lambda _at: self._foresee())
        self.recipient.editingFinished.connect(self._foresee_for)
        self.reason.editingFinished.connect(self._foresee_for)
        self.path.returned.connect(self.write)
        self.path.lock_wanted.connect(self.lock_wanted)
        self._notice.shown.connect(lambda _shown: fit_height(self))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(keys, self, self.write, everywhere=True)
        bind_key("Ctrl+L", self, self.lock_wanted.emit, everywhere=True)
        HelpKey(self, TABLE).lock_wanted.connect(self.lock_wanted)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(PlainLabel(say.EXPORT_TITLE, role="title"))
        head.addStretch()
        if self._seat.session.nature.is_synthetic:
            mark = PlainLabel(words.SYNTHETIC, role="synthetic")
            head.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._fill_form()
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._close)
        foot.addWidget(self._write)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addLayout(head)
        inside = YieldingColumn(say.EXPORT_TITLE, spacing=10)
        for part in (self._form, self._proof, self._notice):
            inside.add(part)
        column.addWidget(inside)
        column.addWidget(self.strip)
        column.addLayout(foot)
        fit_height(self)

    def _fill_form(self) -> None:
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addWidget(section(say.WHAT))
        form.addWidget(PlainLabel(_what_words(self._what), wraps=True))
        form.addWidget(self._preview)
        form.addWidget(self._listed)
        form.addWidget(self._withheld)
        for label, choice in (
            (say.WHICH_COLUMNS, self.columns),
            (say.FORMAT, self.format),
        ):
            form.addSpacing(4)
            form.addWidget(section(label))
            form.addWidget(choice)
        form.addWidget(self.mark)
        form.addWidget(self.exact)
        for label, line in (
            (say.WHERE, self.path),
            (say.FOR_WHOM, self.recipient),
            (say.WHAT_FOR, self.reason),
        ):
            form.addSpacing(4)
            form.addWidget(section(label))
            form.addWidget(line)
        form.addWidget(PlainLabel(say.IN_THE_CLEAR, role="caption", wraps=True))


def _what_words(what: Exportable) -> str:
    chosen = what.chosen
    if not isinstance(chosen, AllFound):
        return say.chosen_rows(len(chosen))
    if chosen.without:
        return say.all_but(chosen.text, figures.count(len(chosen.without)))
    return say.asked(what.subject.value, chosen.text)


def _withheld(columns: tuple[WithheldColumn, ...]) -> list[str]:
    def clause(column: WithheldColumn) -> str:
        return column.clause or ""

    return [
        say.columns_withheld([column.name for column in group], number or None)
        for number, group in groupby(sorted(columns, key=clause), clause)
    ]
