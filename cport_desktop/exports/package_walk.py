"""Goes through a package that was verified, once more and as often as needed, and tells a listener
what stands in it.

Sealed or opened, it streams: nothing is extracted, no plaintext lies on a disk, memory does not grow.
That it is the file that was verified is shown by its digest: whoever applies anything of it compares
`Walked.sha256` of both passes first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Identity
from cport_desktop.crypto.signing import SignerFacts, check_integrity
from cport_desktop.domain.imported import PackageFacts
from cport_desktop.domain.progress import IsCancelled
from cport_desktop.errors import Cancelled, IdentityMismatch, PackageMalformed
from cport_desktop.exports import seal_header
from cport_desktop.exports.container import MANIFEST_NAME, SIGNATURE_NAME
from cport_desktop.exports.container_reader import (
    CHECKPOINT_NAME,
    PACKAGE_NAME,
    ContainerReader,
    Fault,
    MemberListener,
    SeenContainer,
)
from cport_desktop.exports.piece_stream import Prefixed
from cport_desktop.exports.records import PackageRecord, parse_package
from cport_desktop.exports.zip_layout import LOCAL_SIGNATURE
from cport_desktop.words import packages as words

_READ = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Walked:
    """`sha256` of the file as it lies there; the rest as its `package.json` and signature say."""

    sha256: str
    record: PackageRecord
    signer: SignerFacts
    checkpoint: bytes

    @property
    def facts(self) -> PackageFacts:
        """What the vault remembers of it."""
        record = self.record
        return PackageFacts(
            sha256=self.sha256,
            title=record.title,
            composed_at=record.composed_at,
            composed_by=record.composed_by,
            agency=record.agency,
            agreement=record.agreement,
            signer=self.signer.name,
            signed_at=self.signer.signed_at,
            certificate=self.signer.certificate.decode("ascii"),
            log_head=record.audit_log.head,
            log_size=record.audit_log.size,
            log_key=record.audit_log.key,
            checkpoint=self.checkpoint,
        )


class DigestingSource:
    """Reads `source`, knows the digest of all that was read, and stops when somebody asks it to."""

    def __init__(self, source: BinaryIO, is_cancelled: IsCancelled) -> None:
        self._source = source
        self._is_cancelled = is_cancelled
        self._digest = hashlib.sha256()
        self.position = 0

    def read(self, size: int = -1) -> bytes:
        if self._is_cancelled():
            raise Cancelled
        piece = self._source.read(size)
        self._digest.update(piece)
        self.position += len(piece)
        return piece

    def to_its_end(self) -> str:
        """The SHA-256 of the whole file, in lower-case hex, once the rest of it was read."""
        while self.read(_READ):
            """Nobody needs these bytes but the digest."""
        return self._digest.hexdigest()


def walk(
    source: BinaryIO,
    identities: Sequence[Identity],
    listener: MemberListener,
    *,
    is_cancelled: IsCancelled,
) -> Walked:
    """All members went by `listener`, to the end of the file.

    Raises:
        PackageMalformed: it is no package, or not intact any more.
        SignatureInvalid: its signature does not fit it any more.
        Cancelled: somebody stopped it. What `listener` raises comes out, too.
    """
    stream = DigestingSource(source, is_cancelled)
    reader = ContainerReader(listener)
    head = seal_header.read_head(stream)
    rest = Prefixed(head, stream)
    if head.startswith(seal_header.INTRODUCTION):
        try:
            age.open(rest, reader, identities)
        except IdentityMismatch as error:
            raise PackageMalformed(cause=words.fault("identity")) from error
    elif head.startswith(LOCAL_SIGNATURE):
        while piece := rest.read(_READ):
            reader.write(piece)
    else:
        raise PackageMalformed(cause=words.fault("neither"))
    seen = reader.finish()
    if isinstance(seen, Fault):
        raise PackageMalformed(cause=words.fault(seen.value))
    return _walked(seen, stream.to_its_end())


def _walked(seen: SeenContainer, sha256: str) -> Walked:
    for name, cause in (
        (PACKAGE_NAME, "package_missing"),
        (MANIFEST_NAME, "manifest_missing"),
        (SIGNATURE_NAME, "signature_missing"),
    ):
        if name not in seen.kept:
            raise PackageMalformed(cause=words.fault(cause))
    return Walked(
        sha256=sha256,
        record=parse_package(seen.kept[PACKAGE_NAME]),
        signer=check_integrity(seen.kept[SIGNATURE_NAME], seen.kept[MANIFEST_NAME]),
        checkpoint=seen.kept.get(CHECKPOINT_NAME, b""),
    )
