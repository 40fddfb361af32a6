"""Take an update in from a file: verified whole, laid beside what is there, proved, and then in force at once.

    metadata believed? -> every file to `staging`, against its signed digest -> each of them readable?
    -> the application laid out, and it passes its own test -> what was believed is kept -> `current`

Whatever ends it before the last step, a kill included, leaves in force what was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn

from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.domain.updates import (
    Change,
    Part,
    PartKind,
    Revocations,
    Standing,
    changes_of,
)
from cport_desktop.errors import Cancelled, CportError, UpdateRefused, UpdateUntrusted
from cport_desktop.formats import region_profiles, taxonomies
from cport_desktop.formats.domain_lists import parse_criteria, parse_services
from cport_desktop.formats.public_suffix_file import parse_suffixes
from cport_desktop.formats.update_parts import parse_revocations
from cport_desktop.updates.believed import Verified
from cport_desktop.updates.bundle import Bundle, open_bundle
from cport_desktop.updates.durably import naming_faults, new_file, write_all
from cport_desktop.updates.proof import prove
from cport_desktop.updates.shelf import FILES, Current, InForce
from cport_desktop.updates.trust import is_demo, verify
from cport_desktop.updates.unpacking import unpack
from cport_desktop.usecases.update_place import Place
from cport_desktop.words import updates as words

_ARCHIVE: Final = "application.tar.gz"
_READERS: Final = {
    PartKind.SUFFIXES: parse_suffixes,
    PartKind.SERVICES: parse_services,
    PartKind.CRITERIA: parse_criteria,
    PartKind.TAXONOMY: taxonomies.parse_taxonomy,
    PartKind.REGION_PROFILE: region_profiles.parse_profile,
    PartKind.REVOCATIONS: parse_revocations,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a bundle brings. `leaves_application`: it brings one, and none can be taken in here."""

    changes: tuple[Change, ...]
    number: int
    issued: datetime
    expires: datetime
    is_demo: bool
    leaves_application: bool

    @property
    def changing(self) -> tuple[Change, ...]:
        """What is different afterwards."""
        return tuple(change for change in self.changes if change.standing is not Standing.SAME)


def check_update(
    place: Place, path: Path, *, now: datetime, is_cancelled: IsCancelled, announce: Announce
) -> Told:
    """What the bundle at `path` would change; every byte of it is verified, and nothing is kept.

    Raises:
        InputUnreadable: the file. UpdateUntrusted: it is not believed. Cancelled: it was asked to stop.
        UpdateRefused: it is genuine and not for here.
    """
    with open_bundle(path) as bundle:
        verified = _verified(place, bundle, now)
        told = _told(place, verified)
        gathered = _Gathered(announce, is_cancelled)
        for file in verified.files:
            keeps = file.part is not None and file.part.kind is PartKind.REVOCATIONS
            content = gathered.bytes_of(bundle, file.size, file.sha256, keeps=keeps)
            if keeps:
                _require_readable(PartKind.REVOCATIONS, content)
                _require_allowed(told, parse_revocations(content))
        bundle.require_end()
    _require_fit(place, told)
    _require_allowed(told, place.shelf.revocations())
    return told


def apply_update(
    place: Place,
    path: Path,
    *,
    now: datetime,
    accepts_demo: bool,
    is_cancelled: IsCancelled,
    announce: Announce,
) -> Told:
    """What the bundle at `path` brings is in force from the next start on.

    Raises:
        InputUnreadable: the file. UpdateUntrusted: it is not believed. Cancelled: it was asked to stop.
        UpdateRefused: it is genuine and not for here, is signed by the demo's keys where those are not
            accepted, or another update is under way.
        UpdateUnproven: the application that it brings does not work here.
        StorageFull, StorageUnwritable, VaultDamaged: the disk. Whatever is raised, in force is what was.
    """
    if is_demo(place.pinned) and not accepts_demo:
        _refuse("demo")
    with place.shelf.held(), open_bundle(path) as bundle:
        current = place.shelf.current()
        verified = _verified(place, bundle, now)
        told = _told(place, verified)
        _require_fit(place, told)
        staging = place.shelf.stage()
        try:
            with _Staged(place, staging, bundle, verified).read(announce, is_cancelled) as staged:
                believed = place.shelf.revocations().with_those_of(staged.revocations)
                _require_allowed(told, believed)
                fresh = staged.place(told, current, is_cancelled)
                place.shelf.keep(verified.kept, believed)
                if fresh != current.now:
                    place.shelf.put(Current(fresh, current.now))
        finally:
            place.shelf.tidy()
    return told


def _verified(place: Place, bundle: Bundle, now: datetime) -> Verified:
    return verify(bundle.metadata, place.shelf.kept(), pinned=place.pinned, now=now)


def _told(place: Place, verified: Verified) -> Told:
    brought = [part for part in verified.parts if _is_taken(place, part)]
    changes = changes_of(brought, place.in_force(place.shelf.current()))
    return Told(
        changes,
        verified.number,
        verified.issued,
        verified.expires,
        verified.is_demo,
        leaves_application=len(brought) != len(verified.parts),
    )


def _is_taken(place: Place, part: Part) -> bool:
    return part.kind is not PartKind.APPLICATION or place.tree is not None


def _require_fit(place: Place, told: Told) -> None:
    for change in told.changes:
        if change.part.kind is PartKind.APPLICATION and change.part.platform != place.platform:
            _refuse("platform")
        if change.standing is Standing.OLDER:
            _refuse("older")


def _require_allowed(told: Told, revocations: Revocations) -> None:
    for change in told.changes:
        part = change.part
        if part.kind is PartKind.APPLICATION and revocations.forbids(part.version):
            _refuse("revoked")


def _require_readable(kind: PartKind, content: bytes) -> None:
    """Raises:
    UpdateUntrusted: this version cannot read it.
    """
    try:
        _READERS[kind](content)
    except CportError as error:
        raise UpdateUntrusted(what="data", cause=words.UNTRUSTED["data"]) from error


@dataclass(slots=True)
class _Gathered:
    """Tells how far reading is, and stops it."""

    announce: Announce
    is_cancelled: IsCancelled
    done: int = 0

    def bytes_of(self, bundle: Bundle, size: int, sha256: str, *, keeps: bool) -> bytes:
        pieces: list[bytes] = []

        def take(piece: bytes) -> None:
            self.saw(piece)
            if keeps:
                pieces.append(piece)

        bundle.copy_next(size, sha256, take)
        return b"".join(pieces)

    def saw(self, piece: bytes) -> None:
        if self.is_cancelled():
            raise Cancelled
        self.done += len(piece)
        self.announce(Progress(Phase.IMPORTING, self.done, None))


@dataclass(slots=True)
class _Staged:
    """A bundle's files while they lie in `staging`."""

    where: Place
    staging: Path
    bundle: Bundle
    verified: Verified
    revocations: Revocations = field(default_factory=Revocations)

    @property
    def data(self) -> Path:
        return self.staging / "data"

    @contextmanager
    def read(self, announce: Announce, is_cancelled: IsCancelled) -> Iterator[_Staged]:
        """Every file lies here, as it was signed, and can be read; the bundle is at its end."""
        with naming_faults("staging"):
            self.data.mkdir(mode=0o700)
        gathered = _Gathered(announce, is_cancelled)
        for file in self.verified.files:
            target = None if file.part is None else self._path_of(file.part)
            if target is None:
                gathered.bytes_of(self.bundle, file.size, file.sha256, keeps=False)
            else:
                self._copy(file.size, file.sha256, target, gathered)
        self.bundle.require_end()
        for part in self.verified.parts:
            self._look_into(part)
        yield self

    def _copy(self, size: int, sha256: str, target: Path, gathered: _Gathered) -> None:
        with new_file(target) as descriptor:

            def take(piece: bytes) -> None:
                gathered.saw(piece)
                with naming_faults(target.name):
                    write_all(descriptor, piece)

            self.bundle.copy_next(size, sha256, take)

    def _path_of(self, part: Part) -> Path | None:
        """Where it goes; None for what is passed over."""
        if part.kind is PartKind.APPLICATION:
            return self.staging / _ARCHIVE if self.where.tree is not None else None
        return self.data / file_name(part)

    def _look_into(self, part: Part) -> None:
        if part.kind in _READERS:
            content = (self.data / file_name(part)).read_bytes()
            _require_readable(part.kind, content)
            if part.kind is PartKind.REVOCATIONS:
                self.revocations = parse_revocations(content)

    def place(self, told: Told, current: Current, is_cancelled: IsCancelled) -> InForce:
        """Application and data are on the shelf; what is to be in force."""
        changing = {change.part.key for change in told.changing}
        version = current.now.version
        if (PartKind.APPLICATION, "") in changing:
            version = self._place_application(told, current, is_cancelled)
        if not changing:
            return current.now
        return InForce(version, self._place_data(current.now.data))

    def _place_application(self, told: Told, current: Current, is_cancelled: IsCancelled) -> str:
        (part,) = (c.part for c in told.changes if c.part.kind is PartKind.APPLICATION)
        shelf, tree = self.where.shelf, self.staging / "tree"
        before = current.before
        if (
            before is not None
            and before.version == part.version
            and part in shelf.parts(before.data)
        ):
            # It went back and comes again: what lies here may be running still.
            placed = shelf.version_folder(part.version)
        else:
            unpack(self.staging / _ARCHIVE, tree, is_cancelled=is_cancelled)
            placed = shelf.place_version(tree, part.version)
        prove(placed, part.version)
        return part.version

    def _place_data(self, before: str | None) -> str:
        """A folder of all data that counts now: what the bundle brings, and what it is silent about."""
        shelf = self.where.shelf
        brought = {part.key: part for part in self.verified.parts if _is_taken(self.where, part)}
        parts = list(brought.values())
        for part in shelf.parts(before):
            if part.key in brought:
                continue
            parts.append(part)
            if part.kind is not PartKind.APPLICATION and before is not None:
                name = file_name(part)
                _copy_over(shelf.data_folder(before) / name, self.data / name)
        number = self.verified.number
        while shelf.data_folder(str(number)).exists():
            # After going back the same bundle may come again, beside what it brought before.
            number += 1
        data = str(number)
        shelf.place_data(self.data, data, tuple(parts))
        return data


def file_name(part: Part) -> str:
    """What its file is called on the shelf: never by a word of the bundle."""
    if part.kind is PartKind.HASH_LIST:
        return f"list-{part.sha256}"
    return FILES[part.kind]


def _copy_over(source: Path, target: Path) -> None:
    with new_file(target) as descriptor, naming_faults(source.name), source.open("rb") as file:
        while piece := file.read(1 << 20):
            write_all(descriptor, piece)


def _refuse(what: str) -> NoReturn:
    raise UpdateRefused(what=what, cause=words.REFUSED[what])
