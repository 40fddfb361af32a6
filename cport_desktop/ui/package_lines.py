"""What a package would come to, as the composer shows it: a row for each recipient, lines for the rest."""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.agreement import PackageMedia
from cport_desktop.domain.ids import MediaId, media_reference
from cport_desktop.domain.package import Given
from cport_desktop.usecases.package_forecast import Forecast, ForeseenPackage
from cport_desktop.usecases.package_leave import Foreseen
from cport_desktop.usecases.redaction_reach import KeptHere
from cport_desktop.words import composing as words
from cport_desktop.words import redactions as redaction_words
from cport_desktop.words.measures import size
from cport_desktop.words.package_along import goes_along


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What one recipient gets. `levels`: of media, that may go to them, and no others; `withheld`: fields
    that stay out by the agreement; `lines` say what goes and by which clause, `stays` what stays and
    why. `is_refused`: nothing may go.
    """

    recipient: Recipient
    given: Given
    levels: tuple[PackageMedia, ...]
    withheld: frozenset[str]
    lines: tuple[str, ...]
    stays: tuple[str, ...]
    is_refused: bool
    along: tuple[str, ...] = ()
    """What goes along with it that nobody chose."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A redaction that is kept of an item that would go: what is done, why, and whether it is done here."""

    media_id: MediaId
    told: str
    reasons: tuple[str, ...]
    is_done: bool


@dataclass(frozen=True, slots=True)
class PackageForecast:
    """All of an order before it is composed."""

    shares: tuple[ShareRow, ...]
    packages: tuple[str, ...]
    redactions: tuple[str, ...]
    kept: tuple[KeptRow, ...] = ()

    @property
    def is_allowed(self) -> bool:
        return not any(share.is_refused for share in self.shares)


def forecast_lines(forecast: Forecast) -> PackageForecast:
    """`forecast` in words."""
    return PackageForecast(
        tuple(_share(each, _package_of(each, forecast)) for each in forecast.recipients),
        tuple(line for each in forecast.packages for line in _package(each)),
        tuple(
            words.redaction(each.what, each.how, each.where, each.reason)
            for each in forecast.redactions
        ),
        tuple(map(_kept, forecast.kept)),
    )


def _kept(each: KeptHere) -> KeptRow:
    redaction = each.redaction
    how = redaction_words.how_in_words(redaction.way.value, len(redaction.burned))
    return KeptRow(
        each.media_id,
        redaction_words.kept_of(media_reference(each.media_id), how),
        tuple(map(redaction_words.why_told, redaction.reasons)),
        each.is_done,
    )


def _package_of(each: Foreseen, forecast: Forecast) -> ForeseenPackage | None:
    for package in forecast.packages:
        if each.refusal is None and each.recipient.name in package.recipients:
            return package
    return None


def _share(each: Foreseen, package: ForeseenPackage | None) -> ShareRow:
    name = each.recipient.name
    if each.refusal is not None or package is None:
        told = (words.gets_nothing(name, each.refusal or ""),)
        return ShareRow(each.recipient, each.given, each.levels, frozenset(), told, (), True)
    level, octets = package.media.value, size(package.media_bytes)
    stays = [words.field_out(out.field, out.clause, is_chosen=out.is_chosen) for out in each.out]
    stays += [words.LATER_FIELDS_OUT] if each.is_unknown_out else []
    reasons = [why for _, why in package.omitted]
    stays += [words.files_out(reasons.count(why), why) for why in dict.fromkeys(reasons)]
    return ShareRow(
        each.recipient,
        each.given,
        each.levels,
        frozenset(out.field for out in each.out if not out.is_chosen),
        (
            words.gets(name, package.reports, level, package.files, octets),
            words.allowed_by(each.clauses),
        ),
        tuple(stays),
        is_refused=False,
        along=goes_along(level),
    )


def _package(each: ForeseenPackage) -> tuple[str, str]:
    return (
        words.file_for(each.path.name, each.recipients),
        words.about_size(size(each.size), each.parts),
    )
