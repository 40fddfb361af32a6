"""Checks crash states, in a process of its own: `python -m tests.hostile.faults.exploring`.

One `Exploration` on standard input; one `Checked` a line on standard output for each distinct
state of its share. States are laid out in memory (`/dev/shm`) where there is such a place.
"""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from pathlib import Path

import msgspec

from tests.hostile.faults.crash_states import CrashState, CrashStates
from tests.hostile.faults.disk import Disk
from tests.hostile.faults.messages import Checked, Exploration, Occurrence
from tests.hostile.faults.trace import Deed, Event, read_trace
from tests.hostile.faults.workflows.every import workflow_named
from tests.hostile.faults.workflows.workflow import Place, Seen


def main() -> None:
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Exploration)
    for checked in Explorer(task).explored():
        sys.stdout.buffer.write(msgspec.json.encode(checked) + b"\n")
    sys.stdout.buffer.flush()


class Explorer:
    """One share of the states of one trace."""

    def __init__(self, task: Exploration) -> None:
        self._task = task
        self._workflow = workflow_named(task.workflow)
        self._events = read_trace(Path(task.trace))
        before, inodes = Place(Path(task.before)), Path(task.inodes).read_bytes()
        self._states = CrashStates(
            Disk(before.root, msgspec.json.decode(inodes, type=dict[str, int])),
            self._events,
            seed=task.depth.seed,
            random_choices=task.depth.random_choices,
        )
        self._place = Place(Path(task.work_folder))
        shutil.rmtree(self._place.folder, ignore_errors=True)
        shutil.copytree(task.beside, self._place.beside)
        self._since = promised_at(self._events)
        self._found: dict[bytes, Checked] = {}
        self._samples = 0

    def explored(self) -> list[Checked]:
        """Every distinct state of this share, checked."""
        for state in self._states:
            if state.digest[0] % self._task.shares == self._task.share:
                known = self._found.get(state.digest)
                if known is None and self._is_wanted(state):
                    known = self._found[state.digest] = self._check(state)
                if known is not None:
                    self._note(state, known)
        return list(self._found.values())

    def _is_wanted(self, state: CrashState) -> bool:
        return state.is_kernels or state.digest[3] % self._task.depth.one_in == 0

    def _note(self, state: CrashState, known: Checked) -> None:
        since = self._since[state.point + 1]
        if all(each.since != since for each in known.occurrences):
            known.occurrences.append(Occurrence(since, state.promised, state.point))
        if state.is_kernels and state.point not in known.kernel_points:
            known.kernel_points.append(state.point)

    def _check(self, state: CrashState) -> Checked:
        self._lay_out(state)
        sample = self._sample(state)
        seen, fault = Seen("", frozenset()), ""
        try:
            seen = self._workflow.look(self._place)
            if state.digest[1] % self._task.depth.finish_every == 0:
                self._workflow.finish(self._place)
        except Exception:  # noqa: BLE001 - whatever is wrong is the answer
            fault = traceback.format_exc(limit=-6)
        return Checked(
            digest=state.digest.hex(),
            occurrences=[],
            kernel_points=[],
            identity=seen.identity,
            facts=sorted(seen.facts),
            fault=fault,
            sample=sample,
        )

    def _lay_out(self, state: CrashState) -> None:
        root = self._place.root
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        for path, node in state.tree:
            content = self._states.content(state, node)
            if content is None:
                (root / path).mkdir(mode=0o700)
            else:
                (root / path).write_bytes(content)

    def _sample(self, state: CrashState) -> str:
        """Where a copy of the state was kept, for a crash during its recovery; "" if it was not."""
        if self._samples >= self._task.depth.samples or state.digest[2] % 16:
            return ""
        self._samples += 1
        kept = Path(self._task.samples_folder) / state.digest.hex()
        shutil.copytree(self._place.folder, kept)
        return str(kept)


def promised_at(events: list[Event]) -> list[int]:
    """For each point (from -1 on), the event of the last promise before or at it; -1: none."""
    last = -1
    found = [last]
    for index, event in enumerate(events):
        if event.deed is Deed.PROMISE:
            last = index
        found.append(last)
    return found


if __name__ == "__main__":
    os.umask(0o077)
    main()
