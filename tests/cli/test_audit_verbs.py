"""The verbs of the audit log, as a script would use them."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from cport_desktop.domain.nature import Nature
from tests.builders import PASSPHRASE, make_vault
from tests.cli.in_process import CportHere


@pytest.fixture(scope="module")
def newborn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_vault(tmp_path_factory.mktemp("newborn") / "vault", nature=Nature.LIVE)


@pytest.fixture
def cport(newborn: Path, tmp_path: Path) -> CportHere:
    secret = tmp_path / "passphrase.txt"
    secret.write_bytes(PASSPHRASE)
    home = tmp_path / "home"
    home.mkdir()
    vault = Path(shutil.copytree(newborn, tmp_path / "vault"))
    return CportHere(home, vault, secret)


def test_a_list_needs_its_purpose_and_shows_it(cport: CportHere) -> None:
    refused = cport("--json", "audit", "list")
    assert refused.status == 3
    assert refused.json["error"]["code"] == "refused.purpose"
    shown = cport("--json", "audit", "list", "--purpose", "complaint 12", "--limit", "2")
    assert shown.status == 0
    assert shown.json["items"][0]["reason"] == "complaint 12"
    assert len(shown.json["items"]) == 2
    assert {"items", "total", "next", "elapsed_ms"} == set(shown.json)


def test_the_log_is_sorted_by_nothing_but_itself(cport: CportHere) -> None:
    first = cport("--json", "audit", "list", "--purpose", "x", "--sort", "entry", "--limit", "1")
    assert first.json["items"][0]["id"] == 1
    for other in ("actor", "-actor", "at"):
        ran = cport("--json", "audit", "list", "--purpose", "x", "--sort", other)
        assert (ran.status, ran.json["error"]["code"]) == (2, "usage.value")


def test_checkpoint_and_code_agree_with_the_log_they_were_made_of(
    cport: CportHere, tmp_path: Path
) -> None:
    path = tmp_path / "checkpoint.txt"
    made = cport("--json", "audit", "checkpoint", path)
    assert made.status == 0
    assert {"entries", "head", "verified", "code", "key", "path"} <= set(made.json)
    code = cport("--json", "audit", "code").json["code"]
    ran = cport("--json", "audit", "verify", "--against", path, "--against-code", code)
    assert ran.status == 0
    assert {"entries", "head", "verified"} <= set(ran.json)
    assert ran.json["verified"] is True
    assert len(ran.json["remarks"]) == 2
    again = cport("--json", "audit", "checkpoint", path)
    assert (again.status, again.json["error"]["code"]) == (3, "refused.output_exists")


def test_an_older_copy_is_refused_and_its_log_found_out_and_then_acknowledged(
    cport: CportHere, tmp_path: Path
) -> None:
    older = shutil.copytree(cport.vault, tmp_path / "older")
    checkpoint = tmp_path / "checkpoint.txt"
    known = cport("--json", "audit", "checkpoint", checkpoint).json["entries"]
    shutil.rmtree(cport.vault)
    shutil.copytree(older, cport.vault)

    refused = cport("--json", "vault", "status")
    assert refused.status == 4
    error = refused.json["error"]
    assert error["code"] == "vault.rolled_back"
    assert str(known + 1) in error["message"]
    assert "acknowledge-rollback" in error["hint"]

    reason = ("--reason", "disk restored from an image")
    acknowledged = cport("--json", "audit", "acknowledge-rollback", *reason)
    assert acknowledged.status == 0
    assert acknowledged.json["verified"] is True
    assert cport("--json", "vault", "status").status == 0
    found = cport("--json", "audit", "verify", "--against", checkpoint)
    assert found.status == 7
    assert found.json["verified"] is False
    assert any("lineage 2" in remark for remark in found.json["remarks"])
    said = cport("audit", "verify", "--against", checkpoint)
    assert said.status == 7
    assert "Fault: " in said.out


def test_the_mark_lies_in_the_state_folder_and_nowhere_else(cport: CportHere) -> None:
    cport("vault", "status")
    found = [path for path in cport.home.rglob("*") if path.is_file()]
    assert [path.parent.name for path in found] == ["marks"]
    assert found[0].suffix == ".checkpoint"


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\xff" * 100, b"x" * 200_000])
def test_a_file_that_is_no_checkpoint_is_untrusted(
    cport: CportHere, tmp_path: Path, rubbish: bytes
) -> None:
    path = tmp_path / "rubbish"
    path.write_bytes(rubbish)
    ran = cport("--json", "audit", "verify", "--against", path)
    assert ran.status == 6


def test_a_code_with_a_slip_of_the_pen_is_said_to_have_one(cport: CportHere) -> None:
    code = cport("--json", "audit", "code").json["code"]
    slip = ("A" if code[0] != "A" else "B") + code[1:]
    ran = cport("--json", "audit", "verify", "--against-code", slip)
    assert (ran.status, ran.json["error"]["code"]) == (6, "untrusted.checkpoint")


def test_an_export_says_what_it_is_and_to_whom_it_went(cport: CportHere, tmp_path: Path) -> None:
    path = tmp_path / "log.zip"
    assert cport("--json", "audit", "export", path).status == 3
    assert not path.exists()
    ran = cport(
        "--json", "audit", "export", path, "--purpose", "request 7", "--recipient", "Authority"
    )
    assert ran.status == 0
    assert {"entries", "head", "verified"} <= set(ran.json)
    with zipfile.ZipFile(path) as archive:
        assert {"HOW-TO-VERIFY.txt", "entries.csv", "entries.jsonl"} <= set(archive.namelist())
    text = cport("audit", "list", "--purpose", "x", "--limit", "5").out
    assert "Authority" in text
    assert "request 7" in text


def test_particulars_are_erased_for_a_reason(cport: CportHere) -> None:
    assert cport("--json", "audit", "erase", "1").status == 2
    ran = cport("--json", "audit", "erase", "1", "--reason", "request 9")
    assert (ran.status, ran.json) == (0, {"entry": 1, "erased": True})
    assert cport("--json", "audit", "verify").json["erased"] == 1
    again = cport("--json", "audit", "erase", "1", "--reason", "request 9")
    assert (again.status, again.json["error"]["code"]) == (2, "usage.unknown_reference")
