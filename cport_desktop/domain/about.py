"""What a note, a tag, a flag, a task or an item of a case is about: one thing, by its kind and reference.

    HL-17            a report, by its number
    M-5              a media item, by its number
    5f0c6b1e…        a content, by the SHA-256 that was announced of it (64 digits)
    name.example     a domain or host
    hotline:12       a hotline, by its number
    C-3              a case, by its number

`about_named(str(about)) == about`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cport_desktop.domain.hosts import LONGEST_HOST, is_address, normalised_host, refanged
from cport_desktop.domain.ids import (
    MEDIA_PREFIX,
    REPORT_PREFIX,
    HotlineId,
    MediaId,
    ReportId,
)

CASE_PREFIX: Final = "C-"
HOTLINE_PREFIX: Final = "hotline:"
_LONGEST_NUMBER: Final = 18
"""Digits: sixty-three bits, since that is what the vault's tables hold."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NAME: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+")


class AboutKind(StrEnum):
    """The words are those of the tables."""

    REPORT = "report"
    MEDIA = "media"
    CONTENT = "content"
    DOMAIN = "domain"
    HOTLINE = "hotline"
    CASE = "case"


_PREFIXES: Final[Mapping[AboutKind, str]] = {
    AboutKind.REPORT: REPORT_PREFIX,
    AboutKind.MEDIA: MEDIA_PREFIX,
    AboutKind.CASE: CASE_PREFIX,
    AboutKind.HOTLINE: HOTLINE_PREFIX,
}


@dataclass(frozen=True, slots=True)
class About:
    """`reference`: a number where things of this kind have one, else the digest or the name."""

    kind: AboutKind
    reference: int | str

    def __str__(self) -> str:
        """As people read and type it."""
        return f"{_PREFIXES.get(self.kind, '')}{self.reference}"

    @property
    def number(self) -> int:
        """Of a thing that has one."""
        return int(self.reference)


def of_report(report: ReportId) -> About:
    return About(AboutKind.REPORT, int(report))


def of_media(media: MediaId) -> About:
    return About(AboutKind.MEDIA, int(media))


def of_hotline(hotline: HotlineId) -> About:
    return About(AboutKind.HOTLINE, int(hotline))


def of_case(number: int) -> About:
    return About(AboutKind.CASE, number)


def of_domain(name: str) -> About:
    """A domain or host, as it stands in the replica: lower case, in A-labels."""
    return About(AboutKind.DOMAIN, normalised_host(name))


def about_named(text: str) -> About | None:
    """What `text` names; a bare number is a report. None if it names nothing."""
    typed = text.strip()
    for read in _READERS:
        if (found := read(typed)) is not None:
            return found
    return None


def case_number(text: str) -> int | None:
    """`C-12`, `c-12` or `12` → 12; None if it is none of these."""
    return _number(text.strip().upper().removeprefix(CASE_PREFIX))


def _prefixed(text: str) -> About | None:
    for kind, prefix in _PREFIXES.items():
        if text.upper().startswith(prefix.upper()):
            number = _number(text[len(prefix) :])
            return None if number is None else About(kind, number)
    return None


def _bare_number(text: str) -> About | None:
    number = _number(text)
    return None if number is None else About(AboutKind.REPORT, number)


def _digest(text: str) -> About | None:
    return About(AboutKind.CONTENT, text.lower()) if _DIGEST.fullmatch(text.lower()) else None


def _name(text: str) -> About | None:
    name = normalised_host(refanged(text))
    if len(name) > LONGEST_HOST:
        return None
    is_meant = (
        is_address(name) and not name.isalnum()
    )  # A long number is no address that anybody types.
    return About(AboutKind.DOMAIN, name) if is_meant or _NAME.fullmatch(name) else None


def _number(digits: str) -> int | None:
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER
    return int(digits) if is_number else None


_READERS: Final[tuple[Callable[[str], About | None], ...]] = (
    _prefixed,
    _bare_number,
    _digest,
    _name,
)
