"""Which dossiers are to be looked at again: their day has come, or nothing stands beneath them any more."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from cport_desktop.domain.dossier import Dossier
from cport_desktop.domain.report import ReportStatus
from cport_desktop.vault import dossiers
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.transaction import Reader

_SUPPORTED: Final = (
    "EXISTS (SELECT 1 FROM dossier_evidence AS e CROSS JOIN report AS r ON r.report_id = e.report_id"
    " WHERE e.number = d.number AND r.status <> ?2)"
)
"""Whether any evidence of the dossier `d` stands; `?2`: the word of a report that was taken back."""


def due(reader: Reader, *, now: datetime) -> Iterator[Dossier]:
    """Confirmed dossiers whose day of the next look has come, the longest due first, and behind them those
    whose evidence is gone: erased here, or taken back by its hotline.
    """
    by_day = reader.connection.execute(
        "SELECT domain FROM dossier INDEXED BY dossier_by_review WHERE review_at_us IS NOT NULL"
        " AND review_at_us <= ? AND state = 'confirmed' ORDER BY review_at_us",
        (microseconds(now),),
    ).fetchall()
    bare = reader.connection.execute(
        "SELECT domain FROM dossier AS d WHERE state = 'confirmed'"  # noqa: S608 - constant text
        f" AND (review_at_us IS NULL OR review_at_us > ?1) AND NOT {_SUPPORTED} ORDER BY domain",
        (microseconds(now), ReportStatus.WITHDRAWN.value),
    ).fetchall()
    for (name,) in (*by_day, *bare):
        yield dossiers.find(reader, name)


def unsupported(reader: Reader, numbers: Collection[int]) -> frozenset[int]:
    """Those of these dossiers whose evidence is gone, or that never had any."""
    found = reader.connection.execute(
        "SELECT d.number FROM json_each(?1) AS j CROSS JOIN dossier AS d ON d.number = j.value"  # noqa: S608 - constant text
        f" WHERE NOT {_SUPPORTED}",
        (json.dumps(sorted(numbers)), ReportStatus.WITHDRAWN.value),
    )
    return frozenset(number for (number,) in found)
