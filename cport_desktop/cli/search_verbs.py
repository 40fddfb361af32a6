"""Verbs of saved searches, and of the content items that searches find."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Final

from cport_desktop.cli import read_verbs, records
from cport_desktop.cli.answer import Answer, Json, Record, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.place_warning import warn
from cport_desktop.cli.printing import table
from cport_desktop.cli.session import Session, require_order
from cport_desktop.cli.short_lists import page_by
from cport_desktop.clock import iso_utc
from cport_desktop.domain.content_row import ContentRow
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.hosts import defanged
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.saved_search import (
    MOST_KEPT,
    NewSince,
    SavedSearch,
    SearchSubject,
    SearchTerms,
)
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import InputUnreadable
from cport_desktop.formats.saved_search_file import LARGEST_FILE
from cport_desktop.usecases import browse_contents, saved_searches
from cport_desktop.words import searches as words

_NONE: Final = "–"


def show_contents(session: Session) -> Answer:
    """`cport contents [QUERY]`."""
    options, taxonomy = session.options, session.workstation.taxonomy
    require_order(session, "-received")
    with session.vault() as vault:
        page = browse_contents.list_contents(
            vault,
            " ".join(options.texts("query")),
            limit=options.number("limit"),
            after=options.text("after"),
            taxonomy=taxonomy,
            now=session.workstation.clock.now(),
        )
        freshness = heard(session, vault)
    lines = [
        (
            str(row.content_id),
            report_reference(row.report_id),
            iso_utc(row.received_at),
            defanged(row.url),
            records.classification_label(row.classification, taxonomy),
            str(row.media_count),
        )
        for row in page.rows
    ]
    heads = ("Content", "Report", "Received (UTC)", "URL", "Class", "Media")
    answer = listing(
        [_content(row, taxonomy) for row in page.rows],
        text=table(heads, lines),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )
    return dated(answer, freshness, Table.REPORTS)


def show_all(session: Session) -> Answer:
    """`cport searches list`."""
    options = session.options
    require_order(session, "place")
    with session.vault() as vault:
        every = saved_searches.list_searches(vault)
        shown, following = page_by(session, every, lambda one: one.search_id)
        counted = [
            saved_searches.new_in_search(
                vault,
                one,
                taxonomy=session.workstation.taxonomy,
                now=session.workstation.clock.now(),
            )
            if options.flag("new")
            else None
            for one in shown
        ]
    rows = [_line(one, new) for one, new in zip(shown, counted, strict=True)]
    heads = ("Name", "Of", "What", "Query", "Sorted", "Pinned", "New")
    return listing(
        [_record(one, new) for one, new in zip(shown, counted, strict=True)],
        text=table(heads, rows) if rows else words.NO_SEARCHES,
        total=len(every),
        next_cursor=following,
        elapsed_ms=session.elapsed_ms,
    )


def save(session: Session) -> Answer:
    """`cport searches save NAME QUERY`."""
    options, workstation = session.options, session.workstation
    terms = SearchTerms(
        options.required("name"),
        " ".join(options.texts("query")),
        SearchSubject(options.required("subject")),
        options.text("sort") or "-received",
    )
    with session.vault() as vault:
        done = saved_searches.save_search(
            vault,
            terms,
            is_units=options.flag("unit"),
            replaces=options.flag("replace"),
            taxonomy=workstation.taxonomy,
            new_id=workstation.new_id(),
        )
    return Answer(_record(done, None), words.saved(done.name))


def run(session: Session) -> Answer:
    """`cport searches run NAME`: as the verb of what it searches would answer."""
    options = session.options
    with session.vault() as vault:
        search = saved_searches.look_at_search(vault, options.required("name"))
        sort = options.text("sort")
        kept_sort = search.terms.sort if search.terms.subject is SearchSubject.REPORTS else None
        asked = copy(options)
        asked.query = (search.terms.text,)
        asked.sort = sort or kept_sort
        answer = _RUNS[search.terms.subject](replace(session, options=asked))
    return replace(answer, fields={**answer.fields, "search": _record(search, None)})


def rename(session: Session) -> Answer:
    """`cport searches rename NAME NEW`."""
    options = session.options
    with session.vault() as vault:
        done = saved_searches.rename_search(
            vault, options.required("name"), options.required("new_name")
        )
    return Answer(_record(done, None), words.renamed(done.name))


def remove(session: Session) -> Answer:
    """`cport searches remove NAME`."""
    with session.vault() as vault:
        gone = saved_searches.remove_search(vault, session.options.required("name")).search
    return Answer(_record(gone, None), words.removed(gone.name))


def pin(session: Session) -> Answer:
    """`cport searches pin NAME [--place N]`."""
    name = session.options.required("name")
    with session.vault() as vault:
        every = saved_searches.pin_search(vault, name, session.options.number("place"))
    done = _named(every, name)
    return Answer(_record(done, None), words.pinned(done.name, done.place or 0))


def unpin(session: Session) -> Answer:
    """`cport searches unpin NAME`."""
    name = session.options.required("name")
    with session.vault() as vault:
        done = _named(saved_searches.pin_search(vault, name, None), name)
    return Answer(_record(done, None), words.unpinned(done.name))


def export(session: Session) -> Answer:
    """`cport searches export FILE [NAME…]`."""
    options = session.options
    path = options.needed_path("file")
    told = words.EXPORT_CLEAR.format(path=path)
    warn(options, "clear.searches", told, words.EXPORT_CARE)
    with session.vault() as vault:
        count = saved_searches.export_searches(vault, path, named=options.texts("names"))
    fields: dict[str, Json] = {"path": str(path.absolute()), "searches": count}
    return Answer(fields, words.exported(count, str(path)))


def import_file(session: Session) -> Answer:
    """`cport searches import FILE`."""
    options, workstation = session.options, session.workstation
    path = options.needed_path("file")
    try:
        with path.open("rb") as file:
            untrusted = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error
    with session.vault() as vault:
        done = saved_searches.import_searches(
            vault,
            untrusted,
            is_units=options.flag("unit"),
            taxonomy=workstation.taxonomy,
            ids=tuple(workstation.new_id() for _ in range(MOST_KEPT)),
        )
    fields: dict[str, Json] = {
        "items": [_record(one, None) for one in done.kept],
        "accepted": len(done.kept),
        "renamed": done.renamed,
        "duplicates": done.duplicates,
        "unread": done.unread,
    }
    told = words.imported(len(done.kept), done.renamed, done.duplicates, done.unread)
    return Answer(fields, told)


_RUNS: Final[Mapping[SearchSubject, Callable[[Session], Answer]]] = {
    SearchSubject.REPORTS: read_verbs.reports,
    SearchSubject.MEDIA: read_verbs.media,
    SearchSubject.CONTENTS: show_contents,
}

VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "contents": show_contents,
    "searches list": show_all,
    "searches save": save,
    "searches run": run,
    "searches rename": rename,
    "searches remove": remove,
    "searches pin": pin,
    "searches unpin": unpin,
    "searches export": export,
    "searches import": import_file,
}


def _content(row: ContentRow, taxonomy: Taxonomy) -> Record:
    return {
        "id": str(row.content_id),
        "report": report_reference(row.report_id),
        "position": row.position,
        "received": iso_utc(row.received_at),
        "url": row.url,
        "host": row.host,
        "domain": row.domain,
        "source": row.is_source,
        "content_type": row.content_type,
        "classification": records.classification_label(row.classification, taxonomy),
        "classification_code": row.classification,
        "age": row.age,
        "gender": row.gender,
        "media": row.media_count,
    }


def _record(one: SavedSearch, new: NewSince | None) -> Record:
    return {
        "id": one.search_id,
        "name": one.name,
        "subject": one.terms.subject.value,
        "query": one.terms.text,
        "sort": one.terms.sort,
        "unit": one.is_units,
        "place": one.place,
        "new": None if new is None else new.count,
        "new_is_more": new is not None and new.is_more,
        "fault": None if new is None else new.fault or None,
    }


def _line(one: SavedSearch, new: NewSince | None) -> tuple[str, ...]:
    return (
        one.name,
        words.UNITS if one.is_units else words.OWN,
        words.SUBJECTS[one.terms.subject.value],
        one.terms.text or _NONE,
        one.terms.sort,
        _NONE if one.place is None else str(one.place),
        _NONE if new is None else words.new_since(new.count, is_more=new.is_more, fault=new.fault),
    )


def _named(every: Sequence[SavedSearch], named: str) -> SavedSearch:
    wanted = named.casefold()
    own_first = sorted(every, key=lambda each: each.is_units)
    return next(
        each for each in own_first if each.search_id == named or each.name.casefold() == wanted
    )
