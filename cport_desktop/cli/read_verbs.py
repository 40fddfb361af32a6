"""Verbs that look: reports, media, hotlines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from cport_desktop.cli import known_records, memory_records, records
from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session, media_id, report_id, require_order
from cport_desktop.cli.short_lists import page_of
from cport_desktop.clock import iso_utc
from cport_desktop.domain.freshness import Table
from cport_desktop.domain.hosts import defanged
from cport_desktop.domain.ids import HotlineId, media_reference, report_reference
from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.rows import Dossier, Facet, FacetCount, Order, ReportRow, ReportSort
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import ValueUnknown
from cport_desktop.exports.grey_png import grey_png
from cport_desktop.exports.output_files import write_new
from cport_desktop.formats.operation_record import body_record
from cport_desktop.usecases import browse_media, overview, search_reports, show_report
from cport_desktop.usecases.provenance import known_of, provenance
from cport_desktop.usecases.remember import remember
from cport_desktop.words import labels, operations


def reports(session: Session) -> Answer:
    """`cport reports [QUERY]`."""
    options, taxonomy = session.options, session.workstation.taxonomy
    text = " ".join(options.texts("query"))
    facets_wanted = [_facet(name) for name in options.texts("facet")]
    order = order_of(options.text("sort"))
    now = session.workstation.clock.now()
    with session.vault() as vault:
        page = search_reports.search_reports(
            vault,
            text,
            order,
            limit=options.number("limit"),
            after=options.text("after"),
            taxonomy=taxonomy,
            now=now,
        )
        documents = search_reports.documents_of(vault, page.rows)
        total = (
            search_reports.count_reports(vault, text, taxonomy=taxonomy, now=now)
            if options.flag("count")
            else None
        )
        counted = search_reports.facets_of_reports(
            vault, text, facets_wanted, taxonomy=taxonomy, now=now
        )
        freshness = heard(session, vault)
    items = [
        {**records.report_row(row, taxonomy), "portal": documents[row.report_id]}
        for row in page.rows
    ]
    answer = listing(
        items,
        text=_reports_table(page.rows, taxonomy, total, counted),
        total=total,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
        more={"facets": _facet_record(counted)} if facets_wanted else None,
    )
    return dated(answer, freshness, Table.REPORTS)


def show_one_report(session: Session) -> Answer:
    """`cport report show REF`."""
    with session.vault() as vault:
        found = show_report.show_report(vault, report_id(session.options.required("reference")))
        seen = remember(vault, found.row.report_id, is_new=False)
    taxonomy, now = session.workstation.taxonomy, session.workstation.clock.now()
    seen_before: list[Json] = [memory_records.remembered(one, taxonomy) for one in seen.reasons]
    return Answer(
        {**records.dossier(found, taxonomy, now=now), "seen_before": seen_before},
        f"{_dossier_text(found, taxonomy, now)}\n\n{memory_records.memory_text(seen, taxonomy)}",
    )


def media(session: Session) -> Answer:
    """`cport media list [QUERY]`."""
    options = session.options
    require_order(session, "-received")
    with session.vault() as vault:
        page = browse_media.list_media(
            vault,
            " ".join(options.texts("query")),
            limit=options.number("limit"),
            after=options.text("after"),
            taxonomy=session.workstation.taxonomy,
            now=session.workstation.clock.now(),
        )
        known = known_of(vault, [item.media_id for item in page.rows])
        freshness = heard(session, vault)
    answer = listing(
        [
            {**records.media_item(item), "known": known_records.badge(known.get(item.media_id))}
            for item in page.rows
        ],
        text=table(
            ("Media", "State", "Kind", "Size", "Same bytes", "In reports", "Cannot be shown"),
            [_media_line(item) for item in page.rows],
        ),
        total=None,
        next_cursor=page.next_cursor,
        elapsed_ms=page.elapsed_ms,
    )
    return dated(answer, freshness, Table.MEDIA)


def show_one_media(session: Session) -> Answer:
    """`cport media show ID`."""
    with session.vault() as vault:
        item = browse_media.show_media(vault, media_id(session.options.required("reference")))
        found = provenance(vault, item.media_id)
    record = records.media_item(item)
    taxonomy = session.workstation.taxonomy
    sight = known_records.by_sight(item)
    told = facts([(name, _flat(value)) for name, value in {**record, "by_sight": sight}.items()])
    return Answer(
        {**record, "by_sight": sight, **known_records.provenance(found, taxonomy)},
        f"{told}\n\n{known_records.card(found, taxonomy)}",
    )


def write_veil(session: Session) -> Answer:
    """`cport media veil ID --out PNG`."""
    path = session.options.needed_path("out")
    wanted = media_id(session.options.required("reference"))
    with session.vault() as vault:
        browse_media.show_media(vault, wanted)
        veil = browse_media.veil_or_card(vault, wanted)
        comment = "SYNTHETIC" if vault.nature.is_synthetic else ""
    write_new(path, grey_png(veil, comment=comment))
    fields = {"media": media_reference(wanted), "path": str(path.absolute())}
    return Answer(fields, f"Veil of {media_reference(wanted)} written to {path}")


def hotlines(session: Session) -> Answer:
    """`cport hotlines [QUERY]`."""
    require_order(session, "name")
    with session.vault() as vault:
        found = overview.list_hotlines(vault, " ".join(session.options.texts("query")))
        freshness = heard(session, vault)
    shown, following = page_of(session, [records.hotline(row) for row in found])
    rows = {row.hotline.hotline_id: row for row in found}
    lines = [
        (str(row.hotline.hotline_id), row.hotline.name, row.hotline.country, f"{row.reports:,}")
        for row in (rows[HotlineId(int(str(one["id"])))] for one in shown)
    ]
    answer = listing(
        shown,
        text=table(("Id", "Hotline", "Country", "Reports"), lines),
        total=len(found),
        next_cursor=following,
        elapsed_ms=session.elapsed_ms,
    )
    return dated(answer, freshness, Table.HOTLINES)


def order_of(text: str | None) -> Order:
    """The order that `--sort` names; the newest first without it.

    Raises:
        ValueUnknown: there is no such column to sort by.
    """
    if text is None:
        return Order()
    name = text.removeprefix("-")
    if name not in set(ReportSort):
        raise ValueUnknown(what="column to sort by", value=name, accepted=", ".join(ReportSort))
    return Order(ReportSort(name), is_descending=text.startswith("-"))


def _facet(name: str) -> Facet:
    if name not in set(Facet):
        raise ValueUnknown(what="facet", value=name, accepted=", ".join(Facet))
    return Facet(name)


def _facet_record(counted: dict[Facet, tuple[FacetCount, ...]]) -> Json:
    return {
        facet.value: [{"value": found.value, "count": found.count} for found in counts]
        for facet, counts in counted.items()
    }


def _facet_words(facet: Facet, taxonomy: Taxonomy) -> Callable[[str], str]:
    """From a facet's value to what a person reads: the label of a code, else the value."""

    def words(value: str) -> str:
        if facet is Facet.CLASSIFICATION and value.isdigit():
            return records.classification_label(int(value), taxonomy)
        if facet is Facet.SITE_TYPE and value.isdigit():
            return taxonomy["site_type"].label(int(value))
        return value or "–"

    return words


def _reports_table(
    rows: Sequence[ReportRow],
    taxonomy: Taxonomy,
    total: int | None,
    counted: dict[Facet, tuple[FacetCount, ...]],
) -> str:
    lines = [
        (
            iso_utc(row.received_at),
            report_reference(row.report_id),
            row.domain,
            row.hosting_country or "–",
            row.provider or "–",
            records.classification_label(row.classification, taxonomy),
            row.status.value,
        )
        for row in rows
    ]
    text = table(
        ("Received (UTC)", "Report", "Domain", "Host", "Provider", "Class", "Status"), lines
    )
    for facet, counts in counted.items():
        words = _facet_words(facet, taxonomy)
        values = ", ".join(f"{words(found.value)} {found.count:,}" for found in counts)
        text += f"\n{facet.value}: {values}"
    return text if total is None else f"{text}\n{total:,} in all"


def _dossier_text(found: Dossier, taxonomy: Taxonomy, now: datetime) -> str:
    row, report = found.row, found.report
    head = facts(
        [
            ("report", report_reference(row.report_id)),
            ("status", row.status.value),
            ("hotline", found.hotline.name if found.hotline else row.hotline),
            ("received", iso_utc(row.received_at)),
            ("classification", records.classification_label(row.classification, taxonomy)),
            ("site type", taxonomy["site_type"].label(row.site_type)),
            ("memo", report.memo),
            ("withdrawn because", found.withdrawn_reason),
            ("takedown", records.takedown(found, now=now)["sentence"]),
        ]
    )
    contents = table(
        ("Content", "URL", "Hosted", "Assigned", "Assessments", "Actions", "Media"),
        [
            (
                str(item.content_id),
                defanged(item.url),
                item.hosting.country or "–",
                item.assigned_country or "–",
                str(len(item.assessments)),
                str(len(item.actions)),
                str(len(item.media)),
            )
            for item in report.contents
        ],
    )
    own = table(
        ("What", "State", "Why"),
        [
            (
                operations.summary(body_record(done.operation.body)),
                operations.state_word(done.state.value),
                operations.reason_sentence(done.reason) if done.reason else done.aside or "",
            )
            for done in found.operations
        ],
    )
    answers = facts([(one.question, f"{one.hotline}: {one.text}") for one in found.answers])
    parts = (head, contents, own if found.operations else "", answers if found.answers else "")
    return "\n\n".join(part for part in parts if part)


def _media_line(item: MediaItem) -> tuple[str, ...]:
    return (
        media_reference(item.media_id),
        item.state.value,
        item.kind.value if item.kind else "–",
        f"{item.size:,}",
        str(item.duplicates),
        str(len(item.reports)),
        labels.cannot_show(item.cannot_show.value) if item.cannot_show else "",
    )


def _flat(value: Json) -> object:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "–"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {part}" for name, part in value.items()) or "–"
    return value
