"""`redactions …`: what is destroyed in copies of files whenever they leave, kept until it is taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from cport_desktop.cli.answer import Answer, Json, Record
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session, media_id
from cport_desktop.cli.short_lists import short_list
from cport_desktop.clock import iso_utc
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.kept_redaction import (
    Burned,
    FileRedaction,
    KeptRedaction,
    RedactionWay,
)
from cport_desktop.domain.redaction import Rectangle
from cport_desktop.errors import ArgumentsUnclear
from cport_desktop.usecases import keep_redactions
from cport_desktop.words import redactions as words

_RECTANGLE: Final = re.compile(
    r"(?P<left>\d{1,5}),(?P<top>\d{1,5})[, ](?P<width>\d{1,5})[x×,](?P<height>\d{1,5})(=(?P<why>.*))?",
    re.ASCII | re.DOTALL,
)


def show_all(session: Session) -> Answer:
    """`cport redactions list`."""
    with session.vault() as vault:
        found = keep_redactions.list_redactions(vault)
    return short_list(session, [redaction_fields(each) for each in found], _told)


def keep(session: Session) -> Answer:
    """`cport redactions set ID (--rectangle L,T,WxH[=WHY] … | --labels | --leave-out) [--reason WHY]`."""
    redaction = _redaction(session)
    with session.vault() as vault:
        kept, _ = keep_redactions.keep_redaction(vault, _media(session), redaction)
    return _answer(kept)


def remove(session: Session) -> Answer:
    """`cport redactions remove ID --reason WHY`."""
    reason = session.options.required("reason")
    with session.vault() as vault:
        removed, _ = keep_redactions.remove_redaction(vault, _media(session), reason=reason)
    return _answer(removed)


def redaction_fields(kept: KeptRedaction) -> dict[str, Json]:
    """What the contract says of one."""
    redaction = kept.redaction
    return {
        "id": media_reference(kept.media[0]) if kept.media else kept.sha256,
        "sha256": kept.sha256,
        "media": [media_reference(each) for each in kept.media],
        "how": redaction.way.value,
        "reason": redaction.reason or None,
        "places": [
            {
                "left": each.rectangle.left,
                "top": each.rectangle.top,
                "width": each.rectangle.width,
                "height": each.rectangle.height,
                "reason": each.reason,
            }
            for each in redaction.burned
        ],
        "drawn_by": kept.drawn_by,
        "at": iso_utc(kept.at),
    }


def _answer(kept: KeptRedaction) -> Answer:
    redaction = kept.redaction
    told = [("media", ", ".join(map(media_reference, kept.media)))]
    told += [(words.HOW_SHORT[redaction.way.value], redaction.reason)] if redaction.reason else []
    told += [(str(each.rectangle), each.reason) for each in redaction.burned]
    return Answer(redaction_fields(kept), facts(told))


def _told(items: Sequence[Record]) -> str:
    rows = []
    for each in items:
        places = each["places"]
        count = len(places) if isinstance(places, list) else 0
        how = words.how_in_words(str(each["how"]), count)
        rows.append((str(each["id"]), how, str(each["drawn_by"]), str(each["at"])))
    return table(("Item", "How", "Drawn by", "At"), rows)


def _media(session: Session) -> MediaId:
    return media_id(session.options.required("id"))


def _redaction(session: Session) -> FileRedaction:
    options = session.options
    reason = options.text("reason") or ""
    if options.flag("labels"):
        return FileRedaction(RedactionWay.METADATA, reason=reason)
    if options.flag("leave_out"):
        return FileRedaction(RedactionWay.LEFT_OUT, reason=reason)
    burned = tuple(_burned(text, reason) for text in options.texts("rectangle"))
    return FileRedaction(RedactionWay.PIXELS, burned)


def _burned(text: str, reason: str) -> Burned:
    """The rectangle that was typed, with its own reason or else the one for all.

    Raises:
        ArgumentsUnclear: it is none.
    """
    found = _RECTANGLE.fullmatch(text)
    try:
        if found is None:
            raise ValueError("not of the form")
        sides = (int(found[name]) for name in ("left", "top", "width", "height"))
        return Burned(Rectangle(*sides), found["why"] or reason)
    except ValueError as error:
        raise ArgumentsUnclear(
            cause=words.no_rectangle(text), command="cport redactions set"
        ) from error
