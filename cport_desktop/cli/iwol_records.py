"""Domains, criteria and dossiers as the JSON records of the command line, and as facts to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cport_desktop.cli import enclosure_records
from cport_desktop.cli.answer import Json
from cport_desktop.cli.printing import facts, table
from cport_desktop.clock import iso_utc
from cport_desktop.domain.criteria import Judged
from cport_desktop.domain.domain_check import Compared, DomainCheck
from cport_desktop.domain.domain_facts import Caution
from cport_desktop.domain.dossier import DossierLine, DossierShown, Evidence, Seal
from cport_desktop.domain.hosts import readable_host, visible
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.words import dossiers as words
from cport_desktop.words import enclosures as enclosure_words
from cport_desktop.words import iwol_page
from cport_desktop.words import operations as operation_words

_NONE: Final = "–"


def moment(at: datetime | None) -> str | None:
    return None if at is None else iso_utc(at)


def criterion(judged: Judged) -> dict[str, Json]:
    """One criterion with its state and the reason for it."""
    return {
        "id": judged.text.code,
        "code": judged.text.code,
        "title": judged.text.title,
        "state": judged.state.value,
        "reason": reason(judged),
        "reason_code": judged.ground.value,
        "note": judged.note,
        "reports": judged.count,
        "evidence": [report_reference(one) for one in judged.evidence],
    }


def reason(judged: Judged) -> str:
    at = "" if judged.moment is None else judged.moment.date().isoformat()
    return words.ground(judged.ground.value, judged.count, moment=at, judge=judged.judge)


def caution(one: Caution) -> dict[str, Json]:
    return {"code": one.pause.value, "message": caution_said(one), "about": one.name or None}


def caution_said(one: Caution) -> str:
    at = "" if one.moment is None else one.moment.date().isoformat()
    return words.caution(one.pause.value, name=one.name, count=one.count, moment=at)


def decision(told: IwolDecision | None) -> Json:
    if told is None:
        return None
    return {
        "state": told.state,
        "criteria_version": told.criteria_version,
        "decided_by": told.decided_by,
        "decided_at": iso_utc(told.decided_at),
        "note": told.note,
    }


def check(found: DomainCheck) -> dict[str, Json]:
    """What is known of a domain. `criteria`: by the first text; `texts`: by each."""
    refused = None
    if found.refusal is not None:
        reason_ = operation_words.DOMAIN_RULES[found.refusal.value]
        refused = {"rule": found.refusal.value, "reason": reason_}
    texts: list[Json] = [
        {
            "version": by.text.version,
            "title": by.text.title,
            "criteria": [criterion(one) for one in by.criteria],
        }
        for by in found.by_text
    ]
    first = found.by_text[0] if found.by_text else None
    known = found.facts
    return {
        "id": found.domain,
        "asked": found.asked,
        "domain": found.domain,
        "unicode": visible(readable_host(found.domain)),
        "registrable": found.registrable,
        "public_suffix": found.suffix,
        "suffixes_version": found.suffixes,
        "can_be_suggested": found.refusal is None,
        "refusal": refused,
        "criteria_version": None if first is None else first.text.version,
        "criteria": [] if first is None else [criterion(one) for one in first.criteria],
        "texts": texts,
        "warnings": [caution(one) for one in found.cautions],
        "reports": len(known.reports),
        "is_partial": known.is_partial,
        "last_seen": moment(known.last_seen),
        "hosting_countries": list(known.countries),
        "hotline_countries": list(known.hotline_countries),
        "is_listed": found.decision is not None and found.decision.state == "listed",
        "decision": decision(found.decision),
        "suggested": None if found.suggested is None else found.suggested.value,
        "removal": None if found.removal is None else found.removal.value,
        "dossier": None if found.dossier is None else found.dossier.value,
    }


def check_card(found: DomainCheck) -> str:
    verdict = words.CAN
    if found.refusal is not None:
        verdict = words.cannot(operation_words.DOMAIN_RULES[found.refusal.value])
    told = found.decision
    known = found.facts
    head = facts(
        [
            (iwol_page.DOMAIN, found.domain or _NONE),
            (words.READABLE, visible(readable_host(found.domain)) or _NONE),
            (words.REGISTRABLE, found.registrable or _NONE),
            (words.SUFFIX, found.suffix or _NONE),
            (
                words.REPORTS,
                words.reports_at_hand(len(known.reports), is_partial=known.is_partial),
            ),
            (words.LAST_SEEN, moment(known.last_seen) or _NONE),
            (
                words.LISTED,
                words.NOT_TOLD
                if told is None
                else iwol_page.outcome(told.state, told.decided_by, iso_utc(told.decided_at)),
            ),
            (
                words.SUGGESTED,
                _NONE if found.suggested is None else iwol_page.stands(found.suggested.value, None),
            ),
            (words.DOSSIER, _NONE if found.dossier is None else words.STATES[found.dossier.value]),
        ]
    )
    parts = [verdict, head]
    for by in found.by_text:
        parts += [by.text.title, criteria_lines(by.criteria)]
    parts += [words.WARNINGS, _lines([caution_said(one) for one in found.cautions])]
    return "\n\n".join(parts)


def criteria_lines(judged: Sequence[Judged]) -> str:
    lines = []
    for one in judged:
        state = words.CRITERION_STATES[one.state.value]
        lines.append(f"{one.text.code}  {state}  {one.text.title}: {reason(one)}")
        if one.evidence:
            named = [report_reference(each) for each in one.evidence]
            lines.append(f"   {words.evidence_of(named, one.count)}")
        if one.note:
            lines.append(f"   {one.note}")
    return "\n".join(lines)


def dossier_line(line: DossierLine) -> dict[str, Json]:
    kept = line.dossier
    return {
        "id": kept.domain,
        "domain": kept.domain,
        "state": line.standing.value,
        "kept_state": kept.state.value,
        "criteria_version": kept.criteria_version,
        "evidence": line.evidence,
        "opened": seal(kept.opened),
        "submitted": seal(kept.submitted),
        "confirmed": seal(kept.confirmed),
        "second_agency": None if kept.second is None else kept.second.agency,
        "second_country": None if kept.second is None else kept.second.country,
        "reviewed": seal(kept.reviewed),
        "review_at": moment(kept.review_at),
        "removal_suggested_at": moment(kept.removal_at),
        "closing": kept.closing,
        "operation_id": kept.operation_id,
        "suggested": None if line.suggested is None else line.suggested.value,
        "removal": None if line.removal is None else line.removal.value,
        "decision": decision(line.decision),
    }


def dossier(whole: DossierShown) -> dict[str, Json]:
    texts = whole.line.dossier.texts
    return {
        **dossier_line(whole.line),
        "proportionality": texts.proportionality,
        "internal_reason": texts.internal,
        "public_reason": texts.public,
        "complaint_contact": texts.contact,
        "first_agency": None if whole.first is None else whole.first.agency,
        "first_country": None if whole.first is None else whole.first.country,
        "criteria": [criterion(one) for one in whole.criteria],
        "warnings": [caution(one) for one in whole.cautions],
        "evidence_gone": whole.gone,
        "items": [evidence(one) for one in whole.evidence],
        "enclosed": [enclosure_records.enclosed(one) for one in whole.enclosed],
    }


def evidence(one: Evidence) -> dict[str, Json]:
    fact = one.fact
    return {
        "id": f"{report_reference(one.report_id)}/{one.content_id}",
        "report": report_reference(one.report_id),
        "content_id": one.content_id,
        "added_by": one.added_by,
        "added_at": iso_utc(one.added_at),
        "is_here": fact is not None,
        "is_withdrawn": fact is not None and fact.is_withdrawn,
        "where": None if fact is None else fact.where,
        "captured_at": None if fact is None else iso_utc(fact.received_at),
        "ip_address": None if fact is None else fact.ip_address,
        "autonomous_system": None if fact is None else fact.autonomous_system,
        "country": None if fact is None else fact.country,
    }


def dossier_card(whole: DossierShown) -> str:
    kept = whole.line.dossier
    rows = [
        (iwol_page.DOMAIN, kept.domain),
        (iwol_page.STATE, words.STATES[whole.line.standing.value]),
        (words.FIRST_OFFICER, _sealed(kept.submitted)),
        (words.SECOND_OFFICER, _sealed(kept.confirmed)),
        (words.SECOND_AGENCY, _NONE if kept.second is None else kept.second.agency),
        (words.REVIEW_AT, moment(kept.review_at) or _NONE),
        (words.PROPORTIONALITY, kept.texts.proportionality or _NONE),
        (words.INTERNAL, kept.texts.internal or _NONE),
        (words.PUBLIC, kept.texts.public or _NONE),
        (enclosure_words.COMPLAINT_CONTACT, kept.texts.contact or _NONE),
        (words.REMOVAL, _removal(whole)),
        (words.EVIDENCE, words.evidence_count(len(whole.evidence), whole.gone)),
    ]
    heads = (words.REPORT, words.WHERE, words.CAPTURED, words.ADDRESS, words.SYSTEM, words.COUNTRY)
    return "\n\n".join(
        (
            facts(rows),
            criteria_lines(whole.criteria),
            _lines([caution_said(one) for one in whole.cautions]),
            table(heads, [_evidence_line(one) for one in whole.evidence]),
            *map(enclosure_records.enclosed_card, whole.enclosed),
        )
    )


def _removal(whole: DossierShown) -> str:
    removal = whole.line.removal
    if not whole.line.is_to_be_removed:
        return _NONE
    state = "" if removal is None else operation_words.state_word(removal.value)
    return ": ".join(filter(None, (state, whole.line.dossier.closing)))


def compared(row: Compared) -> dict[str, Json]:
    return {
        "id": row.domain,
        "domain": row.domain,
        "match": row.match.value,
        "decision": decision(row.decision),
        "suggested": None if row.suggested is None else row.suggested.value,
        "removal": None if row.removal is None else row.removal.value,
        "dossier": None if row.dossier is None else row.dossier.value,
        "reports": 0 if row.tally is None else row.tally.reports,
        "last_received": None if row.tally is None else iso_utc(row.tally.seen),
    }


def seal(one: Seal | None) -> Json:
    return None if one is None else {"by": one.by, "at": iso_utc(one.at)}


def _sealed(one: Seal | None) -> str:
    return _NONE if one is None else f"{one.by}, {iso_utc(one.at)}"


def _evidence_line(one: Evidence) -> tuple[str, ...]:
    fact = one.fact
    reference = report_reference(one.report_id)
    if fact is None:
        return (reference, words.NOT_HERE, _NONE, _NONE, _NONE, _NONE)
    where = words.TAKEN_BACK if fact.is_withdrawn else fact.where
    system = _NONE if fact.autonomous_system is None else f"AS{fact.autonomous_system}"
    return (
        reference,
        where,
        iso_utc(fact.received_at),
        fact.ip_address or _NONE,
        system,
        fact.country or _NONE,
    )


def _lines(told: Sequence[str]) -> str:
    return "\n".join(f"- {one}" for one in told) or words.NO_WARNING
