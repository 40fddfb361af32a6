"""Media files come into the vault, chunk by chunk, and one is refused in the end."""

from __future__ import annotations

from cport_desktop.domain.ids import MediaId
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry, an_examination, announce_media, digests_of, noise
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen

NUMBERS = range(1, 7)
REFUSED = 5
_PIECE = 20_000


def content_of(number: int) -> bytes:
    """From nothing at all to some three chunks."""
    return noise((number - 1) * 9_001, seed=number)


class Importing:
    name = "import"

    def prepare(self, place: Place) -> None:
        place.root.mkdir(parents=True)
        vaults.create(place.vault)

    def run(self, place: Place, promise: Promise) -> None:
        with vaults.opened(place.vault) as vault:
            for number in NUMBERS:
                if not vaults.rows(vault, f"SELECT 1 FROM media_item WHERE media_id = {number}"):
                    announce_media(vault, number, content_of(number))
            for number in NUMBERS:
                if f"media {number} wanted" in vaults.media_facts(vault):
                    promise(_take(vault, number))

    def look(self, place: Place) -> Seen:
        with vaults.checked(place) as vault:
            for number in NUMBERS:
                if f"media {number} held" in vaults.media_facts(vault):
                    with vault.reader() as reader:
                        assert b"".join(vault.blobs.read(reader, MediaId(number))) == content_of(
                            number
                        )
            return vaults.seen(vault)

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        states = {f"media {n} {'refused' if n == REFUSED else 'held'}" for n in NUMBERS}
        with vaults.checked(place) as vault:
            assert vaults.media_facts(vault) == states
            assert list(vault.layout.staging.iterdir()) == []


def _take(vault: Vault, number: int) -> str:
    content = content_of(number)
    intake = vault.intake(MediaId(number))
    try:
        for start in range(intake.offset, len(content), _PIECE):
            intake.write(content[start : start + _PIECE])
        assert b"".join(intake.read()) == content
        examination = an_examination()
        if number != REFUSED:
            vault.derivatives.put(MediaId(number), examination)
        with vault.transaction() as tx:
            if number == REFUSED:
                intake.refuse(tx, "digest differs")
            else:
                intake.settle(tx, digests_of(content), examination)
            tx.record(an_entry("take"))
    finally:
        intake.close()
    return f"media {number} {'refused' if number == REFUSED else 'held'}"
