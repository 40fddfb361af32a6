"""Unit: the rules that it set for everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.roles import Role
from cport_desktop.ui.exposing import RuleLine
from cport_desktop.ui.models.exposure_columns import rule_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import exposure_page as say
from cport_desktop.words import unit_rules as words


class UnitSection(VaultSection):
    """Everybody reads them; a supervisor sets them."""

    title = say.UNIT
    intro = say.UNIT_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._change: QWidget | None = None
        if self.may(Role.SUPERVISOR):
            self._change = self.add_act(say.CHANGE, "Alt+A", self.change)
        self.list = Listing[RuleLine](
            say.UNIT, rule_columns(), seat.theme, empty=(say.NO_RULES, say.NO_RULES_HELP)
        )
        self.list.chosen_changed.connect(self._tell_about)
        self.list.row_opened.connect(lambda _line: self.change())
        self._about = PlainLabel(role="caption", wraps=True)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._about)
        if not self.may(Role.SUPERVISOR):
            self.say_needs(Role.SUPERVISOR, say.SETTING_RULES)
        self._tell_about()

    def refresh(self) -> None:
        self.load(self._seat.session.rules_of_unit.rules, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def about(self) -> str:
        """What it says of the chosen rule."""
        return self._about.text()

    def change(self) -> None:
        """Ask what the chosen rule shall be."""
        line = self.list.chosen()
        if line is None or not self.may(Role.SUPERVISOR):
            return
        name = line.rule.name.value
        dialog = self.ask(title=say.CHANGE_TITLE, intro=words.ABOUT[name], act=say.CHANGE_NOW)
        typed = _value_field(dialog, line)

        def done(_answer: None) -> None:
            later = words.COUNTS.get(name, "")
            self.refresh()
            dialog.conclude(
                f"✓ {say.rule_set(words.NAMES[name], words.value(typed()))}", more=later
            )

        def give() -> None:
            work = partial(self._seat.session.rules_of_unit.set_rule, name, typed())
            dialog.work(self._seat.lanes.acting, work, then=done)

        dialog.on_give(give)
        dialog.open()

    def _show(self, lines: tuple[RuleLine, ...]) -> None:
        self.list.show_rows(lines, same=lambda one, other: one.rule.name == other.rule.name)

    def _tell_about(self) -> None:
        line = self.list.chosen()
        self._about.say("" if line is None else words.ABOUT[line.rule.name.value])
        self._about.setVisible(line is not None)
        if self._change is not None:
            self._change.setEnabled(line is not None)


def _value_field(dialog: AskingDialog, line: RuleLine) -> Callable[[], str]:
    """A field for the value, as it is now; what gives what was chosen or typed."""
    label = words.NAMES[line.rule.name.value]
    if line.choices:
        choice = Choice(label)
        for typed in line.choices:
            choice.addItem(words.value(typed), typed)
        choice.setCurrentIndex(choice.findData(line.shown))
        dialog.add_field(label, choice)
        return choice.currentData
    field = text_field(label)
    field.setText(line.shown)
    dialog.add_field(label, field, hint=say.accepted(words.accepted(line.rule.name.value)))
    return field.text
