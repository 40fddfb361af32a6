"""Who has it, and how that is known: the register asked from the side of the item."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Demo
from tests.cli.in_process import CportHere
from tests.exports.synthetic import authority


def package_of(cport: CportHere) -> Any:
    (package,) = cport("--json", "disclosures", "list", "--kind", "package").json["items"]
    return cport("--json", "disclosures", "show", package["id"]).json


def receipt(demo: Demo, cport: CportHere, path: Path) -> None:
    """A receipt for the demo's package, as its recipient would write it."""
    ran = cport(
        "package",
        "import",
        demo.package,
        "--identity",
        demo.folder / "recipient.agekey",
        "--trust",
        demo.folder / "demo-ca.pem",
        "--receipt",
        path,
    )
    assert ran.status == 0, ran.err


def test_who_has_a_report_a_media_item_and_a_file_is_told(cport: CportHere) -> None:
    package = package_of(cport)
    report = next(item for item in package["contents"] if item["kind"] == "report")
    media = next(item for item in package["contents"] if item["kind"] == "media")
    recipient = package["recipients"][0]["name"]

    for asked in (report["item"], media["item"], media["sha256"], package["sha256"]):
        found = cport("--json", "disclosures", "who", asked).json
        assert recipient in found["recipients"]
        assert package["id"] in {copy["id"] for copy in found["items"]}
    copy = cport("--json", "disclosures", "who", report["item"]).json["items"][-1]
    assert (copy["item"], copy["revision"]) == (report["item"], report["revision"])
    by_md5 = cport("--json", "media", "show", media["item"]).json["md5"]
    assert cport("--json", "disclosures", "who", by_md5).json["sha256"] == media["sha256"]


def test_nobody_has_what_never_left(cport: CportHere) -> None:
    assert cport("--json", "disclosures", "who", "f" * 64).json["items"] == []
    assert "Nothing of" in cport("disclosures", "who", "f" * 64).out
    assert cport("--json", "disclosures", "who", "f" * 40).status == 2
    assert cport("--json", "disclosures", "who", "nothing of the kind").status == 2


def test_the_register_is_searched_by_text_media_digest_and_time(cport: CportHere) -> None:
    package = package_of(cport)
    media = next(item for item in package["contents"] if item["kind"] == "media")

    def found(*arguments: str) -> set[str]:
        items = cport("--json", "disclosures", "list", *arguments).json["items"]
        return {item["id"] for item in items}

    everything = found()
    assert found("--text", package["title"].upper()) == {package["id"]}
    assert package["id"] in found("--text", package["recipients"][0]["name"][:4])
    assert package["id"] in found("--media", media["item"])
    assert package["id"] in found("--sha256", media["sha256"])
    assert found("--sha256", package["sha256"]) == {package["id"]}
    assert found("--since", "2001-01-01") == everything
    assert found("--until", "2001-01-01") == set()
    assert found("--text", "no such words") == set()
    assert cport("disclosures", "list", "--sha256", "abc").status == 2


def test_a_signed_receipt_is_checked_by_openssl_and_taken_in(
    demo: Demo, cport: CportHere, tmp_path: Path
) -> None:
    path = tmp_path / "receipt.eml"
    receipt(demo, cport, path)
    package = package_of(cport)
    assert {one["kind"] for one in cport("--json", "disclosures", "list").json["items"]} >= {
        "receipt"
    }

    taken = cport("--json", "disclosures", "receipt", path, "--trust", demo.folder / "demo-ca.pem")
    assert taken.status == 0, taken.err
    assert (taken.json["disclosure"], taken.json["is_new"]) == (package["id"], True)
    again = cport("--json", "disclosures", "receipt", path, "--trust", demo.folder / "demo-ca.pem")
    assert not again.json["is_new"]
    (kept,) = package_of(cport)["receipts"]
    assert kept["signer"] == taken.json["signer"]
    (copy,) = cport("--json", "disclosures", "who", package["sha256"]).json["items"]
    assert copy["receipts"] == [kept]

    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing: apt-get install openssl")
    files = {"-in": path, "-CAfile": demo.folder / "demo-ca.pem", "-out": tmp_path / "signed"}
    where = [str(part) for pair in files.items() for part in pair]
    done = subprocess.run(
        ["openssl", "cms", "-verify", "-cades", "-purpose", "any", *where],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "CAdES Verification successful" in done.stderr, done.stderr


def test_a_receipt_that_was_altered_or_is_by_somebody_else_is_refused(
    demo: Demo, cport: CportHere, tmp_path: Path
) -> None:
    path = tmp_path / "receipt.eml"
    receipt(demo, cport, path)
    whole = path.read_bytes()
    (tmp_path / "other.pem").write_bytes(authority("Somebody else").pem)
    altered = tmp_path / "altered.eml"
    altered.write_bytes(whole.replace(b"Received by", b"Received  by", 1))
    rubbish = tmp_path / "rubbish.eml"
    rubbish.write_bytes(whole[: len(whole) // 2])
    anchor = demo.folder / "demo-ca.pem"

    for file, trust in ((path, tmp_path / "other.pem"), (altered, anchor), (rubbish, anchor)):
        assert cport("--json", "disclosures", "receipt", file, "--trust", trust).status == 6
    assert package_of(cport)["receipts"] == []


def test_what_somebody_was_told_is_put_on_record_by_hand(cport: CportHere) -> None:
    package = package_of(cport)
    said = ("--by", "B. Example", "--on", "2026-05-17")

    done = cport("--json", "disclosures", "received", package["id"], *said)
    assert done.status == 0, done.err
    (kept,) = package_of(cport)["receipts"]
    assert (kept["received_by"], kept["received_at"]) == ("B. Example", "2026-05-17T00:00:00Z")
    assert kept["signer"] is None
    assert cport("disclosures", "received", "D-000000000000", *said).status == 2
    assert cport("disclosures", "received", package["id"], "--by", "B", "--on", "soon").status == 2
