"""Lists by which domains are judged, as files that the vault keeps: public suffixes, legitimate
services, texts of the criteria.

The domains of reports are columns that follow from the suffixes in force: whoever puts other suffixes
in divides them anew in the same transaction, so that a query, a candidate and a dossier mean one thing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cport_desktop.domain.criteria import CriteriaBook
from cport_desktop.domain.domain_facts import Services
from cport_desktop.domain.public_suffixes import NO_LIST, PublicSuffixes, last_two
from cport_desktop.formats.domain_lists import parse_criteria, parse_services
from cport_desktop.formats.public_suffix_file import parse_suffixes
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.database import Connection
from cport_desktop.vault.transaction import Reader, Transaction

if TYPE_CHECKING:
    from cport_desktop.vault.vault import Vault


class RuleFile(StrEnum):
    SUFFIXES = "suffixes"
    SERVICES = "services"
    CRITERIA = "criteria"


@dataclass(frozen=True, slots=True)
class KeptRules:
    """A file as it is kept. `is_own`: a person of this unit put it in."""

    version: str
    sha256: str
    is_own: bool
    at: datetime
    text: bytes


def kept(reader: Reader, name: RuleFile) -> KeptRules | None:
    """What is in force; None if nothing was ever put in."""
    found = reader.connection.execute(
        "SELECT version, sha256, is_own, at_us, text FROM domain_rules WHERE name = ?",
        (name.value,),
    ).fetchone()
    if found is None:
        return None
    version, sha256, is_own, at_us, text = found
    return KeptRules(version, sha256, bool(is_own), moment_of(at_us), bytes(text))


def put(tx: Transaction, name: RuleFile, text: bytes, *, version: str) -> int:
    """This file of a person's is in force, and how many content items have another domain by it. The caller
    parsed it, and adds the audit entry.
    """
    return _put(tx.connection, name, text, version=version, is_own=True, at_us=microseconds(tx.now))


def keep_current(vault: Vault, name: RuleFile, text: bytes) -> None:
    """The file that came with the program is in force, unless a later one is, or one of the unit's own
    that is not just an earlier state of a public list.

    Raises:
        UntrustedData: the program's own file is damaged.
        StorageFull, VaultDamaged: the disk.
    """
    sha256 = hashlib.sha256(text).hexdigest()
    with vault.reader() as reader:
        here = kept(reader, name)
    if here is not None and (here.sha256 == sha256 or (here.is_own and name is not _PUBLIC)):
        return
    version = version_of(name, text)
    if here is not None and here.version >= version:
        return
    with vault.bookkeeping() as connection:
        at_us = microseconds(vault.now())
        _put(connection, name, text, version=version, is_own=False, at_us=at_us)


_PUBLIC: Final = RuleFile.SUFFIXES
"""Two files of it are two states of one list."""


def version_of(name: RuleFile, untrusted: bytes) -> str:
    """The version that a file states.

    Raises:
        UntrustedData: it is no such file.
    """
    match name:
        case RuleFile.SUFFIXES:
            return parse_suffixes(untrusted).version
        case RuleFile.SERVICES:
            return parse_services(untrusted).version
        case RuleFile.CRITERIA:
            return parse_criteria(untrusted).version


def criteria(reader: Reader) -> CriteriaBook:
    """The texts of the criteria; none while none are kept."""
    here = kept(reader, RuleFile.CRITERIA)
    return CriteriaBook() if here is None else parse_criteria(here.text)


def services(reader: Reader) -> Services:
    """Legitimate services and shared hosts; none while none are kept."""
    here = kept(reader, RuleFile.SERVICES)
    return Services() if here is None else parse_services(here.text)


def _put(
    connection: Connection,
    name: RuleFile,
    text: bytes,
    *,
    version: str,
    is_own: bool,
    at_us: int,
) -> int:
    before = suffixes(connection)
    connection.execute(
        "INSERT OR REPLACE INTO domain_rules (name, version, sha256, is_own, at_us, text)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (name.value, version, hashlib.sha256(text).hexdigest(), is_own, at_us, text),
    )
    if name is not RuleFile.SUFFIXES:
        return 0
    return divide_anew(connection, before, suffixes(connection))


def suffixes(connection: Connection) -> PublicSuffixes:
    """The public suffixes in force; `NO_LIST` while there are none."""
    found = connection.execute(
        "SELECT text FROM domain_rules WHERE name = ?", (RuleFile.SUFFIXES.value,)
    ).fetchone()
    return NO_LIST if found is None else _parsed(bytes(found[0]))


def divide_anew(connection: Connection, before: PublicSuffixes, after: PublicSuffixes) -> int:
    """The domain of every content item and report is as `after` says; of how many content items it
    changed.

    Only domains are looked into whose last two labels some rule reaches beneath: beneath all others
    both lists say the same.
    """
    ends = before.deep_ends | after.deep_ends
    named = connection.execute("SELECT DISTINCT domain FROM content_item WHERE domain <> ''")
    doubtful = [domain for (domain,) in named.fetchall() if _may_change(domain, ends)]
    changed: list[tuple[str, int, int]] = []
    for first in range(0, len(doubtful), _AT_ONCE):
        found = connection.execute(
            "SELECT c.row, c.position, c.host, c.domain FROM json_each(?) AS j"
            " CROSS JOIN content_item AS c INDEXED BY content_item_by_domain"
            " ON c.domain = j.value",
            (json.dumps(doubtful[first : first + _AT_ONCE]),),
        )
        for row, position, host, domain in found.fetchall():
            other = after.registrable(host)
            if other != domain:
                changed.append((other, row, position))
    connection.executemany(
        "UPDATE content_item SET domain = ? WHERE row = ? AND position = ?", changed
    )
    connection.executemany(
        "UPDATE report SET domain = coalesce((SELECT c.domain FROM content_item AS c"
        " JOIN report_text AS t ON t.row = c.row"
        " WHERE c.row = ?1 AND c.host = t.host LIMIT 1), domain) WHERE row = ?1",
        sorted({(row,) for _, row, _ in changed}),
    )
    return len(changed)


_AT_ONCE: Final = 500
"""Domains in one query."""


def _may_change(domain: str, ends: frozenset[str]) -> bool:
    end = last_two(domain)
    return end in ends or f"*.{end.rpartition('.')[2]}" in ends


@lru_cache(maxsize=2)
def _parsed(text: bytes) -> PublicSuffixes:
    """Parsed once for a list that stays: ten thousand rules take 30 ms, and each batch asks."""
    return parse_suffixes(text)
