"""P12: a first sync over HTTPS on loopback shows rows as soon as its first batch is here, and whoever
searches meanwhile waits for one batch at most: each search leaves an entry in the log.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from cport_desktop.clock import SystemClock
from cport_desktop.crypto import message_keys
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.server import running_server
from cport_desktop.domain.batch import Position
from cport_desktop.domain.progress import Phase, Progress, never
from cport_desktop.domain.query import Query
from cport_desktop.domain.rows import Order
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.media.sandbox_refusing import RefusingSandbox
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.station_certificate import StationCertificate
from cport_desktop.sync.transport import Transport
from cport_desktop.usecases.enrol import Introduction, enrol
from cport_desktop.usecases.search_reports import search_reports
from cport_desktop.usecases.synchronise import Exchange, synchronise
from cport_desktop.usecases.take_in import HTTPS
from cport_desktop.vault import reports
from cport_desktop.vault.vault import Vault
from tests.bench.harness import Figure, p95_ms, seconds
from tests.builders import a_vault
from tests.report_builders import the_taxonomy

LONGEST = 2.0
"""Seconds from the first batch to the first rows."""

LONGEST_SEARCH = 250.0
"""Milliseconds that a search may take beside the sync, p95: a batch is applied in half of that."""

PICTURES = 32
"""Files that the gateway's media repeat: none of them travels here."""


@dataclass
class _Watching:
    """A road that notes when batches came; asked by `announce`, when the first rows can be read."""

    vault: Vault
    road: PortalTransport
    came_at: list[float] = field(default_factory=list)
    rows_at: float | None = None
    batches_before: int = 0

    def changes(self, position: Position, *, limit: int) -> bytes:
        message = self.road.changes(position, limit=limit)
        self.came_at.append(time.perf_counter())
        return message

    def announce(self, progress: Progress) -> None:
        if progress.phase is Phase.CHANGES and self.rows_at is None:
            with self.vault.reader() as reader:
                if reports.page(reader, Query(), Order(), limit=50).rows:
                    self.rows_at = time.perf_counter()
                    self.batches_before = len(self.came_at)

    def __getattr__(self, name: str) -> object:
        return getattr(self.road, name)


@dataclass
class _Searching:
    """Somebody who searches and searches."""

    vault: Vault
    taxonomy: Taxonomy
    is_over: threading.Event = field(default_factory=threading.Event)
    took: list[float] = field(default_factory=list)

    def search(self) -> None:
        """Until it is over; how long each search took, in milliseconds."""
        while not self.is_over.is_set():
            self.took.append(1000 * seconds(self.search_once))

    def search_once(self) -> None:
        search_reports(
            self.vault,
            "host:NL",
            Order(),
            limit=50,
            after=None,
            taxonomy=self.taxonomy,
            now=self.vault.now(),
        )

    def p95(self) -> float:
        return sorted(self.took)[int(len(self.took) * 0.95) - 1]


@contextmanager
def _beside(searching: _Searching) -> Iterator[None]:
    thread = threading.Thread(target=searching.search)
    thread.start()
    try:
        yield
    finally:
        searching.is_over.set()
        thread.join()


def measure(directory: Path, count: int) -> tuple[Figure, Figure]:
    """Seconds from the first batch to rows on a page, against the whole exchange of changes; and
    milliseconds of a search beside it, against one without.
    """
    clock = SystemClock()
    gateway = Gateway(
        directory / "gateway",
        scenario=Scenario(7, count, clock.now().replace(microsecond=0), pictures=PICTURES),
        pictures=Pictures(directory / "pictures", seed=7),
        clock=clock,
    )
    with (
        closing(gateway),
        running_server(gateway) as server,
        a_vault(directory / "first", clock=clock) as vault,
    ):
        authority = server.authority.read_bytes()
        with closing(PortalTransport(server.url, authority_pem=authority, clock=clock)) as stranger:
            introduction = Introduction(
                portal_url=server.url,
                authority=authority,
                code=gateway.identity.enrolment_code,
                station_name="Bench",
                agency="Example Agency",
            )
            enrolment, _ = enrol(vault, stranger, introduction)
        road = PortalTransport(
            server.url,
            authority_pem=authority,
            clock=clock,
            station=enrolment.answer.station,
            sign=message_keys.signing_with(enrolment.station_private_key),
            certificate=StationCertificate(
                enrolment.answer.transport_certificate, enrolment.transport_private_key
            ),
        )
        with closing(road):
            searching = _Searching(vault, the_taxonomy())
            with _beside(searching):
                first_rows = _first_rows(_Watching(vault, road), count)
            return first_rows, _search_figure(searching)


def _search_figure(searching: _Searching) -> Figure:
    alone = p95_ms(searching.search_once)
    value = searching.p95()
    return Figure(
        id="P12s",
        what=f"a search beside that sync, p95 of {len(searching.took)} (against one alone)",
        unit="ms",
        value=value,
        reference=alone,
        ratio=value / alone,
        goal=f"≤ {LONGEST_SEARCH:.0f} ms",
        is_reached=value <= LONGEST_SEARCH,
    )


def _first_rows(watching: _Watching, count: int) -> Figure:
    started = time.perf_counter()
    synchronise(
        Exchange(
            vault=watching.vault,
            transport=cast(Transport, watching),  # the rest is the road's own
            sandbox=RefusingSandbox(),
            road=HTTPS,
            changes_per_batch=200,
            announce=watching.announce,
            is_cancelled=never,
        ),
        metadata_only=True,
    )
    whole = time.perf_counter() - started
    rows_at = watching.rows_at or started + whole
    value = rows_at - watching.came_at[0]
    return Figure(
        id="P12",
        what=f"first rows after the first batch ({watching.batches_before} of"
        f" {len(watching.came_at) - 1}), {count} reports by HTTPS",
        unit="s",
        value=value,
        reference=whole,
        ratio=value / whole,
        goal=f"≤ {LONGEST:.0f} s, 1 batch",
        is_reached=value <= LONGEST and watching.batches_before == 1,
    )
