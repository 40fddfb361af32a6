"""The work behind `stack_media`: one range of contents after another meets all that came before.

Uses numpy, so nobody imports this at a start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cport_desktop.domain.media_item import MediaKind
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.domain.stacking import Likeness
from cport_desktop.errors import Cancelled
from cport_desktop.matching.new_likenesses import enough_of_pictures, enough_of_videos
from cport_desktop.matching.pdq_index import PdqIndex
from cport_desktop.matching.segments import RANGE
from cport_desktop.matching.videos import VideoIndex
from cport_desktop.usecases.likeness_index import segments
from cport_desktop.usecases.permission import require
from cport_desktop.vault import likeness, likeness_stacks
from cport_desktop.vault.likeness import Content
from cport_desktop.vault.likeness_stacks import Work
from cport_desktop.vault.vault import Vault


def compared(vault: Vault, work: Work, *, announce: Announce, is_cancelled: IsCancelled) -> int:
    """All that is left of `work` is done; how many contents were compared.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        Cancelled: somebody stopped it; what was compared stays.
    """
    require(vault, Role.ANALYST)
    beside, upto, done = _Beside(vault, work.newest), work.upto, 0
    total = max(work.newest - work.upto, 0) + len(work.waiting)
    for segment in segments(vault):
        beside.pictures.add(segment.numbers, segment.digests)
        end = min(segment.upto, work.newest)
        if upto < end:
            _stop_if_asked(is_cancelled)
            announce(Progress(Phase.STACKING, min(done, total), total))
            lot = _lot(vault, upto, end)
            _settle_lot(vault, beside, lot, upto=end)
            done, upto = done + len(lot), end
    done += _waiting_compared(vault, beside, work)
    announce(Progress(Phase.STACKING, total, total))
    return done


def _settle_lot(vault: Vault, beside: _Beside, lot: Sequence[Content], *, upto: int) -> None:
    """Once more, should somebody say something of stacks meanwhile, or erase something: it decides what
    counts.
    """
    while True:
        marks = _marks(vault)
        found = beside.of(lot, marks)
        settled = likeness_stacks.settle(vault, found, marks=marks, upto=upto)
        if settled.is_done:
            return
        beside.gone |= settled.gone


def _marks(vault: Vault) -> dict[int, str]:
    with vault.reader() as reader:
        return likeness_stacks.marks_said(reader)


def _lot(vault: Vault, after: int, upto: int) -> list[Content]:
    with vault.reader() as reader:
        behind = likeness.contents_behind(reader, after, limit=RANGE)
    return [content for content in behind if content.number <= upto]


class _Beside:
    """What new contents are held against."""

    def __init__(self, vault: Vault, newest: int) -> None:
        self._vault = vault
        self._newest = newest
        self.pictures = PdqIndex()
        self.gone: frozenset[int] = frozenset()
        """Contents that an index still has and the vault has not."""
        self._videos: VideoIndex | None = None

    def of(self, contents: Sequence[Content], marks: Mapping[int, str]) -> list[Likeness]:
        """What each of them is like, of those with a lower number, as far as stacks depend on it."""
        pictures = [
            (content.number, content.pdq, content.turned)
            for content in contents
            if content.kind == MediaKind.IMAGE.value and content.pdq is not None
        ]
        videos = [
            (content.number, content.frame_digests)
            for content in contents
            if content.kind == MediaKind.VIDEO.value and content.frames
        ]
        found = enough_of_pictures(self.pictures, pictures, marks, self.gone)
        if videos:
            found += enough_of_videos(self._all_videos(), videos, marks, self.gone)
        return found

    def _all_videos(self) -> VideoIndex:
        if self._videos is None:
            self._videos = VideoIndex()
            with self._vault.reader() as reader:
                self._videos.add(_with_frames(likeness.videos(reader, upto=self._newest)))
        return self._videos


def _with_frames(videos: Iterable[Content]) -> Iterable[tuple[int, bytes]]:
    return ((video.number, video.frame_digests) for video in videos)


def _waiting_compared(vault: Vault, beside: _Beside, work: Work) -> int:
    """Those that lost one of their stack are compared anew: they ask what is older, and what a person
    placed, which alone can be like them without having been in their stack, asks for them.
    """
    if not work.waiting:
        return 0
    waiting = set(work.waiting)
    while True:
        marks = _marks(vault)
        asking = waiting | {content for content in marks if content > min(waiting)}
        with vault.reader() as reader:
            contents = likeness.contents_named(reader, asking)
        found = beside.of(contents, marks)
        settled = likeness_stacks.settle(vault, found, marks=marks, upto=work.upto, done=waiting)
        if settled.is_done:
            return len(waiting)
        beside.gone |= settled.gone


def _stop_if_asked(is_cancelled: IsCancelled) -> None:
    if is_cancelled():
        raise Cancelled
