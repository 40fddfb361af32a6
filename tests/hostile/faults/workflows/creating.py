"""A vault is made. A crash leaves it, or nothing that hinders the next attempt."""

from __future__ import annotations

from cport_desktop.errors import NotAVault
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen

_NOTHING = Seen("no vault", frozenset())


class Creating:
    name = "create"

    def prepare(self, place: Place) -> None:
        place.root.mkdir(parents=True)

    def run(self, place: Place, promise: Promise) -> None:
        vaults.create(place.vault)
        promise("vault")

    def look(self, place: Place) -> Seen:
        try:
            with vaults.checked(place) as vault:
                return vaults.seen(vault, "vault")
        except NotAVault:
            vaults.create(place.vault)
            with vaults.checked(place):
                return _NOTHING

    def finish(self, place: Place) -> None:
        with vaults.checked(place):
            pass
