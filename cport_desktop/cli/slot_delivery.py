"""New secrets that somebody has to take away: a recovery code, a key file.

A code is shown on a terminal once and typed back, or written to a sheet that was asked for by
path. What was written for a slot that was then refused is removed again.
"""

from __future__ import annotations

import getpass
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cport_desktop.cli.grammar import Options
from cport_desktop.cli.slot_secrets import has_terminal
from cport_desktop.crypto.key_file import new_secret, print_key_file, require_elsewhere
from cport_desktop.crypto.recovery_code import new_code, parse_code, print_code
from cport_desktop.errors import (
    CportError,
    RecoveryCodeMistyped,
    RecoveryUndecided,
    SecretMissing,
    StorageFull,
    VaultDamaged,
)
from cport_desktop.exports.output_files import write_new
from cport_desktop.vault.slot_key_file import NewKeyFile
from cport_desktop.vault.slot_recovery import NewRecoveryCode
from cport_desktop.words import recovery_sheet as words
from cport_desktop.words.errors import explain
from cport_desktop.words.recovery_sheet import SheetFacts

_TRIES = 5
"""How often somebody may type the code back wrongly before it is all called off."""


@contextmanager
def new_recovery_code(
    options: Options, vault: Path, facts: SheetFacts
) -> Iterator[NewRecoveryCode]:
    """A code that somebody has: on the sheet of `--recovery-out`, or typed back at the terminal.

    Raises:
        RecoveryUndecided: neither a sheet nor a terminal.
        RecoveryCodeMistyped: it was not typed back in some tries.
        KeyFileInVault, OutputExists, OutputUnwritable, StorageFull: the sheet.
    """
    code = new_code(secrets.token_bytes)
    path = options.path("recovery_out")
    if path is None and not has_terminal():
        raise RecoveryUndecided
    if path is None:
        _show_and_ask_back(code)
        yield NewRecoveryCode(code)
    else:
        with _written(path, words.sheet(print_code(code), facts).encode(), vault):
            yield NewRecoveryCode(code)


@contextmanager
def new_key_file(options: Options, vault: Path) -> Iterator[NewKeyFile]:
    """A key file at the path of `--new-key-file`.

    Raises:
        SecretMissing: no path was said.
        KeyFileInVault, OutputExists, OutputUnwritable, StorageFull: the file.
    """
    path = options.path("new_key_file")
    if path is None:
        raise SecretMissing(what="key file (--new-key-file)")
    secret = new_secret(secrets.token_bytes)
    with _written(path, print_key_file(secret), vault):
        yield NewKeyFile(secret)


@contextmanager
def _written(path: Path, content: bytes, vault: Path) -> Iterator[None]:
    require_elsewhere(path, vault=vault)
    write_new(path, content)
    try:
        yield
    except (StorageFull, VaultDamaged):
        raise  # the change may be on record already, and the next opening finishes it
    except CportError:
        path.unlink(missing_ok=True)
        raise


def _show_and_ask_back(code: bytes) -> None:
    """On the terminal and nowhere else: standard output may be a file."""
    print(f"{words.SHOW_ONCE}\n\n    {print_code(code)}\n", file=sys.stderr)
    for tries_left in range(_TRIES - 1, -1, -1):
        try:
            if parse_code(getpass.getpass(words.TYPE_BACK)) == code:
                return
            print(words.NOT_AS_SHOWN, file=sys.stderr)
        except RecoveryCodeMistyped as error:
            if not tries_left:
                raise
            print(explain(error).message, file=sys.stderr)
    raise RecoveryCodeMistyped(group=None, groups=None)
