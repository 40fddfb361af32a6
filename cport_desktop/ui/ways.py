"""What pages want of the window, and what the window tells its pages.

A page that is made is connected to these signals and to nothing else of the window, so that it can be
made at any time, and be gone at any time.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


class Ways(QObject):
    """One open window's.

    Signals that pages send:
        changed(object): an act changed something; its `Changes`.
        lock_wanted(): lock the vault.
        rekey_wanted(object): lock, and renew the master key with this `Key`.
        help_wanted(str): go where this can be mended, a word of `words.window_cures.Place`.
        report_wanted(object): open the report with this ReportId.
        medium_wanted(object): show the item with this MediaId among all.
        media_wanted(object): show the item with this MediaId among those of the open report.
        case_wanted(int): open the case of this number.
        hotline_wanted(object): show the reports of the hotline in this `HotlineRow`.
        operation_wanted(object): show what this `OutboxLine` is about.
        tasks_wanted(), outbox_wanted(), agreement_wanted(): show the tasks, operations, agreement.
        reviews_wanted(): show the listed domains that are to be looked at again.
        query_wanted(str): show the reports that this query finds.
        figures_wanted(str): show figures of what this query finds.
        search_wanted(object): run this `SavedSearch` on the page of its subject.
        searches_changed(): others are kept or pinned than before.
        package_wanted(): compose a package.
        table_wanted(): write a table of what the page lists.
        sync_wanted(bool): an exchange by network; True: without media.
        theme_wanted(str): wear the theme of this name.
        preferences_chosen(object): these `domain.preferences.Preferences` count from now on.
        unit_wanted(): show the rules of the unit.
        paned_wanted(): make the pages that remember their panes.
        looked(object): an item was looked at; a `domain.exposure.Look`.

    Signals that pages hear:
        aged(str): how old what is shown is, and by which road it came.
        allowed_changed(): the agreement leaves another thing than before (`Seat.allowed`).
        hotlines_named(): hotlines have names now (`Seat.hotlines`).
        work_changed(): cases, notes, tags or tasks are others than before.
    """

    changed = Signal(object)
    lock_wanted = Signal()
    rekey_wanted = Signal(object)
    help_wanted = Signal(str)
    report_wanted = Signal(object)
    medium_wanted = Signal(object)
    media_wanted = Signal(object)
    case_wanted = Signal(int)
    hotline_wanted = Signal(object)
    operation_wanted = Signal(object)
    tasks_wanted = Signal()
    outbox_wanted = Signal()
    reviews_wanted = Signal()
    agreement_wanted = Signal()
    query_wanted = Signal(str)
    figures_wanted = Signal(str)
    search_wanted = Signal(object)
    searches_changed = Signal()
    package_wanted = Signal()
    table_wanted = Signal()
    sync_wanted = Signal(bool)
    theme_wanted = Signal(str)
    preferences_chosen = Signal(object)
    unit_wanted = Signal()
    paned_wanted = Signal()
    looked = Signal(object)

    aged = Signal(str)
    allowed_changed = Signal()
    hotlines_named = Signal()
    work_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._age = ""

    def tell_age(self, told: str) -> None:
        """Every page says this from now on, whenever it is made."""
        self._age = told
        self.aged.emit(told)

    def hear_age(self, show: Callable[[str], None]) -> None:
        """`show`, a method of a page, is told now, if anything is known, and whenever it changes."""
        self.aged.connect(show)
        if self._age:
            show(self._age)
