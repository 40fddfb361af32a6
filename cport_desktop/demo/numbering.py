"""Where a scenario's own numbers, from 0, lie among the portal's.

report n            880000 + n
content item i      5000000 + 8 n + i       at most 8 to a report
media item k        2000000 + 16 n + k      at most 16 to a report

Reports that come in without a number (`demo.iccam_import`) get one far above those:

submitted report n  900000000 + n
its URL i           900000000000 + 2000 n + i
"""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.ids import ContentId, MediaId, ReportId

_FIRST_REPORT: Final = 880_000
_FIRST_CONTENT: Final = 5_000_000
_FIRST_MEDIA: Final = 2_000_000

_FIRST_SUBMITTED: Final = 900_000_000
_FIRST_SUBMITTED_URL: Final = 900_000_000_000
_MOST_SUBMITTED: Final = 1_000_000

MOST_CONTENTS: Final = 8
MOST_URLS: Final = 2000
MOST_MEDIA: Final = 16


def report_id(number: int) -> ReportId:
    return ReportId(_FIRST_REPORT + number)


def content_id(number: int, at: int) -> ContentId:
    return ContentId(_FIRST_CONTENT + MOST_CONTENTS * number + at)


def media_id(number: int, at: int) -> MediaId:
    return MediaId(_FIRST_MEDIA + MOST_MEDIA * number + at)


def number_of_report(report: ReportId) -> int:
    """Negative for an id below the first one."""
    return report - _FIRST_REPORT


def place_of_media(media: MediaId) -> tuple[int, int]:
    """Report number and place within the report; the number is negative for foreign ids."""
    return divmod(media - _FIRST_MEDIA, MOST_MEDIA)


def submitted_report_id(number: int) -> ReportId:
    return ReportId(_FIRST_SUBMITTED + number)


def submitted_content_id(number: int, at: int) -> ContentId:
    return ContentId(_FIRST_SUBMITTED_URL + MOST_URLS * number + at)


def number_of_submitted(report: ReportId) -> int:
    """Negative for an id below the first one."""
    return report - _FIRST_SUBMITTED


def is_own_report(report: ReportId, reports: int) -> bool:
    """Whether a portal with so many reports gives this number itself."""
    return (
        0 <= number_of_report(report) < reports
        or 0 <= number_of_submitted(report) < _MOST_SUBMITTED
    )


def is_own_content(content: ContentId, reports: int) -> bool:
    """As `is_own_report`, of content items."""
    return (
        0 <= content - _FIRST_CONTENT < MOST_CONTENTS * reports
        or 0 <= content - _FIRST_SUBMITTED_URL < MOST_URLS * _MOST_SUBMITTED
    )
