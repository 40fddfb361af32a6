"""Package signatures: made, checked here and by OpenSSL, and refused for the right reason."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import FrameType

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto.authority_path import check_authority, verify_detached
from cport_desktop.crypto.signing import (
    FileKeySigner,
    SignatureFault,
    check_integrity,
)
from cport_desktop.errors import KeyFileMalformed, SignatureInvalid
from tests.exports.forged_signatures import AUTHORITY, Says, holder, purposes, usage
from tests.exports.peers import needs, run
from tests.exports.synthetic import NOW, Authority, authority, signer_of

DATA = b"<manifest>\r\nof a synthetic package\n</manifest>\n"
ISSUER = authority()
SIGNATURE = signer_of(ISSUER).sign_detached(DATA)


def fault_of(signature: bytes, data: bytes, issuer: Authority = ISSUER) -> str:
    with pytest.raises(SignatureInvalid) as caught:
        verify_detached(signature, data, issuer.pem)
    return str(caught.value.facts["what"])


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_a_signature_names_its_signer_authority_and_time(kind: str) -> None:
    signature = signer_of(ISSUER, kind=kind).sign_detached(DATA)
    facts = verify_detached(signature, DATA, ISSUER.pem)
    assert (facts.name, facts.authority) == ("Test Agency", "Test Authority")
    assert facts.signed_at == NOW


def test_the_signature_is_detached_and_cades() -> None:
    signed = cms.ContentInfo.load(SIGNATURE)["content"]
    attributes = {a["type"].native for a in signed["signer_infos"][0]["signed_attrs"]}
    assert signed["encap_content_info"]["content"].native is None
    assert attributes == {
        "content_type",
        "message_digest",
        "signing_time",
        "signing_certificate_v2",
    }


def test_altered_data_is_called_altered() -> None:
    assert fault_of(SIGNATURE, DATA + b" ") == SignatureFault.ALTERED


def test_a_signature_of_another_key_under_the_same_certificate_is_called_forged() -> None:
    stranger = cms.ContentInfo.load(signer_of(ISSUER).sign_detached(DATA))
    forged = cms.ContentInfo.load(SIGNATURE)
    ours, theirs = (c["content"]["signer_infos"][0] for c in (forged, stranger))
    ours["signature"] = theirs["signature"].native
    assert fault_of(forged.dump(force=True), DATA) == SignatureFault.FORGED


def test_another_authority_of_the_same_name_is_not_believed() -> None:
    assert fault_of(SIGNATURE, DATA, authority()) == SignatureFault.AUTHORITY


def test_a_certificate_out_of_its_time_has_its_own_verdict() -> None:
    expired = signer_of(ISSUER, at=NOW + timedelta(days=2), valid_until=NOW + timedelta(days=1))
    early = signer_of(ISSUER, at=NOW - timedelta(days=90))
    assert fault_of(expired.sign_detached(DATA), DATA) == SignatureFault.EXPIRED
    assert fault_of(early.sign_detached(DATA), DATA) == SignatureFault.EXPIRED


def test_an_old_signature_stays_good_after_its_certificate_expired() -> None:
    signer = signer_of(ISSUER, at=NOW, valid_until=NOW + timedelta(minutes=1))
    assert verify_detached(signer.sign_detached(DATA), DATA, ISSUER.pem).signed_at == NOW


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"rubbish", SIGNATURE[:-1], SIGNATURE + b"\0", b"\x30\x80" * 200_000],
    ids=["nothing", "rubbish", "cut", "trailing", "huge"],
)
def test_what_is_no_signature_is_called_malformed(rubbish: bytes) -> None:
    assert fault_of(rubbish, DATA) == SignatureFault.MALFORMED


def test_a_signature_without_the_cades_attribute_is_not_accepted() -> None:
    stripped = cms.ContentInfo.load(SIGNATURE)
    signer = stripped["content"]["signer_infos"][0]
    kept = [a for a in signer["signed_attrs"] if a["type"].native != "signing_certificate_v2"]
    signer["signed_attrs"] = cms.CMSAttributes(kept)
    assert fault_of(stripped.dump(force=True), DATA) == SignatureFault.FORGED
    plain = asyncio.run(
        signer_of(ISSUER)._signer.async_sign_general_data(DATA, "sha256", detached=True)
    )
    assert fault_of(plain.dump(), DATA) == SignatureFault.MALFORMED


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SIGNATURE) - 1), st.integers(1, 255))
def test_a_changed_signature_never_yields_other_facts(position: int, change: int) -> None:
    """DER has places that say nothing (a version, a list of digests): whoever changes those
    changes nothing. Everywhere else the signature is refused with a known fault."""
    changed = bytearray(SIGNATURE)
    changed[position] ^= change
    try:
        facts = verify_detached(bytes(changed), DATA, ISSUER.pem)
    except SignatureInvalid as error:
        assert error.facts["what"] in set(SignatureFault)
    else:
        assert facts == verify_detached(SIGNATURE, DATA, ISSUER.pem)


def test_integrity_and_authority_can_be_asked_one_by_one() -> None:
    facts = check_integrity(SIGNATURE, DATA)
    assert facts.authority is None
    assert check_authority(SIGNATURE, facts, ISSUER.pem).authority == "Test Authority"


def test_openssl_accepts_our_signature_and_refuses_it_after_one_byte(tmp_path: Path) -> None:
    openssl = needs("openssl")
    for name, content in (("sig", SIGNATURE), ("data", DATA), ("ca", ISSUER.pem)):
        (tmp_path / name).write_bytes(content)
    command = (
        f"{openssl} cms -verify -cades -binary -inform DER -in sig -content data "
        "-CAfile ca -purpose any -attime 1779010212 -out out"
    ).split()
    accepted = run(*command, cwd=tmp_path)
    (tmp_path / "data").write_bytes(DATA[:-1] + b"!")
    refused = run(*command, cwd=tmp_path)
    assert (accepted.returncode, b"CAdES Verification successful" in accepted.stderr) == (0, True)
    assert refused.returncode != 0


def test_a_signature_made_by_openssl_is_accepted_here(tmp_path: Path) -> None:
    openssl = needs("openssl")
    run(
        *f"{openssl} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9".split(),
        *["-subj", "/CN=Peer", "-keyout", "key", "-out", "cert"],
        cwd=tmp_path,
    )
    (tmp_path / "data").write_bytes(DATA)
    run(
        *f"{openssl} cms -sign -cades -binary -md sha256 -in data -signer cert".split(),
        *["-inkey", "key", "-outform", "DER", "-out", "sig"],
        cwd=tmp_path,
    )
    facts = verify_detached((tmp_path / "sig").read_bytes(), DATA, (tmp_path / "cert").read_bytes())
    assert (facts.name, facts.authority) == ("Peer", "Peer")


def test_a_key_must_belong_to_its_certificate_and_be_of_a_kind_that_openssl_checks() -> None:
    certificate = signer_of(ISSUER).certificate
    foreign = ed25519.Ed25519PrivateKey.generate()
    der = foreign.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    for private, public in ((der, certificate), (b"x", certificate), (der, b"no certificate")):
        with pytest.raises(KeyFileMalformed):
            FileKeySigner(private, public, clock=SteppingClock(NOW))


def test_no_trust_anchor_in_a_file_is_said() -> None:
    with pytest.raises(KeyFileMalformed):
        verify_detached(SIGNATURE, DATA, b"no certificate")


def test_signing_brings_no_decoder_into_the_process() -> None:
    program = (
        "import sys, cport_desktop.crypto.signing, cport_desktop.exports.composition;"
        "print({'PIL', 'reportlab', 'numpy', 'av'} & set(sys.modules))"
    )
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert seen.stdout.strip() == b"set()"


def test_a_certificate_for_something_else_is_no_signer() -> None:
    """Whoever verifies refuses what it signs, so it is said before."""
    root = holder("Root", says=AUTHORITY)
    for use in (usage("key_agreement"), purposes(ExtendedKeyUsageOID.CLIENT_AUTH)):
        made = holder("Station", root, Says(extensions=[(use, True)]))
        private = made.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        with pytest.raises(KeyFileMalformed) as caught:
            FileKeySigner(private, made.pem, clock=SteppingClock(NOW))
        assert caught.value.facts["what"] == "certificate: not one to sign documents with"


def test_signing_does_not_spell_out_for_nobody_what_it_makes() -> None:
    """As `asyncio.run` does in a main thread, which took longer than the signing."""
    spelled = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal spelled
        is_ours = event == "call" and "asn1crypto" in frame.f_code.co_filename
        spelled += is_ours and frame.f_code.co_name == "__repr__"

    signer = signer_of(ISSUER)
    sys.setprofile(watch)
    try:
        signer.sign_detached(DATA)
        signer.sign_pdf(bytes(32))
    finally:
        sys.setprofile(None)
    assert spelled == 0
