"""Key slots: who opens the vault with what."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.ui import figures
from cport_desktop.ui.keeping_lines import ResealDone, SlotLine
from cport_desktop.ui.keys import Key, KeyKind
from cport_desktop.ui.models.vault_columns import slot_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.key_answer import KeyAnswer
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.new_key import NewKeyFields
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import keys_window as keys
from cport_desktop.words import vault_page as say


class SlotsSection(VaultSection):
    """One's own slots; those of others too for an administrator.

    Signals:
        rekey_wanted(object): lock, and renew the master key with this `Key`.
    """

    rekey_wanted = Signal(object)

    title = say.SLOTS
    intro = say.SLOTS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.add_act(say.ADD_SLOT, "Alt+A", self.add, kind="primary")
        on_row = [
            self.add_act(say.TEST_SLOT, "Alt+T", self.test),
            self.add_act(say.RENAME_SLOT, "Alt+R", self.rename),
            self.add_act(say.CHANGE_SECRET, "Alt+C", self.change),
            self.add_act(say.REMOVE_SLOT, "Alt+X", self.remove),
        ]
        self._on_row = tuple(on_row)
        if self.may(Role.ADMINISTRATOR):
            self.next_row_of_acts()
            self.add_act(say.REKEY, "Alt+K", self.rekey)
            self.add_act(say.RESEAL, "Alt+F", self.ask_reseal)
        self.strip = WorkStrip(say.RESEAL_TITLE, seat.lanes.tending, seat.clock)
        self._column.addWidget(self.strip)
        self.list = Listing[SlotLine](
            say.SLOTS, slot_columns(), seat.theme, empty=(say.NO_SLOTS, say.NO_SLOTS_HELP)
        )
        self.list.chosen_changed.connect(self._offer)
        self._column.addWidget(self.list, 1)
        if not self.may(Role.ADMINISTRATOR):
            self.say_needs(Role.ADMINISTRATOR, say.OTHERS_SLOTS)
        self._offer()

    def refresh(self) -> None:
        self.load(self.keeping.slots, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    # -- acts

    def add(self) -> None:
        """Ask for a new slot, of any kind."""
        dialog = self.ask(title=say.ADD_TITLE, intro=say.ADD_INTRO, act=say.ADD)
        name = text_field(say.SLOT_NAME, say.SLOT_NAME_PLACEHOLDER)
        dialog.add_field(say.SLOT_NAME, name)
        fields = self._new_key(dialog, tuple(KeyKind))

        def give() -> None:
            fault = fields.fault()
            if not name.text().strip():
                dialog.complain(say.NEEDS_NAME, name)
            elif fault is not None:
                dialog.complain(*fault)
            else:
                new = fields.take(name.text().strip())
                self._do(dialog, partial(self.keeping.add_slot, new), say.slot_added(new.name))

        dialog.on_give(give)
        dialog.open()

    def test(self) -> None:
        """Ask for what should open the chosen slot, and say whether it does."""
        line = self.list.chosen()
        if line is None:
            return
        dialog = self.ask(title=say.TEST_TITLE, intro=say.TEST_INTRO, act=say.TEST)
        answer = _key_for(dialog, line)

        def told(is_open: bool) -> None:
            dialog.tell(*((say.opens(line.name), "lightest") if is_open else _NOT_OPENED))
            answer.setFocus()
            self._changed(None)

        def give() -> None:
            key = _taken(dialog, answer, line)
            if key is not None:
                dialog.work(
                    self._seat.lanes.acting,
                    partial(self.keeping.test_slot, key),
                    then=told,
                    waiting=say.WAIT_FOR_KEY,
                )

        answer.given.connect(give)
        dialog.on_give(give)
        dialog.open()

    def rename(self) -> None:
        """Ask for another label."""
        line = self.list.chosen()
        if line is None:
            return
        dialog = self.ask(title=say.RENAME_TITLE, intro=say.RENAME_INTRO, act=say.RENAME)
        name = text_field(say.NEW_NAME)
        name.setText(line.name)
        name.selectAll()
        dialog.add_field(say.NEW_NAME, name)

        def give() -> None:
            if not name.text().strip():
                dialog.complain(say.NEEDS_NAME, name)
                return
            work = partial(self.keeping.rename_slot, line.name, name.text().strip())
            dialog.ended.connect(self._changed)
            dialog.work(self._seat.lanes.acting, work)

        dialog.on_give(give)
        dialog.open()

    def change(self) -> None:
        """Ask for the old secret and the new one."""
        line = self.list.chosen()
        if line is None:
            return
        intro = say.change_what(line.name, say.KINDS[line.kind.value])
        dialog = self.ask(title=say.CHANGE_TITLE, intro=intro, act=say.CHANGE)
        dialog.add(section(say.AS_IT_IS))
        answer = _key_for(dialog, line)
        fields = self._new_key(dialog, (line.kind,))

        def give() -> None:
            fault = fields.fault()
            if fault is not None:
                dialog.complain(*fault)
                return
            key = _taken(dialog, answer, line)
            if key is not None:
                new = fields.take(line.name)
                work = partial(self.keeping.change_secret, key, new)
                self._do(dialog, work, say.slot_changed(line.name))

        dialog.on_give(give)
        dialog.open()

    def remove(self) -> None:
        """Ask whether the chosen slot is really to go."""
        line = self.list.chosen()
        if line is None:
            return
        intro = say.remove_what(line.name, say.KINDS[line.kind.value])
        dialog = self.ask(title=say.REMOVE_TITLE, intro=intro, act=say.REMOVE, is_final=True)
        insist = QCheckBox(say.INSIST)
        insist.setAccessibleName(say.INSIST)
        if self.may(Role.ADMINISTRATOR) and not line.is_mine:
            dialog.add(insist)

        def told(sentences: tuple[str, ...]) -> None:
            dialog.conclude(say.slot_removed(line.name), more="\n".join(sentences))
            self._changed(None)

        def give() -> None:
            work = partial(self.keeping.remove_slot, line.name, insist.isChecked())
            dialog.work(self._seat.lanes.acting, work, then=told)

        dialog.on_give(give)
        dialog.open()

    def rekey(self) -> None:
        """Ask for a key, then lock and renew."""
        dialog = self.ask(title=say.REKEY_TITLE, intro=say.REKEY_INTRO, act=say.REKEY_BEGIN)
        line = next((each for each in self._lines if each.is_in_use), None)
        if line is None:
            return
        dialog.add(
            PlainLabel(keys.slot_named(line.name, say.KINDS[line.kind.value]), role="strong")
        )
        answer = _key_for(dialog, line)

        def tried(key: Key, is_open: bool) -> None:
            if is_open:
                self.rekey_wanted.emit(key)
            else:
                dialog.tell(*_NOT_OPENED)

        def give() -> None:
            key = _taken(dialog, answer, line)
            if key is not None:
                # Tried first: a vault that was locked for a mistyped key would help nobody.
                dialog.work(
                    self._seat.lanes.acting,
                    partial(self.keeping.test_slot, key),
                    then=partial(tried, key),
                    waiting=say.WAIT_FOR_KEY,
                )

        answer.given.connect(give)
        dialog.on_give(give)
        dialog.open()

    def ask_reseal(self) -> None:
        """Say what sealing every file anew is for, and begin if it is wanted."""
        if self.strip.is_running:
            return
        dialog = self.ask(title=say.RESEAL_TITLE, intro=say.RESEAL_INTRO, act=say.RESEAL_BEGIN)
        dialog.add(PlainLabel(say.RESEAL_BACKUPS, role="strong", wraps=True))

        def give() -> None:
            dialog.accept()
            self.strip.begin(self.keeping.reseal, then=self._resealed, otherwise=self.refuse)

        dialog.on_give(give)
        dialog.open()

    # -- what acts share

    _lines: tuple[SlotLine, ...] = ()

    def _new_key(self, dialog: AskingDialog, kinds: tuple[KeyKind, ...]) -> NewKeyFields:
        fields = NewKeyFields(
            kinds,
            recovery=self.keeping.new_recovery_code(),
            save=self.keeping.write_sheet,
            lane=self._seat.lanes.acting,
        )
        fields.lock_wanted.connect(dialog.lock_wanted)
        fields.resized.connect(dialog.fit)
        fields.returned.connect(dialog.give)
        dialog.add(fields)
        return fields

    def _do(self, dialog: AskingDialog, work: partial[None], sentence: str) -> None:
        def told(_nothing: None) -> None:
            dialog.conclude(f"✓ {sentence}")
            self._changed(None)

        dialog.work(self._seat.lanes.acting, work, then=told, waiting=say.WAIT_FOR_KEY)

    def _resealed(self, done: ResealDone) -> None:
        told = say.resealed(done.files, figures.size(done.size), done.damaged)
        self.strip.tell(told, "grave" if done.damaged else "lightest")
        self._changed(None)

    def _changed(self, _answer: object) -> None:
        self.refresh()
        self.changed.emit(Changes.AUDIT)

    def _show(self, lines: tuple[SlotLine, ...]) -> None:
        self._lines = lines
        self.list.show_rows(lines, same=lambda one, other: one.name == other.name)

    def _offer(self) -> None:
        line = self.list.chosen()
        is_reachable = line is not None and (line.is_mine or self.may(Role.ADMINISTRATOR))
        for made in self._on_row:
            made.setEnabled(is_reachable)


_NOT_OPENED = (say.DOES_NOT_OPEN, "gravest")


def _key_for(dialog: AskingDialog, line: SlotLine) -> KeyAnswer:
    answer = KeyAnswer(line.kind)
    answer.lock_wanted.connect(dialog.lock_wanted)
    dialog.add(answer)
    return answer


def _taken(dialog: AskingDialog, answer: KeyAnswer, line: SlotLine) -> Key | None:
    key = answer.take(slot=line.name)
    if key is None:
        dialog.complain(answer.needs(), answer)
    return key
