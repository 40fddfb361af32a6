"""Making a vault, step by step: where and for what, its passphrase, its recovery code, done.

Rules:
1. Nothing is made before the last step, and what is made is whole or not there.
2. A recovery code is shown once and typed back; going on without one is an act of its own.
3. Whatever was typed is in no field any more when the vault is made.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from cport_desktop.domain.nature import Nature
from cport_desktop.ui.foundry import Founding, Foundry, Hazard
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.views.steps import Step, StepsView, column_of
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.new_key import NewPassphrase
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.recovery_sheet import RecoverySheet
from cport_desktop.words import keys_window as say
from cport_desktop.words import restoring
from cport_desktop.words.founding_help import FOUNDING

_WHERE, _PASSPHRASE, _RECOVERY, _MADE = range(4)


class FoundingView(StepsView):
    """A vault that is new. The other way is to restore a backup."""

    def __init__(self, foundry: Foundry, lane: Lane, *, directory: Path | None) -> None:
        super().__init__(
            lane, title=say.CREATE_TITLE, other_way=restoring.INSTEAD, help_text=FOUNDING
        )
        self._foundry = foundry
        self._code = foundry.new_recovery_code()
        self._warned_of: Path | None = None
        self._passphrase = ""
        self.folder = PathField(say.CREATE_FOLDER, say.CREATE_FOLDER_PLACEHOLDER, Choosing.FOLDER)
        if directory is not None:
            self.folder.field.setText(str(directory))
        self.live = QRadioButton(say.LIVE)
        self.demo = QRadioButton(say.DEMO)
        self.analyst = text_field(say.CREATE_ANALYST, say.CREATE_ANALYST_PLACEHOLDER)
        self.passphrase = NewPassphrase()
        self.sheet = RecoverySheet(self._code, save=self._save_sheet, lane=lane)
        self._hazards = PlainLabel(tone="grave", wraps=True)
        self._hazards.hide()
        self.folder.returned.connect(self.go_on)
        self.analyst.returnPressed.connect(self.go_on)
        self.passphrase.returned.connect(self.go_on)
        self.sheet.returned.connect(self.go_on)
        self.sheet.resized.connect(self.fit)
        self.begin(
            (
                Step(say.CREATE_WHERE, self._where(), self.folder),
                Step(say.CREATE_PASSPHRASE, self._secret(), self.passphrase),
                Step(say.CREATE_RECOVERY, self._recovery(), self.sheet),
                Step(say.CREATE_MAKE, self._done(), None, say.OPEN_IT),
            )
        )

    def take(self, step: int) -> None:
        if step == _WHERE:
            self._check_place()
        elif step == _PASSPHRASE:
            fault = self.passphrase.fault()
            if fault:
                self.complain(fault, self.passphrase)
            else:
                self._passphrase = self.passphrase.take()
                self.show_step(_RECOVERY)
        elif step == _RECOVERY:
            missing = self.sheet.fault()
            if missing is None:
                self._found(self._code)
            else:
                self.complain(*missing)
        else:
            self.made.emit(self._path())

    def go_without(self) -> None:
        """Make the vault without a recovery slot, as the person expressly wants."""
        if not self.is_busy and self.step == _RECOVERY:
            self._found(None)

    # -- the place

    def _path(self) -> Path:
        return self.folder.path() or Path()

    def _check_place(self) -> None:
        path = self.folder.path()
        self._hazards.hide()
        if path is None:
            self.complain(say.NEEDS_FOLDER, self.folder)
        elif not self.analyst.text().strip():
            self.complain(say.NEEDS_ANALYST, self.analyst)
        else:
            look = partial(_looked_at, self._foundry, path)
            self.work(look, then=partial(self._place_known, path))

    def _place_known(self, path: Path, hazards: tuple[Hazard, ...]) -> None:
        is_known = self._warned_of == path
        self._warned_of = path
        self._hazards.say("\n".join(f"◆ {each.words} {each.advice}" for each in hazards))
        self._hazards.setVisible(bool(hazards))
        if hazards and not is_known:
            self.tell(say.GO_ON_ALL_THE_SAME)
            return
        self.show_step(_PASSPHRASE)

    def _save_sheet(self, path: Path, code: str) -> None:
        self._foundry.write_sheet(path, self._path(), self.analyst.text().strip(), code)

    # -- making

    def _found(self, recovery: str | None) -> None:
        order = Founding(
            directory=self._path(),
            nature=Nature.DEMO if self.demo.isChecked() else Nature.LIVE,
            analyst=self.analyst.text().strip(),
            passphrase=self._passphrase,
            recovery=recovery,
        )
        self.tell(say.CREATE_MAKING)
        self.work(partial(self._foundry.found, order), then=self._is_made)

    def _is_made(self, _nothing: None) -> None:
        self._passphrase = ""
        self._code = ""
        self.show_step(_MADE)

    # -- laying out

    def _where(self) -> QWidget:
        self.live.setChecked(True)
        for radio in (self.live, self.demo):
            radio.setAccessibleName(radio.text())
        return column_of(
            PlainLabel(say.CREATE_WHERE_INTRO, role="muted", wraps=True),
            section(say.CREATE_FOLDER),
            self.folder,
            self._hazards,
            section(say.CREATE_NATURE),
            self.live,
            self.demo,
            PlainLabel(say.NATURE_FOR_EVER, role="caption", wraps=True),
            section(say.CREATE_ANALYST),
            self.analyst,
            PlainLabel(say.CREATE_ANALYST_INTRO, role="caption", wraps=True),
        )

    def _secret(self) -> QWidget:
        return column_of(
            PlainLabel(say.CREATE_FIRST_WAY, role="muted", wraps=True), self.passphrase
        )

    def _recovery(self) -> QWidget:
        without = button(say.NO_RECOVERY, self.go_without, kind="quiet")
        row = QHBoxLayout()
        row.addWidget(without)
        row.addStretch()
        page = column_of(
            self.sheet, PlainLabel(say.NO_RECOVERY_WARNING, role="caption", wraps=True)
        )
        layout = page.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(layout.count() - 1, row)
        return page

    def _done(self) -> QWidget:
        return column_of(
            PlainLabel(f"✓ {say.CREATE_DONE}", role="heading", tone="lightest", wraps=True),
            PlainLabel(say.CREATE_AFTER, role="muted", wraps=True),
        )


def _looked_at(foundry: Foundry, path: Path) -> tuple[Hazard, ...]:
    """What speaks against the place; raises where no vault can be made."""
    foundry.require_free(path)
    return foundry.hazards(path)
