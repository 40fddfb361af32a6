"""Deeds as the window tells them: in the language that is spoken, labels of classifications included."""

from __future__ import annotations

from cport_desktop.domain.deed import OF_CLASSES, Deed
from cport_desktop.domain.taxonomy import CodeList
from cport_desktop.words import deeds as words


def told(deed: Deed, classes: CodeList) -> str:
    """What was done, without a full stop. `classes`: classifications, as they are spoken."""
    is_class = deed.kind in OF_CLASSES and deed.detail.isdecimal()
    detail = classes.label(int(deed.detail)) if is_class else deed.detail
    item = None if deed.first is None else str(deed.first)
    return words.what(deed.kind.value, detail=detail, item=item, count=deed.items)
