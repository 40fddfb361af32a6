"""Keys and metadata of updates: what `update_keys` and `build_bundle` share. Nothing here asks for the time.

Four roles, as The Update Framework has them: `root` says whose keys count, `targets` signs what a bundle
carries, `snapshot` and `timestamp` that these belong together and are the newest. Root and targets want
two of three keys, so that one that is lost or stolen decides nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from cport_desktop.updates.bundle import Metadata as BundleMetadata
from cport_desktop.updates.tuf_client import DEMO, ISSUED

ROLES: Final[Mapping[str, tuple[int, int]]] = {
    "root": (3, 2),
    "targets": (3, 2),
    "snapshot": (1, 1),
    "timestamp": (1, 1),
}
"""How many keys each has, and how many must sign."""

Keys = Mapping[str, Sequence[CryptoSigner]]


def demo_keys(generation: int = 1) -> Keys:
    """The same everywhere and known to everybody: they protect nothing, and the program says so."""
    return {
        role: [_signer(f"cport-desktop demo {role} {generation} {at}") for at in range(count)]
        for role, (count, _) in ROLES.items()
    }


def _signer(words: str) -> CryptoSigner:
    seed = hashlib.sha256(words.encode()).digest()
    return CryptoSigner(Ed25519PrivateKey.from_private_bytes(seed))


def make_key_files(folder: Path) -> None:
    """New keys, one PEM file each (`targets-2.pem`), to be carried apart and kept offline.

    Raises:
        FileExistsError: there are keys already.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for role, (count, _) in ROLES.items():
        for at in range(1, count + 1):
            pem = Ed25519PrivateKey.generate().private_bytes(
                Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
            )
            path = folder / f"{role}-{at}.pem"
            with path.open("xb") as file:
                path.chmod(0o600)
                file.write(pem)


def read_keys(folder: Path) -> Keys:
    """Those of the keys that lie in `folder`; for a bundle no key of the root is needed."""
    found: dict[str, list[CryptoSigner]] = {role: [] for role in ROLES}
    for role in ROLES:
        for path in sorted(folder.glob(f"{role}-*.pem")):
            key = load_pem_private_key(path.read_bytes(), password=None)
            if not isinstance(key, Ed25519PrivateKey):
                raise TypeError(f"{path} holds no Ed25519 key")
            found[role].append(CryptoSigner(key))
    return found


def make_root(
    version: int,
    keys: Keys,
    *,
    expires: datetime,
    signers: Iterable[CryptoSigner] = (),
    is_demo: bool = False,
) -> bytes:
    """A root that trusts `keys`, signed by its own and by `signers` (those of the root before it)."""
    root = Root(version=version, expires=expires, consistent_snapshot=False)
    if is_demo:
        root.unrecognized_fields[DEMO] = True
    for role, (_, threshold) in ROLES.items():
        for signer in keys[role]:
            root.add_key(signer.public_key, role)
        root.roles[role].threshold = threshold
    return signed(root, [*keys["root"], *signers])


@dataclass(frozen=True, slots=True)
class Given:
    """A file that a bundle carries, and what is said of it."""

    path: Path
    told: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Issue:
    """`number` rises with each bundle; `root` is the number of the newest root."""

    number: int
    at: datetime
    expires: datetime


def make_metadata(
    issue: Issue, keys: Keys, given: Mapping[str, Given], roots: Sequence[bytes] = ()
) -> BundleMetadata:
    """Metadata of a bundle with these files, by their targets' names. `roots`: all after the first."""
    told = {name: _target(name, each) for name, each in given.items()}
    targets = Targets(version=issue.number, expires=issue.expires, targets=told)
    targets_bytes = signed(targets, keys["targets"])
    snapshot = Snapshot(
        version=issue.number,
        expires=issue.expires,
        meta={"targets.json": _meta(issue.number, targets_bytes)},
    )
    snapshot_bytes = signed(snapshot, keys["snapshot"])
    timestamp = Timestamp(
        version=issue.number,
        expires=issue.expires,
        snapshot_meta=_meta(issue.number, snapshot_bytes),
        unrecognized_fields={ISSUED: issue.at.isoformat()},
    )
    timestamp_bytes = signed(timestamp, keys["timestamp"])
    return BundleMetadata(tuple(roots), timestamp_bytes, snapshot_bytes, targets_bytes)


def signed(what: Signed, signers: Iterable[CryptoSigner]) -> bytes:
    """The file of `what`; Ed25519 signs the same twice alike, so it can be made again to the byte."""
    metadata = Metadata(what)
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata.to_bytes(JSONSerializer(compact=True))


def _target(name: str, given: Given) -> TargetFile:
    with given.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return TargetFile(
        length=given.path.stat().st_size,
        hashes={"sha256": sha256},
        path=name,
        unrecognized_fields={"custom": dict(given.told)},
    )


def _meta(version: int, content: bytes) -> MetaFile:
    digest = hashlib.sha256(content).hexdigest()
    return MetaFile(version=version, length=len(content), hashes={"sha256": digest})
