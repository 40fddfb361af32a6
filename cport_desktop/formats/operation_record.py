"""What an operation says as a record with snake_case keys: for packages and the command line.

    {"kind":"takedown_hold","until":"2026-06-01T12:00:00Z","text":…}

A kind of a later version stands as its own JSON under `document`.
"""

from __future__ import annotations

import re

import msgspec

from cport_desktop.domain.operation import OperationBody, UnknownAct, kind_of

_WORDS = "text"
"""Why a hotline should wait is the text of the request; the reason of an operation is why it was
rejected."""

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def body_record(body: OperationBody) -> dict[str, object]:
    """Its kind and fields, in JSON's own types; times in ISO 8601."""
    if isinstance(body, UnknownAct):
        return {"kind": kind_word(body), "document": body.document.decode("utf-8", "replace")}
    fields: dict[str, object] = msgspec.to_builtins(body)
    return {
        "kind": kind_word(body),
        **{_WORDS if name == "reason" else name: value for name, value in fields.items()},
    }


def kind_word(body: OperationBody) -> str:
    """`takedown_hold` for `takedownHold`."""
    return _HUMP.sub("_", kind_of(body)).lower()
