"""A vault in a bad place is made and opened all the same, and it is said each time."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.in_process import CportHere


def test_a_cloud_folder_is_told_at_birth_and_at_each_opening(tmp_path: Path) -> None:
    secret = tmp_path / "passphrase.txt"
    secret.write_text("a passphrase for a test\n")
    cport = CportHere(tmp_path, tmp_path / "Dropbox" / "vault", secret)

    for arguments in (("vault", "create", "--demo"), ("vault", "status")):
        ran = cport("--json", *arguments)
        assert ran.status == 0
        assert "Dropbox copies elsewhere" in ran.err
        assert "Move it out" in ran.err
        assert isinstance(ran.json, dict)

    told = json.loads(cport("--json", "--progress", "json", "vault", "status").err)
    assert told["warning"]["code"] == "place.cloud"
    assert cport("--quiet", "vault", "status").err == ""


def test_a_place_that_serves_is_not_spoken_of(tmp_path: Path) -> None:
    secret = tmp_path / "passphrase.txt"
    secret.write_text("a passphrase for a test\n")
    cport = CportHere(tmp_path, tmp_path / "vault", secret)
    assert "elsewhere" not in cport("vault", "create", "--demo").err
