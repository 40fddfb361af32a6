"""Changes in a report's own JSON that leave all the rest of it to the byte."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from cport_desktop.domain.batch import ReportChange
from cport_desktop.domain.ids import ContentId
from cport_desktop.domain.report import Assessment, ReportStatus
from cport_desktop.formats.portal_messages import parse_report
from cport_desktop.formats.raw_json import elements, members, print_array, print_object


def assessed(document: bytes, content: ContentId, given: Assessment) -> ReportChange:
    """The report in `document` after a station's assessment: one revision on."""
    before = parse_report(document)
    after = with_assessments(
        document,
        {content: [print_assessment(given)]},
        revision=before.revision + 1,
        updated=given.made_at or before.updated_at,
    )
    return ReportChange(ReportStatus.CORRECTED, parse_report(after), after, None)


def with_assessments(
    document: bytes,
    given: Mapping[ContentId, Sequence[bytes]],
    *,
    revision: int,
    updated: datetime,
) -> bytes:
    """`document` with these assessments (as JSON) behind those of its content items, as `revision`."""
    report = members(document)
    report["revision"] = msgspec.json.encode(revision)
    report["updated"] = msgspec.json.encode(updated)
    if "reportContents" in report:
        items = [_with_more(item, given) for item in elements(report["reportContents"])]
        report["reportContents"] = print_array(items)
    return print_object(report)


def assessments_of(document: bytes) -> dict[ContentId, list[bytes]]:
    """The assessments of each content item, as JSON."""
    items = [members(item) for item in elements(members(document).get("reportContents", b"[]"))]
    return {
        ContentId(json.loads(item["contentId"])): elements(item.get("assessments", b"[]"))
        for item in items
    }


def print_assessment(assessment: Assessment) -> bytes:
    """The JSON of an assessment that a station gave."""
    said = {
        "classification": assessment.classification,
        "assessingAnalystName": assessment.analyst,
        "assessmentDate": assessment.made_at,
        "ageCategorization": assessment.age,
        "genderCategorization": assessment.gender,
    }
    return msgspec.json.encode(said)


def _with_more(item: bytes, given: Mapping[ContentId, Sequence[bytes]]) -> bytes:
    content = members(item)
    more = given.get(ContentId(json.loads(content["contentId"])), ())
    if not more:
        return item
    content["assessments"] = print_array([*elements(content.get("assessments", b"[]")), *more])
    return print_object(content)
