"""Dates of the dialect: ISO 8601 with `Z` or an offset, kept as they were written.

A writer of another house may say fractions of a second to nine digits; ours know six. The text is
kept, so nothing is lost, and `moment_in_utc` says what it means.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from msgspec import Meta

from cport_desktop.errors import MalformedMessage

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)\Z", re.ASCII)
LONGEST = 35
"""Characters: nine digits of a fraction, and an offset."""

_FINE = re.compile(r"(?<=\.\d{6})\d+")

MomentText = Annotated[str, Meta(max_length=LONGEST)]


def moment_in_utc(text: str, where: str) -> datetime:
    """The moment that `text` says, to the microsecond; what is finer is cut off.

    Raises:
        MalformedMessage: if it is of another form, or no calendar has it.
    """
    if _FORM.match(text) is None:
        raise MalformedMessage(where=where, cause="no ISO 8601 moment with Z or an offset")
    try:
        return datetime.fromisoformat(_FINE.sub("", text)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise MalformedMessage(where=where, cause="not a moment in UTC") from error


def as_ours(text: str) -> str:
    """`text` (a moment of the dialect) as the portal's protocol takes it: to the microsecond."""
    return _FINE.sub("", text)
