"""The pictures of a vault as packed segments: read from where they are kept, or made again.

A segment that is missing, damaged, of another version, or of another state of the vault (its last
picture is not the one that the vault has under that number) is made from the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from cport_desktop.domain.roles import Role
from cport_desktop.errors import StorageFull, StorageUnwritable, VaultDamaged
from cport_desktop.matching.segments import RANGE, Segment, made, packed, unpacked
from cport_desktop.usecases.permission import require
from cport_desktop.vault import likeness
from cport_desktop.vault.likeness_segments import keep_segment, kept_segment
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault


def segments(vault: Vault) -> Iterator[Segment]:
    """All pictures that can be compared, a range of numbers at a time, the lowest first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        newest = likeness.newest(reader)
    for number in range(newest // RANGE + 1):
        first, last = number * RANGE, min((number + 1) * RANGE - 1, newest)
        kept = unpacked(kept_segment(vault, number))
        with vault.reader() as reader:
            losses = likeness.losses(reader)
            whole = _completed(reader, kept, first, last)
        if whole is not kept:
            keep_segment(vault, number, packed(whole))
            _take_back_if_lost(vault, number, losses)
        yield whole


def _completed(reader: Reader, kept: Segment | None, first: int, last: int) -> Segment:
    if kept is None or kept.upto > last or not _is_of_this_vault(reader, kept):
        return made(likeness.comparable_pictures(reader, first, last), upto=last)
    if kept.upto == last:
        return kept
    more = likeness.comparable_pictures(reader, kept.upto + 1, last)
    return kept.with_more(more, upto=last)


def _is_of_this_vault(reader: Reader, kept: Segment) -> bool:
    if not len(kept.numbers):
        return True
    here = likeness.pdq_of(reader, int(kept.numbers[-1]))
    return here is None or here == kept.digests[-1].tobytes()


def _take_back_if_lost(vault: Vault, number: int, losses: int) -> None:
    """What was erased while a segment was on its way into the file is not left in it."""
    with vault.reader() as reader:
        is_sound = likeness.losses(reader) == losses
    if not is_sound:
        with suppress(VaultDamaged, StorageFull, StorageUnwritable):
            vault.derivatives.forget([], segments=[number])
