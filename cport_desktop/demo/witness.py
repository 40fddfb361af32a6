"""The portal as witness of its stations' audit logs (after c2sp.org/tlog-witness).

Rules, for a head that a station hands over:

1. It is signed with the log's key. The first key that a station shows is its key for good.
2. Nothing is held of this vault, or the head begins a later lineage: the proof starts at 0.
3. Of the lineage that is held: a shorter head, or an earlier lineage, is a roll-back; a head
   that is proved from another size than the one held is asked for again; one that does not go
   on from the held one is inconsistent.
4. What passes is kept, durably, before the co-signature leaves. Nothing is ever removed.

A co-signature says: at this time, this was the longest history of this log known here.
"""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.clock import Clock
from cport_desktop.crypto.checkpoint import Checkpoint, parse_checkpoint
from cport_desktop.crypto.merkle import is_consistent
from cport_desktop.crypto.message_keys import Sign
from cport_desktop.crypto.signed_note import (
    SignatureType,
    SignedNote,
    VerifierKey,
    cosign_note,
    parse_note,
    parse_verifier,
    print_note,
    print_signature,
    verified,
)
from cport_desktop.demo.ledger import HeldHead, Ledger
from cport_desktop.domain.anchoring import AnchorOutcome, AnchorRequest, LogOrigin, parse_origin
from cport_desktop.domain.ids import StationId
from cport_desktop.errors import CheckpointMalformed, MalformedMessage, SignatureInvalid


@dataclass(frozen=True, slots=True)
class Testimony:
    """What the witness says, and the head that it holds now."""

    outcome: AnchorOutcome
    held: HeldHead | None
    cosignature: str | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    note: SignedNote
    checkpoint: Checkpoint
    origin: LogOrigin
    public: bytes


class Witness:
    """Co-signs with `sign` under the name of `key`. Usable from any thread."""

    def __init__(self, ledger: Ledger, clock: Clock, *, key: VerifierKey, sign: Sign) -> None:
        self._ledger = ledger
        self._clock = clock
        self._key = key
        self._sign = sign

    def testify(self, station: StationId, request: AnchorRequest) -> Testimony:
        """What is to be said of the head; one that passed is held from now on.

        Raises:
            MalformedMessage: it is no head of a vault's log.
            SignatureInvalid: it is not signed with the key that comes with it.
        """
        shown = _shown(request)
        with self._ledger.transaction():
            held = self._ledger.held_head(station)
            outcome = _judged(shown, request, held)
            if outcome is not AnchorOutcome.COSIGNED:
                return Testimony(outcome, held)
            now = self._clock.now()
            line = cosign_note(
                shown.checkpoint.text, self._key, self._sign, at=int(now.timestamp())
            )
            kept = HeldHead(
                shown.origin,
                shown.checkpoint.size,
                shown.checkpoint.root,
                shown.public,
                print_note(shown.note.with_signature(line)),
            )
            self._ledger.hold_head(station, kept, at=now)
            return Testimony(outcome, kept, print_signature(line))


def _shown(request: AnchorRequest) -> _Shown:
    try:
        note, key = parse_note(request.checkpoint), parse_verifier(request.log_key)
        checkpoint = parse_checkpoint(note.text)
    except CheckpointMalformed as error:
        cause = str(error.facts["cause"])
        raise MalformedMessage(where="$.checkpoint", cause=cause) from error
    origin = parse_origin(checkpoint.origin)
    is_named = key.name == checkpoint.origin and key.kind is SignatureType.ED25519
    if origin is None or not is_named:
        raise MalformedMessage(where="$.checkpoint", cause="not the log of a vault")
    if verified(note, key) is None:
        raise SignatureInvalid(what="checkpoint")
    return _Shown(note, checkpoint, origin, key.public)


def _judged(shown: _Shown, request: AnchorRequest, held: HeldHead | None) -> AnchorOutcome:
    if held is None:
        return _from(request, 0)
    if (held.public, held.origin.vault) != (shown.public, shown.origin.vault):
        return AnchorOutcome.INCONSISTENT
    if shown.origin.lineage > held.origin.lineage:
        return _from(request, 0)
    if shown.origin.lineage < held.origin.lineage or shown.checkpoint.size < held.size:
        return AnchorOutcome.ROLLED_BACK
    if request.old_size != held.size:
        return AnchorOutcome.OTHER_SIZE
    is_proved = is_consistent(
        held.root,
        shown.checkpoint.root,
        earlier_size=held.size,
        later_size=shown.checkpoint.size,
        proof=request.proof,
    )
    return AnchorOutcome.COSIGNED if is_proved else AnchorOutcome.INCONSISTENT


def _from(request: AnchorRequest, size: int) -> AnchorOutcome:
    """For a log of which nothing is held yet."""
    if request.old_size == size and not request.proof:
        return AnchorOutcome.COSIGNED
    return AnchorOutcome.OTHER_SIZE
