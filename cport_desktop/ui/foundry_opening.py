"""Fills `ui.foundry.Foundry` from the workstation: a vault is made, or restored from a backup."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from cport_desktop.bootstrap import Workstation
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.passphrase import encode_passphrase
from cport_desktop.crypto.recovery_code import parse_code
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.errors import (
    BackupDamaged,
    OutputExists,
    OutputUnwritable,
    VaultDamaged,
    VaultExists,
)
from cport_desktop.formats.erasure_notes import LONGEST_REGISTER
from cport_desktop.ui.foundry import Founding, Foundry, Hazard, RestoreDone, Restoring
from cport_desktop.ui.keys import DoorSlot, KeyKind
from cport_desktop.ui.keys_opening import new_recovery_code, secret_of, write_sheet
from cport_desktop.ui.named_files import content_of
from cport_desktop.usecases.restore_vault import RestoreOrder, restore_vault
from cport_desktop.vault import header_files
from cport_desktop.vault.backup_reader import look_at
from cport_desktop.vault.key_slots import NewSlot, public_facts
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.slot_passphrase import NewPassphrase
from cport_desktop.vault.slot_recovery import NewRecoveryCode
from cport_desktop.vault.surroundings import hazards_of
from cport_desktop.vault.vault import create_vault
from cport_desktop.words import keys_window, places
from cport_desktop.words.recovery_sheet import SheetFacts

PROGRAM: Final = "cport-desktop"


def make_foundry(workstation: Workstation) -> Foundry:
    """Where vaults are made."""

    def sheet(path: Path, folder: Path, analyst: str, code: str) -> None:
        facts = SheetFacts(
            str(folder.absolute()),
            keys_window.RECOVERY_SLOT,
            analyst,
            iso_utc(workstation.clock.now()),
        )
        write_sheet(path, code, facts, vault=folder)

    return Foundry(
        clock=workstation.clock,
        hazards=known_hazards,
        require_free=require_free,
        require_room=require_room,
        new_recovery_code=new_recovery_code,
        write_sheet=sheet,
        found=lambda order: _found(workstation, order),
        slots_of_backup=slots_of_backup,
        restore=partial(_restore, workstation),
    )


def known_hazards(directory: Path) -> tuple[Hazard, ...]:
    """What speaks against this place."""
    return tuple(
        Hazard(*places.hazard(each.kind.value, what=each.what, where=each.where))
        for each in hazards_of(directory)
    )


def require_free(directory: Path) -> None:
    """Nothing, if a vault can be made in `directory`.

    Raises:
        VaultExists: there is one.
        OutputExists: something else is there.
        OutputUnwritable: it is no folder, or cannot be read.
    """
    _require_free(directory, Layout(directory).unfinished)


def require_room(directory: Path) -> None:
    """Nothing, if a backup can be restored into `directory`. Raises as `require_free`."""
    _require_free(directory, Layout(directory).unfinished_restore)


def _require_free(directory: Path, leftover: Path) -> None:
    if header_files.exist(Layout(directory)):
        raise VaultExists(path=str(directory))
    try:
        if directory.exists() and any(directory.iterdir()):
            if leftover.exists():
                return  # What an attempt left that was cut short is removed by the next one.
            raise OutputExists(path=str(directory))
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise OutputUnwritable(path=str(directory), cause=cause) from error


def _found(workstation: Workstation, order: Founding) -> None:
    require_free(order.directory)
    slots = [
        NewSlot(
            keys_window.PASSPHRASE_SLOT,
            NewPassphrase(encode_passphrase(order.passphrase), workstation.key_cost(order.nature)),
        )
    ]
    if order.recovery is not None:
        secret = NewRecoveryCode(parse_code(order.recovery))
        slots.append(NewSlot(keys_window.RECOVERY_SLOT, secret))
    try:
        create_vault(
            order.directory,
            nature=order.nature,
            analyst=order.analyst,
            slots=slots,
            clock=workstation.clock,
        )
    except OSError as error:
        cause = error.strerror or type(error).__name__
        raise OutputUnwritable(path=str(order.directory), cause=cause) from error


def slots_of_backup(file: Path) -> tuple[DoorSlot, ...]:
    """What the backup says of the slots of its time; nothing vouches for it before one opens.

    Raises:
        BackupUnfit, BackupDamaged, VaultNewer: it is none, or cannot be read.
    """
    header = look_at(file).head.header.encode()
    try:
        slots = public_facts(header).slots
    except VaultDamaged as error:
        raise BackupDamaged(file=file.name, where="header") from error
    return tuple(DoorSlot(slot.name, KeyKind(slot.kind)) for slot in slots)


def _restore(
    workstation: Workstation, order: Restoring, announce: Announce, is_cancelled: IsCancelled
) -> RestoreDone:
    done = restore_vault(
        RestoreOrder(
            file=order.file,
            directory=order.directory,
            secret=secret_of(order.key, vault=order.directory),
            bases=order.bases,
            slot=order.key.slot,
            erasures=tuple(
                content_of(path, limit=LONGEST_REGISTER + 1) for path in order.registers
            ),
            marks=workstation.settings.marks,
        ),
        clock=workstation.clock,
        program=PROGRAM,
        announce=announce,
        is_cancelled=is_cancelled,
    )
    return RestoreDone(
        made_at=datetime.fromisoformat(done.made_at),
        size=done.size,
        blobs=done.blobs,
        erased_again=done.erased_again,
        findings=tuple(f"{each.where}: {each.what}" for each in done.findings),
    )
