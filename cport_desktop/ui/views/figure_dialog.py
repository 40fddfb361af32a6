"""Saving a figure: in which form, where, for whom and what for; then that it is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.figure_file import FigureFormat, Wanted, WrittenFigure
from cport_desktop.ui import figures
from cport_desktop.ui.charting import FigureWish
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.words import charts as say


class FigureDialog(AskingDialog):
    """One figure, in one of `forms`.

    Signals:
        changed(object): `Changes` after it left (its audit entries).
    """

    changed = Signal(object)

    def __init__(
        self, seat: Seat, wanted: Wanted, forms: Sequence[FigureFormat], *, parent: QWidget
    ) -> None:
        super().__init__(
            parent,
            title=say.EXPORT_TITLE,
            intro=say.EXPORT_INTRO,
            act=say.EXPORT_ACT,
            synthetic=seat.session.nature.is_synthetic,
        )
        self._seat = seat
        self._wanted = wanted
        self._forms = tuple(forms)
        self.form = Choice(say.FORMAT)
        self.form.addItems([say.FORMATS[form.value] for form in self._forms])
        self.path = PathField(say.WHERE, say.WHERE_HINT, Choosing.NEW_FILE)
        self.recipient = text_field(say.FOR_WHOM)
        self.reason = text_field(say.WHAT_FOR)
        self.add_field(say.FORMAT, self.form)
        self.add_field(say.WHERE, self.path)
        self.add_field(say.FOR_WHOM, self.recipient)
        self.add_field(say.WHAT_FOR, self.reason)
        self.on_give(self._write)

    def _write(self) -> None:
        path = self.path.path()
        if path is None:
            self.complain(say.NEEDS_PATH, self.path)
            return
        wish = FigureWish(
            wanted=self._wanted,
            format=self._forms[self.form.currentIndex()],
            path=path,
            recipient=self.recipient.text(),
            reason=self.reason.text(),
        )
        self.work(
            self._seat.lanes.packing,
            partial(self._seat.session.charting.export, wish),
            then=partial(self._finish, path),
        )

    def _finish(self, path: Path, written: WrittenFigure) -> None:
        told = say.written(figures.size(written.size), one_line(path.name))
        self.conclude(say.WRITTEN, more=f"{told}\n{say.digest(written.sha256)}")
        self.changed.emit(Changes.AUDIT)
