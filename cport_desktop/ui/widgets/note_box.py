"""A box in which a note is written: kept as it is typed, refused in words, never slow."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit

from cport_desktop.domain.draft import DraftContent, NoteFields
from cport_desktop.domain.kept_text import LONGEST_NOTE
from cport_desktop.ui.widgets.typing_places import lay_typed, typed_in
from cport_desktop.ui.widgets.words_box import BoxWords, WordsBox
from cport_desktop.words import cases_page as say

LONGEST_LINE: Final = 4_000
"""Characters without a line end that are taken from a paste: a line of 65,536 was laid out for two
seconds, and for half a second at each letter typed into it; one of 262,144 for forty seconds.
"""


class NoteEditor(QPlainTextEdit):
    """Takes a paste whole or not at all; what stood in it stays, and the clipboard has it still.

    Signals:
        paste_refused(str): why, in a sentence.
    """

    paste_refused = Signal(str)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        stays = self.document().characterCount() - 1 - len(self.textCursor().selectedText())
        if stays + len(text) > LONGEST_NOTE:
            self.paste_refused.emit(say.paste_too_long(len(text), LONGEST_NOTE))
        elif max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
            self.paste_refused.emit(say.line_too_long(LONGEST_LINE))
        else:
            super().insertFromMimeData(source)


class NoteBox(WordsBox):
    """`note_id`: of the note that is being changed, empty for a new one."""

    def __init__(self, *, is_kept: bool) -> None:
        self.note_id = ""
        words = BoxWords(say.NOTE_TITLE, say.NOTE_PLACEHOLDER, say.NOTE_KEEP, say.NOTE_NEEDED)
        editor = NoteEditor()
        super().__init__(words, is_kept=is_kept, editor=editor)
        editor.textChanged.connect(self._measure)
        editor.paste_refused.connect(self.complain)

    def content(self) -> DraftContent:
        return NoteFields(typed_in(self._text), self.note_id)

    def complain(self, sentence: str) -> None:
        """Say beneath the text why it was not kept."""
        self._caption.say(sentence)
        self._caption.set_tone("grave")

    def _lay(self, draft: DraftContent | None) -> None:
        fields = draft if isinstance(draft, NoteFields) else NoteFields()
        self.note_id = fields.note_id
        lay_typed(self._text, fields.text)

    def _measure(self) -> None:
        if not self.is_open:
            return
        length = self._text.document().characterCount() - 1
        if length > LONGEST_NOTE:
            self.complain(say.too_long(length, LONGEST_NOTE))
        else:
            self._caption.say(self._told)
            self._caption.set_tone(None)
