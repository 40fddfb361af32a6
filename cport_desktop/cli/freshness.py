"""How fresh an answer is, added to it: fields for machines, a line for people."""

from __future__ import annotations

from dataclasses import replace

from cport_desktop.cli.answer import Answer, Json, Record
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.freshness import Freshness, Grade, Limits, Table, TableFreshness
from cport_desktop.usecases.freshness import freshness_now
from cport_desktop.vault.vault import Vault
from cport_desktop.words import freshness as words


def limits_of(session: Session) -> Limits:
    """From which age on this workstation calls something ageing, and old."""
    settings = session.workstation.settings
    return Limits(settings.ageing_after, settings.old_after)


def heard(session: Session, vault: Vault) -> Freshness:
    """How fresh what the portal told is now."""
    return freshness_now(vault, limits=limits_of(session))


def dated(answer: Answer, freshness: Freshness, table: Table) -> Answer:
    """`answer` with how fresh it is. People are told where it is not of this week."""
    fields = {**answer.fields, "freshness": freshness_record(freshness)}
    if freshness.grade is Grade.FRESH:
        return replace(answer, fields=fields)
    return replace(answer, fields=fields, text=f"{answer.text}\n\n{said(freshness, table)}")


def freshness_record(freshness: Freshness) -> Record:
    """`as_of` by the portal's clock, `heard_at` by ours."""
    age: Json = None if freshness.age is None else int(freshness.age.total_seconds())
    return {
        "as_of": None if freshness.as_of is None else iso_utc(freshness.as_of),
        "heard_at": None if freshness.heard_at is None else iso_utc(freshness.heard_at),
        "road": freshness.road,
        "age_seconds": age,
        "grade": freshness.grade.value,
        "clock": None if freshness.doubt is None else freshness.doubt.value,
    }


def table_record(found: TableFreshness) -> Record:
    """How fresh one kind of things is, and when there was news of it last, by our clock."""
    return {
        "table": found.table.value,
        "count": found.count,
        "told_at": None if found.told_at is None else iso_utc(found.told_at),
        "told_road": found.told_road,
        **freshness_record(found.freshness),
    }


def table_line(found: TableFreshness) -> str:
    """The same in words."""
    news = (
        ""
        if found.told_at is None or found.told_road is None
        else words.news(iso_utc(found.told_at), found.told_road)
    )
    name = words.TABLES[found.table.value]
    return f"{name} ({found.count:,}): {said(found.freshness, found.table)}{news}"


def said(freshness: Freshness, table: Table | None = None) -> str:
    """In words, with what it implies."""
    return words.freshness(
        freshness.grade.value,
        span=freshness.age,
        road=freshness.road,
        doubt=None if freshness.doubt is None else freshness.doubt.value,
        table=None if table is None else table.value,
    )
