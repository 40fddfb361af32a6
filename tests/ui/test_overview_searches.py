"""Searches that are kept, on the overview of a real vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cport_desktop.domain.saved_search import SearchTerms
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.overview_page import OverviewPage
from cport_desktop.ui.views.overview_searches import MOST_SHOWN
from cport_desktop.usecases.saved_searches import pin_search, save_search
from cport_desktop.vault.vault import Vault
from cport_desktop.words import overview_searches as say
from tests.report_builders import a_report, new, the_taxonomy
from tests.ui.conftest import LONG
from tests.ui.real_seat import a_real_seat
from tests.ui.test_window import words_on
from tests.vault.erasing import apply


def keep(vault: Vault, name: str, text: str) -> None:
    terms = SearchTerms(name, text)
    save_search(
        vault, terms, is_units=False, replaces=False, taxonomy=the_taxonomy(), new_id=uuid4()
    )


def two_searches(vault: Vault) -> None:
    """One of them on the rail; three reports came since."""
    keep(vault, "Second", "ref:HL-2")
    keep(vault, "Undecided", "is:undecided")
    pin_search(vault, "Undecided", 1)
    apply(vault, *(new(a_report(number)) for number in (1, 2, 3)))


def many_searches(vault: Vault) -> None:
    for number in range(MOST_SHOWN + 2):
        keep(vault, f"Search {number:02}", "ref:HL-1")
    apply(vault, new(a_report(1)))


@pytest.fixture
def arranged(request: pytest.FixtureRequest) -> Callable[[Vault], None]:
    """What is in the vault; a parameter."""
    arrange: Callable[[Vault], None] = request.param
    return arrange


@pytest.fixture
def seat(tmp_path: Path, arranged: Callable[[Vault], None]) -> Iterator[Seat]:
    with a_real_seat(tmp_path, arranged) as made:
        yield made


@pytest.fixture
def page(seat: Seat, qtbot: QtBot) -> OverviewPage:
    made = OverviewPage(seat)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    return made


def numbers(page: OverviewPage) -> dict[str, str]:
    """What is said of each search, and the number that is shown."""
    return {button.accessibleName(): button.text() for button in shown(page)}


def shown(page: OverviewPage) -> list[QPushButton]:
    return [each for each in page.searches.findChildren(QPushButton) if each.isVisible()]


@pytest.mark.parametrize("arranged", [two_searches], indirect=True)
def test_each_search_stands_with_what_is_new_of_it_and_is_run_from_there(
    page: OverviewPage, seat: Seat, qtbot: QtBot
) -> None:
    page.refresh()
    expected = {say.row_spoken("Undecided", "3 new"): "3", say.row_spoken("Second", "1 new"): "1"}
    qtbot.waitUntil(lambda: numbers(page) == expected, timeout=LONG)
    first, _ = shown(page)
    with qtbot.waitSignal(page.search_wanted) as wanted:
        first.click()
    assert wanted.args is not None
    search = wanted.args[0]
    assert search.name == "Undecided"

    seat.session.finding.look(search.search_id)
    page.refresh()
    seen = {say.row_spoken("Undecided", ""): "0", say.row_spoken("Second", "1 new"): "1"}
    qtbot.waitUntil(lambda: numbers(page) == seen, timeout=LONG)


@pytest.mark.parametrize("arranged", [lambda _vault: None], indirect=True)
def test_without_a_search_it_says_how_one_is_kept(page: OverviewPage, qtbot: QtBot) -> None:
    page.refresh()
    qtbot.waitUntil(lambda: say.NONE_KEPT in words_on(page.searches), timeout=LONG)


@pytest.mark.parametrize("arranged", [many_searches], indirect=True)
def test_of_many_the_first_are_shown_and_the_others_counted(
    page: OverviewPage, qtbot: QtBot
) -> None:
    page.refresh()
    qtbot.waitUntil(lambda: len(numbers(page)) == MOST_SHOWN, timeout=LONG)
    qtbot.waitUntil(lambda: set(numbers(page).values()) == {"1"}, timeout=LONG)
    assert say.left_out(2) in words_on(page.searches)
