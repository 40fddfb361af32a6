"""The form over a list that is read in: tried first, with a preview; given once more as it was tried, read in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.ui.knowing import ReadLine, ReadOrder
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.list_columns import ListColumns
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.facts import FactGrid, section
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.pairs import pair
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import hash_lists_page as say
from cport_desktop.words import known_acts as acts
from cport_desktop.words import list_manifests as manifests
from cport_desktop.words import list_reading as words

Attempt = Callable[[Announce, IsCancelled], ReadLine]
AUTO: Final = "auto"
_SHOWN: Final = 5
"""Rows of the preview."""
_LONGEST_ROW: Final = 160
"""Characters of a row in it."""


class ListReadingForm:
    """What a person says of a file, and what trying it showed. Whatever is changed, it is tried again;
    only where to write what is refused may be said afterwards. Both can be stopped.
    """

    def __init__(
        self,
        dialog: AskingDialog,
        strip: WorkStrip,
        *,
        attempt: Callable[[ReadOrder], Attempt],
        read_in: Callable[[ReadOrder], None],
        is_busy: Callable[[], bool],
    ) -> None:
        self._dialog = dialog
        self._strip = strip
        self._attempt = attempt
        self._read_in = read_in
        self._is_busy = is_busy
        self._tried: ReadOrder | None = None
        self._path = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.FILE)
        self._kind = Choice(words.KIND)
        self._kind.addItem(words.BY_CONTENT)
        self._kind.addItems(list(words.KINDS.values()))
        self._name = text_field(say.NAME, say.NAME_PLACEHOLDER)
        self._source = text_field(say.BODY, say.BODY_PLACEHOLDER)
        self._version = text_field(say.EDITION, say.EDITION_PLACEHOLDER)
        self._profile = text_field(words.PROFILE, words.PROFILE_PLACEHOLDER)
        self._handling = text_field(acts.HANDLING, acts.HANDLING_PLACEHOLDER)
        self._trust = PathField(manifests.TRUST, manifests.TRUST_HERE, Choosing.FILE)
        self._harmless = QCheckBox(say.IS_HARMLESS)
        self._rejects = PathField(words.REJECTS, words.REJECTS_PLACEHOLDER, Choosing.NEW_FILE)
        self._refused = QWidget()
        self._shown = QVBoxLayout()
        self._columns = ListColumns()

    def open(self) -> None:
        """Over the window."""
        dialog = self._dialog
        dialog.add_field(say.FILE, self._path)
        dialog.add_field(words.KIND, self._kind)
        dialog.add(pair((say.NAME, self._name), (say.EDITION, self._version)))
        dialog.add(pair((say.BODY, self._source), (words.PROFILE, self._profile)))
        dialog.add_field(acts.HANDLING, self._handling)
        dialog.add_field(manifests.TRUST, self._trust)
        for field in (self._name, self._version, self._source, self._profile):
            field.returnPressed.connect(dialog.give)
        dialog.add(self._harmless)
        preview = QWidget()
        preview.setLayout(self._shown)
        self._shown.setContentsMargins(0, 4, 0, 0)
        dialog.add(preview)
        dialog.add(self._columns)
        dialog.add(self._lay_out_refused())
        dialog.add_strip(self._strip)
        self._path.field.textChanged.connect(lambda _text: self._forget())
        self._rejects.returned.connect(dialog.give)
        self._rejects.lock_wanted.connect(dialog.lock_wanted)
        self._columns.changed.connect(dialog.fit)
        dialog.on_give(self._give)
        dialog.open()

    def _lay_out_refused(self) -> QWidget:
        column = QVBoxLayout(self._refused)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(section(words.REJECTS))
        column.addWidget(self._rejects)
        column.addWidget(PlainLabel(words.REJECTS_HELP, role="caption", wraps=True))
        self._refused.hide()
        return self._refused

    def _forget(self) -> None:
        """Another file: what was seen of the one before says nothing of it."""
        self._columns.show_columns(())
        self._refused.hide()
        self._show_rows(())
        self._dialog.fit()

    def _order(self) -> ReadOrder | None:
        path = self._path.path()
        if path is None:
            return None
        kinds = (AUTO, *words.KINDS)
        return ReadOrder(
            path,
            self._name.text().strip(),
            self._source.text().strip(),
            self._version.text().strip(),
            self._harmless.isChecked(),
            kind=kinds[self._kind.currentIndex()],
            columns=self._columns.said(),
            profile=self._profile.text().strip(),
            handling=self._handling.text().strip(),
            trust=self._trust.path(),
        )

    def _give(self) -> None:
        order = self._order()
        if order is None:
            self._dialog.complain(say.NEEDS_FILE, self._path)
        elif self._is_busy():
            self._dialog.complain(say.BUSY)
        elif order == self._tried:
            rejects = None if self._refused.isHidden() else self._rejects.path()
            self._dialog.accept()
            self._read_in(replace(order, rejects=rejects))
        else:

            def then(line: ReadLine) -> None:
                self._show(order, line)

            self._dialog.work_long(
                self._strip, self._attempt(order), then=then, stopped=say.TRYING_STOPPED
            )

    def _show(self, order: ReadOrder, line: ReadLine) -> None:
        self._tried = order
        told = [words.recognised(line.kind, one_line(line.profile))] if line.kind else []
        told.append(say.tried(line.accepted, line.rejected, line.duplicates))
        told += [one_line(line.standing)] if line.standing else []
        if line.first_refused is not None:
            told.append(say.first_refused(*line.first_refused))
        self._columns.show_columns(line.columns, is_said=bool(order.columns))
        self._refused.setVisible(line.rejected > 0)
        self._show_rows(line.first[:_SHOWN])
        self._dialog.tell(" ".join(told))

    def _show_rows(self, rows: tuple[tuple[int, str], ...]) -> None:
        while (item := self._shown.takeAt(0)) is not None:
            if (shown := item.widget()) is not None:
                shown.hide()
                shown.deleteLater()
        if rows:
            self._shown.addWidget(section(words.PREVIEW))
            facts = [(words.row_number(at), one_line(told)[:_LONGEST_ROW]) for at, told in rows]
            self._shown.addWidget(FactGrid(facts))
