"""Packages of an open vault, as the window asks for them: counted, composed, read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.domain.package import Verification
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.errors import InputUnreadable
from cport_desktop.exports.verification import verify
from cport_desktop.ui.desk import Departure, PackageChoice, PackageOrder, PackagePreview
from cport_desktop.usecases import compose_package
from cport_desktop.vault.vault import Vault


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
            (composed,) = compose_package.compose_package(
                self._vault,
                compose_package.Order(
                    choice=order.choice,
                    title=order.title,
                    recipients=order.recipients,
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
