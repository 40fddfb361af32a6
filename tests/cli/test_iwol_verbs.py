"""What concerns the “Worst of” list, on the command line."""

from __future__ import annotations

from tests.cli.in_process import CportHere


def test_candidates_come_page_by_page_in_the_order_that_was_asked_for(cport: CportHere) -> None:
    whole = cport("--json", "iwol", "candidates", "--limit", "1000").json["items"]
    counts = [one["reports"] for one in whole]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == len(cport("--json", "reports", "--limit", "1000").json["items"])
    busiest = whole[0]
    found = cport("--json", "reports", f"domain:{busiest['domain']}", "--limit", "1000").json
    assert len(found["items"]) == busiest["reports"]

    by_name = cport("--json", "iwol", "candidates", "--sort", "domain", "--limit", "2").json
    rest = cport(
        "--json", "iwol", "candidates", "--sort", "domain", "--after", by_name["next"]
    ).json
    names = [one["id"] for one in (*by_name["items"], *rest["items"])]
    assert names == sorted(names)
    assert cport("--json", "iwol", "candidates", "colour:red").status == 2


def test_a_suggestion_is_listed_with_its_criteria_and_asked_for_by_its_state(
    cport: CportHere,
) -> None:
    domain = cport("--json", "iwol", "candidates", "--limit", "1").json["items"][0]["id"]
    assert cport("iwol", "suggest", domain, "--criterion", "1=met").status == 0
    (told,) = cport("--json", "iwol", "suggestions").json["items"]
    assert (told["domain"], told["state"], told["decision"]) == (domain, "queued", None)
    assert told["criteria"] == [{"code": "1", "state": "met", "note": ""}]
    (one,) = cport("--json", "iwol", "candidates", "is:suggested").json["items"]
    assert (one["id"], one["suggested"]) == (domain, "queued")
    text = cport("iwol", "suggestions").out
    assert domain in text
    assert "1 met of 1" in text
