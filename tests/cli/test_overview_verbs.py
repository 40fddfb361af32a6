"""Memory, queue and overview on the command line, over the demo vault."""

from __future__ import annotations

import pytest

from tests.cli.in_process import CportHere

LIST_FIELDS = {"items", "total", "next", "elapsed_ms"}


def test_a_report_tells_what_it_shares_with_others_and_what_came_of_them(cport: CportHere) -> None:
    twice = cport("--json", "reports", "is:duplicate", "--limit", "1").json["items"][0]["id"]

    listed = cport("--json", "report", "memory", twice).json
    shown = cport("--json", "report", "show", twice).json["seen_before"]

    assert set(listed) >= LIST_FIELDS | {"report", "is_whole"}
    assert (listed["report"], listed["is_whole"]) == (twice, True)
    assert listed["items"] == shown
    first = next(item for item in shown if item["id"] == "same_bytes")
    assert first["reports"] >= 1
    assert {example["id"] for example in first["examples"]}.isdisjoint({twice})
    assert {"received_at", "classification_label", "action", "acted_at"} <= set(
        first["examples"][0]
    )
    assert first["sentence"] in cport("report", "memory", twice).out
    assert first["sentence"] in cport("report", "show", twice).out
    page = cport("--json", "report", "memory", twice, "--limit", "1").json
    assert [item["id"] for item in page["items"]] == [listed["items"][0]["id"]]
    if page["next"]:
        rest = cport("--json", "report", "memory", twice, "--after", page["next"]).json
        assert rest["items"] == listed["items"][1:]


def test_the_queue_is_in_order_and_says_why(cport: CportHere) -> None:
    listed = cport("--json", "queue", "--limit", "5").json

    assert set(listed) >= LIST_FIELDS | {"considered", "in_other_hands"}
    points = [item["points"] for item in listed["items"]]
    assert len(points) == 5
    assert points == sorted(points, reverse=True)
    for item in listed["items"]:
        assert item["classification"] == 0
        assert item["points"] == sum(reason["points"] for reason in item["reasons"])
        assert all(reason["sentence"] for reason in item["reasons"])
    after = cport("--json", "queue", "--limit", "5", "--after", listed["next"]).json
    assert after["items"][0]["points"] <= points[-1]
    assert {item["id"] for item in after["items"]}.isdisjoint(
        item["id"] for item in listed["items"]
    )
    first = listed["items"][0]
    assert first["id"] in cport("queue").out
    assert first["reasons"][0]["sentence"] in cport("queue").out


def test_what_a_unit_counts_moves_the_queue(cport: CportHere) -> None:
    for rule in cport("--json", "unit", "rules", "list").json["items"]:
        if rule["id"].startswith("priority."):
            points = "7" if rule["id"] == "priority.hosted_here" else "0"
            assert cport("unit", "rules", "set", rule["id"], points).status == 0

    listed = cport("--json", "queue").json["items"]

    assert {item["points"] for item in listed} <= {0, 7}
    assert [reason["rule"] for reason in listed[0]["reasons"]] == ["hosted_here"]
    refused = cport("--json", "unit", "rules", "set", "priority.fresh", "-1")
    assert refused.status == 2


def test_every_number_of_the_overview_is_what_its_query_finds(cport: CportHere) -> None:
    told = cport("--json", "overview").json

    numbers = [
        told["new"]["reports"],
        told["new"]["undecided"],
        told["new"]["brought"],
        told["overdue"],
        told["endings"]["takedowns_ending"],
    ]
    for counted in numbers:
        if counted["number"]:
            found = cport("--json", "reports", counted["query"], "--count", "--limit", "1").json
            assert found["total"] == counted["number"], counted["query"]
    exchange = told["new"]["exchange"]
    moved = sum(exchange[f"reports_{what}"] for what in ("new", "changed", "withdrawn"))
    assert told["new"]["brought"]["number"] <= moved
    assert [one["id"] for one in told["urgent"]] == [
        one["id"] for one in cport("--json", "queue", "--limit", "10").json["items"]
    ]
    assert told["duties"]["tasks"] == []
    assert "Undecided" in cport("overview").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "memory", "HL-1", "--sort", "size"),
        ("queue", "--sort", "age"),
        ("queue", "--after", "nothing"),
    ],
)
def test_what_there_is_not_is_refused(cport: CportHere, arguments: tuple[str, ...]) -> None:
    assert cport("--json", *arguments).json["error"]["exit"] == 2
