"""Which kinds of digests are meant: a box for each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from cport_desktop.domain.operation import HashAlgorithm
from cport_desktop.ui.portal_acts import ToldList
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.words import portal_acts as say


class DigestBoxes(QWidget):
    """All are ticked in the beginning.

    Signals:
        changed(): another choice.
    """

    changed = Signal()

    def __init__(self, algorithms: Iterable[HashAlgorithm]) -> None:
        super().__init__()
        row = FlowLayout(self, gap=16)
        self.of: dict[HashAlgorithm, QCheckBox] = {}
        for each in algorithms:
            box = QCheckBox(say.ALGORITHMS[each.value])
            box.setAccessibleName(say.ALGORITHMS[each.value])
            box.setChecked(True)
            box.toggled.connect(lambda _is_on: self.changed.emit())
            row.addWidget(box)
            self.of[each] = box

    def wanted(self) -> list[HashAlgorithm]:
        """Those whose box is ticked."""
        return [each for each, box in self.of.items() if box.isChecked()]

    def prefer(self, meant: ToldList | None) -> None:
        """Of a list that holds some of them, exactly those are ticked."""
        takes = () if meant is None else meant.algorithms
        if any(each.value in takes for each in self.of):
            for each, box in self.of.items():
                box.setChecked(each.value in takes)
