"""Reads a foreign `custody.json` as it goes by, line by line, and checks every proof in it.

Rules, all of which must hold:

1. The form is the one that `custody_appendix` writes: head, a line for each item, a line for each entry.
2. Each entry proves itself: its canonical text says its own number, and its proof leads from the
   hash of that text to the root of the head.
3. Entries ascend, so that none is there twice.
4. The items name exactly the entries that are there, and each entry is about the item that names it,
   or about many at once, none of which it names: a batch, a table, media items whose bytes were there.

Whether the head is the signed one is for others to see (`agreement_check`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

from cport_desktop.crypto.merkle import HASH_SIZE, LONGEST_PROOF, includes, leaf_hash
from cport_desktop.domain.audit import ObjectKind
from cport_desktop.domain.custody import SHARE

CUSTODY_NAME: Final = "custody.json"
FORMAT: Final = "cport-custody-1"
ITEMS: Final = b',"items":['
ITEMS_END: Final = b'],"entries":['
TAIL: Final = b"]}"
LONGEST_LINE: Final = 1024 * 1024
"""Bytes. An item with a hundred thousand entries has less, and an entry with the longest reason too."""
MOST_NAMED: Final = 2_000_000
"""Entries that all items name together: ten for each of as many items as a package may have."""

_SEVERAL: Final = ""
"""No item is called so."""

_Digest = Annotated[str, msgspec.Meta(pattern=f"^[0-9a-f]{{{2 * HASH_SIZE}}}$")]
_Number = Annotated[int, msgspec.Meta(ge=1, le=2**62)]


class _Log(msgspec.Struct, forbid_unknown_fields=True):
    size: Annotated[int, msgspec.Meta(ge=0, le=2**62)]
    root: _Digest


class _Head(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    synthetic: bool
    log: _Log


class _Tally(msgspec.Struct, forbid_unknown_fields=True):
    action: str
    count: _Number
    first: str
    last: str


class _Item(msgspec.Struct, forbid_unknown_fields=True):
    item: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    entries: tuple[_Number, ...]
    counted: tuple[_Tally, ...]


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    entry: _Number
    canonical: str
    proof: Annotated[tuple[_Digest, ...], msgspec.Meta(max_length=LONGEST_PROOF)]


class _Canonical(msgspec.Struct):
    """What matters here of the text that is hashed."""

    sequence: int
    object_kind: str
    object_reference: str
    verb: str = ""

    @property
    def is_of_many(self) -> bool:
        """The entry names none of the items that came or left by it."""
        if self.object_kind == ObjectKind.MEDIA:
            return self.verb == SHARE
        return self.object_kind != ObjectKind.REPORT


_HEAD: Final = msgspec.json.Decoder(_Head)
_ITEM: Final = msgspec.json.Decoder(_Item)
_ENTRY: Final = msgspec.json.Decoder(_Entry)
_CANONICAL: Final = msgspec.json.Decoder(_Canonical)


@dataclass(frozen=True, slots=True)
class SeenCustody:
    """Under which head it was made, and whether everything in it holds under that head."""

    size: int
    root: str
    is_synthetic: bool
    entries: int
    is_sound: bool


_NONE: Final = SeenCustody(0, "", is_synthetic=False, entries=0, is_sound=False)


class CustodyReader:
    """Write the file into it, then ask `finish` what it was."""

    def __init__(self) -> None:
        self._left = b""
        self._read = self._in_head
        self._head = _Head("", synthetic=False, log=_Log(0, "0" * 64))
        self._named: dict[int, str] = {}
        """Of each entry the item that names it, or `_SEVERAL`: a hundred bytes, however many do."""
        self._count = 0
        self._last = 0
        self._entries = 0
        self._is_sound = True

    def write(self, piece: bytes) -> None:
        if not self._is_sound:
            return
        *lines, self._left = (self._left + piece).split(b"\n")
        self._is_sound = len(self._left) <= LONGEST_LINE and all(map(self._holds, lines))

    def finish(self) -> SeenCustody:
        """What was written; nothing more may come."""
        is_whole = self._read == self._at_end and not self._left and not self._named
        if not self._is_sound or not is_whole:
            return _NONE
        log = self._head.log
        return SeenCustody(
            log.size, log.root, self._head.synthetic, self._entries, is_sound=self._is_sound
        )

    def _holds(self, line: bytes) -> bool:
        if len(line) > LONGEST_LINE:
            return False
        try:
            return self._read(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False

    def _in_head(self, line: bytes) -> bool:
        if not line.endswith(ITEMS):
            return False
        self._head = _HEAD.decode(line.removesuffix(ITEMS) + b"}")
        self._read = self._in_items
        return self._head.format == FORMAT

    def _in_items(self, line: bytes) -> bool:
        if line == ITEMS_END:
            self._read = self._in_entries
            return True
        custody = _ITEM.decode(line.removesuffix(b","))
        for number in custody.entries:
            other = self._named.setdefault(number, custody.item)
            if other != custody.item:
                self._named[number] = _SEVERAL
        self._count += len(custody.entries)
        return self._count <= MOST_NAMED

    def _in_entries(self, line: bytes) -> bool:
        if line == TAIL:
            self._read = self._at_end
            return True
        proved = _ENTRY.decode(line.removesuffix(b","))
        is_next, self._last = proved.entry > self._last, proved.entry
        self._entries += 1
        return is_next and self._is_named(proved) and self._is_in_log(proved)

    def _at_end(self, line: bytes) -> bool:
        """Nothing may come any more."""
        del line
        return False

    def _is_named(self, proved: _Entry) -> bool:
        said = _CANONICAL.decode(proved.canonical)
        item = self._named.pop(proved.entry, None)
        about = said.is_of_many or item == said.object_reference
        return said.sequence == proved.entry and item is not None and about

    def _is_in_log(self, proved: _Entry) -> bool:
        log = self._head.log
        return includes(
            bytes.fromhex(log.root),
            size=log.size,
            leaf=leaf_hash(proved.canonical.encode()),
            index=proved.entry - 1,
            proof=[bytes.fromhex(neighbour) for neighbour in proved.proof],
        )


class CustodyListener:
    """Hears a container go by (`container_reader.MemberListener`); `seen` is what its custody is, None
    while there is none.
    """

    def __init__(self) -> None:
        self.seen: SeenCustody | None = None
        self._reader: CustodyReader | None = None

    def begins(self, name: str, size: int) -> None:
        del size
        self._reader = CustodyReader() if name == CUSTODY_NAME else None

    def takes(self, piece: bytes) -> None:
        if self._reader is not None:
            self._reader.write(piece)

    def ends(self) -> None:
        if self._reader is not None:
            self.seen = self._reader.finish()
