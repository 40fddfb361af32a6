"""Export dossiers of domains, signed: a file, and beside it a detached CAdES signature over its bytes.

The departure is on record before the first byte is written, with the revision of every report that is
named. Both files get their names when they were read back; if the second cannot be written, the first is
not left either. What the agreement withholds stays out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.agreement import Function
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.criteria import Reviewer
from cport_desktop.domain.disclosure import Disclosure, DisclosureKind, Recipient, report_item
from cport_desktop.domain.dossier import (
    DossierFormat,
    DossierOrder,
    DossierRule,
    DossierShown,
    DossierState,
    WrittenDossiers,
)
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.roles import Role
from cport_desktop.domain.suggested_domain import named_host
from cport_desktop.errors import CportError, DossierUnfit
from cport_desktop.exports import dossier_files
from cport_desktop.exports.composition import confirm_written
from cport_desktop.exports.dossier_files import DossierHead, standing
from cport_desktop.exports.file_set import growing_set, require_free
from cport_desktop.exports.output_files import write_out
from cport_desktop.exports.pages import Document
from cport_desktop.exports.pdf_signing import sign_pdf
from cport_desktop.usecases.allowance import Allowed, require_answer
from cport_desktop.usecases.disclosing import new_disclosure_id
from cport_desktop.usecases.list_dossiers import first_reviewer, shown
from cport_desktop.usecases.package_signers import require_current
from cport_desktop.usecases.permission import require, require_purpose
from cport_desktop.vault import disclosures, dossiers, hotlines
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault
from cport_desktop.words import dossiers as words

SIGNATURE: Final = ".p7s"
"""Of the signature's name, behind that of the file."""
MOST_DOSSIERS: Final = 1_000


_BEGINS_WITH: Final = {
    DossierFormat.JSON: dossier_files.JSON_BEGINS_WITH,
    DossierFormat.CSV: dossier_files.CSV_BEGINS_WITH,
    DossierFormat.PDF: dossier_files.PDF_BEGINS_WITH,
}


def export_dossiers(
    vault: Vault, order: DossierOrder, *, signer: Signer, make: Callable[[Document], bytes]
) -> WrittenDossiers:
    """The file and its signature stand at `order.path`, read back, and their departure is on record.
    `make` sets a document with a place for a signature, which a PDF has inside as well (PAdES).

    Raises:
        RoleMissing: the analyst has not the roles “exporter” and “analyst”.
        PurposeMissing: none was stated in a vault with real content.
        NotEnrolled, AgreementForbids, AgreementLapsed: the agreement does not allow it.
        UnknownReference: no dossier of a domain. DossierUnfit: one is not confirmed, or none is.
        SignerExpired: the signer's certificate is not valid now.
        OutputExists, OutputUnwritable, StorageFull, DigestMismatch: a file. DocumentFailed: the document.
    """
    require(vault, Role.EXPORTER)
    require(vault, Role.ANALYST)
    purpose = require_purpose(vault, order.reason, what=words.EXPORTING)
    signature_path = order.path.with_name(order.path.name + SIGNATURE)
    require_free(order.path, (signature_path,))
    require_current(signer.certificate, name=signer.name, now=vault.now())
    with vault.reader() as reader:
        found = _chosen(reader, order, vault)
        reports = sorted({each.report_id for one in found for each in standing(one)})
        allowed = _allowed(vault, reader, order, reports)
        first = first_reviewer(reader, now=vault.now()) or Reviewer("", "")
    head = DossierHead(
        made_at=vault.now().replace(microsecond=0),
        agency=first.agency,
        country=first.country,
        recipient=order.recipient or words.UNNAMED,
        agreement=allowed.reference,
        is_synthetic=vault.nature.is_synthetic,
        withheld=frozenset(allowed.withheld.fields) & frozenset(dossier_files.MEMBERS.values()),
    )
    content = _printed(found, head, order.format, lambda told: sign_pdf(make(told), signer))
    signature = signer.sign_detached(content)
    disclosure_id = new_disclosure_id()
    with vault.transaction() as tx:
        revisions = disclosures.revisions_here(tx, reports)
        disclosures.enter(
            tx,
            Disclosure(
                disclosure_id=disclosure_id,
                kind=DisclosureKind.DOSSIER,
                title=words.file_title(len(found), order.path.name),
                recipients=(Recipient(head.recipient),),
                items=tuple(report_item(each, at) for each, at in sorted(revisions.items())),
                clause=allowed.clause or None,
                reason=purpose,
            ),
        )
        tx.record(_entry("export_dossiers", found, head, purpose, ("file", order.path.name)))
    try:
        sha256 = _write_both(order, content, signature_path, signature)
    except CportError as error:
        with vault.transaction() as tx:
            disclosures.mark_not_left(tx, disclosure_id)
            tx.record(_entry("dossiers_not_written", found, head, purpose, ("outcome", error.code)))
        raise
    with vault.transaction() as tx:
        disclosures.mark_left(tx, disclosure_id, sha256=sha256)
        tx.record(_entry("dossiers_written", found, head, purpose, ("outcome", sha256)))
    return WrittenDossiers(
        sha256=sha256,
        size=len(content),
        signature=signature_path,
        signer=signer.name,
        domains=tuple(one.line.dossier.domain for one in found),
        clauses=allowed.clauses,
    )


def _chosen(reader: Reader, order: DossierOrder, vault: Vault) -> tuple[DossierShown, ...]:
    if order.domains:
        kept = [dossiers.find(reader, named_host(name)) for name in order.domains]
        for one in kept:
            if one.state is not DossierState.CONFIRMED:
                raise _unfit(one.domain, DossierRule.UNCONFIRMED)
    else:
        page = dossiers.page(reader, limit=MOST_DOSSIERS, after=None)
        kept = [one for one in page.rows if one.state is DossierState.CONFIRMED]
        if not kept:
            raise _unfit(words.ALL_OF_THEM, DossierRule.UNCONFIRMED)
    return tuple(shown(reader, one, now=vault.now()) for one in kept)


def _unfit(domain: str, rule: DossierRule) -> DossierUnfit:
    return DossierUnfit(domain=domain, rule=words.RULES[rule.value])


def _allowed(
    vault: Vault, reader: Reader, order: DossierOrder, reports: Sequence[ReportId]
) -> Allowed:
    countries = hotlines.countries_of(reader, reports)
    question = Question(Function.IWOL_SUGGEST, recipient=order.recipient, originators=countries)
    return require_answer(vault, question, reason=order.reason)


def _printed(
    found: Sequence[DossierShown],
    head: DossierHead,
    kind: DossierFormat,
    make: Callable[[Document], bytes],
) -> bytes:
    match kind:
        case DossierFormat.JSON:
            return dossier_files.print_json(found, head)
        case DossierFormat.CSV:
            return dossier_files.print_csv(found, head)
        case DossierFormat.PDF:
            return make(dossier_files.document(found, head))


def _write_both(order: DossierOrder, content: bytes, beside: Path, signature: bytes) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    begins_with = _BEGINS_WITH[order.format]
    with growing_set(order.path, begins_with=begins_with) as (part, descriptor, signed):
        write_out(descriptor, content)
        confirm_written(part, sha256)
        signed.write(beside, signature)
    return sha256


def _entry(
    verb: str,
    found: Sequence[DossierShown],
    head: DossierHead,
    purpose: str | None,
    *payload: tuple[str, str],
) -> AuditDraft:
    domains = ", ".join(one.line.dossier.domain for one in found)
    return AuditDraft(
        action=AuditAction.DISCLOSURE,
        verb=verb,
        object_kind=ObjectKind.DOMAIN,
        object_reference=found[0].line.dossier.domain if len(found) == 1 else f"{len(found)}",
        reason=purpose,
        recipient=head.recipient,
        payload=(("domains", domains), *payload),
    )
