"""Everything about one report on one page: what it is, what is known, what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain import assessment
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, DraftPlace, Typed
from cport_desktop.domain.ids import ContentId, ReportId, report_reference
from cport_desktop.domain.operation import GiveAssessment, OperationState
from cport_desktop.domain.report import ContentItem, ReportStatus, source_item
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.taxonomy import BASELINE
from cport_desktop.errors import CportError
from cport_desktop.ui.models.list_columns import operation_words
from cport_desktop.ui.models.report_columns import class_tone, class_words
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views import report_sections as sections
from cport_desktop.ui.views.report_keeping import ReportKeeping
from cport_desktop.ui.views.report_media import ReportMedia
from cport_desktop.ui.widgets.acts import ASSESSABLE, AssessRow, Confirmation, FeedbackBox
from cport_desktop.ui.widgets.address_line import AddressLine
from cport_desktop.ui.widgets.controls import bind_key, button, panel
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import labels
from cport_desktop.words import window as say
from cport_desktop.words.vault_page import PANE_HOLD_KEY, PANE_KEEPING

_UNSETTLED = (OperationState.QUEUED, OperationState.SENDING)


class ReportPane(QFrame):
    """The pane beside the table.

    Signals:
        changed(object): `Changes` after an act.
        looked(float): seconds that a medium was on the screen.
        media_wanted(object): show this MediaId on the media page.
        package_wanted(): compose a package.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    looked = Signal(float)
    media_wanted = Signal(object)
    package_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setProperty("panel", "true")
        self._seat = seat
        self._dossier: Dossier | None = None
        self._pending: tuple[ContentId, int] | None = None
        self._media: ReportMedia | None = None
        self._keeping: ReportKeeping | None = None
        self._body: QWidget = QWidget()
        self._notice = Notice()
        self._confirmation = Confirmation()
        self._feedback = FeedbackBox(is_kept=seat.drafting.can_keep)
        self._page: ScrollColumn | None = None
        self._foot = self._make_foot()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._body, 1)
        self._column.addWidget(self._foot)
        self._confirmation.confirmed.connect(self._assess)
        self._feedback.given.connect(self._give_feedback)
        self._feedback.left.connect(self._leave_acts)
        self._feedback.typed.connect(self._keep_draft)
        self._confirmation.left.connect(self._leave_acts)
        for code in ASSESSABLE:
            bind_key(f"Alt+{code}", self, partial(self._choose_source, code), everywhere=True)
        bind_key("Ctrl+B", self, self.edit_feedback, everywhere=True)
        bind_key(PANE_HOLD_KEY, self, self.hold, everywhere=True)
        self.show_nothing()

    @property
    def report_id(self) -> ReportId | None:
        return None if self._dossier is None else self._dossier.report.report_id

    @property
    def is_writing(self) -> bool:
        """The feedback editor is open."""
        return self._feedback.is_open

    def scrolled(self) -> int:
        """How far the page is scrolled, in pixels."""
        return 0 if self._page is None else self._page.verticalScrollBar().value()

    def scroll_to(self, pixels: int) -> None:
        if self._page is not None:
            self._page.verticalScrollBar().setValue(pixels)

    def show_nothing(self) -> None:
        """No report is selected: words in place of a page."""
        self._leave_acts()
        self._dossier = None
        self._page = None
        column = QVBoxLayout()
        words = PlainLabel(say.NO_SELECTION, role="muted", wraps=True)
        column.setContentsMargins(14, 14, 14, 14)
        column.addWidget(words)
        column.addStretch()
        body = QWidget()
        body.setLayout(column)
        self._replace(body)
        self._foot.hide()

    def show_dossier(self, dossier: Dossier) -> None:
        """Everything about one report, veiled."""
        self._leave_acts()
        self._dossier = dossier
        page = ScrollColumn(report_reference(dossier.report.report_id))
        keeping = self._make_keeping(dossier)
        self._add_head(page, dossier)
        page.add(keeping.told)
        self._add_source(page, dossier)
        self._add_operations(page, dossier)
        self._add_media(page, dossier)
        page.add(section(say.TIMELINE), space_before=8)
        page.add(sections.timeline(dossier.report, self._seat))
        self._add_other_contents(page, dossier)
        page.add(section(PANE_KEEPING), space_before=8)
        page.add(keeping)
        self._replace(page)
        self._page = page
        page.verticalScrollBar().valueChanged.connect(self._seat.drafting.moved)
        self._foot.show()

    def refuse(self, error: CportError) -> None:
        """Say why there is no page, or why an act was refused."""
        self._notice.tell(error)
        self._foot.show()

    def veil(self) -> None:
        """Whatever is looked at is veiled at once."""
        if self._media is not None:
            self._media.veil()

    def open_media(self) -> None:
        """Ask for the current media item on the media page."""
        if self._media is not None:
            self._media.open_current()

    def edit_feedback(self) -> None:
        """Let the analyst write to the hotline, from where they left off."""
        is_absent = Function.FEEDBACK_GIVE.value in self._seat.allowed.absent
        if self.report_id is not None and not is_absent:
            self._confirmation.hide()
            self._buttons.hide()
            draft = self._seat.drafting.latest(_feedback_on(self.report_id))
            self._feedback.edit(draft if isinstance(draft, Typed) else Typed())
            self._seat.drafting.moved()

    def hold(self) -> None:
        """Ask why the report is to be held."""
        if self._keeping is not None and self._dossier is not None:
            self._keeping.hold()

    def step_back(self) -> bool:
        """Leave what was being done, if anything; whether something was."""
        is_open = self._feedback.is_open or not self._confirmation.isHidden()
        self._leave_acts()
        return is_open

    # -- building

    def _add_head(self, page: ScrollColumn, dossier: Dossier) -> None:
        row = dossier.row
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(
            PlainLabel(report_reference(row.report_id), role="title", can_be_copied=True)
        )
        head.addStretch()
        words = class_words(row.classification, self._seat.taxonomy)
        head.addWidget(PlainLabel(words, role="strong", tone=class_tone(row.classification)))
        line = QWidget()
        line.setLayout(head)
        page.add(line)
        page.add(sections.received_line(dossier, self._seat))
        if row.status is not ReportStatus.NEW:
            withdrawn = row.status is ReportStatus.WITHDRAWN
            told = (
                say.withdrawn_because(dossier.withdrawn_reason)
                if withdrawn
                else say.corrected(dossier.report.revision)
            )
            page.add(PlainLabel(told, tone="gravest" if withdrawn else "grave", wraps=True))

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

    def _add_media(self, page: ScrollColumn, dossier: Dossier) -> None:
        if not dossier.media:
            return
        page.add(section(say.media_of(len(dossier.media))), space_before=8)
        self._media = ReportMedia(dossier.media, self._seat)
        self._media.looked.connect(self.looked)
        self._media.media_wanted.connect(self.media_wanted)
        page.add(self._media)

    def _add_other_contents(self, page: ScrollColumn, dossier: Dossier) -> None:
        source = source_item(dossier.report)
        others = [item for item in dossier.report.contents if item is not source]
        if not others:
            return
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

    def _add_operations(self, page: ScrollColumn, dossier: Dossier) -> None:
        waiting = [row for row in dossier.operations if row.state is not OperationState.SETTLED]
        if not waiting:
            return
        page.add(section(say.YOUR_OPERATIONS), space_before=6)
        for row in waiting:
            what = operation_words(row, self._seat.taxonomy)
            state = labels.operation_state(row.state.value)
            tone = "gravest" if row.state is OperationState.REJECTED else None
            page.add(PlainLabel(say.waits(what, state, row.reason), tone=tone, wraps=True))

    def _acts_on(self, item: ContentItem, dossier: Dossier, *, has_keys: bool) -> QWidget:
        refusal = self._why_not(item, dossier)
        if refusal is not None:
            return PlainLabel(refusal, role="caption", wraps=True)
        row = AssessRow(item.content_id, self._seat.taxonomy, has_keys=has_keys)
        row.chosen.connect(partial(self._choose, item.content_id))
        return row

    def _why_not(self, item: ContentItem, dossier: Dossier) -> str | None:
        jurisdiction = self._seat.allowed.jurisdiction
        if jurisdiction is None:
            return say.NOT_ENROLLED
        if Function.ASSESSMENT_GIVE.value in self._seat.allowed.absent:
            return self._seat.allowed.absent[Function.ASSESSMENT_GIVE.value]
        for row in dossier.operations:
            body = row.operation.body
            if (
                isinstance(body, GiveAssessment)
                and body.content_id == item.content_id
                and row.state in _UNSETTLED
            ):
                return say.OVERLAID
        rule = assessment.refusal(item, jurisdiction=jurisdiction)
        return None if rule is None else say.cannot_assess(labels.workflow_rule(rule.value))

    def show_allowed(self) -> None:
        """What the agreement does not allow is not there; a line says which clause."""
        absent = self._seat.allowed.absent
        told = []
        for function, made in self._acts_of.items():
            made.setVisible(function not in absent)
            if function in absent:
                told.append(absent[function])
        self._absent.say("\n".join(told))
        self._absent.setVisible(bool(told))
        if self._dossier is not None and not self.is_writing:
            self.show_dossier(self._dossier)

    def absent(self) -> str:
        """The line in the place of what is not allowed."""
        return "" if self._absent.isHidden() else self._absent.text()

    def _make_foot(self) -> QWidget:
        row = QHBoxLayout()
        row.setSpacing(8)
        feedback = button(say.FEEDBACK, self.edit_feedback, key="Ctrl+B")
        self._acts_of = {Function.FEEDBACK_GIVE.value: feedback}
        if ROLE_FOR["compose"] in self._seat.session.keeping.roles:
            package = button(say.PACKAGE, self.package_wanted.emit, key="Ctrl+E")
            self._acts_of[Function.PACKAGE_COMPOSE.value] = package
        for made in self._acts_of.values():
            row.addWidget(made)
        row.addStretch()
        self._absent = PlainLabel(role="caption", wraps=True)
        self._absent.hide()
        self._buttons = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        self._buttons.setLayout(row)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(14, 10, 14, 12)
        column.addWidget(self._notice)
        column.addWidget(self._confirmation)
        column.addWidget(self._feedback)
        column.addWidget(self._buttons)
        column.addWidget(self._absent)
        return foot

    def _replace(self, body: QWidget) -> None:
        old = self._body
        self._body = body
        self._column.replaceWidget(old, body)
        body.show()
        old.hide()
        old.deleteLater()

    # -- acting

    def _choose_source(self, classification: int) -> None:
        if self._dossier is None:
            return
        item = source_item(self._dossier.report)
        if item is not None and self._why_not(item, self._dossier) is None:
            self._choose(item.content_id, classification)

    def _choose(self, content_id: ContentId, classification: int) -> None:
        if self.report_id is None:
            return
        self._pending = (content_id, classification)
        self._feedback.close_editor()
        self._buttons.hide()
        self._notice.dismiss()
        self._confirmation.ask(
            say.confirm_assessment(
                report_reference(self.report_id),
                self._seat.taxonomy["classification"].label(classification),
                is_final=classification == BASELINE,
            )
        )

    def _assess(self) -> None:
        if self.report_id is None or self._pending is None:
            return
        content_id, classification = self._pending
        self._pending = None
        self._buttons.show()
        work = partial(self._seat.session.assess, self.report_id, content_id, classification)
        self._act(work)

    def _give_feedback(self, text: str) -> None:
        if self.report_id is None:
            return
        self._buttons.show()
        report_id = self.report_id
        self._seat.lanes.acting.ask(
            self,
            partial(self._seat.session.feedback, report_id, text),
            then=partial(self._feedback_queued, report_id),
            otherwise=self.refuse,
        )

    def _feedback_queued(self, report_id: ReportId, changes: Changes) -> None:
        self._seat.drafting.end(_feedback_on(report_id))
        self.changed.emit(changes)

    def _act(self, work: partial[Changes]) -> None:
        self._seat.lanes.acting.ask(self, work, then=self.changed.emit, otherwise=self.refuse)

    def _keep_draft(self) -> None:
        if self.report_id is None:
            return
        place, typed = _feedback_on(self.report_id), self._feedback.draft()
        if typed.text.strip():
            self._seat.drafting.keep(place, typed)
        else:
            self._seat.drafting.end(place)

    def _leave_acts(self) -> None:
        self._feedback.close_editor()
        self._seat.drafting.moved()
        self._confirmation.hide()
        self._buttons.show()
        self._notice.dismiss()
        self._pending = None
        if self._media is not None:
            self._media.veil()
            self._media = None


def _feedback_on(report_id: ReportId) -> DraftPlace:
    return DraftPlace(DraftKind.FEEDBACK, report=report_id)
