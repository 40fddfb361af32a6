"""Cases, notes, tags, flags, tasks and the end of a shift, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Demo
from tests.cli.in_process import CportHere

LIST_FIELDS = {"items", "total", "next", "elapsed_ms"}


@pytest.fixture
def reports(cport: CportHere) -> list[str]:
    """Some reports of the demo."""
    return [row["id"] for row in cport("--json", "reports", "--limit", "4").json["items"]]


def done(cport: CportHere, *arguments: str | Path) -> Any:
    """What a verb answers that succeeds."""
    ran = cport("--json", *arguments)
    assert ran.status == 0, ran.out + ran.err
    return ran.json


def refused(cport: CportHere, *arguments: str | Path) -> tuple[int, str]:
    """How a verb fails: its exit code and its error's."""
    ran = cport("--json", *arguments)
    return ran.status, ran.json["error"]["code"]


def test_a_case_goes_from_its_opening_to_its_closing(cport: CportHere, reports: list[str]) -> None:
    made = done(cport, "case", "create", "Harbour line", "--summary", "Three sites")["case"]
    assert (made["id"], made["state"], made["summary"]) == ("C-1", "open", "Three sites")
    added = done(cport, "case", "add", "C-1", reports[0], reports[1], "name.example")
    assert added["added"] == [reports[0], reports[1], "name.example"]
    told = done(cport, "case", "add", "C-1", "--query", f"ref:{reports[2]}")
    assert told == {"dry_run": True, "count": 1}
    assert refused(cport, "case", "add", "C-1", "--query", f"ref:{reports[2]}", "--count", "2") == (
        3,
        "refused.count",
    )
    done(cport, "case", "add", "C-1", "--query", f"ref:{reports[2]}", "--count", "1")
    done(cport, "case", "remove", "C-1", reports[1])

    shown = done(cport, "case", "show", "C-1")
    assert set(shown) == LIST_FIELDS | {"case"}
    assert {item["id"] for item in shown["items"]} == {reports[0], reports[2], "name.example"}
    assert (shown["total"], shown["case"]["reports"]) == (3, 2)
    found = done(cport, "reports", "case:C-1")
    assert {row["id"] for row in found["items"]} == {reports[0], reports[2]}

    assert refused(cport, "case", "close", "C-1") == (2, "usage.arguments")
    done(cport, "case", "close", "C-1", "--reason", "handed over")
    assert refused(cport, "case", "add", "C-1", reports[3]) == (3, "refused.case")
    closed = done(cport, "case", "list", "--state", "closed")
    assert set(closed) == LIST_FIELDS
    assert [row["closed_reason"] for row in closed["items"]] == ["handed over"]
    assert done(cport, "case", "list", "is:closed", "-title:other")["items"] == closed["items"]
    assert refused(cport, "case", "list", "class:baseline") == (2, "usage.query")
    done(cport, "case", "reopen", "C-1", "--reason", "new reports")
    done(cport, "case", "edit", "C-1", "--title", "Harbour", "--no-lead")
    assert done(cport, "case", "show", "C-1")["case"]["title"] == "Harbour"
    assert refused(cport, "case", "show", "C-7") == (2, "usage.unknown_reference")


def test_cases_stand_by_title_as_people_read_them(cport: CportHere) -> None:
    for title in ("Zone", "ägypten", "Ajax"):
        done(cport, "case", "create", title)

    def titles(*more: str) -> list[str]:
        return [row["title"] for row in done(cport, "case", "list", *more)["items"]]

    assert titles() == ["Ajax", "ägypten", "Zone"]
    assert titles("--sort", "title") == ["ägypten", "Ajax", "Zone"]
    assert titles("--sort", "-title") == ["Zone", "Ajax", "ägypten"]
    first = done(cport, "case", "list", "--sort", "title", "--limit", "1")
    assert titles("--sort", "title", "--after", first["next"]) == ["Ajax", "Zone"]
    assert refused(cport, "case", "list", "--sort", "state") == (2, "usage.arguments")


def test_a_case_is_changed_whole_or_not_at_all(cport: CportHere, reports: list[str]) -> None:
    done(cport, "case", "create", "Harbour")
    who = done(cport, "vault", "analysts", "list")["items"][0]["name"]
    for fields in (("--title", "Else", "--lead", "Nobody Example"), ("--title", "", "--lead", who)):
        assert refused(cport, "case", "edit", "C-1", *fields)[0] == 2
        case = done(cport, "case", "show", "C-1")["case"]
        assert (case["title"], case["lead"]) == ("Harbour", None)
    assert (
        done(cport, "case", "edit", "C-1", "--title", "Else", "--lead", who)["case"]["lead"] == who
    )
    assert refused(cport, "case", "edit", "C-1") == (2, "usage.arguments")


def test_things_by_name_and_by_query_are_not_taken_at_once(
    cport: CportHere, reports: list[str]
) -> None:
    done(cport, "case", "create", "Harbour")
    both = ("case", "add", "C-1", reports[0], "--query", f"ref:{reports[1]}", "--count", "1")
    assert refused(cport, *both) == (2, "usage.arguments")
    assert done(cport, "case", "show", "C-1")["items"] == []
    many = ("triage", "assess", "national", reports[0], "--query", "is:undecided")
    assert refused(cport, *many) == (2, "usage.arguments")


def test_the_reports_of_a_case_go_into_a_package(
    cport: CportHere, demo: Demo, reports: list[str], tmp_path: Path
) -> None:
    done(cport, "case", "create", "Harbour")
    done(cport, "case", "add", "C-1", reports[0], reports[1], "name.example")
    create = ("package", "create", "--no-media", "--out", tmp_path / "case.age")
    to = ("--recipient", demo.folder / "recipient.agekey")

    assert refused(cport, *create, *to) == (2, "usage.arguments")
    assert refused(cport, *create, *to, "--case", "C-7") == (2, "usage.unknown_reference")
    assert done(cport, *create, *to, "--case", "C-1")["items"] == 2


def test_a_timeline_comes_in_pages_and_in_words(cport: CportHere, reports: list[str]) -> None:
    done(cport, "case", "create", "Harbour")
    done(cport, "case", "add", "C-1", *reports)
    done(cport, "note", "add", reports[0], "--text", "asked by telephone")
    whole = done(cport, "case", "timeline", "C-1", "--limit", "1000")
    kinds = {item["kind"] for item in whole["items"]}
    assert {"opened", "added", "received", "noted", "assessed"} <= kinds
    assert all(item["label"] for item in whole["items"] if item["kind"] == "assessed")
    first = done(cport, "case", "timeline", "C-1", "--limit", "3")
    rest = done(cport, "case", "timeline", "C-1", "--limit", "1000", "--after", first["next"])
    assert first["items"] + rest["items"] == whole["items"]
    assert "asked by telephone" in cport("case", "timeline", "C-1").out


def test_a_note_is_written_changed_taken_back_and_put_back(
    cport: CportHere, reports: list[str], tmp_path: Path
) -> None:
    note = done(cport, "note", "add", reports[0], "--text", "first")["note"]["id"]
    written = tmp_path / "note.txt"
    written.write_text("second\nline", encoding="utf-8")
    assert done(cport, "note", "edit", note, "--file", written)["note"]["versions"] == 2
    assert [one["text"] for one in done(cport, "note", "show", note)["versions"]] == [
        "first",
        "second\nline",
    ]
    assert "second\nline" in cport("note", "list", reports[0]).out
    done(cport, "note", "take-back", note)
    assert done(cport, "note", "list", reports[0])["total"] == 0
    kept = done(cport, "note", "list", reports[0], "--taken-back")["items"]
    assert [one["id"] for one in kept] == [note]
    done(cport, "note", "put-back", note)
    assert done(cport, "reports", "note:second")["items"][0]["id"] == reports[0]


def test_a_note_of_a_megabyte_is_refused_in_a_sentence(
    cport: CportHere, reports: list[str], tmp_path: Path
) -> None:
    long = tmp_path / "long.txt"
    long.write_text("x" * 1_000_000, encoding="utf-8")
    ran = cport("--json", "note", "add", reports[0], "--file", long)
    assert (ran.status, ran.json["error"]["code"]) == (2, "usage.kept_text")
    assert "1,000,000" in ran.json["error"]["message"]
    assert long.stat().st_size == 1_000_000
    long.write_text("x" + "é" * 2_500_000, encoding="utf-8")
    assert refused(cport, "note", "add", reports[0], "--file", long) == (2, "usage.kept_text")
    (tmp_path / "not.txt").write_bytes(b"\xff\xfe\x00")
    for file in ("not.txt", "absent.txt"):
        assert refused(cport, "note", "add", reports[0], "--file", tmp_path / file) == (
            2,
            "usage.value",
        )


def test_tags_and_flags_go_on_and_off(cport: CportHere, reports: list[str]) -> None:
    put = done(cport, "tag", "add", "harbour", reports[0], reports[1])
    assert (put["changed"], put["already"]) == (reports[:2], 0)
    assert done(cport, "tag", "add", "HARBOUR", reports[0])["already"] == 1
    listed = done(cport, "tag", "list", "har")
    assert set(listed) == LIST_FIELDS
    assert [(one["name"], one["uses"]) for one in listed["items"]] == [("harbour", 2)]
    done(cport, "tag", "add", "bridge", reports[0])
    assert done(cport, "tag", "list", "har")["total"] == 1
    first = done(cport, "tag", "list", "--limit", "1")
    rest = done(cport, "tag", "list", "--after", first["next"])
    assert [one["name"] for one in (*first["items"], *rest["items"])] == ["harbour", "bridge"]
    done(cport, "tag", "remove", "harbour", reports[1])
    assert [row["id"] for row in done(cport, "reports", "tag:harbour")["items"]] == [reports[0]]
    assert cport("tag", "remove", "harbour", reports[1]).out.startswith("Nothing changed")

    done(cport, "flag", "add", reports[2])
    assert [row["id"] for row in done(cport, "reports", "is:flagged")["items"]] == [reports[2]]
    done(cport, "flag", "remove", reports[2])
    assert done(cport, "reports", "is:flagged")["items"] == []
    assert refused(cport, "flag", "add", "no such thing") == (2, "usage.unknown_reference")


def test_tasks_are_set_listed_and_ticked_off(cport: CportHere, reports: list[str]) -> None:
    who = done(cport, "vault", "analysts", "list")["items"][0]["name"]
    late = done(cport, "task", "add", reports[0], "Ask again", "--due", "2020-01-01", "--for", who)[
        "task"
    ]
    assert (late["assignee"], late["is_overdue"]) == (who, True)
    done(cport, "task", "add", reports[1], "Look", "--due", "3d")
    done(cport, "task", "add", reports[1], "Whenever")
    assert [one["title"] for one in done(cport, "task", "list")["items"]] == [
        "Ask again",
        "Look",
        "Whenever",
    ]
    assert [one["id"] for one in done(cport, "task", "list", "--overdue")["items"]] == [late["id"]]
    changed = done(cport, "task", "edit", late["id"], "Ask them", "--due", "2999-01-01")["task"]
    assert (changed["title"], changed["is_overdue"], changed["assignee"]) == (
        "Ask them", False, None,
    )  # fmt: skip
    done(cport, "task", "done", late["id"])
    assert done(cport, "task", "list", "--about", reports[0])["items"] == []
    done(cport, "task", "reopen", late["id"])
    assert done(cport, "task", "list", "--about", reports[0])["total"] == 1
    assert refused(cport, "task", "add", reports[0], "x", "--due", "soon") == (2, "usage.value")


def test_the_end_of_a_shift_names_what_is_open_and_what_is_not(
    cport: CportHere, reports: list[str]
) -> None:
    done(cport, "task", "add", reports[0], "Ask again", "--due", "2020-01-01")
    done(cport, "vault", "hold", "place", reports[1], "--reason", "order 12")
    summary = done(cport, "shift", "summary")
    assert (summary["tasks"]["count"], summary["tasks"]["overdue"]) == (1, 1)
    assert [one["item"] for one in summary["holds"]["items"]] == [reports[1]]
    assert summary["is_empty"] is False
    text = cport("shift", "summary").out
    assert "OVERDUE" in text
    assert "You have no report in hand." in text
