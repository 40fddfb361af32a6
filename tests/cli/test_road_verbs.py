"""Links, transfers and past exchanges on the command line, over real loopback HTTPS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cport_desktop.clock import SystemClock
from cport_desktop.demo.agreement import amended
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.server import RunningServer, running_server
from tests.agreement_builders import a_limit
from tests.builders import PASSPHRASE, make_vault
from tests.cli.in_process import CportHere
from tests.cli.ran import Ran

REPORTS = 6


@dataclass(frozen=True)
class Line:
    """A vault that is enrolled with a gateway that runs."""

    cport: CportHere
    server: RunningServer

    def __call__(self, *arguments: str | Path) -> Ran:
        return self.cport("--json", *arguments)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    clock = SystemClock()
    gateway = Gateway(
        folder / "data",
        scenario=Scenario(7, REPORTS, clock.now().replace(microsecond=0), pictures=64),
        pictures=Pictures(folder / "pictures", seed=7),
        clock=clock,
    )
    yield gateway
    gateway.close()


@pytest.fixture
def line(gateway: Gateway, tmp_path: Path) -> Iterator[Line]:
    passphrase = tmp_path / "passphrase.txt"
    passphrase.write_bytes(PASSPHRASE)
    vault = make_vault(tmp_path / "vault", clock=SystemClock())
    cport = CportHere(tmp_path, vault, passphrase)
    with running_server(gateway) as server:
        code = tmp_path / "code.txt"
        code.write_text(gateway.identity.enrolment_code)
        where = ("--url", server.url, "--ca", server.authority, "--code-file", code)
        enrolled = cport("--json", "portal", "enrol", *where)
        assert enrolled.status == 0, enrolled.out
        yield Line(cport, server)


def test_a_sync_by_https_with_certificate_and_session_brings_everything(line: Line) -> None:
    synced = line("sync")
    assert synced.status == 0, synced.out
    assert synced.json["reports_new"] == REPORTS
    assert synced.json["complete"]
    assert synced.json["in_hand"] == "shared"
    kept = line("sync", "--history").json["items"][0]["facts"]
    assert kept["in_hand"] == synced.json["in_hand"]


def test_every_exchange_is_listed_with_its_outcome_the_newest_first(line: Line) -> None:
    line("sync", "--metadata-only")
    failed = line("sync", "--proxy", "http://127.0.0.1:1")
    assert (failed.status, failed.json["error"]["code"]) == (5, "road.proxy_refused")

    first = line("sync", "--history", "--limit", "1").json
    second = line("sync", "--history", "--limit", "5", "--after", first["next"]).json

    assert first["items"][0]["outcome"] == "road.proxy_refused"
    assert first["items"][0]["id"] == 2
    (older,) = second["items"]
    assert older["outcome"] == "done"
    assert older["facts"]["reports_new"] == REPORTS
    assert second["next"] is None
    assert "road.proxy_refused" in line.cport("sync", "--history").out


def test_a_link_says_what_comes_over_it(line: Line) -> None:
    assert line("links", "list").json["items"][0] == {
        "id": "any",
        "in_use": True,
        "media": "all",
        "bytes_per_second": None,
        "largest_file": None,
        "proxy": None,
    }
    made = line("links", "set", "field", "--media", "asked", "--cap", "1000000")
    assert made.status == 0, made.out
    assert line("links", "use", "field").json["in_use"]
    assert line("sync").json["media_new"] == 0

    waiting = line("transfers", "list").json
    assert {item["state"] for item in waiting["items"]} == {"held_back"}
    chosen = waiting["items"][0]["id"]
    assert line("transfers", "ask", chosen).json == {"asked_for": [chosen]}
    assert line("sync").json["media_new"] >= 1

    unlimited = line("links", "set", "field", "--cap", "none").json
    assert (unlimited["media"], unlimited["bytes_per_second"]) == ("asked", None)
    assert line("sync", "--link", "any").json["complete"]
    assert line("links", "remove", "field").status == 0
    assert line("links", "list").json["total"] == 1


def test_what_is_paused_or_cancelled_waits_for_a_person(line: Line) -> None:
    line("sync", "--metadata-only")
    one, other, *_ = [item["id"] for item in line("transfers", "list").json["items"]]
    assert line("transfers", "pause", one).json == {"paused": [one]}
    assert line("transfers", "cancel", other).json == {"cancelled": [other]}
    line("sync")
    states = {item["id"]: item["state"] for item in line("transfers", "list").json["items"]}
    assert states[one] == "paused"
    assert states[other] == "cancelled"
    assert not line("sync").json["complete"]

    line("transfers", "resume", one)
    line("transfers", "retry", other)
    assert line("sync").json["complete"]
    assert line("transfers", "pause", "--all").json == {"paused": "all"}
    assert line("transfers", "list").json["paused"]


REFUSED = (
    (("links", "use", "nowhere"), "usage.unknown_reference"),
    (("links", "set", "field", "--cap", "3"), "usage.value"),
    (("links", "set", "field", "--cap", "much"), "usage.value"),
    (("links", "set", "field", "--proxy", "http://ada:mumble@proxy.example:1"), "usage.value"),
    (("sync", "--link", "nowhere"), "usage.unknown_reference"),
    (("sync", "--history", "--sort", "road"), "usage.value"),
    (("transfers", "pause"), "usage"),
    (("transfers", "ask", "x"), "usage.unknown_reference"),
    (("transfers", "cancel", "M-1"), "usage.unknown_reference"),
)


def test_what_cannot_be_is_refused_and_no_password_repeated(line: Line) -> None:
    for arguments, code in REFUSED:
        ran = line(*arguments)
        assert (ran.status, ran.json["error"]["code"]) == (2, code), arguments
        assert "mumble" not in ran.out


def test_a_proxys_password_stands_in_a_file_and_is_shown_to_nobody(
    line: Line, tmp_path: Path
) -> None:
    file = tmp_path / "proxy.txt"
    file.write_text("http://ada:mumble@127.0.0.1:1\n")
    made = line("links", "set", "office", "--proxy-file", file)
    assert made.json["proxy"] == "http://127.0.0.1:1"
    assert "mumble" not in line.cport("links", "list").out
    assert line("sync", "--link", "office").json["error"]["code"] == "road.proxy_refused"


def test_enrolment_goes_through_the_proxy_that_is_named(gateway: Gateway, tmp_path: Path) -> None:
    passphrase, code = tmp_path / "passphrase.txt", tmp_path / "code.txt"
    passphrase.write_bytes(PASSPHRASE)
    code.write_text(gateway.identity.enrolment_code)
    cport = CportHere(tmp_path, make_vault(tmp_path / "vault", clock=SystemClock()), passphrase)
    ran = cport(
        "--json", "portal", "enrol", "--url", "https://portal.example", "--code-file", code,
        "--ca", gateway.directory / "tls-ca.pem", "--proxy", "http://127.0.0.1:1",
    )  # fmt: skip
    assert (ran.status, ran.json["error"]["code"]) == (5, "road.proxy_refused")


def test_what_the_agreement_does_not_grant_is_named_with_its_clause(
    line: Line, gateway: Gateway
) -> None:
    no_pictures = a_limit("7.1", functions=("media.receive",), kinds=("image",))
    now = gateway.clock.now()
    for station in gateway.stations():
        last = gateway.agreements.current(station)
        made = amended(last, (*last.clauses, no_pictures), now=now, effective_from=now)
        gateway.agreements.amend(station, made)

    synced = line("sync").json
    listed = line("transfers", "list").json

    withheld = {"kind": "image", "clause": "7.1", "cause": "clause 7.1 forbids it"}
    assert synced["complete"]
    assert synced["media_pending"] == 0
    assert synced["withheld"] == [withheld]
    assert synced["media_not_granted"] == listed["not_granted"] == listed["total"] > 0
    assert {item["state"] for item in listed["items"]} == {"not_granted"}
    assert all(item["withheld"] == withheld for item in listed["items"])
    assert "do not come under this agreement: clause 7.1 forbids it." in line.cport("sync").out
    assert "clause 7.1 forbids it" in line.cport("transfers", "list").out
    (past, *_) = line("sync", "--history").json["items"]
    assert past["facts"]["media_withheld_by"] == "7.1"
    assert line("courier", "status").json["media_not_granted"] == synced["media_not_granted"]
