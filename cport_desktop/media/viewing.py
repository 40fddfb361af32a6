"""One file, open in a confined child of its own for as long as somebody looks, as the program sees it.

What the child answers to each question is bounded and checked like any answer. Once it failed, every
further question is answered with the reason, and nothing is tried again.
"""

from __future__ import annotations

from collections.abc import Iterator

from cport_desktop.domain.media_item import CannotShow
from cport_desktop.domain.moving import Moving, MovingFrame, Sound, SoundGrant, Step
from cport_desktop.media.confined_child import ConfinedChild
from cport_desktop.media.pixel_messages import (
    Answer,
    FrameRequest,
    FrameShown,
    Heard,
    Opened,
    OpenFileRequest,
    OpenRequest,
    SoundRequest,
    StripRequest,
    StripShown,
)
from cport_desktop.media.sandbox import USUAL_TERMS, Terms


def open_viewing(
    child: ConfinedChild, request: OpenRequest, untrusted: Iterator[bytes], terms: Terms
) -> ChildViewing | CannotShow:
    """The file is open in `child`, which is the viewing's from now on; or it is gone, with the reason.

    Raises:
        Cancelled: nobody waits any more; the child is gone.
    """
    try:
        answer = child.converse(request, untrusted, terms)
    except BaseException:
        child.end()
        raise
    if isinstance(answer, Opened) and isinstance(answer.moving, Moving) and child.is_fit:
        return ChildViewing(child, answer.moving, terms)
    child.end()
    if isinstance(answer, Opened) and isinstance(answer.moving, CannotShow):
        return answer.moving
    return answer if isinstance(answer, CannotShow) else CannotShow.CHILD_BREACH


class ChildViewing:
    """As the port says. The child ends with the first answer that is none, and when `terms` say that
    nobody waits any more, which every question raises as `Cancelled`.
    """

    def __init__(self, child: ConfinedChild, moving: Moving, terms: Terms = USUAL_TERMS) -> None:
        self._terms = terms
        self._child: ConfinedChild | None = child
        self._moving = moving
        self._failure = CannotShow.CHILD_DIED

    @property
    def moving(self) -> Moving:
        return self._moving

    def frame(self, at_ms: int, step: Step) -> MovingFrame | CannotShow | None:
        answer = self._asked(FrameRequest(0, at_ms, step))
        return answer.frame if isinstance(answer, FrameShown) else self._failure

    def strip(self, count: int) -> tuple[MovingFrame, ...]:
        answer = self._asked(StripRequest(0, count))
        return answer.frames if isinstance(answer, StripShown) else ()

    def sound(self, grant: SoundGrant, start_ms: int, length_ms: int) -> Sound | CannotShow | None:
        answer = self._asked(SoundRequest(0, grant.audit_sequence, start_ms, length_ms))
        return answer.sound if isinstance(answer, Heard) else self._failure

    def close(self) -> None:
        if self._child is not None:
            child, self._child = self._child, None
            child.end()

    def _asked(self, request: OpenFileRequest) -> Answer | None:
        """The answer; None once the child failed, and it is gone then."""
        if self._child is None:
            return None
        try:
            answer = self._child.ask(request, self._terms)
        except BaseException:
            self.close()
            raise
        if isinstance(answer, CannotShow):
            self._failure = answer
        if isinstance(answer, CannotShow) or not self._child.is_fit:
            self.close()
        return None if isinstance(answer, CannotShow) else answer
