"""List media items and open one, veiled: words, numbers and a haze, never an original pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.media_item import MediaItem, Picture
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.domain.withholding import media_without
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.search_reports import LONGEST_PAGE, Asked, searched
from cport_desktop.vault import media_items
from cport_desktop.vault.staged import items_with_bytes_here
from cport_desktop.vault.vault import Vault


def list_media(
    vault: Vault,
    text: str,
    *,
    limit: int,
    after: str | None,
    taxonomy: Taxonomy,
    now: datetime,
) -> Page[MediaItem]:
    """A page of the media of the reports that `text` asks for.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it, or withholds a field that is asked for.
        QueryError: if `text` does not parse.
    """
    require(vault, Role.ANALYST)
    query, allowed = searched(vault, Asked("media", text, taxonomy, now, is_new=after is None))
    with vault.reader() as reader:
        page = media_items.page(reader, query, limit=min(limit, LONGEST_PAGE), after=after)
        items = items_with_bytes_here(reader, vault.layout, page.rows)
    gone = allowed.withheld.fields
    return replace(page, rows=[media_without(item, gone) for item in items])


def show_media(vault: Vault, media_id: MediaId) -> MediaItem:
    """One media item with all that is known without looking; its consultation is recorded.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow it.
        UnknownReference: if the vault holds no such item.
    """
    require(vault, Role.ANALYST)
    allowed = require_allowed(vault, Function.REPORTS_READ)
    with vault.reader() as reader:
        found = media_items.item(reader, media_id)
        (item,) = items_with_bytes_here(reader, vault.layout, [found])
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="open",
                object_kind=ObjectKind.MEDIA,
                object_reference=media_reference(media_id),
            )
        )
    return media_without(item, allowed.withheld.fields)


def is_as_it_was(vault: Vault, item: MediaItem) -> bool:
    """Whether a media item is still what it was when `item` was read: the same content in the same state, of
    a report that stands. Nothing of it is told, so no trace.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        found = media_items.named(reader, [item.media_id])
        stands = media_items.stands(reader, item.media_id)
    return bool(found) and stands and _content_of(found[0]) == _content_of(item)


def _content_of(item: MediaItem) -> tuple[object, ...]:
    return item.state, item.announced_sha256, item.cannot_show, item.refusal


def veils_of(vault: Vault, media_ids: Sequence[MediaId]) -> dict[MediaId, Picture]:
    """The veils of those of `media_ids` that have one. A veil shows nothing, so no trace."""
    require(vault, Role.ANALYST)
    return vault.derivatives.veils(media_ids)


def veil_or_card(vault: Vault, media_id: MediaId) -> Picture:
    """The veil of `media_id`; an even grey card where the file cannot be shown or is not here."""
    require(vault, Role.ANALYST)
    return vault.derivatives.veils([media_id]).get(media_id, _CARD)


_CARD = Picture(16, 12, 1, bytes([112]) * (16 * 12))
"""Even and featureless: it stands for a picture that nobody could make."""
