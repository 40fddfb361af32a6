"""Put a dossier of a domain together: begin it, write in it, name evidence, judge criteria.

What officers do with it then is in `usecases.dossier_officers`. The rules are those of `domain.dossier`. Every change is one transaction with its entry in the log; what
people wrote stands in the dossier and not in the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.criteria import CriterionRule
from cport_desktop.domain.dossier import (
    LONGEST_PARTY,
    LONGEST_TEXT,
    MOST_EVIDENCE,
    Dossier,
    DossierEdit,
    DossierRule,
    DossierState,
    DossierTexts,
)
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.operation import (
    LONGEST_WORDS,
    Criterion,
    CriterionState,
)
from cport_desktop.domain.roles import Role
from cport_desktop.domain.suggested_domain import domain_refusal, named_host
from cport_desktop.errors import DomainUnfit, ValueUnknown
from cport_desktop.usecases.dossier_acts import record_change, require_short, unfit
from cport_desktop.usecases.permission import require
from cport_desktop.vault import domain_facts, domain_rules, dossiers
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault
from cport_desktop.words import operations as operation_words


def open_dossier(vault: Vault, domain: str, *, criteria_version: str | None = None) -> Changes:
    """A draft for the domain, with the newest reports on it as its evidence.

    Raises:
        RoleMissing: the analyst has not the role “analyst”.
        DomainUnfit: the name cannot be suggested at all.
        DossierUnfit: there is one that was not withdrawn; no report is about it; no such text of the
            criteria.
    """
    require(vault, Role.ANALYST)
    name = named_host(domain)
    with vault.transaction() as tx:
        suffixes = domain_rules.suffixes(tx.connection)
        rule = domain_refusal(name, is_synthetic=vault.nature.is_synthetic, suffixes=suffixes)
        if rule is not None:
            raise DomainUnfit(domain=name, rule=operation_words.DOMAIN_RULES[rule.value])
        version = _version(tx, name, criteria_version)
        before = dossiers.on_domain(tx, name)
        if before is not None and before.state is not DossierState.WITHDRAWN:
            raise unfit(name, DossierRule.NOT_DRAFT)
        known = domain_facts.facts(tx, name).standing[:MOST_EVIDENCE]
        if not known:
            # Nothing would ever take it along: what is kept about a domain goes with the last report on it.
            raise unfit(name, DossierRule.NO_REPORT)
        dossier = dossiers.open_new(tx, name, version)
        named = dossiers.name_evidence(
            tx, dossier.number, [(item.report_id, item.content_id) for item in known]
        )
        record_change(tx, name, "open_dossier", ("criteria", version), ("evidence", str(named)))
    return Changes.OPERATIONS | Changes.AUDIT


def change_dossier(vault: Vault, domain: str, edit: DossierEdit) -> Changes:
    """The draft says what `edit` says.

    Raises:
        RoleMissing, UnknownReference: who, and which.
        DossierUnfit: it is no draft, or there is no such text of the criteria.
        TextUnfit: too long.
    """
    require(vault, Role.ANALYST)
    for text in (edit.proportionality, edit.internal, edit.public):
        require_short(text or "", LONGEST_TEXT)
    require_short(edit.contact or "", LONGEST_PARTY)
    with vault.transaction() as tx:
        dossier = _draft(tx, named_host(domain))
        texts = dossier.texts
        if edit.criteria_version is not None:
            version = _version(tx, dossier.domain, edit.criteria_version)
            dossier = replace(dossier, criteria_version=version)
        texts = DossierTexts(
            proportionality=_said(edit.proportionality, texts.proportionality),
            internal=_said(edit.internal, texts.internal),
            public=_said(edit.public, texts.public),
            contact=_said(edit.contact, texts.contact),
        )
        dossiers.write(tx, replace(dossier, texts=texts))
        record_change(tx, dossier.domain, "change_dossier")
    return Changes.OPERATIONS | Changes.AUDIT


def name_evidence(vault: Vault, domain: str, reports: Sequence[ReportId] = ()) -> Changes:
    """What these reports have on the domain is evidence; without any, all at hand.

    Raises:
        RoleMissing, UnknownReference: who, and which.
        DossierUnfit: it is no draft; a report has nothing on the domain; too much.
    """
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        dossier = _draft(tx, named_host(domain))
        known = domain_facts.facts(tx, dossier.domain).standing
        chosen = [item for item in known if item.report_id in reports] if reports else known
        if set(reports) - {item.report_id for item in chosen}:
            raise unfit(dossier.domain, DossierRule.NOT_ON_DOMAIN)
        items = [(item.report_id, item.content_id) for item in chosen]
        if not reports:  # All at hand are the newest, as many as a dossier holds.
            items = items[:MOST_EVIDENCE]
        named = dossiers.name_evidence(tx, dossier.number, items)
        if dossiers.evidence_counts(tx, [dossier.number])[dossier.number] > MOST_EVIDENCE:
            raise unfit(dossier.domain, DossierRule.TOO_MUCH_EVIDENCE)
        dossiers.write(tx, dossier)
        record_change(tx, dossier.domain, "name_evidence", ("named", str(named)))
    return Changes.OPERATIONS | Changes.AUDIT


def drop_evidence(vault: Vault, domain: str, reports: Sequence[ReportId]) -> Changes:
    """Nothing of these reports is evidence any more. Raises as `name_evidence`."""
    require(vault, Role.ANALYST)
    with vault.transaction() as tx:
        dossier = _draft(tx, named_host(domain))
        dropped = dossiers.drop_evidence(tx, dossier.number, reports)
        if not dropped:
            raise unfit(dossier.domain, DossierRule.NOT_ON_DOMAIN)
        dossiers.write(tx, dossier)
        record_change(tx, dossier.domain, "drop_evidence", ("dropped", str(dropped)))
    return Changes.OPERATIONS | Changes.AUDIT


def judge_criterion(vault: Vault, domain: str, criterion: Criterion) -> Changes:
    """A person says how a criterion stands; what the reports say no longer counts for it. Undetermined
    and without a note: the person's word is taken back, and the reports count again.

    Raises:
        RoleMissing, UnknownReference: who, and which.
        DossierUnfit: it is no draft; the criterion is settled by agencies.
        ValueUnknown: no such criterion. TextUnfit: the note is too long.
    """
    require(vault, Role.ANALYST)
    require_short(criterion.note, LONGEST_WORDS)
    with vault.transaction() as tx:
        dossier = _draft(tx, named_host(domain))
        text = domain_rules.criteria(tx).text(dossier.criteria_version)
        criteria = {} if text is None else {each.code: each for each in text.criteria}
        if criterion.code not in criteria:
            accepted = ", ".join(criteria)
            raise ValueUnknown(what="criterion", value=criterion.code, accepted=accepted)
        if criteria[criterion.code].rule is CriterionRule.AGENCIES:
            raise unfit(dossier.domain, DossierRule.BY_AGENCIES)
        note = criterion.note.strip()
        if criterion.state is CriterionState.UNDETERMINED and not note:
            dossiers.drop_judgement(tx, dossier, criterion.code)
        else:
            dossiers.keep_judgement(tx, dossier, criterion.code, state=criterion.state, note=note)
        dossiers.write(tx, dossier)
        told = (criterion.code, criterion.state.value)
        record_change(tx, dossier.domain, "judge_criterion", told)
    return Changes.OPERATIONS | Changes.AUDIT


def _draft(tx: Transaction, domain: str) -> Dossier:
    dossier = dossiers.find(tx, domain)
    if dossier.state is not DossierState.DRAFT:
        raise unfit(domain, DossierRule.NOT_DRAFT)
    return dossier


def _version(tx: Transaction, domain: str, asked: str | None) -> str:
    texts = domain_rules.criteria(tx).texts
    version = asked or (texts[0].version if texts else "")
    if version not in {text.version for text in texts}:
        raise unfit(domain, DossierRule.UNKNOWN_CRITERIA)
    return version


def _said(edit: str | None, before: str) -> str:
    return before if edit is None else edit.strip()
