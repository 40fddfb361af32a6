"""Triage on the command line: decide many, take back, give to a colleague, have in hand, read second."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

from cport_desktop.clock import SystemClock
from cport_desktop.domain.ids import Actor, OperationId, PortalId, ReportId, StationId
from cport_desktop.domain.in_hand import HandKind, InHand, InHandElsewhere, ToldElsewhere
from cport_desktop.domain.nature import Nature
from cport_desktop.vault import in_hand, second_readings
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.vault import Vault, open_vault
from cport_desktop.words import triage
from tests.builders import an_entry
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


def opened(cport: CportHere) -> AbstractContextManager[Vault]:
    """The same vault, by its own door."""
    assert cport.passphrase_file is not None
    secret = Passphrase(cport.passphrase_file.read_bytes().strip())
    return open_vault(cport.vault, secret=secret, clock=SystemClock(), program="tests")


def told_elsewhere(cport: CportHere, reference: str) -> None:
    """Analysts of two other stations have the report in hand, too."""
    now = SystemClock().now()
    entry = InHand(
        ReportId(int(reference.removeprefix("HL-"))),
        HandKind.LEASE,
        Actor("analyst-3f9a01bc"),
        now,
        now + timedelta(hours=1),
    )
    told = tuple(ToldElsewhere(StationId(f"station-{n}"), now, entry) for n in (2, 3))
    with opened(cport) as vault:
        heard = InHandElsewhere(PortalId("p"), StationId("s"), Nature.DEMO, now, told)
        with vault.transaction() as tx:
            in_hand.hear(tx, heard)
            tx.record(an_entry("hear_in_hand"))


def test_a_report_in_several_hands_is_listed_once_for_each_and_paged_through(
    cport: CportHere,
) -> None:
    reference = undecided(cport, 1)[0]
    cport("lease", "take", reference)
    told_elsewhere(cport, reference)

    seen: list[str] = []
    after: tuple[str, ...] = ()
    for _ in range(4):
        page = cport("--json", "lease", "list", "--limit", "1", *after).json
        assert {item["report"] for item in page["items"]} == {reference}
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = ("--after", page["next"])
    assert seen == [reference, f"{reference} station-2", f"{reference} station-3"]


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


def test_what_waits_for_a_second_reader_is_listed_page_by_page(cport: CportHere) -> None:
    wanted = undecided(cport, 3)
    for reference in wanted:
        cport("assess", reference, "national")
    made = cport("--json", "operations", "list", "--limit", "3").json["items"]
    with opened(cport) as vault, vault.transaction() as tx:
        for item in made:
            second_readings.ask(tx, OperationId(str(item["id"])))
        tx.record(an_entry("ask"))

    seen: list[str] = []
    page = cport("--json", "second", "list", "--limit", "2").json
    assert (len(page["items"]), page["total"]) == (2, None)
    seen += [item["report"] for item in page["items"]]
    rest = cport("--json", "second", "list", "--limit", "2", "--after", page["next"]).json
    seen += [item["report"] for item in rest["items"]]
    assert (seen, rest["next"]) == (wanted, None), "the oldest first"
    for wrong in (("--sort", "id"), ("--after", "nothing")):
        assert cport("--json", "second", "list", *wrong).status == 2


def test_nothing_waits_for_a_second_reader_where_none_is_asked_for(cport: CportHere) -> None:
    assert cport("--json", "second", "list").json["items"] == []
    cport("assess", undecided(cport, 1)[0], "national")
    number = cport("--json", "operations", "list").json["items"][0]["id"]
    told = cport("--json", "second", "confirm", number, "national")
    assert (told.status, told.json["error"]["code"]) == (3, "refused.second_reading")
