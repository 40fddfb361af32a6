"""What a screen reader is told that widgets of ours are, where the toolkit cannot tell it from their kind."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLES = {
    "Chart": QAccessible.Role.Chart,
    "Glass": QAccessible.Role.Graphic,
    "PlayerBar": QAccessible.Role.Slider,
}
"""By the name of the class: the toolkit asks by it, and for each class that ours is made from."""


@cache
def tell_roles() -> None:
    """From now on, and as long as the process lives, widgets of ours say what they are."""
    QAccessible.installFactory(_interface)


def _interface(kind: str, asked_of: QObject | None) -> QAccessibleInterface | None:
    role = _ROLES.get(kind)
    if role is None or not isinstance(asked_of, QWidget):
        return None
    return QAccessibleWidget(asked_of, role)
