"""What the page of a report tells the portal beside that report: its domain for the list of the
worst, digests of its media, a false positive among them, a case that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.rows import Dossier
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.portal_asking import PortalAsking
from cport_desktop.ui.views.report_act import ReportAct
from cport_desktop.words import portal_acts as say


class ReportPortalActs(PortalAsking):
    """Acts about the report that is shown, the current one of its media, and what is selected."""

    def __init__(self, seat: Seat, over: QWidget) -> None:
        super().__init__(seat, over)
        self._dossier: Dossier | None = None
        self._medium: MediaItem | None = None
        self._selected: Callable[[], tuple[ReportId, ...]] = tuple

    def show_dossier(self, dossier: Dossier | None) -> None:
        """From now on they are about this report and the first of its media."""
        self._dossier = dossier
        self._medium = dossier.media[0] if dossier is not None and dossier.media else None

    def show_medium(self, item: MediaItem) -> None:
        """This is the current one of its media."""
        self._medium = item

    def take_reports_of(self, selected: Callable[[], tuple[ReportId, ...]]) -> None:
        """A case is handed over with the reports that are `selected` when it is asked for."""
        self._selected = selected

    def hand_over_selected(self) -> None:
        """Put the hand-over of a case together."""
        self.hand_over(self._selected())

    def offered(self) -> tuple[ReportAct, ...]:
        """All of them; each is rare, and asks for more in a dialog."""
        rare = partial(ReportAct, needs="act", is_rare=True)
        suggest, hand_over = Function.IWOL_SUGGEST, Function.CASE_HAND_OVER
        contribute, doubt = Function.HASHLIST_CONTRIBUTE, Function.FALSE_POSITIVE_NOTIFY
        return (
            rare(suggest, say.SUGGEST, say.SUGGEST_KEY, do=self._suggest, suits=_has_domain),
            rare(contribute, say.CONTRIBUTE, say.CONTRIBUTE_KEY, do=self._give, suits=_has_media),
            rare(doubt, say.DOUBT, say.DOUBT_KEY, do=self._doubt, suits=_has_media),
            rare(
                hand_over,
                say.HAND_OVER,
                say.HAND_OVER_KEY,
                do=self.hand_over_selected,
                is_bound=False,
            ),
        )

    def _suggest(self) -> None:
        if self._dossier is not None:
            self.suggest(self._dossier.row.domain)

    def _give(self) -> None:
        if self._dossier is not None and self._medium is not None:
            self.contribute(self._dossier.media, self._medium.media_id)

    def _doubt(self) -> None:
        if self._medium is not None:
            self.doubt(self._medium)


def _has_media(dossier: Dossier) -> bool:
    return bool(dossier.media)


def _has_domain(dossier: Dossier) -> bool:
    return bool(dossier.row.domain)
