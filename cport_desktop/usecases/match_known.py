"""Match what is due: new contents against all lists, new entries against all contents.

A content is found by the digests of its bytes, or by what is seen: a picture whose PDQ digest is
within 31 bits of an entry's, any of eight ways round; a video of whose comparable frames 80 percent
are (vPDQ, domain.md 4.4). What is too plain to be compared matches nothing.

What is due stays so until its hits are on record, so this may be stopped anywhere and repeated at any
time; each pair of a content and an entry is looked at when the later of the two becomes due.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cport_desktop.domain.known import EXACT, Algorithm, Found, HitTally
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress, never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.errors import Cancelled
from cport_desktop.usecases.known_by_sight import SEEN, by_sight
from cport_desktop.usecases.list_screen import ListScreen, pictures_of
from cport_desktop.usecases.permission import require
from cport_desktop.vault import matching_due
from cport_desktop.vault.hash_lists import Digest, unpacked
from cport_desktop.vault.hits_on_record import put_on_record
from cport_desktop.vault.matching_due import Content, Due
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

if TYPE_CHECKING:
    from cport_desktop.matching.known_pictures import KnownPictures

AT_ONCE: Final = 10_000
"""Things that are taken from the queue together."""
_CONTENTS_AT_ONCE: Final = 2_000
"""Contents that are read together: their frames may be long."""
FEW_ENTRIES: Final = 20_000
"""Entries of a list that are looked up among the contents; for more, all contents are matched anew."""


def match_due(
    vault: Vault,
    *,
    screen: ListScreen | None = None,
    long_list: int = FEW_ENTRIES,
    announce: Announce = silent,
    is_cancelled: IsCancelled = never,
) -> HitTally:
    """Everything that was due is matched; hits that are new. For a list with more than `long_list`
    entries all contents are matched anew.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        Cancelled: it was asked to stop; what was matched stays so.
        StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    matching = Matching(vault, screen or ListScreen(vault), long_list, is_cancelled)
    tally, done = HitTally(), 0
    while True:
        with vault.reader() as reader:
            due = matching_due.due(reader, limit=AT_ONCE)
        if not due.serials:
            return tally
        new = matching.match(due)
        if new is not None:
            tally, done = tally + HitTally(new=new), done + len(due.serials)
            announce(Progress(Phase.MATCHING, done, None))


@dataclass(frozen=True, slots=True)
class Matching:
    """What matching works with."""

    vault: Vault
    screen: ListScreen
    long_list: int
    is_cancelled: IsCancelled

    def match(self, due: Due) -> int | None:
        """`due` is matched; how many hits are new. None if lists changed meanwhile: it stays due."""
        added, is_long = self._added(due)
        with self.vault.reader() as reader:
            self.screen.bring_up_to(reader, added, anew=is_long)
        found: list[Found] = []
        for lot in _lots(due.contents):
            found += self._of_contents(lot)
        if added:
            found += self._of_entries(added)
        new = self._walk_all(due) if is_long else 0
        put = self._put(found, due, due.serials)
        return None if put is None or new is None else new + put

    def _added(self, due: Due) -> tuple[list[tuple[int, Digest]], bool]:
        """Digests of the entries that are due, each with the number of its entry; and whether lists
        are due that are too long for that.
        """
        is_long, numbers = False, list(due.entries)
        with self.vault.reader() as reader:
            for number in due.lists:
                entries = matching_due.entries_of_list(reader, number, limit=self.long_list + 1)
                is_long = is_long or len(entries) > self.long_list
                numbers += entries if len(entries) <= self.long_list else ()
            return [
                (entry, digest)
                for entry, kept in matching_due.digests_of_entries(reader, numbers)
                for digest in unpacked(kept)
            ], is_long

    def _of_contents(self, digests: Sequence[str]) -> list[Found]:
        """Hits of these contents on any list."""
        if self.is_cancelled():
            raise Cancelled
        with self.vault.reader() as reader:
            contents = matching_due.contents(reader, digests)
            found = _by_bytes(reader, self.screen, contents)
            for algorithm in SEEN:
                if any(content.ways or content.frames for content in contents):
                    known = self.screen.pictures(reader, algorithm)
                    found += by_sight(known, algorithm, contents)
        return found

    def _of_entries(self, added: Sequence[tuple[int, Digest]]) -> list[Found]:
        """Hits of any content on these entries."""
        found: list[Found] = []
        for algorithm in EXACT:
            entries = defaultdict(list)
            for entry, (of, digest) in added:
                if of is algorithm:
                    entries[digest].append(entry)
            with self.vault.reader() as reader:
                for sha256, digest in matching_due.contents_with(reader, algorithm, entries):
                    found += [Found(sha256, entry, algorithm) for entry in entries[digest]]
        seen = {
            algorithm: pictures_of(added, algorithm)
            for algorithm in SEEN
            if any(of is algorithm for _, (of, _) in added)
        }
        return found + (self._of_pictures(seen) if seen else [])

    def _of_pictures(self, seen: Mapping[Algorithm, KnownPictures]) -> list[Found]:
        """Hits of any content on these pictures."""
        found: list[Found] = []
        after = 0
        while True:
            if self.is_cancelled():
                raise Cancelled
            with self.vault.reader() as reader:
                after, lot = matching_due.likened_after(reader, after, limit=_CONTENTS_AT_ONCE)
                if not lot:
                    return found
                contents = matching_due.contents(reader, lot)
            for algorithm, known in seen.items():
                found += by_sight(known, algorithm, contents)

    def _walk_all(self, due: Due) -> int | None:
        """Every content is matched against all lists; how many hits are new."""
        new, after = 0, ""
        while True:
            with self.vault.reader() as reader:
                lot = matching_due.contents_after(reader, after, limit=_CONTENTS_AT_ONCE)
            if not lot:
                return new
            after = lot[-1]
            found = self._of_contents(lot)
            put = self._put(found, due, ()) if found else 0
            if put is None:
                return None
            new += put

    def _put(self, found: Sequence[Found], due: Due, matched: Sequence[int]) -> int | None:
        return put_on_record(
            self.vault, found, matched=matched, counted=due.counted, reach=self.screen.reach
        )


def _by_bytes(reader: Reader, screen: ListScreen, contents: Iterable[Content]) -> list[Found]:
    owners: dict[Algorithm, dict[bytes, list[str]]] = {each: defaultdict(list) for each in EXACT}
    for content in contents:
        for algorithm, digest in content.exact():
            owners[algorithm][digest].append(content.sha256)
    return [
        Found(sha256, entry, algorithm)
        for algorithm, those in owners.items()
        for digest, entry in looked_up(reader, screen, algorithm, list(those))
        for sha256 in those[digest]
    ]


def looked_up(
    reader: Reader, screen: ListScreen, algorithm: Algorithm, digests: Sequence[bytes]
) -> list[tuple[bytes, int]]:
    """Those of `digests` that a standing entry has, with the number of that entry."""
    passing = screen.passing(algorithm, digests)
    return matching_due.entries_with(reader, algorithm, passing) if passing else []


def _lots(digests: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(digests), _CONTENTS_AT_ONCE):
        yield digests[at : at + _CONTENTS_AT_ONCE]
