"""Keep what is to be destroyed in copies of a file whenever it leaves, and take it back.

Whoever looks at a picture says where and why, once; whoever composes a package finds it done
(`package_redacting`). Nothing is drawn, and no file is read, before a package is composed.
"""

from __future__ import annotations

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftPlace
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.kept_redaction import FileRedaction, KeptRedaction, RedactionWay
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.redaction import LONGEST_REASON, MOST_RECTANGLES
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ActTooLarge, PurposeMissing, TextUnfit, UnknownReference
from cport_desktop.usecases.keep_drafts import end_with_act
from cport_desktop.usecases.permission import require, require_one_of, stated_reason
from cport_desktop.usecases.redaction_reach import require_drawable
from cport_desktop.vault import kept_redactions, media_items
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import redactions as words


def list_redactions(vault: Vault) -> tuple[KeptRedaction, ...]:
    """All that are kept, the newest first.

    Raises:
        RoleMissing: the analyst has neither the role “analyst” nor “exporter”.
    """
    require_one_of(vault, Role.ANALYST, Role.EXPORTER)
    with vault.reader() as reader:
        return kept_redactions.listing(reader)


def redaction_of(vault: Vault, media_id: MediaId) -> KeptRedaction | None:
    """What is kept of the content of this item, if anything is.

    Raises:
        RoleMissing: the analyst has neither the role “analyst” nor “exporter”.
        UnknownReference: the vault holds no such item.
    """
    require_one_of(vault, Role.ANALYST, Role.EXPORTER)
    with vault.reader() as reader:
        item = media_items.item(reader, media_id)
        return kept_redactions.of_content(reader, item.announced_sha256)


def keep_redaction(
    vault: Vault, media_id: MediaId, redaction: FileRedaction, *, draft: DraftPlace | None = None
) -> tuple[KeptRedaction, Changes]:
    """This is kept of the content of the item, in the place of what was, and on record. `draft`: what lay
    there has come to its end with it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: the vault holds no such item.
        PurposeMissing, TextUnfit: a reason is missing or too long.
        ActTooLarge: no rectangle, or more than one picture takes.
        RedactionUnfit: the file is no picture that can be drawn anew, or a rectangle lies beside it.
    """
    require(vault, Role.ANALYST)
    stated = _stated(redaction)
    with vault.transaction() as tx:
        item = media_items.item(tx, media_id)
        if stated.way is not RedactionWay.LEFT_OUT:
            require_drawable(item, [each.rectangle for each in stated.burned])
        kept_redactions.keep(tx, item.announced_sha256, stated)
        tx.record(_entry("keep_redaction", item, stated, "; ".join(stated.reasons)))
        end_with_act(vault, tx, draft)
        return _found(tx, item), Changes.AUDIT


def remove_redaction(
    vault: Vault, media_id: MediaId, *, reason: str | None, draft: DraftPlace | None = None
) -> tuple[KeptRedaction, Changes]:
    """Nothing is kept of the content of the item any more; what was, and why it went is on record.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: the vault holds no such item, or nothing is kept of it.
        PurposeMissing, TextUnfit: the reason is missing or too long.
    """
    require(vault, Role.ANALYST)
    stated = stated_reason(reason, what=words.TAKING_BACK)
    with vault.transaction() as tx:
        item = media_items.item(tx, media_id)
        found = _found(tx, item)
        kept_redactions.remove(tx, item.announced_sha256)
        tx.record(_entry("remove_redaction", item, found.redaction, stated))
        end_with_act(vault, tx, draft)
    return found, Changes.AUDIT


def _found(tx: Transaction, item: MediaItem) -> KeptRedaction:
    found = kept_redactions.of_content(tx, item.announced_sha256)
    if found is None:
        raise UnknownReference(kind="kept redaction", reference=media_reference(item.media_id))
    return found


def _stated(redaction: FileRedaction) -> FileRedaction:
    """The same, with reasons on one line; nothing in it that its way has not."""
    if redaction.way is not RedactionWay.PIXELS:
        return FileRedaction(redaction.way, reason=_reason(redaction.reason))
    if not 1 <= len(redaction.burned) <= MOST_RECTANGLES:
        raise ActTooLarge(count=len(redaction.burned), limit=MOST_RECTANGLES)
    burned = tuple(
        type(each)(each.rectangle, _reason(each.reason)) for each in dict.fromkeys(redaction.burned)
    )
    return FileRedaction(redaction.way, burned)


def _reason(text: str) -> str:
    stated = " ".join(text.split())
    if not stated:
        raise PurposeMissing(what=words.REDACTING)
    if len(stated) > LONGEST_REASON:
        raise TextUnfit(length=len(stated), limit=LONGEST_REASON)
    return stated


def _entry(verb: str, item: MediaItem, redaction: FileRedaction, reason: str) -> AuditDraft:
    where = "; ".join(str(each.rectangle) for each in redaction.burned)
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=ObjectKind.MEDIA,
        object_reference=media_reference(item.media_id),
        reason=reason[:LONGEST_REASON],
        payload=(("how", redaction.way.value), *((("where", where),) if where else ())),
    )
