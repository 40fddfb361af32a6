"""Fills `ui.signing.Signing` from the workstation and an open vault."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.crypto.named_recipients import only_recipient
from cport_desktop.crypto.recipients import LARGEST_KEY_FILE
from cport_desktop.crypto.signing import Signer
from cport_desktop.crypto.stamping import StampedSigner
from cport_desktop.crypto.time_stamps import LONGEST, TimeStamp
from cport_desktop.domain.kept_signer import KeptRecipient
from cport_desktop.errors import InputUnreadable
from cport_desktop.ui.named_files import path_named
from cport_desktop.ui.signing import SignedBy, SignerOrder, Signing, Stamped
from cport_desktop.usecases import package_recipients, package_signers, stamp_package
from cport_desktop.usecases.compose_package import own_signer
from cport_desktop.usecases.package_signers import SignerShown
from cport_desktop.vault.token_signer import SigningToken
from cport_desktop.vault.vault import Vault


def signing_of(workstation: Workstation, vault: Vault) -> Signing:
    """All that may be asked about signers of one open vault, from any lane."""
    signers = Signers(workstation, vault)
    return Signing(
        own=partial(package_signers.portal_signer, vault),
        signers=partial(package_signers.list_signers, vault),
        keep_signer=signers.keep,
        remove_signer=partial(package_signers.remove_signer, vault),
        recipients=partial(package_recipients.list_recipients, vault),
        keep_recipient=signers.keep_recipient,
        remove_recipient=partial(package_recipients.remove_recipient, vault),
        stamp=signers.stamp,
        write_question=stamp_package.write_question,
        take_answer=signers.take_answer,
    )


class Signers:
    """Every method may be called from any lane."""

    def __init__(self, workstation: Workstation, vault: Vault) -> None:
        self._workstation = workstation
        self._vault = vault

    def signer(self, by: SignedBy) -> Signer:
        """Who signs, ready to sign: a token was reached and signed in to.

        Raises:
            RoleMissing, UnknownReference, NotEnrolled, SignerExpired, KeyFileMalformed, InputUnreadable,
            VaultError: as it gives reason.
        """
        made = self._unstamped(by)
        if not by.stamps:
            return made
        return StampedSigner(made, partial(self._workstation.ask_time_stamp, by.stamps))

    def keep(self, order: SignerOrder) -> SignerShown:
        pem = content_of(order.pem)
        if order.token is None:
            return package_signers.add_signer(self._vault, order.name, pem)
        token = SigningToken(
            pin=order.token.pin.encode(),
            module=order.token.module,
            token=order.token.token or None,
            key=order.token.key or None,
        )
        return package_signers.add_token_signer(self._vault, order.name, pem, token)

    def keep_recipient(self, name: str, key: str) -> KeptRecipient:
        public = only_recipient(key, path_named).public
        return package_recipients.add_recipient(self._vault, name, public)

    def stamp(self, package: Path, url: str) -> Stamped:
        ask = partial(self._workstation.ask_time_stamp, url)
        return _stamped(package, stamp_package.stamp_package(package, ask))

    def take_answer(self, package: Path, answer: Path) -> Stamped:
        return _stamped(package, stamp_package.take_answer(package, content_of(answer, LONGEST)))

    def _unstamped(self, by: SignedBy) -> Signer:
        clock = self._workstation.clock
        if by.kept:
            return package_signers.signer_named(
                self._vault,
                by.kept,
                ask_pin=lambda _label: by.pin.encode(),
                module=by.module,
                clock=clock,
            )
        if by.pem is not None:
            return self._workstation.signer_from_pem(content_of(by.pem))
        return own_signer(self._vault, self._workstation.signer)


def content_of(path: Path, longest: int = LARGEST_KEY_FILE) -> bytes:
    """A small file that somebody named, up to one byte more than the longest that is taken.

    Raises:
        InputUnreadable: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(longest + 1)
    except OSError as error:
        raise InputUnreadable(path=str(path), cause=error.strerror or "unknown") from error


def _stamped(package: Path, stamp: TimeStamp) -> Stamped:
    return Stamped(stamp_package.stamp_path(package), stamp.name, stamp.moment)
