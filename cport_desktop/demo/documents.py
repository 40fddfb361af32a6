"""A report's own JSON as this portal writes it: now and then with more than the protocol says.

Fields that no version knows yet, with numbers in odd spellings and spaces where nobody needs
them, so that whoever keeps the document to the byte can be told from who prints it anew.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.report import Report
from cport_desktop.formats.portal_messages import print_report

_EXTRAS: Final = (
    b',"campaignReference":{"value":"synthetic","weight":2.50}}',
    b', "xQualityFlags" : [ 1, 2.0e0, null, "\\u0041" ] }',
    b',"priority":3,"observedBy":[{"system":"synthetic probe","at":"2026-01-01T00:00:00Z"}]}',
)

_ONE_IN: Final = 23


def document(report: Report) -> bytes:
    """The JSON of `report`; for one report in 23, in all its revisions, with unknown fields."""
    printed = print_report(report)
    return printed[:-1] + _extra(report.report_id) if _is_odd(report.report_id) else printed


def _is_odd(report: ReportId) -> bool:
    return report % _ONE_IN == 5


def _extra(report: ReportId) -> bytes:
    return _EXTRAS[report // _ONE_IN % len(_EXTRAS)]
