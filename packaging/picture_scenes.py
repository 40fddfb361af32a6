"""The scenes that are pictured: each page and part of the window, and what opens over them.

A scene gets the window ready and is then pictured in every theme. It does what an analyst would do:
it opens pages, chooses rows, presses keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from picture_leaving_scenes import LEAVING
from picture_taking import still, until
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QWidget

from cport_desktop.domain.figure import FigureKind
from cport_desktop.ui import page_table, places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.page_table import PAGES
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.words.help import KEY as HELP_KEY
from cport_desktop.words.table_page import EXPORT_KEY

QUERY: Final = "has:media host:NL"
LONG_QUERY: Final = "(class:baseline OR class:national) received:<200d -has:video"
FIGURE_QUERY: Final = "received:<365d"
PURPOSE: Final = "monthly self-monitoring, November"
_SHOWN_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """A view called `name`, once `arrange` has been done to the window."""

    name: str
    arrange: Callable[[MainWindow], None]


def scenes(main: MainWindow) -> Iterator[Scene]:
    """All of them; what one leaves open is closed before the next one."""
    yield from page_scenes(main)
    yield from (
        Scene("reports-building", _build),
        Scene("reports-searches", _shelve),
        Scene("reports-many", _choose_many),
        Scene("reports-triage", _triage),
        Scene("media-stacks", _show_stacks),
        Scene("case", _open_case),
        Scene("case-time", partial(_case_part, part=1)),
        Scene("case-links", partial(_case_part, part=2)),
        *(
            Scene(f"figures-{kind.value}", partial(_show_figure, kind=at))
            for at, kind in enumerate(FigureKind)
            if at
        ),
        Scene("agreement-asked", _ask_the_agreement),
        Scene("audit-log", _read_the_log),
        Scene("table", partial(_from_reports, keys=EXPORT_KEY)),
        Scene("package", partial(_from_reports, keys="Ctrl+E")),
        *(Scene(name, arrange) for name, arrange in LEAVING),
        Scene("help", partial(_from_reports, keys=HELP_KEY)),
        Scene("keys", partial(_from_reports, keys="?")),
        Scene("first-steps", _show_first_steps),
        Scene("exchange-failed", _fail),
    )


def page_scenes(main: MainWindow) -> Iterator[Scene]:
    """Every page of the rail, and every part of those that have some."""
    special: Mapping[int, Callable[[MainWindow], None]] = {
        places.REPORTS: _show_report,
        places.MEDIA: _show_medium,
        places.FIGURES: partial(_show_figure, kind=0),
    }
    for entry in PAGES:
        name, place = _name_of(entry.place), entry.place
        page = main.pages.widget_at(place)
        if place in special:
            yield Scene(name, special[place])
        elif isinstance(page, PartsPage):
            for section in page.findChildren(PageSection):
                part = type(section).__name__.removesuffix("Section").lower()
                yield Scene(
                    f"{name}-{part}", partial(_part_shown, place=place, title=section.title)
                )
        else:
            yield Scene(name, partial(_page_shown, place=place))


def _name_of(place: int) -> str:
    """`worst-of`, in every language."""
    names = (name for name, at in vars(places).items() if isinstance(at, int) and at == place)
    return next(names).lower().replace("_", "-")


def close_dialogs(shell: Shell) -> None:
    """Nothing lies over the window any more."""
    for window in QApplication.topLevelWidgets():
        if window is not shell and window.isVisible():
            window.reject() if isinstance(window, QDialog) else window.close()
    until(lambda: not dialogs_over(shell))


def dialogs_over(shell: Shell) -> list[QWidget]:
    """What lies over the window, the lowest first."""
    return [
        window
        for window in QApplication.topLevelWidgets()
        if window is not shell and window.isVisible()
    ]


def press(main: MainWindow, keys: str) -> None:
    """As if these keys were pressed in the window."""
    wanted = QKeySequence(keys)
    found = [short for short in main.findChildren(QShortcut) if short.key() == wanted]
    found[0].activated.emit()


# -- pages


def _part_shown(main: MainWindow, place: int, title: str) -> None:
    main.show_page(place)
    page = main.pages.widget_at(place)
    if isinstance(page, PartsPage):
        page.show_part(title)
        still(main)
        _choose_a_row(page.section)


def _page_shown(main: MainWindow, place: int) -> None:
    main.show_page(place)
    still(main)
    _choose_a_row(main.pages.widget_at(place))


def _choose_a_row(part: QWidget) -> None:
    """The second row of the first list is chosen, and has the focus."""
    for view in part.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model is not None and model.rowCount():
            view.setFocus(Qt.FocusReason.OtherFocusReason)
            view.setCurrentIndex(model.index(min(1, model.rowCount() - 1), 0))
            return


def _show_report(main: MainWindow, query: str = QUERY) -> None:
    main.show_page(places.REPORTS)
    page = main.reports
    page.search(query)
    still(main)
    until(lambda: page.model.rowCount() > _SHOWN_ROW)
    page.table.choose(_SHOWN_ROW)
    wanted = page.model.row(_SHOWN_ROW).report_id
    until(lambda: page.pane.report_id == wanted)
    page.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _show_medium(main: MainWindow) -> None:
    main.show_page(places.MEDIA)
    still(main)
    until(lambda: main.media.model.rowCount() > 1)
    main.media.grid.choose(1)
    wanted = main.media.model.item(1).media_id
    until(lambda: main.media.pane.media_id == wanted)
    main.media.grid.setFocus(Qt.FocusReason.OtherFocusReason)


def _show_figure(main: MainWindow, kind: int) -> None:
    main.show_page(places.FIGURES)
    page = main.pages.get(page_table.FIGURES)
    page.kind.setCurrentIndex(kind)
    page.show_query(FIGURE_QUERY)


# -- the query line


def _query_line(main: MainWindow, query: str) -> QueryLine:
    _show_report(main, query)
    return main.reports.query


def _build(main: MainWindow) -> None:
    _query_line(main, LONG_QUERY).turn_builder()


def _shelve(main: MainWindow) -> None:
    line = _query_line(main, QUERY)
    line.turn_builder()
    line.turn_shelf()


# -- many reports, stacks


def _choose_many(main: MainWindow) -> None:
    main.reports.query.turn_shelf()
    _show_report(main)
    table = main.reports.table
    for row in range(1, 6):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(main.reports.model.index(row, 0), flags)


def _triage(main: MainWindow) -> None:
    _show_report(main, "is:undecided has:media")
    main.reports.triage.toggle()


def _show_stacks(main: MainWindow) -> None:
    main.reports.triage.leave()
    _show_medium(main)
    media = main.media
    shown = [media.model.item(number).media_id for number in range(media.model.rowCount())]
    media.open_stack(max(shown, key=media.items.passing.stack_items))


# -- cases


def _open_case(main: MainWindow) -> None:
    main.show_page(places.CASES)
    main.cases.open_case(1)
    still(main)
    _choose_a_row(main.cases.section)


def _case_part(main: MainWindow, part: int) -> None:
    _open_case(main)
    main.cases.cases.view.parts.show_part(part)


# -- what opens over the window


def _from_reports(main: MainWindow, keys: str) -> None:
    _show_report(main)
    still(main)
    press(main, keys)


def _read_the_log(main: MainWindow) -> None:
    main.show_page(places.AUDIT)
    main.audit.purpose.setText(PURPOSE)
    main.audit.read()
    until(lambda: not main.audit.is_empty)
    _choose_a_row(main.audit)


def _ask_the_agreement(main: MainWindow) -> None:
    main.show_page(places.AGREEMENT)
    section = main.agreement.may
    main.agreement.show_part(section.title)
    still(main)
    section.what.setCurrentIndex(section.what.count() - 2)
    section.ask_it()


def _show_first_steps(main: MainWindow) -> None:
    main.guiding.open()


def _fail(main: MainWindow) -> None:
    """The portal is not there: the demo's gateway ended with the demo."""
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(main.exchanges.history.title)
    main.exchange.start()
    until(lambda: not main.exchange.is_running)
