"""A report on the wire, in the words of the ICCAM v3 interface (camelCase).

Fields that are absent or null mean «not known». The three content categories are 0 or 1.
Fields and codes that this version does not know are let pass here; they survive because
the vault keeps the portal's own JSON of the report beside the parsed one.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from cport_desktop.domain.ids import ContentId, HotlineId, MediaId, ReportId
from cport_desktop.domain.report import (
    Action,
    Assessment,
    ContentItem,
    Hosting,
    MediaNotice,
    Report,
)
from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.strict_json import decode, require_sound
from cport_desktop.formats.wire_bounds import utc, utc_or_none

LONGEST_REPORT = 8 * 1024 * 1024
"""Bytes of one report's JSON; half of the longest message, and a thousand honest ones."""


class WireOrganization(msgspec.Struct, rename="camel", gc=False):
    autonomous_system_number: bounds.Code | None = None
    organization_name: bounds.Name | None = None
    is_content_delivery_network: bool | None = None


class WireUrl(msgspec.Struct, rename="camel", gc=False):
    url_string: bounds.Url
    is_source_url: bool | None = None
    hosting_country_code: bounds.Country | None = None
    hosting_ip_address: bounds.Address | None = None
    hosting_isp: bounds.Name | None = None
    hosting_organization: WireOrganization | None = None


class WireAssessment(msgspec.Struct, rename="camel", gc=False):
    classification: bounds.Code
    assessing_analyst_name: bounds.Name | None = None
    assessing_hotline_id: bounds.Identifier | None = None
    assessment_date: bounds.Moment | None = None
    age_categorization: bounds.Code | None = None
    gender_categorization: bounds.Code | None = None
    virtual_content_categorization: bounds.Code | None = None
    user_generated_content_categorization: bounds.Code | None = None
    child_modeling_categorization: bounds.Code | None = None


class WireAction(msgspec.Struct, rename="camel", gc=False):
    action_type: bounds.Code
    analyst_name: bounds.Name | None = None
    action_date: bounds.Moment | None = None
    reason_id: bounds.Code | None = None
    reason_text: bounds.Reason | None = None


class WireMedia(msgspec.Struct, rename="camel", gc=False):
    media_id: bounds.Identifier
    size: bounds.Size
    sha256: bounds.Sha256
    file_name: bounds.FileName | None = None
    declared_type: bounds.Name | None = None


class WireContent(msgspec.Struct, rename="camel", gc=False):
    content_id: bounds.Identifier
    url: WireUrl
    content_type: bounds.Code | None = None
    hotline_reference: bounds.Reference | None = None
    memo: bounds.Memo | None = None
    assigned_country_code: bounds.Country | None = None
    country_assignment_date: bounds.Moment | None = None
    assessments: Annotated[
        tuple[WireAssessment, ...], Meta(max_length=bounds.MOST_ASSESSMENTS)
    ] = ()
    actions: Annotated[tuple[WireAction, ...], Meta(max_length=bounds.MOST_ACTIONS)] = ()
    media: Annotated[tuple[WireMedia, ...], Meta(max_length=bounds.MOST_MEDIA)] = ()


class WireReport(msgspec.Struct, rename="camel", gc=False):
    report_id: bounds.Identifier
    revision: bounds.Count
    reporting_hotline_id: bounds.Identifier
    hotline_received_date: bounds.Moment
    updated: bounds.Moment
    reporting_analyst_name: bounds.Name | None = None
    hotline_reference: bounds.Reference | None = None
    memo: bounds.Memo | None = None
    referrer_url: bounds.Url | None = None
    source_url_username: bounds.Credential | None = None
    source_url_password: bounds.Credential | None = None
    source_url_site_type: bounds.Code | None = None
    source_url_commerciality: bounds.Code | None = None
    source_url_payment_methods: Annotated[
        tuple[bounds.Code, ...], Meta(max_length=bounds.MOST_PAYMENT_METHODS)
    ] = ()
    report_contents: Annotated[tuple[WireContent, ...], Meta(max_length=bounds.MOST_CONTENTS)] = ()


_REPORT = msgspec.json.Decoder(WireReport)
_ENCODER = msgspec.json.Encoder()


def parse_report(document: bytes) -> Report:
    """The report that a document of the portal describes.

    Raises:
        MalformedMessage: if it is not one.
        MessageTooLarge: if it is longer than `LONGEST_REPORT`.
    """
    require_sound(document, limit=LONGEST_REPORT)
    return report_from_sound(document, "$")


def print_report(report: Report) -> bytes:
    """`report` as the portal would write it: compact JSON, every known field present."""
    return _ENCODER.encode(_wire_report(report))


def report_from_sound(sound: bytes | msgspec.Raw, where: str) -> Report:
    """As `parse_report`, of bytes that went through `require_sound` as a part of a message."""
    wire = decode(_REPORT, sound, where)
    return Report(
        report_id=ReportId(wire.report_id),
        revision=wire.revision,
        hotline=HotlineId(wire.reporting_hotline_id),
        analyst=wire.reporting_analyst_name,
        hotline_reference=wire.hotline_reference,
        received_at=utc(wire.hotline_received_date, where),
        updated_at=utc(wire.updated, where),
        memo=wire.memo,
        referrer=wire.referrer_url,
        source_username=wire.source_url_username,
        source_password=wire.source_url_password,
        site_type=wire.source_url_site_type,
        commerciality=wire.source_url_commerciality,
        payment_methods=wire.source_url_payment_methods,
        contents=tuple(_content(content, where) for content in wire.report_contents),
    )


def _content(wire: WireContent, where: str) -> ContentItem:
    return ContentItem(
        content_id=ContentId(wire.content_id),
        url=wire.url.url_string,
        is_source=bool(wire.url.is_source_url),
        content_type=wire.content_type,
        hosting=_hosting(wire.url),
        assigned_country=wire.assigned_country_code,
        assigned_at=utc_or_none(wire.country_assignment_date, where),
        hotline_reference=wire.hotline_reference,
        memo=wire.memo,
        assessments=tuple(_assessment(assessment, where) for assessment in wire.assessments),
        actions=tuple(_action(action, where) for action in wire.actions),
        media=tuple(_notice(media) for media in wire.media),
    )


def _hosting(wire: WireUrl) -> Hosting:
    organization = wire.hosting_organization or WireOrganization()
    return Hosting(
        country=wire.hosting_country_code,
        ip_address=wire.hosting_ip_address,
        provider=wire.hosting_isp,
        autonomous_system=organization.autonomous_system_number,
        organization=organization.organization_name,
        is_delivery_network=bool(organization.is_content_delivery_network),
    )


def _assessment(wire: WireAssessment, where: str) -> Assessment:
    hotline = wire.assessing_hotline_id
    return Assessment(
        classification=wire.classification,
        age=wire.age_categorization,
        gender=wire.gender_categorization,
        is_virtual=bool(wire.virtual_content_categorization),
        is_user_generated=bool(wire.user_generated_content_categorization),
        is_modeling=bool(wire.child_modeling_categorization),
        analyst=wire.assessing_analyst_name,
        hotline=None if hotline is None else HotlineId(hotline),
        made_at=utc_or_none(wire.assessment_date, where),
    )


def _action(wire: WireAction, where: str) -> Action:
    return Action(
        type=wire.action_type,
        analyst=wire.analyst_name,
        made_at=utc_or_none(wire.action_date, where),
        reason=wire.reason_id,
        reason_text=wire.reason_text,
    )


def _notice(wire: WireMedia) -> MediaNotice:
    return MediaNotice(
        media_id=MediaId(wire.media_id),
        size=wire.size,
        sha256=wire.sha256,
        file_name=wire.file_name,
        declared_type=wire.declared_type,
    )


def _wire_report(report: Report) -> WireReport:
    return WireReport(
        report_id=report.report_id,
        revision=report.revision,
        reporting_hotline_id=report.hotline,
        hotline_received_date=report.received_at,
        updated=report.updated_at,
        reporting_analyst_name=report.analyst,
        hotline_reference=report.hotline_reference,
        memo=report.memo,
        referrer_url=report.referrer,
        source_url_username=report.source_username,
        source_url_password=report.source_password,
        source_url_site_type=report.site_type,
        source_url_commerciality=report.commerciality,
        source_url_payment_methods=report.payment_methods,
        report_contents=tuple(_wire_content(item) for item in report.contents),
    )


def _wire_content(item: ContentItem) -> WireContent:
    return WireContent(
        content_id=item.content_id,
        url=_wire_url(item),
        content_type=item.content_type,
        hotline_reference=item.hotline_reference,
        memo=item.memo,
        assigned_country_code=item.assigned_country,
        country_assignment_date=item.assigned_at,
        assessments=tuple(_wire_assessment(assessment) for assessment in item.assessments),
        actions=tuple(_wire_action(action) for action in item.actions),
        media=tuple(_wire_media(notice) for notice in item.media),
    )


def _wire_url(item: ContentItem) -> WireUrl:
    hosting = item.hosting
    return WireUrl(
        url_string=item.url,
        is_source_url=item.is_source,
        hosting_country_code=hosting.country,
        hosting_ip_address=hosting.ip_address,
        hosting_isp=hosting.provider,
        hosting_organization=WireOrganization(
            autonomous_system_number=hosting.autonomous_system,
            organization_name=hosting.organization,
            is_content_delivery_network=hosting.is_delivery_network,
        ),
    )


def _wire_assessment(assessment: Assessment) -> WireAssessment:
    return WireAssessment(
        classification=assessment.classification,
        assessing_analyst_name=assessment.analyst,
        assessing_hotline_id=assessment.hotline,
        assessment_date=assessment.made_at,
        age_categorization=assessment.age,
        gender_categorization=assessment.gender,
        virtual_content_categorization=int(assessment.is_virtual),
        user_generated_content_categorization=int(assessment.is_user_generated),
        child_modeling_categorization=int(assessment.is_modeling),
    )


def _wire_action(action: Action) -> WireAction:
    return WireAction(
        action_type=action.type,
        analyst_name=action.analyst,
        action_date=action.made_at,
        reason_id=action.reason,
        reason_text=action.reason_text,
    )


def _wire_media(notice: MediaNotice) -> WireMedia:
    return WireMedia(
        media_id=notice.media_id,
        size=notice.size,
        sha256=notice.sha256,
        file_name=notice.file_name,
        declared_type=notice.declared_type,
    )
