"""Hash lists out, made, changed and taken back on the command line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.in_process import CportHere
from tests.exports.peers import needs, run

LEAVE = ("--recipient", "Partner Agency Example", "--reason", "asked for")
"""As the demo's agreement demands it of whoever takes a list out."""


def media(cport: CportHere, *query: str) -> dict[str, Any]:
    items = cport("--json", "media", "list", *query, "--limit", "200").json["items"]
    return {item["id"]: item for item in items}


def test_a_list_of_the_portal_leaves_signed_by_the_certificate_of_this_station(
    cport: CportHere, tmp_path: Path
) -> None:
    out = tmp_path / "shapes.json"
    ran = cport(
        "--json",
        "hashlist",
        "export",
        "synthetic-pictures",
        "--format",
        "stix",
        "--out",
        out,
        *LEAVE,
    )
    done = ran.json

    assert done["entries"] > 0
    assert done["lost"] == {}
    manifest = json.loads(Path(done["manifest"]).read_text())
    assert manifest["file"]["sha256"] == done["sha256"]
    assert manifest["synthetic"] is True
    checked = run(
        needs("openssl"), "cms", "-verify",  "-noverify", "-inform", "DER", "-binary",
        "-in", done["signature"], "-content", done["manifest"], "-out", tmp_path / "checked",
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    kinds = {row["kind"] for row in cport("--json", "disclosures", "list").json["items"]}
    assert "hash_list" in kinds
    again = cport(
        "hashlist", "export", "synthetic-pictures", "--format", "csv", "--out", out, *LEAVE
    )
    assert again.status == 3


def test_what_a_format_does_not_carry_is_told(cport: CportHere, tmp_path: Path) -> None:
    arguments = ("synthetic-pictures", "--format", "pdq", "--unsigned")
    ran = cport("hashlist", "export", *arguments, "--out", tmp_path / "list.pdq", *LEAVE)
    assert ran.status == 0
    assert "Not carried by this format: " in ran.out
    assert "The manifest is not signed" in ran.out


def test_columns_of_a_next_version_are_said_as_those_of_the_first(
    cport: CportHere, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(f"a;b\n{'1' * 64};x\n")
    two.write_text(f"a;b\n{'1' * 64};x\n{'2' * 64};y\n")
    said = ("--map", "pdq=a", "--map", "name=2", "--profile", "UK")
    made = cport("--json", "hashlist", "import", one, *said).json
    done = cport("--json", "hashlist", "update", made["id"], two, *said, "--version", "2")
    assert done.status == 0, done.err
    assert (done.json["added"], done.json["removed"], done.json["manifest"]) == (1, 0, None)
    again = cport("--json", "hashlist", "update", made["id"], one, *said, "--version", "3")
    assert (again.status, again.json["error"]["code"]) == (6, "untrusted.hash_list")
    missing = ("--trust", tmp_path / "none.pem")
    assert cport("hashlist", "update", made["id"], two, *said, *missing).status != 0


def test_a_list_is_made_of_what_was_decided_updated_disputed_and_withdrawn(
    cport: CportHere, tmp_path: Path
) -> None:
    decided = media(cport, "class:baseline", "kind:image")
    made = cport(
        "--json", "hashlist", "make", "Round 1", "--query", "class:baseline kind:image",
        "--source", "Unit Example",
    ).json  # fmt: skip
    contents = {item["sha256"] for item in decided.values() if item["sha256"]}
    assert 0 < made["entries"] <= len(decided)
    assert made["entries"] >= len(contents)
    out = tmp_path / "made.md5"
    cport(
        "hashlist", "export", made["id"], "--format", "md5sum", "--out", out, "--unsigned", *LEAVE
    )
    assert "M-" in out.read_text()

    entry = cport("--json", "hashlist", "show", made["id"]).json["items"][0]["entry"]
    ran = cport("hashlist", "feedback", made["id"], entry, "--dispute")
    assert ran.status == 2
    ran = cport(
        "--json", "hashlist", "feedback", made["id"], entry, "--dispute", "--note", "a card"
    )
    assert ran.json["disputed_here"] == 1
    shown = cport("--json", "hashlist", "show", made["id"]).json["items"]
    hit = next(item for item in shown if item["entry"] == entry)
    assert [(one["word"], one["note"]) for one in hit["said_here"]] == [("dispute", "a card")]
    assert hit["said_here"][0]["by"]
    assert ": a card" in cport("media", "show", hit["media"]).out

    (tmp_path / "wrong.txt").write_text(f"{entry}\nnonsense\n")
    wrong = ("hashlist", "withdraw", made["id"], "--entries", tmp_path / "wrong.txt")
    foreseen = cport("--json", *wrong, "--preview").json
    assert foreseen["reach"]["entries"] == 1
    assert [copy["kind"] for copy in foreseen["reach"]["copies"]] == ["hash_list"]
    assert foreseen["unknown"] == ["nonsense"]
    done = cport("--json", *wrong, "--reason", "a card").json
    assert (done["copies_affected"], done["entries"]) == (1, made["entries"] - 1)
    told = cport("hashlist", "withdraw", made["id"], "--preview").out
    assert "its recipients are to be told" in told


def test_the_next_version_of_a_list_and_a_difference(cport: CportHere, tmp_path: Path) -> None:
    (tmp_path / "one.md5").write_text(f"{'1' * 32}  one.png\n{'2' * 32}  two.png\n")
    (tmp_path / "two.md5").write_text(f"{'2' * 32}  two.png\n{'3' * 32}  three.png\n")
    first = cport("--json", "hashlist", "import", tmp_path / "one.md5", "--version", "a").json
    done = cport(
        "--json", "hashlist", "update", first["id"], tmp_path / "two.md5", "--version", "b"
    ).json
    assert (done["id"], done["added"], done["removed"]) == (first["id"], 1, 1)
    versions = cport("--json", "hashlist", "versions", first["id"]).json["items"]
    assert [(one["version"], one["added"], one["removed"]) for one in versions] == [
        ("b", 1, 1),
        ("a", 0, 0),
    ]
    out = tmp_path / "difference.csv"
    told = cport(
        "--json", "hashlist", "export", first["id"], "--format", "csv", "--out", out,
        "--since", "a", "--unsigned", *LEAVE,
    ).json  # fmt: skip
    assert (told["entries"], told["removed"]) == (2, 1)
    assert "removed" in out.read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (
            ("export", "nowhere", "--format", "csv", "--out", "x", *LEAVE),
            2,
            "usage.unknown_reference",
        ),
        (("export", "synthetic-noise", "--format", "clay", "--out", "x", *LEAVE), 2, "usage.value"),
        (
            ("export", "synthetic-noise", "--format", "csv", "--out", "x", "--since", "99", *LEAVE),
            2,
            "usage.value",
        ),
        (("export", "synthetic-noise", "--format", "csv", "--out", "x"), 3, "refused.agreement"),
        (("update", "synthetic-noise", __file__), 3, "refused.hash_list"),
        (("make", "Nothing", "--query", "ref:nothing"), 2, "usage.choice"),
        (("withdraw", "synthetic-noise", "--preview"), 3, "refused.hash_list"),
        (("versions", "nowhere"), 2, "usage.unknown_reference"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(
    cport: CportHere, arguments: tuple[str, ...], status: int, code: str
) -> None:
    ran = cport("--json", "hashlist", *arguments)
    assert (ran.status, ran.json["error"]["code"]) == (status, code)
    assert not Path("x").exists()


def test_hfind_finds_every_entry_of_an_exported_list(cport: CportHere, tmp_path: Path) -> None:
    hfind = needs("hfind")
    known = tmp_path / "known.md5"
    lines = [f"{number:032x}  shape {number}.png" for number in range(1, 40)]
    known.write_text("\n".join([*lines, f"{64:032x} *back\\slash.png"]))
    first = cport("--json", "hashlist", "import", known).json
    out = tmp_path / "out.md5"
    cport(
        "hashlist", "export", first["id"], "--format", "md5sum", "--out", out, "--unsigned", *LEAVE
    )
    subprocess.run([hfind, "-i", "md5sum", out], check=True, capture_output=True)
    for number in [*range(1, 40), 64]:
        found = run(hfind, out, f"{number:032x}").stdout.decode()
        assert (f"shape {number}.png" if number < 40 else "back\\slash.png") in found


def test_a_list_that_was_made_here_is_contributed_to_a_shared_one(cport: CportHere) -> None:
    made = cport(
        "--json", "hashlist", "make", "Round 1", "--query", "class:baseline kind:image"
    ).json
    asked = ("national", "--from-list", made["id"], "--reason", "round 1")
    queued = cport("--json", "hashlist", "contribute", *asked)
    assert queued.status == 0
    shown = cport("--json", "operations", "show", queued.json["operation"]["id"]).json
    assert "national" in json.dumps(shown)
    reached = cport("--json", "hashlist", "withdraw", made["id"], "--preview").json["reach"]
    assert reached["contributed"] == [queued.json["operation"]["id"]]


@pytest.mark.parametrize(
    ("found", "flags", "left_out"),
    [
        ("class:baseline kind:image", ("--negative",), True),
        ("class:not-illegal kind:image", (), True),
        ("class:not-illegal kind:image", ("--negative",), False),
    ],
)
def test_what_is_decided_goes_on_no_list_that_means_the_contrary(
    cport: CportHere, found: str, flags: tuple[str, ...], left_out: bool
) -> None:
    assert media(cport, *found.split())
    made = cport("--json", "hashlist", "make", "Round 2", "--query", found, *flags)
    if (
        left_out and made.status == 0
    ):  # The same bytes may be in a report that was decided otherwise.
        assert made.json["contrary"] > 0
    else:
        assert (made.status != 0) == left_out
