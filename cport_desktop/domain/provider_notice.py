"""Word to the provider that hosts something: a draft after XARF v4, sent by another channel.

Source of fields and codes: XARF v4 (xarf/xarf-spec), core schema and `content/csam`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class XarfClass(StrEnum):
    """The classifications that XARF knows."""

    BASELINE = "baseline"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"


class Detection(StrEnum):
    """How it was found, in the words of XARF."""

    MANUAL_REVIEW = "manual_review"
    """A person assessed it."""
    USER_REPORT = "user_report"
    """Somebody reported it, and nobody has assessed it."""


MEDIA_TYPES: Final = frozenset({"image", "video", "audio"})
MIXED: Final = "mixed"


_NAMED_USER: Final = re.compile(r"(\A\s*[A-Za-z][A-Za-z0-9+.-]*:[/\\]*)[^/\\?#]*@")


@dataclass(frozen=True, slots=True)
class XarfCodes:
    """A table from classifications of the network to those of XARF: data that others can replace.
    `code_list`: the version of the code lists that it speaks of.
    """

    version: str
    code_list: str
    of_classification: Mapping[int, XarfClass] = field(default_factory=dict)

    def class_of(self, classification: int) -> XarfClass | None:
        """What the table says; None if it says nothing."""
        return self.of_classification.get(classification)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes. `contact`: an address for mail."""

    org: str
    contact: str

    @property
    def domain(self) -> str:
        """Of the address."""
        return self.contact.rpartition("@")[2].lower()


def located(url: str) -> str:
    """`url` as it finds the page, without the name and the password of anybody: those of a person are
    nothing that a provider needs, and those of a hotline are a secret.
    """
    return _NAMED_USER.sub(r"\1", url, count=1)


@dataclass(frozen=True, slots=True)
class ProviderNotice:
    """Everything that a notice says. `source`: the address or the host that it is about; `domain`: empty
    where that is no name; `country`: two letters, or None; `received_at`: when the report came.
    `digests`: by algorithm (md5, sha1, sha256), of the one file.
    """

    notice_id: str
    received_at: datetime
    sender: Sender
    source: str
    url: str
    domain: str
    classification: XarfClass
    detection: Detection
    is_synthetic: bool
    provider: str | None = None
    autonomous_system: int | None = None
    country: str | None = None
    media_type: str | None = None
    digests: tuple[tuple[str, str], ...] = ()
    verified_at: datetime | None = None
