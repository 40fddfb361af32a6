"""Lists by which domains are judged, as files: texts of the criteria, legitimate services.

    {"version":"2026-11-01","few_reports":3,"unseen_days":92,"review_days":92,"texts":[{"version":"current",
     "title":"…","source":"…","agencies":1,"countries":1,"criteria":[{"code":"1","title":"…",
     "rule":"classification","met":[1],"not_met":[4]}]}]}
    {"version":"2026-11-01","services":[["gov","public administration"]],"shared":["pages.test"]}

Names are in A-labels or U-labels; a service holds for what lies beneath its name, too.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from cport_desktop.domain.criteria import CriteriaBook, CriteriaText, CriterionRule, CriterionText
from cport_desktop.domain.domain_facts import Services
from cport_desktop.domain.hosts import LONGEST_HOST, normalised_host
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode, require_sound

LONGEST = 4 * 1024 * 1024
"""Bytes: the texts have 2 KiB, a list of a hundred thousand services 4 MiB."""
MOST_NAMES = 100_000

Version = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
"""A day, so that the later of two files is told."""
Days = Annotated[int, Meta(ge=1, le=3_660)]
Few = Annotated[int, Meta(ge=0, le=1_000)]
Reviews = Annotated[int, Meta(ge=1, le=10)]
HostName = Annotated[str, Meta(min_length=1, max_length=LONGEST_HOST)]


class WireCriterion(msgspec.Struct):
    code: bounds.NonEmpty
    title: bounds.Name
    rule: CriterionRule
    met: tuple[bounds.Code, ...] = ()
    not_met: tuple[bounds.Code, ...] = ()
    by_class: tuple[bounds.Code, ...] = ()
    days: Days = 92


class WireText(msgspec.Struct):
    version: bounds.NonEmpty
    title: bounds.Name
    source: bounds.Name
    agencies: Reviews
    countries: Reviews
    criteria: Annotated[tuple[WireCriterion, ...], Meta(min_length=1, max_length=40)]


class WireBook(msgspec.Struct):
    version: Version
    few_reports: Few
    unseen_days: Days
    review_days: Days
    texts: Annotated[tuple[WireText, ...], Meta(min_length=1, max_length=20)]


class WireServices(msgspec.Struct):
    version: Version
    services: Annotated[tuple[tuple[HostName, bounds.Name], ...], Meta(max_length=MOST_NAMES)]
    shared: Annotated[tuple[HostName, ...], Meta(max_length=MOST_NAMES)] = ()


_BOOK = msgspec.json.Decoder(WireBook)
_SERVICES = msgspec.json.Decoder(WireServices)


def parse_criteria(untrusted: bytes) -> CriteriaBook:
    """The texts in the file.

    Raises:
        MalformedMessage: it is none, or a text or a code stands in it twice.
        MessageTooLarge: it is longer than `LONGEST`.
    """
    require_sound(untrusted, limit=LONGEST)
    wire = decode(_BOOK, untrusted, "$")
    for codes in (
        [t.version for t in wire.texts],
        *([c.code for c in t.criteria] for t in wire.texts),
    ):
        if len(set(codes)) != len(codes):
            raise MalformedMessage(where="$.texts", cause="a version or a code twice")
    return CriteriaBook(
        version=wire.version,
        few_reports=wire.few_reports,
        unseen_days=wire.unseen_days,
        review_days=wire.review_days,
        texts=tuple(_text(text) for text in wire.texts),
    )


def parse_services(untrusted: bytes) -> Services:
    """The names in the file.

    Raises:
        MalformedMessage: it is no such list.
        MessageTooLarge: it is longer than `LONGEST`.
    """
    require_sound(untrusted, limit=LONGEST)
    wire = decode(_SERVICES, untrusted, "$")
    return Services(
        version=wire.version,
        legitimate=tuple((normalised_host(name), what) for name, what in wire.services),
        shared=tuple(normalised_host(name) for name in wire.shared),
    )


def _text(wire: WireText) -> CriteriaText:
    return CriteriaText(
        version=wire.version,
        title=wire.title,
        source=wire.source,
        agencies=wire.agencies,
        countries=wire.countries,
        criteria=tuple(
            CriterionText(c.code, c.title, c.rule, c.met, c.not_met, c.by_class, c.days)
            for c in wire.criteria
        ),
    )
