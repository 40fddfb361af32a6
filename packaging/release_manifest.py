#!/usr/bin/env python3
"""Names every file of a release with its size and SHA-256, and signs the list.

    python packaging/release_manifest.py FOLDER --key release-key.pem [--platform linux-x86_64]

Writes `FOLDER/release.json` and `FOLDER/release.json.sig`, in the form that
`packaging/verify/verify_release.py` reads: one object, its names in alphabetical order, one line a
file, in the order of their paths; then 64 bytes, the Ed25519 signature (RFC 8032) over it. The same
files give the same bytes: the date is that of the sources (SOURCE_DATE_EPOCH, else the commit's),
Ed25519 has no randomness.

The key is a file outside the repository, Ed25519 in PEM (PKCS #8), with a passphrase from the file
named by --passphrase-file if it has one. `--demo-key FILE` makes one without a passphrase where
none is yet: for trials, since whoever reads that file can sign. The public half is written beside
the key, ending `.pub.pem`.

Refused, because a release has none of it: links, special files, two names that are one where
letter case does not count, names that Windows cannot keep, and a folder without a file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import stat
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

sys.path.insert(0, str(Path(__file__).resolve().parent))
from portable_names import why_not_portable  # the folder of the scripts is on the path now

FORMAT = "cport-release/1"
MANIFEST, SIGNATURE = "release.json", "release.json.sig"
READ = 1024 * 1024


class NotReleasable(Exception):
    """The folder holds what no release may hold; the text is a sentence without its full stop."""


def released_files(root: Path) -> list[Path]:
    """Every file below `root` in the order of its path; `NotReleasable` for what none may hold."""
    found: dict[str, Path] = {}
    for place in sorted(root.rglob("*")):
        path = place.relative_to(root).as_posix()
        if path in (MANIFEST, SIGNATURE):
            continue
        why = why_not_portable(path)
        if why is not None:
            raise NotReleasable(f"{path}: {why}")
        mode = place.lstat().st_mode
        if stat.S_ISDIR(mode):
            if not any(place.iterdir()):
                raise NotReleasable(f"{path}: a folder without a file")
            continue
        if not stat.S_ISREG(mode):
            raise NotReleasable(f"{path}: neither a plain file nor a folder")
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in found:
            raise NotReleasable(f"{path}: the same name as {found[folded].relative_to(root)}")
        found[folded] = place
    if not found:
        raise NotReleasable(f"{root}: there is no file in it")
    return sorted(found.values(), key=lambda place: place.relative_to(root).as_posix())


def digest_of(place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as file:
        for piece in iter(lambda: file.read(READ), b""):
            digest.update(piece)
    return digest.hexdigest()


def manifest(root: Path, *, said: dict[str, object]) -> bytes:
    """The bytes of `release.json`; `said` is everything but the files."""
    lines = [
        json.dumps(
            {
                "path": place.relative_to(root).as_posix(),
                "sha256": digest_of(place),
                "size": place.stat().st_size,
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        for place in released_files(root)
    ]
    head = {**said, "files": [], "format": FORMAT}
    text = json.dumps(head, ensure_ascii=False, indent=1, sort_keys=True)
    return text.replace('"files": []', '"files": [\n' + ",\n".join(lines) + "\n ]").encode() + b"\n"


def read_key(path: Path, passphrase: bytes | None) -> ed25519.Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), passphrase)
    except (OSError, ValueError, TypeError) as error:
        raise NotReleasable(f"{path}: no key that can be used ({error})") from error
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise NotReleasable(f"{path}: releases are signed with Ed25519")
    return key


def demo_key(path: Path) -> ed25519.Ed25519PrivateKey:
    """The key in `path`; made there first, for the owner's eyes, if there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        encoded = ed25519.Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(encoded)
        print(f"A key for trials was made: {path}. Whoever reads it can sign.")
    key = read_key(path, None)
    path.with_suffix(".pub.pem").write_bytes(public_pem(key))
    return key


def public_pem(key: ed25519.Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def fingerprint(key: ed25519.Ed25519PrivateKey) -> str:
    encoded = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(encoded).hexdigest()


def commit_of(sources: Path) -> str:
    """The commit that is built, `-changed` behind it if the tracked files differ from it."""
    asked = ["git", "-C", str(sources), "describe", "--always", "--abbrev=40", "--dirty=-changed"]
    done = subprocess.run(
        [*asked, "--exclude=*"], capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout.strip() or "unknown"


def source_date(sources: Path) -> str:
    """The moment of the sources: SOURCE_DATE_EPOCH, else that of the commit (UTC)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        asked = ["git", "-C", str(sources), "log", "-1", "--format=%ct"]
        epoch = subprocess.run(
            asked, capture_output=True, encoding="utf-8", check=False
        ).stdout.strip()
    if not epoch:
        raise NotReleasable("the moment of the sources is not known: set SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_release(root: Path, *, said: dict[str, object], key: ed25519.Ed25519PrivateKey) -> bytes:
    """Writes list and signature into `root`, in place of earlier ones; answers the list. Their times, and that
    of `root`, are those of the sources.
    """
    content = manifest(root, said=said)
    (root / MANIFEST).write_bytes(content)
    (root / SIGNATURE).write_bytes(key.sign(content))
    moment = datetime.fromisoformat(str(said["source_date"])).timestamp()
    for path in (root / MANIFEST, root / SIGNATURE, root):
        path.chmod(0o755 if path is root else 0o644)
        os.utime(path, (moment, moment))
    return content


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    made.add_argument("folder", type=Path, metavar="FOLDER")
    made.add_argument("--version", required=True, metavar="V")
    made.add_argument("--platform", default="linux-x86_64", metavar="P")
    made.add_argument("--commit", metavar="C", help="what is built (the commit of --sources)")
    made.add_argument("--sources", type=Path, default=Path(__file__).resolve().parents[1])
    keys = made.add_mutually_exclusive_group(required=True)
    keys.add_argument("--key", type=Path, metavar="FILE")
    keys.add_argument("--demo-key", type=Path, metavar="FILE")
    made.add_argument("--passphrase-file", type=Path, metavar="FILE")
    return made


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        passphrase = None
        if options.passphrase_file is not None:
            passphrase = options.passphrase_file.read_bytes().rstrip(b"\r\n")
        key = (
            demo_key(options.demo_key) if options.key is None else read_key(options.key, passphrase)
        )
        said: dict[str, object] = {
            "builder": {
                "interpreter": f"{platform.python_implementation()} {platform.python_version()}",
                "machine": f"{sys.platform}-{platform.machine()}",
            },
            "commit": options.commit or commit_of(options.sources),
            "name": "cport-desktop",
            "platform": options.platform,
            "source_date": source_date(options.sources),
            "version": options.version,
        }
        content = write_release(options.folder, said=said, key=key)
    except (NotReleasable, OSError) as error:
        print(f"No release: {error}.", file=sys.stderr)
        return 1
    count = len(json.loads(content)["files"])
    print(f"{options.folder / MANIFEST}: {count} files, signed by {fingerprint(key)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
