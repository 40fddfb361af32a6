"""Opens the dialogs of the acts toward the portal, over a view that outlives what it shows.

What is being put together is kept, one for each thing it is about, until it was queued or the vault
is locked. What the role or the agreement does not allow is not opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.known import KnownList
from cport_desktop.domain.media_item import MediaItem, MediaState
from cport_desktop.domain.roles import ROLE_FOR
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.views.contribution_dialog import ContributionDialog
from cport_desktop.ui.views.false_positive_dialog import FalsePositiveDialog
from cport_desktop.ui.views.hand_over_dialog import HandOverDialog
from cport_desktop.ui.views.list_contribution_dialog import ListContributionDialog
from cport_desktop.ui.views.suggestion_dialog import SuggestionDialog

Key = tuple[Function, object]


class PortalAsking(QObject):
    """The dialogs of one view.

    Signals:
        changed(object): `Changes` after an act.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat, over: QWidget) -> None:
        super().__init__(over)
        self._seat = seat
        self._over = over
        self._begun: dict[Key, ActDialog] = {}

    def may(self, function: Function) -> bool:
        """Whether the act is offered."""
        is_theirs = ROLE_FOR["act"] in self._seat.session.keeping.roles
        return is_theirs and function.value not in self._seat.allowed.absent

    def why_not(self, *functions: Function) -> tuple[str, ...]:
        """For those that the agreement does not allow, the sentence that stands in their place."""
        if ROLE_FOR["act"] not in self._seat.session.keeping.roles:
            return ()
        absent = self._seat.allowed.absent
        found = (absent[each.value] for each in functions if each.value in absent)
        return tuple(dict.fromkeys(found))

    def suggest(self, domain: str) -> None:
        """Put a suggestion of `domain` together."""
        if self.may(Function.IWOL_SUGGEST):
            key = (Function.IWOL_SUGGEST, domain)
            self._open(key, lambda: SuggestionDialog(self._over, self._seat, domain))

    def contribute(self, items: Sequence[MediaItem], chosen: MediaId | None) -> None:
        """Put a contribution from `items` together; the `chosen` one is ticked."""
        if items and self.may(Function.HASHLIST_CONTRIBUTE):
            key = (Function.HASHLIST_CONTRIBUTE, tuple(map(_standing, items)))
            dialog = self._open(key, lambda: ContributionDialog(self._over, self._seat, items))
            if isinstance(dialog, ContributionDialog) and chosen is not None:
                dialog.media.tick(chosen)

    def contribute_list(self, row: KnownList) -> None:
        """Put a contribution of all that is on a list together."""
        if self.may(Function.HASHLIST_CONTRIBUTE):
            key = (Function.HASHLIST_CONTRIBUTE, (row.list_id, row.version))
            self._open(key, lambda: ListContributionDialog(self._over, self._seat, row))

    def doubt(self, item: MediaItem) -> None:
        """Put a notice together that `item` was matched wrongly."""
        if self.may(Function.FALSE_POSITIVE_NOTIFY):
            key = (Function.FALSE_POSITIVE_NOTIFY, _standing(item))
            self._open(key, lambda: FalsePositiveDialog(self._over, self._seat, item))

    def hand_over(self, reports: tuple[ReportId, ...]) -> None:
        """Put the hand-over of a case with `reports` together; there is one at a time."""
        if self.may(Function.CASE_HAND_OVER):
            key = (Function.CASE_HAND_OVER, None)
            dialog = self._open(key, lambda: HandOverDialog(self._over, self._seat))
            if isinstance(dialog, HandOverDialog):
                dialog.show_reports(reports)

    def _open(self, key: Key, make: Callable[[], ActDialog]) -> ActDialog:
        dialog = self._begun.get(key)
        if dialog is None:
            dialog = self._begun[key] = make()
            dialog.queued.connect(self.changed)
            dialog.lock_wanted.connect(self.lock_wanted)
            dialog.finished.connect(partial(self._left, key, dialog))
        dialog.open()
        return dialog

    def _left(self, key: Key, dialog: ActDialog, _how: int) -> None:
        if dialog.is_done:
            self._begun.pop(key, None)
            dialog.deleteLater()


def _standing(item: MediaItem) -> tuple[MediaId, MediaState]:
    """A file that arrived since has digests that it had not before."""
    return item.media_id, item.state
