"""The scripts of `packaging/`, in this process; and small releases, signed on the spot."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
SAID: dict[str, object] = {
    "builder": {"interpreter": "CPython 3.11.7", "machine": "linux-x86_64"},
    "commit": "0" * 40,
    "name": "cport-desktop",
    "platform": "linux-x86_64",
    "source_date": "2026-11-24T00:00:00Z",
    "version": "1.2.3",
}
FILES = {
    "VERSION": b"1.2.3\n",
    "app/cport_desktop/__init__.pyc": bytes(range(256)) * 5000,
    "app/empty.txt": b"",
    "bin/cport": b"#!/bin/sh\n",
    "licences/whole/a name with blanks.txt": b"a licence\n",
}


def script(name: str) -> ModuleType:
    for folder in (PACKAGING / "verify", PACKAGING):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    return importlib.import_module(name)


def a_folder(root: Path, files: dict[str, bytes] | None = None) -> Path:
    for name, content in (FILES if files is None else files).items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return root


def signed(root: Path, key: ed25519.Ed25519PrivateKey, **other: object) -> Path:
    """`root` with its list, signed with `key`."""
    script("release_manifest").write_release(root, said={**SAID, **other}, key=key)
    return root


def written(root: Path, key: ed25519.Ed25519PrivateKey, listed: Any) -> Path:
    """`root` with a list as a forger would write it, or one who holds the key and means harm."""
    content = listed if isinstance(listed, bytes) else json.dumps(listed).encode()
    (root / "release.json").write_bytes(content)
    (root / "release.json.sig").write_bytes(key.sign(content))
    return root
