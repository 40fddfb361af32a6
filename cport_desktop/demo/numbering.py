"""Where a scenario's own numbers, from 0, lie among the portal's.

report n            880000 + n
content item i      5000000 + 8 n + i       at most 8 to a report
media item k        2000000 + 16 n + k      at most 16 to a report
"""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.ids import ContentId, MediaId, ReportId

_FIRST_REPORT: Final = 880_000
_FIRST_CONTENT: Final = 5_000_000
_FIRST_MEDIA: Final = 2_000_000

MOST_CONTENTS: Final = 8
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
