"""What a bundle means: decisions about what is in it, with no I/O.

A bundle of the portal is used only if its manifest

1. is signed by the portal that this vault is bound to (`formats.sealed_message.unseal`),
2. has the protocol's shape, is of our nature, from that portal and for this station,
3. accounts for every byte, each member being the one that is listed (`sync.bundle_reader`).

What is in it is then judged as on the other road, message by message (`sync.exchange`). Its number
orders nothing by itself: a stick may be lost, and a station may alternate roads. What counts is
whether its batches follow what is here:

- batches that were applied already are passed over, without harm;
- if the first of the others is the next of our chain, they follow, whatever became of earlier bundles;
- otherwise the bundle is out of order, and nothing of it is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from cport_desktop.domain.batch import Position
from cport_desktop.domain.courier import Heading, Manifest, Member, MemberKind
from cport_desktop.domain.ids import PortalId, StationId
from cport_desktop.domain.nature import Nature, require_same_nature
from cport_desktop.errors import (
    BundleMalformed,
    BundleOfPortal,
    BundleOfStation,
    BundleOutOfOrder,
    MalformedMessage,
)
from cport_desktop.formats.bundle_manifest import parse_manifest
from cport_desktop.formats.message_kind import MessageKind, kind_of

_IN_THE_CHAIN = (MemberKind.BATCH, MemberKind.STANDING)


def accept_manifest(
    payload: bytes, *, heading: Heading, portal: PortalId, station: StationId, nature: Nature
) -> Manifest:
    """The manifest in `payload`, which is of the two sides named.

    Raises:
        MalformedMessage, MessageTooLarge, MessageNewer, BundleMalformed: it is none.
        NatureRefused: the other side is of another nature.
        BundleOfPortal, BundleOfStation: it is of somebody else.
    """
    if kind_of(payload) is not MessageKind.BUNDLE:
        raise MalformedMessage(where="$.kind", cause="not the manifest of a bundle")
    manifest = parse_manifest(payload)
    require_same_nature(nature, manifest.nature)
    if manifest.portal != portal:
        raise BundleOfPortal
    if manifest.station != station:
        raise BundleOfStation
    if manifest.heading is not heading:
        raise BundleMalformed(cause="its manifest is on its way in the other direction")
    return manifest


class Turn(Enum):
    """Whether a link of the chain may be applied now."""

    PASSED = auto()
    """It, or another way to the same place, was applied already."""
    NOW = auto()
    AHEAD = auto()


def turn_of(member: Member, position: Position) -> Turn:
    """Whether the batch or standing that `member` is may be applied at `position`."""
    sequence = member.sequence or 0
    next_one = position.sequence + (1 if member.kind == MemberKind.BATCH else 0)
    if sequence < next_one:
        return Turn.PASSED
    return Turn.NOW if sequence == next_one else Turn.AHEAD


def require_turn(manifest: Manifest, position: Position, *, last: int) -> None:
    """Nothing, if what the bundle says of the stream follows `position`, or lies behind us. `last`: the
    number of the newest bundle that was taken in.

    Raises:
        BundleOutOfOrder: something before it is missing.
    """
    links = [member for member in manifest.members if member.kind in _IN_THE_CHAIN]
    for first in links:
        turn = turn_of(first, position)
        if turn is Turn.AHEAD:
            missing = last + 1 if last + 1 < manifest.sequence else manifest.sequence - 1
            raise BundleOutOfOrder(sequence=manifest.sequence, missing=max(1, missing))
        if turn is Turn.NOW:
            return


def lies_behind(manifest: Manifest, position: Position) -> bool:
    """Whether every batch of the bundle was applied already."""
    return all(
        turn_of(member, position) is Turn.PASSED
        for member in manifest.members
        if member.kind == MemberKind.BATCH
    )


def fitting(sizes: Iterable[int], limit: int | None, *, most: int) -> Iterator[int]:
    """The places of those that fit, one after another, into `limit` bytes (None: any number), `most`
    of them at most. One that does not fit does not keep a smaller one out.
    """
    left, taken = limit, 0
    for place, size in enumerate(sizes):
        if taken == most:
            return
        if left is None or size <= left:
            left = None if left is None else left - size
            taken += 1
            yield place
