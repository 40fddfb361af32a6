"""Verbs that act towards the portal, and those that show and decide what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cport_desktop.cli import iwol_records, operation_values, records
from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session, media_id, report_id, require_order
from cport_desktop.clock import iso_utc
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.ids import ContentId, report_reference
from cport_desktop.domain.operation import (
    MOST_HASHES,
    GiveAssessment,
    HandOverCase,
    HashEntry,
    HoldTakedown,
    NotifyFalsePositive,
    Operation,
    OperationBody,
    OperationRow,
    OperationState,
    SuggestDomain,
    with_words,
    words_of,
)
from cport_desktop.errors import EntriesUnfit, InputUnreadable, ValueUnknown
from cport_desktop.formats.operation_record import body_record, kind_word
from cport_desktop.usecases import (
    act,
    contribute_hashes,
    hand_over_case,
    hold_takedown,
    notify_false_positive,
    overview,
    request_information,
    suggest_domain,
    take_up_operation,
)
from cport_desktop.usecases.check_domain import check_domain
from cport_desktop.words import operations as words


def assess(session: Session) -> Answer:
    """`cport assess REF CLASSIFICATION [--content ID]`."""
    content = session.options.text("content")
    number = operation_values.classification(
        session.workstation.taxonomy, session.options.required("classification")
    )
    with session.vault() as vault:
        operation, changes = act.assess(
            vault,
            report_id(session.options.required("reference")),
            None if content is None else ContentId(int(content)),
            number,
            operation_id=session.workstation.new_id(),
            despite_lease=session.options.flag("despite_lease"),
        )
        row = take_up_operation.show_operation(vault, operation.operation_id)
    told = words.QUEUED if row.reason is None else words.reason_sentence(row.reason)
    return _acted(row, changes, told)


def feedback(session: Session) -> Answer:
    """`cport feedback REF --text …`."""
    with session.vault() as vault:
        operation, changes = act.give_feedback(
            vault,
            report_id(session.options.required("reference")),
            session.options.required("words"),
            operation_id=session.workstation.new_id(),
        )
    return _queued(operation, changes)


def hold(session: Session) -> Answer:
    """`cport takedown hold REF --until … --reason …`."""
    options, now = session.options, session.workstation.clock.now()
    with session.vault() as vault:
        operation, changes = hold_takedown.hold_takedown(
            vault,
            report_id(options.required("reference")),
            operation_values.moment(options.required("until"), now=now),
            options.required("words"),
            operation_id=session.workstation.new_id(),
        )
    return _queued(operation, changes)


def lift(session: Session) -> Answer:
    """`cport takedown lift REF --reason …`."""
    with session.vault() as vault:
        operation, changes = hold_takedown.lift_takedown(
            vault,
            report_id(session.options.required("reference")),
            session.options.required("words"),
            operation_id=session.workstation.new_id(),
        )
    return _queued(operation, changes)


def ask(session: Session) -> Answer:
    """`cport ask REF --text …`."""
    with session.vault() as vault:
        operation, changes = request_information.request_information(
            vault,
            report_id(session.options.required("reference")),
            session.options.required("words"),
            operation_id=session.workstation.new_id(),
        )
    return _queued(operation, changes)


def suggest(session: Session) -> Answer:
    """`cport iwol suggest DOMAIN …`."""
    options = session.options
    suggestion = SuggestDomain(
        domain=options.required("domain"),
        criteria_version=options.required("criteria_version"),
        criteria=tuple(map(operation_values.criterion, options.texts("criterion"))),
        note=options.text("words") or "",
    )
    with session.vault() as vault:
        operation, changes = suggest_domain.suggest_domain(
            vault, suggestion, operation_id=session.workstation.new_id()
        )
        known = iwol_records.check(check_domain(vault, suggestion.domain))
    queued = _queued(operation, changes)
    told = ("criteria_version", "criteria", "texts", "warnings")
    return Answer({**queued.fields, **{name: known[name] for name in told}}, queued.text)


def contribute(session: Session) -> Answer:
    """`cport hashlist contribute LIST [ENTRY …] [--file FILE] [--from-list ID]`."""
    options = session.options
    entries = tuple(_entries(session))
    from_list, shared = options.text("from_list"), options.required("list")
    with session.vault() as vault:
        if from_list is not None:
            entries += contribute_hashes.entries_of_list(vault, from_list, to=shared)
        operation, changes = contribute_hashes.contribute_hashes(
            vault,
            shared,
            entries,
            operation_id=session.workstation.new_id(),
            note=options.text("words") or "",
            reason=options.text("reason"),
        )
    return _queued(operation, changes)


def hand_over(session: Session) -> Answer:
    """`cport case handover CASE --recipient AGENCY [--report REF …]`."""
    options = session.options
    with session.vault() as vault:
        operation, changes = hand_over_case.hand_over_case(
            vault,
            options.required("case"),
            options.required("recipient"),
            [report_id(reference) for reference in options.texts("report")],
            operation_id=session.workstation.new_id(),
            note=options.text("words") or "",
            reason=options.text("reason"),
        )
    return _queued(operation, changes)


def doubt(session: Session) -> Answer:
    """`cport false-positive LIST ENTRY --note … [--media ID]`."""
    options = session.options
    media = options.text("media")
    notice = NotifyFalsePositive(
        list_id=options.required("list"),
        entry=operation_values.hash_entry(options.required("entry")),
        media=None if media is None else media_id(media),
        note=options.required("words"),
    )
    with session.vault() as vault:
        operation, changes = notify_false_positive.notify_false_positive(
            vault, notice, operation_id=session.workstation.new_id()
        )
    return _queued(operation, changes)


def show_all(session: Session) -> Answer:
    """`cport operations list [--state S …]`."""
    options = session.options
    require_order(session, "-at")
    with session.vault() as vault:
        page = overview.list_operations(
            vault,
            limit=options.number("limit"),
            after=options.text("after"),
            states=[OperationState(state) for state in options.texts("state")],
        )
        freshness = heard(session, vault)
    answer = listing(
        [records.operation(row) for row in page.rows],
        text=table(
            ("Id", "Made", "Report", "What", "State", "Reason"), [_line(row) for row in page.rows]
        ),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )
    return dated(answer, freshness, Table.OPERATIONS)


def show_one(session: Session) -> Answer:
    """`cport operations show ID`."""
    with session.vault() as vault:
        row = take_up_operation.show_operation(vault, session.options.required("operation"))
    record = records.operation(row)
    return Answer(record, facts([(name.replace("_", " "), record[name]) for name in record]))


def revise(session: Session) -> Answer:
    """`cport operations revise ID [--text …] [--until …] …`."""
    with session.vault() as vault:
        row = take_up_operation.show_operation(vault, session.options.required("operation"))
        operation, changes = take_up_operation.revise(
            vault,
            row.operation.operation_id,
            _revised(session, row.operation.body),
            operation_id=session.workstation.new_id(),
            reason=session.options.text("reason"),
        )
    return _queued(operation, changes)


def set_aside(session: Session) -> Answer:
    """`cport operations set-aside ID --reason …`."""
    with session.vault() as vault:
        row = take_up_operation.show_operation(vault, session.options.required("operation"))
        number = row.operation.operation_id
        _, changes = take_up_operation.set_aside(vault, number, session.options.required("reason"))
        row = take_up_operation.show_operation(vault, number)
    return _acted(row, changes, words.PUT_ASIDE)


def send_anyway(session: Session) -> Answer:
    """`cport operations send-anyway ID`."""
    with session.vault() as vault:
        row = take_up_operation.show_operation(vault, session.options.required("operation"))
        number = row.operation.operation_id
        _, changes = take_up_operation.send_anyway(vault, number)
        row = take_up_operation.show_operation(vault, number)
    return _acted(row, changes, words.SENT_ANYWAY)


def _queued(operation: Operation, changes: Changes) -> Answer:
    row = OperationRow(operation, OperationState.QUEUED, None, None)
    return _acted(row, changes, words.QUEUED)


def _acted(row: OperationRow, changes: Changes, text: str) -> Answer:
    fields: dict[str, Json] = {
        "operation": records.operation(row),
        "changes": [str(kind.name).lower() for kind in changes],
    }
    return Answer(fields, text)


def _revised(session: Session, body: OperationBody) -> OperationBody:
    """`body` with what the options say in the place of what it said.

    Raises:
        ValueUnknown: an option that this kind of operation does not have.
    """
    options = session.options
    until, to = options.text("until"), options.text("recipient")
    code, criteria = options.text("classification"), options.texts("criterion")
    text = options.text("words")
    said = body if text is None else with_words(body, text.strip())
    if text is not None and words_of(said) != text.strip():
        raise _not_of(body, "--text")
    if until is not None:
        if not isinstance(said, HoldTakedown):
            raise _not_of(body, "--until")
        now = session.workstation.clock.now()
        said = replace(said, until=operation_values.moment(until, now=now))
    if code is not None:
        if not isinstance(said, GiveAssessment):
            raise _not_of(body, "--classification")
        said = replace(
            said, classification=operation_values.classification(session.workstation.taxonomy, code)
        )
    if criteria:
        if not isinstance(said, SuggestDomain):
            raise _not_of(body, "--criterion")
        said = replace(said, criteria=tuple(map(operation_values.criterion, criteria)))
    if to is not None:
        if not isinstance(said, HandOverCase):
            raise _not_of(body, "--recipient")
        said = replace(said, recipient=to.strip())
    return said


def _not_of(body: OperationBody, option: str) -> ValueUnknown:
    kind = words.kind_word(kind_word(body))
    return ValueUnknown(what=f"option of “{kind}”", value=option, accepted="see the help (-h)")


def _entries(session: Session) -> Iterator[HashEntry]:
    yield from map(operation_values.hash_entry, session.options.texts("entries"))
    file = session.options.path("file")
    if file is not None:
        yield from map(operation_values.hash_entry, _lines_of(file))


LONGEST_FILE = 4 * 1024 * 1024
"""Bytes of a file of entries: several times what one contribution takes."""


def _lines_of(file: Path) -> Iterable[str]:
    try:
        with file.open("rb") as opened:
            content = opened.read(LONGEST_FILE + 1)
    except OSError as error:
        raise InputUnreadable(path=str(file), cause=error.strerror or "unknown") from error
    if len(content) > LONGEST_FILE:
        raise EntriesUnfit(count=content.count(b"\n"), limit=MOST_HASHES)
    lines = content.decode("utf-8-sig", "replace").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _line(row: OperationRow) -> tuple[str, ...]:
    about = row.operation.report_id
    return (
        row.operation.operation_id[:8],
        iso_utc(row.operation.made_at),
        "" if about is None else report_reference(about),
        words.summary(body_record(row.operation.body)),
        words.state_word(row.state.value),
        words.reason_sentence(row.reason) if row.reason else row.aside or "",
    )
