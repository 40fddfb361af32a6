"""A box in which a note is written: as long as a person likes, kept as it is typed, refused in words."""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.draft import DraftContent, NoteFields
from cport_desktop.domain.kept_text import LONGEST_NOTE
from cport_desktop.ui.widgets.typing_places import lay_typed, typed_in
from cport_desktop.ui.widgets.words_box import BoxWords, WordsBox
from cport_desktop.words import cases_page as say

LONGEST_KEPT: Final = 1_000_000
"""Bytes of text of which a draft is kept: what a draft may hold, less what stands around it."""


class NoteBox(WordsBox):
    """`note_id`: of the note that is being changed, empty for a new one."""

    def __init__(self, *, is_kept: bool) -> None:
        self.note_id = ""
        words = BoxWords(say.NOTE_TITLE, say.NOTE_PLACEHOLDER, say.NOTE_KEEP, say.NOTE_NEEDED)
        super().__init__(words, is_kept=is_kept)
        self._text.textChanged.connect(self._measure)

    def content(self) -> DraftContent:
        return NoteFields(typed_in(self._text), self.note_id)

    @property
    def text(self) -> str:
        """What stands in it."""
        return self._text.toPlainText()

    @property
    def can_be_kept(self) -> bool:
        """A draft of it fits into the vault."""
        length = len(self.text)
        return (
            length * 4 <= LONGEST_KEPT or len(self.text.encode("utf-8", "replace")) <= LONGEST_KEPT
        )

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
        if length <= LONGEST_NOTE:
            self._caption.say(self._told)
            self._caption.set_tone(None)
        elif self.can_be_kept:
            self.complain(say.too_long(length, LONGEST_NOTE))
        else:
            self.complain(say.not_kept(length))
