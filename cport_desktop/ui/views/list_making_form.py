"""The form over a list that is made here of what is decided: which media, and what is said of the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox

from cport_desktop.ui.list_leaving import ListLeaving, MadeLine, MakeWish
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.pairs import pair
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import hash_lists_leaving as say
from cport_desktop.words import hash_lists_page as page_words
from cport_desktop.words import known_acts as acts


class MakingForm:
    """`changed` is called once the list stands."""

    def __init__(
        self, seat: Seat, leaving: ListLeaving, dialog: AskingDialog, changed: Callable[[], None]
    ) -> None:
        self._leaving = leaving
        self._dialog = dialog
        self._changed = changed
        self._strip = WorkStrip(say.MAKE_TITLE, seat.lanes.tending, seat.clock)
        self.name = text_field(say.MAKE_NAME, say.MAKE_NAME_PLACEHOLDER)
        self.version = text_field(page_words.EDITION, "1")
        self.query = text_field(say.MAKE_QUERY, say.MAKE_QUERY_PLACEHOLDER, is_mono=True)
        self.source = text_field(page_words.BODY, page_words.BODY_PLACEHOLDER)
        self.handling = text_field(acts.HANDLING, acts.HANDLING_PLACEHOLDER)
        self.reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
        self.harmless = QCheckBox(page_words.IS_HARMLESS)

    def open(self) -> None:
        """Over the window."""
        dialog = self._dialog
        dialog.add(pair((say.MAKE_NAME, self.name), (page_words.EDITION, self.version)))
        dialog.add_field(say.MAKE_QUERY, self.query)
        dialog.add(pair((page_words.BODY, self.source), (acts.HANDLING, self.handling)))
        dialog.add_field(say.REASON, self.reason)
        dialog.add(self.harmless)
        for field in (self.name, self.version, self.source, self.handling):
            field.returnPressed.connect(dialog.give)
        dialog.add_strip(self._strip)
        dialog.on_give(self._give)
        dialog.open()
        dialog.focus(self.name)

    def _give(self) -> None:
        wish = MakeWish(
            name=self.name.text().strip(),
            query=self.query.text().strip(),
            version=self.version.text().strip() or "1",
            source=self.source.text().strip(),
            handling=self.handling.text().strip(),
            is_negative=self.harmless.isChecked(),
            reason=self.reason.text().strip(),
        )
        if not wish.name:
            self._dialog.complain(say.MAKE_NEEDS_NAME, self.name)
        elif not wish.query:
            self._dialog.complain(say.MAKE_NEEDS_QUERY, self.query)
        else:
            work = partial(self._leaving.make, wish)
            then = partial(self._done, wish.name)
            self._dialog.work_long(self._strip, work, then=then, stopped=say.MAKE_STOPPED)

    def _done(self, called: str, line: MadeLine) -> None:
        self._strip.tell("")
        left_out = (say.left_out(line.undecided), acts.left_out_as_contrary(line.contrary))
        told = say.made(called, line.entries)
        self._dialog.conclude(f"✓ {told}", more="\n".join(filter(None, left_out)))
        self._changed()
