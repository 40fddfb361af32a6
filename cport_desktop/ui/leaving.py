"""What leaves as a file from the page that is shown: a package, or a table of what it lists."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.draft import THE_PACKAGE, PackageFields
from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.table import TableSubject
from cport_desktop.ui import page_table, places
from cport_desktop.ui.page_room import PageRoom
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.compose_dialog import NOTHING_YET, ComposeDialog
from cport_desktop.ui.views.export_dialog import Exportable, ExportDialog
from cport_desktop.ui.ways import Ways
from cport_desktop.words.composing_page import NO_STACK
from cport_desktop.words.table_page import NO_TABLE


class Leaving(QObject):
    """The dialogs over `window`; the agreement and the roles are asked where something is written.

    Signals:
        told(str): why nothing leaves from here, in a sentence.
    """

    told = Signal(str)

    def __init__(self, seat: Seat, pages: PageRoom, ways: Ways, window: QWidget) -> None:
        super().__init__(window)
        self._seat = seat
        self._pages = pages
        self._ways = ways
        self._window = window
        self.composer: ComposeDialog | None = None
        ways.package_wanted.connect(self.compose)
        ways.table_wanted.connect(self.export_table)

    @property
    def is_composing(self) -> bool:
        return self.composer is not None and isValid(self.composer)

    def compose(self) -> None:
        """Open the composer: over the selection and the whole query of the reports, or over the reports of
        the stack that is open or current.
        """
        if Function.PACKAGE_COMPOSE.value in self._seat.allowed.absent:
            return
        if self._pages.place == places.REPORTS:
            self._pages.veil()
            self._compose_reports()
        elif self._pages.place == places.MEDIA:
            self._pages.veil()
            self._compose_stack()

    def _compose_stack(self) -> None:
        stack = self._pages.get(page_table.MEDIA).stack_in_hand
        if stack is None:
            self.told.emit(NO_STACK)
            return
        self._open_composer(
            replace(
                self._begun() or NOTHING_YET,
                selection=(),
                query=f"stack:{media_reference(stack)}",
                goes_selection=False,
                without=(),
            )
        )

    def _compose_reports(self) -> None:
        reports = self._pages.get(page_table.REPORTS)
        chosen = reports.chosen()
        is_all = isinstance(chosen, AllFound) and reports.across.is_all
        selected = () if is_all else reports.selected_ids()
        without = tuple(sorted(chosen.without)) if isinstance(chosen, AllFound) else ()
        self._open_composer(
            replace(
                self._begun() or NOTHING_YET,
                selection=selected,
                query=reports.query_text,
                goes_selection=bool(selected),
                without=without,
            )
        )

    def go_on_composing(self) -> None:
        """Open the composer as it was left, if anything was left in it."""
        if (fields := self._begun()) is not None:
            self._open_composer(fields)

    def export_table(self) -> None:
        """Offer what the page lists as a file; where the agreement allows none, that is said there."""
        what = self._listed()
        if what is None:
            self.told.emit(NO_TABLE)
            return
        self._pages.veil()
        dialog = ExportDialog(self._seat, what, parent=self._window)
        dialog.changed.connect(self._ways.changed)
        dialog.lock_wanted.connect(self._ways.lock_wanted)
        dialog.open()

    def _begun(self) -> PackageFields | None:
        fields = self._seat.drafting.latest(THE_PACKAGE)
        return fields if isinstance(fields, PackageFields) else None

    def _open_composer(self, fields: PackageFields) -> None:
        reports = self._pages.if_made(page_table.REPORTS)
        is_of_them = reports is not None and reports.query_text == fields.query
        found = reports.found if reports is not None and is_of_them else 0
        dialog = ComposeDialog(self._seat, fields, found=found, parent=self._window)
        dialog.changed.connect(self._ways.changed)
        dialog.lock_wanted.connect(self._ways.lock_wanted)
        dialog.destroyed.connect(self._seat.drafting.moved)
        self.composer = dialog
        dialog.open()
        self._seat.drafting.moved()

    def _listed(self) -> Exportable | None:
        """What the page lists now; operations leave whole, and parts of a page that list no cases not."""
        get = self._pages.get
        match self._pages.place:
            case places.REPORTS:
                return get(page_table.REPORTS).exportable()
            case places.MEDIA:
                return Exportable(TableSubject.MEDIA, AllFound(get(page_table.MEDIA).query_text))
            case places.HOTLINES:
                asked = get(page_table.HOTLINES).line.asked_for
                return Exportable(TableSubject.HOTLINES, AllFound(asked))
            case places.OUTBOX:
                return Exportable(TableSubject.OPERATIONS, AllFound(""))
            case places.CASES:
                page = get(page_table.CASES)
                return page.cases.exportable() if page.section is page.cases else None
            case _:
                return None
