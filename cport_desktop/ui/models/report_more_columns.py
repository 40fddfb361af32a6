"""Columns of the reports table that are shown when somebody chose them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cport_desktop.domain.ids import HotlineId
from cport_desktop.domain.rows import ReportRow, ReportSort
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import defanged, domain_copied, one_line
from cport_desktop.words import table_page as words
from cport_desktop.words import window as say

_MOMENT = 136


def more_report_columns(
    taxonomy: Taxonomy, hotline: Callable[[HotlineId], str]
) -> tuple[Column[ReportRow], ...]:
    """Columns whose words come from `taxonomy`; `hotline` names one."""

    def coded(title: str, name: str, code: Callable[[ReportRow], int | None]) -> Column[ReportRow]:
        def label(row: ReportRow) -> str:
            number = code(row)
            return "" if number is None else one_line(taxonomy[name].label(number))

        return _extra(title, name, label, told=(f"{name}_label",))

    return (
        _moment(words.UPDATED, "updated_at", lambda row: row.updated_at, ReportSort.UPDATED),
        _extra(words.STATUS, "status", lambda row: say.REPORT_STATES[row.status.value], width=92),
        _extra(
            words.HOTLINE, "hotline", lambda row: one_line(hotline(row.hotline)), told=("hotline",)
        ),
        _extra(
            words.URL,
            "url",
            lambda row: defanged(row.url, row.domain).text,
            share=2.0,
            is_mono=True,
            copied=lambda row, is_exact: row.url if is_exact else defanged(row.url).text,
        ),
        _extra(
            words.HOST_NAME,
            "host",
            lambda row: one_line(row.host),
            copied=lambda row, is_exact: domain_copied(row.host, is_exact=is_exact),
        ),
        _extra(
            words.IP_ADDRESS, "ip_address", lambda row: one_line(row.ip_address or ""), width=116
        ),
        _extra(
            words.NETWORK,
            "autonomous_system",
            lambda row: say.autonomous_system(row.autonomous_system, None),
            width=80,
        ),
        _extra(
            words.ASSIGNED_COUNTRY,
            "assigned_country",
            lambda row: one_line(row.assigned_country or ""),
            width=84,
        ),
        _moment(words.ASSIGNED_AT, "assigned_at", lambda row: row.assigned_at),
        coded(words.SITE_TYPE, "site_type", lambda row: row.site_type),
        coded(words.COMMERCIAL, "commerciality", lambda row: row.commerciality),
        coded(words.AGE, "age", lambda row: row.age),
        coded(words.GENDER, "gender", lambda row: row.gender),
        _action(taxonomy),
        _extra(
            words.CONTENTS,
            "content_count",
            lambda row: figures.count(row.content_count),
            width=60,
            is_number=True,
        ),
        _extra(words.TAGS, "tags", lambda row: one_line(", ".join(row.tags))),
        _extra(
            words.FLAG,
            "is_flagged",
            lambda row: words.FLAGGED if row.is_flagged else "",
            width=84,
            tone=lambda row: "grave" if row.is_flagged else None,
        ),
    )


def _action(taxonomy: Taxonomy) -> Column[ReportRow]:
    def told(row: ReportRow) -> str:
        return (
            "" if row.last_action is None else one_line(taxonomy["action"].label(row.last_action))
        )

    return _extra(words.LAST_ACTION, "last_action", told, told=("last_action_label",))


def _moment(
    title: str,
    name: str,
    at: Callable[[ReportRow], datetime | None],
    sort: ReportSort | None = None,
) -> Column[ReportRow]:
    def shown(row: ReportRow) -> str:
        found = at(row)
        return "" if found is None else figures.moment(found)

    def exactly(row: ReportRow) -> str:
        found = at(row)
        return "" if found is None else figures.universal(found)

    return _extra(title, name, shown, width=_MOMENT, hover=exactly, sort=sort and sort.value)


def _extra(
    title: str,
    name: str,
    text: Callable[[ReportRow], str],
    *,
    width: int | None = None,
    share: float = 1.0,
    tone: Callable[[ReportRow], str | None] | None = None,
    hover: Callable[[ReportRow], str] | None = None,
    sort: str | None = None,
    is_number: bool = False,
    is_mono: bool = False,
    told: tuple[str, ...] = (),
    copied: Callable[[ReportRow, bool], str] | None = None,
) -> Column[ReportRow]:
    return Column(
        title,
        text,
        width,
        share,
        tone,
        hover,
        sort,
        is_number=is_number,
        is_mono=is_mono,
        name=name,
        is_extra=True,
        told=told or (name,),
        copied=copied,
    )
