"""Verifying the log: by itself, or against what was kept of it elsewhere."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.audit import AuditVerdict
from cport_desktop.domain.changes import Changes
from cport_desktop.errors import CportError
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.fields import PathField
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import vault_page as say


class Ask(Protocol):
    """Makes a dialog over the window."""

    def __call__(self, *, title: str, intro: str, act: str) -> AskingDialog: ...


class Verifying(QWidget):
    """A strip that shows how far a verification is and what it found.

    Signals:
        changed(object): `Changes` after one (it is on record).
    """

    changed = Signal(object)

    def __init__(self, seat: Seat, ask: Ask) -> None:
        super().__init__()
        self._keeping = seat.session.keeping
        self._ask = ask
        self._notice = Notice()
        self.strip = WorkStrip(say.VERIFY, seat.lanes.tending, seat.clock)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._notice)
        column.addWidget(self.strip)

    def verify(self, against: str = "") -> None:
        """Whether every entry is as it was written, and what was kept elsewhere agrees."""
        self._notice.dismiss()
        self.strip.begin(
            lambda _announce, _is_cancelled: self._keeping.verify_audit(against),
            then=self._verified,
            otherwise=self._refused,
        )

    def ask_against(self) -> None:
        """Ask for a checkpoint file or a code, then verify."""
        dialog = self._ask(title=say.VERIFY_TITLE, intro=say.VERIFY_INTRO, act=say.VERIFY)
        field = PathField(say.AGAINST, say.AGAINST_PLACEHOLDER, Choosing.FILE)
        dialog.add_field(say.AGAINST, field)

        def give() -> None:
            text = field.field.text().strip()
            if not text:
                dialog.complain(say.NEEDS_AGAINST, field)
                return
            dialog.accept()
            self.verify(text)

        dialog.on_give(give)
        dialog.open()

    def words(self) -> str:
        return self.strip.words()

    def _verified(self, verdict: AuditVerdict) -> None:
        if verdict.fault is None:
            told = say.verified(verdict.entries, verdict.anchors, verdict.erased)
        else:
            told = say.not_verified(verdict.faults or (verdict.fault,))
        tone = "lightest" if verdict.fault is None else "gravest"
        self.strip.tell("\n".join((told, *verdict.remarks)), tone)
        self.changed.emit(Changes.AUDIT)

    def _refused(self, error: CportError) -> None:
        self._notice.tell(error)
