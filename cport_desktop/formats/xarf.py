"""Notices to providers as XARF v4 (category `content`, type `csam`), and the table of its codes.

Fields after xarf/xarf-spec: `xarf-core.json`, `types/content-csam.json`. Nothing is written that is
not known; no text of a hotline or of an analyst is in it. A notice from a demo vault carries the tag
`cport:synthetic`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from cport_desktop.clock import iso_utc
from cport_desktop.domain.provider_notice import ProviderNotice, XarfClass, XarfCodes
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats.strict_json import decode, require_sound

VERSION: Final = "4.0.0"
SYNTHETIC_TAG: Final = "cport:synthetic"
_LARGEST_TABLE: Final = 64 * 1024
"""Bytes; the table that is known has one line."""


class _Table(msgspec.Struct):
    version: Annotated[str, Meta(min_length=1, max_length=50)]
    code_list: Annotated[str, Meta(min_length=1, max_length=50)]
    source: Annotated[str, Meta(max_length=2_000)] = ""
    of_classification: Annotated[tuple[tuple[int, str], ...], Meta(max_length=100)] = ()


_DECODER: Final = msgspec.json.Decoder(_Table)


def print_xarf(notice: ProviderNotice) -> bytes:
    """The JSON of `notice`, indented, in ASCII."""
    who = {
        "org": notice.sender.org,
        "contact": notice.sender.contact,
        "domain": notice.sender.domain,
    }
    known: dict[str, object | None] = {
        "xarf_version": VERSION,
        "report_id": notice.notice_id,
        "timestamp": iso_utc(notice.received_at),
        "reporter": who,
        "sender": who,
        "source_identifier": notice.source,
        "category": "content",
        "type": "csam",
        "url": notice.url,
        "domain": notice.domain or None,
        "classification": notice.classification.value,
        "detection_method": notice.detection.value,
        "media_type": notice.media_type,
        "hash_values": dict(notice.digests) or None,
        "hosting_provider": notice.provider,
        "asn": notice.autonomous_system,
        "country_code": notice.country,
        "verified_at": None if notice.verified_at is None else iso_utc(notice.verified_at),
        "tags": [SYNTHETIC_TAG] if notice.is_synthetic else None,
    }
    fields = {name: value for name, value in known.items() if value is not None}
    return (json.dumps(fields, indent=1) + "\n").encode("ascii")


def load_codes(path: Path) -> XarfCodes:
    """The table in the file at `path`.

    Raises:
        MalformedMessage, MessageTooLarge: it is none, has a code twice, or names a class that there is not.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return parse_codes(file.read(_LARGEST_TABLE + 1))


def parse_codes(untrusted: bytes) -> XarfCodes:
    """As `load_codes`, of the file's bytes."""
    require_sound(untrusted, limit=_LARGEST_TABLE)
    table = decode(_DECODER, untrusted, "$")
    given: dict[int, XarfClass] = {}
    for code, name in table.of_classification:
        if code in given or name not in set(XarfClass):
            raise MalformedMessage(where="$.of_classification", cause="a code twice or unknown")
        given[code] = XarfClass(name)
    return XarfCodes(table.version, table.code_list, given)
