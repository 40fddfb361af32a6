"""Things other than reports, as a batch carries them: what their documents hold.

    {"kind":"new","subject":"hotline","reference":"12","revision":1,"date":…,
     "record":{"hotlineId":12,"name":…,"countryCode":…,"contact":…}}
    {"kind":"withdrawn","subject":"hotline","reference":"12","revision":2,"date":…,"reason":…}

A subject that this version does not know is carried to the byte; of one that it knows the document
must have its shape, or the batch is malformed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from cport_desktop.domain.batch import RecordValue, Subject
from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.report import Hotline
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode


class WireHotline(msgspec.Struct, rename="camel", gc=False):
    hotline_id: bounds.Identifier
    name: bounds.Name
    country_code: bounds.Country
    contact: bounds.Name | None = None


_HOTLINE = msgspec.json.Decoder(WireHotline)


def record_value(subject: str, reference: str, document: bytes, where: str) -> RecordValue | None:
    """What `document` says, None for a subject of a later version.

    Raises:
        MalformedMessage: if it has not its subject's shape, or is about another thing.
    """
    read = _READERS.get(subject)
    return None if read is None else read(reference, document, where)


def print_hotline(hotline: Hotline) -> bytes:
    """The document of a hotline."""
    return msgspec.json.encode(
        WireHotline(hotline.hotline_id, hotline.name, hotline.country, hotline.contact)
    )


def _hotline(reference: str, document: bytes, where: str) -> Hotline:
    wire = decode(_HOTLINE, document, where)
    if reference != str(wire.hotline_id):
        raise MalformedMessage(where=f"{where}.hotlineId", cause="another than the reference")
    return Hotline(HotlineId(wire.hotline_id), wire.name, wire.country_code, wire.contact)


_READERS: Mapping[str, Callable[[str, bytes, str], RecordValue]] = {
    Subject.HOTLINE.value: _hotline,
}
