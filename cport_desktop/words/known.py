"""Sentences about known material: hash lists, hits, and what is refused of a file of digests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

PORTAL_LIST = "the portal's own list: it is withdrawn there"
WITHDRAWN_ALREADY = "it is withdrawn already"
WITHDRAWAL = "withdrawing a hash list"
A_FORMAT = "kind of file"
AN_IMPORT = "a hash list is being read in"

_ENDED: Final[Mapping[str, str]] = {
    "entry_withdrawn": "the entry was taken back",
    "entry_corrected": "the entry was corrected",
    "list_withdrawn": "the whole list was withdrawn",
}
_TURNS: Final[Mapping[str, str]] = {
    "upright": "",
    "quarter": "turned by a quarter",
    "half": "upside down",
    "three_quarters": "turned by three quarters",
    "flipped": "flipped",
    "mirrored": "mirrored",
    "transposed": "mirrored and turned",
    "transversed": "mirrored and turned the other way",
}
_REFUSED: Final[Mapping[str, str]] = {
    "no_digest": "no digest where one should be",
    "length": "as long as no digest that is matched",
    "algorithm": "a digest of another kind than its length",
    "empty_input": "the digest of an empty file, which every empty file has",
    "escape": "a name that is escaped in no known way",
    "too_long": "longer than a line may be",
}
_ORIGINS: Final[Mapping[str, str]] = {"portal": "from the portal", "file": "from a file"}

REJECTS_CLEAR = "Refused lines of the list, names of files in them included, are written in the clear to {path}."
REJECTS_CARE = (
    "Keep that file where the list itself is kept, and delete it when the list is mended."
)
NOT_KNOWN = "On no hash list."
NO_TEXT = "nothing that reads as a digest"
BINARY = "bytes that no text has"
EMPTY = "nothing at all"


def verdict(*, is_harmless: bool, lists: Sequence[str]) -> str:
    """`Known (Synthetic shapes).`; `Known to be harmless (…).`"""
    told = "Known to be harmless" if is_harmless else "Known"
    return f"{told} ({', '.join(lists)})."


def ended(by: str, reason: str | None) -> str:
    """Why a hit stands no more."""
    told = _ENDED.get(by, by)
    return f"{told}: {reason}" if reason else told


def likeness(algorithm: str, distance: int, turn: str, share: int | None) -> str:
    """`same bytes (SHA-256)`; `PDQ, 12 bits apart, mirrored`; `87 % of its frames, 9 bits apart`."""
    if algorithm in {"md5", "sha1", "sha256"}:
        return f"same bytes ({_ALGORITHMS[algorithm]})"
    apart = f"{distance} {'bit' if distance == 1 else 'bits'} apart"
    if share is not None:
        return f"{share} % of its frames, {apart}"
    return ", ".join(part for part in ("PDQ", apart, _TURNS.get(turn, turn)) if part)


def refused(reason: str) -> str:
    """Why a line of a file of digests was refused."""
    return _REFUSED.get(reason, reason)


def origin(word: str) -> str:
    """How a list came here."""
    return _ORIGINS.get(word, word)


_ALGORITHMS: Final[Mapping[str, str]] = {"md5": "MD5", "sha1": "SHA-1", "sha256": "SHA-256"}
