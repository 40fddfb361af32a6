"""What is asked before a hash list is written, and before one is withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from cport_desktop.domain.known import KnownList
from cport_desktop.domain.list_version import ListVersion
from cport_desktop.domain.listed import WrittenList
from cport_desktop.ui import figures
from cport_desktop.ui.list_leaving import ListLeaving, ListWish, ReachLines
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import hash_list_export as export_words
from cport_desktop.words import hash_lists_leaving as say
from cport_desktop.words import known_acts as acts

_MOST_COPIES = 6


class ExportForm:
    """The dialog over a list that is to be written: looked at first, by which clause it may leave, and
    written as it was looked at.
    """

    def __init__(
        self, seat: Seat, leaving: ListLeaving, dialog: AskingDialog, row: KnownList
    ) -> None:
        self._seat = seat
        self._leaving = leaving
        self._dialog = dialog
        self._row = row
        self._since: list[str] = [""]
        self._allowed: ListWish | None = None
        self._strip = WorkStrip(say.EXPORT_TITLE, seat.lanes.tending, seat.clock)
        self.format = Choice(say.FORMAT)
        self.format.addItems(list(say.FORMATS.values()))
        self.extent = Choice(say.EXTENT)
        self.extent.addItem(say.THE_WHOLE)
        self.path = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.NEW_FILE)
        self.recipients = text_field(say.RECIPIENTS, say.RECIPIENTS_PLACEHOLDER)
        self.reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
        self.signed = QCheckBox(say.SIGNED)
        self.signed.setChecked(True)

    def open(self) -> None:
        """Over the window; versions come when they are read."""
        dialog = self._dialog
        if self._row.handling:
            told = acts.handling(one_line(self._row.handling))
            dialog.add(PlainLabel(told, tone="grave", wraps=True))
        dialog.add_field(say.FORMAT, self.format)
        dialog.add_field(say.EXTENT, self.extent)
        dialog.add_field(say.FILE, self.path)
        dialog.add_field(say.RECIPIENTS, self.recipients, hint=say.RECIPIENTS_HINT)
        dialog.add_field(say.REASON, self.reason)
        dialog.add(self.signed)
        dialog.add_strip(self._strip)
        dialog.on_give(self._give)
        work = partial(self._leaving.versions, self._row.list_id)
        self._seat.lanes.reading.ask(dialog, work, then=self._fill, otherwise=dialog.refuse)
        dialog.open()

    def _fill(self, versions: tuple[ListVersion, ...]) -> None:
        for one in versions:
            if one.version:
                self._since.append(one.version)
                self.extent.addItem(say.since(one.version, figures.moment_in_prose(one.came_at)))

    def _give(self) -> None:
        path = self.path.path()
        if path is None:
            self._dialog.complain(say.NEEDS_FILE, self.path)
            return
        wish = ListWish(
            list_id=self._row.list_id,
            form=list(say.FORMATS)[self.format.currentIndex()],
            path=path,
            since=self._since[self.extent.currentIndex()],
            recipients=tuple(
                name for each in self.recipients.text().split(",") if (name := each.strip())
            ),
            is_signed=self.signed.isChecked(),
            reason=self.reason.text().strip(),
        )
        if self._allowed != wish:
            look = partial(self._leaving.may_leave, wish)
            then = partial(self._show_allowed, wish)
            self._dialog.work(self._seat.lanes.reading, look, then=then)
            return
        work = partial(self._leaving.export, wish)
        self._dialog.work_long(
            self._strip, work, then=partial(self._done, path), stopped=say.STOPPED
        )

    def _show_allowed(self, wish: ListWish, clauses: tuple[str, ...]) -> None:
        self._allowed = wish
        told = acts.allowed_by(", ".join(clauses))
        self._dialog.tell(f"{told} {acts.ONCE_MORE}")

    def _done(self, path: Path, written: WrittenList) -> None:
        self._strip.tell("")
        lost = export_words.all_lost((each.what, each.count) for each in written.lost)
        told = [lost, *([] if written.signer else [export_words.UNSIGNED])]
        self._dialog.conclude(
            f"✓ {say.written(str(path), written.entries, written.removed)}",
            more="\n".join([*filter(None, told), f"SHA-256 {written.sha256}"]),
        )


class WithdrawalForm:
    """The dialog over a list that is to be withdrawn: looked at first, then done as it was looked at."""

    def __init__(
        self,
        seat: Seat,
        leaving: ListLeaving,
        dialog: AskingDialog,
        row: KnownList,
        changed: Callable[[], None],
    ) -> None:
        self._seat = seat
        self._leaving = leaving
        self._dialog = dialog
        self._row = row
        self._changed = changed
        self._looked: list[Path | None] = []
        self.reason = text_field(say.REASON, say.WITHDRAW_REASON)
        self.entries = PathField(say.ENTRIES, say.ENTRIES_PLACEHOLDER, Choosing.FILE)

    def open(self) -> None:
        """Over the window; what it would change is told at once."""
        self._dialog.add_field(say.REASON, self.reason)
        self._dialog.add_field(say.ENTRIES, self.entries, hint=say.ENTRIES_HINT)
        self._dialog.on_give(self._give)
        self._dialog.open()
        self._look(None)

    def _give(self) -> None:
        path = self.entries.path()
        if self._looked != [path]:
            self._look(path)
            return
        why = self.reason.text().strip()
        work = partial(self._leaving.withdraw, self._row.list_id, path, why)
        self._dialog.work(self._seat.lanes.acting, work, then=self._done)

    def _look(self, path: Path | None) -> None:
        self._looked = []
        work = partial(self._leaving.foresee, self._row.list_id, path)
        self._dialog.work(self._seat.lanes.reading, work, then=partial(self._show, path))

    def _show(self, path: Path | None, reach: ReachLines) -> None:
        self._looked = [path]
        self._dialog.tell("\n".join([*_reach(reach), say.ONCE_MORE]))
        self._dialog.focus(self.reason)

    def _done(self, reach: ReachLines) -> None:
        told = say.withdrawn(self._row.name, reach.entries, reach.hits)
        self._dialog.conclude(f"✓ {told}", more="\n".join(_reach(reach)[2:]))
        self._changed()


def _reach(reach: ReachLines) -> list[str]:
    told = export_words.reached(
        entries=reach.entries,
        contents=reach.contents,
        no_more=reach.known_no_more,
        copies=len(reach.copies),
        contributions=reach.contributed,
    )
    told += [f"· {say.copy_line(*copy)}" for copy in reach.copies[:_MOST_COPIES]]
    if reach.unknown:
        told.append(export_words.unknown_lines(reach.unknown))
    return told
