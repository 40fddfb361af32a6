"""What an analyst does towards the portal, on the command line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cport_desktop.cli import operation_values
from cport_desktop.clock import SystemClock
from cport_desktop.domain.ids import OperationId
from cport_desktop.domain.operation import CriterionState, HashAlgorithm
from cport_desktop.errors import ValueUnknown
from cport_desktop.vault import outbox
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.vault import open_vault
from tests.builders import NOON, an_entry
from tests.cli.conftest import Demo
from tests.cli.in_process import CportHere

DIGEST = hashlib.sha256(b"synthetic").hexdigest()
OTHER = hashlib.md5(b"synthetic").hexdigest()


def a_report(cport: CportHere) -> str:
    query = ("--limit", "1", "is:new")
    return str(cport("--json", "reports", *query).json["items"][0]["id"])


def held_back(demo: Demo, vault: Path, operation: str, reason: str) -> None:
    """As the next exchange would."""
    secret = Passphrase((demo.folder / "passphrase.txt").read_bytes().strip())
    with (
        open_vault(vault, secret=secret, clock=SystemClock(), program="tests") as opened,
        opened.transaction() as tx,
    ):
        outbox.hold_back(tx, {OperationId(operation): reason})
        tx.record(an_entry("hold_back"))


ACTS: list[tuple[tuple[str, ...], str, dict[str, object]]] = [
    (
        ("takedown", "hold", "REF", "--until", "14d", "--reason", "number 12"),
        "takedown_hold",
        {"text": "number 12"},
    ),
    (
        ("takedown", "lift", "REF", "--reason", "done"),
        "takedown_lift",
        {"text": "done"},
    ),
    (
        ("ask", "REF", "--text", "Is the page archived?"),
        "information_request",
        {"text": "Is the page archived?"},
    ),
    (
        ("iwol", "suggest", "Name.Example", "--criterion", "1=met", "--note", "seen"),
        "domain_suggestion",
        {
            "domain": "name.example",
            "criteria": [{"code": "1", "state": "met", "note": ""}],
            "note": "seen",
        },
    ),
    (
        ("hashlist", "contribute", "national", DIGEST, f"md5:{OTHER}"),
        "hash_contribution",
        {
            "list_id": "national",
            "entries": [
                {"algorithm": "sha256", "digest": DIGEST},
                {"algorithm": "md5", "digest": OTHER},
            ],
        },
    ),
    (
        ("case", "handover", "2026/12", "--recipient", "Partner Agency Example", "--report", "REF"),
        "case_hand_over",
        {"case_reference": "2026/12", "recipient": "Partner Agency Example"},
    ),
    (
        ("false-positive", "national", DIGEST, "--note", "a test card"),
        "false_positive",
        {"entry": {"algorithm": "sha256", "digest": DIGEST}, "note": "a test card"},
    ),
    (("feedback", "REF", "--text", "Seen."), "feedback", {"text": "Seen."}),
]


def test_an_act_of_every_kind_is_queued_with_its_words_listed_and_shown(cport: CportHere) -> None:
    reference = a_report(cport)
    made: list[str] = []
    for arguments, kind, facts in ACTS:
        done = cport("--json", *(reference if word == "REF" else word for word in arguments))
        assert done.status == 0, done.out
        queued = done.json["operation"]
        assert (queued["kind"], queued["state"]) == (kind, "queued")
        assert {name: queued[name] for name in facts} == facts
        assert "operations" in done.json["changes"]
        made.insert(0, queued["id"])

    listed = cport("--json", "operations", "list", "--limit", str(len(made))).json["items"]
    shown = cport("--json", "operations", "show", made[0][:13]).json
    readable = cport("operations", "list").out

    assert [item["id"] for item in listed] == made
    assert (shown["text"], shown["state"]) == ("Seen.", "queued")
    assert "Hand-over of a case: 2026/12 to Partner" in readable


def test_a_hold_that_is_asked_for_is_seen_on_the_report_and_marked(cport: CportHere) -> None:
    reference = a_report(cport)
    cport("takedown", "hold", reference, "--until", "2027-03-01", "--reason", "number 12")

    seen = cport("--json", "report", "show", reference).json["takedown"]

    assert (seen["state"], seen["until"]) == ("asked", "2027-03-01T23:59:59Z")
    assert seen["confirmed_until"] is None
    readable = cport("report", "show", reference).out
    assert "not yet confirmed" in readable
    assert "Request to wait with takedown" in readable


def test_entries_come_from_a_file_as_well(cport: CportHere, tmp_path: Path) -> None:
    file = tmp_path / "digests.txt"
    file.write_text(f"# synthetic\n{DIGEST.upper()}\n\npdq:{'5a' * 32}\n")

    done = cport("--json", "hashlist", "contribute", "national", "--file", file)

    algorithms = [entry["algorithm"] for entry in done.json["operation"]["entries"]]
    assert algorithms == ["sha256", "pdq"]


REFUSED: list[tuple[tuple[str, ...], int, str]] = [
    (("hashlist", "contribute", "national", "abc"), 2, "usage.value"),
    (("hashlist", "contribute", "national"), 2, "usage.entries"),
    (("hashlist", "contribute", "../x", DIGEST), 2, "usage.value"),
    (("hashlist", "contribute", "n", hashlib.md5(b"").hexdigest()), 2, "usage.value"),
    (("hashlist", "contribute", "n", "--file", "nowhere.txt"), 2, "usage.input"),
    (("iwol", "suggest", "192.0.2.1"), 3, "refused.domain"),
    (("iwol", "suggest", "example"), 3, "refused.domain"),
    (("iwol", "suggest", "a b.example"), 3, "refused.domain"),
    (("iwol", "suggest", "n.example", "--criterion", "1=perhaps"), 2, "usage.value"),
    (("takedown", "hold", "REF", "--until", "soon", "--reason", "r"), 2, "usage.value"),
    (("takedown", "hold", "REF", "--until", "2020-01-01", "--reason", "r"), 3, "refused.act"),
    (("takedown", "lift", "REF", "--reason", " "), 2, "usage.text"),
    (("ask", "HL-1", "--text", "?"), 2, "usage.unknown_reference"),
    (
        ("case", "handover", "1", "--recipient", "A", "--report", "HL-1"),
        2,
        "usage.unknown_reference",
    ),
    (
        ("false-positive", "n", DIGEST, "--media", "M-1", "--note", "x"),
        2,
        "usage.unknown_reference",
    ),
    (("operations", "show", "ffffffff"), 2, "usage.unknown_reference"),
    (("operations", "set-aside", "ffffffff", "--reason", "r"), 2, "usage.unknown_reference"),
]


def test_what_cannot_be_right_is_refused_by_name_and_not_queued(cport: CportHere) -> None:
    reference = a_report(cport)
    before = cport("--json", "operations", "list").json["items"]

    for arguments, status, code in REFUSED:
        ran = cport("--json", *(reference if word == "REF" else word for word in arguments))
        assert (ran.status, ran.json["error"]["code"]) == (status, code), arguments

    assert cport("--json", "operations", "list").json["items"] == before


def test_what_needs_you_can_be_revised_sent_or_set_aside_and_stays_listed(
    demo: Demo, vault_copy: Path, cport: CportHere
) -> None:
    reference = a_report(cport)
    made = [
        cport("--json", "takedown", "hold", reference, "--until", "14d", "--reason", word).json
        for word in ("first", "second", "third")
    ]
    first, second, third = (answer["operation"]["id"] for answer in made)
    for operation in (first, second, third):
        held_back(demo, vault_copy, operation, "hold_expired")
    needing = cport("--json", "operations", "list", "--state", "needs-you").json["items"]
    assert {item["id"] for item in needing} == {first, second, third}
    assert needing[0]["reason"] == "hold_expired"
    assert "has passed" in needing[0]["reason_sentence"]

    revised = cport("--json", "operations", "revise", first, "--until", "30d")
    sent = cport("--json", "operations", "send-anyway", second)
    aside = cport("--json", "operations", "set-aside", third, "--reason", "by telephone")

    assert [ran.status for ran in (revised, sent, aside)] == [0, 0, 0]
    newer = revised.json["operation"]
    assert (newer["revises"], newer["text"], newer["state"]) == (first, "first", "queued")
    assert sent.json["operation"]["state"] == "queued"
    assert sent.json["operation"]["is_insisted"]
    old = cport("--json", "operations", "show", first).json
    assert (old["state"], old["revised_by"]) == ("set_aside", newer["id"])
    gone = cport("--json", "operations", "show", third).json
    assert (gone["state"], gone["aside"]) == ("set_aside", "by telephone")
    again = cport("--json", "operations", "send-anyway", third)
    assert (again.status, again.json["error"]["code"]) == (3, "refused.operation_closed")


def test_a_revision_takes_only_what_its_kind_has(cport: CportHere) -> None:
    reference = a_report(cport)
    asked = cport("--json", "ask", reference, "--text", "first").json["operation"]["id"]

    refused = cport("--json", "operations", "revise", asked, "--until", "3d")
    revised = cport("--json", "operations", "revise", asked, "--text", "second")

    assert (refused.status, refused.json["error"]["code"]) == (2, "usage.value")
    assert revised.json["operation"]["text"] == "second"
    assert cport("--json", "operations", "show", asked).json["text"] == "first"


def test_times_are_read_as_people_write_them() -> None:
    def read(text: str) -> str:
        return operation_values.moment(text, now=NOON).isoformat()

    assert read("2d") == "2026-05-19T12:00:00+00:00"
    assert read("3h") == "2026-05-17T15:00:00+00:00"
    assert read("2026-12-24") == "2026-12-24T23:59:59+00:00"
    assert read("2026-12-24T12:00:00+02:00") == "2026-12-24T10:00:00+00:00"
    with pytest.raises(ValueUnknown):
        read("tomorrow")


def test_digests_and_criteria_are_told_by_their_form() -> None:
    assert operation_values.hash_entry("5a" * 20).algorithm is HashAlgorithm.SHA1
    assert operation_values.hash_entry("PDQ:" + "5A" * 32).digest == "5a" * 32
    read = operation_values.criterion("4=not-met:since May")
    assert (read.code, read.state, read.note) == ("4", CriterionState.NOT_MET, "since May")
    for wrong in ("sha256:zz", "crc32:00000000", "5a", "g" * 32):
        with pytest.raises(ValueUnknown):
            operation_values.hash_entry(wrong)
