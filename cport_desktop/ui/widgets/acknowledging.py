"""Why a vault that was put back is opened all the same. Hidden until it was refused for that."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import keys_window as say


class Acknowledging(QWidget):
    """A reason, or none: then the vault is refused again.

    Signals:
        returned(): Enter in the field.
    """

    returned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._field = text_field(say.ACKNOWLEDGE_REASON)
        self._field.returnPressed.connect(self.returned)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(say.ACKNOWLEDGE_REASON, role="strong", wraps=True))
        column.addWidget(self._field)
        column.addWidget(PlainLabel(say.ACKNOWLEDGE_INTRO, role="caption", wraps=True))
        self.hide()

    def ask(self) -> None:
        """Offer it."""
        self.show()

    def reason(self) -> str | None:
        """What was typed; None while nobody is asked, or nothing was."""
        return None if self.isHidden() else self._field.text().strip() or None
