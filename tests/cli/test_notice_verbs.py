"""Drafts of notices to providers, as XARF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import CportHere

SCHEMA = Path(__file__).parents[1] / "schemas" / "xarf-v4-content-csam.schema.json"
CONTACT = ("--contact", "unit@agency.example")
TO = ("--to", "Example Hosting")


def of_class(cport: CportHere, name: str) -> str:
    """The newest report of this classification that stands."""
    found = cport("--json", "reports", f"class:{name} -is:withdrawn", "--limit", "1").json["items"]
    return str(found[0]["id"])


def validated(path: Path) -> Any:
    """The notice, which is valid by the schema."""
    jsonschema = pytest.importorskip("jsonschema", reason="pip install jsonschema")
    notice = json.loads(path.read_text())
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(notice)
    return notice


def test_a_notice_is_drafted_with_what_the_report_says(cport: CportHere, tmp_path: Path) -> None:
    reference, path = of_class(cport, "baseline"), tmp_path / "notice.json"

    done = cport("--json", "notice", "provider", reference, *CONTACT, "--out", path)

    assert done.status == 0, done.err
    assert (done.json["classification"], done.json["classification_chosen"]) == ("baseline", False)
    notice = json.loads(path.read_text())
    shown = cport("--json", "report", "show", reference).json
    assert notice["url"] in json.dumps(shown)
    assert notice["sender"]["contact"] == "unit@agency.example"
    assert notice["sender"]["domain"] == "agency.example"
    assert notice["tags"] == ["cport:synthetic"]
    assert notice["detection_method"] == "manual_review"
    left = cport("--json", "disclosures", "show", done.json["notice"]).json
    assert (left["kind"], left["outcome"], left["sha256"]) == (
        "provider_notice",
        "left",
        done.json["sha256"],
    )
    assert [item["item"] for item in left["contents"]] == [reference]
    assert left["clause"] == "3.5"
    assert done.json["recipient"] in cport("--json", "disclosures", "who", reference).out
    validated(path)


def test_a_classification_without_a_code_there_is_a_persons_choice(
    cport: CportHere, tmp_path: Path
) -> None:
    reference, path = of_class(cport, "national"), tmp_path / "notice.json"
    order = ("--json", "notice", "provider", reference, *CONTACT, *TO, "--out", path)

    refused = cport(*order)
    assert refused.status == 3
    assert refused.json["error"]["code"] == "refused.notice"
    assert not path.exists()

    done = cport(*order, "--classification", "B1")
    assert done.status == 0, done.err
    assert done.json["classification_chosen"]
    assert json.loads(path.read_text())["classification"] == "B1"
    validated(path)


def test_a_unit_may_have_a_table_of_its_own(cport: CportHere, tmp_path: Path) -> None:
    reference, path = of_class(cport, "national"), tmp_path / "notice.json"
    table = tmp_path / "codes.json"
    table.write_text('{"version":"u1","code_list":"iccam-v3","of_classification":[[2,"B2"]]}')
    order = ("notice", "provider", reference, *CONTACT, *TO, "--out", path, "--codes", table)

    assert cport("--json", *order).json["classification"] == "B2"
    table.write_text('{"version":"u1","code_list":"iccam-v3","of_classification":[[2,"C9"]]}')
    assert cport(*order[:-4], "--out", tmp_path / "2.json", "--codes", table).status == 6


def test_orders_that_make_no_sense_are_refused(cport: CportHere, tmp_path: Path) -> None:
    reference, path = of_class(cport, "baseline"), tmp_path / "notice.json"
    rest = ("--out", path)

    assert cport("notice", "provider", reference, "--contact", "nobody", *rest).status == 2
    assert cport("notice", "provider", "HL-1", *CONTACT, *rest).status == 2
    wrong = ("--classification", "Z")
    assert cport("notice", "provider", reference, *CONTACT, *rest, *wrong).status == 2
    path.write_text("mine")
    assert cport("notice", "provider", reference, *CONTACT, *rest).status == 3
    assert path.read_text() == "mine"
