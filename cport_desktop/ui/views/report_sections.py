"""The parts of a report's page: what the portal said, in words, built from a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.answer import Answer
from cport_desktop.domain.assessment import current_classification
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.operation import OperationRow, OperationState
from cport_desktop.domain.report import Action, Assessment, ContentItem, Report, ReportStatus
from cport_desktop.domain.rows import Dossier
from cport_desktop.domain.takedown import TakedownState, standing
from cport_desktop.ui import figures
from cport_desktop.ui.models.list_columns import operation_words
from cport_desktop.ui.models.report_columns import class_tone, class_words
from cport_desktop.ui.plain_text import defanged, one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.facts import Fact, FactGrid
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.words import hotline_acts as hotline_words
from cport_desktop.words import labels
from cport_desktop.words import window as say
from cport_desktop.words.operations import takedown_sentence

_TAKEDOWN_TONES = {
    TakedownState.ASKED: None,
    TakedownState.HELD: "grave",
    TakedownState.LIFT_ASKED: "grave",
    TakedownState.EXPIRED: "muted",
}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def hosting_facts(item: ContentItem) -> tuple[Fact, ...]:
    hosting = item.hosting
    where = " · ".join(
        part
        for part in (
            hosting.country,
            hosting.ip_address,
            say.DELIVERY_NETWORK if hosting.is_delivery_network else None,
        )
        if part
    )
    provider = say.autonomous_system(
        hosting.autonomous_system, hosting.provider or hosting.organization
    )
    return (
        (say.HOSTED_IN, where or say.DASH),
        (say.PROVIDER, provider),
        (say.ASSIGNED_TO, _assigned(item)),
        (say.ITEM_REFERENCE, item.hotline_reference),
        (say.MEMO, item.memo),
    )


def _assigned(item: ContentItem) -> str | None:
    if item.assigned_country is None:
        return None
    if item.assigned_at is None:
        return item.assigned_country
    return f"{item.assigned_country} · {figures.day(item.assigned_at)}"


def report_facts(report: Report, seat: Seat) -> tuple[Fact, ...]:
    taxonomy = seat.taxonomy
    payment = ", ".join(taxonomy["payment_method"].label(code) for code in report.payment_methods)
    signed_in = " / ".join(
        part for part in (report.source_username, report.source_password) if part
    )
    return (
        (say.SITE_TYPE, _label(seat, "site_type", report.site_type)),
        (say.COMMERCIALITY, _label(seat, "commerciality", report.commerciality)),
        (say.PAYMENT, payment),
        (say.REFERRER, defanged(report.referrer).text if report.referrer else None),
        (say.CREDENTIALS, signed_in),
        (say.HOTLINE_REFERENCE, report.hotline_reference),
        (say.ANALYST, report.analyst),
        (say.UPDATED, figures.moment_in_prose(report.updated_at)),
        (say.MEMO, report.memo),
    )


def _label(seat: Seat, name: str, code: int | None) -> str | None:
    return None if code is None else seat.taxonomy[name].label(code)


def head(dossier: Dossier, seat: Seat) -> tuple[QWidget, ...]:
    """Which report it is, how grave, from whom and when, and whether it still stands as it came."""
    row = dossier.row
    line = QWidget()
    laid = QHBoxLayout(line)
    laid.setContentsMargins(0, 0, 0, 0)
    laid.addWidget(PlainLabel(report_reference(row.report_id), role="title", can_be_copied=True))
    laid.addStretch()
    words = class_words(row.classification, seat.taxonomy)
    laid.addWidget(PlainLabel(words, role="strong", tone=class_tone(row.classification)))
    parts: tuple[QWidget, ...] = (line, received_line(dossier, seat))
    if row.status is ReportStatus.NEW:
        return parts
    if row.status is ReportStatus.WITHDRAWN:
        told = say.withdrawn_because(dossier.withdrawn_reason)
        return (*parts, PlainLabel(told, tone="gravest", wraps=True))
    return (*parts, PlainLabel(say.corrected(dossier.report.revision), tone="grave", wraps=True))


def received_line(dossier: Dossier, seat: Seat) -> PlainLabel:
    """From whom and when, with UTC on hover."""
    at = dossier.report.received_at
    hotline = (
        dossier.hotline.name if dossier.hotline else seat.hotlines.name(dossier.report.hotline)
    )
    label = PlainLabel(
        say.received(one_line(hotline), figures.moment_in_prose(at)), role="muted", wraps=True
    )
    set_plain_tip(label, figures.universal(at))
    return label


def class_label(item: ContentItem, seat: Seat) -> PlainLabel:
    """The portal's classification of one content item, as glyph, word and colour."""
    code = current_classification(item)
    return PlainLabel(class_words(code, seat.taxonomy), role="strong", tone=class_tone(code))


def waiting(operations: Iterable[OperationRow], seat: Seat) -> tuple[PlainLabel, ...]:
    """What the portal has not settled, one line each, with the reason where there is one."""
    lines = []
    for row in operations:
        if row.state is not OperationState.SETTLED:
            what = operation_words(row, seat.taxonomy)
            told = say.waits(what, labels.operation_state(row.state.value), row.reason)
            tone = "gravest" if row.state is OperationState.REJECTED else None
            lines.append(PlainLabel(told, tone=tone, wraps=True))
    return tuple(lines)


def fact_block(facts: Iterable[Fact]) -> QWidget:
    return FactGrid(facts)


def takedown_lines(dossier: Dossier, seat: Seat) -> tuple[PlainLabel, ...]:
    """Whether the hotline waits with takedown, was asked to, or waited once; nothing otherwise."""
    hold = dossier.takedown_hold
    found = standing(dossier.operations, hold, now=seat.clock.now())
    if found.state is TakedownState.NONE or found.until is None:
        return ()
    until = figures.moment_in_prose(found.until)
    sentence = takedown_sentence(found.state.value, until)
    before = found.confirmed_until if found.confirmed_until != found.until else None
    told = hotline_words.standing(
        found.state.value, sentence, None if before is None else figures.moment_in_prose(before)
    )
    line = PlainLabel(told, role="strong", tone=_TAKEDOWN_TONES[found.state], wraps=True)
    set_plain_tip(line, figures.universal(found.until))
    if hold is None:
        return (line,)
    said = one_line(hotline_words.asked_by(hold.agency, hold.reason))
    return (line, PlainLabel(said, role="caption", wraps=True))


def timeline(dossier: Dossier, seat: Seat) -> QWidget:
    """Assessments and actions of every content item, and the hotline's answers, newest first."""
    events: list[_Event] = [_answered(answer) for answer in dossier.answers]
    for item in dossier.report.contents:
        events += [_assessed(assessment, seat) for assessment in item.assessments]
        events += [_acted(action, seat) for action in item.actions]
    box = QWidget()
    if not events:
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PlainLabel(say.TIMELINE_EMPTY, role="muted"))
        return box
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    events.sort(key=lambda event: event.at or _LONG_AGO, reverse=True)
    for place, event in enumerate(events):
        when = PlainLabel(figures.day(event.at) if event.at else say.DASH, role="caption")
        if event.at is not None:
            set_plain_tip(when, figures.universal(event.at))
        grid.addWidget(when, 2 * place, 0)
        grid.addWidget(PlainLabel(event.words, role="strong", tone=event.tone), 2 * place, 1)
        grid.addWidget(PlainLabel(event.detail, role="caption", wraps=True), 2 * place + 1, 1)
    return box


@dataclass(frozen=True, slots=True)
class _Event:
    at: datetime | None
    words: str
    tone: str | None
    detail: str


def _assessed(assessment: Assessment, seat: Seat) -> _Event:
    parts = []
    if assessment.age is not None:
        parts.append(f"{say.AGE} {seat.taxonomy['age'].label(assessment.age).lower()}")
    if assessment.gender is not None:
        parts.append(f"{say.GENDER} {seat.taxonomy['gender'].label(assessment.gender).lower()}")
    flags = {
        "virtual": assessment.is_virtual,
        "user_generated": assessment.is_user_generated,
        "modeling": assessment.is_modeling,
    }
    parts += [say.FLAGS[name] for name, is_set in flags.items() if is_set]
    parts.append(say.hotline_of(seat.hotlines.name(assessment.hotline), assessment.analyst))
    words = class_words(assessment.classification, seat.taxonomy)
    tone = class_tone(assessment.classification)
    return _Event(assessment.made_at, words, tone, one_line(" · ".join(parts)))


def _answered(answer: Answer) -> _Event:
    told = hotline_words.answered(answer.question, answer.text)
    who = one_line(answer.hotline)
    return _Event(answer.told_at, hotline_words.ANSWER, None, f"{who}\n{told}" if who else told)


def _acted(action: Action, seat: Seat) -> _Event:
    words = f"→ {seat.taxonomy['action'].label(action.type)}"
    reason = action.reason_text or (
        seat.taxonomy["action_reason"].label(action.reason) if action.reason is not None else ""
    )
    detail = " · ".join(part for part in (reason, action.analyst) if part)
    return _Event(action.made_at, words, None, one_line(detail))
