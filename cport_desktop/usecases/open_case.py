"""Open a case; change its title and lead; close it with a reason, and open it again with one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cport_desktop.domain.audit import AuditAction
from cport_desktop.domain.case import Case, CaseId, CaseState, Lead
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.kept_text import (
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    one_line,
    some_lines,
)
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CaseUnfit
from cport_desktop.usecases.keep_drafts import end_with_act
from cport_desktop.usecases.permission import require, stated_reason
from cport_desktop.usecases.work_record import entry_of
from cport_desktop.vault import analysts, cases
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import cases as words


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What becomes of a case; None: as it was. `leads`: whether it says who leads it, `lead`: who, or
    nobody. `draft`: what it was typed in, which ends with it.
    """

    title: str | None = None
    summary: str | None = None
    lead: str | None = None
    leads: bool = False
    draft: DraftPlace | None = None


def open_case(
    vault: Vault, *, title: str, summary: str = "", draft: DraftPlace | None = None
) -> tuple[Case, Changes]:
    """The case is open, under the next number; what lay at `draft` has come to its end with it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        KeptTextUnfit: no title, or a title or summary that is too long.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        end_with_act(vault, tx, draft)
        return begin_within(vault, tx, title=title, summary=summary), Changes.WORK


def begin_within(vault: Vault, tx: Transaction, *, title: str, summary: str = "") -> Case:
    """As `open_case`, once the transaction commits."""
    require(vault, Role.ANALYST)
    line, text = _fitting(title, summary)
    case = cases.begin(tx, CaseId(secrets.token_hex(16)), title=line, summary=text)
    tx.record(entry_of("open_case", case.about, action=AuditAction.COLLECTION))
    return case


def retitle_case(
    vault: Vault, number: int, *, title: str | None = None, summary: str | None = None
) -> tuple[Case, Changes]:
    """It has this title and this summary; None: as it was.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is no such case.
        CaseUnfit: it is closed.
        KeptTextUnfit: no title, or a title or summary that is too long.
    """
    require(vault, Role.ANALYST)
    return change_case(vault, number, CaseChange(title=title, summary=summary))


def lead_case(vault: Vault, number: int, name: str | None) -> tuple[Case, Changes]:
    """It is led by the analyst of this name, or by nobody.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is no such case, or nobody of that name works here.
        CaseUnfit: it is closed.
    """
    require(vault, Role.ANALYST)
    return change_case(vault, number, CaseChange(lead=name, leads=True))


def change_case(vault: Vault, number: int, change: CaseChange) -> tuple[Case, Changes]:
    """All that `change` says is so, or nothing of it.

    Raises:
        RoleMissing, UnknownReference, CaseUnfit, KeptTextUnfit: as `retitle_case` and `lead_case`.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        case = open_one(vault, tx, number)
        end_with_act(vault, tx, change.draft)
        if change.title is not None or change.summary is not None:
            line, text = _fitting(
                case.title if change.title is None else change.title,
                case.summary if change.summary is None else change.summary,
            )
            cases.retitle(tx, case, title=line, summary=text)
            tx.record(entry_of("retitle_case", case.about))
        if change.leads:
            analyst = None if change.lead is None else analysts.named(tx, change.lead)
            lead = None if analyst is None else Lead(analyst.analyst_id, analyst.name)
            cases.give_lead(tx, case, lead)
            tx.record(entry_of("lead_case", case.about, (("lead", change.lead or ""),)))
        return cases.find(tx, number), Changes.WORK


def close_case(
    vault: Vault, number: int, *, reason: str | None, draft: DraftPlace | None = None
) -> tuple[Case, Changes]:
    """It is closed: it takes and gives nothing any more. Notes can still be written about it. What lay at
    `draft` has come to its end with it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is no such case.
        CaseUnfit: it is closed already.
        PurposeMissing, TextUnfit: no reason, or one too long.
    """
    require(vault, Role.ANALYST)
    why = stated_reason(reason, what=words.CLOSING)
    with vault.transaction() as tx:
        case = open_one(vault, tx, number)
        cases.close(tx, case, why)
        end_with_act(vault, tx, draft)
        tx.record(entry_of("close_case", case.about, reason=why))
        return cases.find(tx, number), Changes.WORK


def reopen_case(
    vault: Vault, number: int, *, reason: str | None, draft: DraftPlace | None = None
) -> tuple[Case, Changes]:
    """It is open again: the way back of `close_case`. What lay at `draft` has come to its end with it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is no such case.
        CaseUnfit: it is open.
        PurposeMissing, TextUnfit: no reason, or one too long.
    """
    require(vault, Role.ANALYST)
    why = stated_reason(reason, what=words.REOPENING)
    with vault.transaction() as tx:
        case = cases.find(tx, number)
        if case.state is CaseState.OPEN:
            raise CaseUnfit(case=case.reference, rule=words.IS_OPEN)
        cases.reopen(tx, case, why)
        end_with_act(vault, tx, draft)
        tx.record(entry_of("reopen_case", case.about, reason=why))
        return cases.find(tx, number), Changes.WORK


def open_one(vault: Vault, reader: Reader, number: int) -> Case:
    """The case of this number, which is open.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: there is no such case.
        CaseUnfit: it is closed.
    """
    require(vault, Role.ANALYST)
    case = cases.find(reader, number)
    if case.state is CaseState.CLOSED:
        raise CaseUnfit(case=case.reference, rule=words.IS_CLOSED)
    return case


def _fitting(title: str, summary: str) -> tuple[str, str]:
    return (
        one_line(title, what=words.A_TITLE, limit=LONGEST_TITLE),
        some_lines(summary, what=words.A_SUMMARY, limit=LONGEST_SUMMARY, may_be_empty=True),
    )
