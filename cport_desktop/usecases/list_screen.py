"""What lists have, as matching asks for it: a filter in front of the table, an index of pictures.

Both are made when they are first asked for and kept as long as this object lives; they may have more
than stands, since the table decides, and never less: what became due is added before it is matched.
Few digests are looked up without a filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from cport_desktop.domain.known import DIGEST_BYTES, EXACT, Algorithm
from cport_desktop.vault import matching_due
from cport_desktop.vault.hash_lists import Digest
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

if TYPE_CHECKING:
    from cport_desktop.matching.exact_filter import ExactFilter
    from cport_desktop.matching.known_pictures import KnownPictures

FEW_DIGESTS: Final = 20_000
"""Up to so many that ever came, the table is asked at once: its pages all lie in memory."""


class ListScreen:
    """Of one vault, for one piece of work. Used by one thread at a time."""

    def __init__(self, vault: Vault, *, few: int = FEW_DIGESTS) -> None:
        self._vault = vault
        self._few = few
        self._filter: ExactFilter | None = None
        self._reach = 0
        self._pictures: dict[Algorithm, KnownPictures] = {}

    @property
    def reach(self) -> int:
        """How many digests had come and gone when the filter was last brought up to them."""
        return self._reach

    @property
    def memory(self) -> int:
        """Bytes that the filter takes."""
        return 0 if self._filter is None else self._filter.memory

    def bring_up_to(
        self, reader: Reader, added: Sequence[tuple[int, Digest]], *, anew: bool = False
    ) -> None:
        """All digests that `reader` sees are known here. `added`: those of entries that are due, each
        with the number of its entry; all others were matched before, or (`anew`) are many.
        """
        counted = matching_due.state(reader.connection, matching_due.DIGESTS)
        if anew or matching_due.state(reader.connection, matching_due.FILTERED) > self._reach:
            # What somebody else matched meanwhile is due no more, and unknown here.
            self._filter, self._pictures = None, {}
        if counted > self._few:
            self._bring_filter(reader, [digest for _, digest in added], counted, anew=anew)
        for algorithm, pictures in self._pictures.items():
            _add(pictures, [(entry, digest) for entry, (of, digest) in added if of is algorithm])
        self._reach = counted

    def passing(self, algorithm: Algorithm, digests: Sequence[bytes]) -> list[bytes]:
        """Those of `digests` that may be on a list."""
        if self._filter is None or not digests:
            return list(digests)
        width = DIGEST_BYTES[algorithm]
        return [digests[at] for at in self._filter.passing(b"".join(digests), width)]

    def pictures(self, reader: Reader, algorithm: Algorithm) -> KnownPictures:
        """All PDQ digests of lists."""
        if algorithm not in self._pictures:
            pictures = no_pictures()
            for entries, digests in matching_due.pictured_digests(reader, algorithm):
                pictures.add(entries, digests)
            self._pictures[algorithm] = pictures
        return self._pictures[algorithm]

    def _bring_filter(
        self, reader: Reader, added: Sequence[Digest], counted: int, *, anew: bool
    ) -> None:
        """The filter has all digests, and is kept if that was news."""
        known, reach = self._filter, self._reach
        if known is None and not anew:
            known, reach = self._kept(matching_due.state(reader.connection, matching_due.FILTERED))
        exact = [digest for algorithm, digest in added if algorithm in EXACT]
        if known is None or exact or counted != reach:
            if known is None or not known.has_room_for(len(exact)):
                known, exact = _made(reader), []
            for digest in exact:
                known.add(digest, len(digest))
            parts = tuple(known.parts())
            self._vault.derivatives.keep_filter(parts, reach=counted, count=known.count)
        self._filter = known

    def _kept(self, least: int) -> tuple[ExactFilter | None, int]:
        """The kept filter, if it has reached what was matched last, and what it reached."""
        from cport_desktop.matching.exact_filter import ExactFilter  # noqa: PLC0415 - numpy

        kept = self._vault.derivatives.kept_filter()
        if kept is None or kept.reach < least:
            return None, 0
        return ExactFilter.of_parts(kept.parts, kept.count), kept.reach


def no_pictures() -> KnownPictures:
    """An empty index of pictures."""
    from cport_desktop.matching.known_pictures import KnownPictures  # noqa: PLC0415 - numpy

    return KnownPictures()


def pictures_of(added: Iterable[tuple[int, Digest]], algorithm: Algorithm) -> KnownPictures:
    """An index of the pictures among these digests, each with the number of its entry."""
    pictures = no_pictures()
    _add(pictures, [(entry, digest) for entry, (of, digest) in added if of is algorithm])
    return pictures


def _add(pictures: KnownPictures, added: Sequence[tuple[int, bytes]]) -> None:
    if added:
        pictures.add([entry for entry, _ in added], b"".join(digest for _, digest in added))


def _made(reader: Reader) -> ExactFilter:
    """A filter of all digests of bytes that lists have."""
    from cport_desktop.matching.exact_filter import ExactFilter  # noqa: PLC0415 - numpy

    made = ExactFilter.for_count(matching_due.count_exact(reader))
    for algorithm in EXACT:
        for digests in matching_due.exact_digests(reader, algorithm):
            made.add(digests, DIGEST_BYTES[algorithm])
    return made
