"""Looks that are on record, as a use case would put them there."""

from __future__ import annotations

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import RevealGrant, RevealLevel
from cport_desktop.vault.clear_room import reveal_entry
from cport_desktop.vault.vault import Vault


def recorded(
    vault: Vault, media: int, level: RevealLevel, *, seconds: float = 6.0, reason: str | None = None
) -> int:
    """The number of the entry for such a look; no grant was given for it yet."""
    with vault.transaction() as tx:
        return tx.record(reveal_entry(MediaId(media), level, seconds=seconds, reason=reason))


def granted(
    vault: Vault, media: int, level: RevealLevel, *, seconds: float = 6.0, reason: str | None = None
) -> RevealGrant:
    """A grant for such a look, alive."""
    sequence = recorded(vault, media, level, seconds=seconds, reason=reason)
    return vault.clear_room.admit(MediaId(media), level, seconds=seconds, audit_sequence=sequence)
