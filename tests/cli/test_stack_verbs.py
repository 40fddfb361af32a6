"""Likeness and stacks, on the command line."""

from __future__ import annotations

from tests.cli.in_process import CportHere

STACK_FIELDS = {"id", "lead", "contents", "items", "reports", "decided"}
LIST_FIELDS = {"items", "total", "next", "elapsed_ms"}


def near_stack(cport: CportHere) -> str:
    """A stack of several contents."""
    listed = cport("--json", "media", "stacks").json
    assert set(listed) >= LIST_FIELDS
    assert all(set(item) == STACK_FIELDS for item in listed["items"])
    return str(next(item["id"] for item in listed["items"] if item["contents"] > 1))


def members(cport: CportHere, stack: str) -> list[dict[str, object]]:
    return list(cport("--json", "media", "stack", "show", stack).json["items"])


def reason(member: dict[str, object]) -> list[object]:
    return [member[field] for field in ("id", "near", "because", "distance", "turn")]


def test_the_demo_has_stacks_and_says_why_each_member_is_in_one(cport: CportHere) -> None:
    stack = near_stack(cport)
    first, *others = members(cport, stack)

    assert first["id"] == stack
    assert others
    known = {"pdq", "pdq_turned"}
    assert all(other["because"] in known and other["near"] for other in others)
    assert "began the stack" in cport("media", "stack", "show", stack).out


def test_what_is_like_an_item_is_told_in_pages(cport: CportHere) -> None:
    stack = near_stack(cport)
    whole = cport("--json", "media", "similar", stack).json
    assert set(whole) >= LIST_FIELDS
    assert whole["total"] == len(whole["items"]) > 0
    assert all(item["because"] and item["distance"] >= 0 for item in whole["items"])
    first = cport("--json", "media", "similar", stack, "--limit", "1").json
    assert [item["id"] for item in first["items"]] == [whole["items"][0]["id"]]
    if first["next"]:
        after = cport("--json", "media", "similar", stack, "--after", first["next"]).json
        assert [item["id"] for item in after["items"]] == [
            item["id"] for item in whole["items"][1:]
        ]
    assert cport("--json", "media", "similar", stack, "--sort", "size").status == 2


def test_a_stack_is_split_and_put_together_again(cport: CportHere) -> None:
    stack = near_stack(cport)
    contents = members(cport, stack)
    taken = str(contents[-1]["id"])

    done = cport("--json", "media", "stack", "split", taken)
    assert (done.status, done.json["contents"]) == (0, 1)
    assert len(members(cport, stack)) == len(contents) - 1
    rebuilt = cport("--json", "media", "stacks", "--rebuild").json
    assert rebuilt["compared"] > 0
    assert len(members(cport, stack)) == len(contents) - 1

    assert cport("--json", "media", "stack", "merge", taken, stack).status == 0
    again = members(cport, stack)
    assert [reason(one) for one in again] == [reason(one) for one in contents]
    assert all(one["placed_by"] and one["placed_at"] for one in again)
    told = cport("media", "stack", "show", stack).out
    assert "looks the same" in told
    assert "put together by a person" not in told
    refused = cport("--json", "media", "stack", "merge", taken, stack)
    assert (refused.status, refused.json["error"]["code"]) == (3, "refused.stack")


def test_one_decision_serves_a_stack_once_its_count_is_typed(cport: CportHere) -> None:
    for item in cport("--json", "media", "stacks", "class:undecided").json["items"]:
        foreseen = cport("--json", "media", "stack", "assess", item["id"], "national").json
        if foreseen["count"]:
            break
    else:
        raise AssertionError("the scenario holds no stack to decide")
    assert foreseen["dry_run"]
    before = cport("--json", "operations", "list").json["items"]

    wrong = cport(
        "--json", "media", "stack", "assess", item["id"], "national",
        "--count", str(foreseen["count"] + 1),
    )  # fmt: skip
    assert wrong.status == 3
    assert cport("--json", "operations", "list").json["items"] == before

    done = cport(
        "--json", "media", "stack", "assess", item["id"], "national",
        "--count", str(foreseen["count"]),
    )  # fmt: skip
    assert done.status == 0
    assert len(done.json["operations"]) == foreseen["contents"]
    assert {one["report"] for one in done.json["operations"]} == set(foreseen["reports"])
    assert len(cport("--json", "operations", "list").json["items"]) == (
        len(before) + foreseen["contents"]
    )
