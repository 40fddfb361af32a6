"""What each facet counts by: the expression on a report, the kept counts of the whole vault, and how
what was counted is told.

A report has several kinds of media at once, so that what is counted are sets of them: numbers whose
bits are the kinds (`report_kind`). Names of providers are the same whatever the case of their ASCII
letters, as in the index that has them.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping
from typing import Final

from cport_desktop.domain.media_item import MediaKind
from cport_desktop.domain.query_language import PAGE_KIND
from cport_desktop.domain.rows import Facet, FacetCount
from cport_desktop.vault.field_sieves import classification_as_seen
from cport_desktop.vault.transaction import Reader

Counts = Mapping[str, int] | Mapping[int | str, int]

MOST_VALUES: Final = 1_000
"""Of one facet: the most frequent. A network has thousands of providers, and nobody reads them all."""

KIND_BITS: Final[Mapping[str, int]] = {
    MediaKind.IMAGE.value: 1,
    MediaKind.VIDEO.value: 2,
    MediaKind.AUDIO.value: 4,
    MediaKind.OTHER.value: 8,
    PAGE_KIND: 16,
}
"""What stands for each kind in `report_kind.kinds`; the migration that made it has them, too."""

KINDS: Final = "kinds"
"""Under this name sets of kinds are counted."""

MONTH_OF: Final = (
    "strftime('%Y-%m', ({0} - (({0} % 1000000) + 1000000) % 1000000) / 1000000, 'unixepoch')"
)
"""The month of a column of microseconds, as a query says it; before 1970 too."""

_EXPRESSIONS: Final[Mapping[Facet, str]] = {
    Facet.SITE_TYPE: "r.site_type",
    Facet.HOTLINE: "r.hotline",
    Facet.HOSTING_COUNTRY: "r.hosting_country",
    Facet.STATUS: "r.status",
    Facet.ASSIGNED_COUNTRY: "r.assigned_country",
    Facet.PROVIDER: "lower(r.provider)",
    Facet.KIND: "ifnull((SELECT k.kinds FROM report_kind AS k WHERE k.row = r.row), 0)",
    Facet.RECEIVED: MONTH_OF.format("r.received_at"),
}


def expression(facet: Facet, *, has_overlay: bool) -> str:
    """What a report `r` is counted by."""
    if facet is Facet.CLASSIFICATION:
        return classification_as_seen(has_overlay=has_overlay)
    return _EXPRESSIONS[facet]


def whole(reader: Reader, facet: Facet) -> Counter[str]:
    """The counts of the whole vault, as seen; no report is read but those that are overlaid."""
    found = reader.connection.execute(
        "SELECT value, reports FROM facet_tally WHERE facet = ?",
        (KINDS if facet is Facet.KIND else facet.value,),
    )
    counts = Counter[str](dict(found.fetchall()))
    if facet is Facet.CLASSIFICATION:
        overlaid = reader.connection.execute(
            "SELECT r.classification, o.classification FROM report_overlay AS o"
            " CROSS JOIN report AS r ON r.row = o.row"
        )
        for theirs, ours in overlaid:
            counts[str(theirs)] -= 1
            counts[str(ours)] += 1
    return counts


def told(reader: Reader, facet: Facet, counts: Counts) -> tuple[FacetCount, ...]:
    """What is known, most frequent first: `MOST_VALUES` at most."""
    if facet is Facet.KIND:
        return _ranked(_of_each_kind(counts))
    ranked = _ranked(counts)
    return _spelled(reader, ranked) if facet is Facet.PROVIDER else ranked


def _ranked(counts: Counts) -> tuple[FacetCount, ...]:
    known = (
        (-number, str(value))
        for value, number in counts.items()
        if number > 0 and value not in (None, "")
    )
    return tuple(FacetCount(value, -less) for less, value in heapq.nsmallest(MOST_VALUES, known))


def _of_each_kind(counts: Counts) -> Counter[str]:
    each = Counter[str]()
    for kinds, number in counts.items():
        for kind, bit in KIND_BITS.items():
            if int(kinds) & bit:
                each[kind] += number
    return each


def _spelled(reader: Reader, counted: tuple[FacetCount, ...]) -> tuple[FacetCount, ...]:
    """Each provider in the letters in which it was first heard of."""
    if not counted:
        return ()
    names: dict[str, str] = dict(
        reader.connection.execute("SELECT lower(name), name FROM provider").fetchall()
    )
    return tuple(FacetCount(names.get(one.value, one.value), one.count) for one in counted)
