"""Verbs of triage: deciding many, the next one, undoing, giving to a colleague, having in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from cport_desktop.cli.answer import Answer, Json, Record, listing
from cport_desktop.cli.operation_values import classification
from cport_desktop.cli.printing import table
from cport_desktop.cli.read_verbs import order_of
from cport_desktop.cli.session import Session, report_id, require_order
from cport_desktop.cli.short_lists import short_list
from cport_desktop.clock import iso_utc
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import AllFound, Chosen
from cport_desktop.domain.deed import OF_CLASSES, Deed, DeedState
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.lease import Lease
from cport_desktop.domain.progress import Announce
from cport_desktop.domain.second_reading import SecondReading, Verdict
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import ArgumentsUnclear
from cport_desktop.usecases import (
    assign_reports,
    decide_reports,
    lease_reports,
    second_reading,
    triage_round,
    turn_deeds,
)
from cport_desktop.usecases.assign_reports import Giving
from cport_desktop.usecases.choosing import numbers_chosen
from cport_desktop.usecases.decide_reports import LeftAsItWas, ManyDecided, ManyDecision
from cport_desktop.usecases.take_up_operation import show_operation
from cport_desktop.usecases.turn_deeds import Means, StepStays, Turned
from cport_desktop.vault.paging import read_cursor, write_cursor
from cport_desktop.vault.vault import Vault
from cport_desktop.words import deeds as deed_words
from cport_desktop.words import second_reading as second_words
from cport_desktop.words import triage as words
from cport_desktop.words.colleagues import both, who

_DEEDS: Final = "deeds"


def undo(session: Session) -> Answer:
    """`cport undo [NUMBER]`."""
    number = session.options.text("number")
    with session.vault() as vault, session.progress() as announce:
        means = _means(session, announce)
        turned, changes = turn_deeds.undo(
            vault, means, number=None if number is None else int(number)
        )
    return _turned(session, turned, changes, deed_words.undone)


def redo(session: Session) -> Answer:
    """`cport redo`."""
    with session.vault() as vault, session.progress() as announce:
        means = _means(session, announce)
        turned, changes = turn_deeds.redo(vault, means)
    return _turned(session, turned, changes, deed_words.redone)


def deeds(session: Session) -> Answer:
    """`cport deeds`."""
    options = session.options
    require_order(session, "-at")
    limit, after = options.number("limit"), options.text("after")
    with session.vault() as vault:
        before = read_cursor(_DEEDS, after, int)[0] if after else None
        found = turn_deeds.list_deeds(vault, limit=limit + 1, before=before)
    shown = found[:limit]
    rows = [
        (str(each.number), iso_utc(each.at), deed_sentence(each, session.workstation.taxonomy),
         _state(each))
        for each in shown
    ]  # fmt: skip
    return listing(
        [_deed(each, session.workstation.taxonomy) for each in shown],
        text=table(deed_words.HEADS, rows) if rows else deed_words.NO_DEEDS,
        total=None,
        next_cursor=write_cursor(_DEEDS, shown[-1].number) if len(found) > limit else None,
        elapsed_ms=session.elapsed_ms,
    )


def assign(session: Session) -> Answer:
    """`cport assign REF … --to NAME`."""
    options = session.options
    to = options.text("to")
    with session.vault() as vault, session.progress() as announce:
        giving = Giving(_numbers(session, vault), to, _typed(session))
        means = _means(session, announce)
        given, changes = assign_reports.assign(vault, giving, means)
    fields: dict[str, Json] = {
        "assigned": [report_reference(each) for each in given],
        "to": to,
        "changes": _changes(changes),
    }
    return Answer(fields, words.assigned(len(given), to))


def assess(session: Session) -> Answer:
    """`cport triage assess CLASSIFICATION [REF …] [--query Q] [--count N]`."""
    options = session.options
    code = classification(session.workstation.taxonomy, options.required("classification"))
    with session.vault() as vault, session.progress() as announce:
        decision = ManyDecision(
            _numbers(session, vault),
            code,
            typed=_typed(session),
            reason=options.text("reason"),
            despite_leases=options.flag("despite_lease"),
        )
        means = _means(session, announce)
        if options.flag("dry_run"):
            found = decide_reports.foresee_reports(vault, decision, means)
            return _decided(found, Changes.NOTHING, words.would(len(found.decided)))
        found, changes = decide_reports.decide_reports(vault, decision, means)
    return _decided(found, changes, words.outcome(len(found.decided), found.not_reached))


def following(session: Session) -> Answer:
    """`cport triage next [QUERY]`."""
    options, taxonomy = session.options, session.workstation.taxonomy
    around = triage_round.Round(
        " ".join(options.texts("query")),
        order_of(options.text("sort")),
        frozenset(map(report_id, options.texts("skip"))),
    )
    lease: Lease | None = None
    with session.vault() as vault:
        now = session.workstation.clock.now()
        row = triage_round.next_undecided(vault, around, taxonomy=taxonomy, now=now)
        if row is not None and options.flag("take"):
            lease = lease_reports.take_in_hand(vault, row.report_id)
    if row is None:
        return Answer({"report": None, "lease": None}, words.NO_UNDECIDED)
    reference = report_reference(row.report_id)
    fields: dict[str, Json] = {
        "report": {"id": reference, "domain": row.domain, "received_at": iso_utc(row.received_at)},
        "lease": None if lease is None else _lease(lease),
    }
    told = [reference, row.domain, "" if lease is None else who(lease.holder, lease.station)]
    return Answer(fields, table(words.NEXT_HEADS, [told]))


def leases(session: Session) -> Answer:
    """`cport lease list`."""
    with session.vault() as vault:
        found = lease_reports.list_leases(vault)
    return short_list(session, [_lease(each) for each in found], _told_leases)


def take(session: Session) -> Answer:
    """`cport lease take REF`."""
    with session.vault() as vault:
        lease = lease_reports.take_in_hand(vault, report_id(session.options.required("reference")))
        beside = lease_reports.held_beside(vault, lease.report_id)
    until = iso_utc(lease.until)
    told = words.taken(report_reference(lease.report_id), until)
    if not lease.is_own:
        told = words.in_hand(who(lease.holder, lease.station), until)
    elif beside is not None:
        told = f"{told}\n{both(beside.holder, beside.station or '', iso_utc(beside.until))}"
    fields: dict[str, Json] = {
        "lease": _lease(lease),
        "beside": None if beside is None else _lease(beside),
    }
    return Answer(fields, told)


def give_back(session: Session) -> Answer:
    """`cport lease give-back [REF]`."""
    reference = session.options.text("reference")
    with session.vault() as vault:
        ended = lease_reports.give_back(vault, None if reference is None else report_id(reference))
    return Answer({"ended": ended}, words.given_back(ended))


def deed_sentence(deed: Deed, taxonomy: Taxonomy) -> str:
    """What was done: `HL-17 assessed as National CSAM`."""
    detail = deed.detail
    if deed.kind in OF_CLASSES and detail.isdecimal():
        detail = taxonomy["classification"].label(int(detail))
    item = None if deed.first is None else str(deed.first)
    return deed_words.what(deed.kind.value, detail=detail, item=item, count=deed.items)


def _numbers(session: Session, vault: Vault) -> tuple[ReportId, ...]:
    options = session.options
    references, query = options.texts("references"), options.text("query")
    if query is not None and references:
        raise ArgumentsUnclear(cause="REF or --query, not both", command=f"cport {options.verb}")
    chosen: Chosen = tuple(map(report_id, references)) if query is None else AllFound(query)
    return numbers_chosen(
        vault,
        chosen,
        limit=decide_reports.MOST,
        taxonomy=session.workstation.taxonomy,
        now=session.workstation.clock.now(),
    )


def _means(session: Session, announce: Announce) -> Means:
    return Means(session.workstation.new_id, announce, session.is_cancelled)


def _typed(session: Session) -> int | None:
    typed = session.options.text("count")
    return None if typed is None else int(typed)


def _turned(
    session: Session, turned: Turned, changes: Changes, tell: Callable[[str], str]
) -> Answer:
    taxonomy = session.workstation.taxonomy
    stays = [(_item(each), each.reason) for each in turned.stays]
    fields: dict[str, Json] = {
        "deed": _deed(turned.deed, taxonomy),
        "items": turned.steps,
        "stays": [{"id": item, "reason": reason} for item, reason in stays],
        "changes": _changes(changes),
    }
    told = [tell(deed_sentence(turned.deed, taxonomy)), deed_words.stays(stays)]
    return Answer(fields, "\n".join(line for line in told if line))


def _decided(found: ManyDecided, changes: Changes, told: str) -> Answer:
    stays = [(report_reference(each.report_id), each.reason) for each in found.refused]
    fields: dict[str, Json] = {
        "reports": [report_reference(each) for each in found.decided],
        "refused": [_left(each) for each in found.refused],
        "not_reached": found.not_reached,
        "deed": found.deed,
        "changes": _changes(changes),
    }
    return Answer(fields, "\n".join(line for line in (told, deed_words.stays(stays)) if line))


def _left(left: LeftAsItWas) -> Record:
    reference = report_reference(left.report_id)
    return {"id": reference, "reason": left.reason, "code": left.code or None}


def _item(stays: StepStays) -> str:
    return deed_words.NO_ITEM if stays.about is None else str(stays.about)


def _deed(deed: Deed, taxonomy: Taxonomy) -> dict[str, Json]:
    return {
        "id": str(deed.number),
        "at": iso_utc(deed.at),
        "kind": deed.kind.value,
        "detail": deed.detail,
        "items": deed.items,
        "undone": deed.undone,
        "first": None if deed.first is None else str(deed.first),
        "state": deed.state.value,
        "told": deed_sentence(deed, taxonomy),
    }


def _state(deed: Deed) -> str:
    if 0 < deed.undone < deed.items:
        return deed_words.PARTLY
    return deed_words.STATES[DeedState(deed.state).value]


def _lease(lease: Lease) -> dict[str, Json]:
    """`id`: the report may be in somebody's hands at several stations."""
    reference = report_reference(lease.report_id)
    return {
        "id": reference if lease.station is None else f"{reference} {lease.station}",
        "report": reference,
        "holder": lease.holder,
        "station": lease.station,
        "taken_at": iso_utc(lease.taken_at),
        "until": iso_utc(lease.until),
        "is_own": lease.is_own,
    }


def _holder(item: Record) -> str:
    station = item["station"]
    return who(str(item["holder"]), None if station is None else str(station))


def _told_leases(items: Sequence[Record]) -> str:
    if not items:
        return words.NO_LEASES
    rows = [(str(item["report"]), _holder(item), str(item["until"])) for item in items]
    return table(words.LEASE_HEADS, rows)


def _changes(changes: Changes) -> list[Json]:
    return [str(kind.name).lower() for kind in changes]


def second_list(session: Session) -> Answer:
    """`cport second list`."""
    require_order(session, "asked_at")
    limit, after = session.options.number("limit"), session.options.text("after")
    with session.vault() as vault:
        page = second_reading.list_second_readings(vault, limit=limit, after=after)
    items = [_reading(each) for each in page.rows]
    return listing(
        items,
        text=_told_readings(items),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )


def confirm(session: Session) -> Answer:
    """`cport second confirm ID CLASSIFICATION`."""
    return _read(session, Verdict.CONFIRMED)


def contradict(session: Session) -> Answer:
    """`cport second contradict ID CLASSIFICATION`."""
    return _read(session, Verdict.CONTRADICTED)


def _read(session: Session, means: Verdict) -> Answer:
    options, taxonomy = session.options, session.workstation.taxonomy
    code = classification(taxonomy, options.required("classification"))
    own = second_reading.Own(code, options.text("reason"), means)
    with session.vault() as vault:
        row = show_operation(vault, options.required("operation"))
        compared, changes = second_reading.read_second(vault, row.operation.operation_id, own)
    fields: dict[str, Json] = {
        "operation": compared.operation_id,
        "verdict": compared.verdict.value,
        "first": compared.first,
        "second": compared.second,
        "changes": _changes(changes),
    }
    if compared.verdict is Verdict.CONFIRMED:
        return Answer(fields, second_words.CONFIRMED)
    labels = taxonomy["classification"]
    first, second = labels.label(compared.first), labels.label(compared.second)
    return Answer(fields, second_words.contradicted(first, second))


def _reading(reading: SecondReading) -> dict[str, Json]:
    return {
        "id": reading.operation_id,
        "report": report_reference(reading.report_id),
        "content": reading.content_id,
        "by": reading.by,
        "asked_at": iso_utc(reading.asked_at),
        "verdict": None if reading.verdict is None else reading.verdict.value,
        "first": reading.first,
        "reader": reading.reader,
        "second": reading.said,
        "reason": reading.reason,
    }


def _told_readings(items: Sequence[Record]) -> str:
    if not items:
        return second_words.NOTHING_WAITS
    rows = [
        (
            str(item["id"])[:8],
            str(item["report"]),
            str(item["by"]),
            str(item["asked_at"]),
            second_words.CONTRADICTED if item["verdict"] else second_words.OPEN,
        )
        for item in items
    ]
    return table(second_words.HEADS, rows)


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "undo": undo,
    "redo": redo,
    "deeds": deeds,
    "assign": assign,
    "triage assess": assess,
    "triage next": following,
    "lease list": leases,
    "lease take": take,
    "lease give-back": give_back,
    "second list": second_list,
    "second confirm": confirm,
    "second contradict": contradict,
}
