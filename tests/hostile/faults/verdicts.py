"""Whether what was found in crash states may be.

What the kernel holds after each event is what a kill leaves there. After a power cut behind
event n, with the last promise given at event a, a vault may be as the kernel had it behind some
event from a to n, and as nothing else: not older, for then something promised is lost; not
between, for then something is half done.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.hostile.faults.messages import Checked
from tests.hostile.faults.trace import Deed, Event


def violations(
    events: list[Event], found: Sequence[Checked], *, kept: frozenset[str] = frozenset()
) -> list[str]:
    """A sentence for each state that must not be. `kept` had been true before the first event."""
    wrong = [f"{each.digest}: {each.fault}" for each in found if each.fault]
    sound = [each for each in found if not each.fault]
    identities = {point: each.identity for each in sound for point in each.kernel_points}
    promises = [line for event in events if event.deed is Deed.PROMISE for line in _lines(event)]
    for each in sound:
        for occurrence in each.occurrences:
            since, point = occurrence.since, occurrence.point
            allowed = {identities.get(at) for at in range(since, point + 1)}
            if each.identity not in allowed:
                wrong.append(f"{each.digest}: lost or half done behind event {point}")
            missing = (kept | set(promises[: occurrence.promised])) - set(each.facts)
            if missing:
                wrong.append(f"{each.digest}: promised and lost behind event {point}: {missing}")
    return wrong


def _lines(event: Event) -> list[str]:
    return event.content.decode().splitlines()
