"""What of updates stands on this account, and going back to what was in force before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from cport_desktop.domain.retention import TOLERANCE
from cport_desktop.domain.updates import Part, age_of, is_old
from cport_desktop.errors import UpdateRefused
from cport_desktop.updates.proof import Proof, prove
from cport_desktop.updates.shelf import Current, InForce
from cport_desktop.updates.trust import is_demo, issued_of
from cport_desktop.usecases.update_place import Place
from cport_desktop.words import updates as words


@dataclass(frozen=True, slots=True)
class PartStanding:
    """`age`: None where nobody says of when it is, or this machine's clock is doubted."""

    part: Part
    age: timedelta | None
    is_old: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """`version` runs from the next start on. `before`: the version that a rollback brings; None where there
    is nothing to go back to. `issued`: when the newest update that was believed here was signed.
    """

    version: str
    installed: str
    parts: tuple[PartStanding, ...]
    before: str | None
    issued: datetime | None
    is_clock_behind: bool
    is_demo: bool
    is_revoked: bool
    """The version in force is not to be run any more."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """`version` is in force. `opens_less`: vaults that the other one opened may have been migrated."""

    version: str
    opens_less: bool


def update_standing(place: Place, *, now: datetime) -> Standing:
    """What is in force, how old each part is, and what could come back."""
    current, kept = place.shelf.current(), place.shelf.kept()
    issued = None if kept.timestamp is None else issued_of(kept.timestamp)
    is_behind = issued is not None and now < issued - TOLERANCE
    today = now.date()
    parts = tuple(
        PartStanding(
            part,
            None if is_behind else age_of(part, today),
            not is_behind and is_old(part, today),
        )
        for part in place.in_force(current)
    )
    before = None if current.before is None else place.version_of(current.before)
    pinned = kept.root or place.pinned
    return Standing(
        place.version_of(current.now),
        place.installed,
        parts,
        before,
        issued,
        is_behind,
        is_demo(pinned),
        place.shelf.revocations().forbids(place.version_of(current.now)),
    )


def roll_back(place: Place) -> WentBack:
    """What was in force before is in force again; going back once more undoes it.

    Raises:
        UpdateRefused: there is nothing to go back to, it was revoked, or another update is under way.
        UpdateUnproven: the version that would come back does not work any more.
        StorageFull, StorageUnwritable, VaultDamaged: the disk. Whatever is raised, in force is what was.
    """
    with place.shelf.held():
        current = place.shelf.current()
        before = current.before
        if before is None:
            _refuse("nothing_before")
        proof = _proof_of(place, current, before)
        place.shelf.put(Current(before, current.now))
        place.shelf.tidy()
    return WentBack(
        place.version_of(before), opens_less=proof is not None and proof.schema < place.schema
    )


def _proof_of(place: Place, current: Current, before: InForce) -> Proof | None:
    """That the application which comes back works; None where it is the one in force."""
    version = place.version_of(before)
    if version == place.version_of(current.now):
        return None
    if place.shelf.revocations().forbids(version):
        _refuse("revoked")
    tree = _tree_of(place, before)
    if tree is None:
        _refuse("gone")
    return prove(tree, version)


def _tree_of(place: Place, pair: InForce) -> Path | None:
    version = place.version_of(pair)
    if pair.version == version:
        return place.shelf.version_folder(version)
    return place.tree


def _refuse(what: str) -> NoReturn:
    raise UpdateRefused(what=what, cause=words.REFUSED[what])
