"""What lists know of a media item: which, by what, since when, and what was decided with it here.

Nobody has to look for that. A page of badges costs one query, whatever its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.known import Hit, Known
from cport_desktop.domain.roles import Role
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.vault import hits, list_extent, media_items, sightings
from cport_desktop.vault.list_extent import ListExtent
from cport_desktop.vault.sightings import Sighting
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Provenance:
    """`known`: what lists say now, None if none has it. `hits`: those that stand first, then those
    that ended, with why. `sighting`: how often and since when these bytes were reported here.
    `extent`: with how many lists and entries they were compared.
    """

    media_id: MediaId
    known: Known | None
    hits: tuple[Hit, ...]
    sighting: Sighting
    extent: ListExtent

    @property
    def since(self) -> datetime | None:
        """When it was first found on a list."""
        return min((hit.found_at for hit in self.hits), default=None)


def provenance(vault: Vault, media_id: MediaId) -> Provenance:
    """All that is known of one item without looking; on record as a consultation.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
        UnknownReference: the vault has no such item.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        item = media_items.item(reader, media_id)
        found = Provenance(
            media_id,
            hits.known_of(reader, [media_id]).get(media_id),
            hits.of_content(reader, item.announced_sha256),
            sightings.of_content(reader, item.announced_sha256),
            list_extent.extent(reader, item.announced_sha256),
        )
    if found.hits:
        with vault.transaction() as tx:
            tx.record(
                AuditDraft(
                    action=AuditAction.CONSULTATION,
                    verb="provenance",
                    object_kind=ObjectKind.MEDIA,
                    object_reference=media_reference(media_id),
                )
            )
    return found


def known_of(vault: Vault, media_ids: Sequence[MediaId]) -> dict[MediaId, Known]:
    """What lists say of those of these items that are on any: badges of a page, so no trace.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return hits.known_of(reader, media_ids)
