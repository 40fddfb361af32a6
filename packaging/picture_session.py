"""The window over a demo vault, from scene to scene, in the language that this process speaks."""

from __future__ import annotations

import os
from pathlib import Path

from picture_scenes import close_dialogs, dialogs_over, scenes
from picture_story import VAULT
from picture_taking import picture, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cport_desktop.bootstrap import furnish, harden_process
from cport_desktop.domain.nature import Nature
from cport_desktop.settings import Settings, marks_folder
from cport_desktop.ui import app
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.renewal import Remains
from cport_desktop.ui.shell import USUAL, Frame, Shell
from cport_desktop.ui.theme import DARK, THEMES


class Stays:
    """A window that is pictured never locks, so that no other process follows this one."""

    def again(self, remains: Remains) -> None:
        raise SystemExit(f"locked: {remains.why.value}")

    def end(self) -> None:
        raise SystemExit("the vault did not close")


def take(made: Path, pictures: Path, language: str, wanted: list[str]) -> None:
    """Every scene, or those that are `wanted`, of `made`/demo in every theme."""
    harden_process()
    made, pictures = made.resolve(), pictures.resolve()
    demo = made / "demo"
    os.chdir(demo)  # Files in dialogs are named as they lie there.
    marks = marks_folder({"XDG_STATE_HOME": str(made / "state")})
    workstation = furnish(Settings(marks=marks))
    application = app.prepare(workstation.settings.resources)
    application.setCursorFlashTime(0)
    desk = make_desk(workstation, demo / VAULT, Nature.DEMO)
    styles = workstation.settings.resources / "styles"
    shell = Shell(
        desk, Frame(theme=DARK, styles=styles, renewal=Stays(), lock_after_seconds=86_400)
    )
    shell.resize(*USUAL)
    shell.show()
    shell.activateWindow()
    if not wanted or "door" in wanted:
        _in_every_theme(shell, "door", pictures, language)
    shell.open((demo / "passphrase.txt").read_text(encoding="utf-8").strip())
    until(lambda: shell.main is not None)
    if shell.main is None:
        raise SystemExit("the demo vault did not open")
    for scene in scenes(shell.main):
        if wanted and scene.name not in wanted:
            continue
        shell.wear(DARK)
        QTest.keyClick(shell, Qt.Key.Key_Shift)  # Somebody is there: a window left alone locks.
        scene.arrange(shell.main)
        _in_every_theme(shell, scene.name, pictures, language)
        close_dialogs(shell)
    _close(shell, application)


def _in_every_theme(shell: Shell, name: str, pictures: Path, language: str) -> None:
    for theme in THEMES:
        shell.wear(theme)
        file = f"{name}-{theme.name.replace(' ', '-')}-{language}.png"
        picture(shell, dialogs_over(shell), pictures / file)


def _close(shell: Shell, application: QApplication) -> None:
    shell.close()
    until(lambda: not shell.isVisible())
    application.quit()
