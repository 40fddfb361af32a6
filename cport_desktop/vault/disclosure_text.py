"""What somebody types to search the register, as what is wanted of it.

words             a part of title, reason, clause or recipient
HL-884179 M-20417 what held this report or media item
64 hex digits     what held, or was, the file of this SHA-256
kind:package      of this kind
since:2026-05-01  left on this day (UTC) or later; until:… before it
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from cport_desktop.domain.disclosure import MEDIA, REPORT, DisclosureKind
from cport_desktop.domain.ids import (
    media_reference,
    parse_media_reference,
    parse_report_reference,
    report_reference,
)
from cport_desktop.errors import ValueUnknown
from cport_desktop.vault.disclosures import EVERYTHING, Wanted

_DIGEST: Final = re.compile(r"[0-9a-fA-F]{64}")
_REPORT: Final = re.compile(r"(?i)HL-\d+")
_MEDIA: Final = re.compile(r"(?i)M-\d+")


def wanted_by(text: str) -> Wanted:
    """What `text` asks the register for.

    Raises:
        ValueUnknown: a kind or a day that there is not.
    """
    wanted, words = EVERYTHING, []
    for part in text.split():
        name, colon, value = part.partition(":")
        if colon and name in ("kind", "since", "until"):
            wanted = _narrowed(wanted, name, value)
        elif _DIGEST.fullmatch(part):
            wanted = replace(wanted, sha256=part.lower())
        elif _REPORT.fullmatch(part) and (report := parse_report_reference(part)) is not None:
            wanted = replace(wanted, item=(REPORT, report_reference(report)))
        elif _MEDIA.fullmatch(part) and (media := parse_media_reference(part)) is not None:
            wanted = replace(wanted, item=(MEDIA, media_reference(media)))
        else:
            words.append(part)
    return replace(wanted, text=" ".join(words) or None)


def _narrowed(wanted: Wanted, name: str, value: str) -> Wanted:
    if name == "kind":
        word = value.replace("-", "_")
        if word not in set(DisclosureKind):
            accepted = ", ".join(kind.value for kind in DisclosureKind)
            raise ValueUnknown(what="kind of disclosure", value=value, accepted=accepted)
        return replace(wanted, kind=DisclosureKind(word))
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueUnknown(what="time", value=value, accepted="2026-12-24") from error
    day = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return replace(wanted, since=day) if name == "since" else replace(wanted, until=day)
