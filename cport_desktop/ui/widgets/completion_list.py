"""What may stand at the cursor, in a quiet list beneath the field: it never has the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cport_desktop.domain.query_completion import Choice
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.ui.theme import MONO
from cport_desktop.words import queries as say

Index = QModelIndex | QPersistentModelIndex

_ROW = 24
_MOST_ROWS = 9
_WIDTH = 460
_INSET = 12
_LONGEST = 120
_VCENTER = Qt.AlignmentFlag.AlignVCenter


class ChoiceModel(QAbstractListModel):
    """Choices, each with its value and what is told of it."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()

    def show(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    def choice(self, row: int) -> Choice:
        return self._choices[row]

    def value(self, row: int) -> str:
        return one_line(shortened(self._choices[row].value, longest=_LONGEST))

    def told(self, row: int) -> str:
        """The label of a value, or what a field means."""
        choice = self._choices[row]
        label = say.MEANINGS.get(choice.value.removesuffix(":"), "") if choice.is_field else ""
        return one_line(shortened(label or choice.label, longest=_LONGEST))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.value(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.value(index.row())} {self.told(index.row())}".strip()
        return None


class _TwoWords(QStyledItemDelegate):
    """The value, and muted at the right what is told of it."""

    def __init__(self, model: ChoiceModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._mono = QFont(MONO)
        self._mono.setPixelSize(12)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        inner = option.rect.adjusted(_INSET, 0, -_INSET, 0)
        painter.setFont(self._mono)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        value, told = self._model.value(index.row()), self._model.told(index.row())
        room = inner.width() if not told else inner.width() * 2 // 3
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(value, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, _VCENTER | Qt.AlignmentFlag.AlignLeft, shown)
        left = inner.width() - metrics.horizontalAdvance(shown) - _INSET
        painter.setFont(option.font)
        painter.setPen(QGuiApplication.palette().placeholderText().color())
        rest = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, left)
        painter.drawText(inner, _VCENTER | Qt.AlignmentFlag.AlignRight, rest)


class CompletionList(QListView):
    """Lies over what is beneath the field, in the field's own window, while there is something to take.

    Signals:
        taken(object): a `Choice`, by the mouse.
    """

    taken = Signal(object)

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._choices = ChoiceModel()
        self.setModel(self._choices)
        self.setItemDelegate(_TwoWords(self._choices, self))
        self.setAccessibleName(say.COMPLETIONS)
        self.setObjectName("CompletionList")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._take_clicked)
        self.hide()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def offer(self, choices: Sequence[Choice], *, left: int) -> None:
        """Show these, the first of them current, `left` pixels from the field's edge; none closes it."""
        if not choices:
            self.hide()
            return
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._choices.show(choices)
        height = min(len(choices), _MOST_ROWS) * _ROW + 2 * self.frameWidth() + 4
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        width = min(_WIDTH, self._field.width())
        x = corner.x() + min(max(left, 0), self._field.width() - width)
        room = max(window.height() - corner.y() - 4, _ROW)
        self.setGeometry(x, corner.y(), width, min(height, room))
        self.walk(0)
        self.show()
        self.raise_()

    def current(self) -> Choice | None:
        index = self.currentIndex()
        return self._choices.choice(index.row()) if self.is_open and index.isValid() else None

    def choices(self) -> tuple[str, ...]:
        """The values that are offered."""
        if not self.is_open:
            return ()
        return tuple(self._choices.value(row) for row in range(self._choices.rowCount()))

    def walk(self, steps: int) -> None:
        """The current one is so many further down, around the ends."""
        count = self._choices.rowCount()
        row = (max(self.currentIndex().row(), 0) + steps) % count if count else 0
        self.setCurrentIndex(self._choices.index(row, 0))

    def spoken(self) -> str:
        """The current one, read aloud."""
        return str(self.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _take_clicked(self, index: QModelIndex) -> None:
        self.taken.emit(self._choices.choice(index.row()))
