r"""Lists of domains as they are handed to access providers: a name in each line, or in the first cell of it.

    # list of 2026-11-01
    name.example
    "other.test";"listed on 2026-10-01"

Names come in any case, in A-labels or U-labels, with a final dot, defanged, or as a URL on them. Lines that
begin with `#` or `;`, empty ones and a heading say nothing.
"""

from __future__ import annotations

import re
from typing import Final

from cport_desktop.domain.list_difference import DomainLines, Unlisted
from cport_desktop.domain.public_suffixes import PublicSuffixes
from cport_desktop.domain.suggested_domain import domain_refusal, named_host
from cport_desktop.errors import DomainListUnreadable
from cport_desktop.words import list_differences as words

LARGEST: Final = 16 * 1024 * 1024
"""Bytes: the list has some thousands of names; one of half a million fits."""
MOST_NAMES: Final = 500_000
MOST_TOLD: Final = 20
"""Lines that are named because they hold no domain."""
_CELL: Final = re.compile(r"[,;\t]")
_HEADINGS: Final = frozenset({"domain", "domains", "name", "host", "fqdn", "url"})


def parse_domain_lines(untrusted: bytes, suffixes: PublicSuffixes) -> DomainLines:
    """What the file names.

    Raises:
        DomainListUnreadable: it is greater than any list, no text, or names no domain at all.
    """
    if len(untrusted) > LARGEST:
        raise DomainListUnreadable(cause=words.too_large(LARGEST))
    try:
        text = untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainListUnreadable(cause=words.NOT_UTF8) from error
    domains: set[str] = set()
    unlisted: list[Unlisted] = []
    doubled, refused, is_first = 0, 0, True
    for number, line in enumerate(text.splitlines(), start=1):
        name = _name(line)
        if not name or (is_first and name.casefold() in _HEADINGS):
            continue
        is_first = False
        host = named_host(name)
        rule = domain_refusal(host, is_synthetic=True, suffixes=suffixes)
        if rule is not None:
            refused += 1
            unlisted += [Unlisted(number, rule)] if len(unlisted) < MOST_TOLD else []
            continue
        doubled += host in domains
        domains.add(host)
        if len(domains) > MOST_NAMES:
            raise DomainListUnreadable(cause=words.too_many(MOST_NAMES))
    if not domains:
        raise DomainListUnreadable(cause=words.NO_DOMAIN)
    return DomainLines(frozenset(domains), doubled, tuple(unlisted), refused)


def _name(line: str) -> str:
    bare = line.strip()
    if bare[:1] in ("#", ";"):
        return ""
    return _CELL.split(bare, maxsplit=1)[0].strip().strip('"').strip()
