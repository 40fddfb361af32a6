"""Which member of the dialect is which of the portal's report document, object by object: data, and
the two functions that follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec

from cport_desktop.formats.iccam.moments import as_ours
from cport_desktop.formats.raw_json import elements, members, print_array, print_object

KEPT = "iccam"
"""The member of our objects that holds what they have no word for, to the byte."""

Members = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Level:
    """One kind of object in both: `names`, theirs to ours; `inner`, objects or arrays of them.

    `moments`: dates. `lists`: arrays, which our document knows no `null` for.
    """

    names: Mapping[str, str]
    moments: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    inner: Mapping[str, Level] = field(default_factory=dict)


def _same(*names: str) -> dict[str, str]:
    return dict(zip(names, names, strict=True))


ORGANIZATION = Level(
    _same("autonomousSystemNumber", "organizationName", "isContentDeliveryNetwork")
)
URL_NAMES = _same(
    "urlString",
    "isSourceUrl",
    "hostingCountryCode",
    "hostingIpAddress",
    "hostingIsp",
    "hostingOrganization",
)
URL = Level(URL_NAMES, inner={"hostingOrganization": ORGANIZATION})
ASSESSMENT = Level(
    _same(
        "assessingAnalystName",
        "assessingHotlineId",
        "assessmentDate",
        "classification",
        "ageCategorization",
        "genderCategorization",
        "virtualContentCategorization",
        "userGeneratedContentCategorization",
        "childModelingCategorization",
    ),
    moments=frozenset({"assessmentDate"}),
)
_ACTION_NAMES = _same("actionType", "analystName", "actionDate", "reasonId", "reasonText")
_ACTION_DATES = frozenset({"actionDate"})
_GIVEN_ACTION = Level(_ACTION_NAMES, moments=_ACTION_DATES)
_SUBMITTED_ACTION = Level(
    {
        "actioningAnalystName" if name == "analystName" else name: own
        for name, own in _ACTION_NAMES.items()
    },
    moments=_ACTION_DATES,
)
GIVEN_CONTENT = Level(
    _same(
        "contentId",
        "contentType",
        "hotlineReference",
        "memo",
        "assignedCountryCode",
        "countryAssignmentDate",
        "url",
        "assessments",
        "actions",
    ),
    moments=frozenset({"countryAssignmentDate"}),
    lists=frozenset({"assessments", "actions"}),
    inner={"url": URL, "assessments": ASSESSMENT, "actions": _GIVEN_ACTION},
)
SUBMITTED_URL = Level(
    _same("contentType", "hotlineReference", "memo", "actions"),
    lists=frozenset({"actions"}),
    inner={"actions": _SUBMITTED_ACTION},
)
_REPORT_NAMES = _same(
    "reportId",
    "reportingHotlineId",
    "hotlineReceivedDate",
    "reportingAnalystName",
    "hotlineReference",
    "memo",
    "referrerUrl",
    "sourceUrlUsername",
    "sourceUrlPassword",
    "sourceUrlSiteType",
    "sourceUrlCommerciality",
    "sourceUrlPaymentMethods",
)
_REPORT_DATES = frozenset({"hotlineReceivedDate"})
_REPORT_LISTS = frozenset({"sourceUrlPaymentMethods"})
GIVEN_REPORT = Level(_REPORT_NAMES, _REPORT_DATES, _REPORT_LISTS)
SUBMITTED_REPORT = Level(
    {
        "sourceUrlReferrer" if name == "referrerUrl" else name: own
        for name, own in _REPORT_NAMES.items()
        if name not in ("reportId", "reportingHotlineId")
    },
    _REPORT_DATES,
    _REPORT_LISTS,
)


def in_our_words(level: Level, said: Members) -> Members:
    """An object of the dialect as ours; what ours has no word for is in its `KEPT`."""
    ours: Members = {}
    left: Members = {}
    for name, value in said.items():
        own = level.names.get(name)
        if own is None or (value == b"null" and name in level.lists):
            left[name] = value
        elif name in level.inner:
            ours[own] = each_inner(level.inner[name], value, in_our_words)
        elif name in level.moments:
            ours[own] = _moment(value)
            if ours[own] != value:
                left[name] = value
        else:
            ours[own] = value
    return ours | {KEPT: print_object(left)} if left else ours


def in_their_words(level: Level, ours: Members) -> Members:
    """An object of ours as the dialect's; what it was kept with is back in its place."""
    left = _kept(ours)
    theirs: Members = {}
    for name, own in level.names.items():
        value = ours.get(own)
        if value is None:
            continue
        if name in level.inner:
            theirs[name] = each_inner(level.inner[name], value, in_their_words)
        elif name in left and name in level.moments and _moment(left[name]) == value:
            theirs[name] = left[name]
        else:
            theirs[name] = value
    return left | theirs


def _kept(ours: Members) -> Members:
    left = ours.get(KEPT, b"{}")
    return members(left) if left.startswith(b"{") else {}


def each_inner(level: Level, value: bytes, turn: Callable[[Level, Members], Members]) -> bytes:
    """`value`, an object, an array of objects or `null`, each object turned."""
    if value.startswith(b"["):
        return print_array([each_inner(level, each, turn) for each in elements(value)])
    return print_object(turn(level, members(value))) if value.startswith(b"{") else value


def _moment(value: bytes) -> bytes:
    text = msgspec.json.decode(value, type=str | None)
    return value if text is None else json_of(as_ours(text))


def json_of(value: object) -> bytes:
    """`value` as JSON."""
    return msgspec.json.encode(value)
