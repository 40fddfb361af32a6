"""Kept redactions in memory: synthetic, and it remembers what it was asked."""

from __future__ import annotations

from datetime import UTC, datetime

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import Actor, MediaId
from cport_desktop.domain.kept_redaction import FileRedaction, KeptRedaction
from cport_desktop.errors import CportError, PurposeMissing
from cport_desktop.ui.desk import PackageOrder
from cport_desktop.ui.package_lines import KeptRow
from cport_desktop.ui.redacting import Redacting

DRAWN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class MemoryRedacting:
    """`kept` by item; `drafts`: those that ended with an act; `reasons` of what was taken back."""

    def __init__(self) -> None:
        self.kept: dict[MediaId, KeptRedaction] = {}
        self.drafts: list[DraftPlace] = []
        self.reasons: list[str] = []
        self.error: CportError | None = None

    def intentions(self) -> Redacting:
        return Redacting(of=self.kept.get, keep=self._keep, take_back=self._take_back)

    def rows(self, order: PackageOrder) -> tuple[KeptRow, ...]:
        """As a forecast has them, of a package that has every item in it."""
        if order.unredacted and not order.reason:
            raise PurposeMissing(what="Handing over a file as it is")
        return tuple(
            KeptRow(media, f"M-{media}: burned in", ("Reason: why",), media not in order.unredacted)
            for media in self.kept
        )

    def _keep(self, media: MediaId, redaction: FileRedaction, draft: DraftPlace) -> Changes:
        if self.error is not None:
            raise self.error
        self.kept[media] = KeptRedaction("ab" * 32, (media,), redaction, Actor("A. Example"), DRAWN)
        self.drafts.append(draft)
        return Changes.AUDIT

    def _take_back(self, media: MediaId, why: str) -> Changes:
        del self.kept[media]
        self.reasons.append(why)
        return Changes.AUDIT
