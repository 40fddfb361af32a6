"""`verify_release.py`: what it accepts, what it refuses and in which words."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from tests.packaging.workshop import FILES, PACKAGING, SAID, a_folder, script, signed, written

VERIFIER = PACKAGING / "verify" / "verify_release.py"
KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))


def public(key: Any) -> bytes:
    made: bytes = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return made


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    path = tmp_path / "release-key.pem"
    path.write_bytes(public(KEY))
    return path


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return signed(a_folder(tmp_path / "release"), KEY)


class Said:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def verify(trust: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def run(*words: str | Path, key: Path | None = trust) -> Said:
        given = [] if key is None else ["--trust", str(key)]
        code = script("verify_release").main([*map(str, words), *given])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return run


def step(said: Said, name: str) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = [each for each in json.loads(said.out)["steps"] if each["name"] == name]
    return found


def causes(said: Said) -> set[tuple[str, str]]:
    steps = json.loads(said.out)["steps"]
    return {(each["cause"], each["file"]) for one in steps for each in one["faults"]}


def test_a_release_as_it_was_signed_is_verified(release: Path, verify):
    said = verify(release)
    assert said.code == 0
    assert "Verified: this is the release that the holder of the key signed" in said.out
    assert "cport-desktop 1.2.3 for linux-x86_64" in said.out


def test_it_runs_as_one_file_with_nothing_of_ours_beside_it(
    release: Path, trust: Path, tmp_path: Path
):
    alone = tmp_path / "elsewhere" / "verify_release.py"
    alone.parent.mkdir()
    shutil.copyfile(VERIFIER, alone)
    command: list[str | Path] = [sys.executable, "-I", alone, release, "--trust", trust, "--json"]
    done = subprocess.run(command, capture_output=True, cwd=alone.parent, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["verified"] is True
    assert found["release"]["files"] == len(FILES)


def changed(root: Path, name: str) -> None:
    content = bytearray((root / name).read_bytes())
    content[len(content) // 2] ^= 1
    (root / name).write_bytes(content)


def in_place_of(file: Path) -> Path:
    file.unlink()
    return file


HARM: dict[str, tuple[Callable[[Path], object], tuple[str, str]]] = {
    "a changed byte": (lambda r: changed(r, "bin/cport"), ("digest", "bin/cport")),
    "a byte more": (
        lambda r: (r / "VERSION").write_bytes(b"1.2.3\n\n"),
        ("size", "VERSION"),
    ),
    "cut short": (lambda r: (r / "VERSION").write_bytes(b"1.2"), ("size", "VERSION")),
    "bytes where none were": (
        lambda r: (r / "app/empty.txt").write_bytes(b"x"),
        ("size", "app/empty.txt"),
    ),
    "a file less": (lambda r: (r / "VERSION").unlink(), ("missing", "VERSION")),
    "a file more": (lambda r: (r / "app/new.pyc").write_bytes(b"x"), ("added", "app/new.pyc")),
    "another list within": (
        lambda r: (r / "app/release.json").write_bytes(b"x"),
        ("added", "app/release.json"),
    ),
    "a folder more": (lambda r: (r / "app/new").mkdir(), ("added", "app/new")),
    "a link for a file": (
        lambda r: in_place_of(r / "VERSION").symlink_to("bin/cport"),
        ("kind", "VERSION"),
    ),
    "a link more": (lambda r: (r / "new").symlink_to("bin"), ("added", "new")),
    "a folder for a file": (
        lambda r: in_place_of(r / "VERSION").mkdir(),
        ("kind", "VERSION"),
    ),
    "another user's rights": (
        lambda r: (r / "bin/cport").chmod(0o4755),
        ("privileged", "bin/cport"),
    ),
}


@pytest.mark.parametrize("name", HARM)
def test_what_was_done_to_a_release_is_refused_and_named(release: Path, verify, name: str):
    harm, expected = HARM[name]
    harm(release)
    said = verify(release, "--json")
    assert said.code == 7
    assert json.loads(said.out)["verdict"] == "refused"
    assert expected in causes(said)
    assert "Do not install or run this" in verify(release).out


def test_a_renamed_file_is_missing_and_added(release: Path, verify):
    (release / "VERSION").rename(release / "version.txt")
    assert causes(verify(release, "--json")) == {
        ("missing", "VERSION"),
        ("added", "version.txt"),
    }


def test_a_folder_that_is_a_link_is_not_followed(release: Path, verify, tmp_path: Path):
    (release / "app").rename(tmp_path / "elsewhere")
    (release / "app").symlink_to(tmp_path / "elsewhere")
    said = verify(release, "--json")
    assert said.code == 7
    assert ("added", "app") in causes(said)


def test_no_byte_of_list_or_signature_may_change(release: Path, verify):
    chance = random.Random(8)
    for name in ("release.json", "release.json.sig"):
        whole = (release / name).read_bytes()
        for _ in range(40):
            place = chance.randrange(len(whole))
            harmed = bytearray(whole)
            harmed[place] ^= 1 << chance.randrange(8)
            (release / name).write_bytes(harmed)
            said = verify(release, "--json")
            assert said.code == 7
            assert causes(said) == {("forged", "")}
            assert step(said, "manifest")["state"] == "skipped", "nothing unsigned has a meaning"
        (release / name).write_bytes(whole)
    assert verify(release).code == 0


def test_another_key_does_not_vouch(release: Path, verify, tmp_path: Path):
    (tmp_path / "other.pem").write_bytes(public(OTHER))
    assert causes(verify(release, "--json", key=tmp_path / "other.pem")) == {("forged", "")}


def test_one_of_several_keys_is_enough_so_that_keys_can_change(
    release: Path, verify, tmp_path: Path
):
    (tmp_path / "both.pem").write_bytes(public(OTHER) + b"the new one:\n" + public(KEY))
    said = verify(release, "--json", key=tmp_path / "both.pem")
    assert said.code == 0
    assert json.loads(said.out)["key"] == script("verify_release").fingerprint(KEY.public_key())


def test_without_a_signature_it_is_nobodys(release: Path, verify):
    (release / "release.json.sig").unlink()
    assert causes(verify(release, "--json")) == {("unsigned", "")}


def test_without_a_key_it_is_whole_and_still_not_verified(release: Path, verify):
    said = verify(release, key=None)
    assert said.code == 7
    assert "nobody vouches for it" in said.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version", "1.2.3"], 0),
        (["--version", "1.2.4"], 7),
        (["--platform", "linux-x86_64", "--version", "1.2.3"], 0),
        (["--platform", "windows-x86_64"], 7),
    ],
)
def test_an_honest_release_that_is_not_the_expected_one_is_refused(
    release: Path, verify, words: list[str], code: int
):
    assert verify(release, *words).code == code


def test_one_file_beside_its_list_is_checked_alone(release: Path, verify):
    (release / "bin" / "cport").unlink()
    assert verify(release / "VERSION").code == 0
    changed(release, "VERSION")
    assert verify(release / "VERSION").code == 7


def test_a_file_that_the_list_does_not_name_is_refused(release: Path, verify):
    (release / "new.deb").write_bytes(b"x")
    assert causes(verify(release / "new.deb", "--json")) == {("unlisted", "new.deb")}


def test_a_file_whose_letter_case_differs_is_another_one(release: Path, verify):
    (release / "VERSION").rename(release / "Version")
    assert causes(verify(release / "Version", "--json")) == {("unlisted", "Version")}


def entry(path: str) -> dict[str, object]:
    return {"path": path, "size": 0, "sha256": "0" * 64}


def listing(*paths: str, **other: object) -> dict[str, object]:
    return {**SAID, "format": "cport-release/1", "files": [entry(p) for p in paths], **other}


@pytest.mark.parametrize(
    "path",
    [
        "../outside",
        "/etc/passwd",
        "a//b",
        "a/./b",
        "a/",
        "",
        "a\\b",
        "C:evil",
        "a\x1b[2Jb",
        "a\u202eb",
        "e\u0301",
        "a.",
        "a ",
        "release.json",
        "release.json.sig",
    ],
)
def test_not_even_the_key_makes_a_name_that_leads_out_good(release: Path, verify, path: str):
    written(release, KEY, listing(path))
    said = verify(release, "--json")
    assert {cause for cause, _ in causes(said)} == {"path"}
    assert "\x1b" not in verify(release).out
    assert "\u202e" not in verify(release).out


@pytest.mark.parametrize(
    ("listed", "cause"),
    [
        (b"", "manifest"),
        (b"[]", "manifest"),
        (b"{", "manifest"),
        (b"\xff", "manifest"),
        (b"[" * 100_000, "manifest"),
        (b'{"format": "cport-release/1", "format": "cport-release/1"}', "manifest"),
        (listing(), None),
        (listing(format="cport-release/2"), "format"),
        (listing(version=3), "manifest"),
        (listing(further=3), "manifest"),
        (listing(files={}), "manifest"),
        (listing(files=[{**entry("a"), "size": -1}]), "manifest"),
        (listing(files=[{**entry("a"), "size": True}]), "manifest"),
        (listing(files=[{**entry("a"), "sha256": "0" * 63 + "G"}]), "manifest"),
        (listing(files=[{**entry("a"), "mode": 0}]), "manifest"),
        (listing("a", "a"), "twice"),
        (listing("app/A", "app/a"), "twice"),
    ],
)
def test_a_list_that_is_not_as_releases_write_it_is_refused(
    tmp_path: Path, verify, listed: Any, cause: str | None
):
    (tmp_path / "release").mkdir()
    said = verify(written(tmp_path / "release", KEY, listed), "--json")
    assert {found for found, _ in causes(said)} == ({cause} if cause else set())
    assert said.code == (7 if cause else 0)


@pytest.mark.parametrize("given", [b"no key", b"", public(ec.generate_private_key(ec.SECP256R1()))])
def test_a_file_that_holds_no_key_of_releases_is_told_apart_from_a_forgery(
    release: Path, verify, tmp_path: Path, given: bytes
):
    (tmp_path / "given.pem").write_bytes(given)
    said = verify(release, key=tmp_path / "given.pem")
    assert said.code == 6
    assert said.err.startswith("Not checked: ")


@pytest.mark.parametrize("words", [["nothing"], ["nothing", "--json"]])
def test_where_no_release_is_nothing_is_checked(tmp_path: Path, verify, words: list[str]):
    said = verify(tmp_path / words[0], *words[1:])
    assert said.code == 6
    assert "there is no such file" in said.out + said.err


def test_a_folder_without_a_list_is_no_release(tmp_path: Path, verify):
    assert verify(a_folder(tmp_path / "bare")).code == 6


def test_an_endless_list_is_not_read(release: Path, verify, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(script("verify_release"), "LARGEST_MANIFEST", 100)
    assert "longer than any honest one" in verify(release).err


def test_a_hundred_harmed_files_are_counted_and_twenty_named(tmp_path: Path, verify):
    root = signed(a_folder(tmp_path / "r", {f"f{n:03}": b"x" for n in range(100)}), KEY)
    for n in range(100):
        (root / f"f{n:03}").write_bytes(b"y")
    said = verify(root)
    assert said.out.count("other bytes than listed") == 20
    assert "and 80 more" in said.out


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_says_the_same_of_list_and_signature(release: Path, trust: Path):
    def checked() -> int:
        command: list[str | Path] = [
            "openssl",
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            trust,
            "-rawin",
        ]
        command += ["-in", release / "release.json", "-sigfile", release / "release.json.sig"]
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert checked() == 0
    changed(release, "release.json")
    assert checked() != 0


def test_the_usual_tools_check_the_files_too(release: Path):
    """The list is one line a file, in a form that a line of Python or jq turns into sha256sum's."""
    files = json.loads((release / "release.json").read_bytes())["files"]
    lines = "".join(f"{each['sha256']}  {each['path']}\n" for each in files)
    command = ["sha256sum", "--check", "--quiet", "--strict"]
    done = subprocess.run(command, input=lines.encode(), cwd=release, check=False)
    assert done.returncode == 0


def test_it_says_what_it_found_on_a_terminal_that_knows_no_such_characters(
    release: Path, trust: Path
):
    command: list[str | Path] = [sys.executable, VERIFIER, release, "--trust", trust]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "LC_ALL": "C"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
