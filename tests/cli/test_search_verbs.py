"""Saved searches and content items, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.in_process import CportHere

LIST_FIELDS = {"items", "total", "next", "elapsed_ms"}


def test_a_search_is_kept_listed_run_and_removed(cport: CportHere) -> None:
    saved = cport("--json", "searches", "save", "Open", "-is:decided", "--sort", "domain").json
    assert (saved["name"], saved["query"], saved["sort"]) == ("Open", "-is:decided", "domain")

    listed = cport("--json", "searches", "list", "--new").json
    assert set(listed) >= LIST_FIELDS
    assert [(one["name"], one["new"]) for one in listed["items"]] == [("Open", 0)]
    found = cport("--json", "reports", "-is:decided", "--sort", "domain", "--limit", "5").json
    run = cport("--json", "searches", "run", "open", "--limit", "5").json
    assert [one["id"] for one in run["items"]] == [one["id"] for one in found["items"]]
    assert run["search"]["id"] == saved["id"]
    rest = cport("--json", "searches", "run", "open", "--limit", "5", "--after", run["next"]).json
    assert {one["id"] for one in rest["items"]}.isdisjoint(one["id"] for one in run["items"])

    assert cport("--json", "searches", "rename", "open", "Still open").json["name"] == "Still open"
    assert cport("--json", "searches", "pin", "Still open").json["place"] == 1
    assert cport("--json", "searches", "unpin", saved["id"]).json["place"] is None
    assert cport("searches", "remove", "Still open").status == 0
    assert cport("--json", "searches", "list").json["items"] == []
    assert cport("--json", "searches", "run", "Still open").status == 2


def test_running_a_search_opens_the_vault_once(cport: CportHere) -> None:
    cport("searches", "save", "All", "")

    cport("searches", "run", "All", "--limit", "1")

    newest = cport("--json", "audit", "list", "--purpose", "a test", "--limit", "6").json["items"]
    verbs = [entry["verb"] for entry in newest if entry["verb"] in ("open", "run")]
    assert verbs == ["open", "run", "open"], "one of reading the log, one of running"


def test_searches_over_media_and_content_items_answer_as_their_lists(cport: CportHere) -> None:
    for subject, verb in (("media", ("media", "list")), ("contents", ("contents",))):
        saved = cport("--json", "searches", "save", subject, "has:image", "--subject", subject)
        assert saved.json["subject"] == subject
        listed = cport("--json", *verb, "has:image").json["items"]
        run = cport("--json", "searches", "run", subject).json["items"]
        assert listed
        assert [one["id"] for one in run] == [one["id"] for one in listed]


def test_a_name_that_is_taken_and_a_text_that_errs_are_refused(cport: CportHere) -> None:
    assert cport("searches", "save", "Mine", "a").status == 0
    assert cport("--json", "searches", "save", "Mine", "b").status == 3
    assert cport("--json", "searches", "save", "Other", "bogus:1").status == 2
    assert cport("searches", "save", "Mine", "b", "--replace", "--unit").status == 0
    assert len(cport("--json", "searches", "list").json["items"]) == 2


def test_searches_leave_in_a_file_and_come_from_one(cport: CportHere, tmp_path: Path) -> None:
    cport("searches", "save", "Mine", "host:NL", "OR", "-has:media")
    path = tmp_path / "searches.json"

    told = cport("--json", "searches", "export", path)
    assert told.json["searches"] == 1
    assert "in the clear" in told.err
    assert cport("--json", "searches", "export", path).status == 3
    cport("searches", "remove", "Mine")
    done = cport("--json", "searches", "import", path).json
    assert [one["query"] for one in done["items"]] == ["host:NL OR -has:media"]
    assert cport("--json", "searches", "import", path).json["duplicates"] == 1
    path.write_text("{}")
    assert cport("--json", "searches", "import", path).status == 6
    missing = cport("--json", "searches", "import", tmp_path / "none")
    assert (missing.status, missing.json["error"]["code"]) == (2, "usage.input")


TEN_THOUSAND = " ".join(["word"] * 10_000)
HUNDRED_LEVELS = "(" * 100 + "word" + ")" * 100


@pytest.mark.parametrize("verb", [("reports",), ("media", "list"), ("contents",), ("hotlines",)])
def test_what_nobody_can_mean_is_refused_in_a_sentence(
    cport: CportHere, verb: tuple[str, ...]
) -> None:
    for text, said in ((TEN_THOUSAND, "too long"), (HUNDRED_LEVELS, "too deep")):
        ran = cport("--json", *verb, text)
        assert (ran.status, ran.json["error"]["code"]) == (2, "usage.query")
        assert said in ran.json["error"]["message"]
        assert len(ran.err) < 2_000


def test_such_texts_are_not_kept_and_come_from_no_file_unsaid(
    cport: CportHere, tmp_path: Path
) -> None:
    for text in (TEN_THOUSAND, HUNDRED_LEVELS):
        assert cport("--json", "searches", "save", "Odd", text).status == 2
    told = {"name": "Odd", "subject": "reports", "sort": "-received"}
    path = tmp_path / "searches.json"
    for text, status, unread in ((TEN_THOUSAND, 6, None), (HUNDRED_LEVELS, 0, 1)):
        searches = [{**told, "query": text}]
        whole = {"format": "cport-saved-searches", "version": 1, "searches": searches}
        path.write_text(json.dumps(whole))
        ran = cport("--json", "searches", "import", path)
        assert (ran.status, ran.json.get("unread")) == (status, unread)
    ran = cport("--json", "searches", "run", "Odd")
    assert (ran.status, ran.json["error"]["code"]) == (2, "usage.query")
    listed = cport("--json", "searches", "list", "--new").json["items"]
    assert [(one["name"], one["query"], one["new"]) for one in listed] == [
        ("Odd", HUNDRED_LEVELS, None)
    ]


def test_content_items_are_listed_in_pages_with_their_reports(cport: CportHere) -> None:
    first = cport("--json", "contents", "--limit", "10").json
    assert set(first) >= LIST_FIELDS
    assert all(item["report"].startswith("HL-") for item in first["items"])
    second = cport("--json", "contents", "--limit", "10", "--after", first["next"]).json
    ids = [item["id"] for item in (*first["items"], *second["items"])]
    assert len(set(ids)) == 20
    domain = first["items"][0]["domain"]
    found = cport("--json", "contents", f"domain:{domain}").json["items"]
    assert {item["domain"] for item in found} == {domain}
    assert "[.]" in cport("contents", "--limit", "1").out


def test_short_lists_take_the_same_grammar_and_say_what_they_know(cport: CportHere) -> None:
    every = cport("--json", "hotlines").json["items"]
    country = every[0]["country"]
    found = cport("--json", "hotlines", f"country:{country}", "reports:>=0").json["items"]
    assert found == [one for one in every if one["country"] == country]
    refused = cport("--json", "hotlines", "class:baseline")
    assert refused.status == 2
    assert "country" in refused.json["error"]["hint"]
    lists = cport("--json", "hashlist", "list").json["items"]
    assert lists
    gone = cport("--json", "hashlist", "list", "is:withdrawn").json["items"]
    left = cport("--json", "hashlist", "list", "-is:withdrawn").json["items"]
    assert sorted(one["id"] for one in (*gone, *left)) == sorted(one["id"] for one in lists)


def test_negated_words_stay_where_they_stand(cport: CportHere) -> None:
    everything = cport("--json", "reports", "--count").json["total"]
    either = cport("--json", "reports", "-is:decided", "OR", "is:decided", "--count").json
    assert either["total"] == everything
    group = cport("--json", "reports", "-(is:decided", "OR", "-is:decided)", "--count").json
    assert group["total"] == 0
