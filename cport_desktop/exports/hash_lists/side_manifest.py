"""What stands beside a list that left: what it is, how it may be used, and what its format lost.

JSON, in UTF-8, keys in this order; its signature is a detached CAdES-B beside it, which
`openssl cms -verify -cades` accepts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cport_desktop.clock import iso_utc
from cport_desktop.domain.listed import ListHead, WrittenList

KIND: Final = "cport-hash-list-manifest/1"


@dataclass(frozen=True, slots=True)
class Departure:
    """Under which a list leaves: at which moment, by whose word, for whom, by which agreement."""

    made_at: datetime
    agency: str
    agreement: str
    clauses: tuple[str, ...]
    disclosure: str
    recipients: tuple[str, ...]
    signer: str | None


def manifest_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.manifest.json")


def signature_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.manifest.p7s")


def print_manifest(
    path: Path, form: str, head: ListHead, written: WrittenList, left: Departure
) -> bytes:
    """The manifest of the file at `path`."""
    record = {
        "kind": KIND,
        "synthetic": head.is_synthetic,
        "file": {"name": path.name, "format": form, "size": written.size, "sha256": written.sha256},
        "list": {
            "id": head.list_id,
            "name": head.name,
            "version": head.version,
            "source": head.source,
            "handling": head.handling,
            "negative": head.is_negative,
            "category_region": head.category_region,
            "created": iso_utc(head.dated),
        },
        "extent": {
            "whole": not head.is_difference,
            "since": head.since,
            "entries": written.entries,
            "removed": written.removed,
        },
        "lost": {each.what: each.count for each in written.lost},
        "made_at": iso_utc(left.made_at),
        "agency": left.agency,
        "agreement": left.agreement,
        "clauses": list(left.clauses),
        "disclosure": left.disclosure,
        "recipients": list(left.recipients),
        "signer": left.signer,
    }
    return json.dumps(record, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"
