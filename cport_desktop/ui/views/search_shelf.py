"""The shelf beneath the query line: searches that are kept, and what can be done with them.

What the line says is kept under the name that is typed; a name that is taken already is replaced only when
a person says so. One that was removed can be put back, until another is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from cport_desktop.domain.saved_search import (
    LONGEST_NAME,
    MOST_KEPT,
    RemovedSearch,
    SavedSearch,
    SearchSubject,
    SearchTerms,
)
from cport_desktop.errors import CportError, SearchExists
from cport_desktop.ui.finding import BroughtLine, SearchOrder
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.models.search_columns import search_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.undo_strip import UndoStrip
from cport_desktop.words import searches as say

_LIST_HEIGHT: Final = 168


class SearchShelf(QFrame):
    """Searches of one subject's line.

    Signals:
        run_wanted(object): ask this `SavedSearch`.
        changed(): others are kept, or pinned, than before.
    """

    run_wanted = Signal(object)
    changed = Signal()

    def __init__(
        self, seat: Seat, *, subject: SearchSubject, asked: Callable[[], tuple[str, str]]
    ) -> None:
        """`asked`: what the line says now, and the order (`-received`)."""
        super().__init__()
        self.setProperty("panel", "true")
        self.setAccessibleName(say.SHELF_NAME)
        self._seat = seat
        self._subject = subject
        self._asked = asked
        self._errand: Errand | None = None
        self.list: Listing[SavedSearch] = Listing(
            say.SHELF_NAME,
            search_columns(),
            seat.theme,
            empty=(say.NO_SEARCHES_TITLE, say.NO_SEARCHES_HELP),
        )
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.name = text_field(say.NAME, say.NAME_PLACEHOLDER)
        self.name.setMaxLength(LONGEST_NAME)
        self.units = QCheckBox(say.FOR_UNIT)
        self.units.setVisible(seat.session.finding.may_keep_for_unit)
        self.replace = button(say.REPLACE, partial(self._keep, replaces=True), kind="small")
        self.replace.hide()
        self.pin = button(say.PIN, self._pin, kind="small")
        self.file = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.NEW_FILE)
        self._told = PlainLabel(role="caption", wraps=True)
        self._told.hide()
        self.undo = UndoStrip(
            has_key=False
        )  # Beside this shelf Ctrl+Z undoes what was typed or decided.
        self._notice = Notice()
        self._acts = (
            button(say.RUN, self._run, kind="small"),
            button(say.RENAME, self._rename, kind="small"),
            self.pin,
            button(say.REMOVE, self._remove, kind="small"),
        )
        self._lay_out()
        self.list.row_opened.connect(self.run_wanted)
        self.list.chosen_changed.connect(self._choose)
        self.name.returnPressed.connect(partial(self._keep, replaces=False))
        self.name.textEdited.connect(lambda _text: self.replace.hide())

    def refresh(self) -> None:
        """What is kept now."""
        if self._errand is not None:
            self._errand.cancel()
        self._errand = self._seat.lanes.reading.ask(
            self, self._seat.session.finding.searches, then=self._show, otherwise=self._refuse
        )

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def chosen(self) -> SavedSearch | None:
        return self.list.chosen()

    def told(self) -> str:
        """What it says beneath its fields."""
        return "" if self._told.isHidden() else self._told.text()

    def _show(self, searches: tuple[SavedSearch, ...]) -> None:
        self.list.show_rows(searches, same=lambda one, other: one.search_id == other.search_id)

    def _choose(self) -> None:
        search = self.chosen()
        for act in self._acts:
            act.setEnabled(search is not None)
        is_pinned = search is not None and search.place is not None
        self.pin.setText(say.UNPIN if is_pinned else say.PIN)
        self.pin.setAccessibleName(say.UNPIN if is_pinned else say.PIN)

    # -- acts

    def _run(self) -> None:
        if (search := self.chosen()) is not None:
            self.run_wanted.emit(search)

    def _keep(self, *, replaces: bool) -> None:
        text, sort = self._asked()
        terms = SearchTerms(self.name.text(), text, self._subject, sort)
        order = SearchOrder(terms, is_units=self.units.isChecked(), replaces=replaces)
        save = partial(self._seat.session.finding.save, order)
        self._work(save, self._kept, otherwise=self._refuse_keeping)

    def _kept(self, search: SavedSearch) -> None:
        self.name.clear()
        self.replace.hide()
        self._done(say.saved(search.name))

    def _rename(self) -> None:
        if (search := self.chosen()) is not None:
            rename = self._seat.session.finding.rename
            self._work(
                partial(rename, search.search_id, self.name.text()),
                lambda done: self._done(say.renamed(done.name)),
            )

    def _remove(self) -> None:
        if (search := self.chosen()) is not None:
            remove = self._seat.session.finding.remove
            self._work(partial(remove, search.search_id), self._removed)

    def _removed(self, removed: RemovedSearch) -> None:
        self._offer_back(removed)
        self._done("")

    def _offer_back(self, removed: RemovedSearch) -> None:
        self.undo.tell(say.removed(removed.search.name), partial(self._put_back, removed))

    def _put_back(self, removed: RemovedSearch) -> None:
        def refused(error: CportError) -> None:
            self._offer_back(removed)  # Its name may be free again in a moment.
            self._refuse(error)

        put_back = partial(self._seat.session.finding.put_back, removed)
        self._work(put_back, self._is_back, otherwise=refused)

    def _is_back(self, search: SavedSearch) -> None:
        self.undo.dismiss()
        self._done(say.put_back(search.name))

    def _pin(self) -> None:
        if (search := self.chosen()) is not None:
            place = MOST_KEPT if search.place is None else None
            pin = self._seat.session.finding.pin
            self._work(partial(pin, search.search_id, place), lambda _every: self._done(""))

    def _write_file(self) -> None:
        if (path := self.file.path()) is not None:
            export = self._seat.session.finding.export
            self._work(
                partial(export, path), lambda count: self._done(say.exported(count, str(path)))
            )

    def _read_file(self) -> None:
        if (path := self.file.path()) is not None:
            self._work(partial(self._seat.session.finding.bring, path), self._brought)

    def _brought(self, line: BroughtLine) -> None:
        self._done(say.imported(line.kept, line.renamed, line.duplicates, line.unread))

    def _work(
        self,
        act: Callable[[], object],
        then: Callable[..., None],
        otherwise: Callable[[CportError], None] | None = None,
    ) -> None:
        self._notice.dismiss()
        self.replace.hide()
        self._seat.lanes.acting.ask(self, act, then=then, otherwise=otherwise or self._refuse)

    def _done(self, words: str) -> None:
        self._told.say(words)
        self._told.setVisible(bool(words))
        self.refresh()
        self.changed.emit()

    def _refuse_keeping(self, error: CportError) -> None:
        """Only what was to be kept can take the place of another: a search that was to be renamed cannot."""
        self.replace.setVisible(isinstance(error, SearchExists))
        self._refuse(error)

    def _refuse(self, error: CportError) -> None:
        self._notice.tell(error)

    # -- laying out

    def _lay_out(self) -> None:
        keeping = QHBoxLayout()
        keeping.setSpacing(8)
        keeping.addWidget(self.name, 1)
        keeping.addWidget(self.units)
        keeping.addWidget(button(say.KEEP, partial(self._keep, replaces=False), kind="small"))
        keeping.addWidget(self.replace)
        keeping.addSpacing(12)
        for act in self._acts:
            keeping.addWidget(act)
        files = QHBoxLayout()
        files.setSpacing(8)
        files.addWidget(self.file, 1)
        files.addWidget(button(say.WRITE_FILE, self._write_file, kind="small"))
        files.addWidget(button(say.READ_FILE, self._read_file, kind="small"))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.list)
        column.addLayout(keeping)
        column.addLayout(files)
        column.addWidget(PlainLabel(say.FILE_WARNING, role="caption", wraps=True))
        column.addWidget(self.undo)
        column.addWidget(self._told)
        column.addWidget(self._notice)
        self.setFocusProxy(self.list.table)
        self._choose()
