"""Reports and their files are erased, and another file is sealed anew under another key."""

from __future__ import annotations

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.progress import never, silent
from cport_desktop.usecases.reseal_files import reseal_files
from cport_desktop.vault.vault import Vault
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen
from tests.report_builders import new
from tests.vault.erasing import apply, content_of, erase, receive, with_media

ERASED = (1, 2)
KEPT = 3


class Erasing:
    name = "erase"

    def prepare(self, place: Place) -> None:
        place.root.mkdir(parents=True)
        vaults.create(place.vault)
        with vaults.opened(place.vault) as vault:
            for number in (*ERASED, KEPT):
                apply(vault, new(with_media(number, number * 10)))
                receive(vault, number * 10)

    def run(self, place: Place, promise: Promise) -> None:
        with vaults.opened(place.vault) as vault:
            for number in ERASED:
                if f"report {number}" in vaults.report_facts(vault):
                    erase(vault, number, name=f"E-{number}")
                vault.finish_erasures()
                promise(f"erased {number}")
            reseal_files(vault, announce=silent, is_cancelled=never)
            promise("resealed")

    def look(self, place: Place) -> Seen:
        with vaults.checked(place) as vault:
            with vault.reader() as reader:
                kept = b"".join(vault.blobs.read(reader, MediaId(KEPT * 10)))
            assert kept == content_of(KEPT * 10)
            return vaults.seen(vault, *_erased(vault), *_resealed(vault))

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        facts = self.look(place).facts
        assert {f"erased {number}" for number in ERASED} | {"resealed"} <= facts


def _erased(vault: Vault) -> set[str]:
    """Wholly: no row, no file, and a certificate that says so."""
    here = vaults.report_facts(vault)
    certified = vaults.rows(vault, "SELECT erasure_id FROM erasure WHERE length(certificate) > 0")
    gone = {row[0].removeprefix("E-") for row in certified}
    return {f"erased {number}" for number in gone if f"report {number}" not in here}


def _resealed(vault: Vault) -> set[str]:
    done = vaults.rows(vault, "SELECT 1 FROM seal_round WHERE finished_at IS NOT NULL")
    return {"resealed"} if done else set()
