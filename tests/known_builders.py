"""Builds what a portal tells of hash lists, and pictures that are like each other: all synthetic."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from cport_desktop.domain.batch import ChangeKind, RecordChange, Subject
from cport_desktop.domain.likeness import FrameSign
from cport_desktop.domain.media_item import MediaKind
from cport_desktop.domain.portal_records import HashList, HashListEntry, entry_reference
from cport_desktop.formats.hash_list_record import print_hash_list, print_hash_list_entry
from cport_desktop.vault import likeness, replica
from cport_desktop.vault.replica import Applied
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, an_examination
from tests.report_builders import SPRING, a_batch


def a_list(list_id: str = "shapes", *, is_negative: bool = False, version: str = "1") -> HashList:
    return HashList(
        list_id=list_id,
        name=f"Synthetic {list_id}",
        version=version,
        source="Example Body A",
        handling="for training only",
        created_at=SPRING,
        algorithms=("sha256",),
        count=1,
        is_negative=is_negative,
    )


def a_list_entry(
    entry_id: str = "1",
    list_id: str = "shapes",
    *,
    quality: int | None = None,
    digests: Mapping[str, str] | None = None,
    **named: str,
) -> HashListEntry:
    """An entry with these digests, by the words of their algorithms."""
    return HashListEntry(
        list_id=list_id,
        entry_id=entry_id,
        digests=(*(digests or {}).items(), *named.items()),
        quality=quality,
        classification=1,
        source="Hotline Example NL",
        feedback=(("affirmative", 2), ("negative", 0)),
    )


def told(thing: HashList | HashListEntry, revision: int = 1) -> RecordChange:
    """The portal's word of a list or an entry: corrected, if it is not the first."""
    if isinstance(thing, HashList):
        subject, reference, document = Subject.HASH_LIST, thing.list_id, print_hash_list(thing)
    else:
        subject, reference = Subject.HASH_LIST_ENTRY, entry_reference(thing.list_id, thing.entry_id)
        document = print_hash_list_entry(thing)
    kind = ChangeKind.NEW if revision == 1 else ChangeKind.CORRECTED
    reason = None if revision == 1 else "looked at again"
    at = SPRING + timedelta(days=revision)
    return RecordChange(subject.value, reference, kind, revision, at, reason, document, thing)


def taken_back(thing: HashList | HashListEntry, revision: int = 9) -> RecordChange:
    return replace(
        told(thing, revision),
        kind=ChangeKind.WITHDRAWN,
        reason="not what it was taken for",
        document=b"",
        value=None,
    )


def tell(vault: Vault, *records: RecordChange) -> Applied:
    """The portal told it, in a batch of its own."""
    with vault.transaction() as tx:
        return replica.apply(tx, a_batch(*records))


def a_picture(seed: int) -> bytes:
    """A PDQ digest (32 bytes) that nothing else is like."""
    return random.Random(seed).randbytes(32)


def changed(digest: bytes, bits: int) -> bytes:
    """A digest that differs from this one in so many bits, spread over it."""
    number = int.from_bytes(digest, "big")
    for bit in range(bits):
        number ^= 1 << (bit * 256 // max(bits, 1))
    return number.to_bytes(32, "big")


def seen_as(
    vault: Vault, content: bytes, *ways: bytes, quality: int = 90, frames: Sequence[bytes] = ()
) -> None:
    """The content was examined, and is seen so: eight ways round, or by the frames of a video."""
    looked = replace(
        an_examination(),
        kind=MediaKind.VIDEO if frames else MediaKind.IMAGE,
        perceptual_hash=ways[0].hex() if ways else None,
        quality=quality if ways else None,
        turned=tuple(way.hex() for way in ways[1:]),
        frames=tuple(FrameSign(500 * at, quality, each.hex()) for at, each in enumerate(frames)),
    )
    with vault.transaction() as tx:
        likeness.keep(tx.connection, hashlib.sha256(content).hexdigest(), looked)
        tx.record(an_entry("examine"))
