"""Fills `ui.tabling.Tabling` from the workstation and an open vault: each intention is one use case."""

from __future__ import annotations

from collections.abc import Callable

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.chosen import Chosen
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.table import TablePreview, WrittenTable
from cport_desktop.ui.tabling import TableWish, Tabling
from cport_desktop.usecases.choosing import numbers_chosen
from cport_desktop.usecases.export_table import TableOrder, export_table, foresee_table
from cport_desktop.vault.vault import Vault


def tabling_of(
    workstation: Workstation, vault: Vault, *, or_locked: Callable[[IsCancelled], IsCancelled]
) -> Tabling:
    """All that may be asked about tables in one open vault, from any lane."""
    taxonomy, clock = workstation.taxonomy, workstation.clock

    def foresee(wish: TableWish) -> TablePreview:
        return foresee_table(vault, _order(wish), taxonomy=taxonomy, now=clock.now())

    def export(wish: TableWish, announce: Announce, is_cancelled: IsCancelled) -> WrittenTable:
        return export_table(
            vault,
            _order(wish),
            taxonomy=taxonomy,
            announce=announce,
            is_cancelled=or_locked(is_cancelled),
        )

    def numbers(chosen: Chosen, limit: int) -> tuple[ReportId, ...]:
        return numbers_chosen(vault, chosen, limit=limit, taxonomy=taxonomy, now=clock.now())

    return Tabling(foresee, export, numbers)


def _order(wish: TableWish) -> TableOrder:
    return TableOrder(
        subject=wish.subject,
        chosen=wish.chosen,
        form=wish.form,
        path=wish.path,
        order=wish.order,
        recipient=wish.recipient.strip() or None,
        reason=wish.reason.strip() or None,
    )
