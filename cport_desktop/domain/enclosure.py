"""What is enclosed with a dossier, put there by hand from elsewhere: a record of who registered the domain
(RDAP or WHOIS), or the word that a picture or an offline copy of it is kept somewhere, with its digest.

Nothing here is fetched: an officer brings the file, and says where it comes from and when it was taken.
The record itself is in the vault and leaves it with nobody; of copies only the digest is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from cport_desktop.domain.ids import Actor

LARGEST_RECORD: Final = 256 * 1024
"""Bytes of a record of registration: an honest one has some 10 kB."""
MOST_ENCLOSED: Final = 20
LONGEST_SOURCE: Final = 400


class EnclosureKind(StrEnum):
    RDAP = "rdap"
    """JSON of RFC 9083."""
    WHOIS = "whois"
    """Plain text, as RFC 3912 has it: without any form."""
    COPY = "copy"
    """A picture or an offline copy, which stays where it is kept."""


@dataclass(frozen=True, slots=True)
class RegistrationEvent:
    """`action`: a word of RFC 9083 (`registration`, `expiration`, `last changed` …), or another."""

    action: str
    at: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to. All of it is a stranger's words."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a record of RDAP says of a domain. `name`: in A-labels, lower case. `abuse`: the contact for
    misuse, of the registrar mostly. Who registered it is in the record and not here.
    """

    name: str
    handle: str = ""
    registrar: str = ""
    statuses: tuple[str, ...] = ()
    events: tuple[RegistrationEvent, ...] = ()
    name_servers: tuple[str, ...] = ()
    abuse: Contact | None = None

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What it says, to be read: each by a word of `words.enclosures.REGISTRATION`."""
        abuse = self.abuse or Contact()
        return (
            ("registrar", self.registrar),
            ("statuses", ", ".join(self.statuses)),
            ("events", "; ".join(f"{each.action} {each.at}" for each in self.events)),
            ("name_servers", ", ".join(self.name_servers)),
            ("abuse", ", ".join(filter(None, (abuse.name, abuse.email, abuse.phone)))),
        )


@dataclass(frozen=True, slots=True)
class Enclosure:
    """`source`: where it comes from, or where the copy is kept, as the officer says. `taken_at`: when it was
    fetched there. `size` in bytes, 0 where only a digest was given. `registration`: of RDAP.
    """

    kind: EnclosureKind
    sha256: str
    size: int
    source: str
    taken_at: datetime
    added_by: Actor
    added_at: datetime
    registration: Registration | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What an officer brings. `path`: the file; of a copy `sha256` may stand in its place."""

    kind: EnclosureKind
    source: str
    taken_at: datetime
    path: Path | None = None
    sha256: str = ""
