"""Dossiers of domains where there are none: what is asked for in their place is not found."""

from __future__ import annotations

from typing import NoReturn

from cport_desktop.domain.domain_check import Compared
from cport_desktop.domain.dossier import DossierLine
from cport_desktop.domain.rows import Page
from cport_desktop.errors import UnknownReference
from cport_desktop.ui.dossiers import Dossiers, ListLine


class MemoryDossiers:
    """`asked`: names of domains."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def intentions(self) -> Dossiers:
        return Dossiers(
            page=lambda _limit, _after: Page[DossierLine]((), None, 0.1),
            due=lambda _limit, _after: Page[DossierLine]((), None, 0.1),
            show=self._missing,
            check=self._missing,
            compare=lambda _limit, _after: Page[Compared]((), None, 0.1),
            compare_with=self._missing,
            texts=lambda: (("current", "Current text: Baseline"),),
            begin=self._missing,
            change=self._missing,
            submit=self._missing,
            confirm=self._missing,
            send=self._missing,
            review=self._missing,
            remove=self._missing,
            withdraw=self._missing,
            enclose=self._missing,
            read_enclosed=self._missing,
            take_out=self._missing,
            export=self._missing,
            lists=lambda: (ListLine("suffixes", "2026-01-31_08-00-00_UTC", is_own=False),),
            replace=self._missing,
        )

    def _missing(self, *asked: object) -> NoReturn:
        self.asked += asked
        raise UnknownReference(kind="dossier", reference=str(asked[0]))
