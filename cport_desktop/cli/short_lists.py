"""A list that is held whole, one page at a time: by `id`, as `--sort`, `--after` and `--limit` say.

Its options are those of `exposure_options`, which no room of verbs may be needed for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from cport_desktop.cli.answer import Answer, Record, listing
from cport_desktop.cli.session import Session
from cport_desktop.errors import UnknownReference, ValueUnknown

Row = TypeVar("Row")


def short_list(
    session: Session, items: Sequence[Record], tell: Callable[[Sequence[Record]], str]
) -> Answer:
    """The page that was asked for; `tell` says it in words.

    Raises:
        ValueUnknown: an order that there is not.
        UnknownReference: `--after` names nothing in the list.
    """
    order = session.options.text("sort") or session.options.required("order")
    if order not in ("id", "-id"):
        raise ValueUnknown(what="order", value=order, accepted="id, -id")
    rows = sorted(items, key=_id, reverse=order == "-id")
    shown, following = page_of(session, rows)
    return listing(
        shown,
        text=tell(shown),
        total=len(items),
        next_cursor=following,
        elapsed_ms=session.elapsed_ms,
    )


def page_of(session: Session, rows: Sequence[Record]) -> tuple[Sequence[Record], str | None]:
    """The page of `rows`, in the order that they have, and the cursor to the next.

    Raises:
        UnknownReference: `--after` names nothing among them.
    """
    return page_by(session, rows, _id)


def page_by(
    session: Session, rows: Sequence[Row], name: Callable[[Row], str]
) -> tuple[Sequence[Row], str | None]:
    """The same of rows of any kind, each of which has a `name` of its own.

    Raises:
        UnknownReference: `--after` names nothing among them.
    """
    after, start = session.options.text("after"), 0
    if after is not None:
        places = [place for place, row in enumerate(rows) if name(row) == after]
        if not places:
            raise UnknownReference(kind="cursor", reference=after)
        start = places[0] + 1
    shown = rows[start : start + session.options.number("limit")]
    has_more = bool(shown) and start + len(shown) < len(rows)
    return shown, name(shown[-1]) if has_more else None


def _id(row: Record) -> str:
    return str(row["id"])
