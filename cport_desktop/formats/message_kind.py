"""What kind of message a payload is, before anything else of it is read.

Whoever reads the rest makes sure that every reader understands it alike (`strict_json.require_sound`);
to be asked twice would cost a tenth of the time that a batch takes.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from cport_desktop.errors import MalformedMessage, MessageNewer, MessageTooLarge
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.sealed_message import LONGEST_MESSAGE
from cport_desktop.formats.strict_json import decode

SCHEMA = 2
"""The version of the protocol that this program speaks."""


class MessageKind(StrEnum):
    """What a portal or a station signs."""

    BATCH = "batch"
    STANDING = "standing"
    RECEIPTS = "receipts"
    ANCHORED = "anchored"
    CHUNKS = "chunks"
    ENROLMENT = "enrolment"
    OPERATIONS = "operations"
    ANCHOR = "anchor"
    BUNDLE = "bundle"
    WANTED = "wanted"
    IN_HAND = "inHand"
    ELSEWHERE = "inHandElsewhere"


class _Head(msgspec.Struct, gc=False):
    schema: bounds.Count
    kind: bounds.NonEmpty


_HEAD = msgspec.json.Decoder(_Head)


def kind_of(payload: bytes) -> MessageKind:
    """The kind of an unsealed payload; the rest of it is not looked at.

    Raises:
        MessageTooLarge: if it is longer than any honest message.
        MessageNewer: if it is of a later version of the protocol.
        MalformedMessage: if it is none, or of a kind that nobody knows.
    """
    if len(payload) > LONGEST_MESSAGE:
        raise MessageTooLarge(limit=LONGEST_MESSAGE)
    head = decode(_HEAD, payload, "$")
    if head.schema > SCHEMA:
        raise MessageNewer(found=head.schema, known=SCHEMA)
    try:
        return MessageKind(head.kind)
    except ValueError as error:
        raise MalformedMessage(where="$.kind", cause="no kind of message") from error
