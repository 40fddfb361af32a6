"""The key list, on `?`."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.roles import Role
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import window as say


class KeysDialog(QDialog):
    """Every key that does something here, and what; Escape closes."""

    def __init__(
        self, parent: QWidget, *, pages: Mapping[int, str], roles: frozenset[Role]
    ) -> None:
        """`pages` are those that the rail shows, by the number of their key."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say.KEYS_TITLE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(7)
        offered = [(keys, what) for keys, what, role in say.KEY_LIST if not role or role in roles]
        offered.insert(0, (say.page_keys(list(pages)), ", ".join(pages.values())))
        rows = -(-len(offered) // 2)  # Two beside each other: one below the other is too high.
        for number, (keys, what) in enumerate(offered):
            beside, row = divmod(number, rows)
            grid.addWidget(PlainLabel(keys, role="mono"), row, 2 * beside)
            grid.addWidget(PlainLabel(what), row, 2 * beside + 1)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(button(say.CLOSE, self.reject, key="Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(16)
        column.addWidget(PlainLabel(say.KEYS_TITLE, role="title"))
        column.addLayout(grid)
        column.addLayout(foot)
