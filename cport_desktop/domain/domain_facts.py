"""What the reports at hand say of one domain, and what of it should give pause before it is suggested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cport_desktop.domain.ids import ContentId, HotlineId, ReportId

LOOKED_AT: Final = 500
"""Content items on a domain that are looked at, of its newest reports: the busiest has a million."""


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One content item on a domain. `where`: host and path of it, without scheme, query and fragment.

    `received_at`: of its report. `is_virtual`: None while nobody assessed it. `is_gone`: an action on it
    says that it was removed or could not be reached. `hotline_country`: of the hotline that reported it.
    """

    report_id: ReportId
    content_id: ContentId
    url: str
    host: str
    where: str
    is_source: bool
    received_at: datetime
    ip_address: str | None
    autonomous_system: int | None
    country: str | None
    hotline: HotlineId
    hotline_country: str | None
    classification: int
    age: int | None
    is_virtual: bool | None
    is_gone: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class DomainFacts:
    """`items`: newest first, up to `LOOKED_AT`; `is_partial`: there are more."""

    domain: str
    items: tuple[ItemFact, ...] = ()
    is_partial: bool = False

    @property
    def standing(self) -> tuple[ItemFact, ...]:
        """Those whose reports were not withdrawn."""
        return tuple(item for item in self.items if not item.is_withdrawn)

    @property
    def reports(self) -> tuple[ReportId, ...]:
        return tuple(dict.fromkeys(item.report_id for item in self.standing))

    @property
    def hotline_countries(self) -> tuple[str, ...]:
        return tuple(sorted({i.hotline_country for i in self.standing if i.hotline_country}))

    @property
    def countries(self) -> tuple[str, ...]:
        """Where it was hosted."""
        return tuple(sorted({item.country for item in self.standing if item.country}))

    @property
    def last_seen(self) -> datetime | None:
        return max((item.received_at for item in self.standing), default=None)

    @property
    def is_gone(self) -> bool:
        """Whether everything that is known on it was removed or could not be reached."""
        return bool(self.standing) and all(item.is_gone for item in self.standing)


class Pause(StrEnum):
    """What gives pause; each is a sentence of `words.dossiers`."""

    SHARED_HOST = "shared_host"
    ABOVE_SHARED = "above_shared"
    SUBDOMAIN = "subdomain"
    LEGITIMATE = "legitimate_service"
    UNSEEN = "unseen"
    FEW_REPORTS = "few_reports"
    ONE_COUNTRY = "one_country"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Caution:
    """What gives pause, with what it speaks of: a name, or a number, or a moment."""

    pause: Pause
    name: str = ""
    count: int = 0
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """Names beneath which blocking would hit many who have nothing to do with it. `legitimate`: pairs of
    a name and what it is.
    """

    version: str = ""
    legitimate: tuple[tuple[str, str], ...] = ()
    shared: tuple[str, ...] = ()

    def legitimate_at(self, domain: str) -> tuple[str, str] | None:
        """The entry that `domain` is, or lies beneath; the longest."""
        found = [entry for entry in self.legitimate if _is_beneath(domain, entry[0])]
        return max(found, key=lambda entry: len(entry[0]), default=None)

    def shared_at(self, domain: str) -> str | None:
        found = [name for name in self.shared if _is_beneath(domain, name)]
        return max(found, key=len, default=None)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`few`: so many reports are enough; `unseen`: so long ago is long."""

    few: int
    unseen: timedelta


def cautions(
    facts: DomainFacts,
    services: Services,
    *,
    registrable: str,
    shared: str | None,
    beneath: str | None = None,
    thresholds: Thresholds,
    now: datetime,
) -> tuple[Caution, ...]:
    """All that gives pause about a domain. `registrable`: the registered part of it; `shared`: the suffix
    under which strangers register names; `beneath`: such a suffix that lies beneath it.
    """
    found = list(_by_name(facts.domain, services, registrable, shared))
    if beneath is not None:
        found.append(Caution(Pause.ABOVE_SHARED, name=beneath))
    count = len(facts.reports)
    if count < thresholds.few and not facts.is_partial:
        found.append(Caution(Pause.FEW_REPORTS, count=count))
    seen = facts.last_seen
    if seen is not None and now - seen > thresholds.unseen:
        found.append(Caution(Pause.UNSEEN, moment=seen))
    if count and len(facts.hotline_countries) < _COUNTRIES:
        found.append(Caution(Pause.ONE_COUNTRY, name="".join(facts.hotline_countries)))
    if facts.is_gone:
        found.append(Caution(Pause.GONE))
    return tuple(found)


_COUNTRIES: Final = 2


def _by_name(
    domain: str, services: Services, registrable: str, shared: str | None
) -> Sequence[Caution]:
    found = []
    suffix = shared or services.shared_at(domain)
    if suffix is not None:
        found.append(Caution(Pause.SHARED_HOST, name=suffix))
    if registrable and domain != registrable:
        found.append(Caution(Pause.SUBDOMAIN, name=registrable))
    service = services.legitimate_at(domain)
    if service is not None:
        found.append(Caution(Pause.LEGITIMATE, name=service[0]))
    return found


def _is_beneath(domain: str, name: str) -> bool:
    return domain == name or domain.endswith(f".{name}")
