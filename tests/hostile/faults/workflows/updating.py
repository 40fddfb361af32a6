"""An update with an application and lists is applied. At every moment one version is in force, and works."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cport_desktop.updates.shelf import Shelf
from cport_desktop.usecases.apply_update import file_name
from cport_desktop.usecases.update_place import Place as Account
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen
from tests.updates.bundles import (
    Publisher,
    a_place,
    an_application,
    application,
    applied,
    files_of,
    revocations,
    suffixes,
)


class Updating:
    name = "update"

    def prepare(self, place: Place) -> None:
        place.root.mkdir(parents=True)
        place.beside.mkdir(exist_ok=True)
        publisher = Publisher(place.beside)
        publisher.bundle(1, {**application("0.2"), **suffixes("2026-11-01")})
        publisher.bundle(
            2, {**application("0.3"), **suffixes("2026-11-18"), **revocations(versions=["0.1.9"])}
        )
        applied(_account(place), place.beside / "1.update")

    def run(self, place: Place, promise: Promise) -> None:
        applied(_account(place), place.beside / "2.update")
        promise("updated")

    def look(self, place: Place) -> Seen:
        account = _account(place)
        now = account.shelf.current().now
        assert now.version is not None
        assert now.data is not None
        wanted = {"0.2": "2026-11-01", "0.3": "2026-11-18"}[now.version]
        parts = {part.kind.value: part for part in account.shelf.parts(now.data)}
        assert parts["suffixes"].version == wanted, "half an update"
        for part in parts.values():
            if part.kind.value != "application":
                path = account.shelf.data_folder(now.data) / file_name(part)
                assert hashlib.sha256(path.read_bytes()).hexdigest() == part.sha256
        # What a power cut leaves is laid out again without permissions: bytes are compared, nothing is started.
        for name, content in files_of(an_application(now.version)).items():
            path = account.shelf.version_folder(now.version) / name
            assert path.read_bytes() == content, "half an application"
        facts = {"updated"} if now.version == "0.3" else set()
        return Seen(now.version, frozenset(facts))

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        assert "updated" in self.look(place).facts
        home = place.root / "home"
        assert not (home / "staging").exists()
        assert sorted(path.name for path in (home / "versions").iterdir()) == ["0.2", "0.3"]


def _account(place: Place) -> Account:
    """The account whose shelf lies where faults strike; the installed release does not."""
    account = a_place(place.beside / "account")
    return Account(
        Shelf(Path(place.root / "home")),
        account.pinned,
        account.platform,
        account.installed,
        account.tree,
        account.came_along,
    )
