"""Who gets what of a package: a row for each recipient, and beneath it what goes, what stays and why.

What the agreement does not let go to somebody is not offered for them.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.package import ALL_OF_IT, Given
from cport_desktop.domain.withholding import WITHHOLDABLE
from cport_desktop.ui.package_lines import PackageForecast, ShareRow
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import Choice, button, clear_layout, panel
from cport_desktop.ui.widgets.kept_rows import KeptRows
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import composing as words
from cport_desktop.words import composing_page as say

_KEY_SHOWN = 16
"""Letters of a key beside a name; enough to tell two keys apart."""


class PackageShares(QWidget):
    """The rows of a forecast.

    Signals:
        changed(): somebody is to get something else; `given_to` says what.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.given_to: dict[str, Given] = {}
        self.kept = KeptRows()
        self.kept.changed.connect(self.changed)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(self._rows)
        whole.addWidget(self.kept)
        self.say_nobody()

    def say_nobody(self) -> None:
        """There is nobody yet to whom anything would go."""
        self._anew()
        self._rows.addWidget(PlainLabel(say.NOBODY_YET, role="caption", wraps=True))

    def show_forecast(self, forecast: PackageForecast) -> None:
        """What each of them gets, and what would be written."""
        self._anew()
        for share in forecast.shares:
            self._rows.addWidget(panel(self._told(share), kind="card"))
        for line in forecast.packages:
            self._rows.addWidget(PlainLabel(one_line(line), role="muted", wraps=True))
        for line in forecast.redactions:
            self._rows.addWidget(PlainLabel(one_line(line), wraps=True))
        self.kept.show_kept(forecast.kept)

    def _anew(self) -> None:
        clear_layout(self._rows)

    def _told(self, share: ShareRow) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(self._row(share))
        tone = "gravest" if share.is_refused else None
        for line in share.lines:
            column.addWidget(PlainLabel(one_line(line), tone=tone, wraps=True))
        for line in (*share.along, *share.stays):
            column.addWidget(PlainLabel(one_line(line), role="caption", wraps=True))
        return column

    def _row(self, share: ShareRow) -> QHBoxLayout:
        name, key = share.recipient.name, share.recipient.public
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainLabel(one_line(name), role="strong"), 1)
        if name != key:
            row.addWidget(PlainLabel(f"{key[:_KEY_SHOWN]}…", role="mono"))
        if share.levels:
            row.addWidget(self._levels(share))
            row.addWidget(self._fields(share))
        return row

    def _levels(self, share: ShareRow) -> Choice:
        choice = Choice(say.media_for(one_line(share.recipient.name)))
        for level in share.levels:
            choice.addItem(words.LEVELS[level.value], level.value)
        if share.given.media in share.levels:
            choice.setCurrentIndex(share.levels.index(share.given.media))
        else:
            choice.setCurrentIndex(-1)
        choice.currentIndexChanged.connect(partial(self._choose, share))
        return choice

    def _choose(self, share: ShareRow, place: int) -> None:
        if 0 <= place < len(share.levels):
            self._give(share, Given(share.levels[place], share.given.without))

    def _fields(self, share: ShareRow) -> QPushButton:
        out = len(share.given.without - share.withheld)
        text = say.fields_out(out) if out else say.FIELDS
        name = say.fields_for(one_line(share.recipient.name))
        made = button(text, lambda: None, kind="small", name=name)
        menu = QMenu(made)
        menu.setAccessibleName(name)
        for field in sorted(WITHHOLDABLE - share.withheld):
            action = QAction(field, menu)
            action.setCheckable(True)
            action.setChecked(field not in share.given.without)
            action.toggled.connect(partial(self._let_go, share, field))
            menu.addAction(action)
        made.setMenu(menu)
        return made

    def _let_go(self, share: ShareRow, field: str, goes: bool) -> None:
        had = share.given.without
        without = had - {field} if goes else had | {field}
        self._give(share, Given(share.given.media, without))

    def _give(self, share: ShareRow, given: Given) -> None:
        key = share.recipient.public
        if given == ALL_OF_IT:
            self.given_to.pop(key, None)
        else:
            self.given_to[key] = given
        self.changed.emit()


def given_as_kept(given_to: dict[str, Given]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """For a draft: key, level, fields left out."""
    return tuple(
        (key, given.media.value, tuple(sorted(given.without))) for key, given in given_to.items()
    )


def given_from(kept: tuple[tuple[str, str, tuple[str, ...]], ...]) -> dict[str, Given]:
    """What a draft kept; levels that this version does not know are not."""
    return {
        key: Given(PackageMedia(level), frozenset(without))
        for key, level, without in kept
        if level in set(PackageMedia)
    }
