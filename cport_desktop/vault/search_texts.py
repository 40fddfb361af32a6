"""Texts of searches that name a report: offered when it is erased, never shown. In the log kept ones are
among them, and what a figure or a table was asked by; beside it stand the searches that are kept.

A text names a report if one of its words is the report's reference or number, its hotline
reference, or a host, domain or URL of it. What describes it in other words is not found so;
whoever knows of such an entry erases its particulars by its number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from cport_desktop.domain.audit import ObjectKind
from cport_desktop.domain.ids import ReportId, report_reference
from cport_desktop.vault.audit_trail import decode_payload
from cport_desktop.vault.transaction import Reader

_SEARCHES: Final = """
SELECT e.sequence, e.object_kind, p.payload FROM audit_entry AS e
CROSS JOIN audit_payload AS p ON p.sequence = e.sequence
WHERE e.object_kind IN ('search', 'saved_search', 'table')
ORDER BY e.sequence
"""
_NAMES: Final = """
SELECT t.hotline_reference, t.host, c.host, c.domain, c.url FROM json_each(?) AS j
CROSS JOIN report AS r ON r.report_id = j.value
CROSS JOIN report_text AS t ON t.row = r.row LEFT JOIN content_item AS c ON c.row = r.row
"""
_TABLE: Final = ObjectKind.TABLE.value
_BETWEEN: Final = re.compile(r"[\s,\"()]+")


def naming(reader: Reader, report_ids: Sequence[ReportId]) -> tuple[int, ...]:
    """The entries of searches whose text names one of these reports, oldest first."""
    names = _names(reader, report_ids)
    return tuple(
        sequence
        for sequence, kind, payload in reader.connection.execute(_SEARCHES)
        if any(
            not names.isdisjoint(_words(text))
            for key, text in decode_payload(payload)
            if kind != _TABLE or key == "query"  # And not its rows, which are a number too.
        )
    )


def kept_naming(reader: Reader, report_ids: Sequence[ReportId]) -> tuple[str, ...]:
    """The ids of searches that are kept, whosever they are, whose name or text names one of these reports."""
    names = _names(reader, report_ids)
    kept = reader.connection.execute("SELECT search_id, name, text FROM saved_search")
    return tuple(
        search_id
        for search_id, *texts in kept.fetchall()
        if any(not names.isdisjoint(_words(text)) for text in texts)
    )


def _names(reader: Reader, report_ids: Sequence[ReportId]) -> set[str]:
    names = {report_reference(number).casefold() for number in report_ids}
    names |= {str(number) for number in report_ids}
    for row in reader.connection.execute(_NAMES, (json.dumps(list(report_ids)),)):
        names |= {value.casefold() for value in row if value}
    return names


def _words(text: str) -> set[str]:
    """The words of a query: whole, and what stands behind the colon of a field."""
    whole = {word.lstrip("-") for word in _BETWEEN.split(text.casefold()) if word}
    return whole | {word.partition(":")[2] for word in whole}
