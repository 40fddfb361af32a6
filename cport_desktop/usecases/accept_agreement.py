"""Accept a version of the agreement that takes something away; hand the signed words over.

A narrower version comes into force by itself at its own moment at the latest, since the portal is
the authority. Accepting it is for working under it earlier, and for having it on record that
somebody here has seen what it takes away.
"""

from __future__ import annotations

from pathlib import Path

from cport_desktop.domain.agreement_versions import Version
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.errors import AgreementUnsigned, NotEnrolled, NothingWaits, UnknownReference
from cport_desktop.exports.output_files import write_new
from cport_desktop.formats.agreement_document import print_agreement_file
from cport_desktop.usecases.permission import require, require_one_of, stated_reason
from cport_desktop.vault import agreements
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as words


def accept_agreement(vault: Vault, *, reason: str) -> tuple[Version, Changes]:
    """The narrower version that waits is in force from now on, and it is on record who said so.

    Raises:
        RoleMissing: the analyst is neither supervisor nor administrator.
        PurposeMissing, TextUnfit: no reason, or too long a one.
        NothingWaits: no narrower version waits.
    """
    require_one_of(vault, Role.SUPERVISOR, Role.ADMINISTRATOR)
    stated = stated_reason(reason, what=words.A_PURPOSE)
    with vault.transaction() as tx:
        version = agreements.standing(tx, now=tx.now).waiting
        if version is None or not version.is_narrower:
            raise NothingWaits
        agreement = version.signed.agreement
        agreements.accept(tx, agreement, reason=stated)
        tx.record(
            AuditDraft(
                action=AuditAction.ALTERATION,
                verb="accept_agreement",
                object_kind=ObjectKind.AGREEMENT,
                object_reference=f"{agreement.reference} revision {agreement.revision}",
                reason=stated,
            )
        )
    return version, Changes.ENROLMENT


def export_agreement(vault: Vault, path: Path, *, revision: int | None = None) -> Version:
    """The agreement in force, or the named revision of it, lies in the new file `path` as the portal
    signed it: it holds no report, so that every analyst may hand it over.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        NotEnrolled: there is no agreement.
        AgreementUnsigned: it came before agreements were signed by themselves.
        UnknownReference: there is no such revision.
        OutputExists, OutputUnwritable: the file.
    """
    require(vault, Role.ANALYST)
    version = _chosen(vault, revision)
    if not version.signed.signature:
        raise AgreementUnsigned(reference=version.signed.agreement.reference)
    agreement = version.signed.agreement
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.DISCLOSURE,
                verb="export_agreement",
                object_kind=ObjectKind.AGREEMENT,
                object_reference=f"{agreement.reference} revision {agreement.revision}",
                payload=(("file", path.name),),
            )
        )
    write_new(path, print_agreement_file(version.signed))
    return version


def _chosen(vault: Vault, revision: int | None) -> Version:
    with vault.reader() as reader:
        version = agreements.current(reader, now=vault.now())
        every = agreements.versions(reader)
    if version is None:
        raise NotEnrolled
    if revision is None:
        return version
    for each in every:
        if each.signed.agreement.revision == revision:
            return each
    raise UnknownReference(kind="revision of the agreement", reference=str(revision))
