"""Editors for the values of one row of the builder, each right for its kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cport_desktop.domain.query_builder import UNITS, ConditionRow, Relation, takes_one
from cport_desktop.domain.query_completion import Named
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.ui.widgets.controls import Choice, button
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.words import queries as say

_LONGEST_LABEL = 60
_NUMBER_WIDTH = 96
_DATE_WIDTH = 132
_CHOICE_WIDTH = 200
MOST_BESIDE = 4
"""Values that stand beside each other; more are typed with commas between them in one line."""


class ValueEditors(QWidget):
    """The values of one row.

    Signals:
        changed(object): a tuple of texts.
        more_wanted(): another value beside these.
    """

    changed = Signal(object)
    more_wanted = Signal()

    def __init__(self, row: ConditionRow, known: Sequence[Named], *, is_closed: bool) -> None:
        """`known`: values that have a name; `is_closed`: there are no others."""
        super().__init__()
        self._row = row
        self._editors: list[Choice | QLineEdit] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)
        self._lay(known, is_closed=is_closed)
        self._line.addStretch()
        if self._editors:
            self.setFocusProxy(self._editors[0])

    def _lay(self, known: Sequence[Named], *, is_closed: bool) -> None:
        row = self._row
        first, second = (*row.values, "", "")[:2]
        match row.relation:
            case Relation.LAST | Relation.LONGER_AGO:
                self._add_text(first, say.VALUE, "30", _NUMBER_WIDTH)
                self._add_choice(second or UNITS[1], say.UNIT, _units(), may_be_empty=False)
            case Relation.FROM_TO if row.field == "distance":
                self._add_text(first, say.FROM, "0", _NUMBER_WIDTH)
                self._add_text(second, say.TO, "31", _NUMBER_WIDTH)
            case Relation.FROM_TO:
                self._add_text(first, say.FROM, say.A_DATE, _DATE_WIDTH)
                self._add_text(second, say.TO, say.A_DATE, _DATE_WIDTH)
            case Relation.AT_MOST:
                self._add_text(first, say.VALUE, "31", _NUMBER_WIDTH)
            case Relation.ANY_OF if is_closed and len(row.values) <= MOST_BESIDE:
                self._lay_choices(known)
            case Relation.ANY_OF:
                self._add_list()
            case Relation.CONTAINS | Relation.ALL_WORDS | Relation.BEGINS:
                self._add_text(" ".join(row.values), say.VALUE, say.EXAMPLES.get(row.field, ""))
            case _:
                self._add_text(first, say.VALUE, say.A_DATE, _DATE_WIDTH)

    def _lay_choices(self, known: Sequence[Named]) -> None:
        for value in self._row.values or ("",):
            self._add_choice(value, say.VALUE, known, may_be_empty=True)
        is_full = len(self._row.values) >= MOST_BESIDE or takes_one(self._row.field)
        if self._row.values and all(self._row.values) and not is_full:
            more = button(
                say.ANOTHER_VALUE,
                self.more_wanted.emit,
                kind="quiet",
                name=say.ANOTHER_VALUE_NAME,
            )
            self._line.addWidget(more)

    def _add_text(self, text: str, name: str, placeholder: str, width: int | None = None) -> None:
        field = text_field(name, placeholder, is_mono=True)
        field.setMaxLength(_LONGEST_VALUE)
        field.setText(text)
        field.textEdited.connect(self._tell)
        if width is None:
            self._line.addWidget(field, 4)
        else:
            field.setFixedWidth(width)
            self._line.addWidget(field)
        self._editors.append(field)

    def _add_list(self) -> None:
        """Any number of values, with commas between them."""
        self._add_text(_listed(self._row.values), say.VALUE, say.EXAMPLES.get(self._row.field, ""))

    def _add_choice(
        self, value: str, name: str, known: Sequence[Named], *, may_be_empty: bool
    ) -> None:
        choice = Choice(name)
        choice.setMinimumWidth(_NUMBER_WIDTH)
        choice.setMaximumWidth(_CHOICE_WIDTH)
        if may_be_empty:
            choice.addItem(say.CHOOSE_VALUE, "")
        for one in known:
            label = one_line(shortened(one.label or one.value, longest=_LONGEST_LABEL))
            choice.addItem(label, one.value)
        if value and choice.findData(value) < 0:
            choice.addItem(one_line(shortened(value, longest=_LONGEST_LABEL)), value)
        choice.setCurrentIndex(max(0, choice.findData(value)))
        choice.currentIndexChanged.connect(lambda _at: self._tell())
        self._line.addWidget(choice)
        self._editors.append(choice)

    def _tell(self, _text: str = "") -> None:
        self.changed.emit(self.values())

    def values(self) -> tuple[str, ...]:
        """As they stand now."""
        texts = tuple(
            str(editor.currentData() or "") if isinstance(editor, Choice) else editor.text()
            for editor in self._editors
        )
        is_list = self._row.relation is Relation.ANY_OF and isinstance(self._editors[0], QLineEdit)
        if is_list:
            return unlisted(texts[0])
        if self._row.relation is Relation.ANY_OF:
            return tuple(dict.fromkeys(text for text in texts if text))
        return texts


_LONGEST_VALUE = 8_000
"""Characters of one value: as much as a query may have."""


def _units() -> tuple[Named, ...]:
    return tuple(Named(unit, say.UNITS[unit]) for unit in UNITS)


def _listed(values: Sequence[str]) -> str:
    """`values` in one line: with commas between, in quotes where one has a comma or a quote itself."""
    return ", ".join(
        '"' + value.replace('"', '""') + '"' if _needs_quotes(value) else value for value in values
    )


def _needs_quotes(value: str) -> bool:
    return "," in value or '"' in value or value != value.strip()


def unlisted(line: str) -> tuple[str, ...]:
    """The inverse of listing: what stands between commas, quotation marks kept together."""
    found: list[str] = []
    at = 0
    while at <= len(line):
        while at < len(line) and line[at].isspace():
            at += 1
        value, at = _quoted(line, at) if line[at : at + 1] == '"' else _plain(line, at)
        found.append(value)
        at = _behind_comma(line, at)
    return tuple(value for value in found if value.strip())


def _plain(line: str, at: int) -> tuple[str, int]:
    end = line.find(",", at)
    end = len(line) if end < 0 else end
    return line[at:end].strip(), end


def _quoted(line: str, at: int) -> tuple[str, int]:
    start = at + 1
    end = start
    while (end := line.find('"', end)) >= 0 and line[end + 1 : end + 2] == '"':
        end += 2
    if end < 0:
        return line[start:].replace('""', '"'), len(line)
    return line[start:end].replace('""', '"'), end + 1


def _behind_comma(line: str, at: int) -> int:
    comma = line.find(",", at)
    return len(line) + 1 if comma < 0 else comma + 1
