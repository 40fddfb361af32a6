"""Operations of an open vault, as the window asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import OperationId, report_reference
from cport_desktop.domain.operation import (
    CAN_BE_TAKEN_UP,
    WAITING_FOR_A_PERSON,
    ContributeHashes,
    GiveAssessment,
    HandOverCase,
    HoldTakedown,
    NotifyFalsePositive,
    OperationBody,
    OperationRow,
    OperationState,
    SuggestDomain,
    SuggestRemoval,
    words_of,
)
from cport_desktop.domain.operation_reason import Reason
from cport_desktop.domain.rows import Page
from cport_desktop.domain.taxonomy import UNDECIDED, CodeList
from cport_desktop.formats.operation_record import kind_word
from cport_desktop.ui import figures
from cport_desktop.ui.code_lists import spoken
from cport_desktop.ui.exchanging_lines import OutboxAct, OutboxLine, OutboxView
from cport_desktop.usecases import overview, take_up_operation
from cport_desktop.vault.vault import Vault
from cport_desktop.words import operations as said
from cport_desktop.words import outbox_page as say

_SECOND: Final = (Reason.SECOND_READER.value, Reason.SECOND_READER_CONTRADICTS.value)
"""Nobody insists past a second reader."""


class Operations:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault
        self._classes = spoken(workstation.taxonomy)["classification"]

    def page(self, view: OutboxView, limit: int, after: str | None) -> Page[OutboxLine]:
        states = WAITING_FOR_A_PERSON if view is OutboxView.NEEDING else frozenset()
        found = overview.list_operations(self._vault, limit=limit, after=after, states=states)
        lines = tuple(outbox_line(self._classes, row) for row in found.rows)
        return Page(lines, found.next_cursor, found.elapsed_ms)

    def revise(self, operation_id: str, text: str) -> Changes:
        _, changes = take_up_operation.revise_words(
            self._vault,
            OperationId(operation_id),
            text,
            operation_id=self._workstation.new_id(),
        )
        return changes

    def send_again(self, operation_id: str) -> Changes:
        _, changes = take_up_operation.send_anyway(self._vault, OperationId(operation_id))
        return changes

    def set_aside(self, operation_id: str, why: str) -> Changes:
        _, changes = take_up_operation.set_aside(self._vault, OperationId(operation_id), why)
        return changes


def outbox_line(classes: CodeList, row: OperationRow) -> OutboxLine:
    """One operation in the window's terms. `classes`: classifications, as they are spoken."""
    operation = row.operation
    reason = "" if row.reason is None else said.reason_sentence(row.reason)
    is_held_back = row.state is OperationState.NEEDS_YOU
    return OutboxLine(
        operation_id=operation.operation_id,
        report_id=operation.report_id,
        about=_about(row),
        what=_what(classes, operation.body),
        state=row.state.value,
        words=words_of(operation.body),
        answer="" if is_held_back else reason,
        changed=reason if is_held_back and row.reason != Reason.SECOND_READER.value else "",
        made_at=operation.made_at,
        answered_at=row.settled_at,
        actor=operation.actor,
        acts=_acts(row),
        facts=tuple(_facts(row)),
        means=say.SECOND_READER if reason and row.reason in _SECOND else "",
    )


def _acts(row: OperationRow) -> frozenset[OutboxAct]:
    if row.state not in CAN_BE_TAKEN_UP:
        return frozenset()
    acts = {OutboxAct.SET_ASIDE}
    if words_of(row.operation.body):
        acts.add(OutboxAct.REVISE)
    if row.state is OperationState.NEEDS_YOU and row.reason not in _SECOND:
        acts.add(OutboxAct.SEND)
    return frozenset(acts)


def _about(row: OperationRow) -> str:
    report = row.operation.report_id
    if report is not None:
        return report_reference(report)
    match row.operation.body:
        case SuggestDomain(domain=domain) | SuggestRemoval(domain=domain):
            return domain
        case ContributeHashes(list_id=name) | NotifyFalsePositive(list_id=name):
            return name
        case HandOverCase(case_reference=reference):
            return reference
        case _:
            return ""


def _what(classes: CodeList, body: OperationBody) -> str:
    kind = said.kind_word(kind_word(body))
    if isinstance(body, GiveAssessment) and body.classification != UNDECIDED:
        return say.assessment(kind, classes.label(body.classification))
    return kind


def _facts(row: OperationRow) -> Iterator[tuple[str, str]]:
    match row.operation.body:
        case HoldTakedown(until=until):
            yield say.UNTIL, figures.moment_in_prose(until)
        case SuggestDomain(criteria_version=version, criteria=criteria):
            yield say.CRITERIA, say.criteria(version, len(criteria))
        case ContributeHashes(entries=entries):
            yield say.ENTRIES, figures.count(len(entries))
        case HandOverCase(recipient=recipient, reports=reports):
            yield say.RECIPIENT, recipient
            yield say.REPORTS, figures.count(len(reports))
        case NotifyFalsePositive(entry=entry):
            yield say.ENTRY, f"{entry.algorithm.value} {entry.digest}"
        case _:
            pass
    if row.is_insisted:
        yield say.INSISTED, say.INSISTED_TOLD
    if row.operation.revises is not None:
        yield say.REVISES, row.operation.revises
    if row.revised_by is not None:
        yield say.REVISED_BY, row.revised_by
    if row.aside:
        yield say.ASIDE_BECAUSE, row.aside
