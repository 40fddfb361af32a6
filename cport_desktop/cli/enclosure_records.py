"""What is enclosed with a dossier, as the JSON record of the command line and as facts to read."""

from __future__ import annotations

from typing import Final

from cport_desktop.cli.answer import Json
from cport_desktop.cli.printing import facts
from cport_desktop.clock import iso_utc
from cport_desktop.domain.enclosure import Enclosure
from cport_desktop.domain.hosts import visible
from cport_desktop.words import enclosures as words

_NONE: Final = "–"


def enclosed(one: Enclosure) -> dict[str, Json]:
    """One enclosure; of RDAP with what it says of the domain."""
    told = one.registration
    registration: Json = None
    if told is not None:
        registration = {
            "name": told.name,
            "handle": told.handle,
            "registrar": told.registrar,
            "statuses": list(told.statuses),
            "events": [{"action": each.action, "at": each.at} for each in told.events],
            "name_servers": list(told.name_servers),
            "abuse_contact": None
            if told.abuse is None
            else {
                "name": told.abuse.name,
                "email": told.abuse.email,
                "phone": told.abuse.phone,
            },
        }
    return {
        "id": one.sha256,
        "kind": one.kind.value,
        "sha256": one.sha256,
        "bytes": one.size,
        "source": one.source,
        "taken_at": iso_utc(one.taken_at),
        "added_by": one.added_by,
        "added_at": iso_utc(one.added_at),
        "registration": registration,
    }


def enclosed_card(one: Enclosure) -> str:
    told = one.registration
    rows = [
        (words.KIND, words.KINDS[one.kind.value]),
        (words.SOURCE, visible(one.source)),
        (words.TAKEN_AT, iso_utc(one.taken_at)),
        (words.DIGEST, one.sha256),
        (words.ADDED, f"{one.added_by}, {iso_utc(one.added_at)}"),
    ]
    if told is not None:
        names = words.REGISTRATION
        rows += [(names[code], visible(text) or _NONE) for code, text in told.told]
    return facts(rows)
