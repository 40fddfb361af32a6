"""`redactions …`: kept, done in packages that are composed afterwards, and taken back with a reason."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Identity, generate_identity
from cport_desktop.exports.split_files import open_joined
from tests.cli.in_process import CportHere

Item = dict[str, object]


@pytest.fixture
def court() -> Identity:
    return generate_identity()


@pytest.fixture
def picture(cport: CportHere) -> Item:
    items = cport("--json", "media", "list", "kind:image").json["items"]
    found: Item = next(each for each in items if each["width"] and each["width"] > 60)
    return found


def members(path: Path, identity: Identity) -> dict[str, bytes]:
    out = io.BytesIO()
    with open_joined(path) as sealed:
        age.open(sealed, out, [identity])
    with zipfile.ZipFile(out) as container:
        return {name: container.read(name) for name in container.namelist()}


def test_what_is_kept_is_listed_done_left_undone_with_a_reason_and_taken_back(
    cport: CportHere, tmp_path: Path, court: Identity, picture: Item
) -> None:
    reference, report = str(picture["id"]), str(picture["reports"][0])  # type: ignore[index]
    kept = cport(
        "--json", "redactions", "set", reference, "--reason", "a label",
        "--rectangle", "4,5,10x12=a bystander", "--rectangle", "30,30,9x9",
    )  # fmt: skip
    assert kept.status == 0, kept.err
    assert kept.json["how"] == "pixels"
    assert [(each["left"], each["width"], each["reason"]) for each in kept.json["places"]] == [
        (4, 10, "a bystander"),
        (30, 9, "a label"),
    ]
    (row,) = cport("--json", "redactions", "list").json["items"]
    assert reference in row["media"]
    assert "2 places burned in" in cport("redactions", "list").out

    order: list[str | Path] = [
        "package", "create", "--report", report, "--out", tmp_path / "case.age",
        "--recipient", f"Court={court.public}",
    ]  # fmt: skip
    told = cport(*order, "--preview")
    assert "Reason: a bystander" in told.out
    assert cport("--json", *order, "--unredacted", reference).status != 0
    assert not list(tmp_path.glob("case*"))
    bare = cport(*order, "--unredacted", reference, "--reason", "by order", "--preview")
    assert "goes as it is, although this is kept of it" in bare.out
    made = cport("--json", *order)
    assert made.status == 0, made.err
    listed = json.loads(members(tmp_path / "case.age", court)["package.json"])["redactions"]
    assert {each["reason"] for each in listed} == {"a bystander", "a label"}

    assert cport("redactions", "remove", reference, "--reason", "agreed").status == 0
    assert cport("--json", "redactions", "list").json["items"] == []
    again = cport("--json", "redactions", "remove", reference, "--reason", "agreed")
    assert again.json["error"]["code"] == "usage.unknown_reference"


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        (("--rectangle", "1,2,0x5", "--reason", "why"), 2, "usage.arguments"),
        (("--rectangle", "a few", "--reason", "why"), 2, "usage.arguments"),
        (("--rectangle", "1,2,3x4"), 3, "refused.purpose"),
        (("--labels",), 3, "refused.purpose"),
        (("--rectangle", "60000,2,3x4=why"), 3, "refused.redaction"),
    ],
)
def test_what_cannot_be_kept_is_told(
    cport: CportHere, picture: Item, more: tuple[str, ...], status: int, code: str
) -> None:
    ran = cport("--json", "redactions", "set", str(picture["id"]), *more)
    assert (ran.status, ran.json["error"]["code"]) == (status, code)


def test_a_film_can_be_left_out_and_not_drawn_over(cport: CportHere) -> None:
    items = cport("--json", "media", "list", "kind:video").json["items"]
    film = next(each["id"] for each in items if each["state"] == "held")
    drawn = cport("--json", "redactions", "set", film, "--rectangle", "0,0,5x5=why")
    assert drawn.json["error"]["code"] == "refused.redaction"
    assert "Only single pictures" in drawn.json["error"]["message"]
    left = cport("--json", "redactions", "set", film, "--leave-out", "--reason", "not needed")
    assert (left.status, left.json["how"], left.json["reason"]) == (0, "left_out", "not needed")
