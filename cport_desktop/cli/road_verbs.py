"""Verbs of the HTTPS road: past exchanges, and links."""

from __future__ import annotations

from pathlib import Path

from cport_desktop.cli.answer import Answer, Json, Record, listing
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session, require_order
from cport_desktop.cli.short_lists import page_by
from cport_desktop.clock import iso_utc
from cport_desktop.domain.exchange_history import PastExchange
from cport_desktop.domain.link import ANY_LINK, Link, MediaPolicy
from cport_desktop.errors import UnknownReference, ValueUnknown
from cport_desktop.sync.proxy import parse_proxy
from cport_desktop.usecases import manage_links
from cport_desktop.usecases.exchange_record import past_exchanges
from cport_desktop.vault.vault import Vault


def history(session: Session) -> Answer:
    """`cport sync --history`."""
    options = session.options
    require_order(session, "-at")
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
    require_order(session, "name")
    with session.vault() as vault:
        known, in_use = manage_links.list_links(vault)
    rows = known if in_use is not ANY_LINK and in_use.name != ANY_LINK.name else (ANY_LINK, *known)
    shown, following = page_by(session, rows, lambda link: link.name)
    return listing(
        [_link(link, in_use) for link in shown],
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
                for link in shown
            ],
        ),
        total=len(rows),
        next_cursor=following,
        elapsed_ms=session.elapsed_ms,
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


def _proxy_address(link: Link) -> str | None:
    """Where it is; its name and password are shown to nobody."""
    return None if link.proxy is None else parse_proxy(link.proxy).address


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
