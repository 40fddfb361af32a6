"""Make lost or damaged pictures (veil, blurred, clear thumbnail) again, from the sealed originals.

Each file goes from its blob into the confined child, which answers with pixels; nobody looks.
What is there already is passed over, so that an interrupted run goes on where it was. A file
that cannot be read, or of which the child gives no picture, costs itself only.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.keeping import Rebuilt
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.errors import Cancelled, UnknownReference, VaultDamaged
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.usecases.unit_rules import decoding_terms
from cport_desktop.vault.likeness_stacks import keep_again
from cport_desktop.vault.missing_pictures import MissingPicture, count_missing, missing_pictures
from cport_desktop.vault.vault import Vault

FILES_AT_ONCE = 2
"""Children that decode at the same time."""
_IN_A_ROW = 16
"""Files between two looks at whether it should stop."""


def missing_of(vault: Vault) -> int | None:
    """How many files lack their pictures; None if none of them can be read."""
    try:
        return count_missing(vault)
    except VaultDamaged:
        return None


def rebuild_derivatives(
    vault: Vault, sandbox: Sandbox, *, announce: Announce, is_cancelled: IsCancelled
) -> Rebuilt:
    """Every file that can be shown has its three pictures, or is named.

    Raises:
        SandboxRefused: this machine cannot confine a decoder as demanded.
        Cancelled: it was asked to stop; what was made stays.
        StorageFull: no room for them.
    """
    begun_anew = vault.derivatives.is_damaged()
    if begun_anew:
        vault.derivatives.begin_anew()
    total, made = count_missing(vault), 0
    failed: list[str] = []
    try:
        with ThreadPoolExecutor(FILES_AT_ONCE, thread_name_prefix="rebuild") as workers:
            for rows in _rows(vault):
                if is_cancelled():
                    raise Cancelled
                outcomes = workers.map(partial(_rebuild, vault, sandbox), rows)
                for missing, is_made in zip(rows, outcomes, strict=True):
                    made += is_made
                    if not is_made:
                        failed.append(media_reference(missing.media_id))
                    announce(Progress(Phase.REBUILDING, min(made + len(failed), total), total))
    finally:
        _record(vault, made, len(failed))
    if Role.ANALYST in vault.roles:
        # Who has not that role leaves it to the next exchange.
        catch_up(vault, announce=announce, is_cancelled=is_cancelled)
    return Rebuilt(made, tuple(failed), begun_anew)


def rebuild_one(vault: Vault, sandbox: Sandbox, media_id: MediaId, *, size: int) -> bool:
    """Whether the pictures of this item, of so many bytes, are there now; nothing is shown.

    Raises:
        SandboxRefused, StorageFull: as `rebuild_derivatives`.
    """
    try:
        with vault.reader() as reader:
            pieces = vault.blobs.read(reader, media_id)
        seen = sandbox.examine(pieces, size=size, terms=decoding_terms(vault))
        keep_again(vault, media_id, seen)
        return vault.derivatives.put(media_id, seen)
    except (UnknownReference, VaultDamaged):
        return False  # Erased meanwhile, or damaged: a check says so.


def _rows(vault: Vault) -> Iterator[tuple[MissingPicture, ...]]:
    missing = missing_pictures(vault)
    while rows := tuple(islice(missing, _IN_A_ROW)):
        yield rows


def _rebuild(vault: Vault, sandbox: Sandbox, missing: MissingPicture) -> bool:
    is_made = rebuild_one(vault, sandbox, missing.media_id, size=missing.size)
    return is_made or not missing.can_be_shown


def _record(vault: Vault, made: int, failed: int) -> None:
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.ACCESS,
                verb="rebuild",
                object_kind=ObjectKind.VAULT,
                object_reference=vault.identity,
                payload=(("made", str(made)), ("failed", str(failed))),
            )
        )
