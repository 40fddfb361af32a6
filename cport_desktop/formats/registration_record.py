"""Records of who registered a domain: RDAP as JSON (RFC 9083), and WHOIS as plain text (RFC 3912).

    {"objectClassName": "domain", "ldhName": "name.example", "status": ["active"],
     "events": [{"eventAction": "registration", "eventDate": "2020-01-01T00:00:00Z"}],
     "entities": [{"objectClassName": "entity", "roles": ["registrar"],
                   "vcardArray": ["vcard", [["fn", {}, "text", "Example Registrar"]]],
                   "entities": [{"objectClassName": "entity", "roles": ["abuse"], "vcardArray": […]}]}]}

Of an RDAP record what the domain is, who sold it, when, and whom to write to about misuse; every text is
cut to `LONGEST` and is a stranger's. A registrar may have chosen any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from cport_desktop.domain.enclosure import (
    LARGEST_RECORD,
    Contact,
    Registration,
    RegistrationEvent,
)
from cport_desktop.domain.hosts import LONGEST_HOST, normalised_host
from cport_desktop.errors import MalformedMessage, MessageTooLarge
from cport_desktop.formats.strict_json import decode, require_sound

LONGEST: Final = 300
"""Letters of any text that is taken out of a record."""
MOST: Final = 30
"""Events, statuses, name servers that are taken; honest records have some five of each."""
_DEEPEST: Final = 6
"""Entities within entities."""
_MOST_ENTITIES: Final = 200


class _Event(msgspec.Struct):
    eventAction: str = ""  # noqa: N815 - names of RFC 9083
    eventDate: str = ""  # noqa: N815


class _NameServer(msgspec.Struct):
    ldhName: str = ""  # noqa: N815


class _Entity(msgspec.Struct):
    roles: list[str] = []
    vcardArray: list[object] = []  # noqa: N815
    entities: list[_Entity] = []


class _Domain(msgspec.Struct):
    objectClassName: str  # noqa: N815
    ldhName: str  # noqa: N815
    handle: str = ""
    status: list[str] = []
    events: list[_Event] = []
    entities: list[_Entity] = []
    nameservers: list[_NameServer] = []


_DOMAIN: Final[msgspec.json.Decoder[_Domain]] = msgspec.json.Decoder(_Domain)


def parse_rdap(untrusted: bytes) -> Registration:
    """What a record says of its domain.

    Raises:
        MalformedMessage, MessageTooLarge: it is no such record, or greater than any.
    """
    content = untrusted.removeprefix(b"\xef\xbb\xbf")
    require_sound(content, limit=LARGEST_RECORD)
    found = decode(_DOMAIN, content, "$")
    name = normalised_host(found.ldhName)
    if found.objectClassName != "domain" or not name or len(name) > LONGEST_HOST:
        raise MalformedMessage(where="$.objectClassName", cause="no record of a domain")
    entities = list(_all_entities(found.entities))
    registrars = [_contact(one) for one in entities if "registrar" in one.roles]
    abuse = [_contact(one) for one in entities if "abuse" in one.roles]
    return Registration(
        name=name,
        handle=_cut(found.handle),
        registrar=next((one.name for one in registrars if one.name), ""),
        statuses=tuple(map(_cut, found.status[:MOST])),
        events=tuple(
            RegistrationEvent(_cut(one.eventAction), _cut(one.eventDate))
            for one in found.events[:MOST]
        ),
        name_servers=tuple(_cut(one.ldhName) for one in found.nameservers[:MOST]),
        abuse=next((one for one in abuse if one != Contact()), None),
    )


def parse_whois(untrusted: bytes) -> str:
    """The text of a record.

    Raises:
        MalformedMessage: it is no text. MessageTooLarge: it is greater than any.
    """
    require_within(untrusted)
    text = text_of(untrusted)
    if "\0" in text or not text.strip():
        raise MalformedMessage(where="$", cause="no text")
    return text


def require_within(untrusted: bytes) -> None:
    """Nothing, if it is no greater than a record may be.

    Raises:
        MessageTooLarge: it is.
    """
    if len(untrusted) > LARGEST_RECORD:
        raise MessageTooLarge(limit=LARGEST_RECORD)


def text_of(content: bytes) -> str:
    """As text: in UTF-8, or in Latin-1, which older services speak."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _all_entities(entities: list[_Entity], depth: int = 0) -> Iterator[_Entity]:
    """The outer ones first, so that a registrar's own contact does not pass for it."""
    yield from entities[:_MOST_ENTITIES]
    if depth < _DEEPEST:
        for one in entities[:_MOST_ENTITIES]:
            yield from _all_entities(one.entities, depth + 1)


def _contact(entity: _Entity) -> Contact:
    """Of a jCard (RFC 7095): `["vcard", [[name, parameters, type, value], …]]`."""
    card = entity.vcardArray[1] if len(entity.vcardArray) > 1 else []
    told: dict[str, str] = {}
    for line in card if isinstance(card, list) else []:
        if isinstance(line, list) and len(line) >= _CARD_LINE:
            name, value = line[0], line[3]
            if isinstance(name, str) and isinstance(value, str) and value.strip():
                told.setdefault(name, _cut(value.strip()))
    return Contact(
        told.get("fn", "") or told.get("org", ""),
        told.get("email", ""),
        told.get("tel", "").removeprefix("tel:"),
    )


_CARD_LINE: Final = 4
"""Parts of a line of a jCard at least."""


def _cut(text: str) -> str:
    return text[:LONGEST]
