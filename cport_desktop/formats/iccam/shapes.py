"""The three documents of the ICCAM v3 interface, and their parts.

Only what makes a document what it is must be there: a number, a URL, a classification, a kind of
action. Everything else may be missing, `null` or unknown. Codes are numbers: their lists belong to
others, have gaps and grow. Where the interface is known only by a part of its members, the names
of its other documents are understood too.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import UNSET, Meta, UnsetType

from cport_desktop.formats import wire_bounds as bounds
from cport_desktop.formats.iccam.moments import MomentText
from cport_desktop.formats.iccam.record import Record

MaybeCode = bounds.Code | None | UnsetType
MaybeName = bounds.Name | None | UnsetType
MaybeReference = bounds.Reference | None | UnsetType
MaybeMemo = bounds.Memo | None | UnsetType
MaybeUrl = bounds.Url | None | UnsetType
MaybeCredential = bounds.Credential | None | UnsetType
MaybeMoment = MomentText | None | UnsetType
MaybeFlag = bool | None | UnsetType
MaybeCountry = bounds.Country | None | UnsetType
MaybeAddress = bounds.Address | None | UnsetType
MaybePayments = (
    Annotated[tuple[bounds.Code, ...], Meta(max_length=bounds.MOST_PAYMENT_METHODS)]
    | None
    | UnsetType
)


class Organization(Record, kw_only=True, frozen=True):
    autonomous_system_number: MaybeCode = UNSET
    organization_name: MaybeName = UNSET
    is_content_delivery_network: MaybeFlag = UNSET


class Assessment(Record, kw_only=True, frozen=True):
    """The last one of a content item counts."""

    moments: ClassVar[tuple[str, ...]] = ("assessment_date",)
    assessing_analyst_name: MaybeName = UNSET
    assessing_hotline_id: bounds.Identifier | UnsetType | None = UNSET
    assessment_date: MaybeMoment = UNSET
    classification: bounds.Code
    age_categorization: MaybeCode = UNSET
    gender_categorization: MaybeCode = UNSET
    virtual_content_categorization: MaybeCode = UNSET
    user_generated_content_categorization: MaybeCode = UNSET
    child_modeling_categorization: MaybeCode = UNSET


class SubmittedAction(Record, kw_only=True, frozen=True):
    moments: ClassVar[tuple[str, ...]] = ("action_date",)
    action_type: bounds.Code
    actioning_analyst_name: MaybeName = UNSET
    action_date: MaybeMoment = UNSET
    reason_id: MaybeCode = UNSET
    reason_text: bounds.Reason | UnsetType | None = UNSET


class GivenAction(Record, kw_only=True, frozen=True):
    moments: ClassVar[tuple[str, ...]] = ("action_date",)
    action_type: bounds.Code
    analyst_name: MaybeName = UNSET
    action_date: MaybeMoment = UNSET
    reason_id: MaybeCode = UNSET
    reason_text: bounds.Reason | UnsetType | None = UNSET


class SubmittedUrl(Record, kw_only=True, frozen=True):
    url_string: bounds.Url
    hotline_reference: MaybeReference = UNSET
    hosting_country_code: MaybeCountry = UNSET
    hosting_ip_address: MaybeAddress = UNSET
    hosting_isp: MaybeName = UNSET
    hosting_organization: Organization | UnsetType | None = UNSET
    is_source_url: MaybeFlag = UNSET
    memo: MaybeMemo = UNSET
    content_type: MaybeCode = UNSET
    assessment: Assessment | UnsetType | None = UNSET
    actions: (
        Annotated[tuple[SubmittedAction, ...], Meta(max_length=bounds.MOST_ACTIONS)]
        | UnsetType
        | None
    ) = UNSET


class SubmittedReport(Record, kw_only=True, frozen=True):
    """The body of `POST rest/reports`. It has no number yet; `hotlineReference` is its name."""

    moments: ClassVar[tuple[str, ...]] = ("hotline_received_date",)
    reporting_analyst_name: MaybeName = UNSET
    hotline_received_date: MaybeMoment = UNSET
    hotline_reference: bounds.NonEmpty
    memo: MaybeMemo = UNSET
    source_url_username: MaybeCredential = UNSET
    source_url_password: MaybeCredential = UNSET
    source_url_referrer: MaybeUrl = UNSET
    source_url_site_type: MaybeCode = UNSET
    source_url_commerciality: MaybeCode = UNSET
    source_url_payment_methods: MaybePayments = UNSET
    urls: Annotated[tuple[SubmittedUrl, ...], Meta(min_length=1, max_length=bounds.MOST_CONTENTS)]


class ListedContent(Record, kw_only=True, frozen=True):
    """How a report names its content items."""

    content_id: bounds.Identifier
    url_string: MaybeUrl = UNSET


class GivenReport(Record, kw_only=True, frozen=True):
    """The answer to `GET rest/Reports/{id}`."""

    moments: ClassVar[tuple[str, ...]] = ("hotline_received_date",)
    report_id: bounds.Identifier
    report_contents: (
        Annotated[tuple[ListedContent, ...], Meta(max_length=bounds.MOST_CONTENTS)]
        | UnsetType
        | None
    ) = UNSET
    source_url_site_type: MaybeCode = UNSET
    source_url_commerciality: MaybeCode = UNSET
    source_url_payment_methods: MaybePayments = UNSET
    source_url_username: MaybeCredential = UNSET
    source_url_password: MaybeCredential = UNSET
    referrer_url: MaybeUrl = UNSET
    memo: MaybeMemo = UNSET
    reporting_hotline_id: bounds.Identifier | UnsetType | None = UNSET
    reporting_analyst_name: MaybeName = UNSET
    hotline_reference: MaybeReference = UNSET
    hotline_received_date: MaybeMoment = UNSET


class GivenUrl(Record, kw_only=True, frozen=True):
    url_string: bounds.Url
    is_source_url: MaybeFlag = UNSET
    hosting_country_code: MaybeCountry = UNSET
    hosting_ip_address: MaybeAddress = UNSET
    hosting_isp: MaybeName = UNSET
    hosting_organization: Organization | UnsetType | None = UNSET


class GivenContent(Record, kw_only=True, frozen=True):
    """The answer to `GET rest/Content/{id}`."""

    moments: ClassVar[tuple[str, ...]] = ("country_assignment_date",)
    content_id: bounds.Identifier
    report_id: bounds.Identifier
    memo: MaybeMemo = UNSET
    assigned_country_code: MaybeCountry = UNSET
    country_assignment_date: MaybeMoment = UNSET
    hotline_reference: MaybeReference = UNSET
    content_type: MaybeCode = UNSET
    url: GivenUrl
    assessments: (
        Annotated[tuple[Assessment, ...], Meta(max_length=bounds.MOST_ASSESSMENTS)]
        | UnsetType
        | None
    ) = UNSET
    actions: (
        Annotated[tuple[GivenAction, ...], Meta(max_length=bounds.MOST_ACTIONS)] | UnsetType | None
    ) = UNSET


Document = SubmittedReport | GivenReport | GivenContent
