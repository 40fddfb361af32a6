"""Making a vault, step by step: where and for what, its passphrase, its recovery code, done.

Rules:
1. Nothing is made before the last step, and what is made is whole or not there.
2. A recovery code is shown once and typed back; going on without one is an act of its own.
3. Whatever was typed is in no field any more when the vault is made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.domain.nature import Nature
from cport_desktop.errors import CportError
from cport_desktop.ui.foundry import Founding, Foundry, Hazard
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.widgets.controls import bind_key, button, fit_height, panel
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.new_key import NewPassphrase
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.recovery_sheet import RecoverySheet
from cport_desktop.words import keys_window as say
from cport_desktop.words import window as words

Answer = TypeVar("Answer")
_WIDTH = 600
_WHERE, _PASSPHRASE, _RECOVERY, _MADE = range(4)


class FoundingView(QWidget):
    """One step at a time.

    Signals:
        made(object): the vault is made in this `Path`, and the person wants to open it.
        left(): the person wants no vault.
    """

    made = Signal(object)
    left = Signal()

    def __init__(self, foundry: Foundry, lane: Lane, *, directory: Path | None) -> None:
        super().__init__()
        self._foundry = foundry
        self._lane = lane
        self._code = foundry.new_recovery_code()
        self._warned_of: Path | None = None
        self._passphrase = ""
        self.is_busy = False
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
        self._told = PlainLabel(role="muted", wraps=True)
        self._notice = Notice()
        self._bar = QProgressBar()
        self._steps = QWidget()
        self._pages: tuple[QWidget, ...] = ()
        self._step = _WHERE
        self._title = PlainLabel(role="muted")
        self._next = button(say.NEXT, self.go_on, kind="primary", key="Ctrl+Enter")
        self._back = button(say.BACK, self.go_back, key="Esc")
        self._leave = button(say.CANCEL, self.left.emit, key="Esc")
        self._lay_out()
        self._connect()
        self._show(_WHERE)

    @property
    def step(self) -> int:
        return self._step

    def told(self) -> str:
        """What it says beneath the step."""
        return self._told.text()

    def go_back(self) -> None:
        """The step before; what was typed there stays, but for secrets."""
        if not self.is_busy and _WHERE < self.step < _MADE:
            self._show(self.step - 1)

    def go_on(self) -> None:
        """The next step, if this one is complete."""
        self._notice.dismiss()
        self._tell("")
        if self.is_busy:
            return
        if self.step == _WHERE:
            self._check_place()
        elif self.step == _PASSPHRASE:
            fault = self.passphrase.fault()
            if fault:
                self._complain(fault, self.passphrase)
            else:
                self._passphrase = self.passphrase.take()
                self._show(_RECOVERY)
        elif self.step == _RECOVERY:
            missing = self.sheet.fault()
            if missing is None:
                self._found(self._code)
            else:
                self._complain(*missing)
        else:
            self.made.emit(self._path())

    def go_without(self) -> None:
        """Make the vault without a recovery slot, as the person expressly wants."""
        if not self.is_busy and self.step == _RECOVERY:
            self._found(None)

    def tell_bug(self, reference: str) -> None:
        """A condition that the program does not know."""
        self._show_busy(is_busy=False)
        self._notice.tell_bug(reference)

    # -- the place

    def _path(self) -> Path:
        return self.folder.path() or Path()

    def _check_place(self) -> None:
        path = self.folder.path()
        self._hazards.hide()
        if path is None:
            self._complain(say.NEEDS_FOLDER, self.folder)
        elif not self.analyst.text().strip():
            self._complain(say.NEEDS_ANALYST, self.analyst)
        else:
            self._work(
                partial(_looked_at, self._foundry, path), then=partial(self._place_known, path)
            )

    def _place_known(self, path: Path, hazards: tuple[Hazard, ...]) -> None:
        is_known = self._warned_of == path
        self._warned_of = path
        self._hazards.say("\n".join(f"◆ {each.words} {each.advice}" for each in hazards))
        self._hazards.setVisible(bool(hazards))
        if hazards and not is_known:
            self._tell(say.GO_ON_ALL_THE_SAME)
            return
        self._show(_PASSPHRASE)

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
        self._tell(say.CREATE_MAKING)
        self._work(partial(self._foundry.found, order), then=self._is_made)

    def _is_made(self, _nothing: None) -> None:
        self._passphrase = ""
        self._code = ""
        self._show(_MADE)

    def _work(self, work: Callable[[], Answer], *, then: Callable[[Answer], None]) -> None:
        self._show_busy(is_busy=True)

        def finished(answer: Answer) -> None:
            self._show_busy(is_busy=False)
            then(answer)

        self._lane.ask(self, work, then=finished, otherwise=self._refuse)

    def _refuse(self, error: CportError) -> None:
        self._show_busy(is_busy=False)
        self._tell("")
        self._notice.tell(error)

    def _show_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        self._steps.setEnabled(not is_busy)
        for made in (self._next, self._back, self._leave):
            made.setEnabled(not is_busy)
        self._bar.setVisible(is_busy)
        fit_height(self._card)

    # -- laying out

    def _show(self, step: int) -> None:
        self._step = step
        for place, page in enumerate(self._pages):
            page.setVisible(place == step)
        self._tell("")
        self._title.say(say.step_of(step + 1, say.CREATE_STEPS[step]))
        self._back.setVisible(_WHERE < step < _MADE)
        self._leave.setVisible(step < _MADE)
        # Escape goes back one step; only from the first one it leaves.
        is_first = step == _WHERE
        self._leave.setText(words.key_named(say.CANCEL, "Esc") if is_first else say.CANCEL)
        label = say.OPEN_IT if step == _MADE else say.NEXT
        self._next.setText(words.key_named(label, "Ctrl+Enter"))
        self._next.setAccessibleName(words.accessible_with_key(label, "Ctrl+Enter"))
        first = (self.folder, self.passphrase, self.sheet, self._next)[step]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complain(self, sentence: str, field: QWidget) -> None:
        self._tell(sentence, "grave")
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, sentence: str, tone: str | None = None) -> None:
        self._told.say(sentence)
        self._told.set_tone(tone)
        self._told.setVisible(bool(sentence))
        fit_height(self._card)

    def _connect(self) -> None:
        self.folder.returned.connect(self.go_on)
        self.analyst.returnPressed.connect(self.go_on)
        self.passphrase.returned.connect(self.go_on)
        self.sheet.returned.connect(self.go_on)
        self.sheet.resized.connect(lambda: fit_height(self._card))
        self._notice.shown.connect(lambda _shown: fit_height(self._card))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(keys, self, self.go_on, everywhere=True)
        bind_key("Escape", self, self._escape, everywhere=True)

    def _escape(self) -> None:
        if self.is_busy or self.step == _MADE:
            return
        if self.step == _WHERE:
            self.left.emit()
        else:
            self.go_back()

    def _lay_out(self) -> None:
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say.CREATE_MAKING)
        self._bar.hide()
        self._told.hide()
        self._pages = (self._where(), self._secret(), self._recovery(), self._done())
        inside = QVBoxLayout(self._steps)
        inside.setContentsMargins(0, 0, 0, 0)
        for page in self._pages:
            inside.addWidget(page)
        foot = QHBoxLayout()
        foot.addWidget(self._leave)
        foot.addStretch()
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        column = QVBoxLayout()
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(10)
        column.addWidget(PlainLabel(say.CREATE_TITLE, role="title"))
        column.addWidget(self._title)
        column.addSpacing(4)
        column.addWidget(self._steps)
        column.addWidget(self._notice)
        column.addWidget(self._told)
        column.addWidget(self._bar)
        column.addLayout(foot)
        self._card = card = panel(column)
        card.setFixedWidth(_WIDTH)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)

    def _where(self) -> QWidget:
        self.live.setChecked(True)
        for radio in (self.live, self.demo):
            radio.setAccessibleName(radio.text())
        return _column(
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
        return _column(PlainLabel(say.CREATE_FIRST_WAY, role="muted", wraps=True), self.passphrase)

    def _recovery(self) -> QWidget:
        without = button(say.NO_RECOVERY, self.go_without, kind="quiet")
        row = QHBoxLayout()
        row.addWidget(without)
        row.addStretch()
        page = _column(self.sheet, PlainLabel(say.NO_RECOVERY_WARNING, role="caption", wraps=True))
        layout = page.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(layout.count() - 1, row)
        return page

    def _done(self) -> QWidget:
        return _column(
            PlainLabel(f"✓ {say.CREATE_DONE}", role="heading", tone="lightest", wraps=True),
            PlainLabel(say.CREATE_AFTER, role="muted", wraps=True),
        )


def _column(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    return page


def _looked_at(foundry: Foundry, path: Path) -> tuple[Hazard, ...]:
    """What speaks against the place; raises where no vault can be made."""
    foundry.require_free(path)
    return foundry.hazards(path)
