"""Times of figures are told in one zone that is named, and in the spoken form where somebody reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from cport_desktop.domain.bar_chart import Paper
from cport_desktop.domain.drawing import Label
from cport_desktop.domain.figure import Bar, FigureQuestion, Step
from cport_desktop.exports.figure_drawing import Names, drawn, sentences
from cport_desktop.words import tongue
from tests.report_builders import the_taxonomy
from tests.ui.synthetic_charting import MemoryCharting

LATE = datetime(2026, 3, 2, 23, 30, tzinfo=timezone(timedelta(hours=-5)))


@pytest.fixture
def french(tmp_path: Path) -> Iterator[None]:
    place = tmp_path / "fr" / "LC_MESSAGES" / "cport.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_mo(file, Catalog(locale="fr"))
    tongue.speak("fr", tmp_path)
    yield
    tongue.speak("en", tmp_path)


def test_moments_are_told_in_utc_and_say_so_unless_somebody_chose_otherwise() -> None:
    whole = MemoryCharting(moments=1).time(1)
    shown = replace(whole, moments=(replace(whole.moments[0], at=LATE),))
    names = Names(the_taxonomy(), {})
    assert "on 2026-03-03 04:30Z." in sentences(shown, names)[0]
    chosen = replace(names, moment=tongue.minute)
    assert "on 2026-03-02 23:30." in sentences(shown, chosen)[0]


def test_a_case_in_time_has_the_days_of_the_zone_that_moments_are_told_in() -> None:
    whole = MemoryCharting(moments=2).time(1)
    early = LATE - timedelta(days=4)
    newest, oldest = (replace(whole.moments[at], at=(LATE, early)[at]) for at in (0, 1))
    shown = replace(whole, moments=(newest, oldest))
    universal = Names(the_taxonomy(), {})
    there = replace(universal, zone=LATE.tzinfo)

    def axis(names: Names) -> dict[str, float]:
        made = drawn(shown, names, Paper(900, 300, lambda text, size: len(text) * size / 2))
        labels = [part for part in made.parts if isinstance(part, Label)]
        return {label.text: label.x for label in labels if label.text.startswith("2026-")}

    assert max(axis(universal)) == "2026-03-03"
    assert max(axis(there)) == "2026-03-02", "it is not the third yet"
    assert axis(there)["2026-03-02"] > axis(universal)["2026-03-02"], "midnight comes later there"


@pytest.mark.usefixtures("french")
def test_days_are_spoken_on_screen_and_stay_what_they_are_in_a_file() -> None:
    by_day, bar = FigureQuestion(step=Step.DAY), Bar("2026-03-02", 4)
    shown, leaving = Names(the_taxonomy(), {}), Names(the_taxonomy(), {}, is_file=True)
    assert (shown.bar(by_day, bar), leaving.bar(by_day, bar)) == ("02/03/2026", "2026-03-02")
