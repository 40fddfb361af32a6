"""Checks a package as a stranger would: numbered steps, each with what was found.

    seal        the file is sealed with age                 (left out for an opened package)
    opening     it opens with the identity, up to its end   (left out for an opened package)
    container   whole, written in the one way, only honest members
    manifest    names every data file exactly once, and no other
    signature   CAdES, fits the manifest
    authority   its certificate goes back to the given one
    validity    the certificate was valid when it was signed: proven by a time stamp, or claimed
    signer      it is the expected one                      (only if one is expected)
    digests     every data file has the signed digest
    content     the package agrees with what it says of itself

The sealed bytes go once through the seal into the container's reader: constant memory, no
plaintext on any disk, nothing extracted, no seeking. A step that cannot be made is SKIPPED,
which is no success. `packaging/verify/verify_package.py` says the same without this program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from cport_desktop.clock import SystemClock, iso_utc
from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.authority_path import check_authority
from cport_desktop.crypto.recipients import Identity
from cport_desktop.crypto.signing import SignatureFault, SignerFacts, check_integrity
from cport_desktop.crypto.time_stamps import TimeStamp, is_proven, stamp_beside, stamp_within
from cport_desktop.domain.package import Verification
from cport_desktop.errors import IdentityMismatch, PackageMalformed, SignatureInvalid
from cport_desktop.exports import seal_header
from cport_desktop.exports.agreement_check import disagreement
from cport_desktop.exports.container import (
    MANIFEST_NAME,
    META_FOLDER,
    MIMETYPE_NAME,
    SIGNATURE_NAME,
)
from cport_desktop.exports.container_reader import (
    PACKAGE_NAME,
    ContainerReader,
    FaultFound,
    SeenContainer,
)
from cport_desktop.exports.expected_signer import ExpectedSigner
from cport_desktop.exports.manifest import Reference, parse_manifest
from cport_desktop.exports.piece_stream import DigestedSource, Prefixed, Source
from cport_desktop.exports.records import parse_package
from cport_desktop.exports.verification_steps import Steps
from cport_desktop.exports.zip_layout import LOCAL_SIGNATURE
from cport_desktop.words import package_verdicts as verdicts
from cport_desktop.words import packages as words

STEPS = tuple(words.STEP_TITLES)
CLOCKS_APART = timedelta(days=1)
"""So far may the clocks of signer, authority and reader differ; machines without a network drift."""
_SEAL = ("seal", "opening")
_SIGNER = "signer"
_READ = 1024 * 1024
_OWN_NAMES = frozenset({MIMETYPE_NAME, MANIFEST_NAME, SIGNATURE_NAME})


@dataclass(frozen=True, slots=True)
class Terms:
    """What the reader brings along, from outside the package.

    `trust`: certificates (PEM) of the authorities that the reader relies on, those of time stamps
    among them. `stamp`: a time stamp over the file. `now`: when it is judged (None: now).
    """

    identities: Sequence[Identity] = ()
    trust: bytes | None = None
    signer: ExpectedSigner | None = None
    stamp: bytes | None = None
    now: datetime | None = None


def verify(
    source: BinaryIO,
    *,
    identities: Sequence[Identity],
    trust: bytes | None,
    now: datetime | None = None,
) -> Verification:
    """As `verify_by`, for nobody in particular and without a time stamp beside the file."""
    return verify_by(source, Terms(identities=identities, trust=trust, now=now))


def verify_by(source: BinaryIO, terms: Terms) -> Verification:
    """What can be said of the package in `source`, read once from where it stands.

    Raises:
        PackageMalformed: if this is neither a sealed nor an opened package.
        KeyFileMalformed: if `terms.trust` holds no certificate.
    """
    digesting = DigestedSource(source)
    head = seal_header.read_head(digesting)
    stream = Prefixed(head, digesting)
    is_sealed = head.startswith(seal_header.INTRODUCTION)
    if not is_sealed and not head.startswith(LOCAL_SIGNATURE):
        is_armored = head.startswith(seal_header.ARMOR)
        raise PackageMalformed(cause=words.fault("armored" if is_armored else "neither"))
    left_out = {*(() if is_sealed else _SEAL), *(() if terms.signer else (_SIGNER,))}
    steps = Steps([name for name in STEPS if name not in left_out])
    if is_sealed and not terms.identities:
        if steps.attempt(lambda: _seal_alone(head, stream)):
            steps.rest_skipped(words.skipped_without_identity())
        return steps.verification()
    reader = ContainerReader()
    if is_sealed:
        sealed = seal_header.parse_header
        if not steps.attempt(lambda: words.sealed_to(sealed(head).recipients)):
            return steps.verification()
        if not steps.attempt(lambda: _opened(stream, reader, terms.identities)):
            return steps.verification()
    else:
        while piece := stream.read(_READ):
            reader.write(piece)
    return _Checks(steps, terms, digesting).of(reader)


def _seal_alone(head: bytes, stream: Source) -> str:
    header = seal_header.parse_header(head)
    seal_header.require_whole_form(stream, header)
    return words.sealed_to(header.recipients)


def _opened(stream: Source, reader: ContainerReader, identities: Sequence[Identity]) -> str:
    try:
        age.open(stream, reader, identities)
    except IdentityMismatch as error:
        raise PackageMalformed(cause="identity") from error
    return words.opened()


class _Checks:
    """The steps from the container on."""

    def __init__(self, steps: Steps, terms: Terms, source: DigestedSource) -> None:
        self._steps = steps
        self._terms = terms
        self._source = source
        self._is_expired = False

    def of(self, reader: ContainerReader) -> Verification:
        """All of them, for what was written into `reader`."""
        self._container(reader)
        return self._steps.verification(is_expired=self._is_expired)

    def _container(self, reader: ContainerReader) -> None:
        seen = reader.ended()
        if isinstance(seen, FaultFound):
            self._steps.failed(seen.fault.value, seen.name)
            return
        self._steps.passed(words.container_whole(len(seen.members)))
        references: list[Reference] = []

        def matched() -> str:
            references.extend(_matched(seen))
            return words.manifest_fits(len(references))

        if self._steps.attempt(matched) and self._signature(seen):
            self._steps.attempt(lambda: _digests(seen, references))
            self._steps.attempt(lambda: _content(seen, references))

    def _signature(self, seen: SeenContainer) -> bool:
        """The steps about it; whether the manifest can be relied on as what somebody signed."""
        signature, manifest = seen.kept[SIGNATURE_NAME], seen.kept[MANIFEST_NAME]
        try:
            facts = check_integrity(signature, manifest)
        except SignatureInvalid as error:
            self._steps.failed(str(error.facts["what"]))
            return False
        self._steps.passed(words.signed_by(facts.name, iso_utc(facts.signed_at)))
        try:
            stamp, is_stamp_good = self._stamp(signature), True
        except SignatureInvalid:
            stamp, is_stamp_good = None, False
        trust = self._terms.trust
        proven = stamp.moment if stamp and trust and is_proven(stamp, trust) else None
        is_of_use = proven is not None and facts.valid_from <= proven <= facts.valid_until
        moment = proven if is_of_use else None
        if trust is None:
            self._steps.skipped(words.skipped_without_trust())
        else:
            self._steps.attempt(lambda: _authority(signature, facts, trust, moment))
        if is_stamp_good:
            self._validity(facts, stamp, proven)
        else:
            self._steps.failed(SignatureFault.TIME_STAMP)
        if self._terms.signer is not None:
            expected = self._terms.signer
            self._steps.attempt(lambda: _as_expected(facts, expected))
        return True

    def _stamp(self, signature: bytes) -> TimeStamp | None:
        """The time stamp within the signature or beside the file: the earlier that proves something."""
        within = stamp_within(signature)
        found = [] if within is None else [within]
        if self._terms.stamp is not None:
            found.append(stamp_beside(self._terms.stamp, sha256=self._source.sha256()))
        trust = self._terms.trust
        proving = [stamp for stamp in found if trust and is_proven(stamp, trust)]
        if proving:
            return min(proving, key=lambda stamp: stamp.moment)
        return found[-1] if found else None

    def _validity(
        self, facts: SignerFacts, stamp: TimeStamp | None, proven: datetime | None
    ) -> None:
        start, end = facts.valid_from, facts.valid_until
        if not start <= facts.signed_at <= end:
            self._steps.failed(SignatureFault.EXPIRED)
            return
        now = self._terms.now or SystemClock().now()
        if max(facts.signed_at, proven or facts.signed_at) > now + CLOCKS_APART:
            self._steps.failed(SignatureFault.FUTURE)
            return
        if proven is not None and proven < max(start, facts.signed_at - CLOCKS_APART):
            self._steps.failed(SignatureFault.STAMP_EARLY)
            return
        self._is_expired = now > end
        spell = (iso_utc(start), iso_utc(end))
        if stamp is not None and proven is not None and start <= proven <= end:
            said = verdicts.valid_and_proven(*spell, stamp.name, iso_utc(proven))
            self._steps.passed(said)
            return
        if proven is not None:
            reason = verdicts.time_stamp_too_late()
        elif stamp is not None:
            reason = verdicts.time_stamp_of_a_stranger()
        else:
            reason = verdicts.no_time_stamp()
        if self._is_expired:
            self._steps.claimed(verdicts.expired_and_claimed(*spell, reason))
        else:
            self._steps.passed(verdicts.valid_as_stated(*spell, reason))


def _matched(seen: SeenContainer) -> tuple[Reference, ...]:
    """The manifest's references, which are the data files of the container and no others."""
    if MANIFEST_NAME not in seen.kept:
        raise PackageMalformed(cause="manifest_missing")
    if SIGNATURE_NAME not in seen.kept:
        raise PackageMalformed(cause="signature_missing")
    references = parse_manifest(seen.kept[MANIFEST_NAME])
    there = {member.name for member in seen.members}
    for reference in references:
        if reference.name in _OWN_NAMES or reference.name not in there:
            raise PackageMalformed(cause="missing", name=reference.name)
    named = {reference.name for reference in references}
    for member in seen.members:
        if member.name not in named and member.name not in _OWN_NAMES:
            raise PackageMalformed(cause="unreferenced", name=member.name)
    for name in sorted(named):
        if name.lower().startswith(META_FOLDER.lower()):
            # Other readers of ASiC-E would take it for a further signature or manifest.
            raise PackageMalformed(cause="name_escapes", name=name)
    return references


def _authority(signature: bytes, facts: SignerFacts, trust: bytes, moment: datetime | None) -> str:
    found = check_authority(signature, facts, trust, moment=moment)
    return words.from_authority(found.authority or "")


def _as_expected(facts: SignerFacts, expected: ExpectedSigner) -> str:
    if not expected.is_met_by(facts):
        raise PackageMalformed(cause="signer", name=facts.name)
    return verdicts.expected_signer(facts.name)


def _digests(seen: SeenContainer, references: Sequence[Reference]) -> str:
    said = {reference.name: reference.sha256 for reference in references}
    for member in seen.members:
        if member.name in said and said[member.name] != member.sha256:
            raise PackageMalformed(cause="digest", name=member.name)
    size = sum(m.size for m in seen.members if not m.name.startswith(META_FOLDER))
    return words.digests_agree(len(references), size)


def _content(seen: SeenContainer, references: Sequence[Reference]) -> str:
    if PACKAGE_NAME not in seen.kept:
        raise PackageMalformed(cause="package_missing")
    try:
        seen.kept[PACKAGE_NAME].decode("utf-8")
    except UnicodeDecodeError as error:
        # The parser passes over fields that it does not know without looking at their bytes.
        raise PackageMalformed(cause="package_record") from error
    record = parse_package(seen.kept[PACKAGE_NAME])
    cause = disagreement(record, seen, references)
    if cause is not None:
        raise PackageMalformed(cause=cause)
    return words.content_agrees(record.counts.reports, record.counts.media)
