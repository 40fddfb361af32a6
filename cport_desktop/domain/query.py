"""A parsed query: a tree of conditions. Its text is `domain.query_language`'s matter.

A tree has one form for one meaning of its brackets: groups within groups of the same kind are
drawn into them, a group of one is that one, and nothing is negated twice (`all_of`, `any_of`,
`opposite`). So what is printed and read again is equal to what was printed.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from cport_desktop.domain.ids import AnalystId


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
    ASSIGNED_ON = "assigned-on"
    CAME = "came"
    STACK = "stack"
    CASE = "case"
    TAG = "tag"
    NOTE = "note"
    SEEN = "seen"
    BY = "by"


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
    FLAGGED = "flagged"
    OVERDUE = "overdue"
    ASSIGNED_TO_ME = "assigned-to-me"
    EXPORTED = "exported"
    IMPORTED = "imported"


class Has(StrEnum):
    MEDIA = "media"
    IMAGE = "image"
    VIDEO = "video"
    ACTION = "action"
    MATCH = "match"
    NOTE = "note"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Words:
    """One word, a prefix, or several words in order (a phrase)."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class FieldIs:
    """`field` equals one of `values`, already in the form of the columns: codes as digits,
    countries upper case, hosts lower case, providers in lower ASCII letters.
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
    """`field` lies in [`start`, `end`), either side open if None; UTC. `said`: the span in the words
    of the query, such as `<30d`, which is another span on another day.
    """

    field: Field
    start: datetime | None
    end: datetime | None
    said: str = ""


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


Leaf = Words | FieldIs | FieldContains | Between | Within | IsState | HasThing


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    """Two conditions or more, none of them an `AllOf`."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Two conditions or more, none of them an `AnyOf`."""

    conditions: tuple[Condition, ...]


Condition = Leaf | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """All conditions must hold, and none is an `AllOf`; none at all means everything. `asker`: the
    analyst who asks, for conditions that speak of oneself. `since`: only what came or changed after
    the arrival of this number.
    """

    conditions: tuple[Condition, ...] = ()
    asker: AnalystId | None = None
    since: int = 0


_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def provider_key(name: str) -> str:
    """A provider's name as the columns have it: the case of ASCII letters does not count there."""
    return name.translate(_SMALL)


def query_of(condition: Condition) -> Query:
    """The query that asks for what meets `condition`."""
    return Query(condition.conditions if isinstance(condition, AllOf) else (condition,))


def all_of(conditions: Iterable[Condition]) -> Condition:
    """One condition that holds where all of `conditions`, one at least, do."""
    drawn_in = tuple(
        inner
        for each in conditions
        for inner in (each.conditions if isinstance(each, AllOf) else (each,))
    )
    return drawn_in[0] if len(drawn_in) == 1 else AllOf(drawn_in)


def any_of(conditions: Iterable[Condition]) -> Condition:
    """One condition that holds where any of `conditions`, one at least, does."""
    drawn_in = tuple(
        inner
        for each in conditions
        for inner in (each.conditions if isinstance(each, AnyOf) else (each,))
    )
    return drawn_in[0] if len(drawn_in) == 1 else AnyOf(drawn_in)


def opposite(condition: Condition) -> Condition:
    """What holds where `condition` does not."""
    return condition.condition if isinstance(condition, Not) else Not(condition)


def leaves(query: Query) -> Iterator[Leaf]:
    """Every condition of `query` that has no other within it, from left to right."""
    waiting: list[Condition] = [*reversed(query.conditions)]
    while waiting:
        match waiting.pop():
            case Not(inner):
                waiting.append(inner)
            case AllOf(inner) | AnyOf(inner):
                waiting.extend(reversed(inner))
            case leaf:
                yield leaf


def with_instead(query: Query, wanted: Leaf, told: Condition) -> Query:
    """`query`, where `told` stands in the place of each `wanted`."""

    def told_in(condition: Condition) -> Condition:
        match condition:
            case Not(inner):
                return opposite(told_in(inner))
            case AllOf(inner):
                return all_of(map(told_in, inner))
            case AnyOf(inner):
                return any_of(map(told_in, inner))
            case leaf:
                return told if leaf == wanted else leaf

    if not query.conditions:
        return query
    found = query_of(all_of(map(told_in, query.conditions)))
    return replace(query, conditions=found.conditions)
