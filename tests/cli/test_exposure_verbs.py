"""One's own looking and the unit's rules on the command line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.cli import grammar
from cport_desktop.clock import SystemClock
from cport_desktop.domain.exposure import Avoided, Look
from cport_desktop.domain.unit_rule import RuleName
from cport_desktop.usecases import exposure
from cport_desktop.usecases.exposure_weeks import last_week
from tests.architecture.test_nothing_adds_up_by_person import parsers_of
from tests.builders import PASSPHRASE, make_vault, reopened
from tests.cli.in_process import CportHere


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return make_vault(tmp_path / "vault")


@pytest.fixture
def cport(directory: Path, tmp_path: Path) -> CportHere:
    secret = tmp_path / "passphrase.txt"
    secret.write_bytes(PASSPHRASE)
    return CportHere(tmp_path / "home", directory, secret)


def look(directory: Path, *, minutes: float, days_ago: int = 0) -> None:
    clock = SystemClock()
    with reopened(directory, clock=clock) as vault:
        ended = clock.now() - timedelta(days=days_ago)
        exposure.count_look(vault, Look("grey", minutes * 60, granted=minutes * 60), now=ended)
        exposure.avoided(vault, Avoided.LISTED, 3, now=ended)


def test_what_was_looked_is_told_by_day_and_level(cport: CportHere, directory: Path) -> None:
    look(directory, minutes=4)
    shown = cport("--json", "exposure", "show", "--days", "2").json
    assert (shown["today"]["seconds"], shown["today"]["views_avoided"]) == (240, 3)
    assert [level["level"] for level in shown["days"][0]["levels"]] == ["grey"]
    assert shown["days"][0]["avoided"] == {"listed": 3}
    told = cport("exposure", "show").out
    assert "4 minutes" in told
    assert "Only you can read this" in told


def test_clearing_is_told_first_and_takes_the_word_for_it(
    cport: CportHere, directory: Path
) -> None:
    look(directory, minutes=4)
    assert cport("--json", "exposure", "clear").json == {"is_cleared": False}
    assert len(cport("--json", "exposure", "show").json["days"]) == 1
    assert cport("--json", "exposure", "clear", "--before", "2020-01-01", "--confirm").json == {
        "is_cleared": True,
        "days": 0,
    }
    assert cport("--json", "exposure", "clear", "--confirm").json["days"] == 1
    assert cport("--json", "exposure", "show").json["days"] == []


def test_ones_own_figures_are_set_and_dropped_and_a_break_is_put_off(
    cport: CportHere, directory: Path
) -> None:
    chosen = cport("--json", "exposure", "breaks", "--after", "5", "--day-cap", "60").json
    assert (chosen["figures"]["after"], chosen["figures"]["day_cap"]) == (5, 60)
    assert (chosen["own"]["after"], chosen["unit"]["after"], chosen["due"]) == (5, 20, None)
    nothing = cport("--json", "exposure", "breaks", "--put-off")
    assert (nothing.status, nothing.json["error"]["code"]) == (3, "refused.act")
    look(directory, minutes=5)
    assert cport("--json", "exposure", "breaks").json["due"] == "break"
    put_off = cport("--json", "exposure", "breaks", "--put-off").json
    assert (put_off["is_put_off"], put_off["can_put_off"]) == (True, False)
    assert cport("--json", "exposure", "breaks", "--as-unit").json["figures"]["after"] == 20
    cport("unit", "rules", "set", "exposure.binding", "yes")
    bound = cport("--json", "exposure", "breaks", "--after", "40")
    assert (bound.status, bound.json["error"]["code"]) == (3, "refused.figure")


def test_a_week_is_told_and_then_given_and_of_one_giver_nothing_is_shown(
    cport: CportHere, directory: Path
) -> None:
    look(directory, minutes=22, days_ago=7)
    week = last_week(now=SystemClock().now()).name
    told = cport("--json", "exposure", "give").json
    assert told == {"week": week, "seconds": 1200, "views_avoided": 0, "is_given": False}
    assert cport("--json", "exposure", "unit").json["items"] == []
    assert cport("--json", "exposure", "give", "--week", week, "--confirm").json["is_given"]
    again = cport("--json", "exposure", "give", "--confirm")
    assert (again.status, again.json["error"]["code"]) == (3, "refused.week")
    (item,) = cport("--json", "exposure", "unit").json["items"]
    assert item == {
        "id": week, "seconds": None, "views_avoided": None, "givers": None, "is_closed": False,
    }  # fmt: skip
    wrong = cport("--json", "exposure", "give", "--week", "last")
    assert (wrong.status, wrong.json["error"]["code"]) == (2, "usage.value")


def test_rules_are_listed_set_and_on_record(cport: CportHere) -> None:
    before = cport("--json", "unit", "rules", "list", "--limit", "3").json
    assert (len(before["items"]), before["total"]) == (3, len(RuleName))
    after = cport("--json", "unit", "rules", "list", "--after", before["next"]).json
    assert len(after["items"]) == len(RuleName) - 3
    done = cport("--json", "unit", "rules", "set", "media.formats", "jp2,heic").json
    assert done == {"rule": "media.formats", "before": [], "after": ["heic", "jp2"]}
    listed = cport("--json", "unit", "rules", "list", "--sort", "-id").json["items"]
    assert next(item for item in listed if item["id"] == "media.formats")["shown"] == "heic,jp2"
    assert "Set by" in cport("unit", "rules", "list").out
    wrong = cport("--json", "unit", "rules", "set", "media.formats", "exe")
    assert (wrong.status, wrong.json["error"]["code"]) == (2, "usage.value")
    entries = cport("--json", "audit", "list", "--purpose", "test").json["items"]
    assert [e["verb"] for e in entries].count("set_unit_rule") == 1


def test_no_verb_of_it_takes_a_person() -> None:
    everywhere = {action.dest for action in grammar._common(is_top=False)._actions} | {"help"}
    verbs = list(parsers_of(grammar.parser(), "exposure"))
    assert len(verbs) == 5
    taken = {action.dest for verb in verbs for action in verb._actions} - everywhere
    assert taken == {
        "days", "after", "pause", "day_cap", "as_unit", "put_off", "week", "confirm", "before",
        "limit", "sort",
    }  # fmt: skip
