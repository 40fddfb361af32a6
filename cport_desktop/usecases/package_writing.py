"""Writes one package of an order: beside its name, read back, held against the vault, then named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cport_desktop.domain.agreement import Agreement
from cport_desktop.domain.disclosure import DisclosureId
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.package import ComposedPackage, PackageContent
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import OutputExists, PackageOvertaken
from cport_desktop.exports import composition
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.exports.output_files import growing_file
from cport_desktop.exports.piece_stream import Sink
from cport_desktop.exports.reading_back import Found, Sealed, read_back
from cport_desktop.exports.seal_header import INTRODUCTION
from cport_desktop.exports.split_files import (
    growing_parts,
    require_parts_free,
)
from cport_desktop.exports.steady_file import SteadyFile
from cport_desktop.usecases.package_choice import Chosen
from cport_desktop.usecases.package_leave import Variant
from cport_desktop.usecases.package_media import packed_media
from cport_desktop.usecases.package_order import Order
from cport_desktop.usecases.package_redacting import Drawn
from cport_desktop.usecases.tell_custody import custody_of
from cport_desktop.vault import packed
from cport_desktop.vault.checkpoints import SignedHead
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Departure:
    """One package on its way: what goes into it, for whom, to which file, and its number."""

    variant: Variant
    chosen: Chosen
    path: Path
    disclosure_id: DisclosureId

    @property
    def names(self) -> tuple[str, ...]:
        """Of its recipients."""
        return tuple(recipient.name for recipient in self.variant.recipients)


@dataclass(frozen=True, slots=True)
class Writing:
    """What all packages of an order have in common."""

    order: Order
    agreement: Agreement
    signed: SignedHead
    composed_at: datetime
    documents: DocumentMaker
    taxonomy: Taxonomy
    announce: Announce
    is_cancelled: IsCancelled


def require_free(path: Path, part_size: int | None) -> None:
    """Nothing that would have to be overwritten lies there.

    Raises:
        OutputExists.
    """
    if part_size is not None:
        require_parts_free(path, begins_with=INTRODUCTION)
    elif path.exists():
        raise OutputExists(path=str(path))


def written_package(
    vault: Vault, departure: Departure, drawn: Drawn, writing: Writing
) -> ComposedPackage:
    """The package stands under its name, complete and read back.

    Raises:
        PackageOvertaken: something of it was erased or withdrawn meanwhile.
        Cancelled, StorageFull, OutputUnwritable, DigestMismatch …: nothing of it is left.
    """
    content = _content(vault, departure, drawn, writing)
    path, order = departure.path, writing.order
    if order.part_size is None:
        with growing_file(path, begins_with=INTRODUCTION) as (partial, descriptor):
            with SteadyFile(descriptor) as out:
                sealed = _sealed(content, departure, out, writing)
            found = _found((partial,), sealed, path, writing)
            _require_standing(vault, departure.chosen)
        return replace(sealed.as_found(found), path=path)
    with growing_parts(path, order.part_size, begins_with=INTRODUCTION) as split:
        sealed = _sealed(content, departure, split, writing)
        found = _found(split.settle(), sealed, path, writing)
        _require_standing(vault, departure.chosen)
        parts = split.parts(found.files)
        split.write_list(parts, sha256=found.sha256, size=sealed.size)
    return replace(sealed.as_found(found), path=path, parts=tuple(part.name for part in parts))


def _found(partial: Sequence[Path], sealed: Sealed, path: Path, writing: Writing) -> Found:
    return read_back(
        partial,
        sealed,
        name=path.name,
        announce=writing.announce,
        is_cancelled=writing.is_cancelled,
    )


def _sealed(content: PackageContent, departure: Departure, out: Sink, writing: Writing) -> Sealed:
    return composition.compose(
        content,
        signer=writing.order.signer,
        recipients=departure.variant.recipients,
        documents=writing.documents,
        taxonomy=writing.taxonomy,
        out=out,
        announce=writing.announce,
        is_cancelled=writing.is_cancelled,
    )


def _content(vault: Vault, departure: Departure, drawn: Drawn, writing: Writing) -> PackageContent:
    chosen, variant = departure.chosen, departure.variant
    files, left = packed_media(vault, chosen, variant.media, drawn)
    checkpoint = writing.signed.checkpoint
    return PackageContent(
        title=writing.order.title,
        composed_at=writing.composed_at,
        composed_by=vault.actor,
        agency=writing.agreement.agency,
        agreement=writing.agreement.reference,
        nature=vault.nature,
        log_head=checkpoint.root.hex(),
        log_size=checkpoint.size,
        reports=chosen.dossiers,
        media=files,
        omitted_media=chosen.omitted + left,
        log_checkpoint=writing.signed.content,
        log_key=str(writing.signed.key),
        media_level=variant.media,
        redactions=chosen.redactions,
        region_profile=writing.order.region_profile,
        case=writing.order.case,
        custody=custody_of(
            vault,
            writing.signed,
            reports=[dossier.report.report_id for dossier in chosen.dossiers],
            media=sorted({item.media_id for each in chosen.dossiers for item in each.media}),
            is_cancelled=writing.is_cancelled,
        ),
    )


def _require_standing(vault: Vault, chosen: Chosen) -> None:
    """Nothing of what was packed was erased or withdrawn since it was chosen.

    Raises:
        PackageOvertaken.
    """
    with vault.reader() as reader:
        now = packed.statuses(reader, chosen.reports)
    for dossier in chosen.dossiers:
        number = dossier.report.report_id
        was_withdrawn = dossier.row.status is ReportStatus.WITHDRAWN
        is_withdrawn = now.get(number) is ReportStatus.WITHDRAWN
        if number not in now or (is_withdrawn and not was_withdrawn):
            raise PackageOvertaken(reference=report_reference(number))
