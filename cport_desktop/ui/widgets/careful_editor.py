"""A field of several lines that no paste can stop: what is too much for it is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit

from cport_desktop.domain.kept_text import LONGEST_NOTE
from cport_desktop.words import cases_page, writing

LONGEST_LINE: Final = 4_000
"""Characters without a line end that are taken from a paste: a line of 65,536 was laid out for two
seconds, and for half a second at each letter typed into it; one of 262,144 for forty seconds.
"""


class CarefulEditor(QPlainTextEdit):
    """Takes a paste whole or not at all; what stood in it stays, and the clipboard has it still. What is
    longer than may be sent or kept can be pasted, to be shortened here.

    Signals:
        paste_refused(str): why, in a sentence.
    """

    paste_refused = Signal(str)

    def __init__(self, too_long: Callable[[int, int], str] = writing.paste_too_long) -> None:
        """`too_long`: what is said of so many characters where there is room for so many."""
        super().__init__()
        self._too_long = too_long

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        stays = self.document().characterCount() - 1 - len(self.textCursor().selectedText())
        if stays + len(text) > LONGEST_NOTE:
            self.paste_refused.emit(self._too_long(len(text), LONGEST_NOTE))
        elif max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
            self.paste_refused.emit(cases_page.line_too_long(LONGEST_LINE))
        else:
            super().insertFromMimeData(source)
