"""`package create`: who gets what is said first, and each gets what was chosen for them and no more."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Identity, generate_identity
from cport_desktop.exports.split_files import open_joined
from tests.cli.in_process import CportHere

COURT, PARTNER = "Example Regional Court", "Partner Agency Example"
QUERY = "has:media"


@pytest.fixture
def court() -> Identity:
    return generate_identity()


@pytest.fixture
def partner() -> Identity:
    return generate_identity()


def files_of(path: Path, identity: Identity) -> dict[str, bytes]:
    out = io.BytesIO()
    with open_joined(path) as sealed:
        age.open(sealed, out, [identity])
    with zipfile.ZipFile(out) as container:
        return {name: container.read(name) for name in container.namelist()}


def test_a_preview_says_what_each_gets_by_which_clause_and_writes_nothing(
    cport: CportHere, tmp_path: Path, court: Identity, partner: Identity
) -> None:
    path = tmp_path / "case.age"
    ran = cport(
        "--json", "package", "create", "--query", QUERY, "--out", path, "--preview",
        "--recipient", f"{COURT}={court.public}", "--recipient", f"{PARTNER}={partner.public}",
        "--level-for", f"{PARTNER}=none", "--without-for", f"{PARTNER}=memo",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    first, second = ran.json["recipients"]
    assert (first["media"], first["levels"]) == ("original", ["none", "veiled", "original"])
    assert second["fields_out"] == [{"field": "memo", "clause": None, "chosen": True}]
    assert any("everything that their files say" in line for line in first["goes_along"])
    assert not any("everything that their files say" in line for line in second["goes_along"])
    assert [Path(each["package"]).name for each in ran.json["packages"]] == [
        "case-1.age",
        "case-2.age",
    ]
    assert ran.json["packages"][0]["files"] > ran.json["packages"][1]["files"] == 0
    assert not list(tmp_path.glob("case*"))

    told = cport(
        "package", "create", "--query", QUERY, "--out", path, "--preview",
        "--recipient", f"{COURT}={court.public}", "--without", "memo",
    )  # fmt: skip
    assert "Allowed by clause 4.1." in told.out
    assert "memo stays out, as chosen." in told.out
    assert "The custody goes along" in told.out


def test_pictures_are_redacted_by_a_file_and_parts_are_verified_from_the_first(
    cport: CportHere, tmp_path: Path, court: Identity
) -> None:
    pages = cport("--json", "media", "list", "kind:image").json["items"]
    item = next(each for each in pages if each["width"] and each["width"] > 20)
    redactions = tmp_path / "redactions.json"
    lines = [{"media": item["id"], "rectangles": [[0, 0, 20, 20]], "reason": "a bystander"}]
    redactions.write_text(
        json.dumps({"format": "cport-redactions", "version": 1, "redactions": lines})
    )
    path = tmp_path / "case.age"
    ran = cport(
        "--json", "package", "create", "--report", item["reports"][0], "--out", path,
        "--recipient", f"{COURT}={court.public}", "--redact", redactions, "--part-size", "1M",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert ran.json["parts"]
    files = files_of(path, court)
    listed = json.loads(files["package.json"])["redactions"]
    assert listed[0]["reason"] == "a bystander"
    everything = b"".join(files.values())
    for said in (item["announced_sha256"], item["file_name"]):
        assert said.encode() not in everything
    redrawn = [content for name, content in files.items() if listed[0]["sha256"] in name]
    with Image.open(io.BytesIO(redrawn[0])) as image:
        assert image.convert("RGB").crop((0, 0, 20, 20)).getextrema() == ((0, 0),) * 3
    key = tmp_path / "court.agekey"
    key.write_text(court.secret + "\n")
    checked = cport("--json", "package", "verify", ran.json["parts"][0], "--identity", key)
    assert not [step for step in checked.json["steps"] if step["state"] == "failed"]


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        (("--level", "loud"), 2, "usage.value"),
        (("--without", "reportId"), 2, "usage.value"),
        (("--level-for", "Somebody=none"), 2, "usage.value"),
        (("--part-size", "10"), 2, "usage.value"),
        (("--redact", "absent.json"), 2, "usage.input"),
    ],
)
def test_what_cannot_be_ordered_is_named(
    cport: CportHere, tmp_path: Path, court: Identity, more: tuple[str, str], status: int, code: str
) -> None:
    ran = cport(
        "--json", "package", "create", "--query", QUERY, "--out", tmp_path / "case.age",
        "--recipient", court.public, *more,
    )  # fmt: skip
    assert (ran.status, ran.json["error"]["code"]) == (status, code)
    assert not list(tmp_path.glob("case*"))


def test_a_file_of_redactions_that_is_none_is_untrusted(
    cport: CportHere, tmp_path: Path, court: Identity
) -> None:
    for content in ("no json", '{"format": "cport-redactions", "version": 1, "redactions": [{}]}'):
        file = tmp_path / "redactions.json"
        file.write_text(content)
        ran = cport(
            "--json", "package", "create", "--query", QUERY, "--out", tmp_path / "case.age",
            "--recipient", court.public, "--redact", file,
        )  # fmt: skip
        assert (ran.status, ran.json["error"]["code"]) == (6, "untrusted.redactions")
        assert "portal" not in ran.json["error"]["message"]
    assert "redactions[0].reason" in ran.json["error"]["message"]


def test_a_template_says_for_whom_and_how_much_here_and_in_another_vault(
    cport: CportHere, tmp_path: Path, court: Identity, partner: Identity
) -> None:
    saved = cport(
        "--json", "package", "template", "save", "To the court", "--title", "Case file",
        "--recipient", f"{COURT}={court.public}", "--recipient", f"{PARTNER}={partner.public}",
        "--level", "veiled", "--without-for", f"{PARTNER}=memo", "--reason", "by order",
    )  # fmt: skip
    assert saved.status == 0, saved.err
    again = cport("--json", "package", "template", "save", "TO THE COURT", "--recipient", COURT)
    assert again.status in {2, 3}
    given = tmp_path / "court.json"
    assert cport("package", "template", "export", "to the court", "--out", given).status == 0
    assert cport("package", "template", "remove", "To the court").status == 0
    assert cport("--json", "package", "template", "list").json["items"] == []
    taken = cport("--json", "package", "template", "import", given)
    assert taken.json == saved.json

    path = tmp_path / "case.age"
    ran = cport(
        "--json", "package", "create", "--query", QUERY, "--out", path, "--preview",
        "--template", "To the court", "--level-for", f"{COURT}=none",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    first, second = ran.json["recipients"]
    assert (first["name"], first["media"]) == (COURT, "none")
    assert (second["media"], second["withheld"]) == ("veiled", ["memo"])

    alone = cport("--json", "package", "create", "--query", QUERY, "--out", path)
    assert (alone.status, alone.json["error"]["code"]) == (2, "usage.arguments")
    given.write_text('{"format": "cport-package-template"}')
    assert cport("package", "template", "import", given).status == 6
