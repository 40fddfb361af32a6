"""Saved searches as a file that another vault can read: small, strict, and nothing but texts.

{"format": "cport-saved-searches", "version": 1,
 "searches": [{"name": "New in NL", "subject": "reports", "query": "host:NL is:new",
               "sort": "-received"}]}
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from cport_desktop.domain.query_lexer import LONGEST_QUERY
from cport_desktop.domain.saved_search import LONGEST_NAME, MOST_KEPT, SearchSubject, SearchTerms
from cport_desktop.errors import SearchFileUnreadable

LARGEST_FILE: Final = 1024 * 1024
"""Bytes; `MOST_KEPT` searches are far below it unless they are made of digests."""

_Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
_Text = Annotated[str, Meta(max_length=LONGEST_QUERY)]
_Sort = Annotated[str, Meta(pattern=r"^-?[a-z][a-z0-9-]{0,30}$")]


class _Search(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: _Name
    subject: SearchSubject
    query: _Text
    sort: _Sort


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["cport-saved-searches"]
    version: Literal[1]
    searches: Annotated[list[_Search], Meta(max_length=MOST_KEPT)]


def print_searches(searches: Iterable[SearchTerms]) -> bytes:
    """A file of these, readable by people too."""
    told = _File(
        "cport-saved-searches",
        1,
        [_Search(one.name, one.subject, one.text, one.sort) for one in searches],
    )
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def parse_searches(untrusted: bytes) -> tuple[SearchTerms, ...]:
    """The searches of a file, each name once; whether their texts are understood is not asked.

    Raises:
        SearchFileUnreadable: anything else than the form above.
    """
    if len(untrusted) > LARGEST_FILE:
        raise SearchFileUnreadable(cause=f"longer than {LARGEST_FILE} bytes")
    try:
        told = msgspec.json.decode(untrusted, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise SearchFileUnreadable(cause=str(error)[:200]) from error
    for one in told.searches:
        _require_plain(one.name)
        _require_plain(one.query)
    names = [one.name.casefold() for one in told.searches]
    if len(set(names)) < len(names):
        raise SearchFileUnreadable(cause="a name stands in it twice")
    return tuple(SearchTerms(one.name, one.query, one.subject, one.sort) for one in told.searches)


def _require_plain(text: str) -> None:
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text) or (
        text != text.strip()
    ):
        raise SearchFileUnreadable(cause="a text with control characters, or blanks around it")
