"""Fills `ui.list_leaving` from an open vault: each intention is one use case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.listed import WrittenList
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.formats.entry_lines import entry_lines
from cport_desktop.ui.list_leaving import (
    ListLeaving,
    ListWish,
    MadeLine,
    MakeWish,
    ReachLines,
    UpdateLine,
    UpdateWish,
)
from cport_desktop.ui.signing_opening import content_of
from cport_desktop.usecases.compose_package import own_signer
from cport_desktop.usecases.entry_feedback import EntryWord, say_of_entry
from cport_desktop.usecases.export_hash_list import (
    ListExportOrder,
    export_hash_list,
    foresee_hash_list,
)
from cport_desktop.usecases.import_hash_list import ListOrder
from cport_desktop.usecases.known_lists import list_that_left, versions_of
from cport_desktop.usecases.make_hash_list import MakeOrder, make_hash_list
from cport_desktop.usecases.update_hash_list import update_hash_list
from cport_desktop.usecases.withdraw_hash_list import foresee_withdrawal, take_back
from cport_desktop.vault.list_withdrawal import Reach
from cport_desktop.vault.vault import Vault

MakeSigner = Callable[[bytes, bytes], Signer]


def list_leaving_of(vault: Vault, make_signer: MakeSigner, taxonomy: Taxonomy) -> ListLeaving:
    """The intentions about lists that leave `vault`; manifests are signed by the certificate of the
    station.
    """
    lists = _Lists(vault, make_signer, taxonomy)
    return ListLeaving(
        versions=partial(versions_of, vault),
        may_leave=lists.may_leave,
        export=lists.export,
        foresee=lists.foresee,
        withdraw=lists.withdraw,
        say=lists.say,
        update=lists.update,
        make=lists.make,
        of_departure=partial(list_that_left, vault),
    )


class _Lists:
    """Every method may be called from any lane."""

    def __init__(self, vault: Vault, make_signer: MakeSigner, taxonomy: Taxonomy) -> None:
        self._vault = vault
        self._taxonomy = taxonomy
        self._make_signer = make_signer

    def may_leave(self, wish: ListWish) -> tuple[str, ...]:
        return foresee_hash_list(self._vault, _export_order(wish, None)).clauses

    def export(self, wish: ListWish, announce: Announce, is_cancelled: IsCancelled) -> WrittenList:
        signer = own_signer(self._vault, self._make_signer) if wish.is_signed else None
        order = _export_order(wish, signer)
        return export_hash_list(self._vault, order, announce=announce, is_cancelled=is_cancelled)

    def foresee(self, list_id: str, path: Path | None) -> ReachLines:
        found = foresee_withdrawal(self._vault, list_id, entries=_entries(path))
        return _lines(found.reach, len(found.unknown))

    def withdraw(self, list_id: str, path: Path | None, reason: str) -> ReachLines:
        done = take_back(self._vault, list_id, reason=reason, entries=_entries(path))
        return _lines(done.reach, len(done.unknown), hits=done.hits.ended)

    def say(self, list_id: str, entry_id: str, is_right: bool, note: str) -> tuple[int, int]:
        word = EntryWord.CONFIRM if is_right else EntryWord.DISPUTE
        said = say_of_entry(self._vault, list_id, entry_id, word, note=note)
        return said.confirming, said.disputing

    def update(self, wish: UpdateWish, announce: Announce, is_cancelled: IsCancelled) -> UpdateLine:
        trust = None if wish.trust is None else content_of(wish.trust)
        order = ListOrder(wish.path, version=wish.version, format=wish.kind, trust=trust)
        done = update_hash_list(
            self._vault, wish.list_id, order, announce=announce, is_cancelled=is_cancelled
        )
        return UpdateLine(
            done.known.version,
            done.difference.added,
            done.difference.removed,
            done.hits.new,
            done.hits.ended,
            done.copies,
        )

    def make(self, wish: MakeWish, announce: Announce, is_cancelled: IsCancelled) -> MadeLine:
        done = make_hash_list(
            self._vault,
            MakeOrder(
                wish.name,
                wish.query,
                version=wish.version,
                source=wish.source,
                handling=wish.handling or None,
                is_negative=wish.is_negative,
                reason=wish.reason or None,
            ),
            taxonomy=self._taxonomy,
            now=self._vault.now(),
            announce=announce,
            is_cancelled=is_cancelled,
        )
        return MadeLine(done.entries, done.undecided, done.contrary)


def _export_order(wish: ListWish, signer: Signer | None) -> ListExportOrder:
    return ListExportOrder(
        wish.list_id,
        wish.form,
        wish.path,
        since=wish.since or None,
        recipients=wish.recipients,
        signer=signer,
        reason=wish.reason or None,
    )


def _entries(path: Path | None) -> list[str] | None:
    return None if path is None else entry_lines(path)


def _lines(reach: Reach, unknown: int, *, hits: int = 0) -> ReachLines:
    return ReachLines(
        entries=reach.entries,
        contents=reach.contents,
        known_no_more=reach.known_no_more,
        copies=tuple(
            (
                each.disclosure_id,
                each.title,
                ", ".join(recipient.name for recipient in each.recipients),
            )
            for each in reach.copies
        ),
        contributed=len(reach.contributed),
        unknown=unknown,
        hits=hits,
    )
