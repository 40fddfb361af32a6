"""Where a report came from, if a colleague's package brought it, and who has a copy of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from cport_desktop.domain.disclosure import EnteredDisclosure
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.imported import Origin
from cport_desktop.domain.provider_notice import XarfClass
from cport_desktop.domain.roles import Role
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import narrow_words, one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import Choice, button, clear_layout
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.usecases.notify_provider import DraftedNotice, NoticeOrder
from cport_desktop.words import disclosures as words
from cport_desktop.words import imports_page as say
from cport_desktop.words import provider_notices as notices


class ReportCopies(QWidget):
    """Lines, once they are loaded; one that says so while nobody has a copy.

    Signals:
        lock_wanted(): the analyst wants the vault locked, from a dialog.
        changed(object): `Changes` after a notice was drafted.
    """

    lock_wanted = Signal()
    changed = Signal(object)

    def __init__(self, report_id: ReportId, seat: Seat, *, over: QWidget) -> None:
        """Dialogs belong to `over`, which outlives the page of one report."""
        super().__init__()
        self._seat = seat
        self._over = over
        self._report_id = report_id
        self._notice = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._notice)
        self._origins, self._copies = QVBoxLayout(), QVBoxLayout()
        for lines in (self._origins, self._copies):
            lines.setSpacing(2)
            column.addLayout(lines)
        if Role.EXPORTER in seat.session.keeping.roles:
            row = QHBoxLayout()
            row.addWidget(button(notices.ACT, self.ask_notice, kind="small"))
            row.addStretch()
            column.addLayout(row)
        exchanging, lane = seat.session.exchanging, seat.lanes.reading
        origins = partial(exchanging.colleagues.origins, report_id)
        lane.ask(self, origins, then=self._show_origins, otherwise=self._notice.tell)
        copies = partial(exchanging.departures.copies_of, report_id)
        lane.ask(self, copies, then=self._show_copies, otherwise=self._notice.tell)

    def ask_notice(self) -> None:
        """Ask what a notice to the provider needs, and draft it."""
        dialog = AskingDialog(
            self._over,
            title=notices.TITLE,
            intro=notices.INTRO,
            act=notices.DRAFT_NOW,
            synthetic=self._seat.session.nature.is_synthetic,
        )
        dialog.lock_wanted.connect(self.lock_wanted)
        target = PathField(notices.FILE, notices.FILE_PLACEHOLDER, Choosing.NEW_FILE)
        contact = text_field(notices.CONTACT, notices.CONTACT_PLACEHOLDER)
        provider = text_field(notices.PROVIDER, notices.PROVIDER_PLACEHOLDER)
        classes = Choice(notices.CLASS)
        classes.addItem(notices.BY_TABLE, None)
        for one in XarfClass:
            classes.addItem(one.value, one.value)
        for label, field in (
            (notices.FILE, target),
            (notices.CONTACT, contact),
            (notices.PROVIDER, provider),
            (notices.CLASS, classes),
        ):
            dialog.add_field(label, field)

        def give() -> None:
            path, mail = target.path(), contact.text().strip()
            if path is None:
                dialog.complain(notices.NEEDS_FILE, target)
                return
            if not mail:
                dialog.complain(notices.NEEDS_CONTACT, contact)
                return
            chosen = classes.currentData()
            order = NoticeOrder(
                report_id=self._report_id,
                path=path,
                contact=mail,
                recipient=provider.text().strip() or None,
                classification=None if chosen is None else XarfClass(chosen),
            )
            work = partial(self._seat.session.exchanging.departures.draft, order)
            dialog.work(self._seat.lanes.packing, work, then=drafted)

        def drafted(notice: DraftedNotice) -> None:
            told = notices.drafted(str(notice.path), notice.recipient)
            dialog.conclude(told, more=notices.DRAFT)
            if isValid(self):
                self.changed.emit(notice.changes)

        dialog.on_give(give)
        dialog.open()

    def _show_origins(self, origins: tuple[Origin, ...]) -> None:
        clear_layout(self._origins)
        brought = [origin for origin in origins if origin.standing.is_taken_in]
        for origin in brought:
            package = origin.package
            told = say.came_from(
                package.agency, package.title, package.signer, figures.moment_in_prose(package.at)
            )
            self._origins.addWidget(_line(told, tone="grave"))
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
            self._copies.addWidget(_line(told, tone=tone))


def _line(told: str, *, tone: str | None) -> PlainLabel:
    """It breaks in a narrow pane; all of it stands in its hover."""
    made = PlainLabel(narrow_words(one_line(told)), tone=tone, wraps=True)
    set_plain_tip(made, told)
    return made
