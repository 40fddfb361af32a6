"""Slots are added, opened with, and removed; a removed one never opens the vault again."""

from __future__ import annotations

from cport_desktop.errors import SlotRevoked, WrongPassphrase
from cport_desktop.usecases.manage_slots import add_slot, remove_slot
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_key_file import KeyFile, NewKeyFile
from cport_desktop.vault.vault import Vault, open_vault
from tests.builders import NOON, a_clock
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen

_KEY = bytes(reversed(range(32)))


class SlotKeeping:
    name = "slots"

    def prepare(self, place: Place) -> None:
        place.root.mkdir(parents=True)
        vaults.create(place.vault)

    def run(self, place: Place, promise: Promise) -> None:
        with vaults.opened(place.vault) as vault:
            if not _has_stick(vault):
                add_slot(vault, NewSlot("stick", NewKeyFile(_KEY)), now=NOON)
            promise("added")
            remove_slot(vault, "stick")
            promise("removed")

    def look(self, place: Place) -> Seen:
        with vaults.checked(place) as vault:
            said = {row[0] for row in vaults.rows(vault, "SELECT verb FROM audit_entry")}
            facts = {fact for verb, fact in _FACTS.items() if verb in said}
            has_stick = _has_stick(vault)
            seen = vaults.seen(vault, *facts)
        assert has_stick == (facts == {"added"})
        assert _opens(place) == has_stick
        return seen

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        assert not _opens(place)


_FACTS = {"add_slot": "added", "remove_slot": "removed"}


def _has_stick(vault: Vault) -> bool:
    return any(slot.name == "stick" for slot in vault.header.header.slots)


def _opens(place: Place) -> bool:
    try:
        open_vault(
            place.vault, secret=KeyFile(_KEY), clock=a_clock(), program="faults", slot="stick"
        ).close()
    except (WrongPassphrase, SlotRevoked):
        return False
    return True
