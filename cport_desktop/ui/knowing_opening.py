"""Fills `ui.knowing` from an open vault: each intention is one use case."""

from __future__ import annotations

from functools import partial

from cport_desktop.domain.known import KnownList
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Page
from cport_desktop.formats.hash_list_file import Refused
from cport_desktop.ui.knowing import Knowing, ReadLine, ReadOrder
from cport_desktop.usecases.import_hash_list import ListOrder, import_hash_list
from cport_desktop.usecases.known_lists import list_known_lists
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.withdraw_hash_list import withdraw_hash_list
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as words


def knowing_of(vault: Vault) -> Knowing:
    """The intentions about hash lists over `vault`."""
    lists = _Lists(vault)
    return Knowing(
        page=lists.page,
        attempt=partial(lists.read_in, is_rehearsal=True),
        read_in=lists.read_in,
        withdraw=lists.withdraw,
        match=lists.match,
    )


class _Lists:
    """Every method may be called from any lane."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def page(self, text: str, limit: int, after: str | None) -> Page[KnownList]:
        return list_known_lists(self._vault, limit=limit, after=after, text=text)

    def read_in(
        self,
        order: ReadOrder,
        announce: Announce,
        is_cancelled: IsCancelled,
        *,
        is_rehearsal: bool = False,
    ) -> ReadLine:
        refused: list[Refused] = []
        done = import_hash_list(
            self._vault,
            ListOrder(
                order.path,
                name=order.name or None,
                source=order.source,
                version=order.version,
                is_negative=order.is_negative,
                is_rehearsal=is_rehearsal,
            ),
            announce=announce,
            is_cancelled=is_cancelled,
            reject=lambda row: None if refused else refused.append(row),
        )
        first = refused[0] if refused else None
        return ReadLine(
            name=done.name,
            accepted=done.accepted,
            rejected=done.rejected,
            duplicates=done.duplicates,
            hits=done.hits.new,
            first_refused=None
            if first is None
            else (first.line, words.refused(first.refusal.value)),
        )

    def withdraw(self, list_id: str, reason: str) -> int:
        return withdraw_hash_list(self._vault, list_id, reason=reason)[1].ended

    def match(self, announce: Announce, is_cancelled: IsCancelled) -> int:
        return match_due(self._vault, announce=announce, is_cancelled=is_cancelled).new
