"""Acts on the chosen hash list: exported, its versions shown, an entry spoken of, withdrawn.

What a withdrawal would change is told before it can be done: the first press looks, the second withdraws.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QCheckBox, QPushButton

from cport_desktop.domain.known import KnownList, ListOrigin
from cport_desktop.domain.list_version import ListVersion
from cport_desktop.domain.listed import WrittenList
from cport_desktop.ui import figures
from cport_desktop.ui.list_leaving import ListLeaving, ListWish, ReachLines
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import hash_list_export as export_words
from cport_desktop.words import hash_lists_leaving as say

_MOST_COPIES = 6


class Asking(Protocol):
    """Makes a dialog over the window."""

    def __call__(
        self, *, title: str, intro: str, act: str, is_final: bool = False
    ) -> AskingDialog: ...


class AddAct(Protocol):
    """Puts a button with its key in the row of acts."""

    def __call__(
        self, label: str, key: str, act: Callable[[], None], *, kind: str | None = None
    ) -> QPushButton: ...


class ListLeavingActs:
    """`chosen` gives the list in hand; `changed` is called after one changed."""

    def __init__(
        self,
        seat: Seat,
        add_act: AddAct,
        *,
        ask: Asking,
        chosen: Callable[[], KnownList | None],
        changed: Callable[[], None],
    ) -> None:
        self._seat = seat
        self._ask = ask
        self._chosen = chosen
        self._changed = changed
        self._export = add_act(say.EXPORT, "Alt+E", self.export)
        self._versions = add_act(say.VERSIONS, "Alt+V", self.versions)
        self._say = add_act(say.SAY, "Alt+S", self.say_of_entry)

    @property
    def leaving(self) -> ListLeaving:
        return self._seat.session.knowing.leaving

    def offer(self) -> None:
        """What can be done with the list in hand."""
        row = self._chosen()
        is_standing = row is not None and row.is_standing
        self._export.setEnabled(is_standing)
        self._say.setEnabled(is_standing)
        self._versions.setEnabled(row is not None)

    def export(self) -> None:
        """Ask in which format, for whom, and write it."""
        row = self._chosen()
        if row is not None and row.is_standing:
            dialog = self._ask(
                title=say.EXPORT_TITLE,
                intro=say.export_what(row.name, row.entries),
                act=say.EXPORT_ACT,
            )
            _Exporting(self._seat, self.leaving, dialog, row).open()

    def versions(self) -> None:
        """Show which versions there were, and what each brought."""
        row = self._chosen()
        if row is None:
            return
        dialog = self._ask(title=say.VERSIONS_TITLE, intro=row.name, act=say.VERSIONS)
        dialog.set_act_visible(is_visible=False)

        def show(found: tuple[ListVersion, ...]) -> None:
            first, *earlier = map(_version_line, found)
            dialog.conclude(first, tone=None, more="\n".join(earlier))

        work = partial(self.leaving.versions, row.list_id)
        self._seat.lanes.reading.ask(dialog, work, then=show, otherwise=dialog.refuse)
        dialog.open()

    def withdraw(self) -> None:
        """Tell what it would change, and withdraw the list in hand or entries of it."""
        row = self._chosen()
        if row is not None and is_ours(row):
            dialog = self._ask(
                title=say.WITHDRAW_TITLE, intro=row.name, act=say.WITHDRAW_ACT, is_final=True
            )
            _Withdrawing(self._seat, self.leaving, dialog, row, self._changed).open()

    def say_of_entry(self) -> None:
        """Ask for an entry of the list in hand, and what is to be said of it."""
        row = self._chosen()
        if row is None or not row.is_standing:
            return
        dialog = self._ask(title=say.SAY_TITLE, intro=say.SAY_INTRO, act=say.SAY_ACT)
        entry = text_field(say.ENTRY, say.ENTRY_PLACEHOLDER)
        word = Choice(say.WORD)
        word.addItems([say.RIGHT, say.WRONG])
        note = text_field(say.NOTE, say.NOTE_PLACEHOLDER)
        dialog.add_field(say.ENTRY, entry)
        dialog.add_field(say.WORD, word)
        dialog.add_field(say.NOTE, note)

        def give() -> None:
            named = entry.text().strip()
            if not named:
                dialog.complain(say.NEEDS_ENTRY, entry)
                return
            is_right = word.currentIndex() == 0
            work = partial(self.leaving.say, row.list_id, named, is_right, note.text().strip())
            dialog.work(self._seat.lanes.acting, work, then=lambda said: done(*said))

        def done(confirming: int, disputing: int) -> None:
            dialog.conclude(f"✓ {say.said(confirming, disputing)}")
            self._changed()

        dialog.on_give(give)
        dialog.open()


class _Exporting:
    """The dialog over a list that is to be written."""

    def __init__(
        self, seat: Seat, leaving: ListLeaving, dialog: AskingDialog, row: KnownList
    ) -> None:
        self._seat = seat
        self._leaving = leaving
        self._dialog = dialog
        self._row = row
        self._since: list[str] = [""]
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
        work = partial(self._leaving.export, wish)
        then = partial(self._done, path)
        self._dialog.work_long(self._strip, work, then=then, stopped=say.STOPPED)

    def _done(self, path: Path, written: WrittenList) -> None:
        self._strip.tell("")
        lost = export_words.all_lost((each.what, each.count) for each in written.lost)
        told = [lost, *([] if written.signer else [export_words.UNSIGNED])]
        self._dialog.conclude(
            f"✓ {say.written(str(path), written.entries, written.removed)}",
            more="\n".join([*filter(None, told), f"SHA-256 {written.sha256}"]),
        )


class _Withdrawing:
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


def is_ours(row: KnownList) -> bool:
    """Whether it can be withdrawn here."""
    return row.origin is ListOrigin.FILE and row.is_standing


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


def _version_line(one: ListVersion) -> str:
    came = figures.moment_in_prose(one.came_at)
    return say.version_line(one.version, came, one.entries, one.added, one.removed)
