"""The agreement of an open vault, as the window asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cport_desktop.domain.agreement import CLASS_MARK, Agreement, Clause, Function, Grant, Limit
from cport_desktop.domain.agreement_comparison import Difference
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.agreement_versions import AgreementState, Version
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.media_item import MediaKind, RevealLevel
from cport_desktop.ui import figures
from cport_desktop.ui.agreement_lines import (
    AgreementLine,
    AgreementMark,
    AgreementShown,
    AllowedLine,
    ClauseLine,
    FunctionLine,
    MayLine,
    RehearsalLine,
)
from cport_desktop.usecases import accept_agreement, agreement_state, explain_agreement, overview
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as said
from cport_desktop.words import agreement_page as say
from cport_desktop.words import window as words


class WhatIsAllowed:
    """Every method may be called from any lane."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def shown(self) -> AgreementShown:
        notice = agreement_state.agreement_notice(self._vault)
        state, portal = notice.state, self._portal()
        advice = say.LOOK_AT_WAITING if notice.advice == said.LOOK_AT_WAITING else notice.advice
        return AgreementShown(
            current=None if state.version is None else _line(state.version, portal),
            waiting=None if state.waiting is None else _line(state.waiting, portal),
            sentence=notice.sentence,
            advice=advice,
            grade=state.kind.value,
        )

    def mark(self) -> AgreementMark:
        notice = agreement_state.agreement_notice(self._vault)
        told = _status(notice.state)
        return AgreementMark(told, notice.sentence, notice.state.kind.value)

    def allowed(self) -> AllowedLine:
        version = agreement_state.agreement_state(self._vault).version
        if version is None:
            return AllowedLine(None, {})
        granted = agreement_state.functions_allowed(self._vault)
        absent = {each.value: self._why_not(each) for each in Function if each not in granted}
        country = version.signed.agreement.jurisdiction
        return AllowedLine(country, absent, self._absent_looks(), self._reasoned_looks())

    def _reasoned_looks(self) -> frozenset[tuple[str | None, str]]:
        return frozenset(
            (kind, level.value)
            for kind in (None, *(each.value for each in MediaKind))
            for level in agreement_state.levels_with_reason(self._vault, kind)
        )

    def _absent_looks(self) -> Mapping[tuple[str | None, str], str]:
        return {
            (kind, level.value): self._why_no_look(kind, level)
            for kind in (None, *(each.value for each in MediaKind))
            for level in set(RevealLevel).difference(
                agreement_state.levels_allowed(self._vault, kind)
            )
        }

    def _why_no_look(self, kind: str | None, level: RevealLevel) -> str:
        """What stands in the way, without what is not allowed: the level is named beside it."""
        kinds = () if kind is None else (kind,)
        question = Question(Function.MEDIA_REVEAL, level=level.value, kinds=kinds)
        found = explain_agreement.explain_action(self._vault, question)
        return " ".join(found.sentences[1:2])

    def _why_not(self, function: Function) -> str:
        found = explain_agreement.explain_action(self._vault, Question(function))
        return " ".join(found.sentences[:2])

    def functions(self) -> tuple[FunctionLine, ...]:
        return tuple(FunctionLine(each.value, said.ACTIONS[each.value]) for each in Function)

    def may(self, function: str, recipient: str) -> MayLine:
        question = Question(Function(function), recipient=recipient or None)
        found = explain_agreement.explain_action(self._vault, question)
        return MayLine(found.verdict.is_allowed, found.sentences)

    def rehearse(self) -> RehearsalLine:
        found = explain_agreement.rehearse(self._vault)
        return RehearsalLine(
            narrower=_told(found.comparison.narrower),
            wider=_told(found.comparison.wider),
            other=tuple(
                said.would_be_refused(said.ACTIONS.get(word, word), number, found.acts[word])
                for word, number in found.refused.items()
                if number
            ),
        )

    def accept(self, reason: str) -> Changes:
        _, changes = accept_agreement.accept_agreement(self._vault, reason=reason)
        return changes

    def export(self, path: Path) -> None:
        accept_agreement.export_agreement(self._vault, path)

    def _portal(self) -> str:
        enrolment = overview.enrolment_of(self._vault)
        return "" if enrolment is None else enrolment.answer.portal_name


def _status(state: AgreementState) -> str:
    if state.version is None:
        return words.NO_AGREEMENT
    made = state.version.signed.agreement
    until = figures.day(made.valid_until)
    told = say.status(state.kind.value, made.reference, until, state.days_left)
    waits = state.waiting is not None and state.waiting.is_narrower
    return say.status_waits(told) if waits else told


def _line(version: Version, portal: str) -> AgreementLine:
    made: Agreement = version.signed.agreement
    return AgreementLine(
        reference=made.reference,
        revision=made.revision,
        agency=made.agency,
        hotline=made.hotline,
        contact=made.contact,
        portal=portal,
        jurisdictions=made.jurisdictions,
        valid_from=made.valid_from,
        valid_until=made.valid_until,
        effective_from=version.starts_at,
        clauses=tuple(map(_clause, made.clauses)),
        needs_acceptance=version.is_narrower,
    )


def _clause(clause: Clause) -> ClauseLine:
    return ClauseLine(
        number=clause.number,
        text=clause.text,
        allows=tuple(line for grant in clause.grants for line in _granted(grant)),
        limits=tuple(line for limit in clause.limits for line in _limited(limit)),
    )


def _granted(grant: Grant) -> Iterator[str]:
    if not grant.is_understood:
        yield say.LATER_TERMS
        return
    conditions = _called("condition", grant.conditions)
    told = [*_narrowings(grant), *_narrowing("conditions", conditions or None)]
    for word in grant.functions:
        yield say.with_restrictions(said.ACTIONS.get(word, word), "; ".join(told))


def _limited(limit: Limit) -> Iterator[str]:
    told = "; ".join(_narrowings(limit))
    for word in limit.functions or (say.EVERYTHING,):
        yield say.with_restrictions(said.ACTIONS.get(word, word), told)


def _narrowings(of: Grant | Limit) -> list[str]:
    recipients = None if of.recipients is None else tuple(map(_recipient, of.recipients))
    return [
        *_narrowing("recipients", recipients),
        *_narrowing("levels", _called("level", of.levels)),
        *_narrowing("kinds", _called("kind", of.kinds)),
        *_narrowing("originators", of.originators),
        *_narrowing("fields", of.fields),
    ]


def _narrowing(what: str, values: Sequence[str] | None) -> Iterator[str]:
    if values is not None:
        yield say.narrowed(what, ", ".join(values) or say.NOTHING_OF_THE_KIND)


def _called(kind: str, words: Sequence[str] | None) -> Sequence[str] | None:
    return None if words is None else [said.particular(kind, word) for word in words]


def _recipient(pattern: str) -> str:
    if pattern.startswith(CLASS_MARK):
        return say.CLASS_OF.format(name=pattern.removeprefix(CLASS_MARK))
    return pattern


def _told(differences: Sequence[Difference]) -> tuple[str, ...]:
    return tuple(
        said.difference(each.aspect.value, each.function, each.value) for each in differences
    )
