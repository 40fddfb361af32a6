"""Packages of an open vault, as the window asks for them: counted, composed, read back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.crypto.signing import Signer
from cport_desktop.domain.package import Verification
from cport_desktop.domain.progress import Announce, IsCancelled
from cport_desktop.domain.redaction import Redaction
from cport_desktop.errors import InputUnreadable
from cport_desktop.exports.split_files import open_joined
from cport_desktop.exports.verification import verify
from cport_desktop.formats.redaction_file import LARGEST_FILE, parse_redactions
from cport_desktop.ui.desk import Departure, PackageChoice, PackageOrder, PackagePreview
from cport_desktop.ui.package_lines import PackageForecast, forecast_lines
from cport_desktop.ui.signing import BY_OWN
from cport_desktop.ui.signing_opening import Signers
from cport_desktop.usecases import compose_package
from cport_desktop.usecases.unit_rules import media_rules
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
        self._signers = Signers(workstation, vault)

    def preview(self, choice: PackageChoice) -> PackagePreview:
        workstation = self._workstation
        found = compose_package.preview_package(
            self._vault, choice, taxonomy=workstation.taxonomy, now=workstation.clock.now()
        )
        return PackagePreview(found.reports, found.media, found.media_bytes, found.omitted)

    def foresee(self, order: PackageOrder) -> PackageForecast:
        """Whoever is to sign: nobody does yet, and no token is asked for."""
        workstation = self._workstation
        forecast = compose_package.foresee_package(
            self._vault,
            self._ordered(order, self._signers.signer(BY_OWN)),
            taxonomy=workstation.taxonomy,
            now=workstation.clock.now(),
        )
        return forecast_lines(forecast)

    def compose(
        self, order: PackageOrder, announce: Announce, is_cancelled: IsCancelled
    ) -> Departure:
        workstation = self._workstation
        with (
            closing(workstation.documents()) as documents,
            closing(workstation.sandbox(media_rules(self._vault))) as sandbox,
        ):
            first, *others = compose_package.compose_package(
                self._vault,
                self._ordered(order, self._signers.signer(order.signed_by)),
                documents=documents,
                sandbox=sandbox,
                taxonomy=workstation.taxonomy,
                announce=announce,
                is_cancelled=self._or_locked(is_cancelled),
            )
        return Departure(first, proof_of(first.path), tuple(others))

    def _ordered(self, order: PackageOrder, signer: Signer) -> compose_package.Order:
        return compose_package.Order(
            choice=order.choice,
            title=order.title,
            recipients=order.recipients,
            signer=signer,
            path=order.path,
            reason=order.reason,
            given_to=order.given_to,
            redactions=() if order.redactions is None else _redactions(order.redactions),
            part_size=order.part_size,
            resumes=order.resumes,
            unredacted=order.unredacted,
            region_profile=self._workstation.region_profile(),
        )


def _redactions(path: Path) -> tuple[Redaction, ...]:
    try:
        with path.open("rb") as file:
            return parse_redactions(file.read(LARGEST_FILE + 1))
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error


def proof_of(package: Path) -> Verification:
    """What reading it back shows. It is sealed to others: only the seal can be checked here, and the steps
    say so.

    Raises:
        InputUnreadable: its medium was taken away. The package left, and that is on record.
    """
    try:
        with open_joined(package) as written:
            return verify(written, identities=[], trust=None)
    except OSError as error:
        raise InputUnreadable(path=str(package), cause=error.strerror or "unknown") from error
