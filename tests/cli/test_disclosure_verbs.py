"""What left, who has to be told, and how fresh all of it is, on the command line."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cport_desktop.clock import SystemClock
from cport_desktop.domain.batch import Withdrawal
from cport_desktop.domain.ids import parse_report_reference
from cport_desktop.vault import replica
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.vault import open_vault
from tests.cli.conftest import Demo
from tests.cli.in_process import CportHere
from tests.report_builders import a_batch


@pytest.fixture
def told(demo: Demo, vault_copy: Path, cport: CportHere) -> tuple[CportHere, str]:
    """The demo's package left; two of its reports were withdrawn since. And who has it."""
    (package,) = cport("--json", "disclosures", "list", "--kind", "package").json["items"]
    shown = cport("--json", "disclosures", "show", package["id"]).json
    gone = [item["item"] for item in shown["contents"] if item["kind"] == "report"][:2]
    with open_vault(
        vault_copy,
        secret=Passphrase((demo.folder / "passphrase.txt").read_bytes().strip()),
        clock=SystemClock(),
        program="tests",
    ) as vault:
        numbers = [parse_report_reference(reference) for reference in gone]
        words = [
            Withdrawal(number, datetime.now(UTC), "entered twice (synthetic)")
            for number in numbers
            if number is not None
        ]
        with vault.transaction() as tx:
            replica.apply(tx, a_batch(*words), road="courier")
    return cport, package["recipients"][0]["name"]


def test_what_left_is_listed_and_shown_with_who_what_when_and_why(cport: CportHere) -> None:
    listed = cport("--json", "disclosures", "list").json
    assert listed["known_since"] is not None
    kinds = {item["kind"] for item in listed["items"]}
    assert {"package", "operations"} <= kinds

    package = next(item for item in listed["items"] if item["kind"] == "package")
    shown = cport("--json", "disclosures", "show", package["id"]).json
    assert shown["outcome"] == "left"
    assert shown["actor"]
    assert shown["sha256"]
    assert len(shown["contents"]) == shown["items"]
    assert {item["kind"] for item in shown["contents"]} == {"report", "media"}
    report = next(item for item in shown["contents"] if item["kind"] == "report")
    assert report["revision"] >= 1
    of_report = cport("--json", "disclosures", "list", "--report", report["item"]).json["items"]
    assert package["id"] in {item["id"] for item in of_report}
    assert "actor" not in package


def test_lists_of_the_register_come_in_pages(cport: CportHere) -> None:
    every = [item["id"] for item in cport("--json", "disclosures", "list").json["items"]]
    first = cport("--json", "disclosures", "list", "--limit", "1").json
    second = cport("--json", "disclosures", "list", "--limit", "1", "--after", first["next"]).json

    assert [first["items"][0]["id"], second["items"][0]["id"]] == every[:2]


def test_a_withdrawn_report_is_chased_from_the_list_to_the_acknowledgement(
    demo: Demo, told: tuple[CportHere, str], tmp_path: Path
) -> None:
    cport, recipient = told
    found = cport("--json", "disclosures", "affected").json
    assert {item["change"] for item in found["items"]} == {"withdrawn"}
    assert found["by_recipient"] == [{"recipient": recipient, "open": 2, "waiting": 0}]
    assert found["freshness"]["road"] == "https"

    path = tmp_path / "notice.eml"
    written = cport("--json", "disclosures", "notice", recipient, "--out", path)
    assert written.status == 0, written.out
    assert sorted(written.json["copies"]) == sorted(item["id"] for item in found["items"])
    authority = demo.folder / "demo-ca.pem"
    command = f"openssl cms -verify -in {path} -CAfile {authority} -purpose any -out /dev/null"
    checked = subprocess.run(command.split(), capture_output=True, timeout=60, check=False)
    assert checked.returncode == 0, checked.stderr

    one, two = written.json["copies"]
    refused = cport("--json", "disclosures", "settle", one, "--as", "not-needed")
    assert (refused.status, refused.json["error"]["code"]) == (3, "refused.purpose")
    settled = cport("--json", "disclosures", "settle", one, two, "--as", "acknowledged")
    assert settled.json == {"copies": [one, two], "handling": "acknowledged"}
    again = cport("--json", "disclosures", "settle", one, "--as", "handed-over")
    assert (again.status, again.json["error"]["code"]) == (3, "refused.copy_settled")
    assert cport("--json", "disclosures", "affected").json["items"] == []
    assert len(cport("--json", "disclosures", "affected", "--settled").json["items"]) == 2


def test_unknown_words_and_numbers_are_named(cport: CportHere, tmp_path: Path) -> None:
    for arguments, code in (
        (("list", "--kind", "parcel"), "usage.value"),
        (("settle", "A-1", "--as", "forgotten"), "usage.value"),
        (("settle", "A-1", "--as", "acknowledged"), "usage.unknown_reference"),
        (("show", "D-000000000000"), "usage.unknown_reference"),
        (("notice", "nobody", "--out", tmp_path / "n.eml"), "usage.unknown_reference"),
    ):
        ran = cport("--json", "disclosures", *arguments)
        assert (ran.status, ran.json["error"]["code"]) == (2, code)
    assert not (tmp_path / "n.eml").exists()


def test_every_list_says_how_fresh_it_is_and_by_which_road(cport: CportHere) -> None:
    for verb in (
        ("reports",),
        ("media", "list"),
        ("hotlines",),
        ("operations", "list"),
        ("hashlist", "list"),
        ("iwol", "list"),
        ("taxonomies", "list"),
        ("disclosures", "affected"),
        ("vault", "status"),
    ):
        freshness = cport("--json", *verb).json["freshness"]
        assert freshness["road"] == "https", verb
        assert freshness["grade"] == "fresh"
        assert freshness["as_of"]
        assert freshness["heard_at"]


def test_the_status_of_a_vault_dates_each_table(cport: CportHere) -> None:
    tables = {table["table"]: table for table in cport("--json", "vault", "status").json["tables"]}
    assert tables["hash_lists"]["count"] == 3
    assert tables["hash_lists"]["told_road"] == "https"
    assert tables["agreement"]["count"] == 1
    text = cport("vault", "status").out
    assert "Hash lists (3): " in text
    assert "heard last by HTTPS" in text


def test_the_lists_that_the_portal_told_of_are_shown_as_they_were_told(cport: CportHere) -> None:
    lists = cport("--json", "hashlist", "list").json["items"]
    assert [item["id"] for item in lists] == [
        "synthetic-pictures",
        "synthetic-harmless",
        "synthetic-noise",
    ]
    names = [item["name"] for item in lists]
    assert names == sorted(names), "lists stand by name"
    assert {item["entries_withdrawn"] for item in lists} == {1}
    assert {item["source"] for item in lists} == {"Example Body A", "Example Body B"}
    decisions = {item["id"]: item for item in cport("--json", "iwol", "list").json["items"]}
    assert decisions["listed-1.example"]["state"] == "delisted"
    assert decisions["listed-1.example"]["kind"] == "corrected"
    taxonomies = cport("--json", "taxonomies", "list").json
    assert taxonomies["items"][0]["codes_new"] == 1
    assert taxonomies["items"][0]["is_in_use"] is False
    assert taxonomies["in_use"] in cport("taxonomies", "list").out


def test_people_read_the_same_in_words(told: tuple[CportHere, str]) -> None:
    cport, recipient = told
    assert "withdrawn (left as " in cport("disclosures", "affected").out
    assert f"{recipient}: 2 to be told of, 0 under way" in cport("disclosures", "affected").out
    assert "intelligence package" in cport("disclosures", "list").out
    assert "synthetic-noise" in cport("hashlist", "list").out
