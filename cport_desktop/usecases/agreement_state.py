"""How the agreement stands: for the window's status line, `vault status` and the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cport_desktop.domain.agreement import Agreement, Condition, Function
from cport_desktop.domain.agreement_reading import Particulars, conditions_of, is_granted
from cport_desktop.domain.agreement_versions import AgreementState, StateKind, Version
from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.vault import agreements
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as words
from cport_desktop.words import tongue


@dataclass(frozen=True, slots=True)
class AgreementNotice:
    """How it stands, in a sentence and in figures. `advice`: what helps; empty if nothing needs to be
    done. `is_urgent`: it is over, or is so within a week.
    """

    state: AgreementState
    sentence: str
    advice: str
    is_urgent: bool


def agreement_state(vault: Vault) -> AgreementState:
    """How the agreement stands now."""
    with vault.reader() as reader:
        return agreements.standing(reader, now=vault.now())


def agreement_notice(vault: Vault) -> AgreementNotice:
    """The same with what to say about it."""
    state = agreement_state(vault)
    version = state.version
    if version is None:
        return AgreementNotice(state, words.NO_AGREEMENT, words.ENROL_FIRST, is_urgent=False)
    made = version.signed.agreement
    over = state.kind in (StateKind.LAPSED, StateKind.ENDED)
    end = version.ended_at or made.valid_until
    sentence = words.state(
        state.kind.value, made.reference, tongue.day(end.date()), state.days_left
    )
    advice = words.renew(made.contact) if over or state.announced else ""
    if state.waiting is not None:
        sentence = f"{sentence} {_waiting(state.waiting)}"
        advice = advice or words.LOOK_AT_WAITING
    return AgreementNotice(state, sentence, advice, over or state.announced == words.LAST_DAYS)


def all_versions(vault: Vault) -> tuple[Version, ...]:
    """Every version that came, the oldest first."""
    with vault.reader() as reader:
        return agreements.versions(reader)


def levels_allowed(vault: Vault, kind: str | None = None) -> tuple[RevealLevel, ...]:
    """Levels of looking that are to be offered, at media of this `kind` or at any: the others are
    not there. All of them in a vault that was never enrolled; none once the agreement is over.
    """
    state = agreement_state(vault)
    if state.version is None:
        return tuple(RevealLevel)
    if state.kind in (StateKind.LAPSED, StateKind.ENDED):
        return ()
    made = state.version.signed.agreement
    return tuple(level for level in RevealLevel if _shows(made, level, kind))


def levels_with_reason(vault: Vault, kind: str | None = None) -> tuple[RevealLevel, ...]:
    """Those of `levels_allowed` at which a look is possible with a stated reason only."""
    version = agreement_state(vault).version
    if version is None:
        return ()
    made = version.signed.agreement
    return tuple(
        level
        for level in levels_allowed(vault, kind)
        if Condition.REASON in conditions_of(made, _look(level, kind))
    )


def functions_allowed(vault: Vault) -> frozenset[Function]:
    """What the agreement in force grants to anybody at all: the rest is not offered."""
    state = agreement_state(vault)
    if state.version is None or state.kind in (StateKind.LAPSED, StateKind.ENDED):
        return frozenset({Function.REPORTS_READ})
    made = state.version.signed.agreement
    return frozenset(f for f in Function if is_granted(made, Particulars(f.value)))


def age_of(version: Version, *, now: datetime) -> int:
    """Days since it came here."""
    return max(0, (now - version.received_at).days)


def _shows(agreement: Agreement, level: RevealLevel, kind: str | None) -> bool:
    return is_granted(agreement, _look(level, kind))


def _look(level: RevealLevel, kind: str | None) -> Particulars:
    return Particulars(Function.MEDIA_REVEAL.value, level=level.value, kind=kind)


def _waiting(version: Version) -> str:
    made = version.signed.agreement
    starts = tongue.day(version.starts_at.date())
    return words.waiting(made.revision, starts, is_narrower=version.is_narrower)
