"""Sentences about known material: hash lists, hits, and what is refused of a file of digests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cport_desktop.words.tongue import tr, tr_many

PORTAL_LIST = tr("the portal’s own list: it is withdrawn there")
WITHDRAWN_ALREADY = tr("it is withdrawn already")
WITHDRAWAL = tr("Withdrawing a hash list")
A_FORMAT = tr("kind of file")
AN_IMPORT = tr("reading in a hash list")

_ENDED: Final[Mapping[str, str]] = {
    "entry_withdrawn": tr("the entry was taken back"),
    "entry_corrected": tr("the entry was corrected"),
    "list_withdrawn": tr("the whole list was withdrawn"),
}
_TURNS: Final[Mapping[str, str]] = {
    "upright": "",
    "quarter": tr("turned by a quarter"),
    "half": tr("upside down"),
    "three_quarters": tr("turned by three quarters"),
    "flipped": tr("flipped"),
    "mirrored": tr("mirrored"),
    "transposed": tr("mirrored and turned"),
    "transversed": tr("mirrored and turned the other way"),
}
_REFUSED: Final[Mapping[str, str]] = {
    "no_digest": tr("no digest where one should be"),
    "length": tr("as long as no digest that is matched"),
    "algorithm": tr("a digest of another kind than its length"),
    "empty_input": tr("the digest of an empty file, which every empty file has"),
    "escape": tr("a name that is escaped in no known way"),
    "too_long": tr("longer than a line may be"),
    "malformed": tr("not of the shape that this kind of file has"),
    "not_matched": tr("a digest of a kind that is not matched here"),
    "low_quality": tr("a PDQ digest of a picture that is too plain to be told from others"),
    "contradiction": tr("two digests of one kind, and they differ"),
    "category": tr("a category that is no code"),
    "taken_back": tr("taken back by the list itself"),
    "harmless": tr("said by the list itself to be harmless"),
}
_ORIGINS: Final[Mapping[str, str]] = {
    "portal": tr("from the portal"),
    "file": tr("from a file"),
    "made": tr("made here"),
}

REJECTS_CLEAR = tr(
    "Refused lines of the list, names of files in them included, are written in the clear to {path}."
)
REJECTS_CARE = tr(
    "Keep that file where the list itself is kept, and delete it when the list is mended."
)
NOT_KNOWN = tr("On no hash list.")


def verdict(*, is_harmless: bool, lists: Sequence[str]) -> str:
    """`Known (Synthetic shapes).`; `Known to be harmless (…).`"""
    named = ", ".join(lists)
    if is_harmless:
        return tr("Known to be harmless ({lists}).", lists=named)
    return tr("Known ({lists}).", lists=named)


def ended(by: str, reason: str | None) -> str:
    """Why a hit stands no more."""
    told = _ENDED.get(by, by)
    return f"{told}: {reason}" if reason else told


def likeness(algorithm: str, distance: int, turn: str, share: int | None) -> str:
    """`same bytes (SHA-256)`; `PDQ, 12 bits apart, mirrored`; `87 % of its frames, 9 bits apart`."""
    if algorithm in _ALGORITHMS:
        return tr("same bytes ({algorithm})", algorithm=_ALGORITHMS[algorithm])
    apart = tr_many("{count} bit apart", "{count} bits apart", distance)
    if share is not None:
        return tr("{share} % of its frames, {bits_apart}", share=share, bits_apart=apart)
    return ", ".join(part for part in ("PDQ", apart, _TURNS.get(turn, turn)) if part)


def refused(reason: str) -> str:
    """Why a line of a file of digests was refused."""
    return _REFUSED.get(reason, reason)


def origin(word: str) -> str:
    """How a list came here."""
    return _ORIGINS.get(word, word)


_ALGORITHMS: Final[Mapping[str, str]] = {
    "md5": "MD5",
    "sha1": "SHA-1",
    "sha256": "SHA-256",
}
