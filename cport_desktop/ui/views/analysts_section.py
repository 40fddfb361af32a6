"""Analysts: who works here, with which roles."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from cport_desktop.domain.analyst_list import AnalystOrder, in_order
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.ui.keeping_lines import AnalystLine
from cport_desktop.ui.keys import KeyKind, NewKey
from cport_desktop.ui.models.vault_columns import analyst_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.new_key import NewPassphrase
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import list_orders as orders
from cport_desktop.words import vault_page as say


class AnalystsSection(VaultSection):
    """Everybody may see who works here; an administrator changes it."""

    title = say.ANALYSTS
    intro = say.ANALYSTS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._on_row: tuple[QWidget, ...] = ()
        if self.may(Role.ADMINISTRATOR):
            self.add_act(say.ADD_ANALYST, "Alt+A", self.add, kind="primary")
            self._on_row = (
                self.add_act(say.CHANGE_ROLES, "Alt+R", self.change_roles),
                self.add_act(say.RETIRE, "Alt+X", self.retire),
            )
        self.list = Listing[AnalystLine](
            say.ANALYSTS,
            analyst_columns(),
            seat.theme,
            empty=(say.NO_ANALYSTS, say.NO_ANALYSTS_HELP),
        )
        self._lines: tuple[AnalystLine, ...] = ()
        self.order = Choice(orders.ORDER)
        self.order.addItems([orders.ANALYSTS[order.value] for order in AnalystOrder])
        self.order.currentIndexChanged.connect(lambda _at: self._show(self._lines))
        self.add_beside_acts(self.order)
        self.list.chosen_changed.connect(self._offer)
        self.list.table.column_clicked.connect(self._sort_by_column)
        self._column.addWidget(self.list, 1)
        if not self.may(Role.ADMINISTRATOR):
            self.say_needs(Role.ADMINISTRATOR, say.OTHERS_ACTS)
        self._offer()

    def refresh(self) -> None:
        self.load(self.keeping.analysts, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def add(self) -> None:
        """Ask for a name, roles and the passphrase of a first slot."""
        dialog = self.ask(title=say.ADD_ANALYST_TITLE, intro=say.ADD_ANALYST_INTRO, act=say.ADD)
        name = text_field(say.NAME)
        dialog.add_field(say.NAME, name)
        boxes = _role_boxes(dialog, frozenset({Role.ANALYST}))
        passphrase = NewPassphrase()
        passphrase.returned.connect(dialog.give)
        dialog.add(passphrase)

        def give() -> None:
            called = name.text().strip()
            fault = passphrase.fault()
            if not called:
                dialog.complain(say.NEEDS_PERSON, name)
            elif fault:
                dialog.complain(fault, passphrase)
            else:
                new = NewKey(called, KeyKind.PASSPHRASE, passphrase.take())
                work = partial(self.keeping.add_analyst, called, _chosen(boxes), new)
                self._do(dialog, work, waiting=say.WAIT_FOR_KEY)

        dialog.on_give(give)
        dialog.open()

    def change_roles(self) -> None:
        """Ask which roles the chosen analyst is to have."""
        line = self.list.chosen()
        if line is None:
            return
        dialog = self.ask(title=say.ROLES_TITLE, intro=line.name, act=say.GIVE)
        boxes = _role_boxes(dialog, line.roles)

        def give() -> None:
            self._do(dialog, partial(self.keeping.give_roles, line.name, _chosen(boxes)))

        dialog.on_give(give)
        dialog.open()

    def retire(self) -> None:
        """Ask whether the chosen analyst is really to go."""
        line = self.list.chosen()
        if line is None:
            return
        dialog = self.ask(
            title=say.RETIRE_TITLE,
            intro=say.retire_what(line.name),
            act=say.RETIRE_NOW,
            is_final=True,
        )
        dialog.on_give(lambda: self._do(dialog, partial(self.keeping.retire, line.name)))
        dialog.open()

    def _do(self, dialog: AskingDialog, work: partial[None], *, waiting: str = say.WORKING) -> None:
        def changed(_nothing: object) -> None:
            self.refresh()
            self.changed.emit(Changes.AUDIT)

        dialog.ended.connect(changed)
        dialog.work(self._seat.lanes.acting, work, waiting=waiting)

    def sort_by(self, order: AnalystOrder) -> None:
        """List them in this order."""
        self.order.setCurrentIndex(list(AnalystOrder).index(order))

    def _sort_by_column(self, column: int) -> None:
        if self.list.model.columns[column].sort is not None:
            is_by_name = self._order is AnalystOrder.NAME
            self.sort_by(AnalystOrder.NAME_BACKWARDS if is_by_name else AnalystOrder.NAME)

    @property
    def _order(self) -> AnalystOrder:
        return list(AnalystOrder)[self.order.currentIndex()]

    def _show(self, lines: tuple[AnalystLine, ...]) -> None:
        self._lines = lines
        shown = in_order(lines, self._order, lambda line: line.name)
        self.list.show_rows(shown, same=lambda one, other: one.name == other.name)

    def _offer(self) -> None:
        line = self.list.chosen()
        for made in self._on_row:
            made.setEnabled(line is not None and line.retired_at is None)


def _role_boxes(dialog: AskingDialog, given: frozenset[Role]) -> Mapping[Role, QCheckBox]:
    dialog.add(section(say.ROLE_LIST))
    boxes: dict[Role, QCheckBox] = {}
    for role in Role:
        box = QCheckBox(say.role_title(role.value))
        box.setAccessibleName(say.role_with_meaning(role.value))
        box.setChecked(role in given)
        dialog.add(box)
        dialog.add(PlainLabel(say.ROLE_DOES.get(role.value, ""), role="caption", wraps=True))
        boxes[role] = box
    return boxes


def _chosen(boxes: Mapping[Role, QCheckBox]) -> frozenset[Role]:
    return frozenset(role for role, box in boxes.items() if box.isChecked())
