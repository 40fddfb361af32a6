"""A list that is held whole, one page at a time: by `id`, as `--sort`, `--after` and `--limit` say.

Its options are those of `exposure_arguments`, which no room of verbs may be needed for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cport_desktop.cli.answer import Answer, Record, listing
from cport_desktop.cli.session import Session
from cport_desktop.errors import UnknownReference, ValueUnknown


def short_list(
    session: Session, items: Sequence[Record], tell: Callable[[Sequence[Record]], str]
) -> Answer:
    """The page that was asked for; `tell` says it in words.

    Raises:
        ValueUnknown: an order that there is not.
        UnknownReference: `--after` names nothing in the list.
    """
    order, after = session.options.text("sort"), session.options.text("after")
    order = order or session.options.required("order")
    if order not in ("id", "-id"):
        raise ValueUnknown(what="order", value=order, accepted="id, -id")
    rows = sorted(items, key=_id, reverse=order == "-id")
    if after is not None:
        places = [place for place, row in enumerate(rows) if _id(row) == after]
        if not places:
            raise UnknownReference(kind="cursor", reference=after)
        rows = rows[places[0] + 1 :]
    shown = rows[: session.options.number("limit")]
    following = _id(shown[-1]) if len(rows) > len(shown) else None
    return listing(shown, text=tell(shown), total=len(items), next_cursor=following, elapsed_ms=0.0)


def _id(row: Record) -> str:
    return str(row["id"])
