"""Fills `ui.updating.Updating` from the workstation and an open vault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.ui.updating import (
    PartLine,
    UpdateDone,
    UpdateForecast,
    UpdateStand,
    Updating,
)
from cport_desktop.usecases.apply_update import Told, apply_update, check_update
from cport_desktop.usecases.freshness import portal_said
from cport_desktop.usecases.take_up_update import take_up_update
from cport_desktop.usecases.update_place import Place, place_here
from cport_desktop.usecases.update_standing import PartStanding, roll_back, update_standing
from cport_desktop.vault.vault import Vault
from cport_desktop.words import updates as words


def updating_of(workstation: Workstation, vault: Vault) -> Updating | None:
    """All that may be asked about updates beside one open vault; None where this process was not told where
    this account keeps them.
    """
    if workstation.settings.updates is None:
        return None
    acts = _Acts(workstation, vault)
    return Updating(acts.standing, acts.look, acts.apply, acts.back)


@dataclass(frozen=True, slots=True)
class _Acts:
    workstation: Workstation
    vault: Vault

    def standing(self) -> UpdateStand:
        found = update_standing(self._place, now=self.workstation.clock.now())
        warnings = [words.REVOKED_HERE] if found.is_revoked else []
        if found.is_clock_behind:
            warnings.append(words.CLOCK_BEHIND)
        if found.is_demo:
            warnings.append(words.DEMO_KEYS)
        return UpdateStand(tuple(map(_line, found.parts)), found.before, tuple(warnings))

    def look(self, path: Path, announce: Announce, is_cancelled: IsCancelled) -> UpdateForecast:
        told = check_update(
            self._place, path, now=self._now(), is_cancelled=is_cancelled, announce=announce
        )
        return UpdateForecast(_changes(told), _warnings(told))

    def apply(self, path: Path, announce: Announce, is_cancelled: IsCancelled) -> UpdateDone:
        told = apply_update(
            self._place,
            path,
            now=self._now(),
            accepts_demo=self.vault.nature.is_synthetic,
            is_cancelled=is_cancelled,
            announce=announce,
        )
        taken, changes = take_up_update(
            self.vault, self._place, announce=announce, is_cancelled=is_cancelled
        )
        lines = [words.NEXT_START]
        if taken.lists:
            lines.append(words.taken(len(taken.lists)))
        if taken.signers:
            lines.append(words.dropped_signers(len(taken.signers)))
        if told.leaves_application:
            lines.append(words.LEFT_APPLICATION)
        return UpdateDone(tuple(lines), changes)

    def back(self) -> UpdateDone:
        went = roll_back(self._place)
        more = (words.OLDER_SCHEMA,) if went.opens_less else ()
        return UpdateDone((words.BACK, *more), Changes.NOTHING)

    @property
    def _place(self) -> Place:
        return place_here(self.workstation.settings)

    def _now(self) -> datetime:
        """The later of this machine's moment and the last that the portal signed."""
        said, now = portal_said(self.vault), self.workstation.clock.now()
        return now if said is None else max(now, said)


def _line(found: PartStanding) -> PartLine:
    part = found.part
    days = None if found.age is None else found.age.days
    age = words.age(days, part.day, is_old=found.is_old)
    name = words.name_of(part.kind.value, part.name)
    return PartLine(name, f"{part.version} · {age}", found.is_old)


def _changes(told: Told) -> tuple[str, ...]:
    return tuple(
        words.changed(
            words.name_of(change.part.kind.value, change.part.name),
            change.part.version,
            None if change.before is None else change.before.version,
        )
        for change in told.changing
    )


def _warnings(told: Told) -> tuple[str, ...]:
    warnings = [words.LEFT_APPLICATION] if told.leaves_application else []
    if told.is_demo:
        warnings.append(words.DEMO_KEYS)
    return tuple(warnings)
