"""A backup is restored. A crash leaves the vault, or nothing that hinders the next attempt."""

from __future__ import annotations

from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import NotAVault, RestoreUnfinished
from cport_desktop.usecases.back_up import back_up
from cport_desktop.usecases.restore_vault import RestoreOrder, restore_vault
from tests.builders import a_clock, hold_media, noise
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen


class Restoring:
    name = "restore"

    def prepare(self, place: Place) -> None:
        place.root.mkdir(parents=True)
        vaults.create(place.beside / "vault")
        with vaults.opened(place.beside / "vault") as vault:
            hold_media(vault, 1, noise(20_000))
            back_up(vault, place.beside / "backup", announce=silent, is_cancelled=never)

    def run(self, place: Place, promise: Promise) -> None:
        _restore(place)
        promise("vault")

    def look(self, place: Place) -> Seen:
        try:
            with vaults.checked(place) as vault:
                return vaults.seen(vault, "vault")
        except (NotAVault, RestoreUnfinished):
            _restore(place)
            with vaults.checked(place):
                return Seen("no vault", frozenset())

    def finish(self, place: Place) -> None:
        with vaults.checked(place):
            pass


def _restore(place: Place) -> None:
    restored = restore_vault(
        RestoreOrder(place.beside / "backup", place.vault, vaults.SECRET),
        clock=a_clock(),
        program="faults",
        announce=silent,
        is_cancelled=never,
    )
    assert restored.findings == (), restored.findings
