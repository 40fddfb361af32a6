"""Everything about one report on one page: what it is, what is known, what can be done."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from cport_desktop.domain.about import of_report
from cport_desktop.domain.draft import DraftKind
from cport_desktop.domain.ids import ContentId, ReportId, report_reference
from cport_desktop.domain.report import ContentItem, source_item
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.taxonomy import BASELINE
from cport_desktop.errors import CportError
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views import report_sections as sections
from cport_desktop.ui.views.report_acts import ReportActs
from cport_desktop.ui.views.report_assessing import assessing, why_not
from cport_desktop.ui.views.report_copies import ReportCopies
from cport_desktop.ui.views.report_keeping import ReportKeeping
from cport_desktop.ui.views.report_media import ReportMedia
from cport_desktop.ui.views.report_memory import ReportMemory
from cport_desktop.ui.views.work_panel import WorkPanel
from cport_desktop.ui.widgets.acts import ASSESSABLE
from cport_desktop.ui.widgets.address_line import AddressLine
from cport_desktop.ui.widgets.controls import bind_key, panel
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import memory
from cport_desktop.words import window as say
from cport_desktop.words.cases_page import WORK
from cport_desktop.words.imports_page import COPIES
from cport_desktop.words.vault_page import PANE_HOLD_KEY, PANE_KEEPING

_ABOVE = 30
"""Pixels above a part that was gone to: its heading."""


def _lay_out() -> None:
    """What was made is laid out before it is painted: no frame in which words stand where they do not
    belong.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


class ReportPane(QFrame):
    """The pane beside the table.

    Signals:
        changed(object): `Changes` after an act.
        looked(object): an item was looked at; a `domain.exposure.Look`.
        media_wanted(object): show this MediaId on the media page.
        report_wanted(object): open the report with this ReportId.
        case_wanted(int): open the case of this number.
        package_wanted(): compose a package.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    looked = Signal(object)
    media_wanted = Signal(object)
    report_wanted = Signal(object)
    case_wanted = Signal(int)
    package_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setProperty("panel", "true")
        self._seat = seat
        self._dossier: Dossier | None = None
        self._media: ReportMedia | None = None
        self._keeping: ReportKeeping | None = None
        self._memory: ReportMemory | None = None
        self._work: WorkPanel | None = None
        self._body: QWidget = QWidget()
        self._page: ScrollColumn | None = None
        self._coming: Iterator[None] | None = None
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._go_on)
        self.acts = ReportActs(seat)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._body, 1)
        self._column.addWidget(self.acts)
        self.acts.changed.connect(self.changed)
        self.acts.package_wanted.connect(self.package_wanted)
        self.acts.lock_wanted.connect(self.lock_wanted)
        for code in ASSESSABLE:
            bind_key(f"Alt+{code}", self, partial(self._choose_source, code), everywhere=True)
        bind_key(PANE_HOLD_KEY, self, self.hold, everywhere=True)
        bind_key(memory.KEY, self, self.go_to_memory, everywhere=True)
        self.show_nothing()

    @property
    def report_id(self) -> ReportId | None:
        return None if self._dossier is None else self._dossier.report.report_id

    @property
    def memory(self) -> ReportMemory | None:
        """The part with what recalls the report, when it is wanted before its turn."""
        self.complete()
        return self._memory

    @property
    def work(self) -> WorkPanel | None:
        """The part with what the unit put on the report, when it is wanted before its turn."""
        self.complete()
        return self._work

    @property
    def is_writing(self) -> bool:
        """A form is open."""
        return self.acts.writing is not None

    @property
    def writing(self) -> str:
        """Which form is open, a word of `DraftKind`; empty if none is."""
        return self.acts.writing or ""

    def scrolled(self) -> int:
        """How far the page is scrolled, in pixels."""
        return 0 if self._page is None else self._page.verticalScrollBar().value()

    def scroll_to(self, pixels: int) -> None:
        self.complete()
        if self._page is not None:
            self._page.verticalScrollBar().setValue(pixels)

    def show_nothing(self) -> None:
        """No report is selected: words in place of a page."""
        self._veil_for_good()
        self.acts.show_dossier(None)
        self._dossier = None
        self._page = None
        self._coming = None
        self._memory = None
        self._work = None
        column = QVBoxLayout()
        words = PlainLabel(say.NO_SELECTION, role="muted", wraps=True)
        column.setContentsMargins(14, 14, 14, 14)
        column.addWidget(words)
        column.addStretch()
        body = QWidget()
        body.setLayout(column)
        self._replace(body)

    def show_dossier(self, dossier: Dossier) -> None:
        """Everything about one report, veiled. Of the one that is shown already, what is being written goes
        on, where the keys are, and the page stays where it is scrolled.
        """
        is_same = self.report_id == dossier.report.report_id
        writing, scrolled = self.writing if is_same else "", self.scrolled() if is_same else 0
        holder = QApplication.focusWidget()
        self._veil_for_good()
        self.acts.show_dossier(dossier)
        self._dossier = dossier
        self._memory = None
        if not is_same:
            self._work = None
        page = ScrollColumn(report_reference(dossier.report.report_id))
        self._coming = self._parts(page, dossier)
        next(self._coming)
        if is_same:
            self.complete()
        else:
            self._next.start()
        self._replace(page)
        self._page = page
        page.verticalScrollBar().valueChanged.connect(self._seat.drafting.moved)
        self.go_on_writing(writing)
        if is_same and holder is not None and isValid(holder) and holder.isVisible():
            holder.setFocus(Qt.FocusReason.OtherFocusReason)
        if scrolled:
            # Only after the next turn of the event loop does the new page know its height.
            QTimer.singleShot(0, page, partial(self.scroll_to, scrolled))

    @property
    def is_complete(self) -> bool:
        """Nothing of the page is still to come."""
        return self._coming is None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._coming is not None:
            self._next.start()

    def complete(self) -> None:
        """What of the page was still to come is there."""
        if self._coming is not None:
            deque(self._coming, maxlen=0)
            self._coming = None

    def refresh_work(self) -> None:
        """What the unit put on the report is what it is now."""
        if self._work is not None:
            self._work.refresh()

    def refuse(self, error: CportError) -> None:
        """Say why there is no page, or why an act was refused."""
        self.acts.refuse(error)

    def veil(self) -> None:
        """Whatever is looked at is veiled at once."""
        if self._media is not None:
            self._media.veil()

    def rest(self) -> None:
        """Another report was chosen and is on its way: nothing of this one is looked at any more."""
        if self._media is not None:
            self._media.rest()

    def open_media(self) -> None:
        """Ask for the current media item on the media page."""
        self.complete()
        if self._media is not None:
            self._media.open_current()

    def edit_feedback(self) -> None:
        """Let the analyst write to the hotline, from where they left off."""
        self.acts.open_form(DraftKind.FEEDBACK)

    def go_on_writing(self, form: str) -> None:
        """Open a form again, by its word, with what was written in it."""
        if form in set(DraftKind):
            self.acts.open_form(DraftKind(form))

    def hold(self) -> None:
        """Ask why the report is to be held."""
        if self._keeping is not None and self._dossier is not None:
            self._keeping.hold()

    def go_to_memory(self) -> None:
        """Keys go to the first of the reports that have something in common with this one."""
        recalling = self.memory
        if recalling is not None and recalling.take_focus() and self._page is not None:
            self._page.verticalScrollBar().setValue(recalling.y() - _ABOVE)

    def step_back(self) -> bool:
        """Leave what was being done, if anything; whether something was."""
        self._veil_for_good()
        if self._work is not None and self._work.step_back():
            return True
        return self.acts.step_back()

    # -- building

    def _go_on(self) -> None:
        if self._coming is None or not self.isVisible():
            return  # Of what nobody sees, nothing is made; the vault may be locked.
        if next(self._coming, self) is self:
            self._coming = None
            return
        _lay_out()
        self._next.start()

    def _parts(self, page: ScrollColumn, dossier: Dossier) -> Iterator[None]:
        """Makes the page from the top: each part that is asked for is in it. They come one in each turn of
        the event loop, since a person who walks down the rows would wait for all of them at each.
        """
        keeping = self._make_keeping(dossier)
        keeping.setParent(page)  # It goes with the page, which may never come to its end;
        keeping.hide()  # and is not seen in its corner until it has its place.
        for part in sections.head(dossier, self._seat):
            page.add(part)
        page.add(keeping.told)
        for line in sections.takedown_lines(dossier, self._seat):
            page.add(line)
        self._add_source(page, dossier)
        yield
        self._add_work(page, dossier)
        waiting = sections.waiting(dossier.operations, self._seat)
        if waiting:
            page.add(section(say.YOUR_OPERATIONS), space_before=6)
        for label in waiting:
            page.add(label)
        yield
        self._add_media(page, dossier)
        yield
        self._memory = ReportMemory(dossier.report.report_id, self._seat)
        self._memory.report_wanted.connect(self.report_wanted)
        page.add(section(say.key_named(memory.TITLE, memory.KEY)), space_before=8)
        page.add(self._memory)
        page.add(section(COPIES), space_before=8)
        copies = ReportCopies(dossier.report.report_id, self._seat, over=self)
        copies.changed.connect(self.changed)
        copies.lock_wanted.connect(self.lock_wanted)
        page.add(copies)
        page.add(section(say.TIMELINE), space_before=8)
        page.add(sections.timeline(dossier, self._seat))
        for _ in self._other_contents(page, dossier):
            yield
        yield
        page.add(section(PANE_KEEPING), space_before=8)
        page.add(keeping)
        keeping.show()

    def _make_keeping(self, dossier: Dossier) -> ReportKeeping:
        self._keeping = ReportKeeping(dossier.report.report_id, self._seat, over=self)
        self._keeping.changed.connect(self.changed)
        self._keeping.lock_wanted.connect(self.lock_wanted)
        return self._keeping

    def _add_source(self, page: ScrollColumn, dossier: Dossier) -> None:
        item = source_item(dossier.report)
        page.add(section(say.REPORTED_URL), space_before=6)
        if item is not None:
            page.add(AddressLine(item.url, dossier.row.domain))
            page.add(sections.fact_block(sections.hosting_facts(item)))
        page.add(sections.fact_block(sections.report_facts(dossier.report, self._seat)))
        if item is not None:
            page.add(section(say.ASSESS), space_before=4)
            page.add(self._acts_on(item, dossier, has_keys=True))

    def _add_work(self, page: ScrollColumn, dossier: Dossier) -> None:
        about = of_report(dossier.report.report_id)
        if self._work is not None and self._work.about == about:
            self._work.refresh()  # A note may be half written in it.
        else:
            self._work = WorkPanel(about, self._seat, over=self)
            self._work.changed.connect(self.changed)
            self._work.case_wanted.connect(self.case_wanted)
            self._work.lock_wanted.connect(self.lock_wanted)
        page.add(section(WORK), space_before=6)
        page.add(self._work)

    def _add_media(self, page: ScrollColumn, dossier: Dossier) -> None:
        if not dossier.media:
            return
        page.add(section(say.media_of(len(dossier.media))), space_before=8)
        self._media = ReportMedia(dossier.media, self._seat, over=self, lock=self.lock_wanted.emit)
        self._media.looked.connect(self.looked)
        self._media.media_wanted.connect(self.media_wanted)
        self._media.current_changed.connect(self.acts.portal.show_medium)
        page.add(self._media)

    def _other_contents(self, page: ScrollColumn, dossier: Dossier) -> Iterator[None]:
        source = source_item(dossier.report)
        others = [item for item in dossier.report.contents if item is not source]
        if not others:
            return
        yield
        page.add(section(say.contents(len(others))), space_before=8)
        for item in others:
            column = QVBoxLayout()
            column.setContentsMargins(10, 8, 10, 8)
            column.setSpacing(5)
            column.addWidget(AddressLine(item.url, dossier.row.domain))
            column.addWidget(sections.class_label(item, self._seat))
            column.addWidget(sections.fact_block(sections.hosting_facts(item)))
            column.addWidget(self._acts_on(item, dossier, has_keys=False))
            page.add(panel(column, kind="card"))
            yield

    def _acts_on(self, item: ContentItem, dossier: Dossier, *, has_keys: bool) -> QWidget:
        chosen = partial(self._choose, item.content_id)
        return assessing(item, dossier, self._seat, chosen=chosen, has_keys=has_keys)

    def show_allowed(self) -> None:
        """What the agreement does not allow is not there; a line says which clause."""
        self.acts.show_allowed()
        if self._media is not None:
            self._media.show_allowed()
        if self._dossier is not None:
            self.show_dossier(self._dossier)

    def absent(self) -> str:
        """The line in the place of what is not allowed."""
        return self.acts.absent()

    def _replace(self, body: QWidget) -> None:
        old = self._body
        self._body = body
        self._column.replaceWidget(old, body)
        body.show()
        old.hide()
        old.deleteLater()
        _lay_out()

    def _veil_for_good(self) -> None:
        self.veil()
        self._media = None

    # -- acting

    def _choose_source(self, classification: int) -> None:
        if self._dossier is None:
            return
        item = source_item(self._dossier.report)
        if item is not None and why_not(item, self._dossier, self._seat) is None:
            self._choose(item.content_id, classification)

    def _choose(self, content_id: ContentId, classification: int) -> None:
        if self.report_id is None:
            return
        words = say.confirm_assessment(
            report_reference(self.report_id),
            self._seat.taxonomy["classification"].label(classification),
            is_final=classification == BASELINE,
        )
        assess = self._seat.session.assess
        work = partial(assess, self.report_id, content_id, classification)
        self.acts.confirm(words, partial(self.acts.ask, work))
