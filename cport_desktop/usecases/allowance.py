"""Ask the agreement before anything is done under it: whoever refuses names the clause.

What is asked, and where (`tests/architecture/test_allowances.py` holds the table):

    reports.read       looking for reports and opening them; goes on after the agreement has ended
    everything else    only while the agreement is in force

A vault that was never enrolled holds nothing that came under an agreement: what is there may be
read and revealed, and nothing leaves it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from cport_desktop.domain.agreement import Agreement, Condition, Function
from cport_desktop.domain.agreement_reading import (
    Particulars,
    Question,
    Verdict,
    explain,
    fields_withheld,
)
from cport_desktop.domain.agreement_versions import AgreementState, StateKind
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.withholding import NOTHING_WITHHELD, Withheld
from cport_desktop.errors import AgreementForbids, AgreementLapsed, NotEnrolled
from cport_desktop.vault import agreements, hotlines
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as words

GOES_ON = frozenset({Function.REPORTS_READ})
"""What stays possible when the agreement has ended: see ADR 21."""

NEEDS_NO_BOND = frozenset({Function.REPORTS_READ, Function.MEDIA_REVEAL})
"""What is possible in a vault that was never enrolled."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Leave to do something. `clauses`: numbers of those that grant it, for the record;
    `withheld`: fields of reports that stay out. `reference` and `revision` of the agreement; None in a vault that was never enrolled.
    """

    reference: str | None
    revision: int | None
    clauses: tuple[str, ...]
    withheld: Withheld = NOTHING_WITHHELD
    contact: str = ""
    """Who can change the agreement."""
    conditions: tuple[Condition, ...] = ()
    """What is still to be fulfilled, of what the one who asked sees to."""

    @property
    def clause(self) -> str:
        """Its clauses as one text."""
        return ", ".join(self.clauses)


UNBOUND = Allowed(None, None, ())


def require_allowed(
    vault: Vault,
    function: Function,
    *,
    recipient: str | None = None,
    report_id: ReportId | None = None,
    fields: Collection[str] = (),
) -> Allowed:
    """Leave to do it now, by the agreement in force.

    `recipient`: the name or public key of who would get something. `report_id`: the report that it
    is about. `fields`: of reports, that must go along.

    Raises:
        NotEnrolled: there is no agreement.
        AgreementLapsed: it has run out, or the portal has ended it.
        AgreementForbids: no clause of it grants this, or one of them forbids it.
    """
    question = Question(function, recipient=recipient, fields=tuple(fields))
    return require_answer(vault, question, reports=() if report_id is None else (report_id,))


def require_answer(
    vault: Vault,
    question: Question,
    *,
    reports: Iterable[ReportId] = (),
    reason: str | None = None,
    sees_to: Collection[Condition] = (),
) -> Allowed:
    """As `require_allowed`, for a question with more particulars; `reason` is what was stated,
    `sees_to` are conditions that whoever asks fulfils afterwards.

    The countries of the hotlines that made `reports` belong to the question.

    Raises:
        NotEnrolled, AgreementLapsed, AgreementForbids: as `require_allowed`.
    """
    with vault.reader() as reader:
        standing = agreements.standing(reader, now=vault.now())
        at = agreements.moment(reader, vault.now())
        countries = hotlines.countries_of(reader, reports)
    version = standing.version
    if version is None:
        if question.function in NEEDS_NO_BOND:
            return UNBOUND
        raise NotEnrolled
    agreement = version.signed.agreement
    is_over = standing.kind in (StateKind.LAPSED, StateKind.ENDED)
    if is_over and question.function not in GOES_ON:
        raise _lapsed(standing, agreement, question)
    asked = replace(question, originators=(*question.originators, *countries))
    verdict = explain(agreement, asked, at=min(at, agreement.valid_until) if is_over else at)
    if not verdict.is_allowed:
        raise _forbidden(agreement, verdict)
    _require_conditions(agreement, verdict, reason, sees_to)
    return Allowed(
        reference=agreement.reference,
        revision=agreement.revision,
        clauses=verdict.granted_by,
        withheld=withheld_from(agreement, asked),
        contact=agreement.contact,
        conditions=tuple(each for each, _ in verdict.conditions if each in sees_to),
    )


def withheld_from(agreement: Agreement, question: Question) -> Withheld:
    """Fields of reports that `agreement` keeps from what is asked about. What the agency does not
    receive goes nowhere either.
    """
    received = fields_withheld(agreement, Particulars(Function.REPORTS_READ.value))
    if question.function is Function.REPORTS_READ:
        return received
    part = Particulars(
        question.function.value,
        recipient=question.recipient,
        recipient_key=question.recipient_key,
        level=question.level,
    )
    return fields_withheld(agreement, part) | received


def _require_conditions(
    agreement: Agreement, verdict: Verdict, reason: str | None, sees_to: Collection[Condition]
) -> None:
    for condition, clause in verdict.conditions:
        if condition in sees_to:
            continue
        if condition is Condition.REASON and (reason or "").strip():
            continue
        raise AgreementForbids(
            action=words.ACTIONS[verdict.question.function.value],
            function=verdict.question.function.value,
            reference=agreement.reference,
            clause=clause,
            cause=words.condition_open(condition.value, clause),
            who=agreement.contact,
        )


def _lapsed(standing: AgreementState, agreement: Agreement, question: Question) -> AgreementLapsed:
    version = standing.version
    ended_at = None if version is None else version.ended_at
    return AgreementLapsed(
        action=words.ACTIONS[question.function.value],
        reference=agreement.reference,
        date=(ended_at or agreement.valid_until).date().isoformat(),
        who=agreement.contact,
    )


def _forbidden(agreement: Agreement, verdict: Verdict) -> AgreementForbids:
    clause = ", ".join(verdict.limited_by) or None
    return AgreementForbids(
        action=words.ACTIONS[verdict.question.function.value],
        function=verdict.question.function.value,
        reference=agreement.reference,
        clause=clause,
        nearest=", ".join(dict.fromkeys(n for f in verdict.findings for n in f.clauses)) or None,
        cause="; ".join(
            words.obstacle(finding.obstacle.value, finding.clauses, finding.what)
            for finding in verdict.findings
        ),
        who=agreement.contact,
    )
