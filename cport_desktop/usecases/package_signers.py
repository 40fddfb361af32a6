"""Signers of packages that are kept in the vault under a name.

A signer is a certificate with its key: kept in the vault, which seals it, or on a PKCS#11 token,
whose PIN is asked each time. Whoever may compose packages may keep them; every change is on record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from cport_desktop.clock import Clock, SystemClock, iso_utc
from cport_desktop.crypto.called_signer import own_and_chain
from cport_desktop.crypto.signer_file import signer_parts
from cport_desktop.crypto.signing import (
    FileKeySigner,
    Signer,
    common_name,
    read_certificates,
    require_signing_certificate,
)
from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.kept_signer import (
    LONGEST_NAME,
    MOST_KEPT,
    KeptSigner,
    TokenPlace,
)
from cport_desktop.domain.roles import Role
from cport_desktop.errors import ActTooLarge, NameTaken, SignerExpired, TextUnfit
from cport_desktop.usecases.permission import require
from cport_desktop.vault import bond, kept_signers
from cport_desktop.vault.token_signer import SigningToken, find_key, token_signer
from cport_desktop.vault.transaction import Transaction
from cport_desktop.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class SignerShown:
    """A kept signer as people see it. `token` is the label of its token; None: the key is here."""

    name: str
    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    token: str | None
    added_by: str
    added_at: datetime


def list_signers(vault: Vault) -> tuple[SignerShown, ...]:
    """All that are kept, by name; no key among it.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
    """
    require(vault, Role.EXPORTER)
    with vault.reader() as reader:
        return tuple(map(_shown, kept_signers.signers(reader)))


def add_signer(vault: Vault, name: str, untrusted_pem: bytes) -> SignerShown:
    """The key and certificate of one PEM file are kept under this name.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        KeyFileMalformed: no unencrypted key with its certificate, or one of a kind that cannot sign
            packages (P-256 or RSA).
        SignerExpired: its certificate is not valid any more, or not yet.
        NameTaken, TextUnfit: as the name gives reason. ActTooLarge: no more are kept.
    """
    require(vault, Role.EXPORTER)
    private, own, chain = signer_parts(untrusted_pem)
    FileKeySigner(private, own, chain, clock=SystemClock())
    return _kept(vault, name, b"".join([own, *chain]), private, None)


def add_token_signer(
    vault: Vault, name: str, untrusted_pem: bytes, token: SigningToken
) -> SignerShown:
    """The certificate is kept under this name with where its key is: on this token, which signed
    for a trial.

    Raises:
        RoleMissing, SignerExpired, NameTaken, TextUnfit: as `add_signer`.
        KeyFileMalformed: no certificate, not that of the key, or one that cannot sign packages.
        VaultError: the token cannot be reached, or has no such key.
    """
    require(vault, Role.EXPORTER)
    own, chain = own_and_chain(untrusted_pem)
    require_signing_certificate(read_certificates(own)[0])
    place = find_key(token, own)
    return _kept(vault, name, b"".join([own, *chain]), None, place)


def remove_signer(vault: Vault, name: str) -> None:
    """None of this name is kept any more. A key on a token stays there.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        UnknownReference: there is none.
    """
    require(vault, Role.EXPORTER)
    with vault.transaction() as tx:
        kept = kept_signers.signer(tx, name)
        kept_signers.remove_signer(tx, name)
        tx.record(kept_entry("remove", ObjectKind.SIGNER, kept.name))


def signer_named(
    vault: Vault, name: str, *, ask_pin: Callable[[str], bytes], module: Path | None, clock: Clock
) -> Signer:
    """The signer that is kept under this name, ready to sign. `ask_pin` is told the token's label.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        UnknownReference: there is none.
        SignerExpired: its certificate is not valid any more, or not yet.
        VaultError: its token cannot be reached, or the PIN is wrong.
    """
    require(vault, Role.EXPORTER)
    with vault.reader() as reader:
        kept = kept_signers.signer(reader, name)
    require_current(kept.certificates, name=kept.name, now=vault.now())
    if kept.place is not None:
        pin = ask_pin(kept.place.label)
        return token_signer(kept.place, kept.certificates, pin=pin, module=module, clock=clock)
    own, chain = own_and_chain(kept.certificates)
    return FileKeySigner(kept.private or b"", own, chain, clock=clock)


def portal_signer(vault: Vault) -> SignerShown | None:
    """The signer whose certificate the portal issued to this station; None while there is none. It is kept
    by nobody: `name` and `added_by` are empty.

    Raises:
        RoleMissing: the analyst has not the role “exporter”.
        KeyFileMalformed: what the portal issued is none.
    """
    require(vault, Role.EXPORTER)
    with vault.reader() as reader:
        enrolment = bond.load(reader)
    if enrolment is None:
        return None
    pem = enrolment.answer.signing_certificate
    return _shown(KeptSigner("", pem, "", read_certificates(pem)[0].not_valid_before_utc))


def require_current(certificates_pem: bytes, *, name: str, now: datetime) -> None:
    """The first of these certificates is valid now: what is signed after its end convinces nobody.

    Raises:
        SignerExpired: it is not.
        KeyFileMalformed: there is none.
    """
    certificate = read_certificates(certificates_pem)[0]
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not start <= now <= end:
        raise SignerExpired(name=name, start=iso_utc(start), end=iso_utc(end))


def _kept(
    vault: Vault, name: str, certificates: bytes, private: bytes | None, place: TokenPlace | None
) -> SignerShown:
    fit = fit_name(name)
    with vault.transaction() as tx:
        require_current(certificates, name=fit, now=tx.now)
        kept = KeptSigner(fit, certificates, str(vault.actor), tx.now, private, place)
        _keep(tx, kept)
    return _shown(kept)


def _keep(tx: Transaction, kept: KeptSigner) -> None:
    require_room(len(kept_signers.signers(tx)))
    if not kept_signers.keep_signer(tx, kept):
        raise NameTaken(name=kept.name)
    where = "vault" if kept.place is None else kept.place.label
    tx.record(kept_entry("add", ObjectKind.SIGNER, kept.name, ("key", where)))


def require_room(kept: int) -> None:
    """One more can be kept beside so many.

    Raises:
        ActTooLarge: no more are.
    """
    if kept >= MOST_KEPT:
        raise ActTooLarge(count=kept + 1, limit=MOST_KEPT)


def _shown(kept: KeptSigner) -> SignerShown:
    certificate: x509.Certificate = read_certificates(kept.certificates)[0]
    return SignerShown(
        name=kept.name,
        subject=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        token=None if kept.place is None else kept.place.label,
        added_by=kept.added_by,
        added_at=kept.added_at,
    )


def fit_name(name: str) -> str:
    """`name` as it is kept.

    Raises:
        TextUnfit: it is empty or too long, or has letters that nobody sees.
    """
    stripped = " ".join(name.split())
    if not 0 < len(stripped) <= LONGEST_NAME or not stripped.isprintable():
        raise TextUnfit(length=len(stripped), limit=LONGEST_NAME)
    return stripped


def kept_entry(verb: str, kind: ObjectKind, name: str, *payload: tuple[str, str]) -> AuditDraft:
    """What the log says of it."""
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb=verb,
        object_kind=kind,
        object_reference=name,
        payload=payload,
    )
