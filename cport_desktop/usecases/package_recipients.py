"""Recipients of packages that are kept in the vault under a name, each with a public key.

Whoever may compose packages may keep them; every change is on record.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cport_desktop.crypto.named_recipients import recipients_in
from cport_desktop.crypto.recipients import PUBLIC_PREFIX, Recipient, parse_recipient
from cport_desktop.domain.audit import ObjectKind
from cport_desktop.domain.kept_signer import KeptRecipient
from cport_desktop.domain.roles import Role
from cport_desktop.errors import NameTaken
from cport_desktop.usecases.package_signers import fit_name, kept_entry, require_room
from cport_desktop.usecases.permission import require
from cport_desktop.vault import kept_signers
from cport_desktop.vault.vault import Vault


def list_recipients(vault: Vault) -> tuple[KeptRecipient, ...]:
    """All that are kept, by name.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
    """
    require(vault, Role.EXPORTER)
    with vault.reader() as reader:
        return kept_signers.recipients(reader)


def add_recipient(vault: Vault, name: str, key: str) -> KeptRecipient:
    """This age key is kept under this name.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        KeyFileMalformed: it is no whole key.
        NameTaken, TextUnfit: as the name gives reason. ActTooLarge: no more are kept.
    """
    require(vault, Role.EXPORTER)
    public = parse_recipient(key).public
    with vault.transaction() as tx:
        kept = KeptRecipient(fit_name(name), public, str(vault.actor), tx.now)
        require_room(len(kept_signers.recipients(tx)))
        if not kept_signers.keep_recipient(tx, kept):
            raise NameTaken(name=kept.name)
        tx.record(kept_entry("add", ObjectKind.RECIPIENT, kept.name, ("key", public)))
    return kept


def remove_recipient(vault: Vault, name: str) -> None:
    """None of this name is kept any more.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        UnknownReference: there is none.
    """
    require(vault, Role.EXPORTER)
    with vault.transaction() as tx:
        kept = kept_signers.recipient(tx, name)
        kept_signers.remove_recipient(tx, name)
        tx.record(kept_entry("remove", ObjectKind.RECIPIENT, kept.name))


def recipient_named(vault: Vault, name: str) -> Recipient:
    """The recipient that is kept under this name.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        UnknownReference: there is none.
    """
    require(vault, Role.EXPORTER)
    with vault.reader() as reader:
        kept = kept_signers.recipient(reader, name)
    return Recipient(kept.name, kept.public)


def recipients_typed(
    vault: Vault, text: str, path_of: Callable[[str], Path] = Path
) -> tuple[Recipient, ...]:
    """Those that somebody typed, one a line: a public key, `NAME=KEY`, or a name that is kept. A single line
    can also be the path (`path_of`) of a file with keys: one that is there, or that names a folder, so
    that a place where nothing is gets the answer of a missing file.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        UnknownReference: no recipient is kept under a name.
        KeyFileMalformed: a key is not whole, there is none, or the file has none.
    """
    require(vault, Role.EXPORTER)
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    if len(lines) == 1 and not _is_key(lines[0]):
        path = path_of(lines[0])
        if path.exists() or Path(lines[0]).name != lines[0]:
            return recipients_in(lines[0], path_of)
    if not lines:
        return recipients_in("")
    found = (
        recipients_in(line) if _is_key(line) else (recipient_named(vault, line),) for line in lines
    )
    return tuple(each for some in found for each in some)


def _is_key(line: str) -> bool:
    return line.startswith(PUBLIC_PREFIX) or "=" in line
