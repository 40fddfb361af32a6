"""What the window may ask about dossiers of domains, and the lists by which domains are judged.

`Dossiers` belongs to an open vault and is filled by `ui.worst_opening`. Every callable may be called from
any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.criteria import Reviewer
from cport_desktop.domain.domain_check import Compared, DomainCheck
from cport_desktop.domain.dossier import (
    DossierEdit,
    DossierLine,
    DossierOrder,
    DossierShown,
    WrittenDossiers,
)
from cport_desktop.domain.enclosure import Brought, Enclosure
from cport_desktop.domain.list_difference import ListCompared
from cport_desktop.domain.operation import Criterion
from cport_desktop.domain.rows import Page


@dataclass(frozen=True, slots=True)
class ListLine:
    """One of the lists by which domains are judged. `name`: a word of `words.suffixes.NAMES`."""

    name: str
    version: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Dossiers:
    page: Callable[[int, str | None], Page[DossierLine]]
    """(limit, cursor)"""
    due: Callable[[int, str | None], Page[DossierLine]]
    show: Callable[[str], DossierShown]
    check: Callable[[str], DomainCheck]
    compare: Callable[[int, str | None], Page[Compared]]
    compare_with: Callable[[Path], ListCompared]
    texts: Callable[[], tuple[tuple[str, str], ...]]
    """Version and title of each text of the criteria."""
    begin: Callable[[str, str], Changes]
    """(domain, text of the criteria)"""
    change: Callable[[str, DossierEdit, tuple[Criterion, ...]], Changes]
    """Criteria: those that a person judged."""
    submit: Callable[[str], Changes]
    confirm: Callable[[str, Reviewer | None], Changes]
    send: Callable[[str], Changes]
    review: Callable[[str], Changes]
    remove: Callable[[str, str], Changes]
    """(domain, why)"""
    withdraw: Callable[[str, str], Changes]
    """(domain, why)"""
    enclose: Callable[[str, Brought], Changes]
    read_enclosed: Callable[[str, str], tuple[Enclosure, str]]
    """(domain, digest): it and its text."""
    take_out: Callable[[str, str], Changes]
    """(domain, digest)"""
    export: Callable[[DossierOrder], WrittenDossiers]
    lists: Callable[[], tuple[ListLine, ...]]
    replace: Callable[[str, Path], str]
    """(name of a list, file): what became of it, as a sentence."""
