"""What the dialogs that tell the portal something have in common.

Rules, beside those of `AskingDialog`:
1. Leaving puts it away with all that was typed; whoever opened it opens the same one again.
2. What was queued says so in its place, and is then gone.
3. Where the vault holds real content and the act wants a reason, the reason is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.careful_editor import CarefulEditor
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.named_choice import NamedChoice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import operations as said
from cport_desktop.words import portal_acts as say

_NOTE_HEIGHT = 52

Missing = Callable[[], tuple[str, QWidget] | None]
Order = Callable[[], Callable[[], Changes]]


class ActDialog(AskingDialog):
    """One act toward the portal, being put together.

    Signals:
        queued(object): `Changes`, once it is in the outbox.
    """

    queued = Signal(object)

    def __init__(self, parent: QWidget, seat: Seat, *, title: str, intro: str, act: str) -> None:
        super().__init__(
            parent,
            title=title,
            intro=intro,
            act=act,
            synthetic=seat.session.nature.is_synthetic,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._seat = seat
        self._reason: QLineEdit | None = None
        self.is_done = False
        """There is nothing to come back to."""

    def add_note(self, label: str) -> QPlainTextEdit:
        """A few lines, as they go to the portal."""
        note = CarefulEditor()
        note.paste_refused.connect(self.complain)
        note.setAccessibleName(label)
        note.setTabChangesFocus(True)
        note.setFixedHeight(_NOTE_HEIGHT)
        self.add_field(label, note)
        return note

    def add_name(self, label: str, *, choose: str, another: str, placeholder: str) -> NamedChoice:
        """One of the names that are known, or another."""
        names = NamedChoice(label, choose=choose, another=another, placeholder=placeholder)
        names.returned.connect(self.give)
        names.changed.connect(self.fit)
        self.add_field(label, names)
        return names

    def add_reason(self) -> None:
        """The reason, where the vault demands one."""
        if not self._seat.session.nature.is_synthetic:
            self._reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
            self.add_field(say.REASON, self._reason)

    def end_fields(self, *, missing: Missing, order: Order) -> None:
        """Nothing more is asked for. `missing` says what has to be filled in first, and where;
        `order` is what is done once it says nothing.
        """
        self.add(PlainLabel(say.KEPT, role="caption", wraps=True))
        self.on_give(partial(self._begin, missing, order))

    def reason(self) -> str | None:
        """What was stated; None where no reason is asked for."""
        return None if self._reason is None else self._reason.text().strip()

    def _begin(self, missing: Missing, order: Order) -> None:
        lack = missing()
        if lack is None and self._reason is not None and not self.reason():
            lack = (say.NEEDS_REASON, self._reason)
        if lack is not None:
            self.complain(*lack)
            return
        self.work(self._seat.lanes.acting, order(), then=self._queued)

    def _queued(self, changes: Changes) -> None:
        self.is_done = True
        self.conclude(f"✓ {said.QUEUED}")
        self.queued.emit(changes)
