"""Holds: what nobody may erase until it is released."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.ui.keeping import Keeping
from cport_desktop.ui.keeping_lines import HoldLine
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.models.vault_columns import hold_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.words import vault_page as say

Changed = Callable[[Changes], None]


class HoldsSection(VaultSection):
    """Everybody may see what is held; a supervisor places and releases."""

    title = say.HOLDS
    intro = say.HOLDS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._release: QWidget | None = None
        if self.may(Role.SUPERVISOR):
            self.add_act(say.PLACE_HOLD, "Alt+A", self.place, kind="primary")
            self._release = self.add_act(say.RELEASE_HOLD, "Alt+R", self.release)
        self.list = Listing[HoldLine](
            say.HOLDS, hold_columns(), seat.theme, empty=(say.NO_HOLDS, say.NO_HOLDS_HELP)
        )
        self.list.chosen_changed.connect(self._offer)
        self._column.addWidget(self.list, 1)
        if not self.may(Role.SUPERVISOR):
            self.say_needs(Role.SUPERVISOR, say.HOLDING)
        self._offer()

    def refresh(self) -> None:
        self.load(self.keeping.holds, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def place(self) -> None:
        """Ask what is to be held, and why."""
        dialog = self.ask(title=say.HOLD_TITLE, intro=say.HOLD_INTRO, act=say.PLACE)
        ask_hold(dialog, self.keeping, self._seat.lanes.acting, "", self._changed)

    def release(self) -> None:
        """Ask why the chosen hold is to end."""
        line = self.list.chosen()
        if line is not None:
            dialog = self.ask(
                title=say.RELEASE_TITLE,
                intro=say.release_what(line.reference, line.reason),
                act=say.RELEASE,
            )
            ask_release(dialog, self.keeping, self._seat.lanes.acting, line, self._changed)

    def _changed(self, changes: Changes) -> None:
        self.refresh()
        self.changed.emit(changes)

    def _show(self, lines: tuple[HoldLine, ...]) -> None:
        self.list.show_rows(lines, same=lambda one, other: one.hold_id == other.hold_id)

    def _offer(self) -> None:
        if self._release is not None:
            self._release.setEnabled(self.list.chosen() is not None)


def ask_hold(
    dialog: AskingDialog, keeping: Keeping, lane: Lane, reference: str, changed: Changed
) -> None:
    """Fill `dialog` with what a hold asks for and open it; `reference` is what is meant, if known."""
    item = text_field(say.HOLD_REFERENCE, say.HOLD_REFERENCE_PLACEHOLDER, is_mono=True)
    item.setText(reference)
    reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
    dialog.add_field(say.HOLD_REFERENCE, item)
    dialog.add_field(say.REASON, reason)

    def done(changes: Changes) -> None:
        dialog.conclude(f"✓ {say.hold_placed(item.text().strip())}")
        changed(changes)

    def give() -> None:
        if not item.text().strip():
            dialog.complain(say.NEEDS_REFERENCE, item)
        elif not reason.text().strip():
            dialog.complain(say.NEEDS_REASON, reason)
        else:
            work = partial(keeping.place_hold, item.text().strip(), reason.text().strip())
            dialog.work(lane, work, then=done)

    dialog.on_give(give)
    dialog.open()
    dialog.focus(reason if reference else item)


def ask_release(
    dialog: AskingDialog, keeping: Keeping, lane: Lane, line: HoldLine, changed: Changed
) -> None:
    """Fill `dialog` with what a release asks for and open it."""
    reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
    dialog.add_field(say.REASON, reason)

    def done(changes: Changes) -> None:
        dialog.conclude(f"✓ {say.hold_released(line.reference)}")
        changed(changes)

    def give() -> None:
        if not reason.text().strip():
            dialog.complain(say.NEEDS_REASON, reason)
            return
        work = partial(keeping.release_hold, line.hold_id, reason.text().strip())
        dialog.work(lane, work, then=done)

    dialog.on_give(give)
    dialog.open()
