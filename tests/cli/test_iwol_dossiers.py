"""A domain from the first look to the list, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.in_process import CportHere
from tests.domain_rules import a_list
from tests.rdap_records import a_record


def busiest(cport: CportHere) -> str:
    rows = cport("--json", "iwol", "candidates", "--limit", "50").json["items"]
    return next(str(row["id"]) for row in rows if row["decided"] is None)


def test_a_check_says_of_each_criterion_how_it_stands_and_why(cport: CportHere) -> None:
    domain = busiest(cport)
    told = cport("--json", "iwol", "check", domain).json
    assert (told["domain"], told["registrable"], told["can_be_suggested"]) == (domain, domain, True)
    assert told["criteria_version"] == "current"
    assert [one["code"] for one in told["criteria"]] == ["1", "2"]
    assert {text["version"]: len(text["criteria"]) for text in told["texts"]} == {
        "current": 2,
        "older": 5,
    }
    for text in told["texts"]:
        for one in text["criteria"]:
            assert one["state"] in {"met", "not_met", "undetermined"}
            assert one["reason"]
    assert told["reports"] >= 1
    assert told["is_listed"] is False
    (last,) = [one for one in told["texts"][1]["criteria"] if one["code"] == "5"]
    assert (last["state"], last["reason_code"]) == ("undetermined", "reviewers_missing")

    of_page = cport("--json", "iwol", "check", f"hxxps://www[.]{domain}/page?id=1").json
    assert of_page["domain"] == domain
    assert of_page["criteria"] == told["criteria"]
    text = cport("iwol", "check", domain).out
    assert domain in text


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ("192.0.2.7", "address"),
        ("https://[2001:db8::1]/x", "address"),
        ("http://192.0.2.7:8080/", "address"),
        ("example", "suffix"),
        ("co.uk", "suffix"),
        ("localhost", "nowhere"),
        ("http://localhost:8080/a", "nowhere"),
        ("name.invalid", "nowhere"),
        ("not a domain", "no_domain"),
        ("", "no_domain"),
        ("https://", "no_domain"),
        ("unheard-of.example", None),
        ("https://www.bücher.example/ä", None),
    ],
)
def test_a_check_answers_for_anything(cport: CportHere, asked: str, rule: str | None) -> None:
    ran = cport("--json", "iwol", "check", "--", asked)
    assert ran.status == 0
    found = ran.json["refusal"]
    assert (None if found is None else found["rule"]) == rule
    assert ran.json["can_be_suggested"] is (rule is None)
    if rule is not None:
        assert found["reason"]
        assert cport("--json", "iwol", "suggest", "--", ran.json["domain"]).status in {2, 3}


def test_suffixes_are_told_with_their_day_and_a_later_list_is_put_in(
    cport: CportHere, tmp_path: Path
) -> None:
    told = cport("--json", "iwol", "suffixes").json["items"]
    assert [one["id"] for one in told] == ["suffixes", "services", "criteria"]
    assert all(one["version"] and not one["is_own"] for one in told)
    domain = busiest(cport)

    later = a_list(tmp_path, domain)
    ran = cport("--json", "iwol", "suffixes", "replace", later).json
    assert ran["before"] == told[0]["version"]
    assert ran["divided"] >= 1
    assert cport("--json", "iwol", "check", domain).json["refusal"]["rule"] == "suffix"

    older = a_list(tmp_path, day="2020-01-01")
    refused = cport("--json", "iwol", "suffixes", "replace", older)
    assert (refused.status, refused.json["error"]["code"]) == (6, "untrusted.suffixes")


def test_a_dossier_is_put_together_and_waits_for_a_second_officer(cport: CportHere) -> None:
    domain = busiest(cport)
    drafted = cport("--json", "iwol", "dossier", domain, "--open", "--internal", "seen twice").json
    assert (drafted["state"], drafted["internal_reason"]) == ("draft", "seen twice")
    assert drafted["items"]
    assert all(one["is_here"] and one["where"] for one in drafted["items"])
    assert cport("--json", "iwol", "suggest", domain).json["error"]["code"] == "refused.dossier"
    unfit = cport("--json", "iwol", "dossier", domain, "--submit")
    assert (unfit.status, unfit.json["error"]["code"]) == (3, "refused.dossier")

    judged = [f"--criterion={code}=met:looked at" for code in ("1", "2")]
    whole = cport(
        "--json",
        "iwol",
        "dossier",
        domain,
        "--proportionality",
        "The whole site serves it.",
        "--public",
        "Meets the criteria.",
        *judged,
        "--submit",
    ).json
    assert whole["state"] == "submitted"
    assert [one["reason_code"] for one in whole["criteria"]] == ["judged", "judged"]
    same = cport("--json", "iwol", "confirm", domain)
    assert (same.status, same.json["error"]["code"]) == (3, "refused.dossier")
    (line,) = cport("--json", "iwol", "dossiers").json["items"]
    assert (line["domain"], line["state"]) == (domain, "submitted")
    (row,) = [
        one for one in cport("--json", "iwol", "compare").json["items"] if one["id"] == domain
    ]
    assert row["match"] == "prepared"
    assert cport("--json", "iwol", "recheck").json["items"] == []

    gone = cport("--json", "iwol", "withdraw", domain, "--reason", "The site was taken over.").json
    assert (gone["state"], gone["closing"]) == ("withdrawn", "The site was taken over.")
    assert cport("iwol", "dossier", domain).status == 0
    assert cport("--json", "iwol", "dossier", "nobody.example").status == 2


def test_a_suggestion_is_answered_with_how_each_criterion_stands(cport: CportHere) -> None:
    domain = busiest(cport)
    told = cport("--json", "iwol", "suggest", domain).json
    assert told["operation"]["domain"] == domain
    known = cport("--json", "iwol", "check", domain).json
    assert told["criteria"] == known["criteria"]
    assert known["suggested"] == "queued"


def test_a_listed_domain_is_suggested_to_be_taken_off_once(cport: CportHere) -> None:
    rows = cport("--json", "iwol", "list").json["items"]
    listed = next(str(row["id"]) for row in rows if row["state"] == "listed")
    told = cport("--json", "iwol", "remove", listed, "--reason", "taken over").json
    assert (told["operation"]["kind"], told["operation"]["domain"]) == ("domain_removal", listed)
    (row,) = [
        one for one in cport("--json", "iwol", "compare").json["items"] if one["id"] == listed
    ]
    assert (row["match"], row["removal"]) == ("leaving", "queued")
    assert cport("--json", "iwol", "check", listed).json["removal"] == "queued"
    assert listed in cport("operations", "list").out

    again = cport("--json", "iwol", "remove", listed, "--reason", "once more")
    assert (again.status, again.json["error"]["code"]) == (3, "refused.dossier")
    assert cport("--json", "iwol", "remove", listed).status == 2
    unlisted = cport("--json", "iwol", "remove", busiest(cport), "--reason", "no reason")
    assert unlisted.json["error"]["code"] == "refused.dossier"


def test_a_record_of_registration_is_enclosed_read_and_taken_out(
    cport: CportHere, tmp_path: Path
) -> None:
    domain = busiest(cport)
    assert (
        cport("--json", "iwol", "dossier", domain, "--open", "--contact", "a@b.example").status == 0
    )
    file = tmp_path / "rdap.json"
    file.write_bytes(a_record(domain))
    options = ("--source", "https://rdap.example/", "--at", "2026-01-02T03:04:05Z")
    told = cport("--json", "iwol", "enclose", domain, file, "--kind", "rdap", *options).json
    assert (told["registration"]["registrar"], told["taken_at"]) == (
        "Example Registrar",
        "2026-01-02T03:04:05Z",
    )
    copy = ("--kind", "copy", "--sha256", "5a" * 32, *options)
    assert cport("--json", "iwol", "enclose", domain, *copy).json["bytes"] == 0
    whole = cport("--json", "iwol", "dossier", domain).json
    assert whole["complaint_contact"] == "a@b.example"
    assert {one["kind"] for one in whole["enclosed"]} == {"rdap", "copy"}

    read = cport("--json", "iwol", "enclosed", domain, told["sha256"][:10]).json
    assert json.loads(read["text"])["ldhName"] == domain.upper()
    assert "Example Registrar" in cport("iwol", "enclosed", domain, told["sha256"]).out
    assert cport("iwol", "enclosed", domain, "5a5a", "--take-out").status == 0
    assert cport("iwol", "enclosed", domain, "5a5a").status == 2

    file.write_bytes(b"<html>")
    refused = cport("--json", "iwol", "enclose", domain, file, "--kind", "rdap", *options)
    assert (refused.status, refused.json["error"]["code"]) == (6, "untrusted.registration")


def test_a_received_list_is_compared_with_what_the_portal_told(
    cport: CportHere, tmp_path: Path
) -> None:
    rows = cport("--json", "iwol", "list").json["items"]
    listed = [str(row["id"]) for row in rows if row["state"] == "listed"]
    file = tmp_path / "domains.txt"
    file.write_text(f"{listed[0]}\nunheard-of.example\n192.0.2.7\n", encoding="utf-8")
    told = cport("--json", "iwol", "compare", "--with", file).json
    assert (told["only_there"], told["only_here"], told["both"]) == (1, len(listed) - 1, 1)
    assert (told["items"][0]["domain"], told["items"][0]["side"]) == (
        "unheard-of.example",
        "only_there",
    )
    assert told["lines"] == [{"line": 3, "rule": "address"}]
    text = cport("iwol", "compare", "--with", file).out
    assert "unheard-of.example" in text
    assert "an address is no domain" in text
    file.write_bytes(b"<html>")
    refused = cport("--json", "iwol", "compare", "--with", file)
    assert (refused.status, refused.json["error"]["code"]) == (6, "untrusted.domain_list")
