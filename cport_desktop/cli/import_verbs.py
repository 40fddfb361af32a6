"""`cport package import` and the list of what came so."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cport_desktop.cli.answer import Answer, Json, listing
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.recipients import Identity, read_identities
from cport_desktop.domain.about import case_number
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.imported import (
    ImportedPackage,
    ImportPreview,
    ImportRecord,
    ItemStanding,
    PackageFacts,
    StandingReport,
)
from cport_desktop.errors import OutputExists, UnknownReference
from cport_desktop.exports.expected_signer import ExpectedSigner, expected_from
from cport_desktop.usecases import compose_package as packages
from cport_desktop.usecases import import_package as imports
from cport_desktop.usecases import package_receipts
from cport_desktop.usecases.import_package import Looker, Parcel
from cport_desktop.usecases.unit_rules import media_rules
from cport_desktop.words import imports as words


def take_in(session: Session) -> Answer:
    """`cport package import FILE --identity K --trust CA [--case C] [--preview]`."""
    options = session.options
    parcel = Parcel(
        path=options.needed_path("file"),
        identities=_identities(session),
        trust=read_key_file(options.needed_path("trust")),
        case=_case(session),
        signer=_signer(session),
    )
    with (
        session.vault() as vault,
        session.progress() as announce,
        closing(session.workstation.sandbox(media_rules(vault))) as sandbox,
    ):
        looker = Looker(sandbox, announce, session.is_cancelled)
        if options.flag("preview"):
            return _preview(imports.preview_import(vault, parcel, looker))
        receipt = options.path("receipt")
        if receipt is not None and receipt.exists():
            raise OutputExists(path=str(receipt))
        imported, _ = imports.import_package(vault, parcel, looker)
        if receipt is not None:
            signer = packages.own_signer(vault, session.workstation.signer)
            package_receipts.write_receipt(vault, imported, receipt, signer)
    return _taken_in(parcel, imported, receipt)


def show_all(session: Session) -> Answer:
    """`cport package imports`."""
    with session.vault() as vault:
        records = imports.list_imports(vault)
    lines = [
        (
            iso_utc(record.at),
            record.agency,
            record.title,
            record.signer,
            f"{record.items:,}",
            f"{record.media:,}",
            record.sha256,
        )
        for record in records
    ]
    text = table(
        ("Taken in (UTC)", "Agency", "Title", "Signer", "Reports", "Media", "SHA-256"), lines
    )
    return listing(
        [_record(record) for record in records],
        text=text,
        total=len(records),
        next_cursor=None,
        elapsed_ms=session.elapsed_ms,
    )


def _identities(session: Session) -> tuple[Identity, ...]:
    path = session.options.path("identity")
    return () if path is None else read_identities(read_key_file(path))


def _signer(session: Session) -> ExpectedSigner | None:
    named = session.options.text("signer")
    if named is None:
        return None
    path = Path(named)
    return expected_from(named, read_key_file(path) if path.is_file() else None)


def _case(session: Session) -> int | None:
    named = session.options.text("case")
    if named is None:
        return None
    number = case_number(named)
    if number is None:
        raise UnknownReference(kind="case", reference=named)
    return number


def _preview(found: ImportPreview) -> Answer:
    media = found.media
    fields: dict[str, Json] = {
        "preview": True,
        **_facts(found.facts),
        "imported_at": None if found.imported_at is None else iso_utc(found.imported_at),
        "verified": found.verification.is_verified,
        "reports": [_line(line) for line in found.reports],
        "media": {
            "new": media.new,
            "here": media.here,
            "withheld": media.withheld,
            "unneeded": media.unneeded,
            "absent": media.absent,
            "bytes_new": media.bytes_new,
        },
    }
    lines = [
        words.PREVIEW,
        *_who(found.facts),
        *([] if found.imported_at is None else [words.imported_before(iso_utc(found.imported_at))]),
        *(words.standing(one.value, found.count(one)) for one in ItemStanding if found.count(one)),
        words.files(media.new, media.here),
        *([words.withheld(media.withheld)] if media.withheld else []),
        *([words.absent(media.absent)] if media.absent else []),
        "",
        _differing(found.reports),
    ]
    return Answer(fields, "\n".join(lines).rstrip())


def _differing(reports: tuple[StandingReport, ...]) -> str:
    """The reports that would not be taken in although they are not the same here."""
    shown = [
        (
            report_reference(line.report_id),
            "" if line.revision is None else str(line.revision),
            "" if line.revision_here is None else str(line.revision_here),
            words.STANDINGS[line.standing.value],
        )
        for line in reports
        if line.standing not in (ItemStanding.NEW, ItemStanding.SAME)
    ]
    return table(("Report", "Its revision", "Here", "What becomes of it"), shown) if shown else ""


def _taken_in(parcel: Parcel, imported: ImportedPackage, receipt: Path | None) -> Answer:
    fields: dict[str, Json] = {
        "package": str(parcel.path.absolute()),
        **_facts(imported.facts),
        "items": imported.items,
        "media": imported.media,
        "case": imported.case,
        "in_case": len(imported.in_case),
        "receipt": None if receipt is None else str(receipt.absolute()),
        "reports": [_line(line) for line in imported.reports],
    }
    lines = [
        *_who(imported.facts),
        words.taken_in(imported.items, imported.media),
        *(
            words.standing(one.value, count)
            for one in ItemStanding
            if one is not ItemStanding.NEW
            and (count := sum(line.standing is one for line in imported.reports))
        ),
        *([] if imported.case is None else [words.in_case(imported.case, len(imported.in_case))]),
        *([] if receipt is None else [words.receipt_written(str(receipt))]),
    ]
    return Answer(fields, "\n".join(lines))


def _who(found: PackageFacts) -> list[str]:
    return [
        facts([("Package", found.title), ("SHA-256", found.sha256)]),
        words.signed(found.signer, iso_utc(found.signed_at)),
        words.composed(found.agency, found.agreement, found.composed_by),
    ]


def _facts(found: PackageFacts) -> dict[str, Json]:
    return {
        "sha256": found.sha256,
        "title": found.title,
        "agency": found.agency,
        "agreement": found.agreement,
        "composed_by": found.composed_by,
        "composed_at": iso_utc(found.composed_at),
        "signer": found.signer,
        "signed_at": iso_utc(found.signed_at),
        "log_head": found.log_head,
        "log_size": found.log_size,
    }


def _line(line: StandingReport) -> dict[str, Json]:
    return {
        "id": report_reference(line.report_id),
        "standing": line.standing.value,
        "revision": line.revision,
        "revision_here": line.revision_here,
        "media": line.media,
    }


def _record(record: ImportRecord) -> dict[str, Json]:
    return {
        "id": record.sha256,
        "at": iso_utc(record.at),
        "actor": record.actor,
        "title": record.title,
        "agency": record.agency,
        "agreement": record.agreement,
        "composed_by": record.composed_by,
        "composed_at": iso_utc(record.composed_at),
        "signer": record.signer,
        "signed_at": iso_utc(record.signed_at),
        "log_head": record.log_head,
        "log_size": record.log_size,
        "items": record.items,
        "media": record.media,
    }
