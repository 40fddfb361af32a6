"""A long file tells how far it has come, and can be given up; its bytes stay for the next time."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest

from cport_desktop.domain.media_item import MediaState
from cport_desktop.domain.progress import Phase, Progress, never, silent
from cport_desktop.errors import Cancelled
from cport_desktop.usecases.settling import Settling
from cport_desktop.usecases.take_in_media import CarriedFile, Examiner, take_in_file
from cport_desktop.usecases.unit_rules import LONG_FILE
from cport_desktop.vault import media_items
from tests.builders import announce_media
from tests.media.samples import video
from tests.usecases.conftest import Bench

MEDIA = 9_000_001


def long_film() -> bytes:
    """A short film behind which a box of nothing makes it long."""
    film = video("mp4", frames=120)
    return film + struct.pack(">I4s", LONG_FILE + 8, b"free") + bytes(LONG_FILE)


def carried(content: bytes) -> CarriedFile:
    def pieces(skip: int) -> Iterator[bytes]:
        for at in range(skip, len(content), 1 << 20):
            yield content[at : at + (1 << 20)]

    return CarriedFile(MEDIA, 0, len(content), pieces)  # type: ignore[arg-type]


def take_in(bench: Bench, examiner: Examiner, content: bytes) -> bool:
    with Settling(bench.vault) as settling:
        return take_in_file(bench.vault, examiner, settling, carried(content))


def test_a_long_film_tells_how_far_it_has_come_and_may_be_given_up(bench: Bench) -> None:
    content = long_film()
    media = announce_media(bench.vault, MEDIA, content)
    told: list[Progress] = []
    given_up = Examiner(bench.sandbox, told.append, lambda: len(told) >= 3)
    with pytest.raises(Cancelled):
        take_in(bench, given_up, content)
    assert [progress.phase for progress in told] == [Phase.EXAMINING] * 3
    assert [progress.total for progress in told] == [1000] * 3
    with bench.vault.reader() as reader:
        assert media_items.item(reader, media).state is MediaState.WANTED
    intake = bench.vault.intake(media)
    arrived = intake.offset
    intake.close()
    assert arrived >= len(content) - 64 * 1024
    patient = Examiner(bench.sandbox, silent, never)
    assert take_in(bench, patient, content)
    with bench.vault.reader() as reader:
        item = media_items.item(reader, media)
    assert (item.state, item.format, item.cannot_show) == (MediaState.HELD, "mp4", None)
