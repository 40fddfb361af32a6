"""Count for an analyst, and for them alone, what they settled without looking; each content once.

Counted are contents that are here and can be shown, that a list or an earlier decision knows, and that
this analyst never looked at. Nothing of it is in the log, and no figure of it is anybody else's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cport_desktop.domain.exposure import Avoided
from cport_desktop.domain.ids import ContentId, MediaId, ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.exposure import avoided
from cport_desktop.usecases.permission import require
from cport_desktop.vault import media_items
from cport_desktop.vault.known_unseen import known_unseen
from cport_desktop.vault.vault import Vault


def note_look(vault: Vault, media_id: MediaId) -> None:
    """The analyst saw this item: it never counts as a view avoided.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        digest = media_items.item(reader, media_id).announced_sha256
    vault.exposure.marks.note_looked([digest])


def settled_unseen(
    vault: Vault, contents: Sequence[tuple[ReportId, ContentId]]
) -> Mapping[str, Avoided]:
    """What need not be looked at before these content items are decided; asked before they are.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    if not contents or not vault.exposure.can_keep:
        return {}
    with vault.reader() as reader:
        return known_unseen(reader, contents)


def count_avoided(vault: Vault, known: Mapping[str, Avoided]) -> int:
    """These are decided now: how many of them the analyst had neither seen nor counted before, which
    is added to their own count.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    if not known:
        return 0
    new = vault.exposure.marks.pass_over(known.keys())
    for why, count in Counter(known[digest] for digest in new).items():
        avoided(vault, why, count, now=vault.now())
    return len(new)
