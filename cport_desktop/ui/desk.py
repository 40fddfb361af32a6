"""What the window may ask for: intentions, and nothing of how they are carried out.

`Desk` is what the window has while the vault is locked; opening it hands over a `Session`,
which holds every intention that needs an open vault. A locked window has no session, so no
widget can ask for anything behind a lock. `bootstrap` fills both from use cases.

Every callable may be called from any thread and at the same time as any other; each raises
errors of the family `CportError` and nothing else on purpose. What the law wants recorded
(a search, a look at a report, a reveal, a package) is recorded by the use case behind the
callable, before it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cport_desktop.clock import Clock
from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.anchoring import Anchoring
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.draft import DraftContent, DraftPlace
from cport_desktop.domain.enrolment import EnrolmentAnswer
from cport_desktop.domain.ids import Actor, ContentId, MediaId, ReportId
from cport_desktop.domain.media_item import MediaItem, Picture, RevealGrant, RevealLevel
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.package import ComposedPackage, Given, Verification
from cport_desktop.domain.package_template import PackageTemplate
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.rows import (
    Dossier,
    Facet,
    FacetCount,
    HotlineRow,
    Order,
    Page,
    ReportRow,
)
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.ui.acting import HotlineActs
from cport_desktop.ui.charting import Charting
from cport_desktop.ui.exchanging import Exchanging
from cport_desktop.ui.exposing import Exposing, RulesOfUnit
from cport_desktop.ui.finding import Finding
from cport_desktop.ui.keeping import Keeping
from cport_desktop.ui.keys import DoorSlot, Key, OpeningOrder
from cport_desktop.ui.knowing import Knowing
from cport_desktop.ui.likening import Likening
from cport_desktop.ui.package_lines import PackageForecast
from cport_desktop.ui.playing import Playing
from cport_desktop.ui.portal_acts import PortalActs
from cport_desktop.ui.recalling import Recalling
from cport_desktop.ui.redacting import Redacting
from cport_desktop.ui.settling import Settling
from cport_desktop.ui.signing import BY_OWN, SignedBy, Signing
from cport_desktop.ui.surveying import Surveying
from cport_desktop.ui.tabling import Tabling
from cport_desktop.ui.triaging import Triaging
from cport_desktop.ui.working import Working
from cport_desktop.ui.worst import Worst


class ExchangeSummary(Protocol):
    """What one exchange with the portal did."""

    @property
    def reports_new(self) -> int: ...
    @property
    def reports_changed(self) -> int: ...
    @property
    def reports_withdrawn(self) -> int: ...
    @property
    def media_new(self) -> int:
        """Media files that arrived whole in this exchange."""
        ...

    @property
    def media_pending(self) -> int:
        """Media files still announced and not here."""
        ...

    @property
    def operations_sent(self) -> int: ...
    @property
    def is_complete(self) -> bool:
        """The portal had nothing more to say and every file is here."""
        ...

    @property
    def anchoring(self) -> Anchoring | None:
        """What became of the audit log's head; None if it did not get that far."""
        ...


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the vault last heard from the portal to the end, and by which road (`https`, `courier`
    …). `bundle`: the number of the one that brought it. `grade` is a word of
    `domain.freshness.Grade`; `implies`: what that means, in words.
    """

    at: datetime
    road: str
    bundle: int | None = None
    grade: str = "fresh"
    implies: str = ""


@dataclass(frozen=True, slots=True)
class Tallies:
    """The counters of the rail."""

    reports: int
    media: int
    hotlines: int
    unsettled: int
    """Operations that the portal has not settled yet."""
    needs_you: int = 0
    """Operations that go nowhere until the analyst decides."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """One permitted look. `picture` is None if the file cannot be shown after all."""

    grant: RevealGrant
    picture: Picture | None


class Hotlines(Protocol):
    def __call__(self, text: str = "") -> tuple[HotlineRow, ...]:
        """Those that a query over hotlines asks for; all for an empty one."""
        ...


@dataclass(frozen=True, slots=True)
class RevealTerms:
    """How a reveal is done unless the analyst chooses another level first."""

    level: RevealLevel
    seconds: float


PackageChoice = tuple[ReportId, ...] | str | AllFound
"""Reports one by one, or every report that a query finds, or all of these but some."""


@dataclass(frozen=True, slots=True)
class PackagePreview:
    """What a package would carry, counted before anything is written."""

    reports: int
    media: int
    media_bytes: int
    omitted: int
    """Media of these reports that cannot go (not here yet, or refused)."""


@dataclass(frozen=True, slots=True)
class PackageOrder:
    """`recipients`: as `Session.recipients` gave them. `given_to`: what those get (by public key) of whom
    anything was chosen; `redactions`: a file of them; `part_size`: bytes of one file at most.
    """

    choice: PackageChoice
    title: str
    recipients: tuple[Recipient, ...]
    path: Path
    reason: str | None = None
    given_to: Mapping[str, Given] = field(default_factory=dict)
    redactions: Path | None = None
    part_size: int | None = None
    signed_by: SignedBy = BY_OWN
    resumes: bool = False
    """Packages of this order that stand there whole are left as they are."""
    unredacted: frozenset[MediaId] = frozenset()
    """Items that go as they are although a redaction of them is kept."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A package that was written, and what reading it back from the medium showed."""

    composed: ComposedPackage
    verification: Verification
    others: tuple[ComposedPackage, ...] = ()
    """Further packages of the same act, for those who got other things."""


class Searching(Protocol):
    """`QueryError` has `position` and `accepted`. What runs when it is cancelled ends soon."""

    def __call__(
        self,
        text: str,
        order: Order,
        limit: int,
        after: str | None,
        is_cancelled: IsCancelled = ...,
        /,
    ) -> Page[ReportRow]: ...


class Counting(Protocol):
    def __call__(self, text: str, is_cancelled: IsCancelled = ..., /) -> int: ...


class Faceting(Protocol):
    def __call__(
        self, text: str, is_cancelled: IsCancelled = ..., /
    ) -> Mapping[Facet, tuple[FacetCount, ...]]: ...


@dataclass(frozen=True, slots=True)
class Session:
    """An open vault, as intentions."""

    nature: Nature
    analyst: Actor
    enrolment: EnrolmentAnswer | None
    terms: RevealTerms

    lock: Callable[[], None]
    """Close the vault; no other intention is called afterwards."""

    prepare: Callable[[], None]
    """What makes searching fast is ready afterwards; for the background, once."""
    tallies: Callable[[], Tallies]
    freshness: Callable[[], Freshness | None]
    hotlines: Hotlines

    search: Searching
    count: Counting
    facets: Faceting
    dossier: Callable[[ReportId], Dossier]

    media_page: Callable[[str, int, str | None], Page[MediaItem]]
    """(query text, limit, cursor): media of the reports that the query finds."""
    media_item: Callable[[MediaId], MediaItem]
    veils: Callable[[Sequence[MediaId]], Mapping[MediaId, Picture]]
    reveal: Callable[[MediaId, RevealLevel, str | None], Reveal]
    """(…, level, reason where one was stated); recorded durably before any pixel is asked for."""
    end_reveal: Callable[[RevealGrant, float], None]
    """(grant, seconds that the picture was on the screen; 0 if it never was)."""

    assess: Callable[[ReportId, ContentId, int], Changes]
    feedback: Callable[[ReportId, str], Changes]
    hotline_acts: HotlineActs
    """What else is said to a hotline about one report."""
    portal_acts: PortalActs
    """What is told to the portal beside a report."""

    synchronise: Callable[[bool, Announce, IsCancelled], ExchangeSummary]
    """(without media, …): an exchange by network."""

    recipients: Callable[[str], tuple[Recipient, ...]]
    """Out of pasted text, one a line (a key, NAME=KEY, or a name that is kept), or out of the file whose
    path it is. `KeyFileMalformed` if a line is none, or there is none; `UnknownReference` for a name."""
    preview: Callable[[PackageChoice], PackagePreview]
    package_templates: Callable[[], tuple[PackageTemplate, ...]]
    keep_package_template: Callable[[PackageTemplate], None]
    """Never in the place of another (`NameTaken`)."""
    remove_package_template: Callable[[str], object]
    give_package_template: Callable[[str, Path], object]
    """(name, new file): for another vault."""
    take_package_template: Callable[[Path, bool], PackageTemplate]
    """(file, whether in the place of one that has its name)."""
    foresee: Callable[[PackageOrder], PackageForecast]
    """Nothing is drawn, written or recorded."""
    compose: Callable[[PackageOrder, Announce, IsCancelled], Departure]
    """Never writes over a file (`OutputExists`)."""
    signing: Signing

    drafts: Mapping[DraftPlace, DraftContent]
    """What this analyst left unfinished, as it was when the vault was opened."""
    keep_draft: Callable[[DraftPlace, DraftContent | None], None]
    """This is what lies at the place from now on, durably; None: nothing does."""
    keeps_drafts: bool
    """Without a personal key nothing can be kept."""

    keeping: Keeping
    """Everything about the vault itself."""
    exchanging: Exchanging
    """Everything about the exchange with the portal."""
    playing: Playing
    """Looks at what moves or sounds."""
    redacting: Redacting
    """What is destroyed in copies whenever they leave."""
    charting: Charting
    """Charts, a case as a picture, and their files."""
    surveying: Surveying
    """What is new, what is first, what is remembered."""
    likening: Likening
    """What lists know, what is alike, and stacks."""
    exposing: Exposing
    """One's own looking."""
    rules_of_unit: RulesOfUnit
    knowing: Knowing
    """Hash lists."""
    working: Working
    """Cases, notes, tags, flags, tasks."""
    tabling: Tabling
    """Tables that leave, and choosing across pages."""
    triaging: Triaging
    """Deciding one report after the other, and undoing."""
    finding: Finding
    """Names for completion, and searches that are kept."""
    recalling: Recalling
    """What was done, and second readings."""
    settling: Settling
    """What this machine allows and keeps."""
    worst: Worst
    """Candidates for the “Worst of” list, what was suggested and what was decided."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the window is given. `vault_name` is what people call the vault (its folder)."""

    vault_name: str
    nature: Nature
    clock: Clock
    taxonomy: Taxonomy
    sandbox_level: Callable[[], str]
    """The code of `media.sandbox.Confinement`."""
    slots: Callable[[], tuple[DoorSlot, ...]]
    """What the vault's folder says of its slots to anybody."""
    open: Callable[[OpeningOrder, Announce], Session]
    """Takes a second or two by design, and longer where a vault is brought up to date, which it
    announces; `WrongPassphrase` if no slot opens."""
    rekey: Callable[[Key, Announce], int]
    """Called while the vault is closed: it has another master key; how many slots have it."""
