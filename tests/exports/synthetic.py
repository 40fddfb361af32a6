"""Builders: synthetic dossiers, media and signers, whole packages in memory."""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.recipients import Identity, Recipient, generate_identity
from cport_desktop.crypto.signing import FileKeySigner, Signer
from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import Actor, ContentId, HotlineId, MediaId, OperationId, ReportId
from cport_desktop.domain.media_item import MediaItem, MediaKind, MediaState
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.operation import (
    GiveAssessment,
    GiveFeedback,
    Operation,
    OperationRow,
    OperationState,
)
from cport_desktop.domain.package import ComposedPackage, PackageContent, PackagedMedia
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.report import (
    Action,
    Assessment,
    ContentItem,
    Hosting,
    Hotline,
    MediaNotice,
    Report,
    ReportStatus,
)
from cport_desktop.domain.rows import Dossier, ReportRow
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.exports.composition import compose
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.exports.pages import Document
from cport_desktop.exports.pdf_place import empty_place, with_range
from cport_desktop.exports.reading_back import Found
from cport_desktop.formats import taxonomies

RESOURCES = Path(__file__).parents[2] / "resources"
NOW = datetime(2026, 5, 17, 9, 30, 12, tzinfo=UTC)
HOTLINE = Hotline(HotlineId(3), "Hotline Three", "NL", None)


def taxonomy() -> Taxonomy:
    return taxonomies.load(RESOURCES / "taxonomies" / "iccam-v3.json")


def document_of(number: int) -> bytes:
    """The portal's JSON with fields and spacing that no version of ours would write."""
    return b'{ "reportId":%d,"unknownField":[1, 2.50,"\\u00e9"],"memo":"synthetic report %d" }' % (
        number,
        number,
    )


@dataclass(frozen=True)
class Authority:
    """A certificate authority for tests."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def authority(name: str = "Test Authority") -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    return Authority(key, _certificate(name, key, None, is_authority=True))


def signer_of(
    issuer: Authority,
    *,
    name: str = "Test Agency",
    kind: str = "P-256",
    at: datetime = NOW,
    valid_until: datetime = NOW + timedelta(days=300),
) -> FileKeySigner:
    private, certificate = key_of(issuer, name=name, kind=kind, valid_until=valid_until)
    return FileKeySigner(private, certificate, clock=SteppingClock(at))


def key_of(
    issuer: Authority,
    *,
    name: str = "Test Agency",
    kind: str = "P-256",
    valid_until: datetime = NOW + timedelta(days=300),
) -> tuple[bytes, bytes]:
    """A private key (PKCS#8) and its certificate (PEM)."""
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    if kind == "P-256":
        key = ec.generate_private_key(ec.SECP256R1())
    else:
        key = rsa.generate_private_key(65537, 2048)
    certificate = _certificate(name, key, issuer, valid_until=valid_until)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return private, certificate.public_bytes(Encoding.PEM)


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    issuer: Authority | None,
    *,
    is_authority: bool = False,
    valid_until: datetime = NOW + timedelta(days=300),
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(valid_until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    return builder.sign(issuer.key if issuer else key, hashes.SHA256())


def digests_of(content: bytes) -> Digests:
    return Digests(
        size=len(content),
        md5=hashlib.md5(content, usedforsecurity=False).hexdigest(),
        sha1=hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        sha256=hashlib.sha256(content).hexdigest(),
        crc32=zlib.crc32(content),
    )


def noise(seed: int, size: int = 5000) -> bytes:
    """Bytes that look like nothing, the same for the same seed."""
    return hashlib.shake_128(seed.to_bytes(4, "big")).digest(size)


def packaged(media_id: int, content: bytes, extension: str = "png") -> PackagedMedia:
    def read() -> Iterator[bytes]:
        for start in range(0, len(content), 1024):
            yield content[start : start + 1024]

    return PackagedMedia(MediaId(media_id), digests_of(content), extension, read)


def media_item(media_id: int, content: bytes, report: int = 1) -> MediaItem:
    return MediaItem(
        media_id=MediaId(media_id),
        state=MediaState.HELD,
        size=len(content),
        announced_sha256=hashlib.sha256(content).hexdigest(),
        file_name=f"file{media_id}.png",
        declared_type="image/png",
        kind=MediaKind.IMAGE,
        format="png",
        width=64,
        height=48,
        duration_ms=None,
        digests=digests_of(content),
        perceptual_hash=None,
        quality=None,
        dct_hash=None,
        cannot_show=None,
        refusal=None,
        bytes_here=len(content),
        duplicates=0,
        reports=(ReportId(report),),
        facts=(),
        held_at=NOW,
    )


def content_item(number: int, url: str, media: Sequence[MediaItem] = ()) -> ContentItem:
    return ContentItem(
        content_id=ContentId(number),
        url=url,
        is_source=number % 10 == 1,
        content_type=2,
        hosting=Hosting("NL", "192.0.2.7", "Example Hosting", 64500, "Example Org", False),
        assigned_country="NL",
        assigned_at=NOW,
        hotline_reference=None,
        memo=None,
        assessments=(Assessment(1, 3, 2, False, False, False, "A. N.", HotlineId(3), NOW),),
        actions=(Action(1, "A. N.", NOW, None, None), Action(4, None, NOW, 19, "link gone")),
        media=tuple(
            MediaNotice(m.media_id, m.size, m.announced_sha256, m.file_name, m.declared_type)
            for m in media
        ),
    )


def dossier(
    number: int, media: Sequence[MediaItem] = (), *, url: str | None = None, memo: str | None = None
) -> Dossier:
    page = url or f"https://files.site{number}.example/path/page?id={number}"
    item = content_item(number * 10 + 1, page, media)
    other = content_item(number * 10 + 2, f"{page}&x=2")
    report = Report(
        report_id=ReportId(number),
        revision=1,
        hotline=HotlineId(3),
        analyst="A. N.",
        hotline_reference=f"REF-{number}",
        received_at=NOW - timedelta(days=3),
        updated_at=NOW - timedelta(days=2),
        memo=memo or f"synthetic report {number}",
        referrer=None,
        source_username=None,
        source_password=None,
        site_type=20,
        commerciality=3,
        payment_methods=(),
        contents=(item, other),
    )
    return Dossier(
        row=_row(report, item, len(media)),
        report=report,
        document=document_of(number),
        hotline=HOTLINE,
        withdrawn_reason=None,
        media=tuple(media),
        media_of=((item.content_id, tuple(range(len(media)))), (other.content_id, ())),
        operations=(
            _operation(number, 1, GiveAssessment(other.content_id, 2)),
            _operation(number, 2, GiveFeedback("thank you")),
        ),
    )


def _row(report: Report, item: ContentItem, media: int) -> ReportRow:
    return ReportRow(
        report_id=report.report_id,
        status=ReportStatus.NEW,
        received_at=report.received_at,
        updated_at=report.updated_at,
        hotline=report.hotline,
        url=item.url,
        host="files.site.example",
        domain="site.example",
        hosting_country="NL",
        assigned_country="NL",
        ip_address="192.0.2.7",
        autonomous_system=64500,
        provider="Example Hosting",
        is_delivery_network=False,
        site_type=20,
        commerciality=3,
        classification=1,
        age=3,
        gender=2,
        last_action=4,
        content_count=2,
        media_count=media,
        is_overlaid=True,
    )


def _operation(report: int, number: int, body: GiveAssessment | GiveFeedback) -> OperationRow:
    operation = Operation(
        OperationId(f"00000000-0000-4000-8000-{report:06d}{number:06d}"),
        ReportId(report),
        Actor("analyst"),
        NOW,
        body,
    )
    return OperationRow(operation, OperationState.QUEUED, None, None)


def package_content(
    reports: int = 3, *, nature: Nature = Nature.DEMO, title: str = "Synthetic series"
) -> PackageContent:
    """Reports with a picture each, the last one a duplicate of the first."""
    seeds = [seed if seed < reports else 1 for seed in range(1, reports + 1)]
    files = [noise(seed) for seed in seeds]
    return PackageContent(
        title=title,
        composed_at=NOW,
        composed_by=Actor("analyst"),
        agency="Test Agency",
        agreement="AGR-1",
        nature=nature,
        log_head="ab" * 32,
        log_size=42,
        reports=tuple(
            dossier(n, [media_item(100 + n, file, n)]) for n, file in enumerate(files, start=1)
        ),
        media=tuple(packaged(100 + n, file) for n, file in enumerate(files, start=1)),
        omitted_media=((MediaId(999), "wanted"),),
    )


class QuickDocuments(DocumentMaker):
    """Sets no pages where a test is not about them: the real child takes half a second."""

    def make(
        self, document: Document, *, is_cancelled: Callable[[], bool], has_place: bool = False
    ) -> bytes:
        title = json.dumps(document.title).encode()
        return with_range(b"%%PDF-1.7\n%% %s\n<< %s >>\n%%%%EOF\n" % (title, empty_place()))


@dataclass(frozen=True)
class Sealed:
    """A package in memory with all that is needed to check it."""

    blob: bytes
    identity: Identity
    authority: Authority
    composed: ComposedPackage


def sealed(
    content: PackageContent | None = None,
    *,
    issuer: Authority | None = None,
    signer: Signer | None = None,
    documents: DocumentMaker | None = None,
) -> Sealed:
    identity = generate_identity()
    trusted = issuer or authority()
    out = io.BytesIO()
    composed = compose(
        content or package_content(),
        signer=signer or signer_of(trusted),
        recipients=[Recipient("court", identity.public)],
        documents=documents or QuickDocuments(),
        taxonomy=taxonomy(),
        out=out,
        announce=silent,
        is_cancelled=never,
    )
    found = Found(hashlib.sha256(out.getvalue()).hexdigest(), ())
    return Sealed(out.getvalue(), identity, trusted, composed.as_found(found))
