"""Acts on the chosen hash list: exported, its versions shown, an entry spoken of, withdrawn.

What a withdrawal would change is told before it can be done: the first press looks, the second withdraws.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QPushButton

from cport_desktop.domain.known import KnownList, ListOrigin
from cport_desktop.domain.list_version import ListVersion
from cport_desktop.ui import figures
from cport_desktop.ui.list_leaving import ListLeaving
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.entry_word_form import EntryWordForm
from cport_desktop.ui.views.list_leaving_forms import ExportForm, WithdrawalForm
from cport_desktop.ui.views.list_making_form import MakingForm
from cport_desktop.ui.views.list_update_form import UpdateForm
from cport_desktop.words import hash_lists_leaving as say


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
        may_export: bool,
    ) -> None:
        self._seat = seat
        self._ask = ask
        self._chosen = chosen
        self._changed = changed
        self._export = add_act(say.EXPORT, "Alt+E", self.export) if may_export else None
        self._versions = add_act(say.VERSIONS, "Alt+V", self.versions)
        self._update = add_act(say.UPDATE, "Alt+N", self.update)
        add_act(say.MAKE, "Alt+D", self.make)
        self._say = add_act(say.SAY, "Alt+S", self.say_of_entry)

    @property
    def leaving(self) -> ListLeaving:
        return self._seat.session.knowing.leaving

    def offer(self) -> None:
        """What can be done with the list in hand."""
        row = self._chosen()
        is_standing = row is not None and row.is_standing
        if self._export is not None:
            self._export.setEnabled(is_standing)
        self._say.setEnabled(is_standing)
        self._versions.setEnabled(row is not None)
        self._update.setEnabled(row is not None and is_ours(row))

    def export(self) -> None:
        """Ask in which format, for whom, and write it."""
        row = self._chosen()
        if row is not None and row.is_standing:
            dialog = self._ask(
                title=say.EXPORT_TITLE,
                intro=say.export_what(row.name, row.entries),
                act=say.EXPORT_ACT,
            )
            ExportForm(self._seat, self.leaving, dialog, row).open()

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

    def update(self) -> None:
        """Ask for the file of the next version, and read it in."""
        row = self._chosen()
        if row is None or not is_ours(row):
            return
        dialog = self._ask(title=say.UPDATE_TITLE, intro=row.name, act=say.UPDATE_ACT)
        UpdateForm(self._seat, self.leaving, dialog, row, self._changed).open()

    def make(self) -> None:
        """Ask for a query over media, and make a list of what it finds and was decided."""
        dialog = self._ask(title=say.MAKE_TITLE, intro=say.MAKE_INTRO, act=say.MAKE_ACT)
        MakingForm(self._seat, self.leaving, dialog, self._changed).open()

    def withdraw(self) -> None:
        """Tell what it would change, and withdraw the list in hand or entries of it."""
        row = self._chosen()
        if row is not None and is_ours(row):
            dialog = self._ask(
                title=say.WITHDRAW_TITLE, intro=row.name, act=say.WITHDRAW_ACT, is_final=True
            )
            WithdrawalForm(self._seat, self.leaving, dialog, row, self._changed).open()

    def say_of_entry(self) -> None:
        """Ask for an entry of the list in hand, and what is to be said of it."""
        row = self._chosen()
        if row is None or not row.is_standing:
            return
        dialog = self._ask(title=say.SAY_TITLE, intro=say.SAY_INTRO, act=say.SAY_ACT)
        EntryWordForm(
            self._seat, dialog, row.list_id, entry=None, about=row.name, changed=self._changed
        ).open()


def is_ours(row: KnownList) -> bool:
    """Whether it can be withdrawn here."""
    return row.origin is ListOrigin.FILE and row.is_standing


def _version_line(one: ListVersion) -> str:
    came = figures.moment_in_prose(one.came_at)
    return say.version_line(one.version, came, one.entries, one.added, one.removed)
