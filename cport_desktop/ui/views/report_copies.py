"""Where a report came from, if a colleague's package brought it, and who has a copy of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.disclosure import EnteredDisclosure
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.imported import Origin
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.controls import clear_layout
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import disclosures as words
from cport_desktop.words import imports_page as say


class ReportCopies(QWidget):
    """Lines, once they are loaded; one that says so while nobody has a copy."""

    def __init__(self, report_id: ReportId, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._notice = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._notice)
        self._origins, self._copies = QVBoxLayout(), QVBoxLayout()
        for lines in (self._origins, self._copies):
            lines.setSpacing(2)
            column.addLayout(lines)
        exchanging, lane = seat.session.exchanging, seat.lanes.reading
        origins = partial(exchanging.colleagues.origins, report_id)
        lane.ask(self, origins, then=self._show_origins, otherwise=self._notice.tell)
        copies = partial(exchanging.departures.copies_of, report_id)
        lane.ask(self, copies, then=self._show_copies, otherwise=self._notice.tell)

    def _show_origins(self, origins: tuple[Origin, ...]) -> None:
        clear_layout(self._origins)
        brought = [origin for origin in origins if origin.standing.is_taken_in]
        for origin in brought:
            package = origin.package
            told = say.came_from(
                package.agency, package.title, package.signer, figures.moment_in_prose(package.at)
            )
            self._origins.addWidget(PlainLabel(one_line(told), tone="grave", wraps=True))
        if any(not origin.is_told for origin in brought):
            self._origins.addWidget(PlainLabel(say.not_told_yet(), role="caption", wraps=True))

    def _show_copies(self, copies: tuple[EnteredDisclosure, ...]) -> None:
        clear_layout(self._copies)
        if not copies:
            self._copies.addWidget(PlainLabel(say.NO_COPIES, role="muted", wraps=True))
        for copy in copies:
            told = say.copy_of(
                ", ".join(recipient.name for recipient in copy.recipients),
                words.KINDS[copy.kind.value],
                copy.title,
                figures.moment_in_prose(copy.at),
            )
            tone = "grave" if copy.open_items else None
            self._copies.addWidget(PlainLabel(one_line(told), tone=tone, wraps=True))
