"""The list of a release: the same bytes for the same files, and nothing in it that none may hold."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from tests.packaging.workshop import PACKAGING, a_folder, script, signed

KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, PACKAGING / "release_manifest.py", *words],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_same_files_in_another_folder_give_the_same_bytes(tmp_path: Path):
    one, other = (signed(a_folder(tmp_path / name), KEY) for name in ("one", "other"))
    for name in ("release.json", "release.json.sig"):
        assert (one / name).read_bytes() == (other / name).read_bytes()
        assert (one / name).stat().st_mtime == 1795478400, "2026-11-24T00:00:00Z"


def test_signed_again_it_stays_as_it_was(tmp_path: Path):
    root = signed(a_folder(tmp_path / "r"), KEY)
    before = (root / "release.json").read_bytes()
    assert (signed(root, KEY) / "release.json").read_bytes() == before


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"a/aux.txt": b""}, "the name of a device on Windows"),
        ({"a:b": b""}, "a character that Windows reserves"),
        ({"a. /b": b""}, "a part that ends with a dot or a space"),
        ({"Readme": b"", "readme": b""}, "the same name as"),
        ({"x" * 100 + "/" + "y" * 100: b""}, "longer than 180 characters"),
        ({}, "there is no file in it"),
    ],
)
def test_what_cannot_be_carried_to_every_system_is_not_released(
    tmp_path: Path, files: dict[str, bytes], why: str
):
    (tmp_path / "r").mkdir()
    module = script("release_manifest")
    with pytest.raises(module.NotReleasable, match=why):
        signed(a_folder(tmp_path / "r", files), KEY)


def test_links_and_empty_folders_are_not_released(tmp_path: Path):
    module = script("release_manifest")
    root = a_folder(tmp_path / "r")
    (root / "empty").mkdir()
    with pytest.raises(module.NotReleasable, match="a folder without a file"):
        signed(root, KEY)
    (root / "empty").rmdir()
    (root / "link").symlink_to("VERSION")
    with pytest.raises(module.NotReleasable, match="neither a plain file nor a folder"):
        signed(root, KEY)


def test_a_key_for_trials_is_made_once_for_its_owner_alone(tmp_path: Path):
    root, key = a_folder(tmp_path / "r"), tmp_path / "keys" / "demo.pem"
    first = run(root, "--version", "1.2.3", "--demo-key", key)
    assert first.returncode == 0, first.stderr
    assert "Whoever reads it can sign" in first.stdout
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = (root / "release.json.sig").read_bytes()
    second = run(root, "--version", "1.2.3", "--demo-key", key)
    assert "Whoever reads it can sign" not in second.stdout
    assert (root / "release.json.sig").read_bytes() == before
    verifier = script("verify_release")
    assert verifier.main([str(root), "--trust", str(key.with_suffix(".pub.pem"))]) == 0


def test_it_says_of_what_sources_and_by_what_it_was_built(tmp_path: Path):
    root = a_folder(tmp_path / "r")
    assert run(root, "--version", "1.2.3", "--demo-key", tmp_path / "k.pem").returncode == 0
    said = json.loads((root / "release.json").read_bytes())
    assert said["source_date"] == "2023-11-14T22:13:20Z"
    assert said["builder"]["interpreter"].startswith("CPython 3.")
    assert str(tmp_path) not in json.dumps(said)


def test_a_key_with_a_passphrase_wants_it_and_another_kind_of_key_is_refused(tmp_path: Path):
    root = a_folder(tmp_path / "r")
    sealed = serialization.BestAvailableEncryption(b"heron")
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (tmp_path / "key.pem").write_bytes(KEY.private_bytes(pem, form, sealed))
    (tmp_path / "words").write_text("heron\n")
    words: list[str | Path] = [root, "--version", "1.2.3", "--key", tmp_path / "key.pem"]
    assert run(*words).returncode == 1
    assert run(*words, "--passphrase-file", tmp_path / "words").returncode == 0
    other = ec.generate_private_key(ec.SECP256R1())
    encoded = other.private_bytes(pem, form, serialization.NoEncryption())
    (tmp_path / "key.pem").write_bytes(encoded)
    refused = run(*words)
    assert refused.returncode == 1
    assert "signed with Ed25519" in refused.stderr
