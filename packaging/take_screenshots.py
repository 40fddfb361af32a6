"""Pictures of the window for the documentation, from a demo vault that lies ready.

    cport demo --headless --reports 2000 --keep DIR
    xvfb-run -a -s "-screen 0 1366x768x24" python packaging/take_screenshots.py DIR [docs]

Writes window-dark.png, window-light.png, media-dark.png, vault-dark.png and exchange-dark.png. A demo
vault only: nothing else is ever pictured. For the picture of the exchange a bundle is carried out
into DIR.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage

from cport_desktop.bootstrap import furnish, harden_process
from cport_desktop.domain.nature import Nature
from cport_desktop.settings import Settings
from cport_desktop.ui import app
from cport_desktop.ui.main_window import EXCHANGE, MEDIA, REPORTS, VAULT, MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.renewal import Remains
from cport_desktop.ui.shell import Frame, Shell
from cport_desktop.ui.theme import DARK, LIGHT
from cport_desktop.ui.views.courier_steps import CarryOutView

LONGEST_WAIT = 60.0
"""Seconds; a picture that is not ready by then never will be."""
QUERY = "has:media host:NL"


class Stays:
    """A window that is pictured never locks, so that no other process follows this one."""

    def again(self, remains: Remains) -> None:
        raise SystemExit(f"locked: {remains.why.value}")

    def end(self) -> None:
        raise SystemExit("the vault did not close")


def take(demo: Path, documents: Path) -> None:
    """The pictures, in the folder `documents`."""
    workstation = furnish(Settings(marks=demo / "marks"))
    application = app.prepare(workstation.settings.resources)
    desk = make_desk(workstation, demo / "vault", Nature.DEMO)
    styles = workstation.settings.resources / "styles"
    shell = Shell(desk, Frame(theme=DARK, styles=styles, renewal=Stays()))
    shell.show()
    shell.open((demo / "passphrase.txt").read_text(encoding="utf-8").strip())
    until(lambda: shell.main is not None)
    main = shell.main
    if main is None:
        raise SystemExit("the demo vault did not open")
    shell.wear(DARK)  # A demo vault that was opened before remembers how it looked.
    show_reports(main)
    picture(shell, documents / "window-dark.png")
    show_media(main)
    picture(shell, documents / "media-dark.png")
    show_vault(main)
    picture(shell, documents / "vault-dark.png")
    show_exchange(main, demo / "pictured.bundle")
    picture(shell, documents / "exchange-dark.png")
    shell.wear(LIGHT)
    show_reports(main)
    picture(shell, documents / "window-light.png")
    shell.close()
    until(lambda: not shell.isVisible())
    application.quit()


def show_reports(main: MainWindow) -> None:
    main.show_page(REPORTS)
    until(lambda: not main.reports.is_empty)
    main.reports.search(QUERY)
    until(lambda: main.reports.query_text == QUERY and main.reports.found > 0)
    wait(1.0)
    main.reports.table.choose(3)
    wanted = main.reports.model.row(3).report_id
    until(lambda: main.reports.pane.report_id == wanted)
    main.reports.table.setFocus()


def show_media(main: MainWindow) -> None:
    main.show_page(MEDIA)
    until(lambda: not main.media.is_empty)
    main.media.grid.choose(1)
    wanted = main.media.model.item(1).media_id
    until(lambda: main.media.pane.media_id == wanted)
    main.media.grid.setFocus()


def show_vault(main: MainWindow) -> None:
    main.show_page(VAULT)
    until(lambda: not main.vault.health.list.is_empty)
    main.vault.health.list.table.choose(1)
    main.vault.health.list.table.setFocus()


def show_exchange(main: MainWindow, bundle: Path) -> None:
    """The history, with a bundle that went out just now."""
    bundle.unlink(missing_ok=True)
    main.show_page(EXCHANGE)
    stick = main.exchanges.stick
    main.exchanges.show_part(stick.title)
    stick.carry_out()
    steps = stick.steps
    if not isinstance(steps, CarryOutView):
        raise SystemExit("no bundle can be carried out")
    steps.file.field.setText(str(bundle))
    steps.go_on()
    until(lambda: steps.step == 1)
    steps.go_on()
    main.exchanges.show_part(main.exchanges.history.title)
    until(lambda: len(main.exchanges.history.list.rows()) > 2)
    main.exchanges.history.list.table.choose(1)
    main.exchanges.history.list.table.setFocus()


def picture(shell: Shell, path: Path) -> None:
    wait(0.8)
    if not with_few_colours(shell.grab().toImage()).save(str(path)):
        raise SystemExit(f"{path} could not be written")
    print(path)


def with_few_colours(image: QImage) -> QImage:
    """The picture in 256 colours, a third of the bytes: of colours that look alike the most
    frequent one, so that no rare accent is lost to shades of the ground.
    """
    exact = image.convertToFormat(QImage.Format.Format_RGB32)
    alike: dict[int, int] = {}
    counted = Counter(memoryview(exact.constBits()).cast("I"))
    for colour, _ in counted.most_common():
        alike.setdefault(colour & 0xF0F0F0, colour)
    table = list(alike.values())[:256]
    table += [colour for colour, _ in counted.most_common(256)][: 256 - len(table)]
    return exact.convertToFormat(
        QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither
    )


def until(is_so: Callable[[], bool]) -> None:
    """Let the window live until `is_so`, or give up."""
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > LONGEST_WAIT:
            raise SystemExit("the window did not get ready")
        wait(0.05)


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    harden_process()
    pictures = Path(sys.argv[2] if len(sys.argv) > 2 else "docs")
    pictures.mkdir(parents=True, exist_ok=True)
    take(Path(sys.argv[1]), pictures)
