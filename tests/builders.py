"""What tests arrange with: a real vault, as cheap as a vault accepts."""

from __future__ import annotations

import hashlib
import random
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cport_desktop.clock import Clock, SteppingClock
from cport_desktop.crypto.passphrase import FLOOR
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import Examination, MediaKind, Picture
from cport_desktop.domain.nature import Nature
from cport_desktop.vault import header_files
from cport_desktop.vault.key_slots import NewSlot, OpenedHeader, open_header
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import Vault, create_vault, open_vault
from tests.remembered_keys import one_salt

ANALYST = "Ada Example"
PASSPHRASE = b"correct horse battery staple"
NOON = datetime(2026, 5, 17, 12, 0, tzinfo=UTC)


def a_clock() -> SteppingClock:
    return SteppingClock(NOON)


def make_vault(
    directory: Path, *, nature: Nature = Nature.DEMO, clock: Clock | None = None
) -> Path:
    """A new, closed vault in `directory`, opened by `PASSPHRASE`."""
    with one_salt():
        create_vault(
            directory,
            nature=nature,
            analyst=ANALYST,
            slots=[NewSlot("passphrase", NewPassphrase(PASSPHRASE, FLOOR))],
            clock=clock or a_clock(),
        )
    return directory


def reopened(directory: Path, *, clock: Clock | None = None, program: str = "tests") -> Vault:
    """The vault in `directory`, open."""
    return open_vault(
        directory, secret=Passphrase(PASSPHRASE), clock=clock or a_clock(), program=program
    )


def header_of(directory: Path) -> OpenedHeader:
    """The newest header of the vault in `directory`, as `PASSPHRASE` opens it."""
    newest = header_files.read(Layout(directory)).headers[0]
    return open_header(newest, Passphrase(PASSPHRASE))


def database_key(directory: Path) -> bytes:
    """What somebody with the keys would hand a database tool."""
    return header_of(directory).keys.database


@contextmanager
def a_vault(
    directory: Path, *, nature: Nature = Nature.DEMO, clock: Clock | None = None
) -> Iterator[Vault]:
    """A new, open vault; closed afterwards."""
    clock = clock or a_clock()
    with reopened(make_vault(directory, nature=nature, clock=clock), clock=clock) as vault:
        yield vault


def an_entry(verb: str = "search", *, payload: tuple[tuple[str, str], ...] = ()) -> AuditDraft:
    """An entry for the audit log, where the test is about something else."""
    return AuditDraft(
        action=AuditAction.CONSULTATION,
        verb=verb,
        object_kind=ObjectKind.SEARCH,
        object_reference="test",
        payload=payload,
    )


def noise(length: int, *, seed: int = 0) -> bytes:
    """So many bytes that say nothing, the same for the same seed."""
    return random.Random(seed).randbytes(length)


def digests_of(content: bytes) -> Digests:
    return Digests(
        size=len(content),
        md5=hashlib.md5(content).hexdigest(),
        sha1=hashlib.sha1(content).hexdigest(),
        sha256=hashlib.sha256(content).hexdigest(),
        crc32=zlib.crc32(content),
    )


def an_examination() -> Examination:
    """What a confined child could have said of a small picture."""
    return Examination(
        kind=MediaKind.IMAGE,
        format="png",
        width=4,
        height=3,
        duration_ms=None,
        veil=Picture(2, 2, 1, b"\x80" * 4),
        thumbnail=Picture(4, 3, 3, b"\x10\x20\x30" * 12),
        perceptual_hash="5a" * 32,
        quality=80,
        dct_hash="a5" * 8,
        cannot_show=None,
        facts=(("Software", "SYNTHETIC"),),
        blurred=Picture(4, 3, 1, b"\x20" * 12),
    )


def announce_media(vault: Vault, media_id: int, content: bytes) -> MediaId:
    """The vault knows that a file with this content is to be had."""
    with vault.transaction() as tx:
        tx.connection.execute(
            "INSERT INTO media_item (media_id, state, size, announced_sha256, newest_received)"
            " VALUES (?, 'wanted', ?, ?, 0)",
            (media_id, len(content), hashlib.sha256(content).hexdigest()),
        )
        tx.record(an_entry("announce"))
    return MediaId(media_id)


def hold_media(vault: Vault, media_id: int, content: bytes) -> MediaId:
    """The vault holds a media item with this content."""
    media = announce_media(vault, media_id, content)
    intake = vault.intake(media)
    intake.write(content)
    with vault.transaction() as tx:
        intake.settle(tx, digests_of(content), an_examination())
        tx.record(an_entry("hold"))
    intake.close()
    return media
