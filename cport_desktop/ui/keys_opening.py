"""Keys as the window takes them, for the vault: secrets, new slots, new vaults, the door.

Beside it only `ui.opening` and the rooms of `ui.keeping_opening` know use cases.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.clock import iso_utc
from cport_desktop.crypto.key_file import (
    new_secret,
    print_key_file,
    read_key_file,
    require_elsewhere,
)
from cport_desktop.crypto.passphrase import encode_passphrase
from cport_desktop.crypto.recovery_code import new_code, parse_code, print_code
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import (
    CportError,
    OutputExists,
    OutputUnwritable,
    StorageFull,
    VaultDamaged,
    VaultExists,
)
from cport_desktop.exports.output_files import write_new
from cport_desktop.ui.foundry import Founding, Foundry, Hazard
from cport_desktop.ui.keys import Key, KeyKind, NewKey
from cport_desktop.vault import header_files
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.layout import Layout
from cport_desktop.vault.slot_key_file import KeyFile, NewKeyFile
from cport_desktop.vault.slot_keyring import KeyringPin, NewKeyring
from cport_desktop.vault.slot_kinds import NewSecret, Secret
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.slot_recovery import NewRecoveryCode, RecoveryCode
from cport_desktop.vault.slot_token import NewToken, TokenPin
from cport_desktop.vault.surroundings import hazards_of
from cport_desktop.vault.vault import create_vault
from cport_desktop.words import keys_window, places, recovery_sheet
from cport_desktop.words.recovery_sheet import SheetFacts

_NOWHERE = Path("none")


def secret_of(key: Key, *, vault: Path) -> Secret:
    """What opens a slot, out of what somebody brought.

    Raises:
        KeyFileMalformed, KeyFileInVault: the key file.
        RecoveryCodeMistyped: says in which group.
    """
    match key.kind:
        case KeyKind.PASSPHRASE:
            return Passphrase(encode_passphrase(key.text))
        case KeyKind.RECOVERY:
            return RecoveryCode(parse_code(recovery_sheet.code_in(key.text)))
        case KeyKind.KEY_FILE:
            return KeyFile(read_key_file(key.path or _NOWHERE, vault=vault))
        case KeyKind.KEYRING:
            return KeyringPin(encode_passphrase(key.text))
        case KeyKind.TOKEN:
            return TokenPin(key.text.encode(), key.path)


@contextmanager
def new_secret_of(
    new: NewKey, workstation: Workstation, *, vault: Path, nature: Nature
) -> Iterator[NewSecret]:
    """What a new slot is to be opened with. A key file is written first, and removed again if
    the slot was refused.

    Raises:
        RecoveryCodeMistyped: never, unless the code is not one that was made here.
        KeyFileInVault, OutputExists, OutputUnwritable, StorageFull: the key file.
    """
    match new.kind:
        case KeyKind.PASSPHRASE:
            yield NewPassphrase(encode_passphrase(new.text), workstation.key_cost(nature))
        case KeyKind.RECOVERY:
            yield NewRecoveryCode(parse_code(new.text))
        case KeyKind.KEY_FILE:
            content = new_secret(secrets.token_bytes)
            with _written(new.path or _NOWHERE, print_key_file(content), vault=vault):
                yield NewKeyFile(content)
        case KeyKind.KEYRING:
            yield NewKeyring(encode_passphrase(new.text), workstation.key_cost(nature))
        case KeyKind.TOKEN:
            yield NewToken(new.path or _NOWHERE, new.text.encode(), new.token)


def new_recovery_code() -> str:
    """A code in groups, that no slot has yet."""
    return print_code(new_code(secrets.token_bytes))


def write_sheet(path: Path, code: str, facts: SheetFacts, *, vault: Path) -> None:
    """A recovery sheet lies at `path`, in the clear, as somebody asked.

    Raises:
        KeyFileInVault, OutputExists, OutputUnwritable, StorageFull.
    """
    require_elsewhere(path, vault=vault)
    write_new(path, recovery_sheet.sheet(code, facts).encode())


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
        hazards=known_hazards,
        require_free=require_free,
        new_recovery_code=new_recovery_code,
        write_sheet=sheet,
        found=lambda order: _found(workstation, order),
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
    if header_files.exist(Layout(directory)):
        raise VaultExists(path=str(directory))
    try:
        if directory.exists() and any(directory.iterdir()):
            if Layout(directory).unfinished.exists():
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


@contextmanager
def _written(path: Path, content: bytes, *, vault: Path) -> Iterator[None]:
    require_elsewhere(path, vault=vault)
    write_new(path, content)
    try:
        yield
    except (StorageFull, VaultDamaged):
        raise  # The change may be on record already, and the next opening finishes it.
    except CportError:
        path.unlink(missing_ok=True)
        raise
