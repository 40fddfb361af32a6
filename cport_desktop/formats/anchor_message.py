r"""The head of a station's audit log on its way to the portal, and what the portal answers.

The request is plain JSON (its signature is the request's own, see `request_signing`), the
answer a sealed message:

    {"schema":2,"kind":"anchor","station":…,"logKey":"cport.vault/…/1+5d3f…+AW…",
     "checkpoint":"cport.vault/…/1\n12\n…\n\n— cport.vault/…/1 …\n","oldSize":7,"proof":["…"]}

    {"schema":2,"kind":"anchored","portal":…,"station":…,"nature":"demo","issuedAt":…,
     "outcome":"cosigned","lineage":1,"size":12,"root":"…","cosignature":"— cport.portal/… …\n"}

Checkpoints and co-signatures are described in docs/formats/audit_checkpoint.md.
"""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

import msgspec
from msgspec import Meta

from cport_desktop.crypto.merkle import HASH_SIZE, LONGEST_PROOF
from cport_desktop.crypto.signed_note import SignatureType, VerifierKey
from cport_desktop.domain.anchoring import AnchorAnswer, AnchorOutcome, AnchorRequest
from cport_desktop.domain.ids import PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc

LONGEST_ANCHOR_MESSAGE = 128 * 1024
"""Bytes of a request or an answer; an honest one has three KiB at most."""

_LONGEST_NOTE = 16_384
"""Characters: one signature of the log has about 250."""

WireHash = Annotated[bytes, Meta(min_length=HASH_SIZE, max_length=HASH_SIZE)]
Note = Annotated[str, Meta(min_length=1, max_length=_LONGEST_NOTE)]
Line = Annotated[str, Meta(min_length=1, max_length=2_048)]


class WireAnchor(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["anchor"]
    station: bounds.Label
    log_key: Line
    checkpoint: Note
    old_size: bounds.Count
    proof: Annotated[tuple[WireHash, ...], Meta(max_length=LONGEST_PROOF)]


class WireAnchored(msgspec.Struct, rename="camel"):
    schema: Literal[2]
    kind: Literal["anchored"]
    portal: bounds.Label
    station: bounds.Label
    nature: Nature
    issued_at: bounds.Moment
    outcome: AnchorOutcome
    lineage: bounds.Code
    size: bounds.Count
    root: WireHash | None = None
    cosignature: Line | None = None


_ANCHOR = msgspec.json.Decoder(WireAnchor)
_ANCHORED = msgspec.json.Decoder(WireAnchored)


def portal_witness(portal: PortalId, portal_key: bytes) -> VerifierKey:
    """The key with which a portal co-signs: the one that seals its messages, under its own name.

    What it signs begins with `cosignature/v1` here and with `cport-message-v2` there, so that
    neither can be taken for the other.
    """
    return VerifierKey(
        f"cport.portal/{quote(portal, safe='')}", SignatureType.COSIGNATURE, portal_key
    )


def print_anchor(request: AnchorRequest) -> bytes:
    """The request body with which a station hands over its head."""
    return msgspec.json.encode(
        WireAnchor(
            schema=2,
            kind="anchor",
            station=request.station,
            log_key=request.log_key,
            checkpoint=request.checkpoint.decode(),
            old_size=request.old_size,
            proof=request.proof,
        )
    )


def parse_anchor(untrusted: bytes) -> AnchorRequest:
    """What a request body hands over (the gateway's side).

    Raises:
        MalformedMessage, MessageTooLarge: if it is not such a body.
    """
    require_sound(untrusted, limit=LONGEST_ANCHOR_MESSAGE)
    wire = decode(_ANCHOR, untrusted, "$")
    return AnchorRequest(
        station=StationId(wire.station),
        log_key=wire.log_key,
        checkpoint=wire.checkpoint.encode(),
        old_size=wire.old_size,
        proof=wire.proof,
    )


def print_anchored(answer: AnchorAnswer) -> bytes:
    """The payload for `answer`, not yet sealed."""
    return msgspec.json.encode(
        WireAnchored(
            schema=2,
            kind="anchored",
            portal=answer.portal,
            station=answer.station,
            nature=answer.nature,
            issued_at=answer.issued_at,
            outcome=answer.outcome,
            lineage=answer.lineage,
            size=answer.size,
            root=answer.root,
            cosignature=answer.cosignature,
        )
    )


def parse_anchored(payload: bytes) -> AnchorAnswer:
    """What an unsealed payload answers.

    Raises:
        MalformedMessage, MessageTooLarge: if it is none, or misses what its outcome needs.
    """
    require_sound(payload, limit=LONGEST_ANCHOR_MESSAGE)
    wire = decode(_ANCHORED, payload, "$")
    if wire.outcome is AnchorOutcome.COSIGNED and wire.cosignature is None:
        raise MalformedMessage(where="$.cosignature", cause="missing beside cosigned")
    return AnchorAnswer(
        portal=PortalId(wire.portal),
        station=StationId(wire.station),
        nature=wire.nature,
        issued_at=utc(wire.issued_at, "$.issuedAt"),
        outcome=wire.outcome,
        lineage=wire.lineage,
        size=wire.size,
        root=wire.root,
        cosignature=wire.cosignature,
    )
