"""The columns of cases, of what is in one, of its timeline, and of tasks."""

from __future__ import annotations

from datetime import datetime

from cport_desktop.clock import Clock
from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.case import CaseItem, CaseRow, CaseState, Moment, MomentKind
from cport_desktop.domain.case_list import CaseOrder
from cport_desktop.domain.task import Task
from cport_desktop.domain.taxonomy import UNDECIDED, Taxonomy
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.models.report_columns import class_tone, class_words
from cport_desktop.ui.plain_text import domain_copied, one_line, shortened
from cport_desktop.words import cases as words
from cport_desktop.words import cases_page as say
from cport_desktop.words import operations as operation_words
from cport_desktop.words import window

_LONGEST_CELL = 400


def case_columns() -> tuple[Column[CaseRow], ...]:
    return (
        Column(
            say.CASE,
            lambda row: row.case.reference,
            width=72,
            is_mono=True,
            sort=CaseOrder.NEWEST.value,
        ),
        Column(
            say.STATE,
            lambda row: say.STATE_OPEN if _is_open(row) else say.STATE_CLOSED,
            width=88,
            tone=lambda row: None if _is_open(row) else "muted",
            spoken=lambda row: say.STATE_OPEN_SPOKEN if _is_open(row) else say.STATE_CLOSED_SPOKEN,
        ),
        Column(
            say.CASE_TITLE,
            lambda row: _cell(row.case.title),
            share=2.0,
            hover=_title,
            sort=CaseOrder.TITLE.value,
        ),
        Column(say.ITEMS, lambda row: figures.count(row.items), width=72, is_number=True),
        Column(
            say.TASKS_DUE,
            lambda row: say.tasks_of(row.tasks_open, row.tasks_overdue),
            width=110,
            tone=lambda row: "gravest" if row.tasks_overdue else None,
        ),
        Column(
            say.LEAD,
            lambda row: "" if row.case.lead is None else _cell(row.case.lead.name),
            width=140,
            is_spare=True,
        ),
        Column(
            say.LAST_ACTIVITY,
            lambda row: figures.moment(row.active_at),
            width=140,
            tone=lambda _row: "muted",
            hover=lambda row: figures.universal(row.active_at),
        ),
    )


def item_columns(taxonomy: Taxonomy) -> tuple[Column[CaseItem], ...]:
    def said(row: CaseItem) -> str:
        code = row.classification
        return "" if code is None else class_words(code, taxonomy)

    return (
        Column(
            say.ITEM,
            lambda row: _cell(str(row.about)),
            share=0.8,
            is_mono=True,
            copied=lambda row, is_exact: _about_copied(row.about, is_exact=is_exact),
        ),
        Column(
            say.DOMAIN,
            lambda row: _cell(row.domain),
            copied=lambda row, is_exact: domain_copied(row.domain or "", is_exact=is_exact),
        ),
        Column(
            say.CLASS,
            said,
            width=112,
            tone=lambda row: class_tone(row.classification or UNDECIDED),
        ),
        Column(
            say.RECEIVED,
            lambda row: "" if row.received_at is None else figures.moment(row.received_at),
            width=140,
            is_spare=True,
        ),
        Column(
            say.ADDED,
            lambda row: figures.moment(row.added_at),
            width=140,
            tone=lambda _row: "muted",
            hover=lambda row: one_line(row.added_by),
        ),
    )


def moment_columns(taxonomy: Taxonomy) -> tuple[Column[Moment], ...]:
    return (
        Column(
            say.WHEN,
            lambda row: figures.moment(row.at),
            width=140,
            tone=lambda _row: "muted",
            hover=lambda row: figures.universal(row.at),
        ),
        Column(say.WHAT, lambda row: words.moment(row.kind.value, row.count), share=1.0),
        Column(
            say.ABOUT,
            lambda row: "" if row.about is None else _cell(str(row.about)),
            width=96,
            is_mono=True,
            copied=lambda row, is_exact: _about_copied(row.about, is_exact=is_exact),
        ),
        Column(
            say.WORDS,
            lambda row: told(row, taxonomy),
            share=1.4,
            tone=lambda row: class_tone(row.code) if _is_classed(row) else None,
            hover=lambda row: _cell(row.text),
        ),
        Column(
            say.BY, lambda row: _cell(row.by), width=146, tone=lambda _row: "muted", is_spare=True
        ),
    )


def task_columns(clock: Clock) -> tuple[Column[Task], ...]:
    def state(row: Task) -> tuple[str, str]:
        if row.is_done:
            return say.IS_DONE, say.IS_DONE_SPOKEN
        if row.is_overdue(clock.now()):
            return say.IS_LATE, say.IS_LATE_SPOKEN
        return say.IS_OPEN, say.IS_OPEN_SPOKEN

    return (
        Column(
            say.TASK_STATE,
            lambda row: state(row)[0],
            width=96,
            tone=lambda row: "gravest" if row.is_overdue(clock.now()) else None,
            spoken=lambda row: state(row)[1],
        ),
        Column(
            say.ABOUT,
            lambda row: _cell(str(row.about)),
            width=120,
            is_mono=True,
            copied=lambda row, is_exact: _about_copied(row.about, is_exact=is_exact),
        ),
        Column(say.TASK_WHAT, lambda row: _cell(row.title), share=2.0, hover=_task_title),
        Column(say.DUE, lambda row: _moment(row.due_at), width=140, hover=_due),
        Column(say.ASSIGNEE, lambda row: _cell(row.assignee), share=0.7),
        Column(
            say.SET_BY,
            lambda row: _cell(row.made_by),
            width=146,
            tone=lambda _row: "muted",
            is_spare=True,
        ),
    )


def told(row: Moment, taxonomy: Taxonomy) -> str:
    """The words of a moment: a label of a code list, a kind of operation, or what somebody wrote."""
    if row.kind is MomentKind.DONE:
        kind = operation_words.kind_word(row.text or "")
        if row.code is None:
            return kind
        return f"{kind}: {class_words(row.code, taxonomy)}"
    if row.kind is MomentKind.ASSESSED and row.code is not None:
        return class_words(row.code, taxonomy)
    if row.kind is MomentKind.ACTED and row.code is not None:
        return taxonomy["action"].label(row.code)
    return _cell(row.text)


def _is_classed(row: Moment) -> bool:
    return row.kind in (MomentKind.ASSESSED, MomentKind.DONE) and row.code is not None


def _is_open(row: CaseRow) -> bool:
    return row.case.state is CaseState.OPEN


def _title(row: CaseRow) -> str:
    return one_line(row.case.title)


def _task_title(row: Task) -> str:
    return one_line(row.title)


def _due(row: Task) -> str:
    return "" if row.due_at is None else figures.universal(row.due_at)


def _moment(at: datetime | None) -> str:
    return window.DASH if at is None else figures.moment(at)


def _about_copied(about: About | None, *, is_exact: bool) -> str:
    if about is None or about.kind is not AboutKind.DOMAIN:
        return "" if about is None else str(about)
    return domain_copied(str(about.reference), is_exact=is_exact)


def _cell(text: str | None) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL)) if text else ""
