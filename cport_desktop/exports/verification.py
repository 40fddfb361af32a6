"""Checks a package as a stranger would: numbered steps, each with what was found.

    1 seal        the file is sealed with age                 (left out for an opened package)
    2 opening     it opens with the identity, up to its end   (left out for an opened package)
    3 container   only honest members, each named by the manifest exactly once
    4 signature   CAdES, fits the manifest
    5 authority   its certificate goes back to the given one
    6 validity    the certificate was valid at the stated time of signing
    7 digests     every data file has the signed digest
    8 content     the package agrees with what it says of itself

The sealed bytes go once through the seal into the container's reader: constant memory, no
plaintext on any disk, nothing extracted, no seeking. A step that cannot be made is SKIPPED,
which is no success.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from cport_desktop.clock import iso_utc
from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.recipients import Identity
from cport_desktop.crypto.signing import (
    SignatureFault,
    SignerFacts,
    check_authority,
    check_integrity,
)
from cport_desktop.domain.package import StepState, Verification, VerificationStep
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
    Fault,
    SeenContainer,
)
from cport_desktop.exports.manifest import Reference, parse_manifest
from cport_desktop.exports.piece_stream import Prefixed, Source
from cport_desktop.exports.records import parse_package
from cport_desktop.exports.zip_layout import LOCAL_SIGNATURE
from cport_desktop.words import packages as words

STEPS = tuple(words.STEP_TITLES)
_READ = 1024 * 1024


def verify(
    source: BinaryIO, *, identities: Sequence[Identity], trust: bytes | None
) -> Verification:
    """What can be said of the package in `source`, read once from where it stands.

    `trust`: certificates (PEM) of the authorities that the reader relies on.

    Raises:
        PackageMalformed: if this is neither a sealed nor an opened package.
        KeyFileMalformed: if `trust` holds no certificate.
    """
    head = seal_header.read_head(source)
    stream = Prefixed(head, source)
    if head.startswith(seal_header.INTRODUCTION):
        return _verify_sealed(head, stream, identities, trust)
    if not head.startswith(LOCAL_SIGNATURE):
        is_armored = head.startswith(seal_header.ARMOR)
        raise PackageMalformed(cause=words.fault("armored" if is_armored else "neither"))
    reader = ContainerReader()
    while piece := stream.read(_READ):
        reader.write(piece)
    steps = _Steps(STEPS[2:])
    _check_container(steps, reader.finish(), trust)
    return steps.verification()


class _Steps:
    """Collects the outcome of each step, in order; what was never reached is skipped."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._made: list[VerificationStep] = []
        self._failed: str | None = None
        self._reason: str | None = None

    def passed(self, detail: str) -> None:
        self._add(StepState.PASSED, detail)

    def failed(self, cause: str) -> None:
        self._failed = self._failed or self._names[len(self._made)]
        self._add(StepState.FAILED, words.failed(cause), cause)

    def skipped(self, detail: str) -> None:
        self._add(StepState.SKIPPED, detail)

    def rest_skipped(self, reason: str) -> None:
        """All that follow are skipped for this reason."""
        self._reason = reason

    def attempt(self, check: Callable[[], str]) -> bool:
        """Whether `check` ran without finding a fault; it answers the sentence of success."""
        try:
            detail = check()
        except PackageMalformed as error:
            self.failed(str(error.facts["cause"]))
            return False
        except SignatureInvalid as error:
            self.failed(str(error.facts["what"]))
            return False
        self.passed(detail)
        return True

    def verification(self) -> Verification:
        title = words.STEP_TITLES[self._failed] if self._failed else ""
        reason = self._reason or words.skipped_before(title)
        while len(self._made) < len(self._names):
            self.skipped(reason)
        return Verification(tuple(self._made))

    def _add(self, state: StepState, detail: str, cause: str | None = None) -> None:
        number = len(self._made) + 1
        name = self._names[number - 1]
        self._made.append(VerificationStep(number, name, state, detail, cause))


def _verify_sealed(
    head: bytes, stream: Source, identities: Sequence[Identity], trust: bytes | None
) -> Verification:
    steps = _Steps(STEPS)
    if not identities:
        if steps.attempt(lambda: _seal_alone(head, stream)):
            steps.rest_skipped(words.skipped_without_identity())
        return steps.verification()
    if not steps.attempt(lambda: words.sealed_to(seal_header.parse_header(head).recipients)):
        return steps.verification()
    reader = ContainerReader()
    if steps.attempt(lambda: _opened(stream, reader, identities)):
        _check_container(steps, reader.finish(), trust)
    return steps.verification()


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


def _check_container(steps: _Steps, seen: SeenContainer | Fault, trust: bytes | None) -> None:
    """Steps 3 to 8."""
    if isinstance(seen, Fault):
        steps.failed(seen.value)
        return
    try:
        references = _matched(seen)
    except PackageMalformed as error:
        steps.failed(str(error.facts["cause"]))
        return
    steps.passed(words.container_whole(len(references)))
    if _check_signature(steps, seen, trust):
        steps.attempt(lambda: _digests(seen, references))
        steps.attempt(lambda: _content(seen, references))


def _matched(seen: SeenContainer) -> tuple[Reference, ...]:
    """The manifest's references, which are the data files of the container and no others."""
    if MANIFEST_NAME not in seen.kept:
        raise PackageMalformed(cause="manifest_missing")
    if SIGNATURE_NAME not in seen.kept:
        raise PackageMalformed(cause="signature_missing")
    references = parse_manifest(seen.kept[MANIFEST_NAME])
    named = {reference.name for reference in references}
    there = {member.name for member in seen.members}
    if named & {MIMETYPE_NAME, MANIFEST_NAME, SIGNATURE_NAME} or named - there:
        raise PackageMalformed(cause="missing")
    if there - named - {MIMETYPE_NAME, MANIFEST_NAME, SIGNATURE_NAME}:
        raise PackageMalformed(cause="unreferenced")
    return references


def _check_signature(steps: _Steps, seen: SeenContainer, trust: bytes | None) -> bool:
    """Steps 4 to 6; whether the manifest can be relied on as what somebody signed."""
    signature, manifest = seen.kept[SIGNATURE_NAME], seen.kept[MANIFEST_NAME]
    try:
        facts = check_integrity(signature, manifest)
    except SignatureInvalid as error:
        steps.failed(str(error.facts["what"]))
        return False
    steps.passed(words.signed_by(facts.name, iso_utc(facts.signed_at)))
    if trust is None:
        steps.skipped(words.skipped_without_trust())
    else:
        anchors = trust
        steps.attempt(lambda: _authority(signature, facts, anchors))
    steps.attempt(lambda: _validity(facts))
    return True


def _authority(signature: bytes, facts: SignerFacts, trust: bytes) -> str:
    found = check_authority(signature, facts, trust)
    return words.from_authority(found.authority or "")


def _validity(facts: SignerFacts) -> str:
    if not facts.valid_from <= facts.signed_at <= facts.valid_until:
        raise SignatureInvalid(what=SignatureFault.EXPIRED)
    return words.valid_between(iso_utc(facts.valid_from), iso_utc(facts.valid_until))


def _digests(seen: SeenContainer, references: Sequence[Reference]) -> str:
    found = {member.name: member.sha256 for member in seen.members}
    if any(found[reference.name] != reference.sha256 for reference in references):
        raise PackageMalformed(cause="digest")
    size = sum(m.size for m in seen.members if not m.name.startswith(META_FOLDER))
    return words.digests_agree(len(references), size)


def _content(seen: SeenContainer, references: Sequence[Reference]) -> str:
    if PACKAGE_NAME not in seen.kept:
        raise PackageMalformed(cause="package_missing")
    record = parse_package(seen.kept[PACKAGE_NAME])
    cause = disagreement(record, seen, references)
    if cause is not None:
        raise PackageMalformed(cause=cause)
    return words.content_agrees(record.counts.reports, record.counts.media)
