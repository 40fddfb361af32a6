"""What the agreement says to a package, recipient by recipient: before it is composed, and at its door.

Recipients who get exactly the same share one package; each other set of things is a variant, a
package of its own, so that nobody gets what only another may have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.agreement import Function, PackageMedia
from cport_desktop.domain.agreement_reading import Question
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.package import Given
from cport_desktop.domain.withholding import NOTHING_WITHHELD, Withheld
from cport_desktop.errors import AgreementForbids, AgreementLapsed
from cport_desktop.usecases.allowance import Allowed, require_answer
from cport_desktop.vault.vault import Vault
from cport_desktop.words.errors import explain


@dataclass(frozen=True, slots=True)
class Parcel:
    """What would go to whom. `kinds`: of the media of `reports`, words of `MediaKind`; `reason`: what
    was stated.
    """

    shares: tuple[tuple[Recipient, Given], ...]
    reports: tuple[ReportId, ...]
    kinds: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Variant:
    """One package: who gets it, what of media, what stays out by the agreement (`withheld`) and by
    choice (`without`), and the clauses that grant it.
    """

    recipients: tuple[Recipient, ...]
    media: PackageMedia
    withheld: Withheld = NOTHING_WITHHELD
    without: frozenset[str] = frozenset()
    clauses: tuple[str, ...] = ()

    @property
    def clause(self) -> str | None:
        """Its clauses as one text."""
        return ", ".join(self.clauses) or None

    @property
    def left_out(self) -> Withheld:
        """All that stays out, for whichever reason."""
        return Withheld(dict.fromkeys(self.without)) | self.withheld

    def also(self, other: Variant) -> Variant:
        """With the recipients of `other`, who get the same."""
        return replace(
            self,
            recipients=(*self.recipients, *other.recipients),
            clauses=tuple(dict.fromkeys((*self.clauses, *other.clauses))),
        )

    def is_like(self, other: Variant) -> bool:
        """Both get the same."""
        return (
            self.media is other.media
            and self.left_out.fields.keys() == other.left_out.fields.keys()
            and self.withheld.is_unknown_withheld == other.withheld.is_unknown_withheld
        )


@dataclass(frozen=True, slots=True)
class FieldOut:
    """A field that stays out: by a clause, because no clause grants it, or because it was chosen so."""

    field: str
    clause: str | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one recipient would get. `clauses` grant it; `out` stays out, and so do fields that this
    version does not know if `is_unknown_out`. `levels`: of media, that may go to them; `refusal` says
    why nothing may, None if it may.
    """

    recipient: Recipient
    given: Given
    clauses: tuple[str, ...] = ()
    out: tuple[FieldOut, ...] = ()
    is_unknown_out: bool = False
    levels: tuple[PackageMedia, ...] = ()
    refusal: str | None = None

    @property
    def withheld(self) -> tuple[str, ...]:
        """Names of the fields that stay out."""
        return tuple(each.field for each in self.out)


def leave_for(vault: Vault, parcel: Parcel) -> tuple[Variant, ...]:
    """Leave to hand `parcel` to every one of its recipients: one variant for each set of things.

    Raises:
        NotEnrolled, AgreementForbids, AgreementLapsed: for one of them it is refused.
    """
    found: list[Variant] = []
    for recipient, given in parcel.shares:
        one = _variant(recipient, given, _ask(vault, parcel, recipient, given.media))
        like = next((n for n, each in enumerate(found) if each.is_like(one)), None)
        if like is None:
            found.append(one)
        else:
            found[like] = found[like].also(one)
    return tuple(found)


def foresee(vault: Vault, parcel: Parcel) -> tuple[Foreseen, ...]:
    """The same for each recipient by itself; nobody is refused, and nothing is recorded.

    Raises:
        NotEnrolled: there is no agreement.
    """
    return tuple(_foreseen(vault, parcel, recipient, given) for recipient, given in parcel.shares)


def _foreseen(vault: Vault, parcel: Parcel, recipient: Recipient, given: Given) -> Foreseen:
    levels = tuple(each for each in PackageMedia if _may(vault, parcel, recipient, each))
    try:
        allowed = _ask(vault, parcel, recipient, given.media)
    except (AgreementForbids, AgreementLapsed) as error:
        return Foreseen(recipient, given, levels=levels, refusal=explain(error).message)
    one = _variant(recipient, given, allowed)
    return Foreseen(
        recipient,
        given,
        allowed.clauses,
        tuple(
            FieldOut(name, clause, is_chosen=name not in allowed.withheld.fields)
            for name, clause in sorted(one.left_out.fields.items())
        ),
        allowed.withheld.is_unknown_withheld,
        levels,
    )


def _variant(recipient: Recipient, given: Given, allowed: Allowed) -> Variant:
    return Variant((recipient,), given.media, allowed.withheld, given.without, allowed.clauses)


def _may(vault: Vault, parcel: Parcel, recipient: Recipient, media: PackageMedia) -> bool:
    try:
        _ask(vault, parcel, recipient, media)
    except (AgreementForbids, AgreementLapsed):
        return False
    return True


def _ask(vault: Vault, parcel: Parcel, recipient: Recipient, media: PackageMedia) -> Allowed:
    question = Question(
        Function.PACKAGE_COMPOSE,
        recipient=recipient.name,
        recipient_key=recipient.public,
        level=media.value,
        kinds=() if media is PackageMedia.NONE else parcel.kinds,
    )
    return require_answer(vault, question, reports=parcel.reports, reason=parcel.reason)


def kinds_of(kinds: Sequence[str | None]) -> tuple[str, ...]:
    """The kinds that go along, each once."""
    return tuple(sorted({kind for kind in kinds if kind}))
