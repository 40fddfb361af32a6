"""A box in which a note is written: kept as it is typed, refused in words, never slow."""

from __future__ import annotations

from cport_desktop.domain.draft import DraftContent, NoteFields
from cport_desktop.domain.kept_text import LONGEST_NOTE
from cport_desktop.ui.widgets.careful_editor import CarefulEditor
from cport_desktop.ui.widgets.typing_places import lay_typed, typed_in
from cport_desktop.ui.widgets.words_box import BoxWords, WordsBox
from cport_desktop.words import cases_page as say


class NoteBox(WordsBox):
    """`note_id`: of the note that is being changed, empty for a new one."""

    def __init__(self, *, is_kept: bool) -> None:
        self.note_id = ""
        words = BoxWords(say.NOTE_TITLE, say.NOTE_PLACEHOLDER, say.NOTE_KEEP, say.NOTE_NEEDED)
        editor = CarefulEditor(say.paste_too_long)
        super().__init__(words, is_kept=is_kept, editor=editor)
        editor.textChanged.connect(self._measure)

    def content(self) -> DraftContent:
        return NoteFields(typed_in(self._text), self.note_id)

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
