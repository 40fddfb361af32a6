"""The query line: one line of the query language, and where it cannot be read, why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPolygon,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cport_desktop.domain.draft import Typed
from cport_desktop.domain.saved_search import SavedSearch, SearchSubject
from cport_desktop.errors import CportError, QueryError
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.query_builder import QueryBuilder
from cport_desktop.ui.views.query_completing import Completing
from cport_desktop.ui.views.search_shelf import SearchShelf
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.fields import hint
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.ui.widgets.typing_places import lay_on, typed_on
from cport_desktop.words import queries as words
from cport_desktop.words import searches as kept
from cport_desktop.words import window as say
from cport_desktop.words.errors import explain

LONGEST_HELD = 1_500_000
"""Characters; a novel that was pasted by mistake stays, and is answered in a sentence."""
_NO_CUT = 2**31 - 1
"""Qt would cut what is longer, without a word, and take minutes for it."""
_ROOM_FOR_KEYS = 820
"""Pixels from which on keys are shown on the buttons beside the line: they take 170 of them, and a query of
eighty letters still stands whole."""
_MOST_MEASURED = 4_000
"""Characters that are wider than any screen."""


class QueryField(QLineEdit):
    """A line with a mark under the character that cannot be understood.

    Signals:
        left(): Escape on an empty line, or arrow down: the focus may go on.
        cleared(): Escape emptied the line.
    """

    left = Signal()
    cleared = Signal()

    def __init__(self, seat: Seat | None) -> None:
        """Without a `seat` nothing is completed."""
        super().__init__()
        self.setObjectName("QueryLine")
        self.setProperty("role", "mono")
        self.setAccessibleName(say.QUERY)
        self.setAccessibleDescription(say.QUERY_KEYS if seat is None else words.COMPLETION_KEYS)
        hint(self, say.QUERY_PLACEHOLDER)
        self.setMaxLength(_NO_CUT)
        self.setFont(_as_typed(self.font()))
        self._wrong_at: int | None = None
        self.completing = None if seat is None else Completing(self, seat)
        if self.completing is not None:
            self.textEdited.connect(lambda _text: self._edited())

    def mark(self, position: int | None) -> None:
        """Point at the character at `position`; None points nowhere."""
        self._wrong_at = position
        self.setProperty("wrong", "true" if position is not None else "false")
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def event(self, event: QEvent) -> bool:
        # Tab would go on to the next control before any key press is told of.
        if event.type() == QEvent.Type.KeyPress and self._is_for_list(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.completing is not None:
            self.completing.come()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.completing is not None:
            self.completing.close()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.completing is not None:
            self.completing.close()

    def _is_for_list(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or self.completing is None:
            return False
        return self.completing.takes(event)

    def _edited(self) -> None:
        if self.completing is not None:
            self.completing.edited()

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
        x = min(max(self._place_of(self._wrong_at) + 4, 8), self.width() - 8)
        y = self.height() - 3
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Text))
        painter.drawPolygon(QPolygon([QPoint(x - 4, y), QPoint(x + 4, y), QPoint(x, y - 6)]))

    def _place_of(self, position: int) -> int:
        """Pixels from the edge to a character; of one that is scrolled away, where it would be."""
        cursor = self.cursorPosition()
        between = self.text()[min(cursor, position) : max(cursor, position)][:_MOST_MEASURED]
        width = self.fontMetrics().horizontalAdvance(between)
        return self.cursorRect().center().x() + (width if position > cursor else -width)


def _as_typed(font: QFont) -> QFont:
    """`font` without ligatures: `<=` is two signs, and must look like them."""
    font.setFeature(QFont.Tag("calt"), 0)
    return font


class QueryLine(QWidget):
    """The field and, beneath it, what is wrong with it.

    Signals:
        asked(str): a query to search by.
        left(): the focus may go on to the result.
        typed(): text, cursor or selection is another.
        sort_wanted(str): a search that is kept wants this order (`-received`).
        search_wanted(object): a `SavedSearch` of another subject than this line's.
        searches_changed(): others are kept or pinned than before, or one was looked at.
    """

    asked = Signal(str)
    left = Signal()
    typed = Signal()
    sort_wanted = Signal(str)
    search_wanted = Signal(object)
    searches_changed = Signal()

    def __init__(
        self, seat: Seat | None = None, subject: SearchSubject = SearchSubject.REPORTS
    ) -> None:
        """Without a `seat` there is neither completion nor a builder, and nothing is kept. `subject`: of
        searches that are kept from here.
        """
        super().__init__()
        self._seat = seat
        self._subject = subject
        self.sort: Callable[[], str] = lambda: "-received"
        """The order that the list is in."""
        self.field = QueryField(seat)
        self.field.textChanged.connect(self.typed)
        self.field.selectionChanged.connect(self.typed)
        self.field.cursorPositionChanged.connect(self.typed)
        self._wrong = PlainLabel(role="muted", wraps=True)
        self._wrong.hide()
        self._notice = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.field, 1)
        column.addLayout(self._row)
        column.addWidget(self._wrong)
        column.addWidget(self._notice)
        self._column = column
        self.builder: QueryBuilder | None = None
        self.shelf: SearchShelf | None = None
        self._offers: list[tuple[QPushButton, str, str]] = []
        if seat is not None:
            self._theme = seat.theme
            self._offer(kept.SHELF, kept.SHELF_KEY, kept.SHELF_NAME, self.turn_shelf)
            self._offer(words.BUILD, words.BUILD_KEY, words.BUILD_NAME, self.turn_builder)
        self.setFocusProxy(self.field)
        self.field.returnPressed.connect(self._ask)
        self.field.cleared.connect(self._ask)
        self.field.left.connect(self.left)
        self.field.textEdited.connect(self._typed)

    def text(self) -> str:
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Put `text` into the line without asking."""
        self.field.setText(text)
        self._forgive()
        self._build()

    def wear(self, theme: Theme) -> None:
        self._theme = theme
        if self.shelf is not None:
            self.shelf.wear(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = self.width() >= _ROOM_FOR_KEYS
        for made, short, whole in self._offers:
            wanted = whole if has_room else short
            if made.text() != wanted:
                made.setText(wanted)

    def _offer(self, label: str, key: str, name: str, act: Callable[[], None]) -> None:
        """A small button beside the line, with its key where there is room for both."""
        made = button(label, act, kind="small", key=key, name=name)
        set_plain_tip(made, say.accessible_with_key(name, key))
        self._offers.append((made, label.replace("&", "&&"), made.text()))
        self._row.addWidget(made)
        bind_key(key, self, act, everywhere=True)

    def add(self, made: QPushButton) -> None:
        """`made` stands behind the buttons of the line."""
        self._row.addWidget(made)

    def turn_builder(self) -> None:
        """Open the builder on what the line says, or close it."""
        if self._seat is None:
            return
        if self.builder is None:
            self.builder = QueryBuilder(self._seat)
            self.builder.written.connect(self._write)
            self._column.addWidget(self.builder)
            self.builder.hide()
        if self.builder.isHidden():
            self.builder.read(self.text())
            self.builder.show()
            self.builder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.builder.hide()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn_shelf(self) -> None:
        """Open the searches that are kept, or close them."""
        if self._seat is None:
            return
        if self.shelf is None:
            self.shelf = SearchShelf(
                self._seat, subject=self._subject, asked=lambda: (self.text(), self.sort())
            )
            self.shelf.wear(self._theme)
            self.shelf.run_wanted.connect(self._run)
            self.shelf.changed.connect(self.searches_changed)
            self._column.addWidget(self.shelf)
            self.shelf.hide()
        if self.shelf.isHidden():
            self.shelf.refresh()
            self.shelf.show()
            self.shelf.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.shelf.hide()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _run(self, search: SavedSearch) -> None:
        if search.terms.subject is self._subject:
            self.run_search(search)
        else:
            self.search_wanted.emit(search)

    def run_search(self, search: SavedSearch) -> None:
        """Ask what it asks, in its order; what it finds counts as looked at."""
        if self._seat is None:
            return
        self.set_text(search.terms.text)
        self._seat.lanes.acting.ask(
            self,
            partial(self._seat.session.finding.look, search.search_id),
            then=lambda _search: self.searches_changed.emit(),
            otherwise=self.refuse,
        )
        self.sort_wanted.emit(search.terms.sort)
        self.asked.emit(search.terms.text)

    def _build(self) -> None:
        if self.builder is not None and not self.builder.isHidden():
            self.builder.read(self.text())

    def _write(self, text: str) -> None:
        """What was built stands in the line; nothing is asked."""
        self.field.setText(text)
        self.field.mark(None)
        self._wrong.hide()

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

    def _typed(self, text: str) -> None:
        self._forgive()
        self._build()
        if len(text) > LONGEST_HELD:
            self.field.undo()
            self._wrong.say(words.too_long_to_hold(LONGEST_HELD))
            self._wrong.show()

    def _forgive(self) -> None:
        self.field.mark(None)
        self._wrong.hide()
        self._notice.dismiss()
