"""What each recipient of a package would get, kept in step with what is filled in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.errors import CportError
from cport_desktop.ui.desk import PackageOrder
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.package_lines import PackageForecast
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.compose_form import ComposeForm

_TYPING_ENDS_MS: Final = 300


class ComposeForecast(QObject):
    """Asks some time after the last key, and shows the answer in the form.

    Signals:
        shown(object, bool): this `PackageForecast` is on the screen; whether it was asked for.
        refused(object): a CportError instead.
    """

    shown = Signal(object, bool)
    refused = Signal(object)

    def __init__(self, seat: Seat, form: ComposeForm) -> None:
        super().__init__(form)
        self._seat = seat
        self._form = form
        self._errand: Errand | None = None
        self._foreseen: tuple[PackageOrder, PackageForecast] | None = None
        self._is_asked_for = False
        """Somebody waits for the next answer; whichever question brings it."""
        self._typing_ends = QTimer(self)
        self._typing_ends.setSingleShot(True)
        self._typing_ends.setInterval(_TYPING_ENDS_MS)
        self._typing_ends.timeout.connect(self.now)

    @property
    def is_shown(self) -> bool:
        """What each recipient gets is on the screen, as it is filled in now."""
        return self._foreseen is not None

    def of(self, order: PackageOrder) -> PackageForecast | None:
        """What is on the screen, if it is of this very order; its title decides nothing."""
        if self._foreseen is None or self._foreseen[0] != _deciding(order):
            return None
        return self._foreseen[1]

    def soon(self) -> None:
        """Something was filled in: what is shown is not of it any more, and nobody waits."""
        self._foreseen = None
        self._is_asked_for = False
        if self._errand is not None:
            self._errand.cancel()
        self._typing_ends.start()

    def now(self) -> None:
        """Show what is filled in, if it names anybody. Nothing while it is being composed."""
        if self._form.isHidden() or not self._form.isEnabled():
            return
        text = self._form.to.keys.toPlainText()
        if not text.strip():
            self._form.shares.say_nobody()
            return
        self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.recipients, text),
            then=partial(self.show, is_asked_for=False),
            otherwise=self._show_nothing,
        )

    def show(self, recipients: tuple[Recipient, ...], *, is_asked_for: bool) -> None:
        """Ask for what these would get, and show it."""
        self._typing_ends.stop()  # Else what is shown would be asked for once more.
        self._is_asked_for = self._is_asked_for or is_asked_for
        order = self._form.order_for(recipients)
        if self._errand is not None:
            self._errand.cancel()
        self._errand = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.foresee, order),
            then=partial(self._show, order),
            otherwise=self._refuse,
        )

    def _show_nothing(self, _error: CportError) -> None:
        """What was typed is no key yet; composing says what is wrong with it."""
        self._form.shares.say_nobody()

    def _refuse(self, error: CportError) -> None:
        self._is_asked_for = False
        self.refused.emit(error)

    def _show(self, order: PackageOrder, forecast: PackageForecast) -> None:
        is_asked_for, self._is_asked_for = self._is_asked_for, False
        self._foreseen = (_deciding(order), forecast)
        self._form.shares.show_forecast(forecast)
        self.shown.emit(forecast, is_asked_for)


def _deciding(order: PackageOrder) -> PackageOrder:
    """What decides who gets what."""
    return replace(order, title="")
