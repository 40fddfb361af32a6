"""Restoring a backup, step by step: which and where to, what opens it, done.

Rules:
1. The folder holds a whole vault, checked to its last byte, or nothing of it.
2. What was typed is in no field any more when the restore begins.
3. A stop, the window's closing included, is heeded at the next safe point.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.foundry import Foundry, Hazard, RestoreDone, Restoring
from cport_desktop.ui.keys import DoorSlot
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.views.steps import Step, StepsView, column_of
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, paths_field, paths_in
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.key_choice import KeyChoice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import keeping
from cport_desktop.words import restoring as say
from cport_desktop.words.founding_help import RESTORING

_WHICH, _KEY, _DONE = range(3)


class RestoringView(StepsView):
    """A vault out of a backup. The other way is to make a new one."""

    def __init__(self, foundry: Foundry, lane: Lane, *, directory: Path | None) -> None:
        super().__init__(lane, title=say.TITLE, other_way=say.MAKE_INSTEAD, help_text=RESTORING)
        self._foundry = foundry
        self._warned_of: Path | None = None
        self._is_leaving = False
        self.file = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.FILE)
        self.bases = paths_field(say.BASES)
        self.folder = PathField(say.FOLDER, say.FOLDER_PLACEHOLDER, Choosing.FOLDER)
        if directory is not None:
            self.folder.field.setText(str(directory))
        self._hazards = PlainLabel(tone="grave", wraps=True)
        self._hazards.hide()
        self.key = KeyChoice(())
        self._hint = PlainLabel(role="caption", wraps=True)
        self.registers = paths_field(say.REGISTERS)
        self._outcome = PlainLabel(role="heading", tone="lightest", wraps=True)
        self._more = PlainLabel(role="muted", wraps=True, can_be_copied=True)
        self._findings = PlainLabel(tone="gravest", wraps=True, can_be_copied=True)
        self.strip = WorkStrip(say.TITLE, lane, foundry.clock)
        self.add_beneath(self.strip)
        self.file.returned.connect(self.go_on)
        self.folder.returned.connect(self.go_on)
        self.key.given.connect(self.go_on)
        self.key.resized.connect(self.fit)
        self.key.turned.connect(self._show_hint)
        self.begin(self._make_steps())

    def take(self, step: int) -> None:
        if step == _WHICH:
            self._look()
        elif step == _KEY:
            self._restore()
        else:
            self.made.emit(self._folder())

    def wind_down(self) -> None:
        self._is_leaving = True
        self.strip.stop()

    # -- which and where to

    def _folder(self) -> Path:
        return self.folder.path() or Path()

    def _look(self) -> None:
        file, folder = self.file.path(), self.folder.path()
        self._hazards.hide()
        if file is None:
            self.complain(say.NEEDS_FILE, self.file)
        elif folder is None:
            self.complain(say.NEEDS_FOLDER, self.folder)
        else:
            look = partial(_looked_at, self._foundry, file, folder)
            self.work(look, then=partial(self._known, folder))

    def _known(self, folder: Path, found: tuple[tuple[DoorSlot, ...], tuple[Hazard, ...]]) -> None:
        slots, hazards = found
        is_known = self._warned_of == folder
        self._warned_of = folder
        self._hazards.say("\n".join(f"◆ {each.words} {each.advice}" for each in hazards))
        self._hazards.setVisible(bool(hazards))
        if hazards and not is_known:
            self.tell(say.SAME_FOLDER)
            return
        self.key.offer(slots)
        self._show_hint()
        self.show_step(_KEY)

    # -- restoring

    def _restore(self) -> None:
        key, file = self.key.take(), self.file.path()
        if key is None or file is None:
            self.complain(self.key.needs(), self.key)
            return
        order = Restoring(file, paths_in(self.bases), self._folder(), key, paths_in(self.registers))
        self.show_busy(is_busy=True)
        self.strip.begin(
            partial(self._foundry.restore, order),
            then=self._restored,
            otherwise=self.refuse,
            stopped=self._stopped,
        )
        self.fit()

    def _restored(self, done: RestoreDone) -> None:
        self.show_busy(is_busy=False)
        made_at = figures.moment_in_prose(done.made_at)
        self._outcome.say(say.restored(made_at, figures.size(done.size), done.blobs))
        again = say.erased_again(done.erased_again)
        self._more.say("\n".join(part for part in (again, keeping.RESTORED) if part))
        self._findings.say(say.findings(done.findings) if done.findings else "")
        self._findings.setVisible(bool(done.findings))
        self.show_step(_DONE)
        self._leave_if_wanted()

    def _stopped(self) -> None:
        self.show_busy(is_busy=False)
        self.strip.tell("")
        self.tell(say.STOPPED)
        self._leave_if_wanted()

    def refuse(self, error: CportError) -> None:
        super().refuse(error)
        self._leave_if_wanted()

    def _leave_if_wanted(self) -> None:
        if self._is_leaving:
            self.left.emit()

    # -- laying out

    def _show_hint(self) -> None:
        self._hint.say(self.key.hint())
        self.fit()

    def _make_steps(self) -> tuple[Step, ...]:
        which = column_of(
            PlainLabel(say.INTRO, role="muted", wraps=True),
            section(say.FILE),
            self.file,
            section(say.BASES),
            self.bases,
            PlainLabel(say.BASES_HINT, role="caption", wraps=True),
            section(say.FOLDER),
            self.folder,
            self._hazards,
        )
        key = column_of(
            PlainLabel(say.KEY_INTRO, role="muted", wraps=True),
            self.key,
            self._hint,
            section(say.REGISTERS),
            self.registers,
            PlainLabel(say.REGISTERS_HINT, role="caption", wraps=True),
        )
        done = column_of(self._outcome, self._more, self._findings)
        return (
            Step(say.WHICH, which, self.file),
            Step(say.KEY, key, self.key, say.BEGIN),
            Step(say.DONE, done, None, say.OPEN_IT),
        )


def _looked_at(
    foundry: Foundry, file: Path, folder: Path
) -> tuple[tuple[DoorSlot, ...], tuple[Hazard, ...]]:
    """The slots of the backup's time and what speaks against the place; raises where nothing can
    be restored.
    """
    foundry.require_room(folder)
    return foundry.slots_of_backup(file), foundry.hazards(folder)
