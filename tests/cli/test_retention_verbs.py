"""Holds, periods and erasures on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.in_process import CportHere


def references(cport: CportHere, *query: str) -> list[str]:
    """What the query finds, without reports on which the portal still owes an answer."""
    waiting = {item["report"] for item in cport("--json", "operations", "list").json["items"]}
    found = [item["id"] for item in cport("--json", "reports", *query).json["items"]]
    return [reference for reference in found if reference not in waiting]


def test_a_held_report_is_listed_found_and_not_erased_until_it_is_released(
    cport: CportHere,
) -> None:
    first, second, *_ = references(cport)
    placed = cport("--json", "vault", "hold", "place", first, "--reason", "court order 12")
    assert placed.status == 0, placed.out
    name = placed.json["hold"]["id"]

    assert references(cport, "is:held") == [first]
    assert cport("--json", "report", "show", first).json["holds"][0]["reason"] == "court order 12"
    listed = cport("--json", "vault", "hold", "list").json
    assert [(item["id"], item["item"]) for item in listed["items"]] == [(name, first)]
    both = ("--report", first, "--report", second)
    refused = cport("--json", "vault", "erase", *both, "--reason", "r", "--count", "2")
    assert (refused.status, refused.json["error"]["code"]) == (3, "refused.held")

    released = cport("--json", "vault", "hold", "release", name, "--reason", "closed")
    assert (released.status, released.json["others"]) == (0, [])
    erased = cport("--json", "vault", "erase", *both, "--reason", "r", "--count", "2")
    assert erased.status == 0, erased.out
    assert erased.json["reports"] == 2


def test_an_erasure_is_told_first_takes_a_count_and_leaves_a_certificate_and_a_register(
    cport: CportHere, tmp_path: Path
) -> None:
    first = references(cport)[0]
    certificate, register = tmp_path / "erasure.txt", tmp_path / "erasures.txt"
    told = cport("--json", "vault", "erase", "--report", first).json
    assert (told["dry_run"], told["count"]) == (True, 1)
    wrong = cport("--json", "vault", "erase", "--report", first, "--reason", "r", "--count", "2")
    assert (wrong.status, wrong.json["error"]["code"]) == (3, "refused.count")

    done = cport(
        "--json", "vault", "erase", "--report", first, "--reason", "request 12",
        "--count", "1", "--certificate", certificate,
    )  # fmt: skip

    assert done.status == 0, done.out
    assert (done.json["is_finished"], done.json["is_known_here"]) == (True, True)
    assert f"report {first}\n" in certificate.read_text()
    assert first not in references(cport)
    assert cport("vault", "check", "--deep").status == 0
    assert cport("audit", "verify", "--against", certificate).status == 0
    (item,) = cport("--json", "vault", "erasures", "list").json["items"]
    assert (item["reason"], item["rule"], item["reports"]) == ("request 12", "order", 1)
    shown = cport("--json", "vault", "erasures", "show", item["id"]).json
    assert shown["certificate"] == certificate.read_text()
    assert cport("vault", "erasures", "export", register).status == 0
    applied = cport("--json", "vault", "erasures", "apply", register).json
    assert applied == {"reports": 0, "absent": 0, "held": []}
    gone = cport("--json", "vault", "hold", "place", first, "--reason", "too late")
    assert (gone.status, gone.json["error"]["code"]) == (3, "refused.erased")


def test_what_the_agreement_makes_due_is_told_with_the_clause(cport: CportHere) -> None:
    plan = cport("--json", "vault", "retention").json

    assert [period["clause"] for period in plan["periods"]] == ["6.1", "6.2", "6.3"]
    assert plan["due"] == sum(item["standing"] == "due" for item in plan["items"])
    assert {item["clause"] for item in plan["items"]} <= {"6.1", "6.2", "6.3"}
    refused = cport("--json", "vault", "retention", "--run", "--count", str(plan["due"] + 1))
    assert refused.status == 3
    assert refused.json["error"]["code"] in ("refused.count", "refused.clock")


def test_a_date_that_is_none_is_a_mistake_of_usage(cport: CportHere) -> None:
    ran = cport("--json", "vault", "retention", "--run", "--count", "0", "--date", "17 May")
    assert (ran.status, ran.json["error"]["code"]) == (2, "usage.value")
