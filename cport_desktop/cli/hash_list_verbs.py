"""Verbs about hash lists: read in, look at, match."""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.cli import known_records
from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.list_records import columns_said, imported, trusted
from cport_desktop.cli.place_warning import warn
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.ids import media_reference, parse_media_reference
from cport_desktop.domain.known import KnownList
from cport_desktop.usecases import portal_records
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.known_lists import KnownContent, list_known_lists, show_known_list
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.portal_records import ToldHashList
from cport_desktop.usecases.provenance import provenance
from cport_desktop.usecases.write_rejects import rejects_file
from cport_desktop.words import freshness as freshness_words
from cport_desktop.words import known as words

_NONE = "–"


def show_all(session: Session) -> Answer:
    """`cport hashlist list [QUERY]`."""
    options = session.options
    with session.vault() as vault:
        page = list_known_lists(
            vault,
            limit=options.number("limit"),
            after=options.text("after"),
            text=" ".join(options.texts("query")),
        )
        told = portal_records.hash_lists_told(vault, [known.list_id for known in page.rows])
        freshness = heard(session, vault)
    heads = ("List", "Name", "Version", "Source", "Entries", "Hits", "Withdrawn", "How", "Standing")
    rows = [_line(known, told.get(known.list_id)) for known in page.rows]
    answer = listing(
        [_record(known, told.get(known.list_id)) for known in page.rows],
        text=table(heads, rows),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )
    return dated(answer, freshness, Table.HASH_LISTS)


def show_one(session: Session) -> Answer:
    """`cport hashlist show ID`."""
    options = session.options
    with session.vault() as vault:
        known, contents = show_known_list(
            vault, options.required("list"), limit=options.number("limit")
        )
    return _of_list(session, known, contents)


def import_list(session: Session) -> Answer:
    """`cport hashlist import FILE`."""
    options = session.options
    order = ListOrder(
        path=options.needed_path("file"),
        name=options.text("name"),
        source=options.required("source"),
        version=options.required("version"),
        handling=options.text("handling"),
        is_negative=options.flag("negative"),
        format=options.required("format"),
        is_rehearsal=options.flag("dry_run"),
        columns=columns_said(options.texts("map")),
        profile=options.text("profile"),
        trust=trusted(options),
    )
    rejects = options.path("rejects")
    if rejects is not None:
        told = words.REJECTS_CLEAR.format(path=rejects)
        warn(options, "clear.rejects", told, words.REJECTS_CARE)
    with (
        session.vault() as vault,
        session.progress() as announce,
        rejects_file(vault, rejects) as reject,
    ):
        done = import_hash_list(
            vault, order, announce=announce, is_cancelled=session.is_cancelled, reject=reject
        )
    return imported(done)


def match(session: Session) -> Answer:
    """`cport hashlist match [ID]`."""
    options = session.options
    about = options.text("about")
    media = None if about is None else parse_media_reference(about)
    with session.vault() as vault:
        with session.progress() as announce:
            hits = match_due(vault, announce=announce, is_cancelled=session.is_cancelled)
        counts: dict[str, Json] = {"hits_new": hits.new}
        told = facts([("hits new", hits.new)])
        if about is None:
            return Answer(counts, told)
        if media is not None:
            found = provenance(vault, media)
            taxonomy = session.workstation.taxonomy
            return Answer(
                {**counts, "id": about, **known_records.provenance(found, taxonomy)},
                f"{told}\n\n{known_records.card(found, taxonomy)}",
            )
        known, contents = show_known_list(vault, about, limit=options.number("limit"))
    answer = _of_list(session, known, contents)
    return Answer({**counts, **answer.fields}, f"{told}\n\n{answer.text}")


def _of_list(session: Session, known: KnownList, contents: Sequence[KnownContent]) -> Answer:
    taxonomy = session.workstation.taxonomy
    record = known_records.hash_list(known)
    items: list[Json] = [
        {
            **known_records.hit(content.hit, taxonomy),
            "media": media_reference(content.media_id),
            "sha256": content.sha256,
        }
        for content in contents
    ]
    rows = [
        (media_reference(content.media_id), *known_records.hit_line(content.hit, taxonomy)[3:8])
        for content in contents
    ]
    heads = ("Media", *known_records.HIT_HEADS[3:8])
    head = facts([(name.replace("_", " "), value) for name, value in record.items()])
    return Answer({**record, "items": items}, f"{head}\n\n{table(heads, rows)}")


def _line(known: KnownList, told: ToldHashList | None) -> tuple[str, ...]:
    how = words.origin(known.way)
    if told is not None:
        road = freshness_words.by_road(told.record.road)
        how = f"{iso_utc(told.record.kept_at)} {road}"
    standing = (
        "withdrawn" if not known.is_standing else "harmless" if known.is_negative else "known"
    )
    return (
        known.list_id,
        known.name,
        known.version or _NONE,
        known.source or _NONE,
        f"{known.entries:,}",
        f"{known.contents:,}",
        f"{known.entries_withdrawn:,}",
        how,
        standing,
    )


def _record(known: KnownList, told: ToldHashList | None) -> dict[str, Json]:
    """What is here of a list; of the portal's also its own word, and how that came."""
    record = None if told is None else told.record
    content = None if told is None else told.content
    return {
        **known_records.hash_list(known),
        "revision": None if record is None else record.revision,
        "kind": None if record is None else record.kind.value,
        "changed_at": None if record is None else iso_utc(record.made_at),
        "reason": None if record is None else record.reason,
        "told_at": None if record is None else iso_utc(record.kept_at),
        "road": None if record is None else record.road,
        "algorithms": None if content is None else list(content.algorithms),
        "count": None if content is None else content.count,
    }
