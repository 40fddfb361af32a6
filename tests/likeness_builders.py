"""Builds contents that are like each other by so many bits, and vaults that hold them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import replace

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.likeness import PDQ_BYTES, FrameSign
from cport_desktop.domain.media_item import Examination, MediaKind
from cport_desktop.domain.progress import never, silent
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, an_examination, digests_of


def a_digest(seed: int) -> bytes:
    """A PDQ digest; those of two seeds are some 128 bits apart."""
    return random.Random(f"digest {seed}").randbytes(PDQ_BYTES)


def with_bits(digest: bytes, *bits: int) -> bytes:
    """`digest` with these bits turned over."""
    changed = bytearray(digest)
    for bit in bits:
        changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def a_picture(
    digest: bytes, *, turned: Sequence[bytes] | None = None, dct: bytes | None = None
) -> Examination:
    """A picture with this digest. Its other ways round are like nothing, unless they are given."""
    others = turned or [hashlib.sha256(digest + bytes([turn])).digest() for turn in range(7)]
    return replace(
        an_examination(),
        perceptual_hash=digest.hex(),
        dct_hash=(dct or hashlib.sha256(digest).digest()[:8]).hex(),
        turned=tuple(other.hex() for other in others),
    )


def a_plain_picture() -> Examination:
    """A picture that is too plain to be compared."""
    return replace(an_examination(), perceptual_hash=None, dct_hash=None, quality=20)


def a_video(*frames: bytes) -> Examination:
    """A video whose frames, one a second, have these digests."""
    signs = tuple(FrameSign(1000 * place, 80, digest.hex()) for place, digest in enumerate(frames))
    return replace(an_examination(), kind=MediaKind.VIDEO, frames=signs)


def bytes_of(content: int) -> bytes:
    return f"the bytes of the synthetic file {content}".encode()


def hold(vault: Vault, media: int, seen: Examination, *, content: int | None = None) -> MediaId:
    """The vault holds an item with this content (its own, if no other is named)."""
    whole = bytes_of(media if content is None else content)
    with vault.transaction() as tx:
        tx.connection.execute(
            "INSERT OR IGNORE INTO media_item"
            " (media_id, state, size, announced_sha256, newest_received)"
            " VALUES (?, 'wanted', ?, ?, ?)",
            (media, len(whole), hashlib.sha256(whole).hexdigest(), media),
        )
        tx.record(an_entry("announce"))
    intake = vault.intake(MediaId(media))
    intake.write(whole)
    with vault.transaction() as tx:
        intake.settle(tx, digests_of(whole), seen)
        tx.record(an_entry("hold"))
    intake.close()
    return MediaId(media)


def caught_up(vault: Vault) -> int:
    return catch_up(vault, announce=silent, is_cancelled=never).contents


def stacks_of(vault: Vault) -> set[frozenset[int]]:
    """The stacks, each as the numbers of its media items; single contents are left out."""
    found: dict[int, set[int]] = {}
    with vault.reader() as reader:
        for stack, media in reader.connection.execute(
            "SELECT l.stack, m.media_id FROM likeness AS l"
            " JOIN media_item AS m ON m.announced_sha256 = l.sha256 AND m.state = 'held'"
        ):
            found.setdefault(stack, set()).add(media)
    return {frozenset(items) for items in found.values() if len(items) > 1}
