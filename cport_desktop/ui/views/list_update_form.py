"""The form over the next version of a list: its file, of which kind it is, which version it brings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from cport_desktop.domain.known import KnownList
from cport_desktop.ui.list_leaving import ListLeaving, UpdateLine, UpdateWish
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import hash_lists_leaving as say
from cport_desktop.words import list_manifests as manifests
from cport_desktop.words import list_reading as words

_AUTO = "auto"


class UpdateForm:
    """`changed` is called once the version stands."""

    def __init__(
        self,
        seat: Seat,
        leaving: ListLeaving,
        dialog: AskingDialog,
        row: KnownList,
        changed: Callable[[], None],
    ) -> None:
        self._leaving = leaving
        self._dialog = dialog
        self._row = row
        self._changed = changed
        self._strip = WorkStrip(say.UPDATE_TITLE, seat.lanes.tending, seat.clock)
        self.path = PathField(say.UPDATE_FILE, say.UPDATE_PLACEHOLDER, Choosing.FILE)
        self.kind = Choice(words.KIND)
        self.kind.addItem(words.BY_CONTENT)
        self.kind.addItems(list(words.KINDS.values()))
        self.trust = PathField(manifests.TRUST, manifests.TRUST_HERE, Choosing.FILE)
        self.version = text_field(say.UPDATE_VERSION, say.UPDATE_VERSION_PLACEHOLDER)

    def open(self) -> None:
        """Over the window."""
        dialog = self._dialog
        dialog.add_field(say.UPDATE_FILE, self.path)
        dialog.add_field(words.KIND, self.kind)
        dialog.add_field(say.UPDATE_VERSION, self.version)
        dialog.add_field(manifests.TRUST, self.trust)
        dialog.add_strip(self._strip)
        dialog.on_give(self._give)
        dialog.open()

    def _give(self) -> None:
        path = self.path.path()
        if path is None:
            self._dialog.complain(say.UPDATE_NEEDS_FILE, self.path)
            return
        kind = (_AUTO, *words.KINDS)[self.kind.currentIndex()]
        version, trust = self.version.text().strip(), self.trust.path()
        wish = UpdateWish(self._row.list_id, path, version, kind, trust)
        work = partial(self._leaving.update, wish)
        self._dialog.work_long(self._strip, work, then=self._done, stopped=say.UPDATE_STOPPED)

    def _done(self, line: UpdateLine) -> None:
        self._strip.tell("")
        told = say.updated(self._row.name, line.version, line.added, line.removed)
        more = say.hits_and_copies(line.hits_new, line.hits_ended, line.copies)
        self._dialog.conclude(f"✓ {told}", more=more)
        self._changed()
