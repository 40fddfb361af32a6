"""The agreement on the command line: shown, explained, amended, carried by stick, rehearsed, accepted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cport_desktop.formats.agreement_document import parse_agreement_file
from tests.cli.in_process import CportHere
from tests.cli.ran import Ran


@dataclass(frozen=True, slots=True)
class Station:
    """A generated vault and its gateway, with sticks between them."""

    home: Path
    run: CportHere

    def __call__(self, *arguments: str | Path, status: int = 0) -> Ran:
        ran = self.run("--json", *arguments)
        assert ran.status == status, ran.out + ran.err
        return ran

    def amend(self, *options: str) -> None:
        self("gateway", "amend", "--data", self.home / "gateway", *options)

    def exchange(self, name: str) -> None:
        """One exchange by stick."""
        out, back = self.home / f"{name}-out.cport", self.home / f"{name}-back.cport"
        self("courier", "send", out)
        self("gateway", "courier", "--data", self.home / "gateway", out, back)
        self("courier", "receive", back)


@pytest.fixture(scope="module")
def make_station(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Station]:
    def make() -> Station:
        home = tmp_path_factory.mktemp("agreement") / "made"
        bare = CportHere(home.parent, home / "vault")
        made = bare("generate", "--reports", "4", "--out", home, "--quiet")
        assert made.status == 0, made.err
        return Station(home, CportHere(home.parent, home / "vault", home / "passphrase.txt"))

    return make


@pytest.fixture(scope="module")
def station(make_station: Callable[[], Station]) -> Station:
    """For tests that only look."""
    return make_station()


def test_it_is_shown_with_its_clauses_validity_age_and_road(station: Station) -> None:
    shown = station("portal", "agreement").json

    assert shown["agreement"].startswith("SYNTHETIC-NL-")
    assert (shown["revision"], shown["state"], shown["road"]) == (1, "in_force", "enrolment")
    assert shown["is_signed"]
    assert shown["age_days"] == 0
    assert shown["waiting"] is None
    assert shown["valid_until"] > shown["valid_from"]
    by_number = {clause["number"]: clause for clause in shown["clauses"]}
    assert by_number["4.1"]["functions"] == ["package.compose"]
    assert by_number["4.4"]["limits"][0]["recipients"] == ["class:press"]
    assert {party["name"] for party in shown["recipients"]} >= {"Example Regional Court"}


@pytest.mark.parametrize(
    ("question", "allowed", "clause"),
    [
        (("package.compose", "--recipient", "Example Regional Court"), True, "4.1"),
        (("package.compose", "--recipient", "Example Press Office"), False, "4.4"),
        (("package.compose", "--recipient", "Somebody else"), True, "4.1"),
        (("hashlist.export", "--recipient", "Somebody else"), False, "4.3"),
        (("table.export", "--fields", "sourceUrlPassword,memo"), False, "4.5"),
        (("media.reveal", "--level", "full", "--kinds", "image,video"), True, "2.2"),
    ],
)
def test_an_action_is_explained_with_the_clause_and_who_can_change_it(
    station: Station, question: tuple[str, ...], allowed: bool, clause: str
) -> None:
    told = station("portal", "agreement", "explain", *question).json

    assert told["allowed"] is allowed
    assert clause in " ".join(told["sentences"])
    assert "agreements@hotline.example" in told["sentences"][-1]


def test_an_action_that_there_is_not_is_a_mistake_of_usage(station: Station) -> None:
    told = station("portal", "agreement", "explain", "tea.brew", status=2).json

    assert "package.compose" in told["error"]["hint"]


def test_without_json_it_says_the_same_in_words(station: Station) -> None:
    shown = station.run("portal", "agreement")
    told = station.run("portal", "agreement", "explain", "package.compose")

    assert "is in force until" in shown.out
    assert "Allowed: composing a package, by clause 4.1" in told.out


def test_nothing_waits_at_first(station: Station) -> None:
    for verb in (("rehearse", "--pending"), ("accept", "--reason", "seen")):
        told = station("portal", "agreement", *verb, status=3).json
        assert told["error"]["code"] == "refused.nothing_waits"


def test_the_signed_words_are_handed_over_once(station: Station) -> None:
    path = station.home / "agreement.txt"

    station("portal", "agreement", "export", path)

    assert parse_agreement_file(path.read_bytes()).agreement.revision == 1
    station("portal", "agreement", "export", path, status=3)


def test_a_draft_is_rehearsed_before_it_is_signed(station: Station) -> None:
    draft = station.home / "draft.json"
    station.amend("--remove-clause", "4.2", "--withhold", "memo", "--only-write", str(draft))

    told = station("portal", "agreement", "rehearse", draft).json

    assert not told["is_signed"]
    assert told["narrower"]
    lost = {(each["aspect"], each["function"], each["value"]) for each in told["lost"]}
    assert ("function", "table.export", "table.export") in lost
    assert ("field", "reports.read", "memo") in lost
    assert json.loads(draft.read_bytes())["revision"] == 2
    assert station("portal", "agreement").json["revision"] == 1


def test_a_narrower_version_comes_by_stick_waits_and_is_accepted(
    make_station: Callable[[], Station],
) -> None:
    station = make_station()
    station.amend("--remove-clause", "4.1", "--withhold", "memo", "--effective-days", "14")
    station.exchange("first")

    waiting = station("portal", "agreement").json
    assert (waiting["revision"], waiting["waiting"]["revision"]) == (1, 2)
    assert waiting["waiting"]["is_narrower"]
    assert station("portal", "agreement", "rehearse").json["is_signed"]
    doctor = station.run("--json", "doctor").json
    assert "waits to be accepted" in json.dumps(doctor)
    station("portal", "agreement", "accept", "--reason", "seen by the unit")

    shown = station("portal", "agreement").json
    assert (shown["revision"], shown["road"]) == (2, "courier")
    (first, *_) = station("reports").json["items"]
    report = station("report", "show", first["id"]).json
    assert report["memo"] is None
    assert "memo" not in report["portal"]
    refused = station(
        "package", "create", "--query", "", "--recipient", _RECIPIENT, "--out",
        station.home / "case.age", status=3,
    ).json  # fmt: skip
    assert refused["error"]["code"] == "refused.agreement"
    assert "cport portal agreement explain package.compose" in refused["error"]["hint"]

    station.amend("--end", "synthetic reason")
    station.exchange("second")
    assert station("portal", "agreement").json["state"] == "ended"
    assert station("reports").json["items"]
    refused = station("feedback", first["id"], "--text", "Thank you.", status=3).json
    assert refused["error"]["code"] == "refused.agreement_lapsed"


_RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
"""A public key from the documentation of age; nobody is known to hold its other half."""


def test_who_would_get_what_is_said_before_a_package_is_made(station: Station) -> None:
    path = station.home / "preview.age"
    told = station(
        "package", "create", "--query", "", "--out", path, "--preview", "--no-media",
        "--recipient", f"Example Regional Court={_RECIPIENT}",
        "--recipient", f"Example Press Office={_RECIPIENT}",
    ).json  # fmt: skip

    court, press = told["recipients"]
    assert (court["allowed"], court["clauses"], court["key"]) == (True, ["4.1"], _RECIPIENT)
    assert not press["allowed"]
    assert "clause 4.4 forbids it" in press["refusal"]
    assert not path.exists()


def test_a_folder_without_a_gateway_is_named(station: Station, tmp_path: Path) -> None:
    told = station("gateway", "amend", "--data", tmp_path, status=2).json

    assert str(tmp_path) in told["error"]["message"]
