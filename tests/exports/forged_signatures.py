"""Builders of attackers: certificates of any kind, signatures and time stamps of any form."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.exports.synthetic import NOW

SigningKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Key = SigningKey | ed25519.Ed25519PrivateKey
Attribute = Mapping[str, object]
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


def a_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Holder:
    """A certificate and its key."""

    key: Key
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def parsed(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)


@dataclass(frozen=True)
class Says:
    """What a certificate says. `basic`: whether it says at all that it is (not) an authority."""

    is_authority: bool = False
    path: int | None = None
    basic: bool = True
    start: datetime = NOW - timedelta(days=30)
    end: datetime = NOW + timedelta(days=300)
    hashing: type[hashes.SHA224 | hashes.SHA256] = hashes.SHA256
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = ()


PLAIN = Says()
AUTHORITY = Says(is_authority=True)


def a_name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def holder(
    name: str, issuer: Holder | None = None, says: Says = PLAIN, *, key: Key | None = None
) -> Holder:
    own = key or a_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(a_name(name))
        .issuer_name(issuer.certificate.subject if issuer else a_name(name))
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(says.start)
        .not_valid_after(says.end)
    )
    if says.basic:
        basic = x509.BasicConstraints(ca=says.is_authority, path_length=says.path)
        builder = builder.add_extension(basic, critical=True)
    for extension, critical in says.extensions:
        builder = builder.add_extension(extension, critical=critical)
    signing = issuer.key if issuer else own
    hashing = None if isinstance(signing, ed25519.Ed25519PrivateKey) else says.hashing()
    return Holder(own, builder.sign(signing, hashing))


def usage(*names: str) -> x509.KeyUsage:
    bits = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{bit: bit in names for bit in bits})


def purposes(*oids: x509.ObjectIdentifier) -> x509.ExtendedKeyUsage:
    return x509.ExtendedKeyUsage(oids)


@dataclass(frozen=True)
class Form:
    """How a CMS signature is put together; as it stands here, it is an honest one."""

    digest: str = "sha256"
    content_type: str = "data"
    said_type: str | None = None
    """In the signed attribute, where it differs."""
    content: bytes | None = None
    at: datetime = NOW
    certificates: Sequence[Holder] = ()
    """Beside the signer's own."""
    named: Holder | None = None
    """Whose certificate the attribute names, where it is another's."""
    named_by: str = "sha256"
    without: Collection[str] = ()
    signed: Sequence[Attribute] = ()
    unsigned: Sequence[Attribute] = ()
    signers: int = 1
    said_digest: bytes | None = None


HONEST = Form()


def signature_of(signer: Holder, data: bytes, form: Form = HONEST) -> bytes:
    """CMS SignedData in DER, by `signer` over `data`."""
    attributes = _attributes(signer, data, form)
    value, algorithm = _signed(signer.key, attributes.dump(), form.digest)
    certificate = signer.parsed
    signer_info: dict[str, object] = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {
                "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                    {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                )
            }
        ),
        "digest_algorithm": {"algorithm": form.digest},
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": algorithm},
        "signature": value,
    }
    if form.unsigned:
        signer_info["unsigned_attrs"] = cms.CMSAttributes(list(form.unsigned))
    content: dict[str, object] = {"content_type": form.content_type}
    if form.content is not None:
        kind = core.OctetString if form.content_type == "data" else core.ParsableOctetString
        content["content"] = kind(form.content)
    signed = cms.SignedData(
        {
            "version": "v1" if form.content_type == "data" else "v3",
            "digest_algorithms": [{"algorithm": form.digest}],
            "encap_content_info": content,
            "certificates": [
                cms.CertificateChoices({"certificate": each.parsed})
                for each in (signer, *form.certificates)
            ],
            "signer_infos": [cms.SignerInfo(signer_info)] * form.signers,
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def _attributes(signer: Holder, data: bytes, form: Form) -> cms.CMSAttributes:
    digest = form.said_digest or hashlib.new(form.digest, data).digest()
    named: dict[str, object] = {
        "cert_hash": hashlib.new(form.named_by, (form.named or signer).der).digest()
    }
    if form.named_by != "sha256":
        named["hash_algorithm"] = {"algorithm": form.named_by}
    certificate = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2(named)]})
    values: dict[str, object] = {
        "content_type": form.said_type or form.content_type,
        "signing_time": cms.Time({"utc_time": form.at}),
        "message_digest": digest,
        "signing_certificate_v2": certificate,
    }
    kept = [
        {"type": kind, "values": [value]}
        for kind, value in values.items()
        if kind not in form.without
    ]
    return cms.CMSAttributes([*kept, *form.signed])


def _signed(key: Key, data: bytes, digest: str) -> tuple[bytes, str]:
    hashing = _HASHES[digest]()
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashing), f"{digest}_rsa"
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key.sign(data, ec.ECDSA(hashing)), f"{digest}_ecdsa"


STAMPING = purposes(ExtendedKeyUsageOID.TIME_STAMPING)


def stamp_holder(root: Holder, says: Says | None = None, *, key: Key | None = None) -> Holder:
    """An office of time stamps."""
    return holder("Office", root, says or Says(extensions=[(STAMPING, True)]), key=key)


def stamp_token(
    office: Holder, data: bytes, at: datetime = NOW, form: Form = HONEST, *, imprint: str = "sha256"
) -> bytes:
    """What `office` says of `data`: RFC 3161, in any form."""
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "1.2.3.4",
            "message_imprint": {
                "hash_algorithm": {"algorithm": imprint},
                "hashed_message": hashlib.new(imprint, data).digest(),
            },
            "serial_number": 7,
            "gen_time": at,
        }
    )
    content = bytes(info.dump())
    shaped = Form(
        digest=form.digest,
        content_type="tst_info",
        content=content,
        at=at,
        certificates=form.certificates,
        named=form.named,
        without=form.without,
        signers=form.signers,
    )
    return signature_of(office, content, shaped)


def rewritten(made: Holder, issuer: Holder, old: bytes, new: bytes) -> bytes:
    """The certificate (DER) with other bytes in it, signed again by `issuer`: as no honest tool makes
    one. `new` is as long as `old`.
    """
    assert isinstance(issuer.key, ec.EllipticCurvePrivateKey)
    assert len(old) == len(new)
    body = bytes(made.parsed["tbs_certificate"].dump()).replace(old, new)
    value = core.BitString.load(
        core.OctetBitString(issuer.key.sign(body, ec.ECDSA(hashes.SHA256()))).dump()
    )
    parts = body + bytes(made.parsed["signature_algorithm"].dump()) + bytes(value.dump())
    return b"\x30" + bytes([0x82, *len(parts).to_bytes(2, "big")]) + parts


@dataclass(frozen=True)
class Rewritten(Holder):
    """One whose certificate is what `raw` says, whether a tool reads it or not."""

    raw: bytes = b""

    @property
    def der(self) -> bytes:
        return self.raw
