"""Fills `ui.knowing` from an open vault: each intention is one use case."""

from __future__ import annotations

from functools import partial

from cport_desktop.domain.known import KnownList
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Page
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.formats.hash_list_file import Refused, Row
from cport_desktop.ui.knowing import Knowing, ReadColumn, ReadLine, ReadOrder
from cport_desktop.ui.list_leaving_opening import MakeSigner, list_leaving_of
from cport_desktop.ui.signing_opening import content_of
from cport_desktop.usecases.import_hash_list import Imported, ListOrder, import_hash_list
from cport_desktop.usecases.known_lists import list_known_lists
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.write_rejects import rejects_file
from cport_desktop.vault.vault import Vault
from cport_desktop.words import known as words
from cport_desktop.words import list_manifests
from cport_desktop.words import list_reading as say


def knowing_of(vault: Vault, make_signer: MakeSigner, taxonomy: Taxonomy) -> Knowing:
    """The intentions about hash lists over `vault`; what leaves is signed by `make_signer`."""
    lists = _Lists(vault)
    return Knowing(
        page=lists.page,
        attempt=partial(lists.read_in, is_rehearsal=True),
        read_in=lists.read_in,
        match=lists.match,
        leaving=list_leaving_of(vault, make_signer, taxonomy),
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
        # Trying writes nothing, to no place.
        with rejects_file(self._vault, None if is_rehearsal else order.rejects) as reject:

            def told(row: Refused) -> None:
                reject(row)
                if not refused:
                    refused.append(row)

            done = import_hash_list(
                self._vault,
                ListOrder(
                    order.path,
                    name=order.name or None,
                    source=order.source,
                    version=order.version,
                    is_negative=order.is_negative,
                    is_rehearsal=is_rehearsal,
                    format=order.kind,
                    columns=dict(order.columns),
                    profile=order.profile or None,
                    handling=order.handling or None,
                    trust=None if order.trust is None else content_of(order.trust),
                ),
                announce=announce,
                is_cancelled=is_cancelled,
                reject=told,
            )
        return _line(done, refused[0] if refused else None)

    def match(self, announce: Announce, is_cancelled: IsCancelled) -> int:
        return match_due(self._vault, announce=announce, is_cancelled=is_cancelled).new


def _line(done: Imported, refused: Refused | None) -> ReadLine:
    return ReadLine(
        name=done.name,
        accepted=done.accepted,
        rejected=done.rejected,
        duplicates=done.duplicates,
        hits=done.hits.new,
        first_refused=None
        if refused is None
        else (refused.line, words.refused(refused.refusal.value)),
        kind=done.format,
        profile=done.profile or "",
        columns=tuple(
            ReadColumn(column.number, column.heading or "", column.meaning)
            for column in done.columns
        ),
        first=tuple(map(_first, done.first)),
        standing=list_manifests.standing(
            has_manifest=done.beside is not None,
            signer=None if done.beside is None else done.beside.signer,
            authority=None if done.beside is None else done.beside.authority,
            is_harmless=done.is_negative,
        ),
    )


def _first(row: Row) -> tuple[int, str]:
    if isinstance(row, Refused):
        return row.line, say.row_refused(words.refused(row.refusal.value))
    line, listed = row
    algorithm, digest = listed.digests[0]
    return line, say.row_understood(
        f"{algorithm.word}:{digest.hex()}",
        others=[kind.word for kind, _ in listed.digests[1:]],
        name=listed.name,
        category=listed.category,
    )
