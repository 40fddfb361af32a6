"""Every distinct state in which a power cut may leave a folder, enumerated from a trace.

After each event, for both models of `disk`: of what is not sure, nothing, all, all but one, one
alone, from the left, and so many random choices, with writes torn in pieces of 512 bytes. The
choices after an event follow from the seed and the number of changes so far, so that a promise,
which changes nothing, is asked of the same states as existed before it was given.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from tests.hostile.faults.disk import (
    ALL,
    Bytes,
    Disk,
    Model,
    Names,
    Step,
    apply,
    apply_names,
    reachable,
)
from tests.hostile.faults.trace import Deed, Event

VOLATILE = "/lock"
"""A file that may say anything after a power cut; two states that differ in it only are one."""

_MOST_SINGLES = 4
"""Changes of names that are left out, or made, one alone; of more a random few."""

Arrived = tuple[tuple[int, int], ...]
"""Of a file's changes that are not sure: which arrived, and how much (see `disk.apply`)."""


@dataclass(frozen=True, slots=True)
class CrashState:
    """The files after a power cut behind event `point`; `promised` promises had been given."""

    point: int
    promised: int
    digest: bytes
    tree: tuple[tuple[str, int], ...]
    arrived: dict[int, Arrived]
    is_kernels: bool = False
    """It is exactly what the kernel holds then."""


class CrashStates:
    """Enumerates the states of one trace; `content` gives the bytes of the state just yielded."""

    def __init__(self, disk: Disk, events: list[Event], *, seed: int, random_choices: int) -> None:
        self._disk = disk
        self._events = events
        self._seed = seed
        self._random_choices = random_choices
        self._digests: dict[tuple[int, int, Arrived], bytes] = {}

    def __iter__(self) -> Iterator[CrashState]:
        changes = promised = 0
        yield from self._after(-1, changes, promised)
        for point, event in enumerate(self._events):
            self._disk.happen(event)
            if event.deed is Deed.PROMISE:
                promised += 1
            else:
                changes += 1
            yield from self._after(point, changes, promised)

    def _kernels(self, point: int, promised: int) -> CrashState:
        """The files as the kernel has them now: what a kill leaves."""
        everything = {n: _everything(file) for n, file in self._disk.files.items() if file.unsure}
        state = self._state(point, promised, self._disk.live, everything)
        return replace(state, is_kernels=True)

    def content(self, state: CrashState, node: int) -> bytes | None:
        """The bytes of a file of the state that was yielded last; None for a folder."""
        file = self._disk.files.get(node)
        return None if file is None else bytes(_content(file, state.arrived.get(node, ())))

    def _after(self, point: int, changes: int, promised: int) -> Iterator[CrashState]:
        yield self._kernels(point, promised)
        dice = random.Random(f"{self._seed}/{changes}")
        for model in Model:
            for names in self._names(model, dice):
                for arrived in self._bytes(dice):
                    yield self._state(point, promised, names, arrived)
            for _ in range(self._random_choices):
                names = self._chosen_names(model, _some(self._disk.unsure[model], model, dice))
                yield self._state(point, promised, names, self._some_bytes(model, dice))

    def _names(self, model: Model, dice: random.Random) -> Iterator[Names]:
        """Nothing, all, and (where the model has them) single ones of what is not sure."""
        steps = self._disk.unsure[model]
        chosen = partial(self._chosen_names, model)
        yield chosen([])
        if steps:
            yield chosen(steps)
        if model is Model.ORDERED:
            for length in _a_few(range(1, len(steps)), dice):
                yield chosen(steps[:length])
        elif len(steps) > 1:
            for index in _a_few(range(len(steps)), dice):
                yield chosen(steps[index : index + 1])
                yield chosen(steps[:index] + steps[index + 1 :])

    def _chosen_names(self, model: Model, steps: Iterable[Step]) -> Names:
        names = {folder: dict(entries) for folder, entries in self._disk.sure[model].items()}
        for step in steps:
            for change in step:
                apply_names(names, change)
        return names

    def _bytes(self, dice: random.Random) -> Iterator[dict[int, Arrived]]:
        """Nothing, all, all but the end of the last write, and each file alone."""
        unsure = {node: file for node, file in self._disk.files.items() if file.unsure}
        yield {}
        if not unsure:
            return
        yield {node: _everything(file) for node, file in unsure.items()}
        yield {node: _cut(file, dice) for node, file in unsure.items()}
        if len(unsure) > 1:
            for node, file in unsure.items():
                yield {node: _everything(file)}

    def _some_bytes(self, model: Model, dice: random.Random) -> dict[int, Arrived]:
        return {
            node: _at_random(file, model, dice)
            for node, file in self._disk.files.items()
            if file.unsure
        }

    def _state(
        self, point: int, promised: int, names: Names, arrived: dict[int, Arrived]
    ) -> CrashState:
        tree = tuple(sorted(reachable(names)))
        seen = hashlib.blake2b(digest_size=16)
        for path, node in tree:
            if not path.endswith(VOLATILE):
                seen.update(path.encode() + b"\0" + self._digest(node, arrived.get(node, ())))
        return CrashState(point, promised, seen.digest(), tree, arrived)

    def _digest(self, node: int, arrived: Arrived) -> bytes:
        file = self._disk.files.get(node)
        if file is None:
            return b"folder"
        key = (node, file.version, arrived)
        if key not in self._digests:
            content = _content(file, arrived)
            self._digests[key] = hashlib.blake2b(content, digest_size=16).digest()
        return self._digests[key]


def _content(file: Bytes, arrived: Arrived) -> bytearray:
    content = bytearray(file.sure)
    for index, pieces in arrived:
        apply(content, file.unsure[index], pieces)
    return content


def _everything(file: Bytes) -> Arrived:
    return tuple((index, ALL) for index in range(len(file.unsure)))


def _cut(file: Bytes, dice: random.Random) -> Arrived:
    """All but the last change, and of that one some pieces from the left."""
    last = len(file.unsure) - 1
    whole = tuple((index, ALL) for index in range(last))
    sectors = file.unsure[last].sectors()
    return whole if sectors < 2 else (*whole, (last, (1 << dice.randrange(1, sectors)) - 1))


def _at_random(file: Bytes, model: Model, dice: random.Random) -> Arrived:
    chosen: list[tuple[int, int]] = []
    length, has_hole = len(file.sure), False
    for index, change in enumerate(file.unsure):
        fate = dice.random()
        sectors = change.sectors()
        appends = change.content is not None and change.offset + len(change.content) > length
        pieces = ALL if fate < 0.4 or sectors < 2 else dice.randrange(1, 1 << sectors)
        if appends and model is Model.ORDERED:
            # From the left: once a piece is missing, nothing behind it is there.
            if has_hole:
                continue
            if fate >= 0.4:
                has_hole = True
                pieces = 0 if sectors < 2 else (1 << dice.randrange(sectors)) - 1
        elif fate >= 0.75:
            continue
        if pieces:
            chosen.append((index, pieces))
            length = max(length, change.offset + len(change.content or b""))
    return tuple(chosen)


def _some(steps: list[Step], model: Model, dice: random.Random) -> list[Step]:
    if model is Model.ORDERED:
        return steps[: dice.randint(0, len(steps))]
    return [step for step in steps if dice.random() < 0.5]


def _a_few(numbers: range, dice: random.Random) -> list[int]:
    return list(numbers) if len(numbers) <= _MOST_SINGLES else dice.sample(numbers, _MOST_SINGLES)
