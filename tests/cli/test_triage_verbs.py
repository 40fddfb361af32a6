"""Triage on the command line: decide many, take back, give to a colleague, have in hand, read second."""

from __future__ import annotations

from cport_desktop.words import triage
from tests.cli.in_process import CportHere


def undecided(cport: CportHere, count: int) -> list[str]:
    """References of reports that can be assessed."""
    told = cport("--json", "triage", "assess", "national", "--query", "is:undecided", "--dry-run")
    return list(told.json["reports"][:count])


def classes(cport: CportHere, *references: str) -> list[object]:
    return [cport("--json", "report", "show", each).json["classification"] for each in references]


def test_many_are_decided_by_one_act_and_taken_back_and_done_again(cport: CportHere) -> None:
    cport("unit", "rules", "set", "work.typed_above", "1")
    wanted = undecided(cport, 3)
    before = classes(cport, wanted[0], wanted[-1])
    refused = cport("--json", "triage", "assess", "national", *wanted)
    assert (refused.status, refused.json["error"]["code"]) == (3, "refused.count")

    done = cport("--json", "triage", "assess", "national", *wanted, "--count", "3").json
    assert (done["reports"], done["refused"], done["not_reached"]) == (wanted, [], 0)
    after = classes(cport, wanted[0], wanted[-1])
    assert after != before

    undone = cport("undo").out
    assert undone.startswith(f"Undone: 3 items assessed as National, {wanted[0]} first.")
    assert classes(cport, wanted[0], wanted[-1]) == before
    redone = cport("--json", "redo").json
    assert (redone["items"], redone["deed"]["first"]) == (3, wanted[0])
    assert classes(cport, wanted[0], wanted[-1]) == after
    listed = cport("--json", "deeds").json
    assert set(listed) == {"items", "total", "next", "elapsed_ms"}
    assert (listed["items"][0]["items"], listed["items"][0]["state"]) == (3, "done")


def test_what_is_refused_is_named_with_its_reason(cport: CportHere) -> None:
    final = cport("--json", "reports", "class:baseline", "--limit", "1").json["items"][0]["id"]
    told = cport("triage", "assess", "national", str(final))
    assert told.status == 0
    assert "Nothing was decided." in told.out
    assert str(final) in told.out


def test_what_was_decided_can_be_undone_and_what_was_not_reached_is_told() -> None:
    assert triage.outcome(1, 0) == (
        "1 report assessed. Queued; undo takes it back until the next exchange sends it."
    )
    assert triage.outcome(0, 0) == "Nothing was decided."
    assert triage.outcome(10, 2).endswith(
        "Stopped: 2 were not reached. What was decided is one act and can be undone."
    )


def test_when_nothing_is_left_to_undo_it_is_said(cport: CportHere) -> None:
    # The demo's own, which the portal has settled; others may have been at work in it before.
    feedback = cport("--json", "deeds").json["items"][-1]
    assert feedback["told"].startswith("Feedback to the hotline on HL-")
    stays = cport("--json", "undo", feedback["id"])
    assert (stays.status, stays.json["error"]["code"]) == (3, "refused.deed_stays")
    nothing = cport("--json", "redo")
    assert (nothing.status, nothing.json["error"]["code"]) == (3, "refused.nothing_to_turn")


def test_the_next_one_is_taken_in_hand_and_skipped_ones_are_not_it(cport: CportHere) -> None:
    first = cport("--json", "triage", "next", "--take").json
    reference = first["report"]["id"]
    assert first["lease"]["is_own"]
    second = cport("--json", "triage", "next", "--skip", reference).json["report"]["id"]
    assert second != reference
    assert [each["id"] for each in cport("--json", "lease", "list").json["items"]] == [reference]
    assert cport("--json", "lease", "give-back").json == {"ended": 1}
    assert "Nobody has a report in hand." in cport("lease", "list").out


def test_reports_are_given_to_a_colleague_and_found_by_them(cport: CportHere) -> None:
    name = cport("--json", "vault", "analysts", "list").json["items"][0]["name"]
    wanted = undecided(cport, 2)
    given = cport("--json", "assign", *wanted, "--to", str(name))
    assert given.status == 0, given.err
    assert given.json["assigned"] == wanted
    found = cport("--json", "reports", "is:assigned-to-me").json["items"]
    assert {item["id"] for item in found} == set(wanted)
    cport("undo")
    assert cport("--json", "reports", "is:assigned-to-me").json["items"] == []
    assert cport("--json", "assign", *wanted, "--to", "Nobody Example").status == 2


def test_nothing_waits_for_a_second_reader_where_none_is_asked_for(cport: CportHere) -> None:
    assert cport("--json", "second", "list").json["items"] == []
    cport("assess", undecided(cport, 1)[0], "national")
    number = cport("--json", "operations", "list").json["items"][0]["id"]
    told = cport("--json", "second", "confirm", number, "national")
    assert (told.status, told.json["error"]["code"]) == (3, "refused.second_reading")
