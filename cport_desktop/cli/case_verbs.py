"""Verbs of cases, and of the summary of a shift."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cport_desktop.cli import work_records as records
from cport_desktop.cli.answer import Answer, Json, Record, listing
from cport_desktop.cli.printing import facts, safe, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.about import AboutKind, case_number
from cport_desktop.domain.case import Case, CaseState
from cport_desktop.domain.case_list import CaseOrder
from cport_desktop.errors import ArgumentsUnclear, UnknownReference
from cport_desktop.formats.shift_text import shift_text
from cport_desktop.usecases import gather_case, open_case, read_cases, summarise_shift
from cport_desktop.usecases.gather_case import Gathered
from cport_desktop.usecases.read_cases import CaseQuestion
from cport_desktop.usecases.search_reports import Asked
from cport_desktop.words import cases as words


def create(session: Session) -> Answer:
    """`cport case create TITLE [--summary TEXT]`."""
    options = session.options
    with session.vault() as vault:
        case, _ = open_case.open_case(
            vault, title=options.required("title"), summary=options.required("summary")
        )
    return _changed(case, words.case_opened(case.reference, case.title))


def show_all(session: Session) -> Answer:
    """`cport case list [QUERY] [--state S] [--titled TEXT] [--sort ORDER]`."""
    options = session.options
    state = options.text("state")
    question = CaseQuestion(
        None if state is None else CaseState(state),
        options.required("titled"),
        " ".join(options.texts("query")),
        CaseOrder(options.text("sort") or CaseOrder.NEWEST),
    )
    with session.vault() as vault:
        page = read_cases.list_cases(
            vault,
            question,
            now=session.workstation.clock.now(),
            limit=options.number("limit"),
            after=options.text("after"),
        )
    rows = [
        (
            row.case.reference,
            row.case.title,
            words.STATES[row.case.state.value],
            f"{row.items:,}",
            f"{row.tasks_open:,}",
            f"{row.tasks_overdue:,}",
            iso_utc(row.active_at),
        )
        for row in page.rows
    ]
    heads = ("Case", "Title", "State", "Items", "Tasks", "Overdue", "Last activity")
    return listing(
        [records.case_row(row) for row in page.rows],
        text=table(heads, rows) if rows else words.NO_CASES,
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )


def show(session: Session) -> Answer:
    """`cport case show CASE [--kind K]`."""
    options, number = session.options, _case(session)
    kind = options.text("kind")
    with session.vault() as vault:
        row = read_cases.show_case(vault, number, now=session.workstation.clock.now())
        page, total = read_cases.case_items(
            vault,
            number,
            limit=options.number("limit"),
            after=options.text("after"),
            kind=None if kind is None else AboutKind(kind),
        )
    case = row.case
    told: list[tuple[str, object]] = [
        ("case", case.reference),
        ("title", case.title),
        ("summary", case.summary or None),
        ("state", words.STATES[case.state.value]),
        ("closed because", case.closed_why),
        ("lead", None if case.lead is None else case.lead.name),
        ("open tasks", f"{row.tasks_open:,} ({row.tasks_overdue:,} overdue)"),
        ("notes", f"{row.notes:,}"),
        ("items", f"{row.items:,}"),
    ]
    rows = [
        (str(item.about), item.domain or "", item.added_by, iso_utc(item.added_at))
        for item in page.rows
    ]
    items = table(("Item", "Domain", "Added by", "Added"), rows) if rows else words.NO_ITEMS
    return listing(
        [records.case_item(item) for item in page.rows],
        text=f"{facts(told)}\n\n{items}",
        total=total,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
        more={"case": records.case_row(row)},
    )


def timeline(session: Session) -> Answer:
    """`cport case timeline CASE`."""
    options = session.options
    taxonomy = session.workstation.taxonomy
    number = _case(session)
    with session.vault() as vault:
        read_cases.show_case(vault, number, now=session.workstation.clock.now())
        page = read_cases.timeline(
            vault,
            number,
            limit=options.number("limit"),
            after=options.text("after"),
        )
    items = [records.moment(one, taxonomy) for one in page.rows]
    rows = [
        (
            iso_utc(one.at),
            words.moment(one.kind.value, one.count),
            "" if one.about is None else str(one.about),
            str(item["label"] or one.text or ""),
            one.by or "",
        )
        for one, item in zip(page.rows, items, strict=True)
    ]
    return listing(
        items,
        text=table(("When", "What", "About", "Words", "By"), rows),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )


def edit(session: Session) -> Answer:
    """`cport case edit CASE [--title T] [--summary S] [--lead NAME | --no-lead]`."""
    options, number = session.options, _case(session)
    title, summary, lead = (options.text(name) for name in ("title", "summary", "lead"))
    leads = lead is not None or options.flag("no_lead")
    if title is None and summary is None and not leads:
        raise ArgumentsUnclear(
            cause="one of --title, --summary, --lead and --no-lead is required",
            command="cport case edit",
        )
    with session.vault() as vault:
        change = open_case.CaseChange(title=title, summary=summary, lead=lead, leads=leads)
        case, _ = open_case.change_case(vault, number, change)
    return _changed(case, words.case_changed(case.reference))


def add(session: Session) -> Answer:
    """`cport case add CASE REF … | --query Q [--count N]`; of a query it is told first how many."""
    options, number = session.options, _case(session)
    query = options.text("chosen")
    if query is not None and options.texts("references"):
        raise ArgumentsUnclear(cause="REF or --query, not both", command="cport case add")
    with session.vault() as vault:
        if query is None:
            things = [records.thing(text) for text in options.texts("references")]
            return _gathered(gather_case.add_to_case(vault, number, things)[0])
        asked = Asked(
            "reports", query, session.workstation.taxonomy, session.workstation.clock.now(), True
        )
        if options.text("count") is None:
            count = gather_case.count_found(vault, asked)
            return Answer({"dry_run": True, "count": count}, words.would_add(count, f"C-{number}"))
        done, _ = gather_case.add_found(vault, number, asked, count=options.number("count"))
    return _gathered(done)


def remove(session: Session) -> Answer:
    """`cport case remove CASE REF …`."""
    things = [records.thing(text) for text in session.options.texts("references")]
    number = _case(session)
    with session.vault() as vault:
        removed, _ = gather_case.remove_from_case(vault, number, things)
    fields: dict[str, Json] = {"case": f"C-{number}", "removed": [str(one) for one in removed]}
    return Answer(fields, words.removed(len(removed), f"C-{number}"))


def close(session: Session) -> Answer:
    """`cport case close CASE --reason R`."""
    with session.vault() as vault:
        case, _ = open_case.close_case(vault, _case(session), reason=session.options.text("reason"))
    return _changed(case, words.case_closed(case.reference))


def reopen(session: Session) -> Answer:
    """`cport case reopen CASE --reason R`."""
    with session.vault() as vault:
        case, _ = open_case.reopen_case(
            vault, _case(session), reason=session.options.text("reason")
        )
    return _changed(case, words.case_reopened(case.reference))


def summary(session: Session) -> Answer:
    """`cport shift summary`."""
    with session.vault() as vault:
        found = summarise_shift.summarise_shift(vault, now=session.workstation.clock.now())
    return Answer(records.shift(found), safe_lines(shift_text(found, iso_utc)))


def safe_lines(text: str) -> str:
    """`text` with nothing in it that moves a cursor but its own lines."""
    return "\n".join(safe(line) for line in text.split("\n"))


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "case create": create,
    "case list": show_all,
    "case show": show,
    "case timeline": timeline,
    "case edit": edit,
    "case add": add,
    "case remove": remove,
    "case close": close,
    "case reopen": reopen,
    "shift summary": summary,
}


def _case(session: Session) -> int:
    text = session.options.required("case")
    number = case_number(text)
    if number is None:
        raise UnknownReference(kind="case", reference=text)
    return number


def _changed(case: Case, text: str) -> Answer:
    fields: Record = {"case": records.case(case)}
    return Answer(fields, safe(text))


def _gathered(done: Gathered) -> Answer:
    fields: dict[str, Json] = {
        "case": done.case.reference,
        "added": [str(about) for about in done.added],
        "already": done.already,
    }
    return Answer(fields, words.added(len(done.added), done.already, done.case.reference))
