"""Key slots and the people they belong to, of an open vault, as the window asks for them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.clock import iso_utc
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.roles import Role
from cport_desktop.ui.keeping_lines import (
    AnalystLine,
    ResealDone,
    SlotLine,
)
from cport_desktop.ui.keys import Key, KeyKind, NewKey
from cport_desktop.ui.keys_opening import (
    new_secret_of,
    secret_of,
    write_sheet,
)
from cport_desktop.usecases import (
    manage_analysts,
    manage_slots,
    reseal_files,
)
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_kinds import NewSecret
from cport_desktop.vault.vault import Vault
from cport_desktop.words import keys_window, slots
from cport_desktop.words.recovery_sheet import SheetFacts


class KeysAndPeople:
    """Whoever opens the vault, and with what. Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def slots(self) -> tuple[SlotLine, ...]:
        return tuple(
            SlotLine(
                name=row.name,
                kind=KeyKind(row.kind),
                analyst=row.analyst,
                is_mine=row.analyst == self._vault.actor,
                is_in_use=row.is_open_with,
                made_at=datetime.fromisoformat(row.made_at),
                opened_at=row.opened_at,
                tested_at=row.tested_at,
                place=row.place,
            )
            for row in manage_slots.list_slots(self._vault)
        )

    def write_sheet(self, path: Path, code: str) -> None:
        facts = SheetFacts(
            str(self._vault.directory.absolute()),
            keys_window.RECOVERY_SLOT,
            self._vault.actor,
            iso_utc(self._now()),
        )
        write_sheet(path, code, facts, vault=self._vault.directory)

    def add_slot(self, new: NewKey) -> None:
        with self._new(new) as secret:
            manage_slots.add_slot(self._vault, NewSlot(new.name, secret), now=self._now())

    def change_secret(self, key: Key, new: NewKey) -> None:
        old = secret_of(key, vault=self._vault.directory)
        with self._new(new) as secret:
            manage_slots.change_secret(self._vault, new.name, old, secret)

    def test_slot(self, key: Key) -> bool:
        secret = secret_of(key, vault=self._vault.directory)
        return manage_slots.opens(self._vault, key.slot or "", secret)

    def rename_slot(self, name: str, new_name: str) -> None:
        manage_slots.rename_slot(self._vault, name, new_name)

    def remove_slot(self, name: str, insists: bool) -> tuple[str, ...]:
        gone = manage_slots.remove_slot(self._vault, name, force=insists)
        told = (slots.OLD_COPIES,)
        return (*told, slots.LEFT_IN_KEYRING) if gone.keyring_kept else told

    def reseal(self, announce: Announce, is_cancelled: IsCancelled) -> ResealDone:
        done = reseal_files.reseal_files(self._vault, announce=announce, is_cancelled=is_cancelled)
        return ResealDone(done.files, done.size, done.damaged)

    def analysts(self) -> tuple[AnalystLine, ...]:
        return tuple(
            AnalystLine(
                row.analyst.name,
                row.analyst.roles,
                tuple(slot.name for slot in row.slots),
                row.is_present,
                row.retired_at,
            )
            for row in manage_analysts.list_analysts(self._vault)
        )

    def add_analyst(self, name: str, roles: frozenset[Role], new: NewKey) -> None:
        with self._new(new) as secret:
            slot = NewSlot(new.name, secret)
            manage_analysts.add_analyst(self._vault, name, roles, slot, now=self._now())

    def give_roles(self, name: str, roles: frozenset[Role]) -> None:
        others = frozenset(Role) - roles
        manage_analysts.change_roles(self._vault, name, add=roles, remove=others)

    def retire(self, name: str) -> None:
        manage_analysts.retire_analyst(self._vault, name)

    def _new(self, new: NewKey) -> AbstractContextManager[NewSecret]:
        vault = self._vault
        return new_secret_of(new, self._workstation, vault=vault.directory, nature=vault.nature)

    def _now(self) -> datetime:
        return self._workstation.clock.now()
