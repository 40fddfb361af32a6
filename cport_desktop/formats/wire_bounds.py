"""How long and how many anything in a message of the portal may be, and why.

Lengths of texts are in characters. A bound is far above what an honest portal writes, and
low enough that a page of the largest things still fits the memory of a small machine.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from msgspec import Meta

from cport_desktop.errors import MalformedMessage

LARGEST_ID = 999_999_999_999_999_999
"""Eighteen digits: what fits the 63 bits of the vault's columns and is typed by people."""
LARGEST_CODE = 2_147_483_647
"""Code lists are short; 31 bits is what their owners' databases hold."""
LONGEST_URL = 16_384
"""Twice what browsers and servers commonly accept (8 KiB)."""
LONGEST_CREDENTIAL = 1_024
"""User name or password that a hotline noted for a URL."""
LONGEST_MEMO = 65_536
"""Free text of a hotline: some twenty printed pages."""
LONGEST_NAME = 512
"""Names of people, hotlines, providers, files' types; contacts."""
LONGEST_FILE_NAME = 1_024
"""Four times the longest name of common file systems."""
LONGEST_REFERENCE = 256
"""File numbers, opaque cursors, identifiers in text form."""
LONGEST_REASON = 4_096
"""Why something was withdrawn, corrected or rejected."""
LARGEST_FILE = 1 << 40
"""Bytes of one media file: 1 TiB."""
MOST_CONTENTS = 2_000
"""Content items of one report; ICCAM reports have one to a few dozen."""
MOST_ASSESSMENTS = 256
MOST_ACTIONS = 256
MOST_MEDIA = 2_000
"""Media files of one content item."""
MOST_PAYMENT_METHODS = 64
MOST_HOTLINES = 1_000
"""About 50 countries have hotlines in the network."""
MOST_CHANGES = 1_000
"""Changes of one batch; a page asks for 200."""
MOST_OPERATIONS = 1_000
"""Operations, or receipts, of one message."""
MOST_CLAUSES = 500
MOST_PERIODS = 100
"""Retention periods of an agreement; five scopes are known."""
LONGEST_PERIOD = 36_525
"""Days: a century."""
LONGEST_CERTIFICATE = 16_384
"""PEM text; an X.509 certificate has one to four KiB."""

Identifier = Annotated[int, Meta(ge=0, le=LARGEST_ID)]
Code = Annotated[int, Meta(ge=0, le=LARGEST_CODE)]
Count = Annotated[int, Meta(ge=0, le=LARGEST_ID)]
Size = Annotated[int, Meta(ge=0, le=LARGEST_FILE)]
Country = Annotated[str, Meta(max_length=3)]
"""ISO 3166, or what a hotline wrote in its place; not ours to judge."""
Address = Annotated[str, Meta(max_length=64)]
"""An IP address in text form (at most 45 characters, some more with a zone)."""
Url = Annotated[str, Meta(max_length=LONGEST_URL)]
Credential = Annotated[str, Meta(max_length=LONGEST_CREDENTIAL)]
Memo = Annotated[str, Meta(max_length=LONGEST_MEMO)]
Name = Annotated[str, Meta(max_length=LONGEST_NAME)]
FileName = Annotated[str, Meta(max_length=LONGEST_FILE_NAME)]
Reference = Annotated[str, Meta(max_length=LONGEST_REFERENCE)]
NonEmpty = Annotated[str, Meta(min_length=1, max_length=LONGEST_REFERENCE)]
Label = Annotated[str, Meta(min_length=1, max_length=LONGEST_REFERENCE, pattern=r"^[!-~]+\Z")]
"""What names a portal or a station: printable ASCII, since it travels in headers."""
Reason = Annotated[str, Meta(max_length=LONGEST_REASON)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Uuid = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
]
Moment = Annotated[datetime, Meta(tz=True)]
Certificate = Annotated[str, Meta(min_length=1, max_length=LONGEST_CERTIFICATE)]


def utc(moment: datetime, where: str) -> datetime:
    """`moment` in UTC.

    Raises:
        MalformedMessage: if it lies outside of what a calendar holds there.
    """
    if moment.tzinfo is UTC:
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise MalformedMessage(where=where, cause="not a moment in UTC") from error


def utc_or_none(moment: datetime | None, where: str) -> datetime | None:
    """As `utc`, and None for None."""
    return None if moment is None else utc(moment, where)
