"""Verbs about media files on their way, and what a person may say of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

from cport_desktop.cli.answer import Answer, Record, listing
from cport_desktop.cli.printing import table
from cport_desktop.cli.session import Session, media_id, require_order
from cport_desktop.clock import iso_utc
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.transfer import Transfer
from cport_desktop.errors import UsageError
from cport_desktop.usecases import transfers
from cport_desktop.vault.vault import Vault
from cport_desktop.words import transfers_page as words

_Some = TypeVar("_Some", tuple[MediaId, ...], tuple[MediaId, ...] | None)
"""Items by name; or those, or None for all of them."""


def show_transfers(session: Session) -> Answer:
    """`cport transfers list`."""
    options = session.options
    require_order(session, "-received")
    with session.vault() as vault:
        page = transfers.list_transfers(
            vault, limit=options.number("limit"), after=options.text("after")
        )
        tally = transfers.tally_transfers(vault)
    return listing(
        [_transfer(row) for row in page.rows],
        text=table(
            ("Item", "State", "Here", "Of", "Tries", "Why not", "Again from"),
            [
                (
                    media_reference(row.media_id),
                    row.state.value,
                    str(row.bytes_here),
                    str(row.size),
                    str(row.tries or "–"),
                    row.last_error or "–" if row.not_granted is None else row.not_granted.cause,
                    "–" if row.not_before is None else iso_utc(row.not_before),
                )
                for row in page.rows
            ],
        ),
        total=tally.total,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
        more={
            "paused": tally.is_paused,
            "bytes_waiting": tally.bytes_waiting,
            "not_granted": tally.not_granted,
        },
    )


def ask(session: Session) -> Answer:
    """`cport transfers ask ID…`."""
    return _say(session, "asked_for", transfers.ask_for, _named(session))


def pause(session: Session) -> Answer:
    """`cport transfers pause ID… | --all`."""
    return _say(session, "paused", transfers.pause, _named_or_all(session))


def resume(session: Session) -> Answer:
    """`cport transfers resume ID… | --all`."""
    return _say(session, "resumed", transfers.resume, _named_or_all(session))


def cancel(session: Session) -> Answer:
    """`cport transfers cancel ID…`."""
    return _say(session, "cancelled", transfers.cancel, _named(session))


def retry(session: Session) -> Answer:
    """`cport transfers retry ID… | --all`."""
    return _say(session, "again", transfers.retry, _named_or_all(session))


def _say(
    session: Session,
    name: str,
    change: Callable[[Vault, _Some], tuple[MediaId, ...] | None],
    chosen: _Some,
) -> Answer:
    """`change` is said of those `chosen`; the answer names those that it told of, else all of them."""
    with session.vault() as vault:
        told = change(vault, chosen)
    said, text = chosen if told is None else told, words.SAID[name]
    if said is None:
        return Answer({name: "all"}, text)
    shown = [media_reference(media) for media in said]
    return Answer({name: shown}, text if shown else words.NONE_TO_COME)


def _transfer(row: Transfer) -> Record:
    return {
        "id": media_reference(row.media_id),
        "state": row.state.value,
        "bytes_here": row.bytes_here,
        "size": row.size,
        "asked_for": row.is_asked_for,
        "tries": row.tries,
        "last_error": row.last_error,
        "not_before": None if row.not_before is None else iso_utc(row.not_before),
        "withheld": None if row.not_granted is None else asdict(row.not_granted),
    }


def _named(session: Session) -> tuple[MediaId, ...]:
    named = tuple(media_id(text) for text in session.options.texts("items"))
    if not named:
        raise UsageError
    return named


def _named_or_all(session: Session) -> tuple[MediaId, ...] | None:
    """The items that were named, or None for all of them: one of the two is said."""
    if session.options.flag("every"):
        return None
    return _named(session)
