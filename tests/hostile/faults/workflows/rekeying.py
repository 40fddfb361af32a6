"""The master key is changed. A crash leaves a vault that the same secret opens."""

from __future__ import annotations

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.progress import silent
from cport_desktop.usecases.rekey_vault import rekey_vault
from tests.builders import a_clock, hold_media, noise
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen


class Rekeying:
    name = "rekey"

    def prepare(self, place: Place) -> None:
        place.root.mkdir(parents=True)
        vaults.create(place.vault)
        with vaults.opened(place.vault) as vault:
            hold_media(vault, 1, noise(20_000))

    def run(self, place: Place, promise: Promise) -> None:
        rekey_vault(
            place.vault,
            secret=vaults.SECRET,
            slot=None,
            clock=a_clock(),
            program="faults",
            announce=silent,
        )
        promise("rekeyed")

    def look(self, place: Place) -> Seen:
        with vaults.checked(place) as vault:
            with vault.reader() as reader:
                assert b"".join(vault.blobs.read(reader, MediaId(1))) == noise(20_000)
            done = vaults.rows(vault, "SELECT 'rekeyed' FROM audit_entry WHERE verb = 'rekey'")
            return vaults.seen(vault, *(row[0] for row in done))

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        assert "rekeyed" in self.look(place).facts
