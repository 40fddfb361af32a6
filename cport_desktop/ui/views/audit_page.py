"""The audit log: asked for with a purpose, read page by page, verified, exported.

Rules:
1. Nothing of the log is loaded before a purpose was stated (in a demo vault it may be empty).
2. Leaving the page or locking forgets the purpose: the next reading is another one.
3. Nothing here sorts, filters or adds up by person.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.domain.audit import AuditEntry
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import ROLE_FOR, Role
from cport_desktop.domain.rows import Page
from cport_desktop.errors import CportError
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.keyset_table import KeysetTable
from cport_desktop.ui.models.list_columns import audit_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.list_page import PAGE_SIZE
from cport_desktop.ui.views.silencing import ask_silence
from cport_desktop.ui.views.verifying import Verifying
from cport_desktop.ui.widgets.controls import bind_key, button, panel
from cport_desktop.ui.widgets.empty_state import ListOrWords
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.rows_table import RowsTable
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import vault_page as say
from cport_desktop.words import window as words

_CARD_WIDTH = 560


class AuditPage(QWidget):
    """A question first, then the entries.

    Signals:
        changed(object): `Changes` after the log was verified or exported.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._errand: Errand | None = None
        self._is_first_awaited = False
        self._read_for: str | None = None
        self._may = Role.AUDITOR in seat.session.keeping.roles
        self.purpose = text_field(say.PURPOSE, say.PURPOSE_PLACEHOLDER)
        self.purpose.returnPressed.connect(self.read)
        self._needs = PlainLabel(role="caption", tone="grave", wraps=True)
        self._needs.hide()
        self._purpose_notice = Notice()
        self.model: KeysetTable[AuditEntry] = KeysetTable(audit_columns(), self)
        self.table = RowsTable(words.AUDIT, self.model, seat.theme)
        self.table.kept_as = "audit"
        self._list = ListOrWords(self.table)
        self._told = PlainLabel(role="muted", wraps=True)
        self._notice = Notice()
        self.verifying = Verifying(seat, self._ask)
        self.strip = WorkStrip(say.EXPORT, seat.lanes.tending, seat.clock)
        self.silence: QPushButton | None = None
        """Where the role allows it."""
        self._stack = QStackedWidget()
        self._stack.addWidget(self._question())
        self._stack.addWidget(self._log())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 12, 12)
        column.addWidget(self._stack)
        self.model.more_wanted.connect(self._fetch)
        self.table.rows_chosen.connect(self._offer)
        self._offer()
        self.verifying.changed.connect(self.changed)

    # -- what the window does with it

    def refresh(self) -> None:
        """Look at the newest entries again, if a purpose was stated; otherwise ask for it."""
        if self._read_for is None:
            self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._load()

    def leave(self) -> None:
        """Another page is shown: whoever comes back says anew what for."""
        self._forget()

    def veil(self) -> None:
        """Nothing is ever looked at on this page."""

    def wear(self, theme: Theme) -> None:
        self.table.wear(theme)

    def step_back(self) -> None:
        self.table.clearSelection()

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.purpose,) if self._read_for is None else (self.table,)

    @property
    def is_empty(self) -> bool:
        return self.model.rowCount() == 0

    # -- reading

    def read(self) -> None:
        """Take the purpose and load."""
        purpose = self.purpose.text().strip()
        if not purpose and not self._seat.session.nature.is_synthetic:
            self._needs.say(say.NEEDS_PURPOSE)
            self._needs.show()
            self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._needs.hide()
        self._read_for = purpose
        self._load()

    def _load(self) -> None:
        if self._errand is not None:
            self._errand.cancel()
        self._purpose_notice.dismiss()
        self._is_first_awaited = True
        self._errand = self._page(None, self._show_first)

    def _page(self, cursor: str | None, then: Callable[[Page[AuditEntry]], None]) -> Errand:
        read = self._seat.session.keeping.read_audit
        work = partial(read, self._read_for or "", PAGE_SIZE, cursor)
        return self._seat.lanes.reading.ask(self, work, then=then, otherwise=self._refuse)

    def _fetch(self, cursor: str) -> None:
        # Behind entries that are about to be read anew it would leave a gap.
        if self._read_for is not None and not self._is_first_awaited:
            self._errand = self._page(cursor, self.model.append)

    def _show_first(self, page: Page[AuditEntry]) -> None:
        self._is_first_awaited = False
        self._notice.dismiss()
        self._stack.setCurrentIndex(1)
        self._told.say(say.read_for(self._read_for or ""))
        self.model.show_first(page)
        if page.rows:
            self._list.show_list()
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._list.show_words(words.NO_AUDIT, words.NO_AUDIT_HELP)

    def _refuse(self, error: CportError) -> None:
        self._is_first_awaited = False
        self.model.stop_waiting()
        if self._stack.currentIndex() == 0:
            self._read_for = None
            self._purpose_notice.tell(error)
        else:
            self._notice.tell(error)

    def _forget(self) -> None:
        if self._errand is not None:
            self._errand.cancel()
        self._read_for, self._is_first_awaited = None, False
        self.purpose.setText("")
        self.model.clear()
        self._stack.setCurrentIndex(0)

    def _ask_again(self) -> None:
        self._forget()
        self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- exporting

    def export(self) -> None:
        """Ask where the export goes; the purpose is the one that the log is read for."""
        if self._read_for is None or self.strip.is_running:
            return
        dialog = self._ask(title=say.EXPORT_TITLE, intro=say.EXPORT_INTRO, act=say.EXPORT_NOW)
        target = PathField(say.BACKUP_WHERE, say.PATH_OF_NEW, Choosing.NEW_FILE)
        recipient = text_field(say.EXPORT_FOR, say.EXPORT_FOR_PLACEHOLDER)
        dialog.add_field(say.BACKUP_WHERE, target)
        dialog.add_field(say.EXPORT_FOR, recipient)

        def give() -> None:
            path = target.path()
            if path is None:
                dialog.complain(say.NEEDS_PATH, target)
                return

            def done(entries: int) -> None:
                self.strip.tell(say.exported(entries, str(path)), "lightest")
                self.changed.emit(Changes.AUDIT)

            dialog.accept()
            export = self._seat.session.keeping.export_audit
            work = partial(export, path, recipient.text().strip(), self._read_for or "")
            self.strip.begin(
                lambda _announce, _is_cancelled: work(), then=done, otherwise=self._notice.tell
            )

        dialog.on_give(give)
        dialog.open()

    # -- particulars

    def ask_silence(self) -> None:
        """Show the particulars of the chosen entry and ask why they are to go."""
        entry = self._chosen()
        if entry is not None and entry.draft.payload:
            dialog = self._ask(
                title=say.SILENCE_TITLE,
                intro=say.SILENCE_INTRO,
                act=say.SILENCE_NOW,
                is_final=True,
            )
            ask_silence(dialog, self._seat, entry, self._silenced)

    def _silenced(self, changes: Changes) -> None:
        self.changed.emit(changes)
        if self._read_for is not None:
            self._load()

    def _chosen(self) -> AuditEntry | None:
        rows = self.table.chosen()
        return self.model.row(rows[0]) if rows else None

    def _offer(self) -> None:
        entry = self._chosen()
        if self.silence is not None:
            self.silence.setEnabled(entry is not None and bool(entry.draft.payload))

    def _ask(self, *, title: str, intro: str, act: str, is_final: bool = False) -> AskingDialog:
        dialog = AskingDialog(
            self,
            title=title,
            intro=intro,
            act=act,
            synthetic=self._seat.session.nature.is_synthetic,
            is_final=is_final,
        )
        dialog.lock_wanted.connect(self.lock_wanted)
        return dialog

    # -- laying out

    def _question(self) -> QWidget:
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(PlainLabel(say.PURPOSE_TITLE, role="title", wraps=True))
        column.addWidget(PlainLabel(say.PURPOSE_INTRO, role="muted", wraps=True))
        if self._may:
            label = PlainLabel(say.PURPOSE, role="strong")
            label.setBuddy(self.purpose)
            column.addWidget(label)
            column.addWidget(self.purpose)
            if self._seat.session.nature.is_synthetic:
                column.addWidget(PlainLabel(say.PURPOSE_DEMO, role="caption", wraps=True))
            column.addWidget(self._needs)
            read = button(say.READ, self.read, kind="primary", key="Enter")
            column.addWidget(read, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            needs = say.needs_role(Role.AUDITOR.value, say.AUDITING)
            column.addWidget(PlainLabel(needs, role="strong", wraps=True))
        column.addWidget(self._purpose_notice)
        card = panel(column)
        card.setFixedWidth(_CARD_WIDTH)
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        return _in_the_middle(card)

    def _log(self) -> QWidget:
        page = QWidget()
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for label, key, act in (
            (say.VERIFY, "Alt+V", self.verifying.verify),
            (say.VERIFY_AGAINST, "Alt+G", self.verifying.ask_against),
            (say.EXPORT, "Alt+E", self.export),
            (say.OTHER_PURPOSE, "Alt+P", self._ask_again),
        ):
            made = button(label, act, key=key)
            bind_key(key, page, made.click, everywhere=True)
            acts.addWidget(made)
        if ROLE_FOR["erase"] in self._seat.session.keeping.roles:
            self.silence = button(say.SILENCE, self.ask_silence, key="Alt+X")
            acts.addWidget(self.silence)
            bind_key("Alt+X", page, self.silence.click, everywhere=True)
        acts.addStretch()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(words.AUDIT, role="title"))
        column.addWidget(PlainLabel(words.AUDIT_INTRO, role="muted", wraps=True))
        column.addWidget(self._told)
        column.addLayout(acts)
        column.addWidget(self._notice)
        column.addWidget(self.verifying)
        column.addWidget(self.strip)
        column.addWidget(self._list, 1)
        return page


def _in_the_middle(card: QWidget) -> QWidget:
    around = QWidget()
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(card)
    row.addStretch()
    column = QVBoxLayout(around)
    column.addStretch(2)
    column.addLayout(row)
    column.addStretch(3)
    return around
