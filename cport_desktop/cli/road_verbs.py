"""Verbs of the HTTPS road: past exchanges, links, media files on their way."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from cport_desktop.cli.answer import Answer, Json, Record, listing
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session, media_id
from cport_desktop.clock import iso_utc
from cport_desktop.domain.exchange_history import PastExchange
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.link import ANY_LINK, Link, MediaPolicy
from cport_desktop.domain.transfer import Transfer
from cport_desktop.errors import UnknownReference, UsageError, ValueUnknown
from cport_desktop.sync.proxy import parse_proxy
from cport_desktop.usecases import manage_links, transfers
from cport_desktop.usecases.exchange_record import past_exchanges
from cport_desktop.vault.vault import Vault


def history(session: Session) -> Answer:
    """`cport sync --history`."""
    options = session.options
    _require_order(session, "-at")
    with session.vault() as vault:
        page = past_exchanges(vault, limit=options.number("limit"), after=options.text("after"))
    return listing(
        [_exchange(past) for past in page.rows],
        text=table(
            ("No.", "Began", "Road", "Way", "Ended", "How"),
            [
                (
                    str(past.number),
                    iso_utc(past.started_at),
                    past.road,
                    past.direction.value,
                    "–" if past.ended_at is None else iso_utc(past.ended_at),
                    past.outcome or "under way",
                )
                for past in page.rows
            ],
        ),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )


def chosen_link(session: Session, vault: Vault) -> Link:
    """The link of this command line: the one it names, else the one in use; with its proxy.

    Raises:
        UnknownReference: there is none of this name.
        ValueUnknown: what it says of a proxy is none, or holds a password.
    """
    name = session.options.text("link")
    known, link = manage_links.list_links(vault)
    if name is not None:
        named = {one.name: one for one in (*known, ANY_LINK)}
        if name not in named:
            raise UnknownReference(kind="link", reference=name)
        link = named[name]
    proxy = given_proxy(session)
    if proxy is None:
        return link
    return Link(link.name, link.media, link.bytes_per_second, link.largest_file, proxy)


def given_proxy(session: Session) -> str | None:
    """What `--proxy` or `--proxy-file` says; a password stands in a file, never in an argument.

    Raises:
        ValueUnknown: it is no proxy, or an argument holds a password.
        KeyFileMalformed: the file cannot be read.
    """
    file, text = session.options.path("proxy_file"), session.options.text("proxy")
    if file is not None:
        text = _one_line(file)
    if text is not None and parse_proxy(text).password is not None and file is None:
        raise ValueUnknown(
            what="address of a proxy",
            value="…",
            accepted="http://host:port; with a password in a file (--proxy-file)",
        )
    return text


def show_links(session: Session) -> Answer:
    """`cport links list`."""
    with session.vault() as vault:
        known, in_use = manage_links.list_links(vault)
    rows = known if in_use is not ANY_LINK and in_use.name != ANY_LINK.name else (ANY_LINK, *known)
    return listing(
        [_link(link, in_use) for link in rows],
        text=table(
            ("Link", "In use", "Media", "Cap (bytes/s)", "Largest file", "Proxy"),
            [
                (
                    link.name,
                    "yes" if link.name == in_use.name else "",
                    link.media.value,
                    _or_dash(link.bytes_per_second),
                    _or_dash(link.largest_file),
                    _proxy_address(link) or "–",
                )
                for link in rows
            ],
        ),
        total=len(rows),
        next_cursor=None,
        elapsed_ms=0.0,
    )


def set_link(session: Session) -> Answer:
    """`cport links set NAME …`: what is not said stays, or is without limit for a new one."""
    options, name = session.options, session.options.required("name")
    with session.vault() as vault:
        known, in_use = manage_links.list_links(vault)
        before = {link.name: link for link in known}.get(name, Link(name))
        media = options.text("media")
        changed = Link(
            name,
            media=before.media if media is None else MediaPolicy(media),
            bytes_per_second=_limit(options.text("cap"), before.bytes_per_second),
            largest_file=_limit(options.text("largest_file"), before.largest_file),
            proxy=None if options.flag("no_proxy") else given_proxy(session) or before.proxy,
        )
        manage_links.set_link(vault, changed)
    fields = _link(changed, in_use)
    return Answer(fields, facts(list(fields.items())))


def use_link(session: Session) -> Answer:
    """`cport links use NAME`."""
    name = session.options.required("name")
    with session.vault() as vault:
        link = manage_links.use_link(vault, None if name == ANY_LINK.name else name)
    fields = _link(link, link)
    return Answer(fields, facts(list(fields.items())))


def remove_link(session: Session) -> Answer:
    """`cport links remove NAME`."""
    name = session.options.required("name")
    with session.vault() as vault:
        manage_links.remove_link(vault, name)
    return Answer({"removed": name}, f"There is no link {name} any more.")


def show_transfers(session: Session) -> Answer:
    """`cport transfers list`."""
    options = session.options
    _require_order(session, "-received")
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
    chosen = _named(session)
    with session.vault() as vault:
        asked = transfers.ask_for(vault, chosen)
    return _done("asked_for", asked, "These come first, with the next exchange.")


def pause(session: Session) -> Answer:
    """`cport transfers pause ID… | --all`."""
    chosen = _named_or_all(session)
    with session.vault() as vault:
        transfers.pause(vault, chosen)
    return _done("paused", chosen, "They wait until you let them go on.")


def resume(session: Session) -> Answer:
    """`cport transfers resume ID… | --all`."""
    chosen = _named_or_all(session)
    with session.vault() as vault:
        transfers.resume(vault, chosen)
    return _done("resumed", chosen, "They come with the next exchange.")


def cancel(session: Session) -> Answer:
    """`cport transfers cancel ID…`."""
    chosen = _named(session)
    with session.vault() as vault:
        transfers.cancel(vault, chosen)
    return _done("cancelled", chosen, "They are not fetched until somebody asks for them.")


def retry(session: Session) -> Answer:
    """`cport transfers retry ID… | --all`."""
    chosen = _named_or_all(session)
    with session.vault() as vault:
        again = transfers.retry(vault, chosen)
    return _done("again", again, "They come with the next exchange.")


def _require_order(session: Session, only: str) -> None:
    """These lists have one order.

    Raises:
        ValueUnknown: another one was asked for.
    """
    asked = session.options.text("sort")
    if asked not in (None, only):
        raise ValueUnknown(what="order", value=str(asked), accepted=only)


def _exchange(past: PastExchange) -> Record:
    return {
        "id": past.number,
        "road": past.road,
        "direction": past.direction.value,
        "started_at": iso_utc(past.started_at),
        "ended_at": None if past.ended_at is None else iso_utc(past.ended_at),
        "actor": past.actor,
        "outcome": past.outcome,
        "under_way": past.is_under_way,
        "facts": dict(past.facts),
    }


def _link(link: Link, in_use: Link) -> dict[str, Json]:
    return {
        "id": link.name,
        "in_use": link.name == in_use.name,
        "media": link.media.value,
        "bytes_per_second": link.bytes_per_second,
        "largest_file": link.largest_file,
        "proxy": _proxy_address(link),
    }


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


def _proxy_address(link: Link) -> str | None:
    """Where it is; its name and password are shown to nobody."""
    return None if link.proxy is None else parse_proxy(link.proxy).address


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


def _done(name: str, media_ids: tuple[MediaId, ...] | None, text: str) -> Answer:
    if media_ids is None:
        return Answer({name: "all"}, text)
    shown = [media_reference(media) for media in media_ids]
    return Answer({name: shown}, text if shown else "None of them is still to come.")


def _limit(text: str | None, before: int | None) -> int | None:
    """A number, `none` for no limit, or what it was."""
    if text is None:
        return before
    if text == "none":
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise ValueUnknown(what="number of bytes", value=text, accepted="a number, or none")
    return int(text)


def _one_line(file: Path) -> str:
    return read_key_file(file).decode("utf-8", "replace").strip()


def _or_dash(number: int | None) -> str:
    return "–" if number is None else str(number)
