"""Lists that come by an exchange: what is found and what ended is told by either road, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.known import Algorithm
from cport_desktop.domain.roles import Role
from cport_desktop.errors import RoleMissing, UnknownReference
from cport_desktop.usecases.provenance import known_of, provenance
from cport_desktop.usecases.synchronise import SyncResult
from cport_desktop.vault import exchange_history, hits, media_items
from cport_desktop.vault.vault import Vault
from tests.usecases.carrying import Stick
from tests.usecases.conftest import Bench
from tests.usecases.test_reading_audit import without


def every_item(vault: Vault) -> list[MediaId]:
    with vault.reader() as reader:
        rows = reader.connection.execute("SELECT media_id FROM media_item ORDER BY media_id")
        return [MediaId(number) for (number,) in rows]


def standing(vault: Vault) -> int:
    with vault.reader() as reader:
        row = reader.connection.execute(
            "SELECT count(*) FROM hit WHERE ended_at IS NULL"
        ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("road", ["network", "stick"])
def test_what_lists_know_and_what_they_take_back_is_told_by_either_road(
    bench: Bench, tmp_path: Path, road: str
) -> None:
    stick = Stick(tmp_path / "stick")

    def exchanged() -> SyncResult:
        if road == "network":
            return bench.sync(metadata_only=True)
        return stick.there_and_back(bench).result

    exchanged()
    bench.gateway.feed_first_records(bench.taxonomy)
    first = exchanged()
    assert first.tally.hits_new > 0
    assert standing(bench.vault) == first.tally.hits_new - first.tally.hits_ended
    assert first.changes & Changes.MEDIA

    bench.gateway.feed_first_records(bench.taxonomy)
    second = exchanged()
    assert second.tally.hits_ended == 2
    assert second.tally.hits_new == 0
    with bench.vault.reader() as reader:
        (newest, *_) = exchange_history.page(reader, limit=1).rows
    assert dict(newest.facts)["hits_ended"] == 2


def test_pictures_are_known_by_sight_once_their_files_are_here(bench: Bench) -> None:
    bench.gateway.feed_first_records(bench.taxonomy)
    announced = bench.sync(metadata_only=True).tally.hits_new
    assert announced > 0

    result = bench.sync()
    assert result.media_new > 0
    assert result.tally.hits_new > 0
    seen = [
        hit
        for item in every_item(bench.vault)
        for hit in provenance(bench.vault, item).hits
        if hit.algorithm is Algorithm.PDQ
    ]
    assert seen
    assert all(hit.distance <= 31 for hit in seen)
    assert any(hit.distance > 0 for hit in seen)


def test_provenance_tells_lists_sightings_and_what_was_decided(bench: Bench) -> None:
    bench.gateway.feed_first_records(bench.taxonomy)
    bench.sync(metadata_only=True)
    known = known_of(bench.vault, every_item(bench.vault))
    wanted = next(item for item, said in known.items() if not said.is_harmless)

    found = provenance(bench.vault, wanted)
    assert found.known == known[wanted]
    assert found.since == min(hit.found_at for hit in found.hits)
    (hit,) = [hit for hit in found.hits if hit.list_id == "synthetic-pictures"]
    assert (hit.list_source, hit.entry_source) == ("Example Body A", "Example Body A")
    with bench.vault.reader() as reader:
        item = media_items.item(reader, wanted)
        assert hits.of_content(reader, item.announced_sha256) == found.hits
    assert found.sighting.reports >= len(item.reports)
    assert found.sighting.undecided + sum(count for _, count in found.sighting.decisions) == (
        found.sighting.reports
    )


def test_provenance_needs_an_analyst_and_an_item(bench: Bench) -> None:
    with pytest.raises(UnknownReference):
        provenance(bench.vault, MediaId(1))
    without(bench.vault, Role.ANALYST)
    with pytest.raises(RoleMissing):
        provenance(bench.vault, MediaId(1))
    with pytest.raises(RoleMissing):
        known_of(bench.vault, [])
