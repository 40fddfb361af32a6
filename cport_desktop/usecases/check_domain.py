"""What is known here of a domain, or of the domain that a URL is on, by the criteria of the Worst-of list.

It answers for any text: what is no domain is told why. It changes nothing and suggests nothing. A check
leaves one entry in the log.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.batch import Subject
from cport_desktop.domain.criteria import CriteriaBook, judge
from cport_desktop.domain.domain_check import ByText, DomainCheck
from cport_desktop.domain.domain_facts import Caution, DomainFacts, Thresholds, cautions
from cport_desktop.domain.dossier import Dossier, Standing, standing
from cport_desktop.domain.hosts import is_address
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.domain.public_suffixes import PublicSuffixes
from cport_desktop.domain.roles import Role
from cport_desktop.domain.suggested_domain import domain_refusal, named_host
from cport_desktop.formats.record_message import record_value
from cport_desktop.usecases.allowance import require_allowed
from cport_desktop.usecases.permission import require
from cport_desktop.vault import (
    domain_facts,
    domain_rules,
    dossier_reviews,
    dossiers,
    portal_records,
    worst_of,
)
from cport_desktop.vault.transaction import Reader
from cport_desktop.vault.vault import Vault


def check_domain(vault: Vault, untrusted_asked: str) -> DomainCheck:
    """All that is known of it.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        AgreementForbids: the agreement does not allow to read reports.
    """
    require(vault, Role.ANALYST)
    require_allowed(vault, Function.REPORTS_READ)
    host = named_host(untrusted_asked)
    with vault.transaction() as tx:
        tx.record(
            AuditDraft(
                action=AuditAction.CONSULTATION,
                verb="check_domain",
                object_kind=ObjectKind.DOMAIN,
                object_reference=host[:LONGEST_NAMED],
            )
        )
    with vault.reader() as reader:
        return _check(reader, untrusted_asked, host, vault)


LONGEST_NAMED = 253
"""Letters of a name in the log."""


def _check(reader: Reader, asked: str, host: str, vault: Vault) -> DomainCheck:
    suffixes, now = domain_rules.suffixes(reader.connection), vault.now()
    domain = _meant(host, suffixes, is_whole="://" in asked or "/" in asked)
    refusal = domain_refusal(domain, is_synthetic=vault.nature.is_synthetic, suffixes=suffixes)
    known = domain_facts.facts(reader, domain) if domain else DomainFacts("")
    book = domain_rules.criteria(reader)
    decision = decision_on(reader, domain)
    dossier = dossiers.on_domain(reader, domain)
    return DomainCheck(
        asked=asked,
        domain=domain,
        registrable=suffixes.registrable(domain),
        suffix="" if is_address(domain) else suffixes.suffix(domain),
        suffixes=suffixes.version,
        refusal=refusal,
        facts=known,
        by_text=tuple(ByText(text, judge(text, known, now=now)) for text in book.texts),
        cautions=pauses(reader, known, suffixes, book, now=now),
        decision=decision,
        suggested=worst_of.latest_suggestions(reader, [domain]).get(domain),
        removal=worst_of.latest_removals(reader, [domain]).get(domain),
        dossier=None if dossier is None else _standing(reader, dossier, decision, now),
    )


def _standing(
    reader: Reader, dossier: Dossier, decision: IwolDecision | None, now: datetime
) -> Standing:
    is_bare = dossier.number in dossier_reviews.unsupported(reader, [dossier.number])
    return standing(dossier, decision, now=now, is_bare=is_bare)


def _meant(host: str, suffixes: PublicSuffixes, *, is_whole: bool) -> str:
    """Of a URL the registered domain, since that is the unit of the list; a name as it was asked for."""
    return suffixes.registrable(host) if is_whole else host


def pauses(
    reader: Reader,
    known: DomainFacts,
    suffixes: PublicSuffixes,
    book: CriteriaBook,
    *,
    now: datetime,
) -> tuple[Caution, ...]:
    """What gives pause about a domain; nothing about an address."""
    if not known.domain or is_address(known.domain):
        return ()
    return cautions(
        known,
        domain_rules.services(reader),
        registrable=suffixes.registrable(known.domain),
        shared=suffixes.shared_suffix(known.domain),
        beneath=suffixes.suffix_beneath(known.domain),
        thresholds=Thresholds(book.few_reports, timedelta(days=book.unseen_days)),
        now=now,
    )


def decision_on(reader: Reader, domain: str) -> IwolDecision | None:
    """What the portal decided about a domain; None if nothing, or it took its word back."""
    record = portal_records.find(reader, Subject.IWOL_DECISION.value, domain)
    if record is None or not record.document:
        return None
    value = record_value(record.subject, record.reference, record.document, "$")
    return value if isinstance(value, IwolDecision) else None
