"""The builder: a query as rows and groups, beside its text; each is the other at any moment.

Rules:
1. The tree of conditions is the truth. What is built is written into the line at once; what is typed
   there and can be read is built at once.
2. A text that errs leaves the rows as they were, and the builder says so.
3. A row that cannot be understood says so beneath itself; the line keeps what it had.
4. A row that says nothing yet is left out of the query, and counted.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cport_desktop.domain import query_language
from cport_desktop.domain.query_builder import (
    WORDS,
    ConditionRow,
    Group,
    Joint,
    Path,
    Relation,
    group_of,
    leaf_in,
    query_in,
    with_added,
    with_part,
)
from cport_desktop.domain.query_completion import values_of
from cport_desktop.domain.query_language import CODE_LISTS
from cport_desktop.domain.query_lexer import LONGEST_QUERY
from cport_desktop.domain.query_printing import text_of
from cport_desktop.errors import QueryError
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.widgets.builder_row import BuilderRow
from cport_desktop.ui.widgets.controls import Choice, button, clear_layout
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import queries as say

_TALLEST: Final = 260
"""Pixels; more rows are scrolled to, so that the list beneath stays in sight."""
_CLOSED: Final = frozenset(
    {"is", "has", "status", "kind", "seen", *(field.value for field in CODE_LISTS)}
)
"""Fields all of whose values are known."""
_NEW_ROW: Final = ConditionRow(WORDS, Relation.ALL_WORDS, ("",))


class QueryBuilder(QFrame):
    """Rows and groups of one query.

    Signals:
        written(str): the query as text, after a person has built something.
    """

    written = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setProperty("panel", "true")
        self.setAccessibleName(say.BUILDER)
        self._seat = seat
        self._group = Group(Joint.ALL)
        self._rows: dict[Path, BuilderRow] = {}
        self._heads: list[QWidget] = []
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(6)
        self._told = PlainLabel(role="caption", wraps=True)
        self._told.hide()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 0, 10, 6)
        foot.addWidget(self._told, 1)
        column.addLayout(foot)

    # -- from text to rows and back

    def read(self, text: str) -> None:
        """The rows show `text`, if it can be read; otherwise they stay and the builder says so."""
        try:
            if len(text) > LONGEST_QUERY:
                self._say(say.LINE_ERRS)
                return
            query = query_language.parse(
                text, taxonomy=self._seat.taxonomy, now=self._seat.clock.now()
            )
        except QueryError:
            self._say(say.LINE_ERRS)
            return
        group = group_of(query, self._seat.taxonomy)
        if self._text() != text_of(query, self._seat.taxonomy) or not self._rows:
            self._show(group)
        self._tell()

    def group(self) -> Group:
        """The rows as they stand."""
        return self._group

    def rows(self) -> tuple[BuilderRow, ...]:
        """From the top to the foot."""
        return tuple(self._rows[path] for path in sorted(self._rows))

    def told(self) -> str:
        """What the builder says beneath its rows."""
        return "" if self._told.isHidden() else self._told.text()

    def add_condition(self, path: Path = ()) -> None:
        """One more row in the group at `path`, and the focus in it."""
        self._show(with_added(self._group, path, _NEW_ROW))
        newest = self._rows[max(each for each in self._rows if each[:-1] == path)]
        newest.values.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def add_group(self, path: Path = ()) -> None:
        """One more group, of either kind that the one around it is not."""
        around = self._part_joint(path)
        joint = Joint.ANY if around is Joint.ALL else Joint.ALL
        self._show(with_added(self._group, path, Group(joint, (_NEW_ROW,))))
        self._tell()

    def _text(self) -> str | None:
        """What the rows ask; None where one of them cannot be understood."""
        try:
            query = query_in(self._group, taxonomy=self._seat.taxonomy, now=self._seat.clock.now())
        except QueryError:
            return None
        return text_of(query, self._seat.taxonomy)

    # -- what a person does

    def _edited(self, path: Path, row: ConditionRow) -> None:
        self._group = with_part(self._group, path, row)
        self._write()

    def _turned(self, path: Path, row: ConditionRow) -> None:
        self._show(with_part(self._group, path, row))
        self._rows[path].values.setFocus(Qt.FocusReason.OtherFocusReason)
        self._write()

    def _removed(self, path: Path) -> None:
        self._show(with_part(self._group, path, None))
        self._write()
        left = self.rows()
        where = left[min(path[0], len(left) - 1)] if left else self._heads[0]
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _joined(self, path: Path, choice: Choice, _at: int) -> None:
        joint = Joint(str(choice.currentData()))
        self._change_group(path, joint=joint)

    def _negated(self, path: Path, is_negated: bool) -> None:
        self._change_group(path, is_negated=is_negated)

    def _change_group(
        self, path: Path, *, joint: Joint | None = None, is_negated: bool | None = None
    ) -> None:
        found = _group_at(self._group, path)
        changed = replace(
            found,
            joint=found.joint if joint is None else joint,
            is_negated=found.is_negated if is_negated is None else is_negated,
        )
        self._group = changed if not path else with_part(self._group, path, changed)
        self._write()

    def _write(self) -> None:
        """The line has what the rows ask, unless one of them cannot be understood."""
        text = self._text()
        self._tell()
        if text is not None:
            self.written.emit(text)

    def _tell(self) -> None:
        """Each row says what is wrong with it, and the foot how many say nothing."""
        unfinished = 0
        for row in self._rows.values():
            if not row.row.is_finished:
                unfinished += 1
                row.complain("")
                continue
            try:
                leaf_in(row.row, taxonomy=self._seat.taxonomy, now=self._seat.clock.now())
            except QueryError as error:
                why, found, accepted = (
                    str(error.facts[name]) for name in ("why", "found", "accepted")
                )
                row.complain(say.in_a_row(why, found=found, accepted=accepted))
            else:
                row.complain("")
        if not self._rows:
            self._say(say.NO_CONDITIONS)
        else:
            self._say(say.unfinished(unfinished) if unfinished else "")

    def _say(self, words: str) -> None:
        self._told.say(words)
        self._told.setVisible(bool(words))
        self._fit()

    # -- laying out

    def _show(self, group: Group) -> None:
        """Every editor anew: a query has few conditions, and each is another kind of widget."""
        self._group = group
        self._rows, self._heads = {}, []
        clear_layout(self._column)
        self._lay_group(group, (), self._column)
        self._column.addStretch()
        self._fit()

    def _lay_group(self, group: Group, path: Path, column: QVBoxLayout) -> None:
        column.addLayout(self._head(group, path))
        for place, part in enumerate(group.parts):
            where = (*path, place)
            if isinstance(part, ConditionRow):
                column.addWidget(self._row(part, where))
                continue
            frame = QFrame()
            frame.setProperty("card", "true")
            inner = QVBoxLayout(frame)
            inner.setContentsMargins(10, 6, 8, 8)
            inner.setSpacing(6)
            self._lay_group(part, where, inner)
            column.addWidget(frame)

    def _head(self, group: Group, path: Path) -> QHBoxLayout:
        joint = Choice(say.JOINT)
        for each in Joint:
            joint.addItem(say.JOINTS[each.value], each.value)
        joint.setCurrentIndex(joint.findData(group.joint.value))
        joint.currentIndexChanged.connect(partial(self._joined, path, joint))
        line = QHBoxLayout()
        line.setSpacing(6)
        if path:
            negated = QCheckBox(say.NOT)
            negated.setAccessibleName(say.NOT)
            negated.setChecked(group.is_negated)
            negated.toggled.connect(partial(self._negated, path))
            line.addWidget(negated)
        line.addWidget(joint)
        line.addStretch()
        line.addWidget(button(say.ADD_CONDITION, partial(self.add_condition, path), kind="quiet"))
        line.addWidget(button(say.ADD_GROUP, partial(self.add_group, path), kind="quiet"))
        if path:
            away = partial(self._removed, path)
            line.addWidget(button(say.REMOVE, away, kind="quiet", name=say.REMOVE_GROUP))
        self._heads.append(joint)
        if not path:
            self.setFocusProxy(joint)
        return line

    def _row(self, row: ConditionRow, path: Path) -> BuilderRow:
        known = values_of(row.field, taxonomy=self._seat.taxonomy, known=self._seat.names)
        made = BuilderRow(row, known, is_closed=row.field in _CLOSED)
        made.edited.connect(partial(self._edited, path))
        made.turned.connect(partial(self._turned, path))
        made.removed.connect(partial(self._removed, path))
        self._rows[path] = made
        return made

    def _fit(self) -> None:
        """As high as the rows need, up to a bound; new rows know their height a turn later."""
        QTimer.singleShot(1, self, self._fit_now)

    def _fit_now(self) -> None:
        self._column.invalidate()
        wanted = self._column.totalMinimumSize().height() + 2
        self._area.setFixedHeight(min(wanted, _TALLEST))
        focused = self.focusWidget()
        if focused is not None and self._inside.isAncestorOf(focused):
            self._area.ensureWidgetVisible(focused, 0, 12)

    def _part_joint(self, path: Path) -> Joint:
        return _group_at(self._group, path).joint


def _group_at(group: Group, path: Path) -> Group:
    found = group
    for place in path:
        inner = found.parts[place]
        if isinstance(inner, Group):
            found = inner
    return found
