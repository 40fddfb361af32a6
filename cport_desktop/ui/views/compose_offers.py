"""What the vault keeps for whoever composes: templates, signers and recipients, offered in the form."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.compose_form import ComposeForm
from cport_desktop.usecases.package_signers import SignerShown
from cport_desktop.words import composing_page


class ComposeOffers(QObject):
    """Asks for them once, and keeps another template.

    Signals:
        told(str): what was kept.
        refused(object): a CportError instead.
    """

    told = Signal(str)
    refused = Signal(object)

    def __init__(self, seat: Seat, form: ComposeForm) -> None:
        super().__init__(form)
        self._seat = seat
        self._form = form
        form.templates.chosen.connect(form.take_template)
        form.templates.keep_wanted.connect(self._keep)

    def ask(self) -> None:
        """Offer all that is kept, as soon as it is known."""
        signing = self._seat.session.signing
        ask = self._seat.lanes.reading.ask
        self._ask_templates()
        ask(
            self,
            lambda: (signing.own(), signing.signers()),
            then=self._offer_signers,
            otherwise=self.refused.emit,
        )
        ask(
            self,
            signing.recipients,
            then=self._form.to.offer,
            otherwise=self.refused.emit,
        )

    def _offer_signers(self, found: tuple[SignerShown | None, tuple[SignerShown, ...]]) -> None:
        self._form.signer.offer(*found)

    def _ask_templates(self) -> None:
        self._seat.lanes.reading.ask(
            self,
            self._seat.session.package_templates,
            then=self._form.templates.offer,
            otherwise=self.refused.emit,
        )

    def _keep(self, name: str) -> None:
        """Its recipients are what stands in the form."""
        self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.recipients, self._form.to.keys.toPlainText()),
            then=partial(self._keep_for, name),
            otherwise=self.refused.emit,
        )

    def _keep_for(self, name: str, recipients: tuple[Recipient, ...]) -> None:
        template = self._form.template_of(name, recipients)
        self._seat.lanes.acting.ask(
            self,
            partial(self._seat.session.keep_package_template, template),
            then=partial(self._is_kept, name),
            otherwise=self.refused.emit,
        )

    def _is_kept(self, name: str, _kept: None) -> None:
        self._form.templates.clear()
        self.told.emit(composing_page.template_kept(one_line(name)))
        self._ask_templates()
