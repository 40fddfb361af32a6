"""What reports have in common beyond their hosts and files: where from, how laid out, how paid for.

- *layout*: an AS with the pattern of a path. Runs of digits, and of letters and digits that read as
  hexadecimal numbers, are each written as `#`: `/Gallery/2931/img_0012.jpg` is `/gallery/#/img_#.jpg`. A
  pattern of a single name without a number (`/index.html`) says nothing and is none.
- *referrer*: without its scheme, its fragment and a last slash, in small letters.
- *payment*: the ways to pay, those that say something, with the kind of site.

A trait is compared by its sign: 63 bits of a keyless digest. It tells two traits apart, and hides
nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from urllib.parse import urlsplit

from cport_desktop.domain.hosts import normalised_host

LONGEST_PATTERN: Final = 200
"""Letters: what follows in a longer path is a program's own."""
MOST_LAYOUTS: Final = 8
"""Of one report: a report with a thousand pictures has one layout, or a few."""
SAYS_NOTHING: Final = frozenset({1, 9})
"""Ways to pay that name none: «not determined», «none» (ICCAM, `paymentMethod`)."""

_NUMBERS: Final = re.compile(r"(?=[0-9a-f]*[0-9])[0-9a-f]{8,}|[0-9]+")


class TraitKind(IntEnum):
    LAYOUT = 1
    REFERRER = 2
    PAYMENT = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What of a report its traits are made of. `places`: URL and AS of each content item."""

    referrer: str | None
    site_type: int | None
    payment_methods: tuple[int, ...]
    places: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Trait:
    """`text` is what a person reads, and what the sign is made of."""

    kind: TraitKind
    text: str

    @property
    def sign(self) -> int:
        """By which it is found: from 0 to 2**63 - 1."""
        said = f"{self.kind.value}\n{self.text}".encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest()) >> 1


def traits_of(told: Told) -> tuple[Trait, ...]:
    """All of a report's traits, each once, its layouts first."""
    found = [*_layouts(told.places)]
    if referrer := plain_referrer(told.referrer or ""):
        found.append(Trait(TraitKind.REFERRER, referrer))
    payment = payment_text(told.payment_methods, told.site_type)
    if payment is not None:
        found.append(Trait(TraitKind.PAYMENT, payment))
    return tuple(found)


def path_pattern(url: str) -> str:
    """The pattern of its path; empty if that says nothing."""
    try:
        path = urlsplit(url.strip()).path
    except ValueError:
        return ""
    pattern = _NUMBERS.sub("#", path.lower())[:LONGEST_PATTERN]
    segments = [part for part in pattern.split("/") if part]
    return pattern if len(segments) > 1 or "#" in pattern else ""


def plain_referrer(url: str) -> str:
    """The referrer as it is compared; empty if there is none."""
    try:
        parts = urlsplit(url.strip())
        host = normalised_host(parts.hostname or "")
    except ValueError:
        return ""
    if not host:
        return ""
    asked = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{asked}".lower()


def payment_text(methods: Iterable[int], site_type: int | None) -> str | None:
    """Kind of site and ways to pay as codes; None if one of them is not told."""
    told = sorted(set(methods) - SAYS_NOTHING)
    if not told or site_type is None:
        return None
    return f"{site_type}:{','.join(map(str, told))}"


def _layouts(places: Iterable[tuple[str, int | None]]) -> list[Trait]:
    found: dict[str, None] = {}
    for url, system in places:
        pattern = path_pattern(url) if system is not None else ""
        if pattern:
            found[f"AS{system} {pattern}"] = None
        if len(found) == MOST_LAYOUTS:
            break
    return [Trait(TraitKind.LAYOUT, text) for text in found]
