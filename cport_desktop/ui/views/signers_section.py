"""Who signs packages, and who receives them: kept under names, for all who compose in this vault."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from cport_desktop.domain.kept_signer import LONGEST_NAME, KeptRecipient
from cport_desktop.ui.models.signer_columns import recipient_columns, signer_columns
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.signing import SignerOrder, TokenOrder
from cport_desktop.ui.views.kept_section import KeptSection
from cport_desktop.ui.widgets.fields import PathField, secret_field, taken, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.usecases.package_signers import SignerShown
from cport_desktop.words import signing_page as say


class SignersSection(KeptSection[SignerShown]):
    """Signers: keys in the vault, or on tokens."""

    title = say.SIGNERS
    intro = say.SIGNERS_INTRO

    def __init__(self, seat: Seat) -> None:
        self._signing = seat.session.signing
        super().__init__(
            seat,
            signer_columns(seat.clock.now),
            keeping=say.KEEPING,
            empty=(say.NO_SIGNERS, say.NO_SIGNERS_HELP),
        )

    def _add_acts(self) -> tuple[QWidget, ...]:
        self.add_act(say.ADD_FILE, "Alt+A", self.ask_file, kind="primary")
        self.add_act(say.ADD_TOKEN, "Alt+K", self.ask_token)
        return (self.add_act(say.REMOVE, "Alt+R", self.ask_remove),)

    def _kept(self) -> tuple[SignerShown, ...]:
        return self._signing.signers()

    def _removal(self, line: SignerShown) -> tuple[str, Callable[[], object]]:
        told = say.remove_signer(one_line(line.name))
        return told, partial(self._signing.remove_signer, line.name)

    def ask_file(self) -> None:
        """Ask for a file with key and certificate."""
        dialog = self.ask(title=say.FILE_TITLE, intro=say.FILE_INTRO, act=say.KEEP)
        name, pem = _name_field(), PathField(say.PEM_WITH_KEY, say.PEM_HERE, Choosing.FILE)
        dialog.add_field(say.NAME, name)
        dialog.add_field(say.PEM_WITH_KEY, pem)

        def give() -> None:
            called, path = name.text().strip(), pem.path()
            if not called:
                dialog.complain(say.NEEDS_NAME, name)
            elif path is None:
                dialog.complain(say.NEEDS_PEM, pem)
            else:
                keep = partial(self._signing.keep_signer, SignerOrder(called, path))
                dialog.work(self._seat.lanes.acting, keep)

        dialog.on_give(give)
        dialog.ended.connect(self._done)
        dialog.open()

    def ask_token(self) -> None:
        """Ask for a certificate whose key is on a token, and for what reaches the token."""
        dialog = self.ask(title=say.TOKEN_TITLE, intro=say.TOKEN_INTRO, act=say.KEEP)
        name, pem = _name_field(), PathField(say.PEM, say.PEM_HERE, Choosing.FILE)
        module = PathField(say.MODULE, say.MODULE_HERE, Choosing.FILE)
        token, key = (
            text_field(say.TOKEN, say.TOKEN_HERE),
            text_field(say.KEY_ON_TOKEN, say.KEY_HERE),
        )
        pin = secret_field(say.PIN)
        for label, field in (
            (say.NAME, name),
            (say.PEM, pem),
            (say.MODULE, module),
            (say.TOKEN, token),
            (say.KEY_ON_TOKEN, key),
            (say.PIN, pin),
        ):
            dialog.add_field(label, field)

        def give() -> None:
            called, path, part = name.text().strip(), pem.path(), module.path()
            if not called:
                dialog.complain(say.NEEDS_NAME, name)
            elif path is None:
                dialog.complain(say.NEEDS_PEM, pem)
            elif part is None:
                dialog.complain(say.NEEDS_MODULE, module)
            elif not pin.text():
                # An empty one would count as a wrong one, and tokens lock after a few of these.
                dialog.complain(say.NEEDS_PIN, pin)
            else:
                where = TokenOrder(part, token.text().strip(), key.text().strip(), taken(pin))
                keep = partial(self._signing.keep_signer, SignerOrder(called, path, where))
                # A token is slow and may hang: nothing else of the vault waits behind it.
                dialog.work(self._seat.lanes.packing, keep)

        dialog.on_give(give)
        dialog.ended.connect(self._done)
        dialog.open()


class RecipientsSection(KeptSection[KeptRecipient]):
    """Recipients, each with a public key."""

    title = say.RECIPIENTS
    intro = say.RECIPIENTS_INTRO

    def __init__(self, seat: Seat) -> None:
        self._signing = seat.session.signing
        super().__init__(
            seat,
            recipient_columns(),
            keeping=say.KEEPING,
            empty=(say.NO_RECIPIENTS, say.NO_RECIPIENTS_HELP),
        )

    def _add_acts(self) -> tuple[QWidget, ...]:
        self.add_act(say.ADD_RECIPIENT, "Alt+A", self.ask_recipient, kind="primary")
        return (self.add_act(say.REMOVE, "Alt+R", self.ask_remove),)

    def _kept(self) -> tuple[KeptRecipient, ...]:
        return self._signing.recipients()

    def _removal(self, line: KeptRecipient) -> tuple[str, Callable[[], object]]:
        told = say.remove_recipient(one_line(line.name))
        return told, partial(self._signing.remove_recipient, line.name)

    def ask_recipient(self) -> None:
        """Ask for a name and a public key."""
        dialog = self.ask(title=say.RECIPIENT_TITLE, intro=say.RECIPIENT_INTRO, act=say.KEEP)
        name = _name_field()
        key = PathField(say.PUBLIC_KEY, say.PUBLIC_KEY_HERE, Choosing.FILE)
        dialog.add_field(say.NAME, name)
        dialog.add_field(say.PUBLIC_KEY, key)

        def give() -> None:
            called, text = name.text().strip(), key.field.text().strip()
            if not called:
                dialog.complain(say.NEEDS_NAME, name)
            elif not text:
                dialog.complain(say.NEEDS_KEY, key)
            else:
                keep = partial(self._signing.keep_recipient, called, text)
                dialog.work(self._seat.lanes.acting, keep)

        dialog.on_give(give)
        dialog.ended.connect(self._done)
        dialog.open()


def _name_field() -> QLineEdit:
    field = text_field(say.NAME, say.NAME_HERE)
    field.setMaxLength(LONGEST_NAME)
    return field
