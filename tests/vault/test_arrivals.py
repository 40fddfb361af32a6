"""`came:`: when a report came or last changed here, by this machine's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock, iso_utc
from cport_desktop.domain.query_language import parse
from cport_desktop.domain.rows import Order
from cport_desktop.vault import replica, reports
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, reopened
from tests.report_builders import a_batch, a_report, corrected, new, the_taxonomy


def came(vault: Vault, span: str) -> list[int]:
    query = parse(f"came:{span}", taxonomy=the_taxonomy(), now=NOON + timedelta(hours=2))
    with vault.reader() as reader:
        found = reports.page(reader, query, Order(), limit=100)
        assert reports.count(reader, query) == len(found.rows)
    return sorted(row.report_id for row in found.rows)


@pytest.mark.parametrize("span", ["<1h", f">={iso_utc(NOON + timedelta(hours=1, minutes=30))}"])
def test_what_came_or_changed_lately_is_found_by_when_it_did_so_here(
    closed_vault: Path, span: str
) -> None:
    clock = SteppingClock(NOON)
    with reopened(closed_vault, clock=clock) as vault:
        first = a_batch(new(a_report(1)), new(a_report(2)), new(a_report(3)))
        changed = replace(a_report(2), revision=2)
        with vault.transaction() as tx:
            replica.apply(tx, first, road="https")
        clock.advance(timedelta(hours=1, minutes=30))
        with vault.transaction() as tx:
            later = a_batch(corrected(changed), new(a_report(4)), cursor="c1", after=first)
            replica.apply(tx, later, road="https")

        assert came(vault, span) == [2, 4]
        assert came(vault, ">1h") == [1, 3]
