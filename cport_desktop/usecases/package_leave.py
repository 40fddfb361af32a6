"""What the agreement says to a package, recipient by recipient: before it is composed, and at its door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.agreement import Function, PackageMedia
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.withholding import NOTHING_WITHHELD, Withheld
from cport_desktop.errors import AgreementForbids, AgreementLapsed
from cport_desktop.usecases.allowance import Allowed, require_answer
from cport_desktop.vault.vault import Vault
from cport_desktop.words.errors import explain


@dataclass(frozen=True, slots=True)
class Parcel:
    """What would go to every one of `recipients`. `kinds`: of the media that go along, words of
    `MediaKind`; `reason`: what was stated.
    """

    recipients: tuple[Recipient, ...]
    reports: tuple[ReportId, ...]
    kinds: tuple[str, ...]
    with_media: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Leave:
    """What the agreement says to all recipients together. `clauses` grant it, `withheld` stays out."""

    clauses: tuple[str, ...] = ()
    withheld: Withheld = NOTHING_WITHHELD

    @property
    def clause(self) -> str | None:
        """Its clauses as one text."""
        return ", ".join(self.clauses) or None

    def also(self, allowed: Allowed) -> Leave:
        """With one recipient more."""
        clauses = tuple(dict.fromkeys((*self.clauses, *allowed.clauses)))
        return Leave(clauses, self.withheld | allowed.withheld)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one recipient would get. `clauses` grant it; `withheld` are fields that stay out, which
    counts for all recipients of one package; `refusal` says why it may not go, None if it may.
    """

    recipient: Recipient
    clauses: tuple[str, ...]
    withheld: tuple[str, ...]
    refusal: str | None


def leave_for(vault: Vault, parcel: Parcel) -> Leave:
    """Leave to hand `parcel` to every one of its recipients.

    Raises:
        NotEnrolled, AgreementForbids, AgreementLapsed: for one of them it is refused.
    """
    leave = Leave()
    for recipient in parcel.recipients:
        leave = leave.also(_ask(vault, parcel, recipient))
    return leave


def foresee(vault: Vault, parcel: Parcel) -> tuple[Foreseen, ...]:
    """The same for each recipient by itself; nobody is refused, and nothing is recorded.

    Raises:
        NotEnrolled: there is no agreement.
    """
    return tuple(_foreseen(vault, parcel, recipient) for recipient in parcel.recipients)


def _foreseen(vault: Vault, parcel: Parcel, recipient: Recipient) -> Foreseen:
    try:
        allowed = _ask(vault, parcel, recipient)
    except (AgreementForbids, AgreementLapsed) as error:
        return Foreseen(recipient, (), (), explain(error).message)
    return Foreseen(recipient, allowed.clauses, tuple(sorted(allowed.withheld.fields)), None)


def _ask(vault: Vault, parcel: Parcel, recipient: Recipient) -> Allowed:
    question = Question(
        Function.PACKAGE_COMPOSE,
        recipient=recipient.name,
        recipient_key=recipient.public,
        level=(PackageMedia.ORIGINAL if parcel.with_media else PackageMedia.NONE).value,
        kinds=parcel.kinds,
    )
    return require_answer(vault, question, reports=parcel.reports, reason=parcel.reason)


def kinds_of(kinds: Sequence[str | None], *, with_media: bool) -> tuple[str, ...]:
    """The kinds that go along, each once."""
    return tuple(sorted({kind for kind in kinds if kind})) if with_media else ()
