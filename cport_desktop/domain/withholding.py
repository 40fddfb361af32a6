"""Parts of a report that an agreement can withhold from the agency, and a report without them.

A part is named as the portal's own JSON names it. What a report cannot be handled without (its
numbers, times, URLs, countries, classification) is none of them. What is withheld is not there: a
report without it looks like one in which it was never known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from cport_desktop.domain.media_item import MediaItem
from cport_desktop.domain.report import Action, Assessment, ContentItem, Hosting, Report
from cport_desktop.domain.rows import ReportRow

WITHHOLDABLE: Final = frozenset(
    {
        "reportingAnalystName",
        "hotlineReference",
        "memo",
        "referrerUrl",
        "sourceUrlUsername",
        "sourceUrlPassword",
        "sourceUrlSiteType",
        "sourceUrlCommerciality",
        "sourceUrlPaymentMethods",
        "hostingIpAddress",
        "hostingIsp",
        "hostingOrganization",
        "assessingAnalystName",
        "ageCategorization",
        "genderCategorization",
        "analystName",
        "reasonText",
        "fileName",
    }
)
"""Members of a report's JSON, at whatever depth."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What stays out. `fields`: each with the clause that withholds it; None: no clause grants it.
    `is_unknown_withheld`: members that this version does not know stay out too, since the agreement
    names those that are received. False (as a truth) if nothing is withheld.
    """

    fields: Mapping[str, str | None] = field(default_factory=dict)
    is_unknown_withheld: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields) or self.is_unknown_withheld

    def __or__(self, other: Withheld) -> Withheld:
        """What either withholds."""
        return Withheld(
            {**self.fields, **other.fields}, self.is_unknown_withheld or other.is_unknown_withheld
        )


NOTHING_WITHHELD: Final = Withheld()


def report_without(report: Report, withheld: Collection[str]) -> Report:
    """`report` with nothing in it of what is `withheld`."""
    if not withheld:
        return report
    gone = frozenset(withheld)
    return replace(
        report,
        analyst=_kept(report.analyst, "reportingAnalystName", gone),
        hotline_reference=_kept(report.hotline_reference, "hotlineReference", gone),
        memo=_kept(report.memo, "memo", gone),
        referrer=_kept(report.referrer, "referrerUrl", gone),
        source_username=_kept(report.source_username, "sourceUrlUsername", gone),
        source_password=_kept(report.source_password, "sourceUrlPassword", gone),
        site_type=None if "sourceUrlSiteType" in gone else report.site_type,
        commerciality=None if "sourceUrlCommerciality" in gone else report.commerciality,
        payment_methods=() if "sourceUrlPaymentMethods" in gone else report.payment_methods,
        contents=tuple(_content(item, gone) for item in report.contents),
    )


def row_without(row: ReportRow, withheld: Collection[str]) -> ReportRow:
    """`row` with nothing in it of what is `withheld`."""
    if not withheld:
        return row
    return replace(
        row,
        ip_address=None if "hostingIpAddress" in withheld else row.ip_address,
        provider=None if "hostingIsp" in withheld else row.provider,
        autonomous_system=None if "hostingOrganization" in withheld else row.autonomous_system,
        is_delivery_network="hostingOrganization" not in withheld and row.is_delivery_network,
        site_type=None if "sourceUrlSiteType" in withheld else row.site_type,
        commerciality=None if "sourceUrlCommerciality" in withheld else row.commerciality,
        age=None if "ageCategorization" in withheld else row.age,
        gender=None if "genderCategorization" in withheld else row.gender,
    )


def media_without(item: MediaItem, withheld: Collection[str]) -> MediaItem:
    """`item` with nothing in it of what is `withheld`."""
    return replace(item, file_name=None) if "fileName" in withheld else item


def _kept(text: str | None, name: str, gone: frozenset[str]) -> str | None:
    return None if name in gone else text


def _content(item: ContentItem, gone: frozenset[str]) -> ContentItem:
    return replace(
        item,
        hosting=_hosting(item.hosting, gone),
        hotline_reference=_kept(item.hotline_reference, "hotlineReference", gone),
        memo=_kept(item.memo, "memo", gone),
        assessments=tuple(_assessment(made, gone) for made in item.assessments),
        actions=tuple(_action(taken, gone) for taken in item.actions),
        media=tuple(
            replace(notice, file_name=_kept(notice.file_name, "fileName", gone))
            for notice in item.media
        ),
    )


def _hosting(hosting: Hosting, gone: frozenset[str]) -> Hosting:
    knows_organization = "hostingOrganization" not in gone
    return replace(
        hosting,
        ip_address=_kept(hosting.ip_address, "hostingIpAddress", gone),
        provider=_kept(hosting.provider, "hostingIsp", gone),
        autonomous_system=hosting.autonomous_system if knows_organization else None,
        organization=hosting.organization if knows_organization else None,
        is_delivery_network=knows_organization and hosting.is_delivery_network,
    )


def _assessment(made: Assessment, gone: frozenset[str]) -> Assessment:
    return replace(
        made,
        analyst=_kept(made.analyst, "assessingAnalystName", gone),
        age=None if "ageCategorization" in gone else made.age,
        gender=None if "genderCategorization" in gone else made.gender,
    )


def _action(taken: Action, gone: frozenset[str]) -> Action:
    return replace(
        taken,
        analyst=_kept(taken.analyst, "analystName", gone),
        reason_text=_kept(taken.reason_text, "reasonText", gone),
    )
