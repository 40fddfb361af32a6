"""What opens a vault, by whichever kind of slot: from a file, a descriptor, or the terminal.

A secret is never an argument. One kind at a time: without any option it is a passphrase.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from cport_desktop.cli.grammar import Options
from cport_desktop.cli.passphrase import read_passphrase
from cport_desktop.crypto.key_file import read_key_file
from cport_desktop.crypto.passphrase import encode_passphrase
from cport_desktop.crypto.recovery_code import parse_code
from cport_desktop.errors import (
    ArgumentsUnclear,
    KeyFileMalformed,
    PassphraseMissing,
    SecretMissing,
)
from cport_desktop.vault.slot_key_file import KeyFile
from cport_desktop.vault.slot_keyring import KeyringPin
from cport_desktop.vault.slot_kinds import Secret
from cport_desktop.vault.slot_passphrase import Passphrase
from cport_desktop.vault.slot_recovery import RecoveryCode
from cport_desktop.vault.slot_token import TokenPin
from cport_desktop.words.recovery_sheet import code_in

LONGEST: Final = 65_536
"""Bytes of a file with a secret; a wrong file is found out early."""

PASSPHRASE, RECOVERY, KEY_FILE, KEYRING, TOKEN = (
    "passphrase", "recovery", "key-file", "keyring", "token",
)  # fmt: skip

_ASKED: Final[Mapping[str, str]] = {
    PASSPHRASE: "Passphrase: ",
    RECOVERY: "Recovery code: ",
    KEYRING: "PIN: ",
    TOKEN: "PIN: ",
}


def opening_kind(options: Options) -> str:
    """The kind of slot that the options want to open the vault with.

    Raises:
        ArgumentsUnclear: several kinds at once.
    """
    said = {
        PASSPHRASE: options.passphrase_file is not None or options.passphrase_fd is not None,
        RECOVERY: options.recovery_code or options.recovery_code_file is not None,
        KEY_FILE: options.key_file is not None,
        KEYRING: options.keyring,
        TOKEN: options.token,
    }
    kinds = [kind for kind, is_said in said.items() if is_said]
    if len(kinds) > 1:
        raise ArgumentsUnclear(
            cause=f"one kind of slot at a time: {', '.join(kinds)}", command="cport"
        )
    return kinds[0] if kinds else PASSPHRASE


def opening_secret(options: Options) -> Secret:
    """What the options point to, else asked for without echo.

    Raises:
        ArgumentsUnclear: several kinds at once.
        PassphraseMissing, SecretMissing: nothing points to it and there is nobody to ask.
        KeyFileMalformed, KeyFileInVault: a file cannot be read, or lies in the vault.
        RecoveryCodeMistyped: says in which group.
    """
    kind = opening_kind(options)
    if kind == PASSPHRASE:
        return Passphrase(encode_passphrase(read_passphrase(options)))
    if kind == KEY_FILE:
        return _secret_of(kind, options, options.key_file, None)
    if kind == RECOVERY:
        return _secret_of(kind, options, options.recovery_code_file, None)
    return _secret_of(kind, options, options.pin_file, options.pin_fd)


def slot_secret(kind: str, options: Options) -> Secret | None:
    """What `--secret-file` or `--secret-fd` give for a slot of this kind; None if neither is there.

    Raises: as `opening_secret`.
    """
    path, descriptor = options.path("secret_file"), options.descriptor("secret_fd")
    if path is None and descriptor is None:
        return None
    return _secret_of(kind, options, path, descriptor)


def asked_secret(kind: str, options: Options) -> Secret:
    """The secret of a slot of this kind, typed at the terminal.

    Raises:
        SecretMissing: there is none, or a key file cannot be typed.
        RecoveryCodeMistyped: says in which group.
    """
    return _secret_of(kind, options, None, None)


def fits(kind: str, secret: Secret) -> bool:
    """Whether `secret` is what a slot of this kind takes."""
    return isinstance(
        secret,
        {
            PASSPHRASE: Passphrase,
            RECOVERY: RecoveryCode,
            KEY_FILE: KeyFile,
            KEYRING: KeyringPin,
            TOKEN: TokenPin,
        }[kind],
    )


def new_text(options: Options, kind: str, *, asked: str) -> str:
    """A new passphrase or PIN: `--new-passphrase-file`, `-fd` (or `--new-pin-…`), else typed twice.

    Raises:
        KeyFileMalformed: the file cannot be read or holds no text.
        PassphraseMissing: there is no terminal, or the two differ.
    """
    stem = "new_passphrase" if kind == PASSPHRASE else "new_pin"
    path, descriptor = options.path(f"{stem}_file"), options.descriptor(f"{stem}_fd")
    if path is not None or descriptor is not None:
        return _text(path, descriptor)
    if not has_terminal():
        raise PassphraseMissing
    first = getpass.getpass(asked)
    if getpass.getpass("The same once more: ") != first:
        raise PassphraseMissing
    return first


def has_terminal() -> bool:
    """Somebody can be asked and shown something that does not end up in a file."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _secret_of(kind: str, options: Options, path: Path | None, descriptor: int | None) -> Secret:
    if kind == KEY_FILE:
        return _key_file(options, path)
    text = _text(path, descriptor) if path is not None or descriptor is not None else _ask(kind)
    made: Mapping[str, Callable[[], Secret]] = {
        PASSPHRASE: lambda: Passphrase(encode_passphrase(text)),
        RECOVERY: lambda: RecoveryCode(parse_code(code_in(text))),
        KEYRING: lambda: KeyringPin(encode_passphrase(text)),
        TOKEN: lambda: TokenPin(text.encode(), options.token_module),
    }
    return made[kind]()


def _key_file(options: Options, path: Path | None) -> KeyFile:
    if path is None:
        raise SecretMissing(what="key file")
    # Without a vault (a restore) there is no folder in which it could lie wrongly.
    return KeyFile(read_key_file(path, vault=options.vault or path / "none"))


def _ask(kind: str) -> str:
    if not has_terminal():
        raise SecretMissing(what=_ASKED[kind].removesuffix(": "))
    return getpass.getpass(_ASKED[kind])


def _text(path: Path | None, descriptor: int | None) -> str:
    """The text in a file or behind a descriptor, without the end of its last line."""
    try:
        if path is not None:
            with path.open("rb") as source:
                raw = source.read(LONGEST + 1)
        else:
            with os.fdopen(descriptor or 0, "rb", closefd=False) as source:
                raw = source.read(LONGEST + 1)
        text = raw.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileMalformed(what=_name(path)) from error
    if not text or len(raw) > LONGEST:
        raise KeyFileMalformed(what=_name(path))
    return text


def _name(path: Path | None) -> str:
    return "file descriptor" if path is None else path.name
