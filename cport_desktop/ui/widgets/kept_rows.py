"""Redactions that are kept of what would go: each is done in a package, unless somebody says otherwise there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cport_desktop.domain.ids import MediaId
from cport_desktop.ui.package_lines import KeptRow
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import clear_layout
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import redaction_page as say


class KeptRows(QWidget):
    """A box for each, ticked: it is done.

    Signals:
        changed(): something is to be done, or not; `unredacted` says what is not.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.unredacted: set[MediaId] = set()
        self._shown: tuple[KeptRow, ...] = ()
        self.boxes: dict[MediaId, QCheckBox] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.hide()

    def forget(self) -> None:
        """Everything is done again, and nothing is known to be kept."""
        self.unredacted.clear()
        self.show_kept(())

    def show_kept(self, kept: tuple[KeptRow, ...]) -> None:
        """These are kept of what would go. The boxes stay where they are the same, and the focus with them."""
        if [each.media_id for each in kept] != [each.media_id for each in self._shown]:
            self._lay(kept)
        self._shown = kept
        for each in kept:
            box = self.boxes[each.media_id]
            with QSignalBlocker(box):
                box.setChecked(each.is_done)
        self.setVisible(bool(kept))

    def _lay(self, kept: tuple[KeptRow, ...]) -> None:
        clear_layout(self._rows)
        self.boxes.clear()
        if kept:
            self._rows.addWidget(PlainLabel(say.KEPT_HERE, role="caption", wraps=True))
        for each in kept:
            box = QCheckBox(one_line(each.told).replace("&", "&&"))
            box.setAccessibleName(one_line(each.told))
            box.toggled.connect(partial(self._toggle, each.media_id))
            self.boxes[each.media_id] = box
            self._rows.addWidget(box)
            for reason in each.reasons:
                self._rows.addWidget(PlainLabel(one_line(reason), role="muted", wraps=True))

    def _toggle(self, media_id: MediaId, is_done: bool) -> None:
        if is_done:
            self.unredacted.discard(media_id)
        else:
            self.unredacted.add(media_id)
        self.changed.emit()
