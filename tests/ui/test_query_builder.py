"""The builder beside the query line: text and rows are each other at any moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.domain.query import Condition, query_of
from cport_desktop.domain.query_builder import Joint, query_in
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.query_printing import text_of
from cport_desktop.errors import QueryError
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.query_builder import QueryBuilder
from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.ui.widgets.builder_row import BuilderRow
from cport_desktop.ui.widgets.builder_values import unlisted
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.words import queries as say
from tests.domain.test_query_trees import TREES
from tests.ui.conftest import shown_line


@pytest.fixture
def line(seat: Seat, qtbot: QtBot) -> Iterator[QueryLine]:
    """A line with its builder open."""
    with shown_line(seat, qtbot, width=1000, height=700) as made:
        made.turn_builder()
        yield made


def built(line: QueryLine) -> QueryBuilder:
    assert line.builder is not None
    return line.builder


def rows(line: QueryLine) -> list[tuple[str, str, tuple[str, ...], bool]]:
    return [
        (each.row.field, each.row.relation.value, each.row.values, each.row.is_negated)
        for each in built(line).rows()
    ]


def type_anew(line: QueryLine, text: str) -> None:
    line.field.setFocus()
    line.field.selectAll()
    QTest.keyClicks(line.field, text)


def press(around: QWidget, name: str) -> None:
    found = [each for each in around.findChildren(QPushButton) if each.accessibleName() == name]
    found[0].click()


def lines_of(row: BuilderRow) -> list[QLineEdit]:
    return row.values.findChildren(QLineEdit)


def choose(choice: Choice, value: str) -> None:
    choice.setCurrentIndex(choice.findData(value))


def test_what_is_typed_is_built_at_once(line: QueryLine) -> None:
    type_anew(line, "-host:NL (class:baseline OR received:<30d)")

    assert rows(line) == [
        ("host", "any-of", ("NL",), True),
        ("class", "any-of", ("baseline",), False),
        ("received", "last", ("30", "d"), False),
    ]


def test_what_is_built_is_written_at_once_and_asked_by_nobody(
    line: QueryLine, qtbot: QtBot
) -> None:
    type_anew(line, "orchid")
    with qtbot.assertNotEmitted(line.asked):
        press(built(line), say.ADD_CONDITION)
        choose(built(line).rows()[1].field, "class")
        choose(built(line).rows()[1].values.findChildren(Choice)[0], "national")
        press(built(line).rows()[1], say.ANOTHER_VALUE_NAME)
        choose(built(line).rows()[1].values.findChildren(Choice)[1], "baseline")

    assert line.text() == "orchid class:national,baseline"


def test_a_text_that_errs_leaves_the_rows_and_says_so(line: QueryLine) -> None:
    type_anew(line, "host:NL")
    type_anew(line, "host:NL (")

    assert rows(line) == [("host", "any-of", ("NL",), False)]
    assert built(line).told() == say.LINE_ERRS
    type_anew(line, "host:FR")
    assert built(line).told() == ""


def test_a_row_that_errs_says_so_and_leaves_the_line(line: QueryLine) -> None:
    type_anew(line, "host:NL")
    field = lines_of(built(line).rows()[0])[0]
    field.selectAll()
    QTest.keyClicks(field, "NLX")

    assert line.text() == "host:NL"
    assert "NLX" in built(line).rows()[0].wrong()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert built(line).rows()[0].wrong() == ""


def test_the_editor_that_is_typed_in_stays_while_the_line_changes(line: QueryLine) -> None:
    type_anew(line, "provider:a")
    field = lines_of(built(line).rows()[0])[0]
    QTest.keyClicks(field, "bc")

    assert line.text() == "provider:abc"
    assert lines_of(built(line).rows()[0])[0] is field


def test_groups_are_added_turned_negated_and_taken_away(line: QueryLine) -> None:
    type_anew(line, "orchid")
    press(built(line), say.ADD_GROUP)
    QTest.keyClicks(lines_of(built(line).rows()[1])[0], "fern")
    assert line.text() == "orchid fern"
    built(line).add_condition((1,))
    QTest.keyClicks(lines_of(built(line).rows()[2])[0], "moss")
    assert line.text() == "orchid (fern OR moss)"
    press(built(line), say.REMOVE_GROUP)
    assert line.text() == "orchid"


def test_a_row_that_says_nothing_is_counted_and_left_out(line: QueryLine) -> None:
    type_anew(line, "orchid")
    press(built(line), say.ADD_CONDITION)

    assert line.text() == "orchid"
    assert built(line).told() == say.unfinished(1)


def test_dates_and_numbers_have_editors_of_their_own(line: QueryLine) -> None:
    type_anew(line, "received:2026-01..2026-03 distance:<=20")
    first, second = built(line).rows()
    assert [each.text() for each in lines_of(first)] == ["2026-01", "2026-03"]
    assert [each.text() for each in lines_of(second)] == ["20"]
    choose(first.relation, "last")
    first = built(line).rows()[0]
    assert line.text().startswith("received:") or line.text() == "distance:0..20"
    lines_of(first)[0].clear()
    QTest.keyClicks(lines_of(first)[0], "12")
    choose(first.values.findChildren(Choice)[0], "w")
    assert line.text() == "received:<12w distance:0..20"


def test_the_key_opens_and_closes_it_and_the_focus_follows(line: QueryLine) -> None:
    line.turn_builder()
    assert built(line).isHidden()
    line.set_text("a OR b")
    line.turn_builder()
    assert built(line).group().joint is Joint.ANY


def test_every_control_has_a_name(line: QueryLine) -> None:
    type_anew(line, "received:<3d (is:held OR -distance:1..4) note:x")
    named = (QLineEdit, QPushButton, Choice)
    nameless = [
        w for kind in named for w in built(line).findChildren(kind) if not w.accessibleName()
    ]

    assert nameless == []


@given(TREES)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_rows_of_any_tree_are_that_tree(seat: Seat, condition: Condition) -> None:
    now = seat.clock.now()
    text = text_of(query_of(condition), seat.taxonomy)
    try:
        query = parse(text, taxonomy=seat.taxonomy, now=now)
    except QueryError:
        return
    builder = QueryBuilder(seat)
    builder.read(text)
    shown = [each.values.values() for each in builder.rows()]

    assert query_in(builder.group(), taxonomy=seat.taxonomy, now=now).conditions == query.conditions
    assert shown == [each.row.values for each in builder.rows()]
    builder.deleteLater()


@pytest.mark.parametrize(
    ("line_of_values", "values"),
    [
        ("a, b", ("a", "b")),
        ('"a, b",c', ("a, b", "c")),
        ('"say ""x""" , y', ('say "x"', "y")),
        ("", ()),
        (" , a,,", ("a",)),
        ('"open', ("open",)),
    ],
)
def test_values_are_typed_with_commas_between(line_of_values: str, values: tuple[str, ...]) -> None:
    assert unlisted(line_of_values) == values
