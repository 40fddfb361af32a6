"""The summary of a shift as sections of lines, and as plain text: the same in a window, on a terminal and
on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.about import About, of_case, of_media, of_report
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.shift import ShiftSummary
from cport_desktop.domain.task import Task
from cport_desktop.words import operations as operation_words
from cport_desktop.words import shift as words

Told = Callable[[datetime], str]
"""How a moment is told here: in local time, or in UTC."""


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One open end, and what it is about, if it is about one thing."""

    text: str
    about: About | None = None


@dataclass(frozen=True, slots=True)
class ShiftSection:
    """Open ends of one kind. `count`: of all of them; `note`: what else is to be said of them."""

    name: str
    count: int
    lines: tuple[ShiftLine, ...]
    note: str = ""


def shift_sections(summary: ShiftSummary, told: Told) -> tuple[ShiftSection, ...]:
    """What is most pressing comes first."""
    return (
        ShiftSection(words.LEASES, summary.leases_count, tuple(_leases(summary, told))),
        ShiftSection(words.ASSIGNED, summary.assigned_count, tuple(_assigned(summary))),
        ShiftSection(words.OPERATIONS, summary.operations_count, tuple(_operations(summary))),
        ShiftSection(
            words.TASKS,
            summary.tasks_count,
            tuple(_task(task, summary.at, told) for task in summary.tasks),
            words.overdue(summary.overdue_count) if summary.overdue_count else "",
        ),
        ShiftSection(
            words.DRAFTS,
            len(summary.drafts),
            tuple(_draft(place) for place in summary.drafts),
            "" if summary.drafts_kept else words.NO_DRAFTS_KEPT,
        ),
        ShiftSection(words.HOLDS, summary.holds_count, tuple(_holds(summary))),
    )


def shift_text(summary: ShiftSummary, told: Told) -> str:
    """All of it, ready to be printed. Empty sections say that they are."""
    lines = [words.heading(summary.analyst, told(summary.at)), ""]
    if summary.is_empty:
        lines += [words.NOTHING_OPEN, ""]
    for section in shift_sections(summary, told):
        lines.append(words.section(section.name, section.count))
        lines += [f"  {line.text}" for line in section.lines]
        if section.count > len(section.lines):
            lines.append(f"  {words.more(section.count - len(section.lines))}")
        if not section.count:
            lines.append(f"  {words.EMPTY[section.name]}")
        if section.note:
            lines.append(f"  {section.note}")
        lines.append("")
    return "\n".join(lines).rstrip()


def _leases(summary: ShiftSummary, told: Told) -> Iterator[ShiftLine]:
    for lease in summary.leases:
        named = report_reference(lease.report_id)
        yield ShiftLine(words.lease(named, told(lease.until)), of_report(lease.report_id))


def _assigned(summary: ShiftSummary) -> Iterator[ShiftLine]:
    for report_id in summary.assigned:
        yield ShiftLine(report_reference(report_id), of_report(report_id))


def _operations(summary: ShiftSummary) -> Iterator[ShiftLine]:
    for one in summary.operations:
        named = None if one.report_id is None else report_reference(one.report_id)
        kind, state = operation_words.kind_word(one.kind), operation_words.state_word(one.state)
        yield ShiftLine(
            words.operation(kind, named, state),
            None if one.report_id is None else of_report(one.report_id),
        )


def _task(task: Task, now: datetime, told: Told) -> ShiftLine:
    due = None if task.due_at is None else told(task.due_at)
    line = words.task(task.title, str(task.about), due, is_overdue=task.is_overdue(now))
    return ShiftLine(line, task.about)


def _draft(place: DraftPlace) -> ShiftLine:
    about = about_of_place(place)
    return ShiftLine(words.draft(place.kind.value, "" if about is None else str(about)), about)


def _holds(summary: ShiftSummary) -> Iterator[ShiftLine]:
    for one in summary.holds:
        yield ShiftLine(words.hold(one.item.reference, one.hold_id, one.reason))


def about_of_place(place: DraftPlace) -> About | None:
    """What a draft is about."""
    if place.report is not None:
        return of_report(place.report)
    if place.media is not None:
        return of_media(place.media)
    return None if place.case is None else of_case(place.case)
