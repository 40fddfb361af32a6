"""Carrying bundles between a vault and a gateway, as a person with a stick does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cport_desktop.demo.courier_desk import Answered, CourierDesk, Terms
from cport_desktop.domain.progress import never, silent
from cport_desktop.usecases.receive_by_courier import Received, Reception, receive_by_courier
from cport_desktop.usecases.send_by_courier import Dispatch, Sent, send_by_courier
from tests.usecases.conftest import Bench


def sent(
    bench: Bench, path: Path, *, part_size: int | None = None, media_limit: int | None = 0
) -> Sent:
    return send_by_courier(bench.vault, Dispatch(path, part_size, media_limit, silent, never))


def answered(
    bench: Bench,
    paths: Sequence[Path],
    out: Path,
    *,
    part_size: int | None = None,
    media_limit: int | None = None,
    changes_per_batch: int = 16,
) -> Answered:
    terms = Terms(silent, never, part_size, media_limit, changes_per_batch)
    return CourierDesk(bench.gateway).answer(paths, out, terms)


def received(bench: Bench, paths: Sequence[Path]) -> Received:
    return receive_by_courier(bench.vault, Reception(paths, bench.sandbox, silent, never))


class Stick:
    """Carries one bundle after another, under names that nobody had."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._number = 0

    def name(self, what: str) -> Path:
        self._number += 1
        return self._folder / f"{what}-{self._number}"

    def there_and_back(self, bench: Bench, *, media_limit: int | None = 0) -> Received:
        """One exchange; without files, unless the test is about them: drawing and examining them
        takes most of the time.
        """
        out = sent(bench, self.name("out"), media_limit=media_limit)
        answer = answered(bench, out.files, self.name("in"))
        return received(bench, answer.files)
