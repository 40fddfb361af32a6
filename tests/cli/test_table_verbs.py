"""Tables on the command line: what leaves, in which form, and what is said of it."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.in_process import CportHere


def test_reports_leave_as_csv_as_the_end_of_the_name_says(cport: CportHere, tmp_path: Path) -> None:
    out = tmp_path / "reports.csv"
    found = cport("--json", "reports", "host:NL", "--count", "--sort", "ref").json

    told = cport("--json", "export", "reports", "host:NL", "--sort", "ref", "--out", str(out)).json

    assert (told["rows"], told["table"]) == (found["total"], str(out))
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["id"] == found["items"][0]["id"]
    assert rows[-1]["row"] == f"{found['total']} of {found['total']}"
    assert {row["nature"] for row in rows} == {"SYNTHETIC"}
    assert all(row["url"].startswith("hxxp") for row in rows)
    (entered,) = cport("--json", "disclosures", "list", "--kind", "table").json["items"][:1]
    assert (entered["sha256"], entered["outcome"]) == (told["sha256"], "left")


def test_columns_exact_addresses_and_what_is_left_out_are_said(
    cport: CportHere, tmp_path: Path
) -> None:
    out = tmp_path / "two"
    first, *_ = cport("--json", "reports", "--limit", "1").json["items"]

    told = cport(
        *("--json", "export", "reports", "--format", "json", "--columns", "id, url", "--exact"),
        *("--without", first["id"], "--out", str(out)),
    ).json

    found = json.loads(out.read_bytes())
    assert (found["columns"], told["columns"]) == (["id", "url"], ["id", "url"])
    assert first["id"] not in [item["id"] for item in found["items"]]
    assert found["items"][0]["url"].startswith("http")


@pytest.mark.parametrize("subject", ["media", "hotlines", "operations", "cases"])
def test_other_lists_leave_as_workbooks(cport: CportHere, tmp_path: Path, subject: str) -> None:
    out = tmp_path / "table.xlsx"

    said = cport("export", subject, "--out", str(out)).out

    assert "in the clear" in said
    with zipfile.ZipFile(out) as archive:
        assert f"SYNTHETIC {subject} 1" in archive.read("xl/workbook.xml").decode()


def test_looking_ahead_names_columns_clauses_and_writes_nothing(cport: CportHere) -> None:
    told = cport("--json", "export", "reports", "is:undecided", "--preview").json

    assert told["clauses"] == ["4.2"]
    assert {"id", "provider", "tags"} <= set(told["columns"])
    assert told["rows"] == cport("--json", "reports", "is:undecided", "--count").json["total"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--out", "x.pdf"), "usage.value"),
        (("--out", "x.csv", "--columns", "shoe_size"), "usage.value"),
        (("--format", "csv"), "usage.arguments"),
        (("host:", "--out", "x.csv"), "usage.query"),
    ],
)
def test_what_there_is_not_is_said(cport: CportHere, arguments: tuple[str, ...], code: str) -> None:
    done = cport("--json", "export", "reports", *arguments)

    assert (done.status, done.json["error"]["code"]) == (2, code)
