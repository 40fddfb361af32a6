"""What nobody should type, paste, keep or plug out, and somebody does: over a real vault. Each is answered in a
sentence where it was done, and nothing that was typed is lost.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.clock import SystemClock
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.kept_text import LONGEST_NOTE
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.query_lexer import MOST_LEVELS
from cport_desktop.domain.saved_search import SearchTerms
from cport_desktop.domain.table import TableSubject, WrittenTable
from cport_desktop.errors import OutputUnwritable
from cport_desktop.settings import Settings
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.tabling import TableWish
from cport_desktop.ui.views.export_dialog import Exportable, ExportDialog
from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.ui.widgets.counted_row import CountedRow
from cport_desktop.usecases import saved_searches
from cport_desktop.vault.vault import Vault
from cport_desktop.words import queries as query_words
from cport_desktop.words import searches as search_words
from cport_desktop.words.errors import explain
from tests.builders import make_vault, reopened
from tests.report_builders import a_report, new, the_taxonomy
from tests.ui.conftest import LONG, opened_on
from tests.ui.real_seat import a_real_seat
from tests.ui.test_search_shelf import names, press, shelf_of
from tests.ui.test_window import words_on
from tests.usecases.agreeing import bind
from tests.usecases.test_saved_searches import spoil
from tests.vault.erasing import apply

NOVEL = "Once there was a harbour. " * 40_000
TEN_THOUSAND = " ".join(["word"] * 10_000)
HUNDRED_LEVELS = "(" * 100 + "word" + ")" * 100
REPORTS = 3
ROOT = Path(__file__).resolve().parents[2]


def keep(vault: Vault, name: str, text: str) -> None:
    terms = SearchTerms(name, text)
    saved_searches.save_search(
        vault, terms, is_units=False, replaces=False, taxonomy=the_taxonomy(), new_id=uuid4()
    )


def arrange(vault: Vault) -> None:
    """Some reports, and a pinned search of a version that knew another field."""
    apply(vault, *(new(a_report(number)) for number in range(1, REPORTS + 1)))
    keep(vault, "Old", "host:NL")
    saved_searches.pin_search(vault, "Old", 1)
    (search,) = saved_searches.list_searches(vault)
    spoil(vault, search, "gone-field:1 host:NL")


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    folder = make_vault(tmp_path / "vault", clock=SystemClock())
    with reopened(folder, clock=SystemClock()) as vault:
        arrange(vault)
    desk = make_desk(furnish(Settings(marks=tmp_path / "marks")), folder, Nature.DEMO)
    with opened_on(desk, qtbot) as opened:
        qtbot.waitUntil(lambda: not opened.reports.is_empty, timeout=LONG)
        yield opened


def paste(line: QueryLine, text: str) -> None:
    """`text` instead of what the line says, asked at once."""
    QGuiApplication.clipboard().setText(text)
    line.setFocus()
    line.field.selectAll()
    line.field.paste()
    QTest.keyClick(line.field, Qt.Key.Key_Return)


def _says(line: QueryLine, words: str) -> bool:
    return words in line.wrong_words()


def is_sentence(words: str) -> bool:
    return words[:1].isupper() and ". " in f"{words} " and len(words) < 400


# -- in the line and in the builder


def test_in_the_line(window: MainWindow, qtbot: QtBot) -> None:
    line = window.reports.query
    for text, said in (
        (NOVEL, "too long"),
        (TEN_THOUSAND, "too long"),
        (HUNDRED_LEVELS, "levels"),
    ):
        paste(line, text)
        qtbot.waitUntil(partial(_says, line, said), timeout=LONG)
        assert is_sentence(line.wrong_words())
        assert line.text() == text
        assert window.stand().reports.query.text == text
        assert window.reports.model.rowCount() == REPORTS, "what was found before stands there"
        paste(line, "host:NL")
        qtbot.waitUntil(lambda: line.wrong_words() == "", timeout=LONG)
        QTest.keyClick(line.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert line.text() == text


def test_beside_the_builder(window: MainWindow, qtbot: QtBot) -> None:
    line = window.reports.query
    line.set_text("host:NL")
    line.turn_builder()
    assert line.builder is not None
    before = [row.row for row in line.builder.rows()]
    for text in (NOVEL, TEN_THOUSAND, HUNDRED_LEVELS):
        paste(line, text)
        assert line.builder.told() == query_words.LINE_ERRS
        assert [row.row for row in line.builder.rows()] == before
        qtbot.waitUntil(lambda: bool(line.wrong_words()), timeout=LONG)
        assert line.text() == text


def test_more_levels_are_built_than_can_be_asked(window: MainWindow, qtbot: QtBot) -> None:
    line = window.reports.query
    line.turn_builder()
    assert line.builder is not None
    line.builder.add_condition()
    for level in range(MOST_LEVELS + 5):
        field = line.builder.rows()[level].values.findChildren(QLineEdit)[0]
        QTest.keyClicks(field, f"w{level}")
        line.builder.add_group((1,) * level)
    built = len(line.builder.rows())
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "levels" in line.wrong_words(), timeout=LONG)
    assert is_sentence(line.wrong_words())
    assert line.text().count("(") >= MOST_LEVELS
    assert len(line.builder.rows()) == built


# -- kept searches


def test_from_a_file_of_searches(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    line = window.reports.query
    line.turn_shelf()
    shelf = shelf_of(line)

    def read(*texts: str) -> None:
        told = [
            {"name": f"From a file {at}", "subject": "reports", "query": text, "sort": "-received"}
            for at, text in enumerate(texts)
        ]
        path = tmp_path / f"{len(told)}.json"
        whole = {"format": "cport-saved-searches", "version": 1, "searches": told}
        path.write_text(json.dumps(whole))
        shelf.file.field.setText(str(path))
        press(shelf, search_words.READ_FILE)

    read("host:NL", TEN_THOUSAND)
    qtbot.waitUntil(lambda: "8000" in words_on(shelf), timeout=LONG)
    assert names(shelf) == ["Old"]
    assert shelf.file.field.text()
    read(HUNDRED_LEVELS)
    qtbot.waitUntil(lambda: len(names(shelf)) == 2, timeout=LONG)
    assert "cannot be read here: 1" in shelf.told()
    shelf.list.table.choose(names(shelf).index("From a file 0"))
    press(shelf, search_words.RUN)
    qtbot.waitUntil(lambda: "levels" in line.wrong_words(), timeout=LONG)
    assert line.text() == HUNDRED_LEVELS


def test_one_whose_field_is_gone_is_told_on_the_rail_and_the_overview_opened_and_mended(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.pinned.refresh()
    (pinned,) = window.pinned.buttons
    qtbot.waitUntil(lambda: pinned.counter() == "!", timeout=LONG)
    assert search_words.NOT_UNDERSTOOD in pinned.accessibleName()
    assert "mend the line" in pinned.toolTip()

    window.overview.refresh()

    def rows() -> list[str]:
        found = window.overview.searches.findChildren(QPushButton)
        return [each.accessibleName() for each in found]

    qtbot.waitUntil(lambda: any(search_words.NOT_UNDERSTOOD in row for row in rows()), timeout=LONG)
    tips = [row.toolTip() for row in window.overview.searches.findChildren(CountedRow)]
    assert any("mend the line" in tip for tip in tips)
    line = window.reports.query
    pinned.click()
    qtbot.waitUntil(lambda: "gone-field" in line.wrong_words(), timeout=LONG)
    assert is_sentence(line.wrong_words())
    assert line.text() == "gone-field:1 host:NL"

    paste(line, "host:NL")
    qtbot.waitUntil(lambda: line.wrong_words() == "", timeout=LONG)
    line.turn_shelf()
    shelf = shelf_of(line)
    shelf.name.setText("Old")
    press(shelf, search_words.KEEP)
    qtbot.waitUntil(shelf.replace.isVisible, timeout=LONG)
    press(shelf, search_words.REPLACE)
    qtbot.waitUntil(
        lambda: [each.counter() for each in window.pinned.buttons] == [""], timeout=LONG
    )


# -- notes


def test_a_note_of_a_megabyte(window: MainWindow, qtbot: QtBot) -> None:
    window.reports.table.choose(0)
    qtbot.waitUntil(lambda: window.reports.pane.work is not None, timeout=LONG)
    panel = window.reports.pane.work
    assert panel is not None
    qtbot.waitUntil(lambda: panel.seen is not None, timeout=LONG)
    panel.write_note()
    (editor,) = panel.box.findChildren(QPlainTextEdit)
    QTest.keyClicks(editor, "Asked them. ")
    QGuiApplication.clipboard().setText(NOVEL)
    editor.paste()
    assert f"{LONGEST_NOTE:,}" in panel.box.caption()
    assert is_sentence(panel.box.caption())
    assert editor.toPlainText() == "Asked them. "


# -- exports


def bound(vault: Vault) -> None:
    bind(vault)
    apply(vault, *(new(a_report(number)) for number in range(1, REPORTS + 1)))


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    with a_real_seat(tmp_path, bound) as made:
        yield made


@pytest.fixture
def beneath(qtbot: QtBot) -> QWidget:
    """What a dialog stands over."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def export_dialog(seat: Seat, path: Path, beneath: QWidget, qtbot: QtBot) -> ExportDialog:
    """The dialog over all reports, filled in."""
    dialog = ExportDialog(seat, Exportable(TableSubject.REPORTS, AllFound("")), parent=beneath)
    dialog.show()
    dialog.path.field.setText(str(path))
    dialog.recipient.setText("Court")
    dialog.reason.setText("file 17")
    qtbot.waitUntil(lambda: f"{REPORTS} rows" in words_on(dialog), timeout=LONG)
    return dialog


def typed(dialog: ExportDialog) -> tuple[str, str, str]:
    return dialog.path.field.text(), dialog.recipient.text(), dialog.reason.text()


def test_an_export_to_a_disk_that_is_taken_away_while_it_is_written(
    seat: Seat, beneath: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    tabling, taken = seat.session.tabling, list[Path]()

    def export(wish: TableWish, announce: Announce, is_cancelled: IsCancelled) -> WrittenTable:
        def announced(progress: Progress) -> None:
            announce(progress)
            if progress.phase is Phase.EXPORTING and progress.done and not taken:
                taken.append(drive)
                shutil.rmtree(drive)

        return tabling.export(wish, announced, is_cancelled)

    session = replace(seat.session, tabling=replace(tabling, export=export))
    dialog = export_dialog(replace(seat, session=session), drive / "table.csv", beneath, qtbot)
    before = typed(dialog)
    dialog.write()
    refusal = OutputUnwritable(path=str(drive / "table.csv"), cause="No such file or directory")
    told = explain(refusal).message
    qtbot.waitUntil(lambda: told in words_on(dialog), timeout=LONG)
    assert typed(dialog) == before
    assert not drive.exists()

    drive.mkdir()
    dialog.write()
    qtbot.waitUntil((drive / "table.csv").exists, timeout=LONG)


ALONE = ["unshare", "--user", "--map-root-user", "--mount"]


@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode != 0,
    reason="this machine gives no mount namespace to a user",
)
def test_an_export_to_a_disk_that_is_full() -> None:
    """In a process that may mount a disk of a few kB: see `full_disk_session`."""
    module = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    done = subprocess.run(
        [*ALONE, *module, "tests/ui/full_disk_session.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "1 passed" in done.stdout
