"""Any sequence of word from the portal, holds, releases, periods and erasures, against a plain
dict: what is held is never lost, what was erased never comes back, counts and searches agree.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cport_desktop.domain.hold import HeldItem, HeldKind
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.domain.query import Is, IsState, Query
from cport_desktop.domain.report import Report
from cport_desktop.domain.retention import RetentionPeriod, Standing
from cport_desktop.domain.rows import Facet
from cport_desktop.errors import ItemErased, ItemHeld, UnknownReference
from cport_desktop.formats.portal_messages import print_report
from cport_desktop.vault import erased, holds, media_items, reports, retention
from cport_desktop.vault.vault import Vault
from tests.builders import make_vault, reopened
from tests.report_builders import SPRING, corrected, new, withdrawn
from tests.vault.erasing import apply, content_of, erase, found, hold, receive, release, with_media

NUMBERS = st.integers(1, 6)
FILES = st.sets(st.integers(21, 24), max_size=3)


@dataclass
class Known:
    """What is expected of one report."""

    report: Report
    status: str = "new"
    media: set[int] = field(default_factory=set)
    former: set[int] = field(default_factory=set)
    kept: list[bytes] = field(default_factory=list)


class Keeping(RuleBasedStateMachine):
    def __init__(self, newborn: Path) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.vault: Vault = reopened(Path(shutil.copytree(newborn, self.folder / "vault")))
        self.reports: dict[int, Known] = {}
        self.erased: set[int] = set()
        self.holds: dict[str, HeldItem] = {}
        self.held_media: dict[str, set[int]] = {}
        self.announced: set[int] = set()
        self.files: set[int] = set()
        self.words: dict[str, int] = {}
        self.steps = 0

    def teardown(self) -> None:
        self.vault.close()
        shutil.rmtree(self.folder)

    @rule(number=NUMBERS, media=FILES)
    def the_portal_tells_of_a_report(self, number: int, media: set[int]) -> None:
        self.steps += 1
        known = self.reports.get(number)
        revision = 1 if known is None else known.report.revision + 1
        memo = f"wording{number}x{self.steps}"
        # Later than every withdrawal so far, so that it ends one.
        at = SPRING + timedelta(days=10 + self.steps)
        report = with_media(number, *sorted(media), revision=revision, memo=memo, updated_at=at)
        applied = apply(self.vault, new(report) if known is None else corrected(report))
        assert applied.dropped == (number in self.erased)
        if number in self.erased:
            return
        if known is None:
            self.reports[number] = Known(report, "new", set(media))
        else:
            self._keep(number)
            known.former |= known.media
            known.report, known.status, known.media = report, "corrected", set(media)
        self.announced |= media
        self.words[memo] = number
        for name, item in self.holds.items():
            if item == HeldItem(HeldKind.REPORT, number):
                self.held_media[name] |= self._media_of(number)

    @rule(number=NUMBERS)
    def the_portal_takes_a_report_back(self, number: int) -> None:
        self.steps += 1
        if number not in self.reports and number not in self.erased:
            return
        change = withdrawn(number, hours=24 * (10 + self.steps))
        applied = apply(self.vault, change)
        assert applied.dropped == (number in self.erased)
        if number in self.reports:
            self._keep(number)
            self.reports[number].status = "withdrawn"

    @rule(media=st.integers(21, 24))
    def a_file_arrives(self, media: int) -> None:
        if media in self.announced - self.files:
            receive(self.vault, media)
            self.files.add(media)

    @rule(kind=st.sampled_from(HeldKind), report=NUMBERS, media=st.integers(21, 24))
    def somebody_places_a_hold(self, kind: HeldKind, report: int, media: int) -> None:
        self.steps += 1
        number = report if kind is HeldKind.REPORT else media
        name = f"H-{self.steps}"
        is_here = number in (self.reports if kind is HeldKind.REPORT else self.announced)
        if not is_here:
            with pytest.raises(UnknownReference):
                hold(self.vault, number, kind, name)
            return
        hold(self.vault, number, kind, name)
        self.holds[name] = HeldItem(kind, number)
        self.held_media[name] = self._media_of(number) if kind is HeldKind.REPORT else {number}

    @rule(data=st.data())
    def somebody_releases_a_hold(self, data: st.DataObject) -> None:
        if self.holds:
            name = data.draw(st.sampled_from(sorted(self.holds)))
            release(self.vault, name)
            del self.holds[name], self.held_media[name]

    @rule(numbers=st.sets(NUMBERS, min_size=1, max_size=3))
    def somebody_erases(self, numbers: set[int]) -> None:
        self.steps += 1
        refusals = [
            (numbers & self.erased, ItemErased),
            (numbers - set(self.reports), UnknownReference),
            (numbers & self._held(), ItemHeld),
        ]
        for reason, error in refusals:
            if reason:
                with pytest.raises(error):
                    erase(self.vault, *numbers, name=f"E-{self.steps}")
                return
        erase(self.vault, *numbers, name=f"E-{self.steps}")
        self._forget(numbers)

    @rule(days=st.integers(1, 40))
    def a_period_ends(self, days: int) -> None:
        """What was withdrawn is due, unless it is held."""
        self.steps += 1
        period = RetentionPeriod("withdrawn", days, "6.2")
        now = SPRING + timedelta(days=10 + self.steps + days)
        with self.vault.reader() as reader:
            ripe = retention.ripe(reader, [period], now=now, limit=99).verdicts
        taken_back = {n for n, known in self.reports.items() if known.status == "withdrawn"}
        due = {int(v.report_id) for v in ripe if v.standing is Standing.DUE}
        assert due == taken_back - self._held()
        assert {int(v.report_id) for v in ripe if v.standing is Standing.HELD} == (
            taken_back & self._held()
        )
        if due:
            erase(self.vault, *due, name=f"E-{self.steps}")
            self._forget(due)

    @rule()
    def it_is_finished(self) -> None:
        self.vault.finish_erasures()
        with self.vault.reader() as reader:
            assert all(one.is_finished for one in erased.listing(reader))
        stored = [p for p in (self.vault.directory / "blobs").glob("*/*") if p.is_file()]
        assert len(stored) == len(self.files)

    @invariant()
    def the_vault_agrees(self) -> None:
        assert found(self.vault) == sorted(self.reports)
        for word, number in self.words.items():
            is_current = number in self.reports and self.reports[number].report.memo == word
            assert found(self.vault, word) == ([number] if is_current else [])
        self._compare_counts()
        self._compare_files()
        with self.vault.reader() as reader:
            for number, known in self.reports.items():
                kept = {
                    version.document for version in holds.kept_versions(reader, ReportId(number))
                }
                assert set(known.kept) <= kept

    def _compare_counts(self) -> None:
        sharing = Counter(m for known in self.reports.values() for m in known.media)
        duplicates = {n for n, k in self.reports.items() if any(sharing[m] > 1 for m in k.media)}
        with self.vault.reader() as reader:
            counts = reports.facets(reader, Query(), [Facet.STATUS])[Facet.STATUS]
            for state, expected in ((Is.DUPLICATE, duplicates), (Is.HELD, self._held())):
                query = Query((IsState(state),))
                assert set(reports.matching(reader, query, limit=99)) == expected
        assert {c.value: c.count for c in counts} == Counter(
            known.status for known in self.reports.values()
        )

    def _compare_files(self) -> None:
        with self.vault.reader() as reader:
            for media in range(21, 25):
                if media in self.files:
                    assert b"".join(self.vault.blobs.read(reader, MediaId(media))) == content_of(
                        media
                    )
                elif media not in self.announced:
                    with pytest.raises(UnknownReference):
                        media_items.item(reader, MediaId(media))

    def _keep(self, number: int) -> None:
        """The version that stands is kept aside if it is held."""
        if number in self._held():
            self.reports[number].kept.append(print_report(self.reports[number].report))

    def _held(self) -> set[int]:
        held = {item.number for item in self.holds.values() if item.kind is HeldKind.REPORT}
        files = {item.number for item in self.holds.values() if item.kind is HeldKind.MEDIA}
        return held | {n for n in self.reports if self._media_of(n) & files}

    def _media_of(self, number: int) -> set[int]:
        return self.reports[number].media | self.reports[number].former

    def _forget(self, numbers: set[int]) -> None:
        candidates = set[int]().union(*(self._media_of(number) for number in numbers))
        for number in numbers:
            del self.reports[number]
        self.erased |= numbers
        still = set[int]().union(*(known.media for known in self.reports.values()))
        gone = candidates - still - set[int]().union(*self.held_media.values())
        self.announced -= gone
        self.files -= gone


def run_machine(directory: Path, *, examples: int, steps: int) -> None:
    newborn = make_vault(directory / "newborn")
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Keeping(newborn), settings=chosen)  # type: ignore[arg-type]


def test_what_is_held_stays_and_what_was_erased_is_gone(tmp_path: Path) -> None:
    run_machine(tmp_path, examples=12, steps=20)


@pytest.mark.faults
def test_what_is_held_stays_and_what_was_erased_is_gone_at_length(tmp_path: Path) -> None:
    run_machine(tmp_path, examples=250, steps=50)
