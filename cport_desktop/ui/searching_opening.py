"""Searches over the reports of an open vault, as the window asks for them: rows, counts and facets, over
columns that are kept in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.progress import IsCancelled, never
from cport_desktop.domain.rows import Facet, FacetCount, Order, Page, ReportRow
from cport_desktop.ui.memory_use import give_back
from cport_desktop.usecases import search_reports
from cport_desktop.usecases.report_arrays import ReportColumns
from cport_desktop.vault.vault import Vault

FACETS: Final = tuple(Facet)


class Searches:
    """Every method may be called from any lane. `columns`: of this vault."""

    def __init__(
        self,
        workstation: Workstation,
        vault: Vault,
        columns: ReportColumns,
        *,
        is_locked: Callable[[], bool],
    ) -> None:
        self._workstation = workstation
        self._vault = vault
        self._columns = columns
        self._is_locked = is_locked

    def prepare(self) -> None:
        """What is asked often is in memory, unless the vault is locked meanwhile."""
        self._columns.load(is_cancelled=self._is_locked)
        give_back()

    def search(
        self,
        text: str,
        order: Order,
        limit: int,
        after: str | None,
        is_cancelled: IsCancelled = never,
    ) -> Page[ReportRow]:
        return search_reports.search_reports(
            self._vault,
            text,
            order,
            limit=limit,
            after=after,
            taxonomy=self._workstation.taxonomy,
            now=self._workstation.clock.now(),
            columns=self._columns,
            is_cancelled=is_cancelled,
        )

    def count(self, text: str, is_cancelled: IsCancelled = never) -> int:
        return search_reports.count_reports(
            self._vault,
            text,
            taxonomy=self._workstation.taxonomy,
            now=self._workstation.clock.now(),
            columns=self._columns,
            is_cancelled=is_cancelled,
        )

    def facets(
        self, text: str, is_cancelled: IsCancelled = never
    ) -> Mapping[Facet, tuple[FacetCount, ...]]:
        return search_reports.facets_of_reports(
            self._vault,
            text,
            FACETS,
            taxonomy=self._workstation.taxonomy,
            now=self._workstation.clock.now(),
            columns=self._columns,
            is_cancelled=is_cancelled,
        )
