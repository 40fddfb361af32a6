"""A backup is made of a vault in use, then a second one that builds on it."""

from __future__ import annotations

import shutil

from cport_desktop.domain.progress import never, silent
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.restore_vault import RestoreOrder, restore_vault
from tests.builders import a_clock, hold_media, noise
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen

FIRST, SECOND = "first.backup", "second.backup"


class BackingUp:
    name = "backup"

    def prepare(self, place: Place) -> None:
        (place.root / "out").mkdir(parents=True)
        vaults.create(place.vault)
        with vaults.opened(place.vault) as vault:
            hold_media(vault, 1, noise(20_000))

    def run(self, place: Place, promise: Promise) -> None:
        out = place.root / "out"
        with vaults.opened(place.vault) as vault:
            for name, since in ((FIRST, None), (SECOND, out / FIRST)):
                if not (out / name).exists():
                    back_up(vault, out / name, since=since, announce=silent, is_cancelled=never)
                promise(name)

    def look(self, place: Place) -> Seen:
        """What has a backup's name is a backup, whole."""
        with vaults.checked(place) as vault:
            there = [name for name in (FIRST, SECOND) if (place.root / "out" / name).exists()]
            seen = vaults.seen(vault, *there)
        for name in there:
            _require_restorable(place, name)
        return seen

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        _require_no_half(place)
        assert {FIRST, SECOND} <= self.look(place).facts


def _require_no_half(place: Place) -> None:
    """Nothing but the two files; a second name of one of them may have outlived a power cut."""
    for path in (place.root / "out").iterdir():
        whole = path.with_name(path.name.removesuffix(".part"))
        assert whole.name in (FIRST, SECOND)
        assert path.read_bytes() == whole.read_bytes()


def _require_restorable(place: Place, name: str) -> None:
    scratch, out = place.folder / "scratch", place.root / "out"
    shutil.rmtree(scratch, ignore_errors=True)
    restored = restore_vault(
        RestoreOrder(
            out / name,
            scratch,
            vaults.SECRET,
            bases=() if name == FIRST else (out / FIRST,),
        ),
        clock=a_clock(),
        program="faults",
        announce=silent,
        is_cancelled=never,
    )
    assert restored.findings == (), restored.findings
