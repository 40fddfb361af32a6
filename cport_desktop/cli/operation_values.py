"""What people type for operations, taken apart: times, digests, criteria."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final

from cport_desktop.domain.operation import (
    DIGITS,
    Criterion,
    CriterionState,
    HashAlgorithm,
    HashEntry,
)
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import ValueUnknown

_FROM_NOW: Final = re.compile(r"(\d{1,4})([hd])\Z")
_HEX: Final = re.compile(r"[0-9a-f]+\Z")
_BY_LENGTH: Final = {
    DIGITS[algorithm]: algorithm
    for algorithm in (
        HashAlgorithm.MD5,
        HashAlgorithm.SHA1,
        HashAlgorithm.SHA256,
        HashAlgorithm.SHA512,
    )
}
"""Sixty-four digits alone are SHA-256; who means PDQ says so."""


def classification(taxonomy: Taxonomy, word: str) -> int:
    """The number of a code of the classification list.

    Raises:
        ValueUnknown: there is none of this name or number.
    """
    codes = taxonomy["classification"]
    number = codes.number(word)
    if number is None:
        accepted = ", ".join(code.key for code in codes.codes)
        raise ValueUnknown(what="classification", value=word, accepted=accepted)
    return number


def moment(text: str, *, now: datetime) -> datetime:
    """`14d` and `48h` from `now`, a date as its end, or a time; UTC unless it says otherwise.

    Raises:
        ValueUnknown: none of these.
    """
    if relative := _FROM_NOW.match(text):
        number = int(relative[1])
        return now + (timedelta(hours=number) if relative[2] == "h" else timedelta(days=number))
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        accepted = "2026-12-24, 2026-12-24T12:00:00Z, 48h, 14d"
        raise ValueUnknown(what="time", value=text, accepted=accepted) from error
    if "T" not in text and " " not in text:
        found = datetime.combine(found.date(), time(23, 59, 59))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def hash_entry(text: str) -> HashEntry:
    """`sha256:e3b0…`, or a digest whose length tells its algorithm.

    Raises:
        ValueUnknown: an algorithm or a length that is not known.
    """
    name, colon, rest = text.strip().lower().partition(":")
    digest = rest.strip() if colon else name
    algorithm = _algorithm(name) if colon else _BY_LENGTH.get(len(digest))
    if algorithm is None or len(digest) != DIGITS[algorithm] or not _HEX.match(digest):
        accepted = ", ".join(f"{known.value} ({digits} digits)" for known, digits in DIGITS.items())
        raise ValueUnknown(what="digest", value=text.strip(), accepted=accepted)
    return HashEntry(algorithm, digest)


def criterion(text: str) -> Criterion:
    """`3=met`, `4=undetermined:last seen in May`.

    Raises:
        ValueUnknown: no state of a criterion.
    """
    code, _, rest = text.partition("=")
    state, _, note = rest.partition(":")
    try:
        return Criterion(
            code.strip(), CriterionState(state.strip().replace("-", "_")), note.strip()
        )
    except ValueError as error:
        accepted = ", ".join(f"CODE={known.value}" for known in CriterionState)
        raise ValueUnknown(what="criterion", value=text, accepted=accepted) from error


def _algorithm(name: str) -> HashAlgorithm | None:
    return next((known for known in HashAlgorithm if known.value == name), None)
