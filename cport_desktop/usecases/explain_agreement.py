"""Why something is allowed or not, what would be if a recipient were added, and what a new version
of the agreement would change. Nothing is done, changed or accepted here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cport_desktop.domain.agreement import Agreement, Condition, SignedAgreement
from cport_desktop.domain.agreement_comparison import Comparison, compare
from cport_desktop.domain.agreement_reading import (
    Question,
    Verdict,
    explain,
    party_of,
)
from cport_desktop.domain.agreement_versions import Version
from cport_desktop.domain.roles import Role
from cport_desktop.domain.withholding import Withheld
from cport_desktop.errors import NotEnrolled, NothingWaits
from cport_desktop.formats.agreement_document import parse_agreement_file, require_signed_by
from cport_desktop.usecases.allowance import withheld_from
from cport_desktop.usecases.permission import require_one_of
from cport_desktop.vault import agreements, bond, rehearsing
from cport_desktop.vault.rehearsing import PastAct
from cport_desktop.vault.vault import Vault
from cport_desktop.words import agreement as words


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to a question. `sentences`: yes or no, by which clauses, what is missing, what would
    be withheld, and who can change it. `classes` of the recipient, as the agreement has them.
    """

    agreement: Agreement
    verdict: Verdict
    withheld: Withheld
    classes: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would be different under `rehearsed`. `refused`: how many acts of the past year, by
    function, would not have been allowed; `acts`: how many there were. `is_signed`: by our portal.
    """

    current: Agreement
    rehearsed: Agreement
    is_signed: bool
    comparison: Comparison
    acts: Mapping[str, int]
    refused: Mapping[str, int]
    examples: tuple[str, ...]


def explain_action(vault: Vault, question: Question) -> Explanation:
    """What the agreement in force says to `question`.

    Raises:
        NotEnrolled: there is no agreement.
    """
    with vault.reader() as reader:
        at = agreements.moment(reader, vault.now())
        version = agreements.current(reader, now=vault.now())
    if version is None:
        raise NotEnrolled
    made = version.signed.agreement
    verdict = explain(made, question, at=at)
    withheld = withheld_from(made, question)
    recipient = question.recipient
    classes = () if recipient is None else party_of(made, recipient, question.recipient_key).classes
    sentences = (
        *_answer(made, verdict, version),
        *_beside(verdict, withheld, classes),
        words.who_can_change(made.contact),
    )
    return Explanation(made, verdict, withheld, classes, sentences)


def rehearse(vault: Vault, untrusted: bytes | None = None) -> Rehearsal:
    """What the agreement in the file `untrusted` (signed or a draft) would change; without one, the
    version that waits. Nothing is accepted or kept.

    Raises:
        RoleMissing: the analyst is neither supervisor nor administrator.
        NotEnrolled: there is no agreement to compare with.
        NothingWaits: no file, and no version waits.
        MalformedMessage, MessageTooLarge: the file holds no agreement.
        SignatureInvalid: it is signed, and not by this vault's portal.
    """
    require_one_of(vault, Role.SUPERVISOR, Role.ADMINISTRATOR)
    with vault.reader() as reader:
        enrolment = bond.load(reader)
        state = agreements.standing(reader, now=vault.now())
        if enrolment is None or state.version is None:
            raise NotEnrolled
        signed = _rehearsed(state.waiting, untrusted)
        if signed.signature:
            require_signed_by(signed, enrolment.answer.portal_key)
        past = rehearsing.acts_since(reader, vault.now() - rehearsing.A_YEAR)
    current = state.version.signed.agreement
    refused = [act for act in past if not _is_allowed(signed.agreement, act)]
    return Rehearsal(
        current=current,
        rehearsed=signed.agreement,
        is_signed=bool(signed.signature),
        comparison=compare(current, signed.agreement),
        acts=_counted(past),
        refused=_counted(refused),
        examples=tuple(dict.fromkeys(words.refused_act(a.what, a.recipient) for a in refused))[:10],
    )


def _rehearsed(waiting: Version | None, untrusted: bytes | None) -> SignedAgreement:
    if untrusted is not None:
        return parse_agreement_file(untrusted)
    if waiting is None:
        raise NothingWaits
    return waiting.signed


def _is_allowed(agreement: Agreement, act: PastAct) -> bool:
    """Whether it could have been done under `agreement`, in its time."""
    question = Question(
        act.function,
        recipient=act.recipient,
        recipient_key=act.recipient_key,
        level=act.level,
        originators=act.countries,
    )
    verdict = explain(agreement, question, at=agreement.valid_from)
    needs_reason = any(condition is Condition.REASON for condition, _ in verdict.conditions)
    return verdict.is_allowed and not (needs_reason and not act.reason)


def _counted(acts: Sequence[PastAct]) -> Mapping[str, int]:
    return dict(sorted(Counter(act.function.value for act in acts).items()))


def _answer(made: Agreement, verdict: Verdict, version: Version) -> Iterator[str]:
    action = words.ACTIONS[verdict.question.function.value]
    if verdict.is_allowed and version.ended_at is None:
        yield words.allowed(action, made.reference, verdict.granted_by)
        for condition, clause in verdict.conditions:
            yield words.condition(condition.value, clause)
        return
    yield words.not_allowed(action, made.reference)
    if version.ended_at is not None:
        yield words.ended_by_portal(version.ended_at.date().isoformat())
    for finding in verdict.findings:
        yield words.because(finding.obstacle.value, finding.clauses, finding.what)


def _beside(verdict: Verdict, withheld: Withheld, classes: Sequence[str]) -> Iterator[str]:
    recipient = verdict.question.recipient
    if recipient is not None:
        yield words.recipient_is(recipient, classes)
    if verdict.is_allowed and withheld.fields:
        yield words.stays_out(sorted(withheld.fields))
