"""Packages of an open vault, as the window asks for them: counted, composed, read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from cport_desktop.bootstrap import Workstation
from cport_desktop.crypto.recipients import Recipient, parse_recipient
from cport_desktop.domain.package import Verification
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.errors import InputUnreadable, KeyFileMalformed
from cport_desktop.exports.verification import verify
from cport_desktop.ui.desk import Departure, PackageChoice, PackageOrder, PackagePreview
from cport_desktop.ui.named_files import path_named
from cport_desktop.usecases import compose_package
from cport_desktop.vault.vault import Vault

LONGEST: Final = 256 * 1024
"""Bytes of a file of recipients: some thousand keys with their comments."""


class Packages:
    """Every method may be called from any lane. `or_locked`: composing ends with the vault, too."""

    def __init__(
        self,
        workstation: Workstation,
        vault: Vault,
        *,
        or_locked: Callable[[IsCancelled], IsCancelled],
    ) -> None:
        self._workstation = workstation
        self._vault = vault
        self._or_locked = or_locked

    def preview(self, choice: PackageChoice) -> PackagePreview:
        workstation = self._workstation
        found = compose_package.preview_package(
            self._vault, choice, taxonomy=workstation.taxonomy, now=workstation.clock.now()
        )
        return PackagePreview(found.reports, found.media, found.media_bytes, found.omitted)

    def compose(
        self, order: PackageOrder, announce: Announce, is_cancelled: IsCancelled
    ) -> Departure:
        workstation = self._workstation
        documents = workstation.documents()
        try:
            composed = compose_package.compose_package(
                self._vault,
                compose_package.Order(
                    choice=order.choice,
                    title=order.title,
                    recipients=[parse_recipient(key) for key in order.recipients],
                    signer=compose_package.own_signer(self._vault, workstation.signer),
                    path=order.path,
                ),
                documents=documents,
                taxonomy=workstation.taxonomy,
                announce=announce,
                is_cancelled=self._or_locked(is_cancelled),
            )
        finally:
            documents.close()
        return Departure(composed, proof_of(order.path))


def proof_of(package: Path) -> Verification:
    """What reading it back shows. It is sealed to others: only the seal can be checked here, and the steps
    say so.

    Raises:
        InputUnreadable: its medium was taken away. The package left, and that is on record.
    """
    try:
        with package.open("rb") as written:
            return verify(written, identities=[], trust=None)
    except OSError as error:
        raise InputUnreadable(path=str(package), cause=error.strerror or "unknown") from error


def recipients_in(text: str) -> tuple[str, ...]:
    """Age public keys out of pasted text, one a line, or out of the file whose path it is.

    Raises:
        KeyFileMalformed: a line is none, or there is none.
    """
    lines = _lines(text)
    if len(lines) == 1 and not lines[0].startswith("age1"):
        lines = _lines(_content(path_named(lines[0])))
    return tuple(_public(line) for line in lines or [""])


def _public(line: str) -> str:
    recipient: Recipient = parse_recipient(line)
    return recipient.public


def _lines(text: str) -> Sequence[str]:
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            untrusted = file.read(LONGEST + 1)
        if len(untrusted) <= LONGEST:
            return untrusted.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileMalformed(what=f"recipients file {path.name}") from error
    raise KeyFileMalformed(what=f"recipients file {path.name}")
