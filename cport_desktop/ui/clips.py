"""What was copied in this window, or marked with the mouse, is offered to other programs for a short while.

Whatever puts it there: a field, a label, a table. It is plain text then, with the marks by which desktops'
clipboard managers know what they should not keep.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from cport_desktop.words import window as say

OFFERED_S: Final = 10
"""As security.md S6 asks: long enough to go to another window and paste."""
MARKS: Final = (
    ("x-kde-passwordManagerHint", b"secret"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1"),
)
_MODES: Final = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class Clips(QObject):
    """Watches the clipboard while it lives. It belongs to the window and asks nobody.

    Signals:
        emptied(str): what was copied is not offered any more; a sentence that says so.
    """

    emptied = Signal(str)

    def __init__(self, parent: QObject, *, seconds: float = OFFERED_S) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._clipboard = QGuiApplication.clipboard()
        self._ends = {mode: self._end_of(mode, seconds) for mode in _MODES}
        self._clipboard.changed.connect(self._changed)

    def clear(self) -> None:
        """What is ours there is offered to nobody any more."""
        for mode in _MODES:
            self._ends[mode].stop()
            self._clear(mode)

    def _end_of(self, mode: QClipboard.Mode, seconds: float) -> QTimer:
        end = QTimer(self, singleShot=True, interval=round(seconds * 1_000))
        end.timeout.connect(lambda: self._time_is_over(mode))
        return end

    def _changed(self, mode: QClipboard.Mode) -> None:
        if mode not in self._ends:
            return
        if not self._is_ours(mode) or not self._clipboard.text(mode):
            self._ends[mode].stop()
            return
        self._ends[mode].start()
        if mode is QClipboard.Mode.Clipboard and not self._clipboard.mimeData().hasFormat(
            MARKS[0][0]
        ):
            self._clipboard.setMimeData(marked(self._clipboard.text()))

    def _time_is_over(self, mode: QClipboard.Mode) -> None:
        if self._clear(mode) and mode is QClipboard.Mode.Clipboard:
            self.emptied.emit(say.clipboard_emptied(round(self._seconds)))

    def _clear(self, mode: QClipboard.Mode) -> bool:
        """Whether there was something of ours."""
        is_ours = self._is_ours(mode)
        if is_ours:
            self._clipboard.clear(mode)
        return is_ours

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()


def marked(text: str) -> QMimeData:
    """These words, and what tells clipboard managers to forget them."""
    told = QMimeData()
    told.setText(text)
    for kind, value in MARKS:
        told.setData(kind, value)
    return told
