"""Media files on their way, and what a person may say about them.

What is said counts at once: a transfer that is under way stops behind the part that arrives, and
the next one to begin is chosen anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.link import Link
from cport_desktop.domain.media_item import announced_kind
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.transfer import LONGEST_REST, Transfer, TransferState, TransferTally
from cport_desktop.errors import UnknownReference
from cport_desktop.usecases.media_leave import kinds_withheld
from cport_desktop.usecases.permission import require
from cport_desktop.vault import links, transfers
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.transfers import Kept
from cport_desktop.vault.vault import Vault

_Change = Callable[[Transaction, Sequence[MediaId]], None]


def list_transfers(vault: Vault, *, limit: int, after: str | None = None) -> Page[Transfer]:
    """A page of the files that are not here, those of newer reports first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: a cursor that this list never gave out.
    """
    require(vault, Role.ANALYST)
    withheld = {each.kind: each for each in kinds_withheld(vault)}
    with vault.reader() as reader:
        kept, following, elapsed = transfers.page(reader, limit=limit, after=after)
        link = links.in_use(reader)
        all_paused = transfers.is_all_paused(reader)
    under_way = vault.transfers.under_way()
    rows = []
    for one in kept:
        why = None if one.is_refused else withheld.get(announced_kind(one.declared_type))
        state = _state(vault, one, link, under_way, all_paused=all_paused)
        rows.append(
            Transfer(
                media_id=one.media_id,
                state=state if why is None else TransferState.NOT_GRANTED,
                size=one.size,
                bytes_here=vault.transfers.bytes_here(one.staged),
                is_asked_for=one.is_asked_for,
                tries=one.tries,
                last_error=one.refusal if one.is_refused else one.last_error,
                not_before=one.not_before,
                not_granted=why,
            )
        )
    return Page(tuple(rows), following, elapsed)


def tally_transfers(vault: Vault) -> TransferTally:
    """How many files are still to come, and how many do not come by themselves."""
    require(vault, Role.ANALYST)
    withheld = [each.kind for each in kinds_withheld(vault)]
    with vault.reader() as reader:
        return transfers.tally(reader, withheld=withheld)


def ask_for(vault: Vault, media_ids: Sequence[MediaId]) -> tuple[MediaId, ...]:
    """These come first and at once, whatever became of them before; those that are not here yet.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        absent = transfers.absent(reader, media_ids)
    _say(vault, "ask", absent, transfers.ask)
    return absent


def set_visible(vault: Vault, media_ids: Sequence[MediaId]) -> None:
    """These are on a screen now: they come next after what was asked for. Nothing is kept of it."""
    require(vault, Role.ANALYST)
    vault.transfers.show(media_ids)


def pause(vault: Vault, media_ids: Sequence[MediaId] | None) -> None:
    """These wait until somebody lets them go on; None: every file does.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        UnknownReference: one of them is no media item whose file is still to come.
    """
    require(vault, Role.ANALYST)
    _let(vault, media_ids, is_paused=True)


def resume(vault: Vault, media_ids: Sequence[MediaId] | None) -> None:
    """These wait no longer; None: files come again, but for those that were paused one by one.

    Raises: as `pause`.
    """
    require(vault, Role.ANALYST)
    _let(vault, media_ids, is_paused=False)


def cancel(vault: Vault, media_ids: Sequence[MediaId]) -> None:
    """Nobody wants these until somebody asks for them; what is here of them goes.

    Raises: as `pause`.
    """
    require(vault, Role.ANALYST)
    _say(vault, "cancel", _absent(vault, media_ids), transfers.cancel)
    with vault.reader() as reader:
        begun = transfers.with_bytes_here(reader, media_ids)
    for media_id in begun:
        if media_id not in vault.transfers.under_way():
            _drop(vault, media_id)


def retry(vault: Vault, media_ids: Sequence[MediaId] | None) -> tuple[MediaId, ...]:
    """These have their turn at once, however often they failed; None: all that failed or were
    refused. Those that will be asked for.

    Raises: as `pause`.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        chosen = transfers.failed(reader) if media_ids is None else _absent(vault, media_ids)
    _say(vault, "retry", chosen, transfers.try_again)
    return chosen


def _let(vault: Vault, media_ids: Sequence[MediaId] | None, *, is_paused: bool) -> None:
    verb = "pause" if is_paused else "resume"
    if media_ids is not None:
        _say(vault, verb, _absent(vault, media_ids), _pausing if is_paused else _resuming)
        return
    with vault.transaction() as tx:
        transfers.pause_all(tx, is_paused=is_paused)
        tx.record(_entry(verb, "every file"))


def _pausing(tx: Transaction, media_ids: Sequence[MediaId]) -> None:
    transfers.pause(tx, media_ids, is_paused=True)


def _resuming(tx: Transaction, media_ids: Sequence[MediaId]) -> None:
    transfers.pause(tx, media_ids, is_paused=False)


def _say(vault: Vault, verb: str, media_ids: Sequence[MediaId], change: _Change) -> None:
    if not media_ids:
        return
    with vault.transaction() as tx:
        change(tx, media_ids)
        what = media_reference(media_ids[0]) if len(media_ids) == 1 else f"{len(media_ids)} files"
        tx.record(_entry(verb, what, tuple(("media", str(number)) for number in media_ids)))


def _absent(vault: Vault, media_ids: Sequence[MediaId]) -> tuple[MediaId, ...]:
    with vault.reader() as reader:
        absent = transfers.absent(reader, media_ids)
    for media_id in media_ids:
        if media_id not in absent:
            raise UnknownReference(kind="transfer", reference=media_reference(media_id))
    return absent


def _drop(vault: Vault, media_id: MediaId) -> None:
    intake = vault.intake(media_id)
    try:
        with vault.transaction() as tx:
            intake.drop(tx)
            tx.record(_entry("drop", media_reference(media_id)))
    finally:
        intake.close()


def _state(
    vault: Vault, one: Kept, link: Link, under_way: frozenset[MediaId], *, all_paused: bool
) -> TransferState:
    """The one word for it, as far as the agreement grants it: what a person said comes first, then
    what happens.
    """
    if one.is_refused:
        return TransferState.REFUSED
    if one.is_cancelled:
        return TransferState.CANCELLED
    if one.is_paused or all_paused:
        return TransferState.PAUSED
    if one.media_id in under_way:
        return TransferState.ARRIVING
    return _left_alone(vault, one, link)


def _left_alone(vault: Vault, one: Kept, link: Link) -> TransferState:
    if not link.carries(one.size, is_asked_for=one.is_asked_for):
        return TransferState.HELD_BACK
    if one.tries and one.not_before is not None:
        rests = timedelta(0) < one.not_before - vault.now() <= LONGEST_REST
        return TransferState.FAILED if rests else TransferState.WAITING
    return TransferState.WAITING


def _entry(verb: str, what: str, payload: tuple[tuple[str, str], ...] = ()) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.COLLECTION,
        verb=f"{verb}_transfer",
        object_kind=ObjectKind.MEDIA,
        object_reference=what,
        payload=payload,
    )
