"""Keep a video, an animation or a sound open while somebody looks, and listen to it.

The rules of a reveal (`reveal_media`) hold, and: the file goes from its sealed blob into a confined
child that ends with the look; every frame is asked for under the look's grant, so that none comes
after its end; sound takes a question to the agreement, an entry and a grant of its own. When it ends
the log says how long was looked, which parts were handed out, and for how long was listened.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.exposure import HEARD_ONLY, Look
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import CannotShow, MediaKind, RevealGrant, RevealLevel
from cport_desktop.domain.moving import Moving, MovingFrame, Sound, SoundGrant, Step
from cport_desktop.domain.parts_seen import PartsSeen
from cport_desktop.domain.progress import IsCancelled, never
from cport_desktop.domain.roles import Role
from cport_desktop.errors import Cancelled
from cport_desktop.media.sandbox import Sandbox, Viewing
from cport_desktop.usecases.allowance import require_answer
from cport_desktop.usecases.exposure import count_look
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.reveal_media import grant_look
from cport_desktop.usecases.unit_rules import decoding_terms
from cport_desktop.usecases.views_avoided import note_look
from cport_desktop.vault import media_items
from cport_desktop.vault.clear_room import ClearRoom, listen_entry
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class ViewingOrder:
    """`seconds` of looking at most, from when the file is open. Frames are shrunk into `box` (width
    and height). `reason` is what was stated. `is_cancelled`: nobody waits for it any more.
    """

    seconds: float
    box: tuple[int, int]
    reason: str | None = None
    is_cancelled: IsCancelled = never


class MediaViewing:
    """One item, open while somebody looks. From any thread; one question is asked at a time.

    Every question raises `LookNotGranted` once the look is over, and `Cancelled` after `close`.
    """

    def __init__(self, room: ClearRoom, grant: RevealGrant, viewing: Viewing) -> None:
        self.grant = grant
        self._room = room
        self._viewing = viewing
        self._guard = threading.Lock()
        self._is_closed = threading.Event()
        self._seen = PartsSeen()
        self.was_heard = False
        """A piece of its sound was handed out."""

    @property
    def moving(self) -> Moving:
        return self._viewing.moving

    @property
    def seen(self) -> tuple[tuple[int, int], ...]:
        """Parts of which frames were handed out, in milliseconds (`PartsSeen`)."""
        return self._seen.parts

    def frame(self, at_ms: int, step: Step) -> MovingFrame | CannotShow | None:
        """As `Viewing.frame`."""
        with self._guard:
            self._admit()
            found = self._viewing.frame(at_ms, step)
        if isinstance(found, MovingFrame):
            self._seen.add(found.at_ms, found.at_ms + found.lasts_ms)
        return found

    def strip(self, count: int) -> tuple[MovingFrame, ...]:
        """As `Viewing.strip`."""
        with self._guard:
            self._admit()
            return self._viewing.strip(count)

    def sound(self, grant: SoundGrant, start_ms: int, length_ms: int) -> Sound | CannotShow | None:
        """As `Viewing.sound`."""
        with self._guard:
            self._admit()
            self._room.require_sound(self.grant, grant)
            found = self._viewing.sound(grant, start_ms, length_ms)
        self.was_heard = self.was_heard or isinstance(found, Sound)
        return found

    def close(self) -> None:
        """The child and all that it held are gone. May be called again."""
        self._is_closed.set()
        with self._guard:
            self._viewing.close()

    def _admit(self) -> None:
        if self._is_closed.is_set():
            raise Cancelled
        self._room.require(self.grant)


def open_viewing(
    vault: Vault, sandbox: Sandbox, media_id: MediaId, level: RevealLevel, order: ViewingOrder
) -> tuple[RevealGrant, MediaViewing | CannotShow | None]:
    """A grant on record, and the item, open at its level; or why it cannot be shown; None if it was
    cancelled. Whoever gets an open one calls `end_viewing`, whoever gets none `end_reveal`.

    Raises:
        RoleMissing, AgreementForbids, AgreementLapsed, TextUnfit, BreakDue: as `grant_look`.
        UnknownReference: if the vault holds no such item.
        SandboxRefused: if this machine cannot confine a decoder as demanded.
        LookNotGranted: it took longer to open than the look may last.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        item = media_items.item(reader, media_id)
    grant = grant_look(
        vault, item, level, seconds=order.seconds, reason=order.reason, is_played=True
    )
    if not item.is_played:
        return grant, item.cannot_show or CannotShow.NOT_MEDIA
    room = vault.clear_room
    terms = replace(decoding_terms(vault), is_cancelled=order.is_cancelled)
    try:
        pieces = room.original(grant)
        found = sandbox.open_viewing(
            pieces, size=item.size, grant=grant, box=order.box, terms=terms
        )
    except Cancelled:
        return grant, None
    except BaseException:
        room.end(grant)
        raise
    if isinstance(found, CannotShow):
        return grant, found
    opened = MediaViewing(room, grant, found)
    try:
        room.opened(grant)
    except BaseException:
        room.end(grant)
        opened.close()
        raise
    return grant, opened


def listen(vault: Vault, viewing: MediaViewing) -> SoundGrant:
    """Leave to hear what is looked at, on record, until the look ends.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids, AgreementLapsed: the agreement does not allow looks at media of the kind
            sound, or not without a reason and the look had none.
        LookNotGranted: the look is over.
    """
    require(vault, Role.ANALYST)
    look = viewing.grant
    question = Question(Function.MEDIA_REVEAL, kinds=(MediaKind.AUDIO.value,))
    require_answer(vault, question, reason=look.reason)
    vault.clear_room.require(look)
    with vault.transaction() as tx:
        sequence = tx.record(listen_entry(look, seconds=look.seconds))
    return vault.clear_room.admit_sound(look, seconds=look.seconds, audit_sequence=sequence)


def end_viewing(vault: Vault, viewing: MediaViewing, *, seconds: float, heard: float) -> None:
    """The file is closed, its grants open nothing any more, and it is on record how long the look
    lasted, which parts were handed out, and how long of it was listened. It counts among what the
    analyst looked, for them alone.
    """
    look = viewing.grant
    vault.clear_room.end(look)
    viewing.close()
    with vault.transaction() as tx:
        tx.record(_end_entry(viewing, seconds=seconds, heard=heard))
    is_seen = viewing.moving.has_picture
    counted = seconds if is_seen else heard
    if counted > 0:
        level = look.level.value if is_seen else HEARD_ONLY
        made = Look(level, counted, look.seconds, with_sound=heard > 0)
        count_look(vault, made, now=vault.now())
    if is_seen and seconds > 0:
        note_look(vault, look.media_id)


def _end_entry(viewing: MediaViewing, *, seconds: float, heard: float) -> AuditDraft:
    payload = [("seconds", f"{seconds:.1f}"), ("reveal", str(viewing.grant.audit_sequence))]
    if viewing.seen:
        payload.append(("parts", _in_words(viewing.seen)))
    if viewing.was_heard or heard > 0:
        payload.append(("seconds_heard", f"{heard:.1f}"))
    return AuditDraft(
        action=AuditAction.CONSULTATION,
        verb="veil",
        object_kind=ObjectKind.MEDIA,
        object_reference=media_reference(viewing.grant.media_id),
        payload=tuple(payload),
    )


def _in_words(parts: tuple[tuple[int, int], ...]) -> str:
    """`0.0-3.2 10.0-12.5`, in seconds."""
    return " ".join(f"{start / 1000:.1f}-{end / 1000:.1f}" for start, end in parts)
