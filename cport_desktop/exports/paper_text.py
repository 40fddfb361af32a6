"""Foreign text as it stands on paper: visible, not to be followed, of a bounded length; and moments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from cport_desktop.clock import iso_utc
from cport_desktop.exports.pages import LONGEST_TEXT, MOST_ROWS, Block, Paragraph, Row, Table
from cport_desktop.exports.tables import defanged
from cport_desktop.words import documents as words

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FOLLOWED = re.compile(r"(?i)tt")
_ADDRESS = re.compile(r"(?i)\b(?:https?|ftps?)://\S+")


def plain(text: str | None) -> str:
    """`text` with what cannot be seen spelled out (`<U+202E>`), addresses in it defanged, and held
    to a page's measure.
    """
    if not text:
        return words.NOTHING
    seen = "".join(
        f"<U+{ord(sign):04X}>" if unicodedata.category(sign) in _INVISIBLE else sign
        for sign in _ADDRESS.sub(lambda found: address(found[0]), " ".join(text.split()))
    )
    return seen if len(seen) <= LONGEST_TEXT // 2 else f"{seen[: LONGEST_TEXT // 2]} …"


def address(url: str) -> str:
    """`url` defanged, also where one stands inside another."""
    scheme, separator, rest = defanged(url).partition("://")
    return f"{_FOLLOWED.sub('xx', scheme, count=1)}{separator}{rest.replace('://', '[://]')}"


def moment(at: datetime, zone: tzinfo | None) -> str:
    """`at` in UTC and in `zone`: `2026-05-14T09:30:12Z (2026-05-14 11:30 +02:00)`; neither of both
    breaks over a line.
    """
    here = at.astimezone(zone)
    offset = here.isoformat()[-6:]
    return f"{iso_utc(at)} ({here:%Y-%m-%d}\u00a0{here:%H:%M}\u00a0{offset})"


def tabulated(
    title: str,
    header: Row,
    widths: tuple[float, ...],
    rows: Sequence[Row],
    *,
    nothing: str,
    codes: tuple[int, ...] = (),
) -> Iterator[Block]:
    """A table, and a word on the rows that are too many for it."""
    yield Table(
        title=title,
        header=header,
        widths=widths,
        rows=tuple(rows[:MOST_ROWS]),
        nothing=nothing,
        codes=codes,
    )
    if len(rows) > MOST_ROWS:
        yield Paragraph(text=words.only_rows(MOST_ROWS, len(rows)))
