"""Export a table: rows that are listed in the window, as a file in the clear that somebody asked for.

The disclosure is on record before the first byte is written, and every piece of rows before its bytes
are, with the revision of each report: what a hotline takes back later is chased to this file, too. The
file gets its name when it was read back from the medium and agreed. What the agreement withholds from
tables is absent; a query that asks for it is refused.

Rows are read in pieces behind a cursor and written on: memory does not grow with the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cport_desktop.domain import short_lists
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.case_list import case_language
from cport_desktop.domain.chosen import MOST_LEFT_OUT, AllFound, Chosen
from cport_desktop.domain.disclosure import Disclosure, DisclosureId, DisclosureKind, Recipient
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.query import Query
from cport_desktop.domain.roles import Role
from cport_desktop.domain.row_language import row_test
from cport_desktop.domain.rows import Order
from cport_desktop.domain.table import (
    TableForm,
    TableHead,
    TablePreview,
    TableSubject,
    WithheldColumn,
    WrittenTable,
)
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import (
    AgreementForbids,
    Cancelled,
    ChoiceUnfit,
    CportError,
    OutputExists,
    ValueUnknown,
)
from cport_desktop.exports.table_writer import TableFile, table_file
from cport_desktop.usecases.allowance import Allowed, require_answer
from cport_desktop.usecases.asking import asked_of
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.usecases.table_sources import AT_A_TIME, Sources, TableSource
from cport_desktop.usecases.withhold import without_asking
from cport_desktop.vault import disclosures, hotlines
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as agreement_words
from cport_desktop.words import tables as words

NEWEST_FIRST: Final = Order()


@dataclass(frozen=True, slots=True)
class TableOrder:
    """What is to leave and where it is written. `chosen`: reports, or a query over what `subject` says, in
    the language of its list (operations leave whole). `order`: of reports. `recipient`: who gets it, by
    name.
    """

    subject: TableSubject
    chosen: Chosen
    form: TableForm
    path: Path
    order: Order = NEWEST_FIRST
    recipient: str | None = None
    reason: str | None = None

    @property
    def asked(self) -> str:
        """The query whose answer it is; '' where reports were chosen one by one."""
        return self.chosen.text if isinstance(self.chosen, AllFound) else ""


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks, and when: `is:mine` and `<30d` are theirs."""

    name: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class _Table:
    """What is going to be written, as it was when somebody looked. `names`: of the columns."""

    source: TableSource
    rows: int
    names: tuple[str, ...]
    withheld: tuple[WithheldColumn, ...]
    allowed: Allowed


def foresee_table(
    vault: Vault, order: TableOrder, *, taxonomy: Taxonomy, now: datetime
) -> TablePreview:
    """What would leave, by which clauses, and what stays out; nothing is written or recorded.

    Raises:
        RoleMissing, NotEnrolled, AgreementForbids, AgreementLapsed, QueryError, ValueUnknown: as
            `export_table`.
    """
    require(vault, Role.EXPORTER)
    sources = Sources(taxonomy, is_exact=order.form.is_exact, at_a_time=AT_A_TIME)
    with vault.reader() as reader:
        table = _table(vault, reader, order, sources, taxonomy=taxonomy, now=now)
    return TablePreview(table.rows, table.names, table.withheld, table.allowed.clauses)


def export_table(
    vault: Vault,
    order: TableOrder,
    *,
    taxonomy: Taxonomy,
    announce: Announce,
    is_cancelled: IsCancelled,
    at_a_time: int = AT_A_TIME,
) -> WrittenTable:
    """The table stands at `order.path`, whole, read back, and its departure on record. `at_a_time`: rows
    that are read, entered and written together.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        PurposeMissing: none was stated in a vault with real content.
        NotEnrolled, AgreementForbids, AgreementLapsed: the agreement does not allow it, for this
            recipient or one of the reports, or withholds what is asked for.
        QueryError, ValueUnknown, ChoiceUnfit: what is chosen, or a column that there is not.
        OutputExists, OutputUnwritable, StorageFull, DigestMismatch: the file.
        ItemErased: something of it was erased while it was written.
        Cancelled: as was asked. Whatever is raised, nothing is left at `order.path`.
    """
    require(vault, Role.EXPORTER)
    purpose = require_purpose(vault, order.reason, what=words.EXPORTING)
    if order.path.exists():
        raise OutputExists(path=str(order.path))
    disclosure_id = new_disclosure_id()
    with vault.reader() as reader:
        sources = Sources(taxonomy, is_exact=order.form.is_exact, at_a_time=at_a_time)
        table = _table(vault, reader, order, sources, taxonomy=taxonomy, now=vault.now())
        with vault.transaction() as tx:
            disclosures.enter(tx, _entered(order, table, purpose, disclosure_id))
            tx.record(_entry("export_table", order, purpose, *_particulars(order, table)))
            made_at = tx.now
        try:
            with table_file(order.path, order.form, _head(vault, order, table, made_at)) as file:
                leaving = _Leaving(vault, order, table, disclosure_id, purpose)
                leaving.write(reader, file, announce, is_cancelled)
                announce(Progress(Phase.CHECKING, 0, None))
                sha256, size = file.close()
        except CportError as error:
            with vault.transaction() as tx:
                disclosures.mark_not_left(tx, disclosure_id)
                tx.record(_entry("table_not_written", order, purpose, ("outcome", error.code)))
            raise
    with vault.transaction() as tx:
        disclosures.mark_left(tx, disclosure_id, sha256=sha256)
        tx.record(_entry("table_written", order, purpose, ("outcome", sha256)))
    return WrittenTable(
        sha256=sha256,
        size=size,
        rows=table.rows,
        columns=table.names,
        withheld=table.withheld,
        sheets=file.table.sheets,
        shortened=file.table.shortened,
    )


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A table on its way out: each piece is entered as leaving before its bytes are written."""

    vault: Vault
    order: TableOrder
    table: _Table
    disclosure_id: DisclosureId
    purpose: str | None

    def write(
        self, reader: Reader, file: TableFile, announce: Announce, is_cancelled: IsCancelled
    ) -> None:
        done, total = 0, self.table.rows
        announce(Progress(Phase.EXPORTING, 0, total))
        file.table.begin()
        for take in self.table.source.pieces(reader):
            if is_cancelled():
                raise Cancelled
            with self.vault.transaction() as tx:
                piece = take(tx, self.table.names)
                disclosures.enter_items(tx, self.disclosure_id, piece.items)
                rows = f"{done + 1}-{done + len(piece.rows)}"
                tx.record(_entry("table_rows", self.order, self.purpose, ("rows", rows)))
            file.table.add(piece.rows)
            done += len(piece.rows)
            announce(Progress(Phase.EXPORTING, min(done, total), total))
        file.table.end()


def _table(
    vault: Vault,
    reader: Reader,
    order: TableOrder,
    sources: Sources,
    *,
    taxonomy: Taxonomy,
    now: datetime,
) -> _Table:
    if isinstance(order.chosen, AllFound) and len(order.chosen.without) > MOST_LEFT_OUT:
        raise ChoiceUnfit(count=len(order.chosen.without), limit=MOST_LEFT_OUT)
    of_reports = order.subject in (TableSubject.REPORTS, TableSubject.MEDIA)
    query = asked_of(vault, order.asked if of_reports else "", taxonomy, now)
    source = _source(reader, order, query, sources, _Asker(vault.actor, now))
    question = Question(
        Function.TABLE_EXPORT, recipient=order.recipient, originators=source.countries(reader)
    )
    allowed = require_answer(vault, question, reason=order.reason)
    sort = order.order.sort if order.subject is TableSubject.REPORTS else None
    without_asking(query, allowed, sort, function=Function.TABLE_EXPORT)
    wanted = _wanted(source, order)
    withheld = tuple(
        WithheldColumn(name, allowed.withheld.fields[member])
        for name, member in wanted
        if member is not None and member in allowed.withheld.fields
    )
    out = {column.name for column in withheld}
    names = tuple(name for name, _ in wanted if name not in out)
    if not names:
        raise _nothing_left(withheld, allowed)
    return _Table(source, source.count(reader), names, withheld, allowed)


def _source(
    reader: Reader, order: TableOrder, query: Query, sources: Sources, asker: _Asker
) -> TableSource:
    match order.subject:
        case TableSubject.REPORTS:
            names = {row.hotline.hotline_id: row.hotline.name for row in hotlines.listing(reader)}
            return sources.reports(names, order.chosen, query, order.order)
        case TableSubject.MEDIA:
            return sources.media(query)
        case TableSubject.HOTLINES:
            return sources.hotlines(row_test(order.asked, short_lists.HOTLINES, now=asker.now))
        case TableSubject.OPERATIONS:
            return sources.operations()
        case TableSubject.CASES:
            language = case_language(asker.name)
            return sources.cases(row_test(order.asked, language, now=asker.now), asker.now)


def _wanted(source: TableSource, order: TableOrder) -> tuple[tuple[str, str | None], ...]:
    members = dict(source.members)
    for name in order.form.columns:
        if name not in members:
            raise ValueUnknown(what="column", value=name, accepted=", ".join(members))
    if not order.form.columns:
        return source.members
    return tuple((name, members[name]) for name in dict.fromkeys(order.form.columns))


def _nothing_left(withheld: tuple[WithheldColumn, ...], allowed: Allowed) -> AgreementForbids:
    clauses = ", ".join(dict.fromkeys(column.clause for column in withheld if column.clause))
    names = [column.name for column in withheld]
    return AgreementForbids(
        action=agreement_words.ACTIONS[Function.TABLE_EXPORT.value],
        function=Function.TABLE_EXPORT.value,
        reference=allowed.reference,
        clause=clauses or None,
        cause=words.columns_withheld(names, clauses or None),
        who=allowed.contact,
    )


def _head(vault: Vault, order: TableOrder, table: _Table, made_at: datetime) -> TableHead:
    return TableHead(
        subject=order.subject,
        columns=table.names,
        rows=table.rows,
        asked=order.asked,
        made_at=made_at,
        agreement=table.allowed.reference,
        is_synthetic=vault.nature.is_synthetic,
    )


def _entered(
    order: TableOrder, table: _Table, purpose: str | None, disclosure_id: DisclosureId
) -> Disclosure:
    """For the register. Somebody gets it, named or not: what is taken back is chased to them."""
    return Disclosure(
        disclosure_id=disclosure_id,
        kind=DisclosureKind.TABLE,
        title=words.title(order.subject.value, table.rows, order.path.name),
        recipients=(Recipient(order.recipient or words.UNNAMED),),
        clause=table.allowed.clause or None,
        reason=purpose,
        foreseen=table.rows,
    )


def _particulars(order: TableOrder, table: _Table) -> tuple[tuple[str, str], ...]:
    return (
        ("file", order.path.name),
        ("format", order.form.format.value),
        ("query", order.asked),
        ("columns", " ".join(table.names)),
        ("rows", str(table.rows)),
    )


def _entry(
    verb: str, order: TableOrder, purpose: str | None, *payload: tuple[str, str]
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=ObjectKind.TABLE,
        object_reference=order.subject.value,
        reason=purpose,
        recipient=order.recipient,
        payload=payload,
    )
