"""What a check of one domain finds, and how what is known here of domains fits the list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cport_desktop.domain.criteria import CriteriaText, Judged
from cport_desktop.domain.domain_facts import Caution, DomainFacts
from cport_desktop.domain.dossier import Standing
from cport_desktop.domain.operation import OperationState
from cport_desktop.domain.portal_records import IwolDecision
from cport_desktop.domain.suggested_domain import DomainRule
from cport_desktop.domain.worst_of import Tally


@dataclass(frozen=True, slots=True)
class ByText:
    """How a domain stands by one text of the criteria."""

    text: CriteriaText
    criteria: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class DomainCheck:
    """`domain`: what would be suggested; '' if the text holds no name. `refusal`: why it cannot be.

    `registrable`, `suffix`: by the public suffixes in force (`suffixes`: their version).
    """

    asked: str
    domain: str
    registrable: str
    suffix: str
    suffixes: str
    refusal: DomainRule | None
    facts: DomainFacts
    by_text: tuple[ByText, ...]
    cautions: tuple[Caution, ...]
    decision: IwolDecision | None
    suggested: OperationState | None
    dossier: Standing | None
    removal: OperationState | None = None


class Match(StrEnum):
    """How what is known here of a domain fits the list, as far as the portal told of it."""

    AGREED = "agreed"
    """Listed, and suggested or kept here."""
    LEAVING = "leaving"
    """Listed, and its removal suggested here."""
    THEIRS = "theirs"
    """Listed, and nothing was done about it here."""
    WAITING = "waiting"
    """Suggested or confirmed here; the portal told nothing yet."""
    PREPARED = "prepared"
    """A dossier here that was not confirmed."""
    REFUSED = "refused"
    """Decided otherwise than to list it."""
    DELISTED = "delisted"
    """Taken off, and nothing new was reported since."""
    BACK = "back"
    """Taken off, and reports are newer than that."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One domain on either side. `tally`: reports here, None without any."""

    domain: str
    match: Match
    decision: IwolDecision | None
    suggested: OperationState | None
    dossier: Standing | None
    tally: Tally | None
    removal: OperationState | None = None
