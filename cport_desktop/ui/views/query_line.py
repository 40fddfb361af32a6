"""The query line: one line of the query language, and where it cannot be read, why."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPolygon
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cport_desktop.domain.draft import Typed
from cport_desktop.errors import CportError, QueryError
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.typing_places import lay_on, typed_on
from cport_desktop.words import window as say
from cport_desktop.words.errors import explain

LONGEST_QUERY = 2_000
"""Characters; nobody types more and a paste beyond it is a mistake."""
_TEXT_STARTS = 17
"""Pixels from the edge to the first character: padding, border and Qt's own margin of 2."""


class QueryField(QLineEdit):
    """A line with a mark under the character that cannot be understood.

    Signals:
        left(): Escape on an empty line, or arrow down: the focus may go on.
        cleared(): Escape emptied the line.
    """

    left = Signal()
    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("QueryLine")
        self.setProperty("role", "mono")
        self.setAccessibleName(say.QUERY)
        self.setAccessibleDescription(say.QUERY_KEYS)
        self.setPlaceholderText(say.QUERY_PLACEHOLDER)
        self.setMaxLength(LONGEST_QUERY)
        self._wrong_at: int | None = None

    def mark(self, position: int | None) -> None:
        """Point at the character at `position`; None points nowhere."""
        self._wrong_at = position
        self.setProperty("wrong", "true" if position is not None else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._wrong_at is None:
            return
        before = self.fontMetrics().horizontalAdvance(self.text()[: self._wrong_at])
        x = min(_TEXT_STARTS + before + 4, self.width() - 8)
        y = self.height() - 3
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Text))
        painter.drawPolygon(QPolygon([QPoint(x - 4, y), QPoint(x + 4, y), QPoint(x, y - 6)]))


class QueryLine(QWidget):
    """The field and, beneath it, what is wrong with it.

    Signals:
        asked(str): a query to search by.
        left(): the focus may go on to the result.
        typed(): text, cursor or selection is another.
    """

    asked = Signal(str)
    left = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = QueryField()
        self.field.textChanged.connect(self.typed)
        self.field.selectionChanged.connect(self.typed)
        self.field.cursorPositionChanged.connect(self.typed)
        self._wrong = PlainLabel(role="muted", wraps=True)
        self._wrong.hide()
        self._notice = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self._wrong)
        column.addWidget(self._notice)
        self.setFocusProxy(self.field)
        self.field.returnPressed.connect(self._ask)
        self.field.cleared.connect(self._ask)
        self.field.left.connect(self.left)
        self.field.textEdited.connect(self._forgive)

    def text(self) -> str:
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Put `text` into the line without asking."""
        self.field.setText(text)
        self._forgive()

    def stand(self) -> Typed:
        """What is typed and where the cursor is."""
        return typed_on(self.field)

    def restore(self, typed: Typed) -> None:
        """What was typed stands there again; nothing is asked."""
        lay_on(self.field, typed)

    def refuse(self, error: CportError) -> None:
        """Say what is wrong, at the character where it is wrong if the error knows it."""
        if not isinstance(error, QueryError):
            self._notice.tell(error)
            return
        sentence = explain(error)
        position = error.facts.get("position")
        self.field.mark(position if isinstance(position, int) else 0)
        self._wrong.say(f"{sentence.message} {sentence.hint}")
        self._wrong.show()

    def accept(self) -> None:
        """The query was understood."""
        self._forgive()

    def wrong_words(self) -> str:
        """What stands beneath the field, empty if nothing is wrong."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def _ask(self) -> None:
        self.asked.emit(self.field.text().strip())

    def _forgive(self) -> None:
        self.field.mark(None)
        self._wrong.hide()
        self._notice.dismiss()
