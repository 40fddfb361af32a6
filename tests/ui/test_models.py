"""Rows, pages and tiles as Qt sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cport_desktop.domain.rows import Facet, Order, Page, ReportRow
from cport_desktop.domain.taxonomy import Code, CodeList
from cport_desktop.ui.charts.painting import face
from cport_desktop.ui.models.facet_list import FacetList, facet_lines, toggled
from cport_desktop.ui.models.keyset_table import Column, KeysetTable
from cport_desktop.ui.models.list_columns import audit_columns, hotline_columns
from cport_desktop.ui.models.media_grid import MediaGrid, as_image, tile_of
from cport_desktop.ui.models.report_columns import report_columns
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.widgets.facet_view import FacetView
from tests.report_builders import the_taxonomy
from tests.ui.synthetic_desk import HOTLINES, MemoryVault, a_medium, a_picture, a_row


@pytest.fixture
def reports(vault: MemoryVault) -> KeysetTable[ReportRow]:
    return KeysetTable(report_columns(vault.desk().taxonomy, vault.clock))


def pages(vault: MemoryVault) -> tuple[Page[ReportRow], Page[ReportRow]]:
    session = vault.session()
    first = session.search("", Order(), 200, None)
    return first, session.search("", Order(), 200, first.next_cursor)


def test_the_table_of_reports_is_a_sound_model_while_it_grows(
    reports: KeysetTable[ReportRow], vault: MemoryVault, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(reports)  # type: ignore[no-untyped-call]
    first, second = pages(vault)
    reports.show_first(first)
    reports.append(second)
    assert reports.rowCount() == 400
    reports.clear()
    assert reports.rowCount() == 0


def test_the_other_models_are_sound(vault: MemoryVault, qtmodeltester: ModelTester) -> None:
    session, taxonomy = vault.session(), vault.desk().taxonomy
    hotlines = KeysetTable(hotline_columns())
    audit = KeysetTable(audit_columns())
    grid = MediaGrid()
    facets = FacetList()
    for model in (hotlines, audit, grid, facets):
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    hotlines.show_first(Page(HOTLINES, None, 0))
    audit.show_first(session.keeping.read_audit("", 200, None))
    audit.append(session.keeping.read_audit("", 200, "1642"))
    first = session.media_page("", 60, None)
    grid.show_first(first)
    grid.append(session.media_page("", 60, first.next_cursor))
    grid.lay_veils(session.veils([item.media_id for item in first.rows]))
    facets.show(
        facet_lines(session.facets(""), taxonomy=taxonomy, hotlines={}, query="class:baseline")
    )


def test_a_million_reports_are_asked_for_page_by_page_and_once_each(
    reports: KeysetTable[ReportRow], vault: MemoryVault
) -> None:
    wanted: list[str] = []
    reports.more_wanted.connect(wanted.append)
    first, second = pages(vault)
    reports.show_first(first)

    for _ in range(5):
        reports.fetchMore(QModelIndex())
    assert wanted == ["200"]
    assert not reports.canFetchMore(QModelIndex())

    reports.append(second)
    assert reports.canFetchMore(QModelIndex())


def test_a_page_that_did_not_come_may_be_wanted_again(
    reports: KeysetTable[ReportRow], vault: MemoryVault
) -> None:
    reports.show_first(pages(vault)[0])
    reports.fetchMore(QModelIndex())
    reports.stop_waiting()
    assert reports.canFetchMore(QModelIndex())


def test_the_last_page_wants_nothing_more(reports: KeysetTable[ReportRow]) -> None:
    reports.show_first(Page((a_row(1),), None, 0))
    assert not reports.canFetchMore(QModelIndex())
    assert reports.is_whole


def test_a_repaint_makes_no_text(reports: KeysetTable[ReportRow], vault: MemoryVault) -> None:
    reports.show_first(pages(vault)[0])
    index = reports.index(7, 2)
    assert reports.data(index) is reports.data(index)


def test_a_class_is_a_glyph_a_word_and_a_tone(reports: KeysetTable[ReportRow]) -> None:
    rows = [a_row(number) for number in range(884_000, 884_200)]
    reports.show_first(Page(rows, None, 0))
    column = [c.title for c in reports.columns].index("Class")
    shown = {
        rows[at].classification: str(reports.data(reports.index(at, column))).removesuffix(" ↑")
        for at in range(len(rows))
    }
    assert shown == {0: "– Undecided", 1: "● Baseline", 2: "◆ National", 4: "○ Not illegal"}


def test_the_hover_of_a_moment_is_the_universal_time(reports: KeysetTable[ReportRow]) -> None:
    reports.show_first(Page((a_row(884_200),), None, 0))
    tip = reports.data(reports.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "2026-11-21 12:00:00 UTC" in str(tip)


def test_a_facet_is_added_to_the_query_and_taken_away_again() -> None:
    taxonomy = the_taxonomy()

    def after(query: str, *, keeps_out: bool = False) -> str:
        return toggled(query, "class:baseline", taxonomy, keeps_out=keeps_out)

    assert after("host:NL") == "host:NL class:baseline"
    assert after("class:baseline host:NL") == "host:NL"
    assert after('"two  words" class:baseline') == '"two words"'
    assert after("") == "class:baseline"
    assert after("class:national") == "class:national,baseline"
    assert after("a OR b") == "(a OR b) class:baseline"
    assert after("received:<30d", keeps_out=True) == "received:<30d -class:baseline"
    assert after("not finished (") == "not finished ( class:baseline"


def test_a_facet_is_chosen_or_kept_out_by_a_key(vault: MemoryVault, qtbot: QtBot) -> None:
    taxonomy, model = the_taxonomy(), FacetList()
    lines = facet_lines(vault.session().facets(""), taxonomy=taxonomy, hotlines={}, query="")
    model.show(lines)
    view = FacetView(model, DARK)
    qtbot.addWidget(view)
    row = model.find("class:baseline")
    assert row is not None
    view.setCurrentIndex(model.index(row))
    with qtbot.waitSignal(view.term_chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.term_kept_out) as kept_out:
        QTest.keyClick(view, Qt.Key.Key_Minus)
    assert chosen.args == kept_out.args == ["class:baseline"]


def test_a_facet_that_few_refine_by_is_folded_until_somebody_wants_it(
    vault: MemoryVault, qtbot: QtBot
) -> None:
    taxonomy, model = the_taxonomy(), FacetList()
    view = FacetView(model, DARK)
    qtbot.addWidget(view)

    def show(query: str) -> None:
        counted = vault.session().facets(query)
        model.show(facet_lines(counted, taxonomy=taxonomy, hotlines={}, query=query))

    def labels(facet: Facet) -> list[str]:
        lines = map(model.line, range(model.rowCount()))
        return [line.label for line in lines if line.facet is facet]

    def heading(facet: Facet) -> int:
        return next(at for at in range(model.rowCount()) if model.line(at).facet is facet)

    def read_aloud(row: int) -> object:
        return model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)

    show("")
    assert labels(Facet.CLASSIFICATION)[1:] == ["Baseline", "National", "Not illegal", "Undecided"]
    assert labels(Facet.PROVIDER) == ["Provider"]
    assert read_aloud(heading(Facet.PROVIDER)) == "Provider: 30 values, folded away"
    view.setCurrentIndex(model.index(heading(Facet.PROVIDER)))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert len(labels(Facet.PROVIDER)) == 1 + 8
    assert view.currentIndex().row() == heading(Facet.PROVIDER)
    assert read_aloud(heading(Facet.PROVIDER)) == "Provider: 30 values"
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert labels(Facet.PROVIDER) == ["Provider"]
    QTest.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(view.term_chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == ['provider:"=Example Hosting 1"']

    # What is asked for stays in sight, and so does what is kept out; the months are in their order.
    show('provider:"=example hosting 2" received:2026-10 -kind:video')
    assert labels(Facet.RECEIVED) == ["Received", "2026-10"]
    assert labels(Facet.KIND) == ["Kind of media", "Video"]
    model.fold(Facet.RECEIVED, is_folded=False)
    assert labels(Facet.RECEIVED)[1:] == ["2026-11", "2026-10", "2026-09"]


def test_months_are_alternatives_and_providers_are_named_whole() -> None:
    taxonomy = the_taxonomy()
    both = toggled("received:2026-10", "received:2026-11", taxonomy)
    assert both == "received:2026-10 OR received:2026-11"
    assert toggled(both, "received:2026-10", taxonomy) == "received:2026-11"
    names = toggled("provider:=beta", 'provider:"=Umbra Net"', taxonomy, keeps_out=True)
    assert names == 'provider:=beta -provider:"=umbra net"'


def test_the_class_has_room_for_its_usual_words_whatever_they_are_called(
    vault: MemoryVault,
) -> None:
    def column(word: str) -> Column[ReportRow]:
        whole = vault.desk().taxonomy
        codes = CodeList("classification", tuple(Code(at, "x", word) for at in (1, 2, 4)))
        called = replace(whole, lists={**whole.lists, "classification": codes})
        found = report_columns(called, vault.clock)
        return next(each for each in found if each.name == "classification")

    for word in ("National", "Nicht strafbar", "Niet strafbaar hier"):
        room = QFontMetricsF(face(13)).horizontalAdvance(f"◆ {word} ↑")
        assert room + 14 <= (column(word).width or 0)
    assert (column("W" * 60).width or 0) < 200, "no word takes the page"


def test_facets_speak_the_query_language(vault: MemoryVault) -> None:
    desk, session = vault.desk(), vault.session()
    lines = facet_lines(
        session.facets(""),
        taxonomy=desk.taxonomy,
        hotlines={"1": "DE"},
        query="class:baseline,national -host:NL",
    )
    active = {line.label for line in lines if line.is_active}
    assert active == {"Baseline", "National"}
    assert {line.label for line in lines if line.is_kept_out} == {"NL"}
    terms = {line.label: line.term for line in lines if line.facet is not Facet.ASSIGNED_COUNTRY}
    assert terms["Baseline"] == "class:baseline"
    assert terms["Undecided"] == "class:undecided"
    assert terms["Image host"] == "site:image-host"
    assert terms["code 19"] == "site:19"
    assert terms["DE"] == "hotline:1"
    assert terms["NL"] == "host:NL"
    assert terms["Image"] == "kind:image"
    assert terms["2026-10"] == "received:2026-10"
    assert terms["Classification"] is None


def test_a_tile_says_why_there_is_nothing_to_look_at() -> None:
    assert tile_of(a_medium(20_419)).beneath == "the file is damaged"
    waiting = tile_of(a_medium(20_427))
    assert (waiting.right, waiting.has_picture) == ("not here yet", False)


def test_pixels_become_an_image_that_owns_them(qtbot: QtBot) -> None:
    image = as_image(a_picture(3, 2))
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(2, 1).name() == "#ff00cc"
