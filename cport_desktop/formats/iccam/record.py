"""Records of a foreign dialect, with everything in them that this version does not know.

A record's known members are typed and bounded; all others are its `rest`: names with their values
to the byte, in the order in which they came. A member that is absent is `UNSET`, which is not the
same as `null`. So what was read is printed as it was: known members in the order of the shape,
then the rest.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

import msgspec
from msgspec import UNSET

from cport_desktop.formats.iccam.moments import moment_in_utc
from cport_desktop.formats.raw_json import elements, members, print_array, print_object
from cport_desktop.formats.strict_json import decode

Rest = tuple[tuple[str, bytes], ...]
"""Members that are unknown here: name and JSON value."""

_OFF_THE_WIRE = "\ufdd0"
"""No text has this code point (Unicode sets it aside); what a file says under it is one more unknown
member."""


class Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """One object of the dialect. `moments`: which of its members are dates."""

    moments: ClassVar[tuple[str, ...]] = ()
    rest: Rest = msgspec.field(default=(), name=_OFF_THE_WIRE)


SomeRecord = TypeVar("SomeRecord", bound=Record)


def read(
    decoder: msgspec.json.Decoder[SomeRecord], sound: bytes | msgspec.Raw, where: str
) -> SomeRecord:
    """The record in `sound` (already through `require_sound`), nothing of it lost.

    Raises:
        MalformedMessage: if the shape is another, or a date is none.
    """
    return _with_rest(decode(decoder, sound, where), sound, where)


def print_record(record: Record) -> bytes:
    """`record` as JSON, known members first."""
    return print_object(dict([*_known(record), *record.rest]))


def _with_rest(record: SomeRecord, sound: bytes | msgspec.Raw, where: str) -> SomeRecord:
    said = members(sound)
    changed: dict[str, object] = {}
    for field in msgspec.structs.fields(record):
        if field.encode_name in said and field.encode_name != _OFF_THE_WIRE:
            inner = said.pop(field.encode_name)
            value = getattr(record, field.name)
            path = f"{where}.{field.encode_name}"
            if field.name in record.moments and isinstance(value, str):
                moment_in_utc(value, path)
            if isinstance(value, Record):
                changed[field.name] = _with_rest(value, inner, path)
            elif _is_list_of_records(value):
                changed[field.name] = tuple(
                    _with_rest(each, part, f"{path}[{index}]")
                    for index, (each, part) in enumerate(zip(value, elements(inner), strict=True))
                )
    return msgspec.structs.replace(record, **changed, rest=tuple(said.items()))


def _is_list_of_records(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Record)


def _known(record: Record) -> list[tuple[str, bytes]]:
    return [
        (field.encode_name, _value(value))
        for field in msgspec.structs.fields(record)
        if field.encode_name != _OFF_THE_WIRE
        and (value := getattr(record, field.name)) is not UNSET
    ]


def _value(value: object) -> bytes:
    if isinstance(value, Record):
        return print_record(value)
    if isinstance(value, tuple):
        return print_array([_value(each) for each in value])
    return msgspec.json.encode(value)
