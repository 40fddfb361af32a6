"""What is to be said of an entry of a hash list: asked on the page of lists, and on the card of a hit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cport_desktop.ui.list_leaving import ListLeaving
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import hash_lists_leaving as say
from cport_desktop.words import known_acts as acts


class EntryWordForm:
    """The dialog over an entry of a list. `entry`: its name on the list, None where a person types it."""

    def __init__(
        self,
        seat: Seat,
        dialog: AskingDialog,
        list_id: str,
        *,
        entry: str | None,
        about: str = "",
        changed: Callable[[], None],
    ) -> None:
        """`about`: what the entry is, over the question; `changed` is called after the word stands."""
        self._seat = seat
        self._dialog = dialog
        self._list_id = list_id
        self._named = entry
        self._changed = changed
        self.entry = text_field(say.ENTRY, say.ENTRY_PLACEHOLDER)
        self.word = Choice(say.WORD)
        self.word.addItems([say.RIGHT, say.WRONG])
        self.note = text_field(say.NOTE, say.NOTE_PLACEHOLDER)
        if about:
            dialog.add(PlainLabel(about, role="strong", wraps=True))
        if entry is None:
            dialog.add_field(say.ENTRY, self.entry)
        dialog.add_field(say.WORD, self.word)
        dialog.add_field(say.NOTE, self.note)
        dialog.on_give(self._give)

    @property
    def _leaving(self) -> ListLeaving:
        return self._seat.session.knowing.leaving

    def open(self) -> None:
        """Over the window."""
        self._dialog.open()

    def _give(self) -> None:
        named = self.entry.text().strip() if self._named is None else self._named
        is_right, note = self.word.currentIndex() == 0, self.note.text().strip()
        if not named:
            self._dialog.complain(say.NEEDS_ENTRY, self.entry)
        elif not is_right and not note:
            self._dialog.complain(acts.NEEDS_NOTE, self.note)
        else:
            work = partial(self._leaving.say, self._list_id, named, is_right, note)
            self._dialog.work(self._seat.lanes.acting, work, then=self._done)

    def _done(self, said: tuple[int, int]) -> None:
        self._dialog.conclude(f"✓ {say.said(*said)}")
        self._changed()
