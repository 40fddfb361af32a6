"""Every look that ends counts for the one who looked; where the unit's breaks bind, none begins."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cport_desktop.domain.exposure import SLACK, Look
from cport_desktop.domain.media_item import MediaItem, MediaState, RevealLevel
from cport_desktop.domain.query import Query
from cport_desktop.errors import BreakDue
from cport_desktop.usecases import exposure
from cport_desktop.usecases.reveal_media import end_reveal, reveal_media
from cport_desktop.usecases.unit_rules import set_rule
from cport_desktop.vault import audit_log, media_items
from tests.usecases.conftest import Bench


def a_picture(bench: Bench) -> MediaItem:
    with bench.vault.reader() as reader:
        items = media_items.page(reader, Query(), limit=500).rows
    return next(i for i in items if i.state is MediaState.HELD and i.cannot_show is None)


def test_a_look_counts_when_it_ends_by_its_level_and_never_longer_than_it_was_granted(
    synced: Bench,
) -> None:
    vault, item = synced.vault, a_picture(synced)
    for level, seconds in ((RevealLevel.GREY, 3.0), (RevealLevel.FULL, 30_000.0)):
        grant, _ = reveal_media(vault, synced.sandbox, item.media_id, level, seconds=6.0)
        end_reveal(vault, grant, seconds=seconds)
    day = exposure.own_exposure(vault, days=1, now=vault.now()).ledger.days[0]
    told = {each.level: (each.seconds, each.looks) for each in day.looked}
    assert told == {"grey": (3.0, 1), "full": (6.0 + SLACK, 1)}
    assert not vault.exposure.marks.pass_over([item.announced_sha256]), "it was seen"


def test_a_picture_that_nobody_saw_is_no_look(synced: Bench) -> None:
    vault, item = synced.vault, a_picture(synced)
    grant, _ = reveal_media(vault, synced.sandbox, item.media_id, RevealLevel.GREY, seconds=6.0)
    end_reveal(vault, grant, seconds=0.0)
    assert exposure.own_exposure(vault, days=1, now=vault.now()).ledger.days == ()


def test_where_the_units_breaks_bind_no_look_begins_while_one_is_due(synced: Bench) -> None:
    vault, item = synced.vault, a_picture(synced)
    set_rule(vault, "exposure.binding", "yes")
    set_rule(vault, "exposure.break_after", "1")
    exposure.count_look(vault, Look("grey", 60.0, granted=60.0), now=vault.now())
    with vault.reader() as reader:
        before = audit_log.head(reader)
    with pytest.raises(BreakDue):
        reveal_media(vault, synced.sandbox, item.media_id, RevealLevel.GREY, seconds=6.0)
    with vault.reader() as reader:
        assert audit_log.head(reader) == before, "what was refused is no look"
    synced.clock.advance(timedelta(minutes=12))
    grant, _ = reveal_media(vault, synced.sandbox, item.media_id, RevealLevel.GREY, seconds=6.0)
    end_reveal(vault, grant, seconds=1.0)
