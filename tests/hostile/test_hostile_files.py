"""Hostile files by the thousand: none crashes, hangs or grows the program, and none gets out."""

from __future__ import annotations

import os
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.media_item import (
    CannotShow,
    Examination,
    OptionalFormat,
    RevealGrant,
    RevealLevel,
)
from cport_desktop.domain.moving import SoundGrant, Step
from cport_desktop.media.sandbox import Terms
from cport_desktop.media.sandbox_process import ProcessSandbox
from tests.hostile.hostile_files import HostileFile, benign_files, hostile_files
from tests.media.samples import jpeg
from tests.media.test_process_sandbox import our_children, our_nurseries

SEED = 20261123
GROWTH_KIB = 40_000
"""What the largest answer and the interpreter's own arenas take; a leak of a file each would be far more."""

EVERY_FORMAT = Terms(formats=frozenset(OptionalFormat))
_FAILED = {CannotShow.CHILD_BREACH, CannotShow.CHILD_HUNG, CannotShow.CHILD_DIED}


def memory_kib() -> int:
    """What this process holds."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


class Campaign:
    """Hostile files through one sandbox, every eighth also looked at and listened to."""

    def __init__(self) -> None:
        self.sandbox = ProcessSandbox(children=2)
        self.causes: Counter[CannotShow | None] = Counter()
        self.failed: list[str] = []

    def run(self, count: int, seed: int) -> None:
        for file in islice(hostile_files(seed), count):
            seen = self.sandbox.examine([file.content], size=len(file.content), terms=EVERY_FORMAT)
            self.causes[seen.cannot_show] += 1
            if seen.cannot_show in _FAILED:
                self.failed.append(f"{file.number} {file.seed} {file.deed}: {seen.cannot_show}")
            if file.number % 8 == 0:
                self._look_at(file)

    def _look_at(self, file: HostileFile) -> None:
        grant = RevealGrant(MediaId(1), RevealLevel.FULL, seconds=5.0, audit_sequence=1)
        opened = self.sandbox.open_viewing(
            [file.content], size=len(file.content), grant=grant, box=(160, 120), terms=EVERY_FORMAT
        )
        if isinstance(opened, CannotShow):
            if opened in _FAILED:
                self.failed.append(f"{file.number} {file.seed} {file.deed}: open {opened}")
            return
        listen = SoundGrant(MediaId(1), seconds=5.0, audit_sequence=2)
        answers = [
            opened.frame(100, Step.AT),
            opened.frame(0, Step.NEXT),
            opened.frame(10**12, Step.KEY),
            opened.sound(listen, 0, 200),
        ]
        opened.strip(4)
        opened.close()
        self.failed += [
            f"{file.number} {file.seed} {file.deed}: look {answer}"
            for answer in answers
            if answer in _FAILED
        ]


def run(count: int, seed: int) -> Campaign:
    """`count` files; afterwards nothing is left of them but what they were found to be."""
    nurseries, children = our_nurseries(), our_children()
    campaign = Campaign()
    try:
        campaign.run(min(count, 100), seed)
        before = memory_kib()
        campaign.run(count, seed + 1)
        assert memory_kib() - before < GROWTH_KIB
        (nursery,) = our_nurseries() - nurseries
        assert len(our_children() - children) <= 2
        assert Path(f"/proc/{nursery}/status").exists()
        whole = jpeg()
        assert campaign.sandbox.examine([whole], size=len(whole)).cannot_show is None
    finally:
        campaign.sandbox.close()
    assert our_nurseries() <= nurseries
    return campaign


def test_five_hundred_hostile_files_cost_at_most_themselves() -> None:
    campaign = run(500, SEED)
    assert campaign.failed == []
    assert campaign.causes[None] > 50
    assert campaign.causes[CannotShow.CORRUPT] + campaign.causes[CannotShow.TRUNCATED] > 50
    assert campaign.causes[CannotShow.TOO_LARGE] > 3


@pytest.mark.faults
@pytest.mark.parametrize("part", range(4))
def test_ten_thousand_hostile_files_cost_at_most_themselves(part: int) -> None:
    campaign = run(2_500, SEED + 100 * (part + 1))
    print(f"\nhostile media, part {part}: {dict(campaign.causes)} failed: {campaign.failed}")
    assert not {CannotShow.CHILD_BREACH, CannotShow.CHILD_HUNG} & set(campaign.causes)
    assert len(campaign.failed) <= 3, campaign.failed


def test_every_benign_file_of_every_kind_is_fine() -> None:
    sandbox = ProcessSandbox()
    try:
        seen: dict[str, Examination] = {
            name: sandbox.examine([whole], size=len(whole), terms=EVERY_FORMAT)
            for name, whole in benign_files().items()
        }
    finally:
        sandbox.close()
    causes = {name: each.cannot_show for name, each in seen.items() if each.cannot_show}
    assert set(causes.values()) == {CannotShow.AUDIO_ONLY}
    assert set(causes) == {"mp3", "ogg", "wav", "flac", "m4a"}
    assert os.getpid() not in our_children()
