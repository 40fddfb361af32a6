"""Figures as one works with them: picture and table are one thing, by mouse, keys and ear."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cport_desktop.bootstrap import furnish
from cport_desktop.clock import SystemClock
from cport_desktop.domain.drawing import Box, Drawing, Stroke
from cport_desktop.domain.figure import Bar, Figure, FigureKind, FigureQuestion, Step
from cport_desktop.domain.figure_file import CaseLinksWanted, CaseTimeWanted, FigureFormat
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.roles import EVERY_ROLE, Role
from cport_desktop.errors import OutputExists, QueryError
from cport_desktop.exports.svg_picture import Caption
from cport_desktop.settings import Settings
from cport_desktop.ui import page_table, places
from cport_desktop.ui.charts.figure_panel import FigurePanel
from cport_desktop.ui.charts.painting import png
from cport_desktop.ui.figures import tell_times
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.opening import make_desk
from cport_desktop.ui.shell import Shell
from cport_desktop.ui.theme import CONTRAST, DARK
from cport_desktop.ui.views.case_parts import CaseParts
from cport_desktop.ui.views.figure_dialog import FigureDialog
from cport_desktop.ui.views.figures_page import FiguresPage
from cport_desktop.words import charts as say
from tests.builders import make_vault, reopened
from tests.report_builders import a_report, an_item, new
from tests.ui.conftest import LONG, opened_on
from tests.ui.synthetic_desk import PASSPHRASE, MemoryVault
from tests.ui.test_overview_page import press
from tests.ui.test_window import main_of
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply


@pytest.fixture
def main(opened: Shell) -> MainWindow:
    return main_of(opened)


@pytest.fixture
def page(main: MainWindow, qtbot: QtBot) -> FiguresPage:
    main.show_page(places.FIGURES)
    found = main.pages.get(page_table.FIGURES)
    qtbot.waitUntil(lambda: not found.is_empty)
    return found


def figure_of(page: FiguresPage) -> Figure:
    shown = page.panel.shown()
    assert isinstance(shown, Figure)
    return shown


def show(page: FiguresPage, kind: FigureKind, qtbot: QtBot) -> Figure:
    page.kind.setCurrentIndex(list(FigureKind).index(kind))
    qtbot.waitUntil(lambda: figure_of(page).question.kind is kind)
    return figure_of(page)


def cells(panel: FigurePanel, column: int) -> list[str]:
    return [line.cells[column] for line in panel.listing.rows()]


def edges(drawing: Drawing) -> int:
    return sum(isinstance(part, Box) and part.edge is not None for part in drawing.parts)


class TestPage:
    def test_is_reached_from_reports_with_their_query(
        self, main: MainWindow, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        main.reports.search("host:NL")
        qtbot.waitUntil(lambda: main.reports.query_text == "host:NL")

        press(main, say.SHOW_KEY)

        assert main.page == places.FIGURES
        page = main.pages.get(page_table.FIGURES)
        qtbot.waitUntil(lambda: not page.is_empty)
        assert vault.charting.asked == [FigureQuestion(asked="host:NL")]
        assert page.query.text() == "host:NL"

    def test_is_reached_from_the_overview_and_by_its_key(
        self, main: MainWindow, qtbot: QtBot
    ) -> None:
        main.show_page(places.OVERVIEW)
        press(main, say.SHOW_KEY)
        assert main.page == places.FIGURES
        main.show_page(places.REPORTS)
        press(main, say.KEY)
        assert main.page == places.FIGURES
        page = main.pages.get(page_table.FIGURES)
        qtbot.waitUntil(lambda: not page.is_empty)

    @pytest.mark.parametrize("kind", list(FigureKind))
    def test_each_figure_has_its_picture_its_sentence_and_its_table(
        self, page: FiguresPage, qtbot: QtBot, kind: FigureKind
    ) -> None:
        shown = show(page, kind, qtbot)

        assert len(page.panel.listing.rows()) == len(shown.bars)
        assert page.panel.told().startswith(say.KINDS[kind.value])
        assert page.panel.chart.accessibleName() == say.KINDS[kind.value]
        assert page.panel.chart.accessibleDescription() == page.panel.told()
        drawn = {
            part.item for part in page.panel.chart.drawing().parts if isinstance(part, Box)
        } - {None}
        assert len(drawn) == min(len(shown.bars), 20 if kind is not FigureKind.RECEIVED else 999)

    def test_a_bar_may_stand_for_a_day_a_week_or_a_month(
        self, page: FiguresPage, qtbot: QtBot
    ) -> None:
        page.step.setCurrentIndex(list(Step).index(Step.WEEK))
        qtbot.waitUntil(lambda: figure_of(page).question.step is Step.WEEK)
        assert len(page.panel.listing.rows()) == len(figure_of(page).bars) > 40

        show(page, FigureKind.COUNTRY, qtbot)
        assert page.step.isHidden()

    def test_what_is_chosen_in_the_table_is_marked_in_the_picture(
        self, page: FiguresPage, qtbot: QtBot
    ) -> None:
        show(page, FigureKind.COUNTRY, qtbot)
        page.panel.listing.table.choose(2)

        marked = [
            part.item
            for part in page.panel.chart.drawing().parts
            if isinstance(part, Box) and part.edge is not None
        ]
        assert marked == [2]

    def test_a_click_on_a_bar_chooses_its_row_and_arrows_go_on(
        self, page: FiguresPage, qtbot: QtBot
    ) -> None:
        show(page, FigureKind.COUNTRY, qtbot)
        chart = page.panel.chart

        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(120, 10 + 24 * 3 + 12))
        assert page.panel.listing.table.chosen() == [3]
        QTest.keyClick(chart, Qt.Key.Key_Up)
        assert page.panel.listing.table.chosen() == [2]
        QTest.keyClick(chart, Qt.Key.Key_Right)
        assert page.panel.listing.table.chosen() == [3]

    def test_enter_leads_to_the_reports_of_a_bar(
        self, main: MainWindow, page: FiguresPage, qtbot: QtBot
    ) -> None:
        page.show_query("half OR tenth")
        qtbot.waitUntil(lambda: figure_of(page).question.asked == "half OR tenth")
        show(page, FigureKind.COUNTRY, qtbot)
        page.panel.listing.table.choose(1)

        QTest.keyClick(page.panel.chart, Qt.Key.Key_Return)

        assert main.page == places.REPORTS
        assert main.reports.query_text == "(half OR tenth) host:US"

    def test_the_table_is_sorted_by_its_head_and_by_keys(
        self, main: MainWindow, page: FiguresPage, qtbot: QtBot
    ) -> None:
        show(page, FigureKind.COUNTRY, qtbot)
        assert cells(page.panel, 0) == ["NL", "US", "DE", "FR", "LU"]

        page.panel.listing.table.column_clicked.emit(1)
        assert cells(page.panel, 1) == ["3", "77", "512", "1,377", "4,210"]
        page.panel.listing.table.column_clicked.emit(1)
        assert cells(page.panel, 1)[0] == "4,210"
        press(main, say.SORT_KEY)
        assert cells(page.panel, 2)[0] == say.share(3 / 6179)

    def test_names_are_sorted_as_names_and_times_as_they_follow(
        self, page: FiguresPage, qtbot: QtBot
    ) -> None:
        times = [bar.value[:7] for bar in figure_of(page).bars]
        page.panel.listing.table.column_clicked.emit(0)
        assert cells(page.panel, 0) == times
        show(page, FigureKind.COUNTRY, qtbot)
        assert cells(page.panel, 0) == ["DE", "FR", "LU", "NL", "US"]
        show(page, FigureKind.REMOVAL, qtbot)
        assert cells(page.panel, 0)[:3] == [say.span("0"), say.span("1"), say.span("2")]

    def test_nothing_has_words_in_its_place_and_cannot_be_saved(
        self, page: FiguresPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        vault.charting.bars = ()
        page.refresh()

        qtbot.waitUntil(lambda: page.panel.listing.words() == say.NOTHING)
        page.panel.save_table()
        assert page.findChild(FigureDialog) is None

    @pytest.mark.parametrize("count", [1, 400])
    @pytest.mark.parametrize("kind", [FigureKind.RECEIVED, FigureKind.COUNTRY])
    def test_one_bar_and_many_are_painted(
        self, page: FiguresPage, vault: MemoryVault, qtbot: QtBot, count: int, kind: FigureKind
    ) -> None:
        vault.charting.bars = [Bar(f"B{n}", n + 1) for n in range(count)]
        page.kind.setCurrentIndex(list(FigureKind).index(kind))
        qtbot.waitUntil(lambda: figure_of(page).question.kind is kind)
        page.refresh()
        qtbot.waitUntil(lambda: len(page.panel.listing.rows()) == count)

        painted = page.panel.chart.grab().toImage()

        accent = {
            painted.pixelColor(x, y).name()
            for x in range(0, painted.width(), 7)
            for y in range(0, painted.height(), 7)
        }
        assert DARK.accent in accent

    def test_it_wears_every_theme(self, page: FiguresPage) -> None:
        page.wear(CONTRAST)

        painted = page.panel.chart.grab().toImage()

        assert painted.pixelColor(1, 1).name() == CONTRAST.panel

    def test_a_query_that_does_not_parse_is_said_where_it_stands(
        self, page: FiguresPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        before, said = figure_of(page), page.panel.told()
        vault.charting.refusal = QueryError(position=3, accepted="a word")
        page.show_query("((")
        assert page.panel.told() == say.COUNTING, "the picture is of something else until it comes"

        qtbot.waitUntil(page.panel._notice.isVisible)
        assert (figure_of(page), page.panel.told()) == (before, said)

    def test_escape_goes_back_to_the_query(self, main: MainWindow, page: FiguresPage) -> None:
        main.activateWindow()
        page.panel.chart.setFocus()
        QTest.keyClick(main, Qt.Key.Key_Escape)
        assert page.query.hasFocus() or main.window().focusWidget() is page.query


class TestSaving:
    def dialog(self, main: MainWindow, key: str, qtbot: QtBot) -> FigureDialog:
        press(main, key)
        found = main.window().findChild(FigureDialog)
        assert found is not None
        qtbot.waitUntil(found.isVisible)
        return found

    def test_a_table_is_written_where_it_was_asked_for(
        self, main: MainWindow, page: FiguresPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        dialog = self.dialog(main, say.SAVE_TABLE_KEY, qtbot)
        dialog.give()
        assert dialog.told() == say.NEEDS_PATH
        dialog.path.field.setText("/tmp/figure.csv")
        dialog.recipient.setText("Court")

        with qtbot.waitSignal(dialog.changed):
            dialog.give()

        (wish,) = vault.charting.written
        assert (wish.wanted, wish.format, wish.recipient) == (
            figure_of(page).question,
            FigureFormat.CSV,
            "Court",
        )
        assert wish.path == Path("/tmp/figure.csv")

    def test_a_picture_has_two_forms_and_what_is_refused_is_said(
        self, main: MainWindow, page: FiguresPage, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        dialog = self.dialog(main, say.SAVE_PICTURE_KEY, qtbot)
        assert dialog.form.count() == 2
        vault.charting.refusal = OutputExists(path="figure.png")
        dialog.path.field.setText("figure.png")
        dialog.give()
        qtbot.waitUntil(lambda: not dialog.is_working())
        assert vault.charting.written == []
        vault.charting.refusal = None
        dialog.form.setCurrentIndex(1)
        with qtbot.waitSignal(dialog.changed):
            dialog.give()
        assert vault.charting.written[0].format is FigureFormat.SVG

    def test_who_may_not_export_is_not_offered_it(
        self, shell: Shell, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        vault.keeping.roles = EVERY_ROLE - {Role.EXPORTER}
        shell.open(PASSPHRASE)
        qtbot.waitUntil(lambda: shell.main is not None)
        main = main_of(shell)
        main.show_page(places.FIGURES)
        page = main.pages.get(page_table.FIGURES)
        qtbot.waitUntil(lambda: not page.is_empty)

        press(main, say.SAVE_TABLE_KEY)

        assert main.window().findChild(FigureDialog) is None

    def test_a_picture_is_a_png_of_what_is_drawn_and_says_no_more(self, page: FiguresPage) -> None:
        drawing = Drawing(40, 20, (Box(0, 0, 40, 20, fill=None),))
        content = png(drawing, Caption("Reports", "One.", "SYNTHETIC"))

        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        assert b"tEXt" not in content
        assert b"iTXt" not in content


class TestCase:
    @pytest.fixture
    def parts(self, main: MainWindow, vault: MemoryVault, qtbot: QtBot) -> CaseParts:
        number = next(iter(vault.working.cases))
        main.going.show_case(number)
        return main.pages.get(page_table.CASES).cases.view.parts

    @pytest.fixture(params=[True, False])
    def _zone(self, request: pytest.FixtureRequest) -> Iterator[None]:
        tell_times(in_universal=request.param)
        yield
        tell_times(in_universal=False)

    @pytest.mark.usefixtures("_zone")
    def test_is_lists_a_timeline_and_links(
        self, main: MainWindow, parts: CaseParts, qtbot: QtBot
    ) -> None:
        assert parts.part == 0
        press(main, say.AS_TIME_KEY)
        qtbot.waitUntil(lambda: parts.time.shown() is not None)
        assert len(parts.time.listing.rows()) == 40
        newest, *_, oldest = cells(parts.time, 0)
        assert f"from {oldest} to {newest}" in parts.time.told(), "in one zone"
        press(main, say.AS_LINKS_KEY)
        qtbot.waitUntil(lambda: parts.links.shown() is not None)
        assert cells(parts.links, 3)[-1] == say.elsewhere(4, is_more=True)
        assert parts.step_back()
        assert (parts.part, parts.step_back()) == (0, False)

    def test_its_time_axis_has_the_days_that_are_told_beside_it(
        self, parts: CaseParts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def ticks() -> list[float]:
            shown = parts.time.shown()
            assert shown is not None
            parts.time.show_figure(shown)
            strokes = (
                each for each in parts.time.chart.drawing().parts if isinstance(each, Stroke)
            )
            return [stroke.points[0][0] for stroke in strokes if stroke.is_dashed]

        parts.show_part(1)
        qtbot.waitUntil(lambda: parts.time.shown() is not None)
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        try:
            here = ticks()
            tell_times(in_universal=True)
            universal = ticks()
        finally:
            tell_times(in_universal=False)
            monkeypatch.undo()
            time.tzset()
        assert here
        assert here != universal

    def test_a_thing_leads_to_what_shares_it(
        self, main: MainWindow, parts: CaseParts, qtbot: QtBot
    ) -> None:
        parts.show_part(2)
        qtbot.waitUntil(lambda: parts.links.shown() is not None)
        asked: list[str] = []
        parts.query_wanted.connect(asked.append)
        for place in (0, 1, 2):
            parts.links.row_opened.emit(place)
        assert asked == [
            "ref:HL-880000 OR ref:HL-880001 OR ref:HL-880002 OR ref:HL-880003",
            "domain:two.example",
            f"sha256:{'ab12' * 16}",
        ]

    def test_a_moment_leads_to_its_report(self, parts: CaseParts, qtbot: QtBot) -> None:
        parts.show_part(1)
        qtbot.waitUntil(lambda: parts.time.shown() is not None)
        with qtbot.waitSignal(parts.thing_wanted) as asked:
            parts.time.row_opened.emit(3)
        assert str(asked.args[0]) == "HL-880003"

    @pytest.mark.parametrize(("part", "wanted"), [(1, CaseTimeWanted), (2, CaseLinksWanted)])
    def test_its_pictures_can_be_saved(
        self,
        main: MainWindow,
        parts: CaseParts,
        vault: MemoryVault,
        qtbot: QtBot,
        part: int,
        wanted: type,
    ) -> None:
        parts.show_part(part)
        panel = (parts.time, parts.links)[part - 1]
        qtbot.waitUntil(lambda: panel.shown() is not None)
        panel.save_picture()
        dialog = main.window().findChild(FigureDialog)
        assert dialog is not None
        dialog.path.field.setText("/tmp/case.png")
        with qtbot.waitSignal(dialog.changed):
            dialog.give()
        assert isinstance(vault.charting.written[0].wanted, wanted)

    def test_a_case_that_shares_nothing_says_so(
        self, parts: CaseParts, vault: MemoryVault, qtbot: QtBot
    ) -> None:
        vault.charting.things = 0
        parts.show_part(2)
        qtbot.waitUntil(lambda: parts.links.listing.words() == say.NO_LINKS)


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """Three reports in a real vault with an agreement."""
    folder = make_vault(tmp_path / "vault", clock=SystemClock())
    with reopened(folder, clock=SystemClock()) as vault:
        item = an_item(10, "https://a.one.example/")
        apply(vault, new(a_report(1, contents=(item,))), *(new(a_report(n)) for n in (2, 3)))
        bind(vault)
    desk = make_desk(furnish(Settings(marks=tmp_path / "marks")), folder, Nature.DEMO)
    with opened_on(desk, qtbot) as opened:
        yield opened


def test_a_real_vault_is_counted_and_its_figure_leaves(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.going.show_figures("")
    page = window.pages.get(page_table.FIGURES)
    qtbot.waitUntil(lambda: not page.is_empty, timeout=LONG)
    assert [(bar.value, bar.count) for bar in figure_of(page).bars] == [("2026-03-01", 3)]

    for key, form, name in (
        (say.SAVE_PICTURE_KEY, 0, "a.png"),
        (say.SAVE_PICTURE_KEY, 1, "a.svg"),
        (say.SAVE_TABLE_KEY, 0, "a.csv"),
    ):
        press(window, key)
        dialog = window.window().findChild(FigureDialog)
        assert dialog is not None
        dialog.form.setCurrentIndex(form)
        dialog.path.field.setText(str(tmp_path / name))
        with qtbot.waitSignal(dialog.changed, timeout=LONG):
            dialog.give()
        dialog.close()
        qtbot.waitUntil(lambda: window.window().findChild(FigureDialog) is None)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert b"2026-03" in (tmp_path / "a.svg").read_bytes()
    assert b'"2026-03-01","2026-03","3","SYNTHETIC"' in (tmp_path / "a.csv").read_bytes()
