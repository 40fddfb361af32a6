"""Verbs of likeness and stacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from cport_desktop.cli import records
from cport_desktop.cli.answer import Answer, Json, Record, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.operation_values import classification
from cport_desktop.cli.printing import table
from cport_desktop.cli.session import Session, media_id, require_order
from cport_desktop.cli.short_lists import page_by
from cport_desktop.clock import iso_utc
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.ids import media_reference, report_reference
from cport_desktop.domain.likeness import Similar, Stack, StackMember
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.operation import OperationRow, OperationState
from cport_desktop.usecases import (
    browse_stacks,
    decide_stack,
    similar_media,
    stack_media,
    stack_words,
)
from cport_desktop.usecases.decide_stack import Decided, Decision, Foreseen, RefusedReport
from cport_desktop.vault.vault import Vault
from cport_desktop.words import stacks as words


def similar(session: Session) -> Answer:
    """`cport media similar ID`."""
    options = session.options
    require_order(session, "distance")
    with session.vault() as vault:
        _catch_up(session, vault)
        found = similar_media.similar_media(
            vault,
            media_id(options.required("reference")),
            limit=options.number("limit"),
            after=options.text("after"),
        )
        freshness = heard(session, vault)
    rows = [
        (
            media_reference(one.media_id),
            words.because(one.because.value, one.distance, one.turn.value, one.share),
            str(len(item.reports)),
        )
        for one, item in found.rows
    ]
    answer = listing(
        [_similar(one, item) for one, item in found.rows],
        text=table(("Media", "Why", "In reports"), rows) if rows else words.NOTHING_LIKE,
        total=found.total,
        next_cursor=found.next_cursor,
        elapsed_ms=found.elapsed_ms,
    )
    return dated(answer, freshness, Table.MEDIA)


def stacks(session: Session) -> Answer:
    """`cport media stacks [QUERY] [--rebuild]`."""
    options = session.options
    require_order(session, "-received")
    with session.vault() as vault:
        done = _catch_up(session, vault, anew=options.flag("rebuild"))
        more: dict[str, Json] = {"compared": done} if options.flag("rebuild") else {}
        page = browse_stacks.list_stacks(
            vault,
            " ".join(options.texts("query")),
            limit=options.number("limit"),
            after=options.text("after"),
            taxonomy=session.workstation.taxonomy,
            now=session.workstation.clock.now(),
        )
        freshness = heard(session, vault)
    rows = [
        (media_reference(one.stack_id), *map(_figure, (one.contents, one.items, one.reports)),
         _figure(one.decided_reports))
        for one in page.rows
    ]  # fmt: skip
    heads = ("Began with", "Contents", "Items", "Reports", "Decided")
    text = table(heads, rows) if rows else words.NO_STACKS
    answer = listing(
        [_stack(one) for one in page.rows],
        text=f"{words.restacked(done)}\n\n{text}" if more else text,
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
        more=more,
    )
    return dated(answer, freshness, Table.MEDIA)


def show(session: Session) -> Answer:
    """`cport media stack show ID`."""
    options = session.options
    require_order(session, "place")
    with session.vault() as vault:
        _catch_up(session, vault)
        started = session.workstation.clock.monotonic()
        found = browse_stacks.show_stack(vault, media_id(options.required("reference")))
        elapsed = (session.workstation.clock.monotonic() - started) * 1000
    shown, following = page_by(session, found.members, lambda one: media_reference(one.media_id))
    fields = listing(
        [_member(one) for one in shown],
        text="",
        total=len(found.members),
        next_cursor=following,
        elapsed_ms=elapsed,
        more={"stack": _stack(found.stack)},
    ).fields
    rows = [
        (
            media_reference(one.media_id),
            _figure(one.items),
            "" if one.near is None else media_reference(one.near),
            _why(one),
            one.placed_by or "",
        )
        for one in shown
    ]
    return Answer(fields, table(("Media", "Items", "Like", "Why", "Placed by"), rows))


def split(session: Session) -> Answer:
    """`cport media stack split ID …`."""
    with session.vault() as vault:
        _catch_up(session, vault)
        named = [media_id(text) for text in session.options.texts("references")]
        contents, _ = stack_words.split_stack(vault, named)
    fields: dict[str, Json] = {"contents": contents, "items": [media_reference(m) for m in named]}
    return Answer(fields, words.split(contents))


def merge(session: Session) -> Answer:
    """`cport media stack merge ID OTHER`."""
    options = session.options
    one, other = media_id(options.required("reference")), media_id(options.required("other"))
    with session.vault() as vault:
        _catch_up(session, vault)
        contents, _ = stack_words.merge_stacks(vault, one, other)
    fields: dict[str, Json] = {
        "contents": contents,
        "items": [media_reference(one), media_reference(other)],
    }
    return Answer(fields, words.merged(contents))


def assess(session: Session) -> Answer:
    """`cport media stack assess ID CLASSIFICATION [--count N]`; without a count it is only told."""
    options = session.options
    decision = Decision(
        media_id(options.required("reference")),
        classification(session.workstation.taxonomy, options.required("classification")),
        options.text("reason"),
    )
    with session.vault() as vault:
        _catch_up(session, vault)
        if options.text("count") is None:
            return _foreseen(decide_stack.foresee_decision(vault, decision))
        done, _ = decide_stack.decide_stack(
            vault, decision, count=options.number("count"), new_id=session.workstation.new_id
        )
    return _decided(done)


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "media similar": similar,
    "media stacks": stacks,
    "media stack show": show,
    "media stack split": split,
    "media stack merge": merge,
    "media stack assess": assess,
}


def _catch_up(session: Session, vault: Vault, *, anew: bool = False) -> int:
    """What may take long is done first, with its progress shown, and can be stopped; the use cases
    find nothing left. How many contents were compared.
    """
    with session.progress() as announce:
        work = stack_media.restack if anew else stack_media.catch_up
        return work(vault, announce=announce, is_cancelled=session.is_cancelled).contents


def _similar(one: Similar, item: MediaItem) -> Record:
    return {
        **records.media_item(item),
        "because": one.because.value,
        "distance": one.distance,
        "turn": one.turn.value,
        "share": one.share,
    }


def _stack(one: Stack) -> Record:
    return {
        "id": media_reference(one.stack_id),
        "lead": media_reference(one.stack_id),
        "contents": one.contents,
        "items": one.items,
        "reports": one.reports,
        "decided": one.decided_reports,
    }


def _member(one: StackMember) -> Record:
    return {
        "id": media_reference(one.media_id),
        "items": one.items,
        "near": None if one.near is None else media_reference(one.near),
        "because": None if one.because is None else one.because.value,
        "distance": one.distance,
        "turn": one.turn.value,
        "placed_by": one.placed_by,
        "placed_at": None if one.placed_at is None else iso_utc(one.placed_at),
    }


def _why(one: StackMember) -> str:
    if one.because is None:
        return words.A_LEAD
    return words.because(one.because.value, one.distance, one.turn.value)


def _foreseen(foreseen: Foreseen) -> Answer:
    fields: dict[str, Json] = {
        "dry_run": True,
        "count": len(foreseen.reports),
        "reports": [report_reference(number) for number, _ in foreseen.reports],
        "contents": foreseen.contents,
        "refused": [_refused(one) for one in foreseen.refused],
    }
    told = words.would_decide(len(foreseen.reports), foreseen.contents, len(foreseen.refused))
    return Answer(fields, "\n".join([*_reasons(foreseen.refused), told]))


def _decided(done: Decided) -> Answer:
    rows = [OperationRow(one, OperationState.QUEUED, None, None) for one in done.operations]
    fields: dict[str, Json] = {
        "count": done.reports,
        "operations": [records.operation(row) for row in rows],
        "refused": [_refused(one) for one in done.refused],
    }
    told = words.decided(done.reports, len(done.operations), len(done.refused))
    return Answer(fields, "\n".join([*_reasons(done.refused), told]))


def _refused(one: RefusedReport) -> Record:
    return {"id": report_reference(one.report_id), "reason": one.reason}


def _reasons(refused: Sequence[RefusedReport]) -> list[str]:
    return [f"{report_reference(one.report_id)}: {one.reason}" for one in refused]


def _figure(number: int) -> str:
    return f"{number:,}"
