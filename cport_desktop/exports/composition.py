"""Composes an intelligence package: records, media, manifest, signature, seal, in one stream.

    members (digests known) → container pieces → age → out
    report → manifest → signature, meanwhile, for the end of the container

Nothing stands in the clear on a disk and memory does not grow with the media. The same content
gives the same container up to the signature. Media are digested again on their way; if one is
not what its digests say, or the composing is stopped, the seal never gets its end, and what
was written opens for nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Recipient
from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.package import PackageContent, PackagedMedia
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import Cancelled, DigestMismatch, MessageTooLarge
from cport_desktop.exports import custody_appendix, records
from cport_desktop.exports.bag import bag_members
from cport_desktop.exports.case_graph import CASE_NAME, CASE_TYPE, print_case
from cport_desktop.exports.checked_media import checked
from cport_desktop.exports.container import (
    CHECKSUMS_NAME,
    MANIFEST_NAME,
    MOST_MEMBERS,
    SIGNATURE_NAME,
    SUMMARY_NAME,
    SYNTHETIC_COMMENT,
    SYNTHETIC_NAME,
    Member,
    as_written,
    fixed,
    in_turn,
    rendered,
    streamed,
    write_container,
    writing_order,
)
from cport_desktop.exports.container_reader import CHECKPOINT_NAME, PACKAGE_NAME, SeenMember
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.exports.manifest import Reference, print_checksums, print_manifest
from cport_desktop.exports.media_record import print_media
from cport_desktop.exports.media_types import media_type_of
from cport_desktop.exports.pdf_signing import sign_pdf
from cport_desktop.exports.piece_stream import PieceReader, Sink, SinkAlongside
from cport_desktop.exports.reading_back import Sealed
from cport_desktop.exports.summary import summary
from cport_desktop.exports.tables import print_reports
from cport_desktop.exports.uncached_file import UncachedFile
from cport_desktop.exports.vics_case import VICS_NAME, print_vics
from cport_desktop.words import packages as words

JSON_TYPE = "application/json"
TEXT_TYPE = "text/plain"
_LAST_MEMBERS: Final = 4
CSV_TYPE = "text/csv"


def compose(
    content: PackageContent,
    *,
    signer: Signer,
    recipients: Sequence[Recipient],
    documents: DocumentMaker,
    taxonomy: Taxonomy,
    out: Sink,
    announce: Announce,
    is_cancelled: IsCancelled,
) -> Sealed:
    """The package of `content` is in `out`, sealed to `recipients`; the caller syncs it, has it read back
    (`reading_back`) and names it.

    Raises:
        DigestMismatch: a media file is not what its digests say.
        MessageTooLarge: more files than a package may hold.
        KeyFileMalformed: a recipient is damaged, or there is none.
        Cancelled: `is_cancelled` said so.
    """
    record = records.package_record(content, recipients, taxonomy)
    media, names = _media_members(content.media)
    report = summary(content, record, taxonomy)
    with (
        ThreadPoolExecutor(1, thread_name_prefix="signing") as signing,
        documents.making(report, is_cancelled=is_cancelled, has_place=True) as pdf,
    ):
        members = [
            *_record_members(content, record),
            *_large_members(content, record, names, taxonomy, is_cancelled),
            *_report_members(content, announce, is_cancelled),
            *media,
            *bag_members(media, records.bag_facts(record)),
        ]
        if len(members) + _LAST_MEMBERS > MOST_MEMBERS:
            raise MessageTooLarge(limit=MOST_MEMBERS)
        last = signing.submit(_last_members, tuple(members), pdf, signer)
        comment = SYNTHETIC_COMMENT if content.nature.is_synthetic else b""
        whole = in_turn(members, last.result)
        pieces = write_container(whole, at=content.composed_at, comment=comment)
        total = sum(member.size for member in members)
        watched = _watched(_unless_failed(pieces, last), total, announce, is_cancelled)
        with SinkAlongside(out) as sink, PieceReader(watched) as stream:
            written = age.seal(stream, sink, recipients)
        members += last.result()
    return Sealed(
        seal=written,
        members=tuple(SeenMember(m.name, m.size, m.sha256) for m in as_written(members)),
        items=len(content.reports),
        media=len(media),
        recipients=tuple(recipient.name for recipient in recipients),
        signer=signer.name,
    )


def confirm_written(path: Path, sha256: str) -> None:
    """The file at `path`, read back from its medium, has this digest.

    Raises:
        DigestMismatch: it has not; do not hand it on.
    """
    with UncachedFile(path) as written:
        found = hashlib.file_digest(written, "sha256").hexdigest()
    if found != sha256:
        raise DigestMismatch(what=path.name)


def _record_members(content: PackageContent, record: records.PackageRecord) -> Iterator[Member]:
    """What speaks of the package as a whole."""
    yield fixed(PACKAGE_NAME, JSON_TYPE, records.print_package(record))
    yield fixed("HOWTO-VERIFY.txt", TEXT_TYPE, words.HOW_TO_VERIFY.encode())
    if content.log_checkpoint:
        yield fixed(CHECKPOINT_NAME, TEXT_TYPE, content.log_checkpoint)
    if record.synthetic:
        yield fixed(SYNTHETIC_NAME, TEXT_TYPE, words.SYNTHETIC_NOTE.encode())


def _large_members(
    content: PackageContent,
    record: records.PackageRecord,
    names: Mapping[MediaId, str],
    taxonomy: Taxonomy,
    is_cancelled: IsCancelled,
) -> Iterator[Member]:
    """What has a line for each file, address or entry of the log: never held whole."""
    produced: list[tuple[str, str, Callable[[], Iterator[bytes]]]] = [
        ("media.json", JSON_TYPE, partial(print_media, content, names)),
        ("reports.csv", CSV_TYPE, partial(print_reports, content.reports, taxonomy)),
        (CASE_NAME, CASE_TYPE, partial(print_case, content, record, names)),
        (VICS_NAME, JSON_TYPE, partial(print_vics, content, record, names)),
    ]
    if (custody := content.custody) is not None:
        proofs = partial(
            custody_appendix.print_custody, custody, is_synthetic=content.nature.is_synthetic
        )
        table = partial(custody_appendix.print_table, custody)
        produced += [
            (custody_appendix.CUSTODY_NAME, JSON_TYPE, proofs),
            (custody_appendix.TABLE_NAME, CSV_TYPE, table),
        ]
    for name, media_type, produce in produced:
        yield streamed(name, media_type, partial(_until_stopped, produce, is_cancelled))


def _until_stopped(
    produce: Callable[[], Iterator[bytes]], is_cancelled: IsCancelled
) -> Iterator[bytes]:
    for piece in produce():
        _stop_if(is_cancelled)
        yield piece


def _report_members(
    content: PackageContent, announce: Announce, is_cancelled: IsCancelled
) -> Iterator[Member]:
    for done, dossier in enumerate(content.reports):
        _stop_if(is_cancelled)
        announce(Progress(Phase.COMPOSING, done, len(content.reports)))
        render = partial(records.print_report, dossier, is_synthetic=content.nature.is_synthetic)
        yield rendered(records.report_name(dossier), JSON_TYPE, render)


def _media_members(
    media: Sequence[PackagedMedia],
) -> tuple[list[Member], dict[MediaId, str]]:
    """One member for each different file, and the member's name for each media item."""
    names = {packed.media_id: records.media_name(packed) for packed in media}
    first_of = {packed.digests.sha256: packed for packed in reversed(media)}
    by_digest = {digest: names[packed.media_id] for digest, packed in first_of.items()}
    members = [_media_member(packed, by_digest[digest]) for digest, packed in first_of.items()]
    return members, {packed.media_id: by_digest[packed.digests.sha256] for packed in media}


def _media_member(packed: PackagedMedia, name: str) -> Member:
    return Member(
        name=name,
        media_type=media_type_of(name),
        size=packed.digests.size,
        crc32=packed.digests.crc32,
        sha256=packed.digests.sha256,
        read=partial(checked, packed),
    )


def _last_members(
    members: Sequence[Member], pdf: Callable[[], bytes], signer: Signer
) -> tuple[Member, ...]:
    """The report, signed, the list of checksums, the manifest over all data files, and its signature."""
    report = fixed(SUMMARY_NAME, "application/pdf", sign_pdf(pdf(), signer))
    references = _references([*members, report])
    checksums = fixed(CHECKSUMS_NAME, TEXT_TYPE, print_checksums(references))
    manifest = print_manifest(_references([*members, report, checksums]))
    return (
        report,
        checksums,
        fixed(MANIFEST_NAME, "text/xml", manifest),
        fixed(SIGNATURE_NAME, "application/x-pkcs7-signature", signer.sign_detached(manifest)),
    )


def _unless_failed(pieces: Iterator[bytes], last: Future[tuple[Member, ...]]) -> Iterator[bytes]:
    """`pieces`, as long as what is made meanwhile does not fail: a token that refuses is heard at once."""
    for piece in pieces:
        if last.done():
            last.result()
        yield piece


def _references(members: Iterable[Member]) -> list[Reference]:
    return sorted(
        (Reference(member.name, member.media_type, member.sha256) for member in members),
        key=lambda reference: writing_order(reference.name),
    )


def _watched(
    pieces: Iterator[bytes], total: int, announce: Announce, is_cancelled: IsCancelled
) -> Iterator[bytes]:
    """`pieces`, with word of how far it is, until somebody stops it."""
    done = 0
    for piece in pieces:
        _stop_if(is_cancelled)
        yield piece
        done += len(piece)
        announce(Progress(Phase.SEALING, min(done, total), total))


def _stop_if(is_cancelled: Callable[[], bool]) -> None:
    if is_cancelled():
        raise Cancelled
