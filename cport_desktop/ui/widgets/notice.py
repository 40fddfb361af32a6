"""An error where it arose: what happened, what to do, and a code that can be copied."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from cport_desktop.errors import CportError
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import window as say
from cport_desktop.words.errors import explain
from cport_desktop.words.window_cures import WHAT_HELPS, Offer, explain_here, offer


class Notice(QFrame):
    """Hidden until there is something to say.

    Signals:
        shown(bool): it appeared, or went.
        place_wanted(str): what it offers, a word of `words.window_cures.Place`.
    """

    shown = Signal(bool)
    place_wanted = Signal(str)

    def __init__(self, *, offers: bool = False) -> None:
        """`offers`: it has a button for what helps; whoever has one leads there."""
        super().__init__()
        self._offers = offers
        self._place = ""
        self.setProperty("notice", "true")
        self._code = ""
        self._message = PlainLabel(role="strong", wraps=True, can_be_copied=True)
        self._hint = PlainLabel(role="muted", wraps=True)
        self._shown_code = PlainLabel(role="caption")
        self._copy = button(say.COPY_CODE, self._copy_code, kind="quiet")
        self._offer = button(WHAT_HELPS, self._go, kind="small")
        self._offer.hide()
        foot = QHBoxLayout()
        foot.addWidget(self._offer)
        foot.addWidget(self._shown_code)
        foot.addStretch()
        foot.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self._message)
        layout.addWidget(self._hint)
        layout.addLayout(foot)
        self.hide()

    def tell(self, error: CportError) -> None:
        """Show the sentence of `error`."""
        sentence = explain_here(error)
        self._show_offer(offer(error) if self._offers else None)
        self._show(sentence.message, sentence.hint, sentence.code)

    def tell_bug(self, reference: str) -> None:
        """Show that the program met what it does not know; `reference` goes to its makers."""
        sentence = explain(CportError())
        self._show_offer(None)
        self._show(sentence.message, sentence.hint, reference)

    def dismiss(self) -> None:
        self.hide()
        self.shown.emit(False)

    def offered(self) -> str:
        """What its button says; empty while there is none."""
        return "" if self._offer.isHidden() else self._offer.text()

    def message(self) -> str:
        """What is told; empty while there is nothing to say."""
        return "" if self.isHidden() else self._message.text()

    def _show(self, message: str, hint: str, code: str) -> None:
        self._code = code
        self._message.say(message)
        self._hint.say(hint)
        self._hint.setVisible(bool(hint))
        self._shown_code.say(say.error_code(code))
        self._copy.setText(say.COPY_CODE)
        self.setAccessibleName(f"{message} {hint}")
        self.show()
        self.shown.emit(True)

    def _show_offer(self, offered: Offer | None) -> None:
        self._offer.setVisible(offered is not None)
        if offered is not None:
            self._place = offered.place.value
            self._offer.setText(offered.label)
            self._offer.setAccessibleName(offered.label)

    def _go(self) -> None:
        self.dismiss()
        self.place_wanted.emit(self._place)

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self._copy.setText(say.COPIED)
