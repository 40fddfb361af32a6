#!/usr/bin/env python3
r"""Checks a release of CPORT Desktop, file by file, on any machine.

    python3 verify_release.py cport-desktop-0.1.0-linux-x86_64 --trust release-key.pem

It needs Python 3.9 or later and the package `cryptography` (41 or later), and nothing else: no
network, no other file. It reads in constant memory and writes nothing. It takes a folder with a
`release.json` (the unpacked program, or what is offered for download), or one file that lies
beside one, which is then checked alone.

`release.json` names each file of the release with its size and SHA-256; `release.json.sig` holds 64
bytes: the Ed25519 signature (RFC 8032) over the bytes of `release.json`. OpenSSL 3 checks it too:

    openssl pkeyutl -verify -pubin -inkey release-key.pem -rawin \
        -in release.json -sigfile release.json.sig

The key (`--trust`, PEM) must come from outside the release, or its fingerprint be compared with
one that does. A release is whole when every file is there as listed, and nothing else: no further
file, link, special file or folder.

Exit codes: 0 verified · 2 usage · 6 no release, or a file that cannot be read · 7 checked, and not
everything is as it should be (also when nobody vouches for it, since no key was given).

Licence: EUPL-1.2, as the program.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import stat
import sys
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ed25519
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        PublicFormat,
        load_pem_public_key,
    )
except ImportError:
    sys.stderr.write("The Python package “cryptography” is missing: pip install cryptography\n")
    sys.exit(2)

FORMAT = "cport-release/1"
MANIFEST, SIGNATURE = "release.json", "release.json.sig"
READ = 1024 * 1024
LARGEST_MANIFEST = 32 * 1024 * 1024  # a tree of some 4,000 files takes less than one MiB
MOST_FILES = 100_000
MOST_NAMED = 20  # further faults are counted, not named
PEM_KEY = re.compile(rb"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", re.DOTALL)
DIGEST = re.compile(r"[0-9a-f]{64}")
FIELDS = {"format", "name", "version", "platform", "commit", "source_date", "builder", "files"}

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
MARKS = {PASSED: "✓", FAILED: "✗", SKIPPED: "–"}

TITLES = {
    "signature": "The list of files is signed by the given key",
    "manifest": "The list can be read, and is of a release",
    "expected": "The release is the expected one",
    "files": "Every file is as listed, and there is no other",
}

FAULTS = {
    "unsigned": "there is no signature beside the list",
    "forged": "the signature is not one of the given key over this list: the list was changed, or "
    "another made it",
    "manifest": "the list of files is not written as releases are",
    "format": "the list is of another format than this version knows; take a newer verify_release",
    "path": "the list names a file in a way that leads out of the release or is no honest name",
    "twice": "the list names a file twice, or two that are one where letter case does not count",
    "version": "another version than the expected one",
    "platform": "for another platform than the expected one",
    "missing": "missing",
    "size": "of another length than listed",
    "digest": "other bytes than listed",
    "kind": "neither a plain file nor a folder (releases have no links)",
    "privileged": "carries the right to run as another user (setuid or setgid)",
    "added": "not listed",
    "unlisted": "not a file that the list names",
    "unreadable": "cannot be read",
}

VERDICTS = {
    "verified": "Verified: this is the release that the holder of the key signed, byte for byte.",
    "nobody": "Whole, but nobody vouches for it: give the release key with --trust.",
    "refused": "Not verified. Do not install or run this.",
}


class Wrong(Exception):
    """A step found something; `cause` is one of `FAULTS`, `name` the file that it is about."""

    def __init__(self, cause: str, name: str | None = None) -> None:
        super().__init__(cause)
        self.cause, self.name = cause, name

    def sentence(self) -> str:
        told = FAULTS[self.cause]
        return told if self.name is None else f"{shown(self.name)}: {told}"


class Unusable(Exception):
    """There is nothing to check, or a file that was given cannot be read."""


class Listed(NamedTuple):
    path: str
    size: int
    sha256: str


class Release(NamedTuple):
    name: str
    version: str
    platform: str
    commit: str
    source_date: str
    files: list[Listed]


class Step(NamedTuple):
    name: str
    state: str
    detail: str
    faults: list[dict[str, str]]


def shown(untrusted: str) -> str:
    """A foreign name, so that it cannot do anything to a terminal; 120 characters at most."""
    return "".join(
        c if c.isprintable() and unicodedata.category(c) != "Cf" else f"\\u{ord(c):04x}"
        for c in untrusted[:120]
    )


def some(count: int, one: str, more: str) -> str:
    return (one if count == 1 else more).replace("{count}", f"{count:,}")


# -- the list ------------------------------------------------------------------------------------


def parsed(content: bytes) -> Release:
    """The list, each field of the type and form that releases write; anything else is refused."""
    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise Wrong("manifest") from None
    if not isinstance(found, dict):
        raise Wrong("manifest")
    if found.get("format") != FORMAT:
        raise Wrong("format")
    texts = [found.get(field) for field in ("name", "version", "platform", "commit", "source_date")]
    files, builder = found.get("files"), found.get("builder")
    if set(found) != FIELDS or not all(isinstance(text, str) for text in texts):
        raise Wrong("manifest")
    if not isinstance(builder, dict) or not isinstance(files, list) or len(files) > MOST_FILES:
        raise Wrong("manifest")
    name, version, platform, commit, source_date = (str(text) for text in texts)
    listed = [listed_file(entry) for entry in files]
    folded = {unicodedata.normalize("NFC", file.path).casefold() for file in listed}
    if len(folded) != len(listed):
        raise Wrong("twice")
    return Release(name, version, platform, commit, source_date, listed)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object, refused where a name stands twice: readers would disagree about it."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def listed_file(entry: object) -> Listed:
    if not isinstance(entry, dict) or set(entry) != {"path", "size", "sha256"}:
        raise Wrong("manifest")
    path, size, sha256 = entry["path"], entry["size"], entry["sha256"]
    if not isinstance(path, str) or not isinstance(sha256, str) or not DIGEST.fullmatch(sha256):
        raise Wrong("manifest")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise Wrong("manifest")
    if not is_honest(path):
        raise Wrong("path", path)
    return Listed(path, size, sha256)


def is_honest(path: str) -> bool:
    """Relative, with plain parts, and one that means the same on every system."""
    parts = path.split("/")
    return (
        path not in (MANIFEST, SIGNATURE)
        and all(part not in ("", ".", "..") and part[-1] not in ". " for part in parts)
        and not any(c in '\\:*?"<>|' or not c.isprintable() for c in path)
        and unicodedata.normalize("NFC", path) == path
    )


# -- the key -------------------------------------------------------------------------------------


def read_keys(content: bytes) -> list[ed25519.Ed25519PublicKey]:
    keys = []
    for pem in PEM_KEY.findall(content):
        try:
            key = load_pem_public_key(pem)
        except ValueError:
            raise Unusable("a key in the file given with --trust is damaged") from None
        if not isinstance(key, ed25519.Ed25519PublicKey):
            raise Unusable("releases are signed with Ed25519; the given key is of another kind")
        keys.append(key)
    if not keys:
        raise Unusable("there is no public key (PEM) in the file given with --trust")
    return keys


def fingerprint(key: ed25519.Ed25519PublicKey) -> str:
    encoded = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(encoded).hexdigest()


def signed_by(
    keys: list[ed25519.Ed25519PublicKey], content: bytes, signature: bytes | None
) -> ed25519.Ed25519PublicKey:
    """The one of `keys` that signed `content`."""
    if signature is None:
        raise Wrong("unsigned")
    for key in keys:
        try:
            key.verify(signature, content)
        except InvalidSignature:
            continue
        return key
    raise Wrong("forged")


# -- the files -----------------------------------------------------------------------------------


def checked_file(root: Path, listed: Listed) -> None:
    """The file is there and holds what is listed, or `Wrong`; it is read once, never followed."""
    place = root.joinpath(*listed.path.split("/"))
    try:
        found = place.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise Wrong("kind", listed.path)
        if found.st_mode & (stat.S_ISUID | stat.S_ISGID):
            raise Wrong("privileged", listed.path)
        if found.st_size != listed.size:
            raise Wrong("size", listed.path)
        digest = hashlib.sha256()
        with place.open("rb") as file:
            for piece in iter(lambda: file.read(READ), b""):
                digest.update(piece)
    except (FileNotFoundError, NotADirectoryError):
        raise Wrong("missing", listed.path) from None
    except OSError:
        raise Wrong("unreadable", listed.path) from None
    if digest.hexdigest() != listed.sha256:
        raise Wrong("digest", listed.path)


def unlisted(root: Path, files: list[Listed]) -> list[Wrong]:
    """What lies in the folder and is not listed; links are not followed, folders need a reason."""
    paths = {file.path for file in files} | {MANIFEST, SIGNATURE}
    folders = {
        "/".join(path.split("/")[:n]) for path in paths for n in range(1, path.count("/") + 1)
    }
    found: list[Wrong] = []

    def unreadable(error: OSError) -> None:
        found.append(Wrong("unreadable", str(error.filename)))

    for place, below, names in os.walk(root, onerror=unreadable):
        for name in sorted([*below, *names]):
            full = Path(place, name)
            path = full.relative_to(root).as_posix()
            is_folder = full.is_dir() and not full.is_symlink()
            if path not in (folders if is_folder else paths):
                found.append(Wrong("added", path))
        below[:] = [name for name in below if not Path(place, name).is_symlink()]
    return found


# -- the steps -----------------------------------------------------------------------------------


class Check:
    """One release; after `steps`, `release` is what the list says and `key` who signed it."""

    def __init__(self, root: Path, only: str | None, options: argparse.Namespace) -> None:
        self._root, self._only, self._options = root, only, options
        self._keys = None
        if options.trust:
            self._keys = read_keys(read_small(Path(options.trust), READ))
        self.release: Release | None = None
        self.key: ed25519.Ed25519PublicKey | None = None

    def steps(self) -> list[Step]:
        """All steps in their order; none is taken after one that failed."""
        done: list[Step] = []
        self._content = read_small(self._root / MANIFEST, LARGEST_MANIFEST)
        for name in TITLES:
            if any(step.state == FAILED for step in done):
                done.append(Step(name, SKIPPED, "not looked at", []))
                continue
            try:
                state, detail = getattr(self, f"_{name}")()
                done.append(Step(name, state, detail, []))
            except Wrong as wrong:
                done.append(failed(name, [wrong]))
            except ManyWrong as many:
                done.append(failed(name, many.found))
        return done

    def _signature(self) -> tuple[str, str]:
        if self._keys is None:
            return SKIPPED, "no key was given with --trust"
        self.key = signed_by(self._keys, self._content, beside(self._root / SIGNATURE))
        return PASSED, f"Ed25519, fingerprint {fingerprint(self.key)}"

    def _manifest(self) -> tuple[str, str]:
        self.release = release = parsed(self._content)
        said = [shown(text) for text in release[:5]]
        name, version, platform, commit, source_date = said
        return PASSED, f"{name} {version} for {platform}, commit {commit} of {source_date}"

    def _expected(self) -> tuple[str, str]:
        release, options = self.release, self._options
        assert release is not None  # the step before made it
        if options.version is not None and options.version != release.version:
            raise Wrong("version", release.version)
        if options.platform is not None and options.platform != release.platform:
            raise Wrong("platform", release.platform)
        if options.version is None and options.platform is None:
            return SKIPPED, "any version is accepted (--version, --platform)"
        return PASSED, shown(f"{release.version}, {release.platform}")

    def _files(self) -> tuple[str, str]:
        assert self.release is not None  # a step before made it
        files = self.release.files
        if self._only is not None:
            files = [file for file in files if file.path == self._only]
            if not files:
                raise Wrong("unlisted", self._only)
        found = []
        for file in files:
            try:
                checked_file(self._root, file)
            except Wrong as wrong:
                found.append(wrong)
        if self._only is None:
            found += unlisted(self._root, files)
        if found:
            raise ManyWrong(found)
        size = sum(file.size for file in files)
        return PASSED, some(len(files), "{count} file", "{count} files") + f", {size:,} bytes"


class ManyWrong(Exception):
    def __init__(self, found: list[Wrong]) -> None:
        super().__init__(len(found))
        self.found = found


def failed(name: str, found: list[Wrong]) -> Step:
    told = [wrong.sentence() for wrong in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        told.append(some(len(found) - MOST_NAMED, "and {count} more", "and {count} more"))
    causes = [{"cause": wrong.cause, "file": wrong.name or ""} for wrong in found]
    return Step(name, FAILED, "; ".join(told), causes)


# -- the command line ----------------------------------------------------------------------------


def read_small(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():
            raise Unusable(f"{shown(str(path))}: there is no such file")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise Unusable(f"{shown(str(path))}: {error.strerror}") from None
    if len(content) > most:
        raise Unusable(f"{shown(str(path))}: longer than any honest one")
    return content


def beside(path: Path) -> bytes | None:
    """The signature; None if there is none."""
    return read_small(path, READ) if path.is_file() else None


def root_of(given: str) -> tuple[Path, str | None]:
    """The folder with the list, and the name of the one file to check, if one was given."""
    path = Path(given)
    if path.is_dir():
        return path, None
    if not os.path.lexists(path):
        raise Unusable(f"{shown(given)}: there is no such file")
    return (path.parent, None) if path.name == MANIFEST else (path.parent, path.name)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="verify_release.py",
        description="Checks a release of CPORT Desktop, file by file.",
        epilog="The key for --trust must come from outside the release.",
    )
    made.add_argument(
        "place", metavar="PLACE", help="folder with release.json, or a file that lies beside one"
    )
    made.add_argument("--trust", metavar="KEY", help="public keys of releases (PEM)")
    made.add_argument("--version", metavar="V", help="the version that it must be")
    made.add_argument("--platform", metavar="P", help="the platform that it must be for")
    made.add_argument("--json", action="store_true", help="one JSON object")
    return made


def answer(check: Check) -> dict[str, Any]:
    steps = check.steps()
    verdict = "verified" if check.key is not None else "nobody"
    if any(step.state == FAILED for step in steps):
        verdict = "refused"
    found: dict[str, Any] = {
        "verified": verdict == "verified",
        "verdict": verdict,
        "steps": [step._asdict() for step in steps],
    }
    if check.key is not None:
        found["key"] = fingerprint(check.key)
    if check.release is not None:
        said = check.release._asdict()
        said["files"] = len(check.release.files)
        found["release"] = said
    return found


def printed(found: dict[str, Any]) -> str:
    lines = [
        f"{MARKS[step['state']]} {TITLES[step['name']]}: {step['detail']}"
        for step in found["steps"]
    ]
    return "\n".join([*lines, VERDICTS[found["verdict"]]])


def main(arguments: list[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    try:
        found = answer(Check(*root_of(options.place), options))
    except Unusable as error:
        if options.json:
            problem = {"code": "untrusted.release", "exit": 6, "message": str(error)}
            print(json.dumps({"error": problem}, ensure_ascii=False))
        else:
            sys.stderr.write(f"Not checked: {error}.\n")
        return 6
    print(json.dumps(found, ensure_ascii=False) if options.json else printed(found))
    return 0 if found["verified"] else 7


if __name__ == "__main__":
    sys.exit(main())
