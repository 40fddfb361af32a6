"""How fresh what is here is: the whole of it, and each kind of thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.batch import Subject
from cport_desktop.domain.freshness import (
    Freshness,
    Hearing,
    Limits,
    Table,
    TableFreshness,
    freshness_of,
)
from cport_desktop.vault import agreements, portal_records, replica
from cport_desktop.vault.inspection import VaultStatus
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault

_SUBJECTS: Final[Mapping[Table, tuple[Subject, ...]]] = {
    Table.HOTLINES: (Subject.HOTLINE,),
    Table.HASH_LISTS: (Subject.HASH_LIST, Subject.HASH_LIST_ENTRY),
    Table.IWOL: (Subject.IWOL_DECISION,),
    Table.TAXONOMIES: (Subject.TAXONOMY,),
}


@dataclass(frozen=True, slots=True)
class FreshnessSurvey:
    """`whole`: of the vault as such. `tables`: of each kind of thing."""

    whole: Freshness
    tables: tuple[TableFreshness, ...]


def freshness_now(vault: Vault, *, limits: Limits) -> Freshness:
    """How fresh everything is that the portal told."""
    with vault.reader() as reader:
        return freshness_of(hearing_of(reader), now=vault.now(), limits=limits)


def survey_freshness(vault: Vault, counts: VaultStatus, *, limits: Limits) -> FreshnessSurvey:
    """The same for each kind of thing, with how many are here (`counts`) and when there was news."""
    now = vault.now()
    with vault.reader() as reader:
        whole = freshness_of(hearing_of(reader), now=now, limits=limits)
        return FreshnessSurvey(whole, tuple(_tables(reader, counts, whole, now)))


def hearing_of(reader: Reader) -> Hearing:
    """What is on record of the exchanges."""
    stream, exchange = replica.stream(reader), replica.last_exchange(reader)
    return Hearing(
        as_of=stream.heard_at,
        issued_at=stream.issued_at,
        heard_at=None if exchange is None else exchange.at,
        road=None if exchange is None else exchange.road,
    )


def _tables(
    reader: Reader, counts: VaultStatus, whole: Freshness, now: datetime
) -> Iterator[TableFreshness]:
    held = counts.media_held + counts.media_wanted + counts.media_refused
    yield TableFreshness(Table.REPORTS, counts.reports, whole)
    yield TableFreshness(Table.MEDIA, held, whole)
    yield TableFreshness(Table.OPERATIONS, counts.operations, whole)
    for table, subjects in _SUBJECTS.items():
        news = [portal_records.news_of(reader, subject.value) for subject in subjects]
        newest = max((one for one in news if one.told_at is not None), default=None, key=_told_at)
        yield TableFreshness(
            table,
            counts.hotlines if table is Table.HOTLINES else news[0].standing,
            whole,
            None if newest is None else newest.told_at,
            None if newest is None else newest.road,
        )
    version = agreements.current(reader, now=now)
    if version is not None:
        yield TableFreshness(Table.AGREEMENT, 1, whole, version.received_at, version.road)


def _told_at(news: portal_records.News) -> datetime:
    assert news.told_at is not None
    return news.told_at


def portal_said(vault: Vault) -> datetime | None:
    """The latest moment that the portal has signed; None if it was never heard."""
    with vault.reader() as reader:
        return hearing_of(reader).issued_at
