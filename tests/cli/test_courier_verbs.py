"""Enrolment and exchange by stick, on the command line, from the request to the last receipt."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.in_process import CportHere
from tests.cli.ran import Ran


@dataclass(frozen=True)
class Desk:
    """A vault, a gateway's folder and a stick between the two."""

    cport: CportHere
    data: Path
    stick: Path

    def __call__(self, *arguments: str | Path) -> Ran:
        return self.cport("--json", *arguments)

    def gateway(self, *arguments: str | Path) -> Ran:
        return self("gateway", "courier", "--data", self.data, "--reports", "12", *arguments)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "passphrase.txt").write_text("correct horse battery staple")
    stick = folder / "stick"
    stick.mkdir()
    cport = CportHere(folder, folder / "vault", folder / "passphrase.txt")
    created = cport("vault", "create", "--demo")
    assert created.status == 0, created.err
    yield Desk(cport, folder / "gateway", stick)


def test_from_the_request_to_the_last_receipt_by_stick_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _nobody_asks)
    code = desk.data / "enrolment-code.txt"
    # A gateway makes itself at its first errand, whatever becomes of it.
    assert desk.gateway(desk.stick / "nothing", desk.stick / "none").status == 5

    requested = desk(
        "portal", "request", "--out", desk.stick / "request", "--code-file", code,
        "--station", "Desk 1", "--agency", "Example Agency",
        "--confirm", "meeting", "--confirm", "papers",
    )  # fmt: skip
    assert requested.status == 0, requested.err
    assert requested.json["confirmed"] == ["meeting", "papers"]
    assert requested.json["safe_to_unplug"] is True
    assert code.read_text().strip().encode() not in (desk.stick / "request").read_bytes()
    answered = desk.gateway(desk.stick / "request", desk.stick / "answer")
    assert answered.status == 0, answered.err
    enrolled = desk("portal", "enrol", "--answer", desk.stick / "answer")
    assert enrolled.status == 0, enrolled.err
    assert enrolled.json["station"] == answered.json["station"]

    sent = desk("courier", "send", desk.stick / "to-portal")
    assert sent.status == 0, sent.err
    assert (sent.json["sequence"], sent.json["operations_sent"]) == (1, 0)
    assert desk.gateway(desk.stick / "to-portal", desk.stick / "from-portal").status == 0
    received = desk("courier", "receive", desk.stick / "from-portal")
    assert received.status == 0, received.err
    assert received.json["reports_new"] == 12
    assert received.json["complete"] is True
    assert received.json["already_applied"] is False
    again = desk("courier", "receive", desk.stick / "from-portal")
    assert again.json["already_applied"] is True

    (first, *_) = desk("reports").json["items"]
    assert desk("feedback", first["id"], "--text", "synthetic words").status == 0
    sent = desk("courier", "send", desk.stick / "to-portal-2", "--part-size", "64k")
    assert sent.status == 2, sent.out
    sent = desk("courier", "send", desk.stick / "to-portal-2")
    assert (sent.json["sequence"], sent.json["operations_sent"]) == (2, 1)
    answered = desk.gateway(
        desk.stick / "to-portal-2", desk.stick / "from-portal-2", "--media", "none"
    )
    assert answered.json["operations"] == 1
    settled = desk("courier", "receive", desk.stick / "from-portal-2")
    assert settled.json["operations_settled"] == 1

    status = desk("courier", "status").json
    assert status["sequence"] == 2
    assert [bundle["sequence"] for bundle in status["sent"]] == [2, 1]
    assert all(bundle["answered_at"] for bundle in status["sent"])
    assert desk("audit", "verify").status == 0


def _nobody_asks(*_: object) -> None:
    raise AssertionError("a name was looked up")


def test_what_was_enrolled_by_stick_knows_no_address_until_it_is_told(desk: Desk) -> None:
    refused = desk("sync")
    assert (refused.status, refused.json["error"]["code"]) == (5, "road.address_unknown")
    told = desk("portal", "address", "https://127.0.0.1:9")
    assert told.status == 0
    assert desk("sync").json["error"]["code"] == "road.unreachable"


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("absent", 5, "road.drive_absent"),
        ("folder", 6, "untrusted.bundle"),
        ("text", 6, "untrusted.bundle"),
        ("own", 6, "untrusted.bundle_direction"),
        ("cut", 6, "untrusted.part_damaged"),
    ],
)
def test_what_cannot_be_received_is_named_with_its_exit_code(
    desk: Desk, name: str, status: int, code: str
) -> None:
    path = desk.stick / f"bad-{name}"
    match name:
        case "folder":
            path.mkdir()
        case "text":
            path.write_text("synthetic words " * 20)
        case "own":
            path.write_bytes((desk.stick / "to-portal").read_bytes())
        case "cut":
            path.write_bytes((desk.stick / "from-portal").read_bytes()[:-1])

    refused = desk("courier", "receive", path)

    error = refused.json["error"]
    assert (refused.status, error["code"], error["exit"]) == (status, code, status)
    assert error["message"]
    assert error["hint"]


def test_a_road_must_be_chosen(desk: Desk) -> None:
    assert desk("portal", "enrol").status == 2
    assert desk("portal", "enrol", "--answer", "x", "--code", "y").status == 2
    assert desk("portal", "enrol", "--answer", "x", "--confirm", "papers").status == 2
    assert desk("courier", "send", "x", "--part-size", "many").status == 2
