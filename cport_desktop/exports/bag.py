"""The media of a package as a bag (BagIt 1.0, RFC 8493), in a folder of the container.

    media/bagit.txt                  which version
    media/bag-info.txt               from whom, when, how much
    media/manifest-sha256.txt        SHA-256 of each file beneath media/data/
    media/tagmanifest-sha256.txt     SHA-256 of the three above
    media/data/<sha256>.<ext>        the files, each once

So the media can be lifted out as they are and taken in by whatever archive reads bags, and
`sha256sum --check manifest-sha256.txt` within the folder checks them alone. A package without
media has no bag: it would have no payload. All four are made of what stands elsewhere in the
package, so that a verifier can make them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cport_desktop.exports.container import Member, fixed

BAG_FOLDER = "media/"
PAYLOAD_FOLDER = "media/data/"
_TEXT = "text/plain"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True)
class Payload:
    """A file of the bag: its whole name in the container, its bytes, its SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BagFacts:
    """What `bag-info.txt` says. `identifier` is that of the package: the head of the log."""

    agency: str
    title: str
    composed_at: datetime
    identifier: str
    software: str


def print_bag(payload: Sequence[Payload], facts: BagFacts) -> dict[str, bytes]:
    """The four tag files by their names in the container; none if there is no payload."""
    if not payload:
        return {}
    manifest = "".join(
        f"{file.sha256}  {file.name.removeprefix(BAG_FOLDER)}\n"
        for file in sorted(payload, key=lambda file: file.name)
    )
    tags = {
        "bag-info.txt": _info(payload, facts).encode(),
        "bagit.txt": _DECLARATION.encode(),
        "manifest-sha256.txt": manifest.encode(),
    }
    listed = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in tags.items()
    )
    tags["tagmanifest-sha256.txt"] = listed.encode()
    return {f"{BAG_FOLDER}{name}": content for name, content in tags.items()}


def bag_members(media: Sequence[Member], facts: BagFacts) -> Iterator[Member]:
    """The tag files of a bag with these media in it."""
    payload = [Payload(member.name, member.size, member.sha256) for member in media]
    for name, content in print_bag(payload, facts).items():
        yield fixed(name, _TEXT, content)


def _info(payload: Sequence[Payload], facts: BagFacts) -> str:
    size = sum(file.size for file in payload)
    rows = (
        ("Source-Organization", facts.agency),
        ("External-Description", facts.title),
        ("External-Identifier", facts.identifier),
        ("Bagging-Date", facts.composed_at.astimezone(UTC).date().isoformat()),
        ("Payload-Oxum", f"{size}.{len(payload)}"),
        ("Bag-Software-Agent", facts.software),
    )
    return "".join(f"{label}: {_on_one_line(value)}\n" for label, value in rows)


def _on_one_line(text: str) -> str:
    """`text` without breaks, of any alphabet: a line that goes on is another tag to a reader."""
    return " ".join(text.split()) or "-"
