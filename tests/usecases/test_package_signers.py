"""Signers and recipients that a vault keeps: in itself, and on tokens that can be pulled out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pkcs11
import pytest
from asn1crypto.keys import PublicKeyInfo, RSAPublicKey
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
)
from cryptography.x509.oid import NameOID
from pkcs11 import KeyType
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key

from cport_desktop.clock import SystemClock
from cport_desktop.crypto.recipients import generate_identity
from cport_desktop.crypto.signing import Signer, check_integrity
from cport_desktop.domain.audit import ObjectKind
from cport_desktop.domain.kept_signer import MOST_KEPT
from cport_desktop.errors import (
    ActTooLarge,
    KeyFileMalformed,
    NameTaken,
    SignerExpired,
    TextUnfit,
    TokenAbsent,
    TokenKeyMissing,
    TokenPinWrong,
    UnknownReference,
)
from cport_desktop.usecases import package_recipients, package_signers
from cport_desktop.vault import audit_log
from cport_desktop.vault.token_signer import SigningToken
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault
from tests.tokens import PIN, TokenDrawer, needs_token, token_drawer

DATA = b"what is to be signed"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    with a_vault(tmp_path_factory.mktemp("signers") / "vault") as made:
        yield made


@pytest.fixture(scope="module")
def drawer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenDrawer]:
    with token_drawer(tmp_path_factory.mktemp("drawer")) as made:
        yield made


Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def certified(
    public: object,
    issuer: Private,
    *,
    days: int = 30,
    name: str = "Unit Seven",
    at: datetime = NOON,
) -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Unit Authority")]))
        .public_key(public)  # type: ignore[arg-type]  # one of the kinds above
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=60))
        .not_valid_after(at + timedelta(days=days))
        .sign(issuer, None if isinstance(issuer, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM)


def pem_of(key: Private, *, days: int = 30) -> bytes:
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certified(key.public_key(), key, days=days)


def pem(*, days: int = 30) -> bytes:
    return pem_of(ec.generate_private_key(ec.SECP256R1()), days=days)


def no_pin(label: str) -> bytes:
    raise AssertionError(label)


def named(vault: Vault, name: str) -> Signer:
    return package_signers.signer_named(
        vault, name, ask_pin=no_pin, module=None, clock=SystemClock()
    )


def signs(signer: Signer) -> bool:
    facts = check_integrity(signer.sign_detached(DATA), DATA)
    return facts.certificate == signer.certificate


# -- keys that the vault keeps ----------------------------------------------------------------


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)]
)
def test_a_signer_is_kept_and_signs(vault: Vault, key: Private) -> None:
    name = f"unit {type(key).__name__}"
    shown = package_signers.add_signer(vault, name, pem_of(key))
    assert (shown.subject, shown.token) == ("Unit Seven", None)
    assert shown in package_signers.list_signers(vault)
    assert signs(named(vault, name.upper()))
    package_signers.remove_signer(vault, name)
    with pytest.raises(UnknownReference):
        named(vault, name)
    with pytest.raises(UnknownReference):
        package_signers.remove_signer(vault, name)


def test_every_change_is_in_the_log_and_no_key_is(vault: Vault) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    package_signers.add_signer(vault, "logged", pem_of(key))
    package_signers.remove_signer(vault, "logged")
    with vault.reader() as reader:
        entries = [
            entry
            for entry in audit_log.page(reader, limit=50).rows
            if (entry.draft.object_kind, entry.draft.object_reference)
            == (ObjectKind.SIGNER, "logged")
        ]
    assert sorted(entry.draft.verb for entry in entries) == ["add", "remove"]


def test_what_cannot_sign_packages_is_refused_when_it_is_added(vault: Vault) -> None:
    small = rsa.generate_private_key(65537, 1024)
    other = ec.generate_private_key(ec.SECP256R1())
    alone = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for wrong in (
        pem_of(ed25519.Ed25519PrivateKey.generate()),
        pem_of(ec.generate_private_key(ec.SECP384R1())),
        pem_of(small),
        alone,
        alone + certified(ec.generate_private_key(ec.SECP256R1()).public_key(), other),
        b"rubbish",
        b"",
    ):
        with pytest.raises(KeyFileMalformed):
            package_signers.add_signer(vault, "wrong", wrong)
    assert all(shown.name != "wrong" for shown in package_signers.list_signers(vault))


def test_an_expired_signer_is_refused_with_its_dates(vault: Vault) -> None:
    with pytest.raises(SignerExpired) as caught:
        package_signers.add_signer(vault, "old", pem(days=-1))
    assert caught.value.facts["name"] == "old"
    with pytest.raises(SignerExpired):
        package_signers.require_current(pem(days=1), name="x", now=NOON + timedelta(days=2))
    with pytest.raises(SignerExpired):
        package_signers.require_current(pem(), name="x", now=NOON - timedelta(days=90))


def test_names_are_taken_once_letter_case_aside(vault: Vault) -> None:
    package_signers.add_signer(vault, "Unit Nine", pem())
    with pytest.raises(NameTaken):
        package_signers.add_signer(vault, "unit nine", pem())
    for name in ("", "   ", "x" * 61, "a\x1b[2J"):
        with pytest.raises(TextUnfit):
            package_signers.add_signer(vault, name, pem())


# -- keys of tokens ---------------------------------------------------------------------------


def certificate_on(drawer: TokenDrawer, label: str, kind: KeyType, *, at: datetime = NOON) -> bytes:
    """A new key on a new token; the certificate that an authority made for it, valid around `at`."""
    drawer.make(label)
    library = pkcs11.lib(str(drawer.module))
    try:
        with library.get_token(token_label=label).open(rw=True, user_pin=PIN.decode()) as session:
            if kind is KeyType.RSA:
                public, _ = session.generate_keypair(
                    KeyType.RSA, 2048, id=b"\1", label="seal", store=True
                )
                encoded = load_der_public_key(_rsa_info(encode_rsa_public_key(public)))
            else:
                parameters = session.create_domain_parameters(
                    KeyType.EC,
                    {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")},
                    local=True,
                )
                public, _ = parameters.generate_keypair(id=b"\1", label="seal", store=True)
                encoded = load_der_public_key(encode_ec_public_key(public))
    finally:
        library.finalize()
    return certified(encoded, ec.generate_private_key(ec.SECP256R1()), at=at)


def _rsa_info(pkcs1: bytes) -> bytes:
    return bytes(PublicKeyInfo.wrap(RSAPublicKey.load(pkcs1), "rsa").dump())


@needs_token
@pytest.mark.parametrize("kind", [KeyType.RSA, KeyType.EC])
def test_a_token_signs_after_its_pin_and_can_be_pulled_out(
    vault: Vault, drawer: TokenDrawer, kind: KeyType
) -> None:
    label = f"token {kind.name}"
    certificate = certificate_on(drawer, label, kind)
    token = SigningToken(PIN, drawer.module, token=label, key="seal")
    shown = package_signers.add_token_signer(vault, label, certificate, token)
    assert shown.token == label
    asked: list[str] = []

    def pin(told: str) -> bytes:
        asked.append(told)
        return PIN

    signer = package_signers.signer_named(
        vault, label, ask_pin=pin, module=drawer.module, clock=SystemClock()
    )
    assert asked == [label]
    assert signs(signer)
    assert len(signer.sign_pdf(b"\0" * 32)) > 500
    with pytest.raises(TokenPinWrong):
        package_signers.signer_named(
            vault, label, ask_pin=lambda _: b"000000", module=drawer.module, clock=SystemClock()
        )
    drawer.remove(label)
    with pytest.raises(TokenAbsent):
        signer.sign_detached(DATA)


@needs_token
def test_a_certificate_of_another_key_is_not_kept(vault: Vault, drawer: TokenDrawer) -> None:
    certificate_on(drawer, "other", KeyType.RSA)
    key = rsa.generate_private_key(65537, 2048)
    stranger = certified(key.public_key(), key)
    token = SigningToken(PIN, drawer.module, token="other")
    with pytest.raises(KeyFileMalformed):
        package_signers.add_token_signer(vault, "other", stranger, token)
    absent = SigningToken(PIN, drawer.module, token="other", key="nothing")
    with pytest.raises(TokenKeyMissing):
        package_signers.add_token_signer(vault, "other", stranger, absent)


# -- recipients -------------------------------------------------------------------------------


def test_recipients_are_kept_by_name(vault: Vault) -> None:
    identity = generate_identity()
    kept = package_recipients.add_recipient(vault, "Regional Court", identity.public)
    assert package_recipients.recipient_named(vault, "regional court").public == identity.public
    assert kept in package_recipients.list_recipients(vault)
    with pytest.raises(NameTaken):
        package_recipients.add_recipient(vault, "REGIONAL COURT", identity.public)
    with pytest.raises(KeyFileMalformed):
        package_recipients.add_recipient(vault, "other", identity.public[:-1])
    package_recipients.remove_recipient(vault, "Regional Court")
    with pytest.raises(UnknownReference):
        package_recipients.recipient_named(vault, "Regional Court")


def test_no_more_are_kept_than_anybody_chooses_from(vault: Vault) -> None:
    public = generate_identity().public
    for number in range(MOST_KEPT - len(package_recipients.list_recipients(vault))):
        package_recipients.add_recipient(vault, f"many {number}", public)
    with pytest.raises(ActTooLarge):
        package_recipients.add_recipient(vault, "one more", public)
    package_recipients.remove_recipient(vault, "many 0")
    package_recipients.add_recipient(vault, "one more", public)
