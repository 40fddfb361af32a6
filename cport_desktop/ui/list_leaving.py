"""What the window may ask for about hash lists that leave, change and are taken back.

`ListLeaving` belongs to an open vault and is filled by `ui.list_leaving_opening`. Every callable may be
called from any thread and raises errors of the family `CportError` and nothing else on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cport_desktop.domain.disclosure import DisclosureId
from cport_desktop.domain.known import KnownList
from cport_desktop.domain.list_version import ListVersion
from cport_desktop.domain.listed import WrittenList
from cport_desktop.domain.progress import Announce, IsCancelled


@dataclass(frozen=True, slots=True)
class ListWish:
    """A list that somebody wants in a file. `since`: empty for the whole list; `recipients`: by name."""

    list_id: str
    form: str
    path: Path
    since: str
    recipients: tuple[str, ...]
    is_signed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class UpdateWish:
    """The file of the next version of a list. `kind`: of file, `auto` for what its content says. `trust`:
    the authority (PEM) under which its manifest must be signed.
    """

    list_id: str
    path: Path
    version: str
    kind: str = "auto"
    trust: Path | None = None


@dataclass(frozen=True, slots=True)
class MakeWish:
    """A list of what a query over media finds and was decided. `is_negative`: what is on it is harmless;
    `handling`: how it may be used, empty if nothing is said of that.
    """

    name: str
    query: str
    version: str = "1"
    source: str = ""
    handling: str = ""
    is_negative: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReachLines:
    """What a withdrawal would change or changed. `copies`: number, title and recipients of what left;
    `unknown`: lines of a file that name no entry. `hits`: how many stand no more, once it is done.
    """

    entries: int
    contents: int
    known_no_more: int
    copies: tuple[tuple[str, str, str], ...]
    contributed: int
    unknown: int
    hits: int = 0


@dataclass(frozen=True, slots=True)
class UpdateLine:
    """What the next version of a list brought."""

    version: str
    added: int
    removed: int
    hits_new: int
    hits_ended: int
    copies: int


@dataclass(frozen=True, slots=True)
class MadeLine:
    """What a list that was made here has, and what was left out: contents that nobody decided, and those
    of which the decision is the `contrary` of what the list means.
    """

    entries: int
    undecided: int
    contrary: int


@dataclass(frozen=True, slots=True)
class ListLeaving:
    """`versions` of a list, the newest first; `may_leave` tells the clauses by which the agreement allows
    what is wished, and refuses what it does not; `export` writes it; `foresee` tells what withdrawing the list,
    or the entries that a file names, would change, and `withdraw` does it (id, file, why); `say` is a word
    on an entry (list, entry, whether it is right, note) and answers how many confirm and dispute it;
    `update` reads the next version in; `make` makes a list of what is decided; `of_departure` is the list that left as this number of the
    register.
    """

    versions: Callable[[str], tuple[ListVersion, ...]]
    may_leave: Callable[[ListWish], tuple[str, ...]]
    export: Callable[[ListWish, Announce, IsCancelled], WrittenList]
    foresee: Callable[[str, Path | None], ReachLines]
    withdraw: Callable[[str, Path | None, str], ReachLines]
    say: Callable[[str, str, bool, str], tuple[int, int]]
    update: Callable[[UpdateWish, Announce, IsCancelled], UpdateLine]
    make: Callable[[MakeWish, Announce, IsCancelled], MadeLine]
    of_departure: Callable[[DisclosureId], KnownList]
