"""Keys as the window takes them, for the vault: secrets, new slots, recovery sheets."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.bootstrap import Workstation
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
    StorageFull,
    VaultDamaged,
)
from cport_desktop.exports.output_files import write_new
from cport_desktop.ui.keys import Key, KeyKind, NewKey
from cport_desktop.vault.slot_key_file import KeyFile, NewKeyFile
from cport_desktop.vault.slot_keyring import KeyringPin, NewKeyring
from cport_desktop.vault.slot_kinds import NewSecret, Secret
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.slot_recovery import NewRecoveryCode, RecoveryCode
from cport_desktop.vault.slot_token import NewToken, TokenPin
from cport_desktop.words import recovery_sheet
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
