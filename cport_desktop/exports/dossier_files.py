"""Dossiers of domains as files for somebody else: JSON, CSV, and a document to read.

The reason for officers alone and the names of officers are in none of them; evidence is named by report
and content item, with where on the domain it was, and no copy goes along. Fields that the agreement
withholds are absent. The same dossiers give the same bytes (docs/formats/iwol.md).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.clock import iso_utc
from cport_desktop.domain.criteria import Judged
from cport_desktop.domain.dossier import DossierShown, Evidence
from cport_desktop.domain.enclosure import Enclosure
from cport_desktop.domain.hosts import readable_host, visible
from cport_desktop.domain.ids import report_reference
from cport_desktop.exports.pages import Block, Document, Facts, Heading, Paragraph, Table
from cport_desktop.exports.table_cells import cell_text
from cport_desktop.words import documents, tongue
from cport_desktop.words import dossiers as words
from cport_desktop.words import enclosures as enclosure_words

FORMAT: Final = "cport-iwol-dossiers"
VERSION: Final = 1
JSON_BEGINS_WITH: Final = b'{\n  "format": "cport-iwol-dossiers"'
CSV_BEGINS_WITH: Final = b'"domain"'
PDF_BEGINS_WITH: Final = b"%PDF-"
COLUMNS: Final = (
    "domain",
    "unicode",
    "action",
    "criteria_version",
    "criteria",
    "public_reason",
    "proportionality",
    "first_agency",
    "first_country",
    "second_agency",
    "second_country",
    "confirmed_at",
    "review_at",
    "reports",
    "where",
    "captured_at",
    "ip_addresses",
    "autonomous_systems",
    "countries",
    "complaint_contact",
    "enclosed",
    "nature",
)
MEMBERS: Final = {
    "ip_address": "hostingIpAddress",
    "autonomous_system": "hostingOrganization",
    "country": "hostingCountryCode",
}
"""What of evidence an agreement may withhold, by the members of a report."""


@dataclass(frozen=True, slots=True)
class DossierHead:
    """What speaks of the file as a whole. `withheld`: members of reports that stay out."""

    made_at: datetime
    agency: str
    country: str
    recipient: str
    agreement: str | None
    is_synthetic: bool
    withheld: frozenset[str] = frozenset()


def print_json(dossiers: Sequence[DossierShown], head: DossierHead) -> bytes:
    """One JSON object, its members in this order."""
    value = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": iso_utc(head.made_at),
        "agency": head.agency,
        "country": head.country,
        "recipient": head.recipient,
        "agreement": head.agreement,
        "synthetic": head.is_synthetic,
        "withheld": sorted(head.withheld),
        "dossiers": [_record(one, head.withheld) for one in dossiers],
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def print_csv(dossiers: Sequence[DossierShown], head: DossierHead) -> bytes:
    """A line for each domain; several things of one with `; ` between them."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in dossiers:
        writer.writerow([cell_text(cell) for cell in _line(one, head)])
    return page.getvalue().encode("utf-8", "backslashreplace")


def document(dossiers: Sequence[DossierShown], head: DossierHead) -> Document:
    """The same to read."""
    blocks: list[Block] = [Paragraph(text=words.REFERENCES_ONLY)]
    for place, one in enumerate(dossiers):
        blocks += _section(one, head, begins_page=place > 0)
    return Document(
        title=words.DOCUMENT_TITLE,
        subtitle=words.DOCUMENT_SUBTITLE,
        language=tongue.language(),
        author=head.agency or words.DOCUMENT_TITLE,
        producer="CPORT Desktop",
        made_at=head.made_at,
        banner=documents.BANNER if head.is_synthetic else None,
        footer=documents.footer(head.agency, iso_utc(head.made_at)),
        page_of=documents.PAGE_OF,
        contents="",
        facts=Facts(
            rows=(
                (documents.COMPOSED_AT, iso_utc(head.made_at)),
                (documents.AGENCY, head.agency or documents.NOTHING),
                (words.RECIPIENT, head.recipient),
                (documents.AGREEMENT, head.agreement or documents.NOTHING),
                (words.DOMAINS, tongue.amount(len(dossiers))),
            )
        ),
        blocks=tuple(blocks),
    )


def action(one: DossierShown) -> str:
    """Whether the domain is to be listed, or taken off."""
    return "remove" if one.line.is_to_be_removed else "add"


def _record(one: DossierShown, withheld: Collection[str]) -> dict[str, object]:
    kept = one.line.dossier
    return {
        "domain": kept.domain,
        "unicode": visible(readable_host(kept.domain)),
        "action": action(one),
        "criteria_version": kept.criteria_version,
        "criteria": [_criterion(each) for each in one.criteria],
        "public_reason": kept.texts.public,
        "proportionality": kept.texts.proportionality,
        "complaint_contact": kept.texts.contact,
        "removal_reason": kept.closing if one.line.is_to_be_removed else None,
        "first_agency": one.first.agency if one.first else None,
        "first_country": one.first.country if one.first else None,
        "second_agency": kept.second.agency if kept.second else None,
        "second_country": kept.second.country if kept.second else None,
        "submitted_at": iso_utc(kept.submitted.at) if kept.submitted else None,
        "confirmed_at": iso_utc(kept.confirmed.at) if kept.confirmed else None,
        "review_at": iso_utc(kept.review_at) if kept.review_at else None,
        "warnings": [each.pause.value for each in one.cautions],
        "evidence": [_evidence(each, withheld) for each in standing(one)],
        "enclosed": [_enclosed(each) for each in one.enclosed],
    }


def standing(one: DossierShown) -> tuple[Evidence, ...]:
    """The references that still lead somewhere."""
    return tuple(e for e in one.evidence if e.fact is not None and not e.fact.is_withdrawn)


def _criterion(judged: Judged) -> dict[str, object]:
    return {
        "code": judged.text.code,
        "title": judged.text.title,
        "state": judged.state.value,
        "reason": judged.ground.value,
        "reports": [report_reference(each) for each in judged.evidence],
    }


def _enclosed(one: Enclosure) -> dict[str, object]:
    """Where it comes from, and its digest; of RDAP what names no person."""
    told: dict[str, object] = {
        "kind": one.kind.value,
        "source": one.source,
        "taken_at": iso_utc(one.taken_at),
        "sha256": one.sha256,
    }
    if one.registration is not None:
        told["registrar"] = one.registration.registrar
        told["statuses"] = list(one.registration.statuses)
        told["events"] = [[each.action, each.at] for each in one.registration.events]
    return told


def _evidence(one: Evidence, withheld: Collection[str]) -> dict[str, object]:
    fact = one.fact
    assert fact is not None
    told: dict[str, object] = {
        "report": report_reference(one.report_id),
        "content_id": one.content_id,
        "where": fact.where,
        "captured_at": iso_utc(fact.received_at),
        "ip_address": fact.ip_address,
        "autonomous_system": fact.autonomous_system,
        "country": fact.country,
    }
    return {name: value for name, value in told.items() if MEMBERS.get(name) not in withheld}


def _line(one: DossierShown, head: DossierHead) -> tuple[str | tuple[str, ...], ...]:
    record = _record(one, head.withheld)
    found = [_evidence(each, head.withheld) for each in standing(one)]

    def each_once(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(item[name]) for item in found if item.get(name)))

    return (
        *(str(record[name] or "") for name in COLUMNS[:4]),
        tuple(f"{each.text.code}={each.state.value}" for each in one.criteria),
        *(str(record[name] or "") for name in COLUMNS[5:13]),
        each_once("report"),
        each_once("where"),
        each_once("captured_at"),
        each_once("ip_address"),
        tuple(f"AS{number}" for number in each_once("autonomous_system")),
        each_once("country"),
        one.line.dossier.texts.contact,
        tuple(f"{each.kind.value} {each.sha256} {each.source}" for each in one.enclosed),
        documents.BANNER if head.is_synthetic else "",
    )


def _section(one: DossierShown, head: DossierHead, *, begins_page: bool) -> list[Block]:
    kept, record = one.line.dossier, _record(one, head.withheld)
    name = visible(readable_host(kept.domain))
    shown = kept.domain if name == kept.domain else f"{kept.domain} ({name})"
    asked = words.TO_ADD if action(one) == "add" else words.TO_REMOVE
    rows = [
        (words.ASKED, asked),
        (words.PUBLIC, kept.texts.public),
        (words.PROPORTIONALITY, kept.texts.proportionality),
        (enclosure_words.COMPLAINT_CONTACT, kept.texts.contact),
        (words.FIRST_AGENCY, _party(record, "first")),
        (words.SECOND_AGENCY, _party(record, "second")),
        (words.CONFIRMED, str(record["confirmed_at"] or documents.NOTHING)),
        (words.REVIEW_AT, str(record["review_at"] or documents.NOTHING)),
    ]
    if one.line.is_to_be_removed:
        rows.insert(1, (words.REMOVAL_REASON, kept.closing))
    return [
        Heading(text=shown.replace(".", "[.]"), begins_page=begins_page),
        Facts(rows=tuple((label, text or documents.NOTHING) for label, text in rows)),
        Table(
            title=words.CRITERIA,
            header=(words.CODE, words.CRITERION, words.STATE),
            widths=(0.1, 0.6, 0.3),
            rows=tuple(
                (
                    each.text.code,
                    tongue.tr(each.text.title),
                    words.CRITERION_STATES[each.state.value],
                )
                for each in one.criteria
            ),
            nothing=words.NO_CRITERIA,
        ),
        Table(
            title=words.EVIDENCE,
            header=(words.REPORT, words.WHERE, words.CAPTURED, words.ADDRESS, words.COUNTRY),
            widths=(0.14, 0.36, 0.2, 0.2, 0.1),
            rows=tuple(_row(_evidence(each, head.withheld)) for each in standing(one)),
            nothing=words.NO_EVIDENCE,
        ),
        Table(
            title=enclosure_words.ENCLOSED,
            header=(
                enclosure_words.KIND,
                enclosure_words.SOURCE,
                enclosure_words.TAKEN_AT,
                enclosure_words.DIGEST,
            ),
            widths=(0.2, 0.3, 0.18, 0.32),
            rows=tuple(map(_enclosed_row, one.enclosed)),
            nothing=enclosure_words.NOTHING_ENCLOSED,
        ),
    ]


def _row(told: dict[str, object]) -> tuple[str, ...]:
    names = ("report", "where", "captured_at", "ip_address", "country")
    cells = [str(told.get(name) or documents.NOTHING) for name in names]
    cells[1] = visible(cells[1]).replace(".", "[.]")
    return tuple(cells)


def _enclosed_row(one: Enclosure) -> tuple[str, ...]:
    source = visible(one.source).replace(".", "[.]")
    return enclosure_words.KINDS[one.kind.value], source, iso_utc(one.taken_at), one.sha256


def _party(record: dict[str, object], which: str) -> str:
    agency, country = record[f"{which}_agency"], record[f"{which}_country"]
    return f"{agency} ({country})" if agency and country else str(agency or "")
