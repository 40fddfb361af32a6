"""Sentences about what is enclosed with a dossier: records of registration, and copies kept elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr, tr_many

KINDS: Final[Mapping[str, str]] = {
    "rdap": tr("Record of registration (RDAP)"),
    "whois": tr("Record of registration (WHOIS)"),
    "copy": tr("Picture or offline copy, kept elsewhere"),
}
NO_RECORD: Final[Mapping[str, str]] = {
    "rdap": tr("it is no record of a domain in RDAP (RFC 9083)"),
    "whois": tr("it is no text"),
}
ENCLOSED: Final = tr("Enclosed")
NOTHING_ENCLOSED: Final = tr("Nothing is enclosed.")
TAKEN_OUT: Final = tr("It is enclosed no more.")
KIND: Final = tr("Kind")
SOURCE: Final = tr("Where it comes from, or is kept")
TAKEN_AT: Final = tr("Taken (UTC)")
DIGEST: Final = tr("SHA-256")
ADDED: Final = tr("Enclosed by")
REGISTRATION: Final[Mapping[str, str]] = {
    "registrar": tr("Registrar"),
    "statuses": tr("Status"),
    "events": tr("Events"),
    "name_servers": tr("Name servers"),
    "abuse": tr("Contact for misuse"),
}
COMPLAINT_CONTACT: Final = tr("Complaint contact")

ENCLOSE: Final = tr("Enclose…")
ENCLOSE_KEY: Final = "Alt+L"
ENCLOSE_INTRO: Final = tr(
    "A record of who registered the domain is kept in the vault, and leaves it with nobody. Of a picture or an offline copy only the digest is kept. Nothing is fetched: bring the file from elsewhere."
)
ENCLOSE_NOW: Final = tr("Enclose")
FILE: Final = tr("File")
FILE_PLACEHOLDER: Final = "/media/stick/rdap.json"
OR_DIGEST: Final = tr("Of a copy, its SHA-256 in place of a file")
SOURCE_PLACEHOLDER: Final = "https://rdap.example/domain/name.example"
NEEDS_SOURCE: Final = tr("Say where it comes from, or where it is kept.")
NEEDS_FILE: Final = tr("Choose the file; of a copy its digest will do.")
WHEN: Final = tr("When it was taken")
READ: Final = tr("Read…")
READ_KEY: Final = "Alt+A"
READ_INTRO: Final = tr("What is enclosed with the dossier. That it was read is on record.")
READ_NOW: Final = tr("Read")
WHICH: Final = tr("What is enclosed")
TAKE_OUT: Final = tr("Take out…")
TAKE_OUT_KEY: Final = "Alt+U"
TAKE_OUT_INTRO: Final = tr("The draft has it enclosed no more. That it was is on record.")
TAKE_OUT_NOW: Final = tr("Take out")
COPY_IS_ELSEWHERE: Final = tr("The copy itself is not here.")
KEYS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        f"{ENCLOSE_KEY}, {READ_KEY}, {TAKE_OUT_KEY}",
        tr(
            "On dossiers: enclose a record or the digest of a copy, read what is enclosed, take it out"
        ),
        "analyst",
    ),
)
"""For the key list."""


def too_large(limit: int) -> str:
    return tr_many("it has more than {count} byte", "it has more than {count} bytes", limit)


def line(kind: str, source: str, taken_at: str, sha256: str) -> str:
    """One enclosure, with the beginning of its digest."""
    return tr(
        "{kind}: {source}, {taken_at}, SHA-256 {sha256}",
        kind=kind,
        source=source,
        taken_at=taken_at,
        sha256=sha256,
    )
