"""One entry out of the digests that a row has: checked, or refused with why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from cport_desktop.domain.known import DIGEST_BYTES, EMPTY_INPUT, Algorithm
from cport_desktop.domain.likeness import COMPARABLE_QUALITY
from cport_desktop.formats.hash_list_file import (
    LONGEST_CATEGORY,
    LONGEST_NAME,
    Digest,
    Listed,
    Refusal,
)

BY_WORD: Final[Mapping[str, Algorithm]] = {
    "md5": Algorithm.MD5,
    "sha1": Algorithm.SHA1,
    "sha256": Algorithm.SHA256,
    "sha2256": Algorithm.SHA256,
    "pdq": Algorithm.PDQ,
    "xpdq": Algorithm.PDQ,
    "pdqhash": Algorithm.PDQ,
}
"""Algorithms by their names as `plain_word` leaves them."""
BY_LENGTH: Final[Mapping[int, Algorithm]] = {
    2 * DIGEST_BYTES[algorithm]: algorithm
    for algorithm in (Algorithm.MD5, Algorithm.SHA1, Algorithm.SHA256)
}
"""Characters of a digest that says nothing else of itself. 64 are SHA-256: PDQ must be named."""
LARGEST_QUALITY: Final = 100

Told = tuple[Algorithm | None, str]
"""An algorithm, None if the length tells it, and hexadecimal digits."""


def plain_word(word: str) -> str:
    """`SHA-256`, `sha_256` and `Sha256` are one word."""
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def entry_of(
    told: Iterable[Told],
    *,
    name: str | None = None,
    quality: int | None = None,
    category: str | None = None,
    rest: str | None = None,
) -> Listed | Refusal:
    """The entry with these digests; empty ones say nothing. A single digest that is none refuses the
    whole row: whoever wrote it wrote something else than its columns say.
    """
    if quality is not None and not 0 <= quality <= LARGEST_QUALITY:
        return Refusal.MALFORMED
    found: dict[Algorithm, bytes] = {}
    is_plain = False
    for algorithm, digits in told:
        text = digits.strip()
        if not text:
            continue
        read = _digest(algorithm, text)
        if isinstance(read, Refusal):
            return read
        kind, digest = read
        if kind is Algorithm.PDQ and quality is not None and quality < COMPARABLE_QUALITY:
            is_plain = True
        elif found.setdefault(kind, digest) != digest:
            return Refusal.CONTRADICTION
    if not found:
        return Refusal.LOW_QUALITY if is_plain else Refusal.NO_DIGEST
    if category is not None and len(category) > LONGEST_CATEGORY:
        return Refusal.CATEGORY
    return Listed(
        tuple(sorted(found.items())) if len(found) > 1 else tuple(found.items()),
        name[:LONGEST_NAME] if name else None,
        quality if Algorithm.PDQ in found else None,
        category,
        rest,
    )


def _digest(algorithm: Algorithm | None, text: str) -> Digest | Refusal:
    try:
        digest = bytes.fromhex(text)
    except ValueError:
        return Refusal.NO_DIGEST
    kind = BY_LENGTH.get(len(text)) if algorithm is None else algorithm
    if kind is None:
        return Refusal.LENGTH
    # Blanks between digits are passed over by `fromhex`, and by nobody else.
    if len(text) != 2 * DIGEST_BYTES[kind] or len(digest) != DIGEST_BYTES[kind]:
        return Refusal.ALGORITHM
    return Refusal.EMPTY_INPUT if digest in EMPTY_INPUT else (kind, digest)
