"""What the window may ask for about hash lists.

`Knowing` belongs to an open vault and is filled by `ui.knowing_opening`. Every callable may be called
from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.known import KnownList
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import Page
from cport_desktop.ui.list_leaving import ListLeaving


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """A file, and what a person says of it. `name`: empty for the file's own. `kind`: of file, `auto` for
    what its content says. `columns`: of a table, pairs of a meaning and a number; none for what the table
    says. `profile`: of which region its categories are; empty for what it says. `rejects`: a new file for
    what is refused. `handling`: how it may be used, as whoever answers for it says. `trust`: the
    authority (PEM) under which its manifest must be signed.
    """

    path: Path
    name: str
    source: str
    version: str
    is_negative: bool
    kind: str = "auto"
    columns: tuple[tuple[str, str], ...] = ()
    profile: str = ""
    rejects: Path | None = None
    handling: str = ""
    trust: Path | None = None


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column of a table: from 1, its heading, and what it has (a meaning, or None)."""

    number: int
    heading: str
    meaning: str | None


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What became, or would become, of a file's lines. `first_refused`: number and reason. `first`: the
    first rows as they were understood, numbers and what they say. `kind`: of file. `profile`: of which
    region its categories are. `standing`: what its manifest says and who signed that, and whether it is
    of harmless files; sentences, or nothing.
    """

    name: str
    accepted: int
    rejected: int
    duplicates: int
    hits: int
    first_refused: tuple[int, str] | None
    kind: str = ""
    profile: str = ""
    columns: tuple[ReadColumn, ...] = ()
    first: tuple[tuple[int, str], ...] = ()
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Knowing:
    """Lists: a page of those that a query asks for (text, limit, cursor), one read in or tried,
    all matched now; `leaving`: what becomes of one.
    """

    page: Callable[[str, int, str | None], Page[KnownList]]
    attempt: Callable[[ReadOrder, Announce, IsCancelled], ReadLine]
    """Nothing of it is kept."""
    read_in: Callable[[ReadOrder, Announce, IsCancelled], ReadLine]
    match: Callable[[Announce, IsCancelled], int]
    """How many hits are new."""
    leaving: ListLeaving
