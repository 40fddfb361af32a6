"""A unit's own table of categories on the command line."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import generate_identity
from tests.cli.in_process import CportHere

PROFILE = {
    "region": "CUSTOM",
    "version": "2026-1",
    "code_list": "iccam-3.0",
    "categories": [[7, "Seven"]],
    "of_classification": [[1, 7], [2, 7], [4, 7]],
}


def test_the_list_for_other_tools_has_the_categories_of_the_units_table(
    cport: CportHere, tmp_path: Path
) -> None:
    identity, out = generate_identity(), tmp_path / "case.age"
    report = cport("--json", "reports", "has:image", "--limit", "1").json["items"][0]["id"]
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps(PROFILE))
    create = ("package", "create", "--report", report, "--recipient", identity.public)
    made = cport("--json", *create, "--region-profile", profile, "--out", out)
    assert made.status == 0, made.err
    opened = io.BytesIO()
    age.open(io.BytesIO(out.read_bytes()), opened, [identity])
    with zipfile.ZipFile(opened) as container:
        listed = json.loads(container.read("vics.json"))
    assert "/CUSTOM/" in listed["@odata.context"]
    told = {m["PropertyName"]: m["PropertyValue"] for m in listed["value"][0]["CaseMetadata"]}
    assert told["CategoryProfile"] == "CUSTOM 2026-1"
    assert {medium["Category"] for medium in listed["value"][0]["Media"]} <= {7, None}


def test_a_table_that_was_put_on_the_machine_counts_where_none_is_named(
    cport: CportHere, tmp_path: Path
) -> None:
    kept = cport.home / "state" / "cport-desktop"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / "region-profile.json").write_text("rubbish")
    out = tmp_path / "case.age"
    named = ("--query", "", "--recipient", generate_identity().public, "--out", out)
    ran = cport("--json", "package", "create", *named, "--no-media", "--preview")
    assert (ran.status, ran.json["error"]["code"]) == (2, "usage.input")
    (kept / "region-profile.json").write_text(json.dumps(PROFILE))
    ran = cport("--json", "package", "create", *named, "--no-media", "--preview")
    assert ran.status == 0, ran.err


def test_a_table_that_is_none_stops_it_before_anything_is_written(
    cport: CportHere, tmp_path: Path
) -> None:
    broken, out = tmp_path / "profile.json", tmp_path / "case.age"
    broken.write_text(json.dumps(PROFILE | {"of_classification": [[1, 9]]}))
    arguments = ("--query", "", "--recipient", generate_identity().public, "--out", out)
    for path in (broken, tmp_path / "nowhere.json"):
        ran = cport("--json", "package", "create", *arguments, "--region-profile", path)
        assert (ran.status, ran.json["error"]["code"]) == (2, "usage.input")
        assert path.name in ran.json["error"]["message"]
    assert not out.exists()
