"""What goes into the gateway's answer to a bundle: receipts, the stream, the head, files."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cport_desktop.demo.courier_ledger import KeptMember
from cport_desktop.demo.gateway import Gateway
from cport_desktop.domain.batch import START, Batch, ReportChange
from cport_desktop.domain.courier import MOST_MEMBERS, Manifest, Member, MemberKind, Wanted
from cport_desktop.domain.ids import MediaId, StationId
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.errors import UnknownReference
from cport_desktop.sync import courier

CHANGES_PER_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Terms:
    """`part_size`: bytes of one file at most, None: one file. `media_limit`: bytes of media files at
    most, None: as many as the station asks for.
    """

    announce: Announce
    is_cancelled: IsCancelled
    part_size: int | None = None
    media_limit: int | None = None
    changes_per_batch: int = CHANGES_PER_BATCH


class Gathering:
    """The members of an answer, and what is kept of each."""

    def __init__(self, gateway: Gateway, station: StationId, terms: Terms) -> None:
        self._gateway = gateway
        self._station = station
        self._terms = terms
        self._newest: list[tuple[float, int, int, str]] = []
        self.members: list[Member] = []
        self.kept: list[KeptMember] = []

    def add(self, kind: MemberKind, message: bytes, sequence: int | None = None) -> None:
        """A message that is kept as it is."""
        self.members.append(_member(kind, message, sequence))
        self.kept.append(KeptMember(content=message))

    def add_stream(self, manifest: Manifest) -> None:
        """All that waits for the station behind its position."""
        position = manifest.position or START
        most = MOST_MEMBERS - len(self.members) - 3
        limit = self._terms.changes_per_batch
        for message, heard in self._gateway.waiting(self._station, position, limit=limit):
            if not isinstance(heard, Batch):
                self.add(MemberKind.STANDING, message, heard.sequence)
                return
            self.members.append(_member(MemberKind.BATCH, message, heard.sequence))
            self.kept.append(KeptMember(previous=heard.previous))
            self._note_files(heard)
            if len(self.members) >= most:
                return

    def add_files(self, wanted: Wanted) -> None:
        """As many files as both sides' limits allow."""
        limits = [each for each in (wanted.limit, self._terms.media_limit) if each is not None]
        candidates = list(self._candidates(wanted))
        room = MOST_MEMBERS - len(self.members)
        sizes = (member.size for member in candidates)
        for place in courier.fitting(sizes, min(limits) if limits else None, most=room):
            self.members.append(candidates[place])
            self.kept.append(KeptMember())

    def _note_files(self, batch: Batch) -> None:
        """The newest files of the reports in `batch` are remembered, no more than a bundle holds."""
        for change in batch.changes:
            if not isinstance(change, ReportChange):
                continue
            received = change.report.received_at.timestamp()
            for item in change.report.contents:
                for notice in item.media:
                    entry = (received, notice.media_id, notice.size, notice.sha256)
                    if len(self._newest) < MOST_MEMBERS:
                        heapq.heappush(self._newest, entry)
                    else:
                        heapq.heappushpop(self._newest, entry)

    def _candidates(self, wanted: Wanted) -> Iterator[Member]:
        """Asked-for files, then the newest, equal bytes once; nothing, if no file is to come along."""
        if wanted.limit == 0 or self._terms.media_limit == 0:
            return
        told: set[str] = set()
        for file in wanted.files:
            try:
                found = self._gateway.media(self._station, file.media)
            except UnknownReference:
                continue
            told.add(found.sha256)
            start = file.here if file.here < len(found.content) else 0
            rest = found.content[start:]
            yield _file(file.media, len(rest), hashlib.sha256(rest).hexdigest(), start)
        for _, media, size, sha256 in sorted(self._newest, reverse=True):
            if sha256 not in told:
                told.add(sha256)
                yield _file(MediaId(media), size, sha256, 0)


def _member(kind: MemberKind, message: bytes, sequence: int | None) -> Member:
    return Member(kind.value, len(message), hashlib.sha256(message).hexdigest(), sequence)


def _file(media: MediaId, size: int, sha256: str, start: int) -> Member:
    return Member(MemberKind.MEDIA.value, size, sha256, media=media, start=start)
