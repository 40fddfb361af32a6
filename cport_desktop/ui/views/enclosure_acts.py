"""What can be done with enclosures of the chosen dossier: enclose, read, take out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QPushButton

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.dossier import DossierShown, DossierState
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views import enclosure_dialogs as dialogs
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.words import enclosures as say


class _Section(Protocol):
    def add_act(self, label: str, key: str, act: Callable[[], None]) -> QPushButton: ...

    def ask(self, *, title: str, intro: str, act: str) -> AskingDialog: ...


class EnclosureActs:
    """Three acts of a section, of which those are there that the dossier allows."""

    def __init__(self, section: _Section, seat: Seat, changed: Callable[[Changes], None]) -> None:
        self._section = section
        self._seat = seat
        self._changed = changed
        self._whole: DossierShown | None = None
        self._enclose = section.add_act(say.ENCLOSE, say.ENCLOSE_KEY, self.enclose)
        self._read = section.add_act(say.READ, say.READ_KEY, self.read)
        self._take_out = section.add_act(say.TAKE_OUT, say.TAKE_OUT_KEY, self.take_out)

    def offer(self, whole: DossierShown | None) -> None:
        """What is done from now on is done with this dossier."""
        self._whole = whole
        state = None if whole is None else whole.line.dossier.state
        has_some = whole is not None and bool(whole.enclosed)
        for made, holds in (
            (self._enclose, state not in (None, DossierState.WITHDRAWN)),
            (self._read, has_some),
            (self._take_out, has_some and state is DossierState.DRAFT),
        ):
            made.setEnabled(holds)
            made.setVisible(holds)

    def enclose(self) -> None:
        """Ask for a record, or a copy's digest."""
        whole = self._whole
        if whole is not None:
            dialog = self._asked(whole, say.ENCLOSE_INTRO, say.ENCLOSE_NOW)
            dossiers, lanes = self._seat.session.worst.dossiers, self._seat.lanes
            now = self._seat.clock.now()
            domain = whole.line.dossier.domain
            dialogs.ask_enclose(dialog, dossiers, lanes.acting, domain, now, self._changed)

    def read(self) -> None:
        """Ask which is to be read."""
        whole = self._whole
        if whole is not None:
            dialog = self._asked(whole, say.READ_INTRO, say.READ_NOW)
            dialogs.ask_read(
                dialog, self._seat.session.worst.dossiers, self._seat.lanes.acting, whole
            )

    def take_out(self) -> None:
        """Ask which is to be enclosed no more."""
        whole = self._whole
        if whole is not None:
            dialog = self._asked(whole, say.TAKE_OUT_INTRO, say.TAKE_OUT_NOW)
            dossiers, lanes = self._seat.session.worst.dossiers, self._seat.lanes
            dialogs.ask_take_out(dialog, dossiers, lanes.acting, whole, self._changed)

    def _asked(self, whole: DossierShown, intro: str, act: str) -> AskingDialog:
        return self._section.ask(title=whole.line.dossier.domain, intro=intro, act=act)
