"""The portal's word that nothing more is waiting, as JSON within a sealed message:

    {"schema":2,"kind":"standing","portal":…,"station":…,"nature":"demo","issuedAt":…,
     "sequence":17,"digest":"<hex>"}

`sequence` 0 with `digest` null: nothing was ever waiting.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from cport_desktop.domain.batch import Standing
from cport_desktop.domain.ids import PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc


class WireStanding(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["standing"]
    portal: bounds.Label
    station: bounds.Label
    nature: Nature
    issued_at: bounds.Moment
    sequence: bounds.Count
    digest: bounds.Sha256 | None


_STANDING = msgspec.json.Decoder(WireStanding)


def parse_standing(payload: bytes) -> Standing:
    """What an unsealed payload says of the stream.

    Raises:
        MalformedMessage, MessageTooLarge: if it is no such message.
    """
    require_sound(payload, limit=LONGEST_MESSAGE)
    wire = decode(_STANDING, payload, "$")
    return Standing(
        portal=PortalId(wire.portal),
        station=StationId(wire.station),
        nature=wire.nature,
        issued_at=utc(wire.issued_at, "$.issuedAt"),
        sequence=wire.sequence,
        digest=wire.digest,
    )


def print_standing(standing: Standing) -> bytes:
    """The payload for `standing`, not yet sealed."""
    return msgspec.json.encode(
        WireStanding(
            schema=2,
            kind="standing",
            portal=standing.portal,
            station=standing.station,
            nature=standing.nature,
            issued_at=standing.issued_at,
            sequence=standing.sequence,
            digest=standing.digest,
        )
    )
