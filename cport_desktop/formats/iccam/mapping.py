"""Between the dialect and the portal's report document, member by member.

Most members have the same name in both. What the dialect says and the document has no word for is
kept to the byte in a member `iccam` of the same object, and goes back to where it came from. So

    given_of(report_document(report, contents)) == (report, contents)

but for the order of members. What the document says and the dialect has no word for (`revision`,
`updated`, `media`, and members that nobody knows) is not written into the dialect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cport_desktop.domain.ids import ContentId, HotlineId, ReportId
from cport_desktop.errors import MalformedMessage
from cport_desktop.formats.iccam.counterparts import (
    ASSESSMENT,
    GIVEN_CONTENT,
    GIVEN_REPORT,
    KEPT,
    SUBMITTED_REPORT,
    SUBMITTED_URL,
    URL,
    URL_NAMES,
    Members,
    each_inner,
    in_our_words,
    in_their_words,
    json_of,
)
from cport_desktop.formats.iccam.files import parse_document
from cport_desktop.formats.iccam.record import print_record
from cport_desktop.formats.iccam.shapes import GivenContent, GivenReport, SubmittedReport
from cport_desktop.formats.raw_json import elements, members, print_array, print_object

FORM: Final = "iccamForm"
"""The member of our objects that says what the dialect's own form does not."""

_LISTED_ONLY: Final = b'"listedOnly"'
"""Of an item: the report named it, and no document of it was at hand."""

_UNLISTED: Final = b'"unlisted"'
"""Of a report: it does not list its items."""

_REASON_FROM: Final = 4
"""A reason belongs to kinds of action above 3 and is sent with no other."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the portal adds to a report: its revision, and since when it says so."""

    revision: int
    updated: datetime


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the portal adds to a submitted report: whose it is, its number, those of its URLs."""

    report: ReportId
    hotline: HotlineId
    contents: tuple[ContentId, ...]


def report_document(
    report: GivenReport,
    contents: Sequence[GivenContent],
    standing: Standing,
    *,
    hotline: HotlineId | None = None,
) -> bytes:
    """The portal's document of a report with these content items, which are its own.

    An item that the report lists, and of which no document is here, has its URL alone; one that
    has not even that is kept and not shown. `hotline` reported it, if the report does not say.

    Raises:
        MalformedMessage: if something is missing that the document cannot do without.
    """
    said = members(print_record(report))
    listed = said.pop("reportContents", None)
    if hotline is not None and said.get("reportingHotlineId", b"null") == b"null":
        said["reportingHotlineId"] = json_of(hotline)
    items = _items(report, contents)
    if listed is not None and listed != _listing(contents):
        said["reportContents"] = listed
    ours = in_our_words(GIVEN_REPORT, said)
    return _finished(ours if listed else ours | {FORM: _UNLISTED}, items, standing)


def submitted_document(report: SubmittedReport, numbers: Numbers, standing: Standing) -> bytes:
    """The portal's document of a submitted report, with the numbers that the portal gave.

    Raises:
        MalformedMessage: if something is missing that the document cannot do without.
    """
    said = members(print_record(report))
    urls = elements(said.pop("urls"))
    ours = {"reportId": json_of(numbers.report), "reportingHotlineId": json_of(numbers.hotline)}
    items = [
        {"contentId": json_of(number)} | _submitted_item(members(url))
        for number, url in zip(numbers.contents, urls, strict=True)
    ]
    return _finished(ours | in_our_words(SUBMITTED_REPORT, said), items, standing)


def given_of(document: bytes) -> tuple[GivenReport, tuple[GivenContent, ...]]:
    """A report document of the portal as the dialect gives out the report and its content items.

    Raises:
        MalformedMessage: if `document` says what the dialect cannot.
    """
    ours = members(document)
    theirs = in_their_words(GIVEN_REPORT, ours)
    number = ours["reportId"]
    items = [members(item) for item in elements(ours.get("reportContents", b"[]"))]
    contents = tuple(
        _content(in_their_words(GIVEN_CONTENT, item) | {"reportId": number})
        for item in items
        if item.get(FORM) != _LISTED_ONLY
    )
    if ours.get(FORM) != _UNLISTED:
        theirs.setdefault("reportContents", _listing(contents))
    return _report(theirs), contents


def submission_of(document: bytes) -> SubmittedReport:
    """A report document of the portal as the dialect would submit it: of several assessments of a
    URL the last, and reasons only with the kinds of action that have them.

    Raises:
        MalformedMessage: if `document` says what the dialect cannot.
    """
    ours = members(document)
    theirs = in_their_words(SUBMITTED_REPORT, ours)
    items = (members(item) for item in elements(ours.get("reportContents", b"[]")))
    theirs["urls"] = print_array([print_object(_submission_of_item(item)) for item in items])
    read = parse_document(print_object(theirs))
    if not isinstance(read, SubmittedReport):
        raise MalformedMessage(where="$", cause="no report that could be submitted")
    return read


def _items(report: GivenReport, contents: Sequence[GivenContent]) -> list[Members]:
    at_hand = {content.content_id for content in contents}
    listed = report.report_contents if isinstance(report.report_contents, tuple) else ()
    items = [_given_item(content) for content in contents]
    for each in listed:
        if each.content_id not in at_hand and isinstance(each.url_string, str):
            url = print_object({"urlString": json_of(each.url_string)})
            items.append({"contentId": json_of(each.content_id), "url": url, FORM: _LISTED_ONLY})
    return items


def _given_item(content: GivenContent) -> Members:
    said = members(print_record(content))
    del said["reportId"]
    return in_our_words(GIVEN_CONTENT, said)


def _submitted_item(said: Members) -> Members:
    url = {name: said.pop(name) for name in URL_NAMES if name in said}
    assessment = said.pop("assessment", None)
    if assessment == b"null":
        said["assessment"] = assessment
    item = {"url": print_object(in_our_words(URL, url))} | in_our_words(SUBMITTED_URL, said)
    if assessment is not None and assessment != b"null":
        item["assessments"] = print_array([each_inner(ASSESSMENT, assessment, in_our_words)])
    return item


def _submission_of_item(item: Members) -> Members:
    theirs = in_their_words(SUBMITTED_URL, item)
    if "actions" in theirs and theirs["actions"] != b"null":
        theirs["actions"] = print_array([_with_due_reason(a) for a in elements(theirs["actions"])])
    url = in_their_words(URL, members(item["url"]))
    assessments = elements(item.get("assessments", b"[]"))
    if assessments:
        theirs["assessment"] = each_inner(ASSESSMENT, assessments[-1], in_their_words)
    return url | theirs


def _with_due_reason(action: bytes) -> bytes:
    said = members(action)
    if int(said["actionType"]) < _REASON_FROM:
        said.pop("reasonId", None)
        said.pop("reasonText", None)
    return print_object(said)


def _listing(contents: Sequence[GivenContent]) -> bytes:
    """How a report lists exactly these items."""
    return print_array(
        [
            print_object(
                {
                    "contentId": json_of(content.content_id),
                    "urlString": json_of(content.url.url_string),
                }
            )
            for content in contents
        ]
    )


def _finished(ours: Members, items: Sequence[Members], standing: Standing) -> bytes:
    for name in ("reportingHotlineId", "hotlineReceivedDate"):
        if ours.get(name, b"null") == b"null":
            raise MalformedMessage(where=f"$.{name}", cause="missing, and the portal needs it")
    left = ours.pop(KEPT, None)
    whole = ours | {
        "revision": json_of(standing.revision),
        "updated": json_of(standing.updated),
        "reportContents": print_array([print_object(item) for item in items]),
    }
    return print_object(whole if left is None else whole | {KEPT: left})


def _report(said: Members) -> GivenReport:
    read = parse_document(print_object(said))
    if not isinstance(read, GivenReport):
        raise MalformedMessage(where="$", cause="no report that could be given out")
    return read


def _content(said: Members) -> GivenContent:
    read = parse_document(print_object(said))
    if not isinstance(read, GivenContent):
        raise MalformedMessage(where="$", cause="no content item that could be given out")
    return read
