"""What a package costs the disk: each byte of its media is read once, written once, and read back once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.recipients import Identity, Recipient, generate_identity
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.progress import Announce, Phase, Progress, never, silent
from cport_desktop.errors import Cancelled
from cport_desktop.usecases.compose_package import compose_package
from cport_desktop.usecases.package_order import SMALLEST_PART, Order
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault, noise
from tests.exports.synthetic import QuickDocuments, authority, signer_of
from tests.report_builders import a_hotline, a_notice, a_report, an_item, new, the_taxonomy, told
from tests.usecases.agreeing import bind
from tests.vault.erasing import apply, receive

LENGTH = 6 * 1024 * 1024
"""Of each of two files: far more than all else that is read and written meanwhile."""
MEDIA = (MediaId(170), MediaId(171))
TOTAL = LENGTH * len(MEDIA)
COUNTED = Path("/proc/self/io")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    contents = [noise(LENGTH, seed=number) for number in MEDIA]
    with a_vault(tmp_path / "vault", clock=SteppingClock(NOON)) as opened:
        notices = tuple(map(a_notice, MEDIA, contents))
        apply(
            opened,
            told(a_hotline(12, country="NL")),
            new(a_report(17, contents=(an_item(170, media=notices),))),
        )
        for number, content in zip(MEDIA, contents, strict=True):
            receive(opened, number, content)
        bind(opened)
        yield opened


@pytest.fixture
def order(tmp_path: Path) -> Order:
    court: Identity = generate_identity()
    return Order(
        choice=(ReportId(17),),
        title="Synthetic series",
        recipients=[Recipient("Court", court.public)],
        signer=signer_of(authority()),
        path=tmp_path / "case.age",
    )


def compose(vault: Vault, order: Order, announce: Announce = silent) -> None:
    compose_package(
        vault,
        order,
        documents=QuickDocuments(resources=Path()),
        taxonomy=the_taxonomy(),
        announce=announce,
        is_cancelled=never,
    )


def traffic() -> tuple[int, int]:
    """Bytes that this process read and wrote so far, all its threads together."""
    if not COUNTED.exists():
        pytest.skip("this system does not count what a process reads")
    told = dict(line.split(": ") for line in COUNTED.read_text().splitlines())
    return int(told["rchar"]), int(told["wchar"])


@pytest.mark.parametrize("part_size", [None, SMALLEST_PART])
def test_each_byte_is_read_once_written_once_and_read_back_once(
    vault: Vault, order: Order, part_size: int | None
) -> None:
    read, written = traffic()
    compose(vault, replace(order, part_size=part_size))
    now_read, now_written = traffic()
    assert 2 * TOTAL < now_read - read < 2.1 * TOTAL
    assert TOTAL < now_written - written < 1.1 * TOTAL


@pytest.mark.parametrize("phase", [Phase.SEALING, Phase.CHECKING])
@pytest.mark.parametrize("part_size", [None, SMALLEST_PART])
def test_it_ends_soon_once_it_is_stopped_and_no_thread_stays(
    vault: Vault, order: Order, part_size: int | None, phase: Phase
) -> None:
    def stop(progress: Progress) -> None:
        if progress.phase is phase and progress.done:
            raise Cancelled

    threads = threading.active_count()
    read, _ = traffic()
    with pytest.raises(Cancelled):
        compose(vault, replace(order, part_size=part_size), stop)
    now_read, _ = traffic()
    begun = TOTAL if phase is Phase.CHECKING else 0
    assert now_read - read < begun + TOTAL
    assert threading.active_count() == threads
    assert not list(order.path.parent.glob("case*"))
