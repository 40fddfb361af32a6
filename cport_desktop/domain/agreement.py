"""What the national hotline allows an agency, clause by clause.

A clause grants functions, each as wide as it says: which fields of reports, kinds of media, levels
of looking, recipients, and reports of which countries' hotlines. A clause may also limit, and a
limit stands above every grant. What no clause grants is not allowed.

Forward compatible without ever becoming wider: a word or a term that this version does not know is
kept; a grant with such a term grants nothing (`is_understood`), a limit with such a term limits all
that the rest of it names. What follows from an agreement is in `domain.agreement_reading`, how two
of them differ in `domain.agreement_comparison`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import PortalId
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.retention import RetentionPeriod


class Function(StrEnum):
    """What an agreement can allow; the words of its clauses."""

    REPORTS_READ = "reports.read"
    MEDIA_RECEIVE = "media.receive"
    MEDIA_REVEAL = "media.reveal"
    ASSESSMENT_GIVE = "assessment.give"
    FEEDBACK_GIVE = "feedback.give"
    TAKEDOWN_HOLD = "takedown.hold"
    INFORMATION_REQUEST = "information.request"
    IWOL_SUGGEST = "iwol.suggest"
    HASHLIST_CONTRIBUTE = "hashlist.contribute"
    HASHLIST_EXPORT = "hashlist.export"
    CASE_HAND_OVER = "case.hand_over"
    FALSE_POSITIVE_NOTIFY = "false_positive.notify"
    PROVIDER_NOTIFY = "provider.notify"
    PACKAGE_COMPOSE = "package.compose"
    TABLE_EXPORT = "table.export"
    WORK_SHARE = "work.share"
    """Which reports are in hand, told to the agency's other stations."""


class Condition(StrEnum):
    """What somebody has to do who makes use of a grant."""

    REASON = "reason"
    """A reason is stated, and goes on record."""
    TWO_PERSONS = "twoPersons"
    """A second analyst agrees before anything happens."""


class PackageMedia(StrEnum):
    """Levels of `package.compose`; those of `media.reveal` are `domain.media_item.RevealLevel`, those of
    `work.share` `domain.in_hand.SharedAs`.
    """

    NONE = "none"
    VEILED = "veiled"
    """A small grey haze of each picture; what grants originals grants it, too."""
    ORIGINAL = "original"


CLASS_MARK: Final = "class:"
"""`class:court` means every recipient of that class; anything else is the name of one."""

UNLISTED: Final = "unlisted"
"""The class of a recipient that the agreement does not name."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a clause allows. None: without restriction; an empty tuple: nothing of the kind.

    `functions`: words of `Function`, or of a later version. `fields`: members of a report as the
    portal names them (`domain.withholding`). `kinds`: of media. `levels`: how much is shown
    (`media.reveal`) or goes along (`package.compose`). `recipients`: names or classes.
    `originators`: countries whose hotlines made the reports. `conditions`: words of `Condition`.
    """

    functions: tuple[str, ...]
    fields: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    originators: tuple[str, ...] | None = None
    conditions: tuple[str, ...] = ()
    is_understood: bool = True
    """False: it has terms of a later version, and grants nothing here."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a clause forbids, whatever others grant: that to which everything stated here applies.

    `functions` None: all of them. The rest as in `Grant`; None: whichever.
    """

    functions: tuple[str, ...] | None = None
    fields: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    originators: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its number, its neutral words, and what they come to."""

    number: str
    text: str
    grants: tuple[Grant, ...] = ()
    limits: tuple[Limit, ...] = ()

    @property
    def functions(self) -> tuple[str, ...]:
        """The words of all that it grants."""
        return tuple(dict.fromkeys(word for grant in self.grants for word in grant.functions))


@dataclass(frozen=True, slots=True)
class Party:
    """A recipient that the agreement names. `keys`: what is sealed to it (`age1…`), if it is known;
    then nobody else is taken for it.
    """

    name: str
    classes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the national hotline allows this agency, in one of its versions.

    `portal` signs it; `hotline` made it, `contact` can change it. `jurisdictions`: countries, the agency's own first.
    `issued_at` orders versions, `revision` too within one reference. A version takes effect at
    `effective_from`; outside `valid_from` to `valid_until` nothing is allowed. `retention`: how long
    reports may be kept; none stated means that no rule erases. `unknown`: members of a later version.
    """

    portal: PortalId
    nature: Nature
    reference: str
    revision: int
    agency: str
    hotline: str
    contact: str
    jurisdictions: tuple[str, ...]
    issued_at: datetime
    effective_from: datetime
    valid_from: datetime
    valid_until: datetime
    clauses: tuple[Clause, ...]
    retention: tuple[RetentionPeriod, ...] = ()
    recipients: tuple[Party, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def jurisdiction(self) -> str:
        """The agency's own country."""
        return self.jurisdictions[0]

    def clause(self, number: str) -> Clause | None:
        """The clause with this number."""
        return next((clause for clause in self.clauses if clause.number == number), None)


@dataclass(frozen=True, slots=True)
class SignedAgreement:
    """An agreement with the portal's words of it, to the byte, and the signature over them.

    `document` and `signature` can be checked by anybody who has the portal's key
    (`docs/formats/agreement.md`).
    """

    agreement: Agreement
    document: bytes
    signature: bytes
