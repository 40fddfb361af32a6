"""Backup, restore, drill, check, rebuild and doctor by the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Demo
from tests.cli.in_process import CportHere


def test_a_vault_goes_into_a_file_and_comes_back_the_same(demo: Demo, tmp_path: Path) -> None:
    cport = demo.here
    file = tmp_path / "vault.cport"
    made = cport("--json", "vault", "backup", file)
    assert made.status == 0, made.out + made.err
    assert made.json["verified"]
    assert made.json["faults"] == []
    assert made.json["size"] == file.stat().st_size

    increment = cport("--json", "vault", "backup", tmp_path / "more", "--since", file)
    assert increment.json["base"] == made.json["backup"]
    assert increment.json["blobs_here"] == 0

    tried = cport("--json", "vault", "drill", tmp_path / "more")
    assert tried.status == 0, tried.out
    assert tried.json["ok"]
    assert len(tried.json["proved"]) > 4

    # A machine of its own: there the restored vault is the only one.
    new = CportHere(tmp_path / "home", tmp_path / "new", cport.passphrase_file)
    back = new("--json", "vault", "restore", tmp_path / "more", tmp_path / "new", "--base", file)
    assert back.status == 0, back.out + back.err
    assert back.json["findings"] == []
    assert new("--json", "vault", "digest").json == cport("--json", "vault", "digest").json
    rebuilt = new("--json", "vault", "rebuild")
    assert rebuilt.status == 0, rebuilt.out
    assert rebuilt.json["made"] > 0


def test_a_part_of_a_check_that_there_is_not_is_refused(demo: Demo) -> None:
    refused = demo.here("--json", "vault", "check", "--part", "4/3")
    assert (refused.status, refused.json["error"]["code"]) == (2, "usage.value")


def test_a_wrong_file_is_no_backup(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear reader")
    ran = demo.here("--json", "vault", "restore", tmp_path / "letter", tmp_path / "new")
    assert (ran.status, ran.json["error"]["code"]) == (4, "vault.backup_damaged")


def test_doctor_says_how_the_vault_is_kept(demo: Demo) -> None:
    ran = demo.here("--json", "doctor")
    found = {finding["code"]: finding for finding in ran.json["findings"]}
    assert ran.status == 0
    assert found["vault.backup"]["verdict"] in ("ok", "warning")
    assert set(found["process"]) == {"code", "name", "verdict", "found", "advice"}
