"""Figures on the command line, over the demo vault."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import CportHere

LIST_FIELDS = {"items", "total", "next", "elapsed_ms"}


@pytest.mark.parametrize("by", ["received", "host", "site", "hotline", "removal"])
def test_every_line_is_what_its_query_finds(cport: CportHere, by: str) -> None:
    told = cport("--json", "figures", "reports", "has:media", "--by", by).json

    assert set(told) >= LIST_FIELDS | {"found", "unknown", "left_out", "sentences"}
    whole = cport("--json", "reports", "has:media", "--count", "--limit", "1").json["total"]
    assert told["found"] == whole
    counted = sum(item["reports"] for item in told["items"])
    assert counted + told["unknown"] + told["left_out"] == whole
    for item in told["items"][:2]:
        if item["query"] is not None:
            found = cport("--json", "reports", item["query"], "--count", "--limit", "1").json
            assert found["total"] == item["reports"], item
    assert told["sentences"][0] in cport("figures", "reports", "has:media", "--by", by).out


def test_lines_are_sorted_and_paged(cport: CportHere) -> None:
    every = cport("--json", "figures", "reports", "--by", "host", "--sort", "reports").json
    counts = [item["reports"] for item in every["items"]]
    assert counts == sorted(counts)

    first = cport("--json", "figures", "reports", "--by", "host", "--limit", "1").json
    assert first["total"] == every["total"]
    rest = cport("--json", "figures", "reports", "--by", "host", "--after", first["next"]).json
    shown = [item["id"] for item in first["items"] + rest["items"]]
    assert sorted(shown) == sorted(item["id"] for item in every["items"])
    assert len(set(shown)) == len(shown)


def test_a_case_tells_its_time_and_its_links(cport: CportHere) -> None:
    twice = cport("--json", "reports", "is:duplicate", "--limit", "9").json["items"]
    case = cport("--json", "case", "create", "Harbour").json["case"]["id"]
    cport("case", "add", case, *(item["id"] for item in twice))

    time = cport("--json", "figures", "timeline", case).json
    links = cport("--json", "figures", "links", case).json

    assert {item["what"] for item in time["items"]} >= {"opened", "received"}
    assert set(links) >= LIST_FIELDS
    assert links["items"]
    assert all(len(item["reports"]) > 1 for item in links["items"])
    assert all(item["in_case"] >= len(item["reports"]) for item in links["items"])
    assert links["sentences"][0] in cport("figures", "links", case).out


def entries(cport: CportHere) -> list[dict[str, Any]]:
    """What the log has on record last, the newest first."""
    listed = cport("--json", "audit", "list", "--purpose", "a test", "--limit", "60").json
    return list(listed["items"])


def test_the_log_says_what_was_looked_at_and_nothing_of_hotlines(
    cport: CportHere, tmp_path: Path
) -> None:
    case = cport("--json", "case", "create", "Harbour").json["case"]["id"]
    last = entries(cport)[0]["id"]
    cport("figures", "reports", "--by", "host")
    cport("figures", "timeline", case)
    cport("figures", "links", case)
    cport("case", "timeline", case)
    cport("figures", "reports", "--by", "host", "--out", str(tmp_path / "hosts.csv"))
    new = [
        (each["verb"], each["object_kind"], each["object"])
        for each in reversed(entries(cport))
        if each["id"] > last and each["object_kind"] not in ("vault", "audit_log")
    ]
    assert new == [
        ("figure", "search", "host"),
        ("open", "case", case),
        ("link", "case", case),
        ("open", "case", case),
        ("export_figure", "table", "figure host"),
        ("figure_written", "table", "figure host"),
    ]


def test_a_figure_is_saved_once_and_is_in_the_register(cport: CportHere, tmp_path: Path) -> None:
    out = tmp_path / "hosts.csv"

    saved = cport("--json", "figures", "reports", "--by", "host", "--out", str(out)).json

    assert saved["figure"] == str(out)
    told = cport("--json", "figures", "reports", "--by", "host").json["items"]
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], int(row["reports"])) for row in rows] == [
        (item["id"], item["reports"]) for item in told
    ]
    listed = cport("--json", "disclosures", "list").json["items"]
    assert any(out.name in item["title"] for item in listed)
    assert cport("--json", "figures", "reports", "--out", str(out)).json["error"]["exit"] != 0
    picture = tmp_path / "hosts.svg"
    cport("figures", "reports", "--by", "host", "--out", str(picture))
    assert picture.read_bytes().startswith(b"<svg ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("reports", "--sort", "size"),
        ("reports", "--after", "nothing"),
        ("reports", "received:soon"),
        ("links", "nothing"),
        ("timeline", "C-99"),
        ("reports", "--out", "figure.png"),
    ],
)
def test_what_there_is_not_is_refused(cport: CportHere, arguments: tuple[str, ...]) -> None:
    assert cport("--json", "figures", *arguments).json["error"]["exit"] == 2
