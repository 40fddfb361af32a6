"""The clear room: the one place where what lies behind a veil is unsealed to be shown.

Rules:

1. Nothing is unsealed without a grant that this room gave, is still alive, and is for exactly this
   analyst, vault, item and level.
2. A grant is given against an entry of the log alone: one that is in the vault's file already
   (the room reads it back), of this analyst and this opening of the vault, for the same item, level
   and seconds, and used for no grant before.
3. A grant dies with its seconds, counted by a clock that nobody can set, with `end`, and when the
   room is closed, which locking does. What a decoder needs beyond that is not counted: a file that
   was opened in time may be read to its end, unless the room is closed.
4. What is to be seen blurred or small comes from the small pictures, and the original stays sealed.
   A moving picture has no such small ones for each of its frames, so that its file is opened at
   every level, and the confined child hands out frames at the level of the grant. Its seconds begin
   once more when it is open (`opened`), so that with a long file they do not go by in waiting.
5. A look gives no right to listen. That takes a grant of its own, against an entry of its own, and
   it ends with the look.

Other readers of sealed files (packages, resealing, checks, making pictures anew) show nothing to
anybody and do not come here; `tests/architecture/test_the_one_door.py` names them all.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from cport_desktop.domain import softening
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import Actor, MediaId, VaultId, media_reference
from cport_desktop.domain.media_item import Picture, RevealGrant, RevealLevel
from cport_desktop.domain.moving import SoundGrant
from cport_desktop.errors import LookNotGranted, UnknownReference
from cport_desktop.vault import audit_log
from cport_desktop.vault.blobs import BlobStore
from cport_desktop.vault.derivatives import Derivatives
from cport_desktop.vault.picture_seal import Derived, clear_room_key, unseal_picture
from cport_desktop.vault.transaction import Reader
from cport_desktop.words import looking as words

REVEAL = "reveal"
"""The verb of the entry that a grant is given against."""
LISTEN = "listen"
"""The verb of the entry for what is heard beside it."""

_MARK_SIZE = 16
_SMALL = {
    RevealLevel.BLURRED: Derived.BLURRED,
    RevealLevel.SMALL_GREY: Derived.CLEAR,
    RevealLevel.BLURRED_COLOUR: Derived.CLEAR,
}
"""Levels for which no still picture's original is opened, and what they are made from."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the room has the keys of, and who has opened it. `monotonic`: seconds."""

    vault: VaultId
    analyst: Actor
    pictures: Derivatives
    files: BlobStore
    reader: Callable[[], AbstractContextManager[Reader]]
    monotonic: Callable[[], float]
    key: bytes = field(repr=False)
    """Of the file of pictures."""


@dataclass(frozen=True, slots=True)
class _Alive:
    grant: RevealGrant
    until: float
    sound: SoundGrant | None = None
    is_opened: bool = False


def reveal_entry(
    media_id: MediaId,
    level: RevealLevel,
    *,
    seconds: float,
    reason: str | None,
    is_played: bool = False,
) -> AuditDraft:
    """What has to be on record before a grant is given for it; `is_played`: for what moves or sounds."""
    played = (("played", "yes"),) if is_played else ()
    return AuditDraft(
        action=AuditAction.CONSULTATION,
        verb=REVEAL,
        object_kind=ObjectKind.MEDIA,
        object_reference=media_reference(media_id),
        reason=reason,
        payload=(("level", level.value), ("seconds_allowed", f"{seconds:.1f}"), *played),
    )


def listen_entry(look: RevealGrant, *, seconds: float) -> AuditDraft:
    """What has to be on record before somebody listens while they look; for the same reason."""
    return AuditDraft(
        action=AuditAction.CONSULTATION,
        verb=LISTEN,
        object_kind=ObjectKind.MEDIA,
        object_reference=media_reference(look.media_id),
        reason=look.reason,
        payload=(("seconds_allowed", f"{seconds:.1f}"), ("reveal", str(look.audit_sequence))),
    )


class ClearRoom:
    """From any thread."""

    def __init__(self, sealed: Sealed) -> None:
        self._sealed = sealed
        self._key = clear_room_key(sealed.key)
        self._guard = threading.Lock()
        self._alive: dict[int, _Alive] = {}
        self._used: set[int] = set()
        self._is_closed = False
        with sealed.reader() as reader:
            self._since = audit_log.last_sequence(reader)

    def admit(
        self, media_id: MediaId, level: RevealLevel, *, seconds: float, audit_sequence: int
    ) -> RevealGrant:
        """A grant for one look, from now on and for `seconds`.

        Raises:
            LookNotGranted: the entry `audit_sequence` does not record it.
        """
        entry = self._entry(audit_sequence)
        fitting = [
            reveal_entry(media_id, level, seconds=seconds, reason=entry.reason, is_played=played)
            for played in (False, True)
        ]
        if entry not in fitting:
            raise LookNotGranted(cause=words.OTHER_ENTRY)
        grant = RevealGrant(
            media_id,
            level,
            seconds,
            audit_sequence,
            analyst=self._sealed.analyst,
            reason=entry.reason,
            vault=self._sealed.vault,
            mark=secrets.token_bytes(_MARK_SIZE),
        )
        with self._guard:
            if self._is_closed:
                raise LookNotGranted(cause=words.IS_LOCKED)
            if audit_sequence in self._used:
                raise LookNotGranted(cause=words.OTHER_ENTRY)
            self._used.add(audit_sequence)
            self._alive[audit_sequence] = _Alive(grant, self._sealed.monotonic() + seconds)
        return grant

    def require(self, grant: RevealGrant) -> None:
        """Nothing, if `grant` is of this room and alive.

        Raises:
            LookNotGranted: it is made up, altered, of another vault or person, or it is over.
        """
        with self._guard:
            if self._is_closed:
                raise LookNotGranted(cause=words.IS_LOCKED)
            known = self._alive.get(grant.audit_sequence)
            # Of equal fields, the mark is the one that nobody can guess.
            if known is None or known.grant != grant:
                raise LookNotGranted(cause=words.UNKNOWN)
            if self._sealed.monotonic() >= known.until:
                del self._alive[grant.audit_sequence]
                raise LookNotGranted(cause=words.TIME_IS_UP)

    def opened(self, grant: RevealGrant) -> None:
        """The file that `grant` is for is open: its seconds begin now, once.

        Raises:
            LookNotGranted: as `require`.
        """
        self.require(grant)
        with self._guard:
            known = self._alive.get(grant.audit_sequence)
            if known is not None and not known.is_opened:
                until = self._sealed.monotonic() + grant.seconds
                self._alive[grant.audit_sequence] = replace(known, until=until, is_opened=True)

    def admit_sound(self, look: RevealGrant, *, seconds: float, audit_sequence: int) -> SoundGrant:
        """A grant to listen while `look` lasts; one that was given before ends.

        Raises:
            LookNotGranted: as `require` for the look; or `audit_sequence` does not record it.
        """
        self.require(look)
        if self._entry(audit_sequence) != listen_entry(look, seconds=seconds):
            raise LookNotGranted(cause=words.OTHER_ENTRY)
        grant = SoundGrant(look.media_id, seconds, audit_sequence)
        with self._guard:
            known = self._alive.get(look.audit_sequence)
            if known is None or audit_sequence in self._used:
                raise LookNotGranted(cause=words.OTHER_ENTRY)
            self._used.add(audit_sequence)
            self._alive[look.audit_sequence] = replace(known, sound=grant)
        return grant

    def require_sound(self, look: RevealGrant, grant: SoundGrant) -> None:
        """Nothing, if `grant` was given for `look`, which is alive.

        Raises:
            LookNotGranted: as `require`; or nobody asked to listen.
        """
        self.require(look)
        with self._guard:
            known = self._alive.get(look.audit_sequence)
            if known is None or known.sound != grant:
                raise LookNotGranted(cause=words.UNKNOWN)

    def picture(self, grant: RevealGrant) -> Picture | None:
        """The picture that a look of this level shows without the original; None if none is here.

        Raises:
            LookNotGranted: as `require`; or the level needs the original.
            VaultDamaged: what is sealed does not open.
        """
        self.require(grant)
        purpose = _SMALL.get(grant.level)
        if purpose is None:
            raise LookNotGranted(cause=words.NEEDS_THE_ORIGINAL)
        found = self._sealed.pictures.sealed(grant.media_id, purpose)
        if found is None:
            return None
        picture = unseal_picture(self._key, found.digest, found.purpose, found.sealed)
        match grant.level:
            case RevealLevel.SMALL_GREY:
                return softening.in_grey(picture)
            case RevealLevel.BLURRED_COLOUR:
                return softening.blurred(picture)
            case _:
                return picture

    def original(self, grant: RevealGrant) -> Iterator[bytes]:
        """The bytes of the file for the confined child, in pieces of 1 MiB at most.

        Raises:
            LookNotGranted: as `require`, also between two pieces once the room is closed; or a
                still picture is not opened at this level.
            UnknownReference: it is not held. VaultDamaged: it is missing, cut or changed.
        """
        self.require(grant)
        with self._sealed.reader() as reader:
            if grant.level in _SMALL and not _is_moving(reader, grant.media_id):
                raise LookNotGranted(cause=words.NEEDS_NO_ORIGINAL)
            pieces = self._sealed.files.read(reader, grant.media_id)
        return self._while_open(pieces)

    def end(self, grant: RevealGrant) -> None:
        """`grant` opens nothing any more. May be called again."""
        with self._guard:
            known = self._alive.get(grant.audit_sequence)
            if known is not None and known.grant == grant:
                del self._alive[grant.audit_sequence]

    def close(self) -> None:
        """No grant opens anything any more."""
        with self._guard:
            self._is_closed = True
            self._alive.clear()

    def _while_open(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if self._is_closed:
                raise LookNotGranted(cause=words.IS_LOCKED)
            yield piece

    def _entry(self, sequence: int) -> AuditDraft:
        """The entry as it lies in the vault's file, where it was written since the vault was opened."""
        try:
            with self._sealed.reader() as reader:
                entry = audit_log.entry(reader, sequence)
        except UnknownReference as error:
            raise LookNotGranted(cause=words.NO_ENTRY) from error
        if entry.sequence <= self._since or entry.actor != self._sealed.analyst:
            raise LookNotGranted(cause=words.OTHER_ENTRY)
        return entry.draft


def _is_moving(reader: Reader, media_id: MediaId) -> bool:
    row = reader.connection.execute(
        "SELECT kind IN ('video', 'audio') OR coalesce(pictures, 1) > 1 FROM media_item"
        " WHERE media_id = ?",
        (media_id,),
    ).fetchone()
    return row is not None and bool(row[0])
