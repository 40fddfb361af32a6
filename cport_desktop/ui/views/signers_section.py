"""Who signs packages, and who receives them: kept under names, for all who compose in this vault."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.kept_signer import LONGEST_NAME, KeptRecipient
from cport_desktop.domain.roles import Role
from cport_desktop.ui.models.signer_columns import recipient_columns, signer_columns
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.signing import SignerOrder, TokenOrder
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.fields import PathField, secret_field, taken, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.usecases.package_signers import SignerShown
from cport_desktop.words import signing_page as say


class SignersSection(PageSection):
    """Signers; whoever may compose packages may keep them."""

    title = say.SIGNERS
    intro = say.SIGNERS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._signing = seat.session.signing
        self._remove: QWidget | None = None
        if self.may(Role.EXPORTER):
            self.add_act(say.ADD_FILE, "Alt+A", self.ask_file, kind="primary")
            self.add_act(say.ADD_TOKEN, "Alt+K", self.ask_token)
            self._remove = self.add_act(say.REMOVE, "Alt+R", self.ask_remove)
        else:
            self.say_needs(Role.EXPORTER, say.KEEPING)
        self.list = Listing[SignerShown](
            say.SIGNERS,
            signer_columns(seat.clock.now),
            seat.theme,
            empty=(say.NO_SIGNERS, say.NO_SIGNERS_HELP),
        )
        self._column.addWidget(self.list, 1)
        self.list.chosen_changed.connect(self._offer)
        self._offer()

    def refresh(self) -> None:
        if self.may(Role.EXPORTER):
            self.load(self._signing.signers, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

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

    def ask_remove(self) -> None:
        """Ask whether the chosen signer is really to go."""
        if (line := self.list.chosen()) is not None:
            dialog = _asking_removal(self, say.remove_signer(one_line(line.name)))
            remove = partial(self._signing.remove_signer, line.name)
            dialog.on_give(lambda: dialog.work(self._seat.lanes.acting, remove))
            dialog.ended.connect(self._done)
            dialog.open()

    def _done(self, _answer: object) -> None:
        self.refresh()
        self.changed.emit(Changes.AUDIT)

    def _show(self, found: tuple[SignerShown, ...]) -> None:
        self.list.show_rows(found, same=lambda one, other: one.name == other.name)

    def _offer(self) -> None:
        if self._remove is not None:
            self._remove.setEnabled(self.list.chosen() is not None)


class RecipientsSection(PageSection):
    """Recipients, each with a public key."""

    title = say.RECIPIENTS
    intro = say.RECIPIENTS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._signing = seat.session.signing
        self._remove: QWidget | None = None
        if self.may(Role.EXPORTER):
            self.add_act(say.ADD_RECIPIENT, "Alt+A", self.ask_recipient, kind="primary")
            self._remove = self.add_act(say.REMOVE, "Alt+R", self.ask_remove)
        else:
            self.say_needs(Role.EXPORTER, say.KEEPING)
        self.list = Listing[KeptRecipient](
            say.RECIPIENTS,
            recipient_columns(),
            seat.theme,
            empty=(say.NO_RECIPIENTS, say.NO_RECIPIENTS_HELP),
        )
        self._column.addWidget(self.list, 1)
        self.list.chosen_changed.connect(self._offer)
        self._offer()

    def refresh(self) -> None:
        if self.may(Role.EXPORTER):
            self.load(self._signing.recipients, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

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

    def ask_remove(self) -> None:
        """Ask whether the chosen recipient is really to go."""
        if (line := self.list.chosen()) is not None:
            dialog = _asking_removal(self, say.remove_recipient(one_line(line.name)))
            remove = partial(self._signing.remove_recipient, line.name)
            dialog.on_give(lambda: dialog.work(self._seat.lanes.acting, remove))
            dialog.ended.connect(self._done)
            dialog.open()

    def _done(self, _answer: object) -> None:
        self.refresh()
        self.changed.emit(Changes.AUDIT)

    def _show(self, found: tuple[KeptRecipient, ...]) -> None:
        self.list.show_rows(found, same=lambda one, other: one.name == other.name)

    def _offer(self) -> None:
        if self._remove is not None:
            self._remove.setEnabled(self.list.chosen() is not None)


def _name_field() -> QLineEdit:
    field = text_field(say.NAME, say.NAME_HERE)
    field.setMaxLength(LONGEST_NAME)
    return field


def _asking_removal(section: PageSection, what: str) -> AskingDialog:
    return section.ask(title=say.REMOVE_TITLE, intro=what, act=say.REMOVE_NOW, is_final=True)
