"""Known material on the command line: lists in, hits told where they come from, withdrawn again."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cport_desktop.cli.known_records import compared
from cport_desktop.vault.list_extent import ListExtent
from tests.cli.in_process import CportHere
from tests.list_files import known_files, table, write

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def media(cport: CportHere, *query: str) -> dict[str, Any]:
    items = cport("--json", "media", "list", *query, "--limit", "200").json["items"]
    return {item["id"]: item for item in items}


def test_a_demo_knows_pictures_by_their_bytes_and_by_sight_and_some_as_harmless(
    cport: CportHere,
) -> None:
    known, harmless = media(cport, "is:known"), media(cport, "is:harmless")

    assert known
    assert harmless
    assert not known.keys() & harmless.keys()
    assert {item["known"]["harmless"] for item in known.values()} == {False}
    assert {tuple(item["known"]["lists"]) for item in harmless.values()} == {
        ("Synthetic list of harmless pictures",)
    }
    assert media(cport, "list:synthetic-pictures").keys() == known.keys()
    near = media(cport, "distance:>0")
    assert near
    lists = {item["id"]: item for item in cport("--json", "hashlist", "list").json["items"]}
    assert lists["synthetic-pictures"]["hits"] > 0
    assert lists["synthetic-noise"]["hits"] == 0
    assert lists["synthetic-harmless"]["negative"] is True


def test_a_media_item_tells_where_it_is_known_from(cport: CportHere) -> None:
    wanted = next(iter(media(cport, "is:known", "distance:0")))
    shown = cport("--json", "media", "show", wanted).json

    assert shown["known"]["lists"] == ["Synthetic list of generated pictures"]
    assert shown["known_since"]
    hit = next(hit for hit in shown["provenance"] if hit["list"] == "synthetic-pictures")
    assert (hit["version"], hit["source"]) == ("3", "Example Body A")
    assert {"algorithm", "distance", "quality", "entry_source", "feedback"} <= hit.keys()
    assert shown["seen_in_reports"] >= 1
    assert shown["first_received"]
    assert (
        shown["undecided"] + sum(each["reports"] for each in shown["decided"])
        == (shown["seen_in_reports"])
    )
    text = cport("media", "show", wanted).out
    assert "Known (Synthetic list of generated pictures)." in text
    other = next(iter(media(cport, "-is:known", "-is:harmless")))
    assert "On no hash list." in cport("media", "show", other).out


def test_a_media_item_tells_with_how_much_it_was_compared_known_or_not(cport: CportHere) -> None:
    lists = cport("--json", "hashlist", "list").json["items"]
    entries = sum(each["entries"] for each in lists)
    newest = max(each["arrived_at"] for each in lists)

    for query in ("is:known", "-is:known"):
        wanted = next(iter(media(cport, query, "-is:harmless")))
        shown = cport("--json", "media", "show", wanted).json
        assert shown["compared_with"] == {
            "lists": len(lists), "entries": entries, "newest": newest, "complete": True,
        }  # fmt: skip
        text = cport("media", "show", wanted).out
        assert f"Compared with {len(lists)} lists of {entries:,} entries; the newest" in text
        assert newest in text


def test_where_nothing_was_compared_it_is_said_why() -> None:
    assert compared(ListExtent(0, 0, None, is_compared=True)).startswith("No hash list is here")
    assert compared(ListExtent(2, 9, NOON, is_compared=False)).startswith("Not compared with all")
    assert compared(ListExtent(2, 9, NOON, is_compared=True)) == (
        "Compared with 2 lists of 9 entries; the newest list came 2026-05-04T12:00:00Z."
    )


def test_a_picture_says_how_well_it_can_be_compared_by_sight(cport: CportHere) -> None:
    items = media(cport, "kind:image").values()
    seen = [item for item in items if item["state"] == "held" and item["cannot_show"] is None]
    plain = [item["id"] for item in seen if item["pdq"] is None][:2]
    clear = [item["id"] for item in seen if item["pdq"] is not None][:2]

    assert plain
    assert clear
    for reference in (*plain, *clear):
        shown = cport("--json", "media", "show", reference).json
        quality = f"quality {shown['pdq_quality']} of 100"
        assert shown["by_sight"] == ("too plain to compare" if reference in plain else quality)
    for reference in [item["id"] for item in items if item["state"] != "held"][:2]:
        assert cport("--json", "media", "show", reference).json["by_sight"] is None


def test_a_table_is_tried_with_its_columns_and_read_in_as_is_said(
    cport: CportHere, tmp_path: Path
) -> None:
    files = known_files(4)
    path = tmp_path / "table.csv"
    path.write_bytes(table(["A", "B", "C"], [[f.name, f.pdq, "7"] for f in files]))
    tried = cport("--json", "hashlist", "import", path, "--dry-run").json
    assert tried["format"] == "csv"
    assert [column["meaning"] for column in tried["columns"]] == [None, "sha256", None]
    said = ("--map", "pdq=b,category=3", "--map", "name=A", "--profile", "Region 7")
    tried = cport("--json", "hashlist", "import", path, "--dry-run", *said).json
    assert [column["meaning"] for column in tried["columns"]] == ["name", "pdq", "category"]
    assert tried["first"][0] == {
        "line": 2,
        "algorithm": "pdq",
        "digest": files[0].pdq,
        "digests": {"pdq": files[0].pdq},
        "category": "7",
        "quality": None,
        "name": "shape-0.png",
    }
    text = cport("hashlist", "import", path, "--dry-run", *said).out
    assert "Heading" in text
    assert "categories" in text
    done = cport("--json", "hashlist", "import", path, *said).json
    assert (done["accepted"], done["rejected"], done["profile"]) == (4, 0, "Region 7")
    cport("hashlist", "withdraw", done["id"])


@pytest.mark.parametrize("said", ["pdq", "colour=1", "pdq=9", "pdq=nowhere", "="])
def test_columns_that_cannot_be_are_refused(cport: CportHere, said: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(table(["A", "B"], [["x", known_files(1)[0].pdq]]))
    refused = cport("--json", "hashlist", "import", path, "--map", said)
    assert (refused.status, refused.json["error"]["code"]) == (2, "usage.value")


@pytest.mark.parametrize("kind", ["vics", "kdb", "nsrl-rds3", "encase", "misp"])
def test_a_file_of_another_kind_is_known_by_its_content(
    cport: CportHere, kind: str, tmp_path: Path
) -> None:
    path = write(kind, tmp_path / "list", known_files(3))
    tried = cport("--json", "hashlist", "import", path, "--dry-run").json
    assert (tried["format"], tried["accepted"]) == (kind, 3)
    refused = cport("--json", "hashlist", "import", path, "--format", "stix")
    assert (refused.status, refused.json["error"]["code"]) == (6, "untrusted.hash_list")


@pytest.fixture
def listed(cport: CportHere, tmp_path: Path) -> tuple[Path, str]:
    """A file that lists the bytes of one item that no list knows, and that item."""
    wanted, item = next(
        (reference, item)
        for reference, item in media(cport, "-is:known", "-is:harmless").items()
        if item["md5"]
    )
    path = tmp_path / "own.md5"
    path.write_text(
        f"{item['md5']}  own.png\n{item['md5']}  again.png\nrubbish\n"
        f"{hashlib.md5().hexdigest()}  empty\n"
    )
    return path, wanted


def test_a_list_of_ones_own_is_read_in_shown_matched_and_withdrawn(
    cport: CportHere, listed: tuple[Path, str], tmp_path: Path
) -> None:
    path, wanted = listed
    tried = cport("--json", "hashlist", "import", path, "--dry-run").json
    assert (tried["id"], tried["accepted"], tried["hits_new"]) == (None, 1, 0)
    rejects = tmp_path / "rejects.txt"
    done = cport(
        "--json", "hashlist", "import", path, "--source", "Unit Example", "--rejects", rejects
    ).json
    assert (done["accepted"], done["rejected"], done["duplicates"]) == (1, 2, 1)
    assert done["hits_new"] >= 1
    assert [line.split("\t")[0] for line in rejects.read_text().splitlines()] == ["line", "3", "4"]

    shown = cport("--json", "hashlist", "show", done["id"]).json
    assert (shown["name"], shown["source"], shown["entries"]) == ("own", "Unit Example", 1)
    assert shown["items"][0]["entry_name"] == "own.png"
    assert wanted in media(cport, f"list:{done['id']}")
    matched = cport("--json", "hashlist", "match", wanted).json
    assert matched["hits_new"] == 0
    assert [hit["list"] for hit in matched["provenance"]] == [done["id"]]
    assert cport("--json", "hashlist", "match", done["id"]).json["hits"] >= 1

    gone = cport("--json", "hashlist", "withdraw", done["id"], "--reason", "mistaken").json
    assert gone["hits_ended"] == done["hits_new"]
    ended = cport("--json", "media", "show", wanted).json
    assert ended["known"] is None
    assert ended["provenance"][0]["ended_reason"] == "mistaken"
    assert "the whole list was withdrawn: mistaken" in cport("media", "show", wanted).out


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("hashlist", "import", "nowhere.txt"), 2, "usage.input"),
        (("hashlist", "show", "nowhere"), 2, "usage.unknown_reference"),
        (("hashlist", "match", "nowhere"), 2, "usage.unknown_reference"),
        (("hashlist", "withdraw", "synthetic-noise", "--reason", "x"), 3, "refused.hash_list"),
        (("hashlist", "import", __file__, "--format", "clay"), 2, "usage.value"),
        (("hashlist", "import", __file__), 6, "untrusted.hash_list"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(
    cport: CportHere, arguments: tuple[str, ...], status: int, code: str
) -> None:
    ran = cport("--json", *arguments)
    assert ran.status == status
    assert ran.json["error"]["code"] == code
