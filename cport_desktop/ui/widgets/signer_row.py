"""Who signs a package: the portal's certificate, a signer that is kept, or a file; with the PIN of a token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.ui.certificate_standing import needs_care, told
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.signing import SignedBy
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import PathField, secret_field, taken
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.usecases.package_signers import SignerShown
from cport_desktop.words import signing_page as say


class SignerRow(QWidget):
    """A choice, what is known of the certificate, and what else the choice needs. Who was chosen before the
    kept ones were known stays chosen; one that is not kept any more is replaced by nobody.

    Signals:
        typed(): something else is chosen or filled in (a PIN apart).
        lock_wanted(): the vault is to be locked, although a file is being chosen.
    """

    typed = Signal()
    lock_wanted = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._own: SignerShown | None = None
        self._kept: tuple[SignerShown, ...] = ()
        self._meant = ""
        self.choice = Choice(say.SIGNED_BY)
        self._told = PlainLabel(role="caption", wraps=True)
        self.pem = PathField(say.PEM_WITH_KEY, say.PEM_HERE, Choosing.FILE)
        self.pin = secret_field(say.PIN)
        self.pin.setPlaceholderText(say.PIN)
        self.module = PathField(say.MODULE, say.MODULE_ELSEWHERE, Choosing.FILE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.choice, self._told, self.pem, self.pin, self.module):
            column.addWidget(part)
        self.setFocusProxy(self.choice)
        self._fill()
        self.choice.currentIndexChanged.connect(self._choose)
        for path in (self.pem, self.module):
            path.field.textChanged.connect(lambda _text: self.typed.emit())
            path.lock_wanted.connect(self.lock_wanted)

    def offer(self, own: SignerShown | None, kept: Sequence[SignerShown]) -> None:
        """These can be chosen."""
        is_file = self._is_file
        self._own, self._kept = own, tuple(kept)
        self.choice.blockSignals(True)
        self._fill()
        self.choice.blockSignals(False)
        self._stand_at(self.choice.count() - 1 if is_file else self._place_of_meant())

    def lay(self, kept: str, pem: str | None, module: str) -> None:
        """This was chosen before: the name of a kept one, or a file (`pem` is not None)."""
        self.module.field.setText(module)
        self._meant = kept
        self.pem.field.setText(pem or "")
        self._stand_at(self._place_of_meant() if pem is None else self.choice.count() - 1)

    def lacking(self) -> tuple[str, QWidget] | None:
        """What is still to be said before anything can be signed, and where."""
        if self._is_file:
            return (say.NEEDS_PEM, self.pem) if self.pem.path() is None else None
        if self.choice.currentIndex() < 0:
            return say.NEEDS_SIGNER, self.choice
        shown = self._chosen()
        if shown is not None and shown.token is not None and not self.pin.text():
            # An empty one would count as a wrong one, and tokens lock after a few of these.
            return say.needs_pin_of(one_line(shown.token)), self.pin
        return None

    def signed_by(self, stamps: str) -> SignedBy:
        """Who was chosen. The PIN is taken out: it is typed each time."""
        pin = taken(self.pin)
        if self._is_file:
            return SignedBy(pem=self.pem.path(), stamps=stamps)
        shown = self._chosen()
        if shown is None or not shown.token:
            return SignedBy(self.kept, stamps=stamps)
        return SignedBy(self.kept, pin=pin, module=self.module.path(), stamps=stamps)

    @property
    def kept(self) -> str:
        """The name of the kept signer that is meant; empty for another."""
        return "" if self._is_file else self._meant

    @property
    def file(self) -> str | None:
        """The path that was typed; None where no file is meant."""
        return self.pem.field.text() if self._is_file else None

    @property
    def module_path(self) -> Path | None:
        return self.module.path()

    @property
    def _is_file(self) -> bool:
        return self.choice.currentIndex() == self.choice.count() - 1

    def _fill(self) -> None:
        self.choice.clear()
        self.choice.addItem(say.OWN)
        names = ((one_line(each.name), one_line(each.subject)) for each in self._kept)
        self.choice.addItems([say.signer_named(*name) for name in names])
        self.choice.addItem(say.FROM_FILE)

    def _place_of_meant(self) -> int:
        """0: the portal's; -1: one that is not among those that are known."""
        if not self._meant:
            return 0
        folded = self._meant.casefold()
        places = (n for n, each in enumerate(self._kept, 1) if each.name.casefold() == folded)
        return next(places, -1)

    def _chosen(self) -> SignerShown | None:
        """What is known of who is chosen."""
        place = self.choice.currentIndex()
        if place == 0:
            return self._own
        return self._kept[place - 1] if 1 <= place <= len(self._kept) else None

    def _stand_at(self, place: int) -> None:
        """Stand at this choice, which nobody made just now."""
        self.choice.blockSignals(True)
        self.choice.setCurrentIndex(place)
        self.choice.blockSignals(False)
        self._show()

    def _choose(self, place: int) -> None:
        self._meant = self._kept[place - 1].name if 1 <= place <= len(self._kept) else ""
        taken(self.pin)
        self._show()
        self.typed.emit()

    def _show(self) -> None:
        shown = None if self._is_file else self._chosen()
        is_token = shown is not None and shown.token is not None
        self.pem.setVisible(self._is_file)
        self.pin.setVisible(is_token)
        self.module.setVisible(is_token)
        now = self._now()
        self._told.say("" if shown is None else told(shown, now))
        self._told.set_tone("grave" if shown is not None and needs_care(shown, now) else None)
        self._told.setVisible(shown is not None)
