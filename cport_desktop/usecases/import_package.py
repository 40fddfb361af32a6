"""Take in a package that a colleague composed: verify, say what it would do, then all of it or nothing.

    verified, every step ─> gone through once: reports, and which files it carries ─> plan against
    the vault ─> files staged, examined in the confined child ─> one transaction: reports, files,
    where they came from, the case ─> what searches and hits need is caught up

Nothing that is here is overwritten: what differs is shown. A killed process leaves nothing of it, or all.
The file that is taken in is the one that was verified: their digests are compared before anything counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from cport_desktop.crypto.recipients import Identity
from cport_desktop.domain.about import About, of_report
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.domain.imported import (
    ImportedPackage,
    ImportPreview,
    ImportRecord,
    ItemStanding,
    Origin,
)
from cport_desktop.domain.nature import Nature, require_same_nature
from cport_desktop.domain.package import StepState, Verification
from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.roles import Role
from cport_desktop.errors import CportError, InputUnreadable, PackageMalformed, PackageUnproven
from cport_desktop.exports.expected_signer import ExpectedSigner
from cport_desktop.exports.package_walk import DigestingSource, Walked, walk
from cport_desktop.exports.verification import Terms, verify_by
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.usecases.fetch_media import share_what_is_here
from cport_desktop.usecases.gather_case import add_within
from cport_desktop.usecases.import_entries import changes_of, items_of
from cport_desktop.usecases.match_known import match_due
from cport_desktop.usecases.media_leave import may_come
from cport_desktop.usecases.open_case import open_one
from cport_desktop.usecases.package_staging import Staging
from cport_desktop.usecases.permission import require
from cport_desktop.usecases.remember import catch_up_traits
from cport_desktop.usecases.stack_media import catch_up
from cport_desktop.usecases.stamp_package import stamp_there
from cport_desktop.usecases.take_in_media import Examiner
from cport_desktop.vault import imported_packages, replica
from cport_desktop.vault.package_plan import Plan, Survey, notices_of, plan_of
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import imports as words

MOST_LISTED = 1_000
"""Packages in the list of those that were taken in."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Which file, what opens it, and whom the reader relies on (certificates of authorities, PEM; from
    outside the package). `case`: the number of the case that its reports go into. `signer`: who must
    have signed, where somebody says so.
    """

    path: Path
    identities: Sequence[Identity]
    trust: bytes
    case: int | None = None
    signer: ExpectedSigner | None = None


@dataclass(frozen=True, slots=True)
class Looker:
    """Who examines files on their way in, and who hears of progress and may stop it."""

    sandbox: Sandbox
    announce: Announce
    is_cancelled: IsCancelled


@dataclass(frozen=True, slots=True)
class _Known:
    """A package that was verified and gone through once."""

    walked: Walked
    verification: Verification
    survey: Survey
    plan: Plan


def preview_import(vault: Vault, parcel: Parcel, looker: Looker) -> ImportPreview:
    """What taking in this package would do; nothing is changed or recorded.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        InputUnreadable: the file cannot be read.
        PackageMalformed, PackageUnproven: a step of its verification did not pass.
        NatureRefused: it is synthetic and the vault is not, or the other way round.
        NotEnrolled, AgreementForbids, AgreementLapsed: the agreement lets no file come.
        UnknownReference, CaseUnfit: there is no such case, or it is closed.
        KeyFileMalformed: there is no certificate in `trust`.
    """
    require(vault, Role.ANALYST)
    known = _known(vault, parcel, looker)
    with vault.reader() as reader:
        before = imported_packages.find(reader, known.walked.sha256)
    return ImportPreview(
        facts=known.walked.facts,
        verification=known.verification,
        reports=known.plan.lines,
        media=known.plan.counts,
        imported_at=None if before is None else before.at,
    )


def import_package(vault: Vault, parcel: Parcel, looker: Looker) -> tuple[ImportedPackage, Changes]:
    """The reports of the package that were not here are here, marked as imported, with the files that
    it carries for them and with what their sender said of them; all that it brought, and what was here
    in the same revision, is in the case, if one is named. What is here in another revision stays.

    Raises:
        As `preview_import`, and nothing was taken in.
        PackageMalformed: also if the file was changed while it was read.
        SandboxRefused: this machine cannot confine a decoder as demanded.
        Cancelled: somebody stopped it. StorageFull, VaultDamaged: the disk.
    """
    require(vault, Role.ANALYST)
    known = _known(vault, parcel, looker)
    examiner = Examiner(looker.sandbox, looker.announce, looker.is_cancelled)
    with Staging(vault, examiner, known.plan.files) as staging:
        try:
            _stage(parcel, looker, known, staging)
            imported = _taken_in(vault, parcel, known, staging)
        except CportError as error:
            staging.drop(error, known.walked.sha256)
            raise
        staging.keep_pictures()
    share_what_is_here(vault)
    catch_up_traits(vault, is_cancelled=looker.is_cancelled)
    match_due(vault, is_cancelled=looker.is_cancelled)
    catch_up(vault, announce=looker.announce, is_cancelled=looker.is_cancelled)
    return imported, Changes.REPORTS | Changes.MEDIA | Changes.WORK | Changes.AUDIT


def list_imports(vault: Vault) -> tuple[ImportRecord, ...]:
    """Packages that were taken in, the newest first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return imported_packages.listing(reader, limit=MOST_LISTED)


def origins_of(vault: Vault, report_id: ReportId) -> tuple[Origin, ...]:
    """Every package in which this report came, the newest first.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
    """
    require(vault, Role.ANALYST)
    with vault.reader() as reader:
        return imported_packages.origins_of(reader, report_id)


def _known(vault: Vault, parcel: Parcel, looker: Looker) -> _Known:
    with _opened(parcel.path) as source:
        looker.announce(Progress(Phase.CHECKING, 0, None))
        verification, verified = _verified(source, parcel, looker, now=vault.now())
        source.seek(0)
        survey = Survey()
        walked = walk(source, parcel.identities, survey, is_cancelled=looker.is_cancelled)
    _require_same(verified, walked.sha256)
    require_same_nature(vault.nature, Nature(walked.record.nature))
    withheld = _withheld(vault, survey)
    with vault.reader() as reader:
        if parcel.case is not None:
            open_one(vault, reader, parcel.case)
        return _Known(walked, verification, survey, plan_of(reader, survey, withheld=withheld))


def _verified(
    source: BinaryIO, parcel: Parcel, looker: Looker, *, now: datetime
) -> tuple[Verification, str]:
    """What every step found, and the digest of the bytes that were looked at."""
    read = DigestingSource(source, looker.is_cancelled)
    terms = Terms(
        identities=parcel.identities,
        trust=parcel.trust,
        signer=parcel.signer,
        stamp=stamp_there(parcel.path),
        now=now,
    )
    verification = verify_by(cast("BinaryIO", read), terms)
    _require_verified(verification)
    return verification, read.to_its_end()


def _require_same(verified: str, now: str) -> None:
    if verified != now:
        raise PackageMalformed(cause=words.CHANGED_MEANWHILE)


def _require_verified(verification: Verification) -> None:
    """Every step passed: what was skipped proves nothing."""
    for step in verification.steps:
        if step.state is not StepState.PASSED:
            raise PackageUnproven(step=step.name, cause=step.detail)


def _withheld(vault: Vault, survey: Survey) -> frozenset[str]:
    """Files of kinds that the agreement does not let come."""
    notices = notices_of(carried.report for carried in survey.reports)
    if not survey.files:
        return frozenset()
    asked = {(notice.declared_type or "").partition("/")[0].lower(): notice for notice in notices}
    barred = {kind for kind, notice in asked.items() if not may_come(vault, notice)}
    return frozenset(
        notice.sha256
        for notice in notices
        if (notice.declared_type or "").partition("/")[0].lower() in barred
    )


def _stage(parcel: Parcel, looker: Looker, known: _Known, staging: Staging) -> None:
    """The files are in their places; the package is still the one that was verified."""
    with _opened(parcel.path) as source:
        walked = walk(source, parcel.identities, staging, is_cancelled=looker.is_cancelled)
    _require_same(known.walked.sha256, walked.sha256)
    staging.settle_lot()


def _taken_in(vault: Vault, parcel: Parcel, known: _Known, staging: Staging) -> ImportedPackage:
    """The one transaction."""
    facts, plan = known.walked.facts, known.plan
    with vault.transaction() as tx:
        changes = [change for carried in plan.taken for change in changes_of(carried, known.walked)]
        new = replica.bring_in(tx, changes)
        held = staging.enter(tx)
        imported_packages.keep_aside_missing(tx.connection, plan.absent)
        items = items_of(known.survey, plan, new)
        imported_packages.enter(tx, facts, items, reports=len(new), media=held)
        case, added = _into_case(vault, tx, parcel, [*new, *plan.of(ItemStanding.SAME)])
        for number in sorted(new):
            tx.record(_entry("import", ObjectKind.REPORT, report_reference(number), facts.sha256))
        tx.record(_whole(known, parcel, reports=len(new), media=held))
    return ImportedPackage(
        facts=facts, reports=plan.lines, items=len(new), media=held, case=case, in_case=added
    )


def _into_case(
    vault: Vault, tx: Transaction, parcel: Parcel, reports: Sequence[ReportId]
) -> tuple[str | None, tuple[About, ...]]:
    if parcel.case is None:
        return None, ()
    if not reports:
        return open_one(vault, tx, parcel.case).reference, ()
    gathered = add_within(vault, tx, parcel.case, [of_report(number) for number in reports])
    return gathered.case.reference, gathered.added


def _whole(known: _Known, parcel: Parcel, *, reports: int, media: int) -> AuditDraft:
    facts = known.walked.facts
    return _entry(
        "import",
        ObjectKind.PACKAGE,
        facts.sha256,
        facts.sha256,
        ("file", parcel.path.name),
        ("title", facts.title),
        ("agency", facts.agency),
        ("signer", facts.signer),
        ("reports", str(reports)),
        ("media", str(media)),
    )


def _entry(
    verb: str, kind: ObjectKind, reference: str, sha256: str, *more: tuple[str, str]
) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.COLLECTION,
        verb=verb,
        object_kind=kind,
        object_reference=reference,
        payload=(("package", sha256), *more),
    )


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "") from error
