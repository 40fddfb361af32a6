"""What an update brings, how it differs from what is in force, and how old each part is.

A bundle carries parts, each with a version and a day of its own. Nothing here reads or writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class PartKind(StrEnum):
    APPLICATION = "application"
    SUFFIXES = "suffixes"
    SERVICES = "services"
    CRITERIA = "criteria"
    TAXONOMY = "taxonomy"
    REGION_PROFILE = "region-profile"
    REVOCATIONS = "revocations"
    HASH_LIST = "hash-list"


@dataclass(frozen=True, slots=True)
class Part:
    """`name` tells hash lists apart and is "" for all other kinds. `day`: when it was made; None where
    nobody says so (what came with the program). `size` in bytes. `platform` and `schema` (how many
    migrations its vaults have been through) are an application's alone.
    """

    kind: PartKind
    version: str
    day: date | None
    sha256: str = ""
    size: int = 0
    name: str = ""
    source: str = ""
    platform: str = ""
    schema: int = 0
    is_negative: bool = False

    @property
    def key(self) -> tuple[PartKind, str]:
        return self.kind, self.name


@dataclass(frozen=True, slots=True)
class Revocations:
    """What may be used no more. `below`: versions of the application before this one; "" for none.
    `versions`: single ones. `signers`: SHA-256 of certificates, in hex.
    """

    below: str = ""
    versions: frozenset[str] = frozenset()
    signers: frozenset[str] = frozenset()

    def forbids(self, version: str) -> bool:
        """An application of this version is not to be run."""
        is_low = bool(self.below) and is_older(version, self.below)
        return is_low or version in self.versions

    def with_those_of(self, other: Revocations) -> Revocations:
        """What either says: a revocation is never taken back."""
        below = max((self.below, other.below), key=lambda each: numbers(each) if each else ())
        return Revocations(below, self.versions | other.versions, self.signers | other.signers)


class Standing(StrEnum):
    NEW = "new"
    """Nothing of it was in force."""
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    """It was made before what is in force."""


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a bundle beside what is in force of it (`before`: None for nothing)."""

    part: Part
    before: Part | None
    standing: Standing


VERSION: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")
"""Of an application: it is the name of a folder, so it is nothing else."""


def numbers(version: str) -> tuple[int, ...]:
    """`0.10` is later than `0.9`, and `1.0` no later than `1`.

    Raises:
        ValueError: it is no version of an application.
    """
    if not VERSION.fullmatch(version):
        raise ValueError(version)
    found = [int(part) for part in version.split(".")]
    while found and found[-1] == 0:
        found.pop()
    return tuple(found)


def is_older(version: str, other: str) -> bool:
    return numbers(version) < numbers(other)


def changes_of(brought: Iterable[Part], in_force: Iterable[Part]) -> tuple[Change, ...]:
    """Each part that is brought, in the order of kinds and names."""
    here: Mapping[tuple[PartKind, str], Part] = {part.key: part for part in in_force}
    order = list(PartKind)
    found = sorted(brought, key=lambda part: (order.index(part.kind), part.name))
    return tuple(Change(part, here.get(part.key), _standing(part, here)) for part in found)


def _standing(part: Part, here: Mapping[tuple[PartKind, str], Part]) -> Standing:
    before = here.get(part.key)
    if before is None:
        return Standing.NEW
    if part.kind is PartKind.APPLICATION:
        if is_older(part.version, before.version):
            return Standing.OLDER
        return Standing.NEWER if is_older(before.version, part.version) else Standing.SAME
    if part.version == before.version and before.sha256 in ("", part.sha256):
        return Standing.SAME
    if before.day is not None and part.day is not None and part.day < before.day:
        return Standing.OLDER
    return Standing.NEWER


OLD_AFTER: Final[Mapping[PartKind, timedelta]] = {
    PartKind.APPLICATION: timedelta(days=365),
    PartKind.SUFFIXES: timedelta(days=180),
    PartKind.HASH_LIST: timedelta(days=90),
    PartKind.REVOCATIONS: timedelta(days=180),
}
"""From which age on a part is called old. Suffixes change weekly, but few of them matter to a unit within
half a year; lists of digests and revocations work only while they come. What is not here changes when
somebody decides so, and is never old by itself.
"""


def age_of(part: Part, today: date) -> timedelta | None:
    """None where nobody says of when it is, or where this machine's day lies before it: a clock that is
    behind tells no age.
    """
    if part.day is None or today < part.day:
        return None
    return today - part.day


def is_old(part: Part, today: date) -> bool:
    age, limit = age_of(part, today), OLD_AFTER.get(part.kind)
    return age is not None and limit is not None and age >= limit
