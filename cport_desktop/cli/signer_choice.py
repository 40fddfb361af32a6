"""Who signs and who may open, as a command line names them: by a file, a key, or a name in the vault."""

from __future__ import annotations

import getpass
from pathlib import Path

from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.session import Session
from cport_desktop.cli.slot_secrets import LONGEST, has_terminal
from cport_desktop.crypto.recipients import Recipient
from cport_desktop.crypto.signing import Signer
from cport_desktop.errors import KeyFileMalformed, SecretMissing
from cport_desktop.usecases import compose_package, package_recipients, package_signers
from cport_desktop.vault.vault import Vault
from cport_desktop.words import package_signers as words


def chosen_signer(session: Session, vault: Vault) -> Signer:
    """The one of `--signer`: a PEM file or a kept name; without it, that of the portal's certificate.

    Raises:
        SignerExpired: its certificate is not valid now.
        UnknownReference: there is neither such a file nor such a name.
        KeyFileMalformed, NotEnrolled, VaultError: as they give reason.
    """
    workstation, named = session.workstation, session.options.path("signer")
    if named is not None and not is_of_a_file(named):
        return package_signers.signer_named(
            vault,
            str(named),
            ask_pin=lambda label: asked_pin(session, label),
            module=session.options.path("signer_module"),
            clock=workstation.clock,
        )
    if named is None:
        signer = compose_package.own_signer(vault, workstation.signer)
    else:
        signer = workstation.signer_from_pem(read_key_file(named))
    package_signers.require_current(signer.certificate, name=signer.name, now=vault.now())
    return signer


def chosen_recipients(session: Session, vault: Vault) -> list[Recipient]:
    """Those of every `--recipient`: a key, NAME=KEY, a file with some, or a kept name.

    Raises:
        UnknownReference: there is neither such a file nor such a name.
        KeyFileMalformed: a key is not whole.
    """
    texts = session.options.texts("recipient")
    return [each for text in texts for each in package_recipients.recipients_typed(vault, text)]


def is_of_a_file(named: Path) -> bool:
    """Whether this is the place of a file and no name in the vault: one is there, or a folder is named, so
    that a place where nothing is gets the answer of a missing file.
    """
    return named.exists() or named.name != str(named)


def asked_pin(session: Session, label: str) -> bytes:
    """The PIN of the token, out of the file of `--signer-pin-file`, or typed without echo.

    Raises:
        SecretMissing: there is neither a file nor a terminal.
        KeyFileMalformed: the file is not that of a PIN.
    """
    path = session.options.path("signer_pin_file")
    if path is not None:
        content = read_key_file(path)
        if len(content) > LONGEST:
            raise KeyFileMalformed(what=path.name)
        return content.splitlines()[0] if content.strip() else b""
    if not has_terminal():
        raise SecretMissing(what="PIN")
    return getpass.getpass(words.pin_of(label)).encode()
