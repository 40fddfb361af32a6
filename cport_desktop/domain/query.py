"""A parsed query over reports: a conjunction of conditions (first form of the language).

garden files*           both words, the second as a prefix
"exact phrase"          words in this order
host:NL class:baseline  field and value; several values with commas: class:baseline,national
received:2026-01..2026-03 received:<30d received:2026-05-17
-is:decided has:video   negation, states and possessions
url:/path/part          part of a URL
list:NAME distance:<=20 on that hash list; some hit at most so many bits apart
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Field(StrEnum):
    """Fields of the query language that reports answer to."""

    REF = "ref"
    URL = "url"
    DOMAIN = "domain"
    HOST = "host"
    ASSIGNED = "assigned"
    IP = "ip"
    ASN = "asn"
    PROVIDER = "provider"
    SITE = "site"
    COMMERCIAL = "commercial"
    PAYMENT = "payment"
    CLASS = "class"
    AGE = "age"
    GENDER = "gender"
    HOTLINE = "hotline"
    RECEIVED = "received"
    UPDATED = "updated"
    ACTION = "action"
    STATUS = "status"
    KIND = "kind"
    SHA256 = "sha256"
    SHA1 = "sha1"
    MD5 = "md5"
    LIST = "list"
    DISTANCE = "distance"


class Is(StrEnum):
    NEW = "new"
    DECIDED = "decided"
    UNDECIDED = "undecided"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    DUPLICATE = "duplicate"
    HELD = "held"
    KNOWN = "known"
    HARMLESS = "harmless"


class Has(StrEnum):
    MEDIA = "media"
    IMAGE = "image"
    VIDEO = "video"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Words:
    """One word, a prefix, or several words in order (a phrase)."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class FieldIs:
    """`field` equals one of `values`, already in the form of the columns: codes as digits,
    countries upper case, hosts lower case.
    """

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldContains:
    """`text` is a part of `field` (URL, provider), letter case aside."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Between:
    """`field` lies in [`start`, `end`), either side open if None; UTC."""

    field: Field
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Within:
    """`field`, a number, lies in [`least`, `most`]."""

    field: Field
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class IsState:
    state: Is


@dataclass(frozen=True, slots=True)
class HasThing:
    thing: Has


@dataclass(frozen=True, slots=True)
class Not:
    condition: Words | FieldIs | FieldContains | Between | Within | IsState | HasThing


Condition = Words | FieldIs | FieldContains | Between | Within | IsState | HasThing | Not


@dataclass(frozen=True, slots=True)
class Query:
    """All conditions must hold; none at all means every report."""

    conditions: tuple[Condition, ...] = ()
