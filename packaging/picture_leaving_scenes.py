"""Scenes of what leaves and what comes in: the dialogs of hash lists, of who has an item, of packages and
dossiers. Paths in them are those of the demo’s folder, in which the pictures are taken.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from picture_leaving import OWN_LIST, ROUND
from picture_taking import still, until
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from cport_desktop.domain.dossier import DossierState
from cport_desktop.ui import page_table, places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.dossiers_section import DossiersSection
from cport_desktop.ui.views.hash_lists_section import HashListsSection
from cport_desktop.ui.views.list_contribution_dialog import ListContributionDialog
from cport_desktop.ui.views.provenance_card import ProvenanceCard
from cport_desktop.words import hash_lists_leaving, hash_lists_page
from cport_desktop.words import known_page as known_words

_KNOWN = "has:match"
_SHARED = "synthetic-pictures"
"""A list of the demo’s portal."""


def _dialog() -> AskingDialog:
    """The one that lies over the window, once it is there."""

    def shown() -> list[AskingDialog]:
        return [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, AskingDialog) and each.isVisible()
        ]

    until(lambda: bool(shown()))
    return shown()[-1]


def _type(dialog: AskingDialog, name: str, text: str) -> None:
    for field in dialog.findChildren(QLineEdit):
        if field.accessibleName() == name:
            field.setText(text)
            return
    raise SystemExit(f"no field called {name}")


def _list_chosen(main: MainWindow, name: str) -> HashListsSection:
    main.show_page(places.HASH_LISTS)
    lists = main.hash_lists.lists
    still(main)
    rows = lists.list.model
    place = next(at for at in range(rows.rowCount()) if rows.row(at).name == name)
    lists.list.table.selectRow(place)
    return lists


def _read_in(main: MainWindow) -> None:
    _list_chosen(main, OWN_LIST).read_in()
    dialog = _dialog()
    _type(dialog, hash_lists_page.FILE, "shapes-2.sha256")
    dialog.give()
    until(lambda: bool(dialog.told()))


def _export(main: MainWindow) -> None:
    _list_chosen(main, OWN_LIST).acts.export()
    dialog = _dialog()
    _type(dialog, hash_lists_leaving.FILE, "shapes-2.json")
    _type(dialog, hash_lists_leaving.RECIPIENTS, "Partner Agency Example")
    _type(dialog, hash_lists_leaving.REASON, hash_lists_leaving.REASON_PLACEHOLDER)
    dialog.give()
    until(lambda: not dialog.is_working())


def _versions(main: MainWindow) -> None:
    _list_chosen(main, OWN_LIST).acts.versions()
    _dialog()


def _make(main: MainWindow) -> None:
    _list_chosen(main, OWN_LIST).acts.make()
    dialog = _dialog()
    _type(dialog, hash_lists_leaving.MAKE_NAME, hash_lists_leaving.MAKE_NAME_PLACEHOLDER)
    _type(dialog, hash_lists_leaving.MAKE_QUERY, "case:C-1 class:baseline")


def _withdraw(main: MainWindow) -> None:
    _list_chosen(main, ROUND).withdraw()
    dialog = _dialog()
    until(lambda: hash_lists_leaving.ONCE_MORE in dialog.told())


def _contribute(main: MainWindow) -> None:
    _list_chosen(main, ROUND).contribute()
    dialog = _dialog()
    if isinstance(dialog, ListContributionDialog):
        until(lambda: dialog.entries() > 0)
        names = dialog.list.names.choice
        until(lambda: names.findText(_SHARED, Qt.MatchFlag.MatchEndsWith) > 0)
        names.setCurrentIndex(names.findText(_SHARED, Qt.MatchFlag.MatchEndsWith))


def _known_card(main: MainWindow) -> ProvenanceCard:
    """A medium that a list knows is shown."""
    main.show_page(places.MEDIA)
    media = main.media
    media.query.set_text(_KNOWN)
    media.query.asked.emit(_KNOWN)
    still(main)
    until(lambda: media.model.rowCount() > 0)
    media.grid.choose(0)
    wanted = media.model.item(0).media_id
    until(lambda: media.pane.media_id == wanted)
    card = media.pane.card
    if card is None:
        raise SystemExit(f"no card of {known_words.KNOWN_TITLE}")
    until(lambda: card.lines is not None)
    return card


def _say_of_entry(main: MainWindow) -> None:
    _known_card(main).say_of_first()
    _dialog()


def _who_has(main: MainWindow) -> None:
    _known_card(main)
    main.media.pane.ask_who()
    dialog = _dialog()
    dialog.give()
    until(lambda: not dialog.is_working())


def _take_in(main: MainWindow) -> None:
    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(main.exchanges.imports.title)
    still(main)
    main.exchanges.imports.ask_package()
    _dialog()


def _dossier(main: MainWindow, act: Callable[[DossiersSection], None]) -> None:
    main.show_page(places.WORST_OF)
    page = main.pages.get(page_table.WORST_OF)
    page.show_part(page.dossiers.title)
    still(main)
    rows = page.dossiers.list.model
    states = [rows.row(at).dossier.state for at in range(rows.rowCount())]
    page.dossiers.list.table.selectRow(states.index(DossierState.DRAFT))
    still(main)
    act(page.dossiers)
    _dialog()


LEAVING = (
    ("hash-lists-reading", _read_in),
    ("hash-lists-export", _export),
    ("hash-lists-versions", _versions),
    ("hash-lists-making", _make),
    ("hash-lists-contribution", _contribute),
    ("hash-lists-withdrawal", _withdraw),
    ("media-entry", _say_of_entry),
    ("media-who", _who_has),
    ("exchange-taking-in", _take_in),
    ("worst-of-check", partial(_dossier, act=DossiersSection.check)),
    ("worst-of-writing", partial(_dossier, act=DossiersSection.write)),
)
"""Names of the views, and what makes the window ready for each."""
