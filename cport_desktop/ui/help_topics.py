"""Which help belongs to what: by the place of a page, or by the kind of the widget that has the focus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from cport_desktop.ui import places
from cport_desktop.ui.manual_places import chapter_of
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.ui.views.stack_browser import StackBrowser
from cport_desktop.ui.widgets.look_panel import LookPanel
from cport_desktop.ui.widgets.player_panel import PlayerPanel
from cport_desktop.words import help as say
from cport_desktop.words import iwol_page, settings_page
from cport_desktop.words.help import HelpText

_PAGES: Final[Mapping[int, HelpText]] = {
    places.REPORTS: say.REPORTS,
    places.MEDIA: say.MEDIA,
    places.HOTLINES: say.HOTLINES,
    places.OUTBOX: say.OUTBOX,
    places.EXCHANGE: say.EXCHANGE,
    places.AUDIT: say.AUDIT,
    places.VAULT: say.VAULT,
    places.AGREEMENT: say.AGREEMENT,
    places.HASH_LISTS: say.HASH_LISTS,
    places.OVERVIEW: say.OVERVIEW,
    places.CASES: say.CASES,
    places.WORST_OF: iwol_page.HELP,
    places.SETTINGS: settings_page.HELP,
    places.FIGURES: say.FIGURES,
}
_PARTS: Final[tuple[tuple[type[QWidget], HelpText], ...]] = (
    (QueryLine, say.QUERY),
    (PlayerPanel, say.FILM),
    (LookPanel, say.LOOKING),
    (StackBrowser, say.STACKS),
)


def help_for(place: int, title: str, focus: QWidget | None) -> tuple[HelpText, QWidget | None]:
    """What helps with what has the focus on the page at `place`, and the widget that it is about;
    None where it is about the whole page. A page that nobody wrote about says its `title`.
    """
    page = _PAGES.get(place) or HelpText(title, "")
    around = focus
    while around is not None:
        for kind, told in _PARTS:
            if isinstance(around, kind):
                return told, around
        if isinstance(around, PageSection):
            return _of_part(page, around), around
        around = around.parentWidget()
    return page, None


def _of_part(page: HelpText, part: PageSection) -> HelpText:
    """The help of its page, about this part of it first."""
    return replace(
        page,
        title=f"{page.title} – {part.title}",
        purpose=f"{part.intro}\n\n{page.purpose}",
        chapter=chapter_of(part, page.chapter),
    )
