"""Values of a unit's rules: JSON with one schema for each name, and as a person types them.

media.formats          none · heic · jp2 · heic,jp2
media.confinement      default · process · filtered · walled
exposure.break_after   1 to 240 (minutes); so are break_within and break_minutes
exposure.day_cap       0 to 1440 (minutes; 0: none)
exposure.binding       yes · no
work.overdue_after     1 to 365 (days)
work.typed_above       1 to 1000 (items)
work.lease_minutes     1 to 240
priority.*             0 to 1000 (points; 0: it does not count)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, cast

import msgspec
from msgspec import Meta

from cport_desktop.domain.exposure import KEPT_MINUTES
from cport_desktop.domain.media_item import OptionalFormat
from cport_desktop.domain.priority import MOST_POINTS
from cport_desktop.domain.unit_rule import PRIORITIES, RuleName, RuleValue

_Some = Annotated[int, Meta(ge=1, le=KEPT_MINUTES)]
_Cap = Annotated[int, Meta(ge=0, le=1_440)]
_Days = Annotated[int, Meta(ge=1, le=365)]
_Items = Annotated[int, Meta(ge=1, le=1_000)]
_Points = Annotated[int, Meta(ge=0, le=MOST_POINTS)]
_Formats = Annotated[tuple[OptionalFormat, ...], Meta(max_length=len(OptionalFormat))]
_Level = Literal["process", "filtered", "walled"] | None

SCHEMAS: Final[Mapping[RuleName, object]] = {
    RuleName.FORMATS: _Formats,
    RuleName.CONFINEMENT: _Level,
    RuleName.BREAK_AFTER: _Some,
    RuleName.BREAK_WITHIN: _Some,
    RuleName.BREAK_MINUTES: _Some,
    RuleName.DAY_CAP: _Cap,
    RuleName.BINDING: bool,
    RuleName.OVERDUE_AFTER: _Days,
    RuleName.TYPED_ABOVE: _Items,
    RuleName.LEASE_MINUTES: _Some,
    **dict.fromkeys(PRIORITIES, _Points),
}
_MINUTES: Final = f"1 to {KEPT_MINUTES}"
ACCEPTED: Final[Mapping[RuleName, str]] = {
    RuleName.FORMATS: f"none, or of these with commas: {', '.join(OptionalFormat)}",
    RuleName.CONFINEMENT: "default, process, filtered, walled",
    RuleName.BREAK_AFTER: _MINUTES,
    RuleName.BREAK_WITHIN: _MINUTES,
    RuleName.BREAK_MINUTES: _MINUTES,
    RuleName.DAY_CAP: "0 to 1440, 0 for none",
    RuleName.BINDING: "yes, no",
    RuleName.OVERDUE_AFTER: "1 to 365, days",
    RuleName.TYPED_ABOVE: "1 to 1000",
    RuleName.LEASE_MINUTES: _MINUTES,
    **dict.fromkeys(PRIORITIES, f"0 to {MOST_POINTS}, points; 0 for none"),
}
CHOICES: Final[Mapping[RuleName, tuple[str, ...]]] = {
    RuleName.FORMATS: ("none", "heic", "jp2", "heic,jp2"),
    RuleName.CONFINEMENT: ("default", "process", "filtered", "walled"),
    RuleName.BINDING: ("no", "yes"),
}
"""Everything that a person could type, where there is little."""
_YES: Final = {"yes": True, "true": True, "no": False, "false": False}
_NOTHING: Final = {"none", "default", ""}


def parse_value(name: RuleName, stored: str) -> RuleValue:
    """The value that was kept under `name`.

    Raises:
        ValueError: it does not fit the schema of that name.
    """
    try:
        value = msgspec.json.decode(stored, type=SCHEMAS[name])
    except msgspec.DecodeError as error:
        raise ValueError("no value of this rule") from error
    return _plain(value)


def print_value(value: RuleValue) -> str:
    """What `parse_value` reads back."""
    return msgspec.json.encode(value).decode()


def value_typed(name: RuleName, text: str) -> RuleValue:
    """What a person means by `text`.

    Raises:
        ValueError: it is no value of this rule.
    """
    said = text.strip().lower()
    meant: RuleValue
    match name:
        case RuleName.FORMATS:
            words = [word.strip() for word in said.split(",")]
            meant = tuple(dict.fromkeys(word for word in words if word not in _NOTHING))
        case RuleName.CONFINEMENT:
            meant = None if said in _NOTHING else said
        case RuleName.BINDING:
            meant = _YES.get(said, said)
        case _:
            meant = int(said) if said.isascii() and said.isdigit() else said
    return parse_value(name, print_value(meant))


def value_shown(value: RuleValue) -> str:
    """As a person would type it."""
    match value:
        case None:
            return "default"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ",".join(value) or "none"
        case _:
            return str(value)


def _plain(value: object) -> RuleValue:
    if isinstance(value, tuple):
        return tuple(sorted(OptionalFormat(each).value for each in value))
    return cast("RuleValue", value)
