"""The mark of a demo across the top of its window."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from cport_desktop.words import window as say


def synthetic_edge() -> QFrame:
    """A thin line across the top of everything that shows a demo vault."""
    edge = QFrame()
    edge.setObjectName("SyntheticEdge")
    edge.setAccessibleName(say.SYNTHETIC)
    edge.setFixedHeight(3)
    return edge
