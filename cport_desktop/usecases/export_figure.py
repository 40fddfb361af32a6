"""Save a figure: the picture that is shown, or its table, as a file in the clear that somebody asked for.

It leaves as a table does (`usecases.export_table`): by the same function of the agreement, on record
before the first byte is written, into a file that gets its name when it was read back. What is in it is
read anew, without what the agreement withholds from tables; a figure that rests on such a thing is
refused. Counts name no report; a case along time, or its links, name theirs with their revisions.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cport_desktop.domain.about import AboutKind
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.case import MomentKind
from cport_desktop.domain.case_shown import CaseLinked, CaseTime
from cport_desktop.domain.disclosure import (
    DisclosedItem,
    Disclosure,
    DisclosureId,
    DisclosureKind,
    Recipient,
    report_item,
)
from cport_desktop.domain.figure import Figure, FigureQuestion
from cport_desktop.domain.figure_file import (
    CaseLinksWanted,
    CaseTimeWanted,
    FigureFormat,
    Wanted,
    WrittenFigure,
)
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CportError, ItemErased, OutputExists
from cport_desktop.exports import csv_table, svg_picture
from cport_desktop.exports.composition import confirm_written
from cport_desktop.exports.figure_drawing import Shown, title
from cport_desktop.exports.output_files import growing_file
from cport_desktop.usecases.allowance import Allowed, require_answer
from cport_desktop.usecases.asking import asked_of
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.figures import Counting
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.usecases.withhold import without_asking
from cport_desktop.vault import case_shown, cases, disclosures, report_stream
from cport_desktop.vault.transaction import Reader, Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import charts as words
from cport_desktop.words import tables as table_words

_BEGINS_WITH: Final = {
    FigureFormat.PNG: b"\x89PNG\r\n\x1a\n",
    FigureFormat.SVG: svg_picture.BEGINS_WITH,
    FigureFormat.CSV: csv_table.BEGINS_WITH,
}
Render = Callable[[Shown], bytes]
"""What is shown as the bytes of a file."""


@dataclass(frozen=True, slots=True)
class FigureOrder:
    """What is to leave, and where it is written. `recipient`: who gets it, by name."""

    wanted: Wanted
    format: FigureFormat
    path: Path
    recipient: str | None = None
    reason: str | None = None


def export_figure(
    vault: Vault, order: FigureOrder, render: Render, counting: Counting
) -> WrittenFigure:
    """The figure stands at `order.path`, read back, and its departure on record.

    Raises:
        RoleMissing: the analyst has not the roles “exporter” and “analyst”.
        PurposeMissing: none was stated in a vault with real content.
        NotEnrolled, AgreementForbids, AgreementLapsed: the agreement does not allow it, for this
            recipient or one of the reports, or withholds what it rests on.
        QueryError, UnknownReference: what is asked for.
        OutputExists, OutputUnwritable, StorageFull, DigestMismatch: the file.
        ItemErased: something of it was erased meanwhile. Whatever is raised, nothing is left at
            `order.path`.
    """
    require(vault, Role.EXPORTER)
    require(vault, Role.ANALYST)
    purpose = require_purpose(vault, order.reason, what=words.EXPORTING)
    if order.path.exists():
        raise OutputExists(path=str(order.path))
    disclosure_id = new_disclosure_id()
    with vault.reader() as reader:
        shown, allowed = _shown(vault, reader, order, counting)
    content = render(shown)
    with vault.transaction() as tx:
        entered = _entered(order, shown, allowed, disclosure_id)
        disclosures.enter(tx, replace(entered, items=_items(tx, shown), reason=purpose))
        tx.record(_entry("export_figure", order, purpose, *_particulars(order, content)))
    try:
        sha256 = _write(order, content)
    except CportError as error:
        with vault.transaction() as tx:
            disclosures.mark_not_left(tx, disclosure_id)
            tx.record(_entry("figure_not_written", order, purpose, ("outcome", error.code)))
        raise
    with vault.transaction() as tx:
        disclosures.mark_left(tx, disclosure_id, sha256=sha256)
        tx.record(_entry("figure_written", order, purpose, ("outcome", sha256)))
    return WrittenFigure(sha256, len(content), allowed.clauses)


def _shown(
    vault: Vault, reader: Reader, order: FigureOrder, counting: Counting
) -> tuple[Shown, Allowed]:
    match order.wanted:
        case FigureQuestion() as question:
            query = asked_of(vault, question.asked, counting.taxonomy, counting.now)
            allowed = _allowed(vault, order, report_stream.countries(reader, query))
            without_asking(query, allowed, function=Function.TABLE_EXPORT)
            counting.require_countable(question.kind, allowed, Function.TABLE_EXPORT)
            return counting.figure(reader, question, query), allowed
        case CaseTimeWanted(number):
            case = cases.find(reader, number)
            allowed = _allowed(vault, order, case_shown.countries(reader, case))
            return case_shown.in_time(reader, case, allowed.withheld.fields), allowed
        case CaseLinksWanted(number):
            case = cases.find(reader, number)
            allowed = _allowed(vault, order, case_shown.countries(reader, case))
            return case_shown.linked(reader, case, allowed.withheld.fields), allowed


def _allowed(vault: Vault, order: FigureOrder, countries: tuple[str, ...]) -> Allowed:
    question = Question(Function.TABLE_EXPORT, recipient=order.recipient, originators=countries)
    return require_answer(vault, question, reason=order.reason)


def _write(order: FigureOrder, content: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    begins_with = _BEGINS_WITH[order.format]
    with growing_file(order.path, begins_with=begins_with) as (part, descriptor):
        with os.fdopen(descriptor, "wb", closefd=False) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        confirm_written(part, sha256)
    return sha256


def _entered(
    order: FigureOrder, shown: Shown, allowed: Allowed, disclosure_id: DisclosureId
) -> Disclosure:
    """For the register. Somebody gets it, named or not."""
    return Disclosure(
        disclosure_id=disclosure_id,
        kind=DisclosureKind.TABLE,
        title=words.file_title(title(shown), order.path.name),
        recipients=(Recipient(order.recipient or table_words.UNNAMED),),
        clause=allowed.clause or None,
    )


def _items(tx: Transaction, shown: Shown) -> tuple[DisclosedItem, ...]:
    """The case, and each report that the figure names, as it stands now.

    Raises:
        ItemErased: one of them is not here any more.
    """
    match shown:
        case Figure():
            return ()
        case CaseTime(case, moments):
            numbers = {
                ReportId(moment.about.number)
                for moment in moments
                if moment.about is not None
                and moment.about.kind is AboutKind.REPORT
                and moment.kind is not MomentKind.REMOVED
            }
            is_needed = False
        case CaseLinked(case, links):
            numbers = {one.report_id for one in links.reports}
            is_needed = True
    revisions = disclosures.revisions_here(tx, sorted(numbers))
    for number in sorted(numbers):
        if is_needed and number not in revisions:
            raise ItemErased(reference=report_reference(number))
    named = tuple(report_item(number, revision) for number, revision in sorted(revisions.items()))
    return (DisclosedItem(AboutKind.CASE.value, case.reference), *named)


def _particulars(order: FigureOrder, content: bytes) -> tuple[tuple[str, str], ...]:
    asked = order.wanted.asked if isinstance(order.wanted, FigureQuestion) else ""
    return (
        ("file", order.path.name),
        ("format", order.format.value),
        ("query", asked),
        ("size", str(len(content))),
    )


def _entry(
    verb: str, order: FigureOrder, purpose: str | None, *payload: tuple[str, str]
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=ObjectKind.TABLE,
        object_reference=_reference(order.wanted),
        reason=purpose,
        recipient=order.recipient,
        payload=payload,
    )


def _reference(wanted: Wanted) -> str:
    match wanted:
        case FigureQuestion(kind):
            return f"figure {kind.value}"
        case CaseTimeWanted(number):
            return f"timeline C-{number}"
        case CaseLinksWanted(number):
            return f"links C-{number}"
