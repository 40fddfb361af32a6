"""Verbs of the agreement: show it, explain it, rehearse another one, accept it, hand it over."""

from __future__ import annotations

from dataclasses import asdict

from cport_desktop.cli.answer import Answer, Json, Record
from cport_desktop.cli.freshness import dated, heard
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.agreement import Agreement, Clause, Condition, Function
from cport_desktop.domain.agreement_comparison import Difference
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.agreement_versions import Version
from cport_desktop.domain.enrolment import EnrolmentAnswer
from cport_desktop.domain.freshness import Table
from cport_desktop.errors import NotEnrolled, ValueUnknown
from cport_desktop.usecases import accept_agreement, agreement_state, overview
from cport_desktop.usecases.agreement_state import AgreementNotice, age_of
from cport_desktop.usecases.explain_agreement import Rehearsal, explain_action, rehearse
from cport_desktop.words import agreement as words


def show(session: Session) -> Answer:
    """`cport portal agreement`."""
    with session.vault() as vault:
        enrolment = overview.enrolment_of(vault)
        notice = agreement_state.agreement_notice(vault)
        now = vault.now()
        freshness = heard(session, vault)
    version = notice.state.version
    if enrolment is None or version is None:
        raise NotEnrolled
    made = version.signed.agreement
    fields: dict[str, Json] = {
        **_bond(enrolment.answer),
        **_document(made),
        **_standing(notice),
        **_arrival(version),
        "age_days": age_of(version, now=now),
    }
    head = [(name, value) for name, value in fields.items() if not isinstance(value, list | dict)]
    clauses = table(
        ("Clause", "Functions", "Words"),
        [(each.number, " ".join(each.functions), each.text) for each in made.clauses],
    )
    said = [notice.sentence, notice.advice]
    answer = Answer(fields, "\n".join(each for each in (*said, facts(head), "", clauses) if each))
    return dated(answer, freshness, Table.AGREEMENT)


def explain(session: Session) -> Answer:
    """`cport portal agreement explain ACTION`."""
    question = _question(session)
    with session.vault() as vault:
        found = explain_action(vault, question)
    verdict = found.verdict
    fields: dict[str, Json] = {
        "action": question.function.value,
        "allowed": verdict.is_allowed,
        "agreement": found.agreement.reference,
        "revision": found.agreement.revision,
        "clauses": list(verdict.granted_by),
        "limited_by": list(verdict.limited_by),
        "findings": [
            {"obstacle": f.obstacle.value, "clauses": list(f.clauses), "what": list(f.what)}
            for f in verdict.findings
        ],
        "conditions": [
            {"condition": c.value, "clause": clause} for c, clause in verdict.conditions
        ],
        "withheld": dict(found.withheld.fields),
        "recipient_classes": list(found.classes),
        "who_can_change": found.agreement.contact,
        "sentences": list(found.sentences),
    }
    asks = any(condition is Condition.REASON for condition, _ in verdict.conditions)
    told = (*found.sentences, words.STATE_THE_REASON) if asks else found.sentences
    return Answer(fields, "\n".join(told))


def rehearse_version(session: Session) -> Answer:
    """`cport portal agreement rehearse [FILE | --pending]`."""
    path = session.options.path("file")
    untrusted = None if path is None else read_key_file(path)
    with session.vault() as vault:
        found = rehearse(vault, untrusted)
    fields: dict[str, Json] = {
        "agreement": found.rehearsed.reference,
        "revision": found.rehearsed.revision,
        "is_signed": found.is_signed,
        "effective_from": iso_utc(found.rehearsed.effective_from),
        "narrower": found.comparison.is_narrower,
        "lost": [_difference(each) for each in found.comparison.narrower],
        "gained": [_difference(each) for each in found.comparison.wider],
        "acts": dict(found.acts),
        "refused": dict(found.refused),
        "examples": list(found.examples),
    }
    return Answer(fields, "\n".join(_rehearsed(found)))


def accept(session: Session) -> Answer:
    """`cport portal agreement accept --reason …`."""
    with session.vault() as vault:
        version, changes = accept_agreement.accept_agreement(
            vault, reason=session.options.required("reason")
        )
    made = version.signed.agreement
    fields: dict[str, Json] = {
        "agreement": made.reference,
        "revision": made.revision,
        "changes": [str(kind.name).lower() for kind in changes],
    }
    return Answer(fields, words.accepted(made.reference, made.revision))


def export(session: Session) -> Answer:
    """`cport portal agreement export FILE`."""
    path = session.options.needed_path("file")
    revision = session.options.text("revision")
    with session.vault() as vault:
        version = accept_agreement.export_agreement(
            vault, path, revision=None if revision is None else int(revision)
        )
    made = version.signed.agreement
    fields: dict[str, Json] = {
        "file": str(path.absolute()),
        "agreement": made.reference,
        "revision": made.revision,
    }
    return Answer(fields, words.written(str(path)))


def _question(session: Session) -> Question:
    options = session.options
    word = options.required("action")
    known = {function.value: function for function in Function}
    if word not in known:
        raise ValueUnknown(what="action", value=word, accepted=", ".join(known))
    return Question(
        known[word],
        recipient=options.text("recipient"),
        recipient_key=options.text("key"),
        level=options.text("level"),
        kinds=_listed(options.text("kinds")),
        originators=_listed(options.text("originators")),
        fields=_listed(options.text("fields")),
    )


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(each.strip() for each in (text or "").split(",") if each.strip())


def _bond(answer: EnrolmentAnswer) -> dict[str, Json]:
    return {
        "portal": answer.portal,
        "portal_name": answer.portal_name,
        "station": answer.station,
        "nature": answer.nature.value,
        "agreement": answer.agreement.reference,
        "jurisdiction": answer.agreement.jurisdiction,
        "agency": answer.agreement.agency,
    }


def _document(made: Agreement) -> dict[str, Json]:
    return {
        "revision": made.revision,
        "hotline": made.hotline,
        "contact": made.contact,
        "jurisdictions": list(made.jurisdictions),
        "issued_at": iso_utc(made.issued_at),
        "effective_from": iso_utc(made.effective_from),
        "valid_from": iso_utc(made.valid_from),
        "valid_until": iso_utc(made.valid_until),
        "clauses": [_clause(clause) for clause in made.clauses],
        "recipients": [_lists(asdict(party)) for party in made.recipients],
        "retention": [asdict(period) for period in made.retention],
        "unknown": list(made.unknown),
    }


def _clause(clause: Clause) -> Record:
    return {
        "number": clause.number,
        "text": clause.text,
        "functions": list(clause.functions),
        "grants": [_lists(asdict(grant)) for grant in clause.grants],
        "limits": [_lists(asdict(limit)) for limit in clause.limits],
    }


def _lists(record: dict[str, Json]) -> Record:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in record.items()}


def _standing(notice: AgreementNotice) -> dict[str, Json]:
    state = notice.state
    waiting = state.waiting
    return {
        "state": state.kind.value,
        "days_left": state.days_left,
        "sentence": notice.sentence,
        "waiting": None
        if waiting is None
        else {
            "agreement": waiting.signed.agreement.reference,
            "revision": waiting.signed.agreement.revision,
            "is_narrower": waiting.is_narrower,
            "effective_from": iso_utc(waiting.signed.agreement.effective_from),
        },
    }


def _arrival(version: Version) -> dict[str, Json]:
    return {
        "is_signed": bool(version.signed.signature),
        "received_at": iso_utc(version.received_at),
        "road": version.road,
        "accepted_at": None if version.accepted_at is None else iso_utc(version.accepted_at),
        "accepted_by": version.accepted_by,
    }


def _difference(each: Difference) -> Record:
    return {
        "aspect": each.aspect.value,
        "function": each.function,
        "value": each.value,
        "sentence": words.difference(each.aspect.value, each.function, each.value),
    }


def _rehearsed(found: Rehearsal) -> list[str]:
    lines = []
    for heading, differences in (
        (words.LOST, found.comparison.narrower),
        (words.GAINED, found.comparison.wider),
    ):
        lines += [
            f"{heading}: {words.difference(each.aspect.value, each.function, each.value)}"
            for each in differences
        ]
    if not found.comparison.is_narrower:
        lines.append(words.NOTHING_LOST)
    lines += [
        words.would_be_refused(words.ACTIONS[word], count, found.acts[word])
        for word, count in found.refused.items()
    ]
    return lines + [f"  {example}" for example in found.examples]
