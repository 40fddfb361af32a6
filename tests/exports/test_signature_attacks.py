"""Signatures that a court's expert would object to: both verifiers say the same of each, and why.

Where `openssl cms -verify -cades` (as in HOWTO-VERIFY.txt) takes another view, it stands here.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.exports.both_verifiers import Reader, agreed, cause
from tests.exports.forged_signatures import (
    AUTHORITY,
    PLAIN,
    Form,
    Holder,
    Key,
    Rewritten,
    Says,
    a_name,
    holder,
    purposes,
    rewritten,
    signature_of,
    usage,
)
from tests.exports.peers import needs, run
from tests.exports.synthetic import NOW, sealed
from tests.exports.test_verification import META, Files, opened, rebuilt

ROOT = holder("Root", says=AUTHORITY)
DAY = timedelta(days=1)
NULL_ATTRIBUTE = {"type": "1.2.3.4", "values": [core.Null()]}


@pytest.fixture(scope="module")
def files() -> Files:
    with zipfile.ZipFile(io.BytesIO(opened(sealed()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def said(files: Files, signature: bytes, *trust: Holder, **more: object) -> str:
    """The verdict, or the cause of the first fault, that both give; and the sentence differs by cause."""
    reader = Reader(trust=b"".join(each.pem for each in trust or (ROOT,)), **more)  # type: ignore[arg-type]
    outcome = agreed(rebuilt(files | {META[1]: signature}), reader)
    return cause(outcome) or outcome[0]


def openssl_takes(folder: Path, files: Files, signature: bytes, trust: Holder) -> bool:
    (folder / "signature").write_bytes(signature)
    (folder / "manifest").write_bytes(files[META[0]])
    (folder / "trust").write_bytes(trust.pem)
    command = (
        *(needs("openssl"), "cms", "-verify", "-cades", "-binary", "-inform", "DER"),
        *("-in", "signature", "-content", "manifest", "-CAfile", "trust", "-purpose", "any"),
        *("-attime", str(int(NOW.timestamp())), "-out", "out"),
    )
    return run(*command, cwd=folder).returncode == 0


# -- the form of the signature ------------------------------------------------------------------

FORMS: dict[str, tuple[Form, str, bool]] = {
    "honest": (Form(), "verified", True),
    "sha-384": (Form(digest="sha384"), "verified", True),
    "another signed attribute": (Form(signed=[NULL_ATTRIBUTE]), "verified", True),
    "certificate named by sha-512": (Form(named_by="sha512"), "verified", True),
    "certificate named by sha-1": (Form(named_by="sha1"), "malformed", True),
    "sha-1": (Form(digest="sha1"), "weak", True),
    "no signing time": (Form(without=["signing_time"]), "malformed", True),
    "two signers": (Form(signers=2), "malformed", True),
    "no signer": (Form(signers=0), "malformed", False),
    "an unsigned attribute": (Form(unsigned=[NULL_ATTRIBUTE]), "malformed", True),
    "a certificate that rides along": (
        Form(certificates=[holder("Stray", says=AUTHORITY)]),
        "malformed",
        True,
    ),
    "content inside": (Form(content=b"other"), "malformed", True),
    "content of another type": (Form(content_type="enveloped_data"), "malformed", True),
    "another type signed": (Form(said_type="signed_data"), "forged", True),
    "no type signed": (Form(without=["content_type"]), "forged", False),
    "no digest signed": (Form(without=["message_digest"]), "forged", False),
    "another digest signed": (Form(said_digest=bytes(32)), "altered", False),
    "no certificate named": (Form(without=["signing_certificate_v2"]), "malformed", False),
    "another certificate named": (Form(named=ROOT), "forged", False),
}


@pytest.mark.parametrize("what", FORMS)
def test_each_form_of_a_signature_has_its_answer(files: Files, tmp_path: Path, what: str) -> None:
    form, expected, openssl = FORMS[what]
    signature = signature_of(holder("Leaf", ROOT), files[META[0]], form)
    assert said(files, signature) == expected
    assert openssl_takes(tmp_path, files, signature, ROOT) == openssl


# -- what the signer's certificate is for ---------------------------------------------------------


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        (usage("digital_signature"), "verified"),
        (usage("content_commitment"), "verified"),
        (usage("key_encipherment"), "purpose"),
        (usage("key_agreement"), "purpose"),
        (usage("key_cert_sign", "crl_sign"), "purpose"),
        (purposes(ExtendedKeyUsageOID.EMAIL_PROTECTION), "verified"),
        (purposes(x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")), "verified"),
        (purposes(ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE), "verified"),
        (
            purposes(ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION),
            "verified",
        ),
        (purposes(ExtendedKeyUsageOID.SERVER_AUTH), "purpose"),
        (purposes(ExtendedKeyUsageOID.CLIENT_AUTH), "purpose"),
        (purposes(ExtendedKeyUsageOID.TIME_STAMPING), "purpose"),
        (purposes(ExtendedKeyUsageOID.OCSP_SIGNING), "purpose"),
        (purposes(ExtendedKeyUsageOID.CODE_SIGNING), "purpose"),
    ],
)
def test_a_certificate_for_something_else_signs_no_package(
    files: Files, extension: x509.ExtensionType, expected: str
) -> None:
    """An authority of signers has certificates for servers and stations, too: those sign nothing."""
    leaf = holder("Leaf", ROOT, Says(extensions=[(extension, True)]))
    assert said(files, signature_of(leaf, files[META[0]])) == expected
    assert said(files, signature_of(leaf, files[META[0]]), leaf) == expected


def _rsa(bits: int, exponent: int = 65537) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(exponent, bits)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (_rsa(1024), "weak"),
        (_rsa(2048, 3), "verified"),
        (ec.generate_private_key(ec.SECP192R1()), "weak"),
        (ec.generate_private_key(ec.SECP224R1()), "weak"),
        (ec.generate_private_key(ec.SECP256K1()), "weak"),
        (ec.generate_private_key(ec.SECP384R1()), "verified"),
        (ec.generate_private_key(ec.BrainpoolP256R1()), "verified"),
    ],
)
def test_a_weak_key_signs_no_package_though_openssl_takes_it(
    files: Files, tmp_path: Path, key: Key, expected: str
) -> None:
    leaf = holder("Leaf", ROOT, key=key)
    signature = signature_of(leaf, files[META[0]])
    assert said(files, signature) == expected
    assert openssl_takes(tmp_path, files, signature, ROOT)


# -- the way to an authority ------------------------------------------------------------------------


def limited_to(*names: x509.GeneralName, critical: bool = True) -> tuple[x509.ExtensionType, bool]:
    return x509.NameConstraints(permitted_subtrees=names, excluded_subtrees=None), critical


def inter(*extensions: tuple[x509.ExtensionType, bool]) -> Says:
    return Says(is_authority=True, extensions=extensions)


LEAF, OTHER = x509.DirectoryName(a_name("Leaf")), x509.DirectoryName(a_name("Other"))
DEMANDS = x509.PolicyConstraints(require_explicit_policy=0, inhibit_policy_mapping=None)
WAYS: dict[str, tuple[Says, str, bool]] = {
    "an authority": (AUTHORITY, "verified", True),
    "allowed to issue": (inter((usage("key_cert_sign"), True)), "verified", True),
    "not allowed to issue": (inter((usage("digital_signature"), True)), "authority", False),
    "no authority": (PLAIN, "authority", False),
    "does not say what it is": (Says(basic=False), "authority", False),
    "expired": (Says(is_authority=True, end=NOW - DAY), "expired", False),
    "not valid yet": (Says(is_authority=True, start=NOW + DAY), "expired", False),
    "for this name": (inter(limited_to(LEAF)), "verified", True),
    "for another name": (inter(limited_to(OTHER)), "authority", False),
    "for another name, not critical": (
        inter(limited_to(OTHER, critical=False)),
        "authority",
        False,
    ),
    "for hosts of a domain": (inter(limited_to(x509.DNSName("site.example"))), "verified", True),
    "for addresses": (
        inter(limited_to(x509.UniformResourceIdentifier("site.example"))),
        "authority",
        True,
    ),
    "demands a policy": (inter((DEMANDS, True)), "authority", True),
    "no policy for all": (inter((x509.InhibitAnyPolicy(0), True)), "verified", True),
    "signed over sha-224": (Says(is_authority=True, hashing=hashes.SHA224), "weak", True),
}


@pytest.mark.parametrize("what", WAYS)
def test_each_way_to_an_authority_has_its_answer(files: Files, tmp_path: Path, what: str) -> None:
    says, expected, openssl = WAYS[what]
    between = holder("Between", ROOT, says)
    leaf = holder("Leaf", between)
    signature = signature_of(leaf, files[META[0]], Form(certificates=[between]))
    assert said(files, signature) == expected
    assert openssl_takes(tmp_path, files, signature, ROOT) == openssl


def test_limits_on_names_hold_for_mail_and_hosts(files: Files) -> None:
    def outcome(limit: x509.GeneralName, name: x509.GeneralName) -> str:
        between = holder("Between", ROOT, inter(limited_to(limit)))
        says = Says(extensions=[(x509.SubjectAlternativeName([name]), False)])
        leaf = holder("Leaf", between, says)
        return said(files, signature_of(leaf, files[META[0]], Form(certificates=[between])))

    mail, dns = x509.RFC822Name, x509.DNSName
    assert outcome(mail("site.example"), mail("a@site.example")) == "verified"
    assert outcome(mail("site.example"), mail("a@sub.site.example")) == "authority"
    assert outcome(mail(".site.example"), mail("a@sub.site.example")) == "verified"
    assert outcome(mail("a@site.example"), mail("b@site.example")) == "authority"
    assert outcome(dns("site.example"), dns("sub.site.example")) == "verified"
    assert outcome(dns("site.example"), dns("othersite.example")) == "authority"


def test_a_weak_key_between_makes_no_way(files: Files) -> None:
    between = holder("Between", ROOT, AUTHORITY, key=_rsa(1024))
    leaf = holder("Leaf", between)
    assert said(files, signature_of(leaf, files[META[0]], Form(certificates=[between]))) == "weak"


def test_a_way_is_no_longer_than_its_authorities_allow(files: Files) -> None:
    for length, expected in ((0, "authority"), (1, "verified")):
        upper = holder("Upper", ROOT, Says(is_authority=True, path=length))
        lower = holder("Lower", upper, AUTHORITY)
        leaf = holder("Leaf", lower)
        form = Form(certificates=[upper, lower])
        assert said(files, signature_of(leaf, files[META[0]], form)) == expected
        assert said(files, signature_of(leaf, files[META[0]], Form(certificates=[lower]))) == (
            "authority"
        )


ANCHORS: dict[str, tuple[Says, str]] = {
    "as before": (AUTHORITY, "verified"),
    "expired before": (Says(is_authority=True, end=NOW - 2 * DAY), "expired"),
    "no authority": (PLAIN, "authority"),
    "not allowed to issue": (inter((usage("digital_signature"), True)), "authority"),
    "for another name": (inter(limited_to(OTHER)), "authority"),
    "demands a policy": (inter((DEMANDS, True)), "authority"),
}


@pytest.mark.parametrize("what", ANCHORS)
def test_the_certificate_of_the_authority_counts_in_full(
    files: Files, tmp_path: Path, what: str
) -> None:
    """As openssl has it: a certificate that somebody trusts is not trusted for more than it says."""
    says, expected = ANCHORS[what]
    anchor = holder("Root", says=says, key=ROOT.key)
    signature = signature_of(holder("Leaf", ROOT), files[META[0]])
    assert said(files, signature, anchor) == expected
    takes = openssl_takes(tmp_path, files, signature, anchor)
    assert takes == (expected == "verified" or what == "demands a policy")


def test_a_short_root_ends_no_long_way(files: Files) -> None:
    anchor = holder("Root", says=Says(is_authority=True, path=0), key=ROOT.key)
    between = holder("Between", ROOT, AUTHORITY)
    signature = signature_of(holder("Leaf", between), files[META[0]], Form(certificates=[between]))
    assert said(files, signature, anchor) == "authority"
    assert said(files, signature, ROOT) == "verified"


def test_an_old_and_a_new_root_of_one_name_and_key_do_not_hinder_each_other(files: Files) -> None:
    old = holder("Root", says=Says(is_authority=True, end=NOW - DAY), key=ROOT.key)
    signature = signature_of(holder("Leaf", ROOT), files[META[0]])
    assert said(files, signature, old, ROOT) == said(files, signature, ROOT, old) == "verified"


@pytest.mark.parametrize(
    ("key", "expected"),
    [(_rsa(1024), "authority"), (ed25519.Ed25519PrivateKey.generate(), "verified")],
)
def test_a_root_is_as_good_as_its_key(files: Files, key: Key, expected: str) -> None:
    root = holder("Root", says=AUTHORITY, key=key)
    assert said(files, signature_of(holder("Leaf", root), files[META[0]]), root) == expected


def test_a_certificate_of_the_name_of_its_issuer_is_not_its_own(files: Files) -> None:
    """Otherwise a weak signature by somebody of the same name would pass for one by oneself."""
    twin = holder("Root", ROOT, Says(is_authority=True, hashing=hashes.SHA224))
    leaf = holder("Leaf", twin)
    assert said(files, signature_of(leaf, files[META[0]], Form(certificates=[twin]))) == "weak"


def test_whom_the_reader_knows_needs_no_authority(files: Files) -> None:
    """A certificate given as trusted is its own anchor; openssl wants `-partial_chain` for that."""
    between = holder("Between", ROOT, AUTHORITY)
    leaf = holder("Leaf", between)
    assert said(files, signature_of(leaf, files[META[0]]), leaf) == "verified"
    assert said(files, signature_of(leaf, files[META[0]]), between) == "verified"
    assert said(files, signature_of(holder("Leaf"), files[META[0]])) == "authority"


# -- time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "expected"), [(-99, "expired"), (0, "verified"), (0.9, "verified"), (99, "future")]
)
def test_a_time_that_has_not_come_yet_was_not_that_of_signing(
    files: Files, days: float, expected: str
) -> None:
    form = Form(at=NOW + timedelta(days=days))
    assert said(files, signature_of(holder("Leaf", ROOT), files[META[0]], form)) == expected


def test_each_cause_has_a_sentence_of_its_own(files: Files) -> None:
    reader = Reader(trust=ROOT.pem)
    made: Sequence[tuple[Holder, Form]] = (
        (holder("Leaf", ROOT), Form(digest="sha1")),
        (holder("Leaf", ROOT, Says(extensions=[(usage("key_agreement"), True)])), Form()),
        (holder("Leaf", ROOT), Form(at=NOW + 99 * DAY)),
        (holder("Leaf"), Form()),
        (holder("Leaf", ROOT), Form(signers=2)),
    )
    sentences = set()
    for leaf, form in made:
        signature = signature_of(leaf, files[META[0]], form)
        outcome = agreed(rebuilt(files | {META[1]: signature}), reader)
        sentences.add(next(step[3] for step in outcome[1] if step[2] == "failed"))
    assert len(sentences) == len(made)


# -- what is shown to people --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        (b"L\x1b[m", 12),
        (b"L\n\r\x00", 12),
        (b"\xe2\x80\xaeL", 12),
        (b"L\xff\xfef", 12),
        (b"L\xe9af", 19),
        (b"L\xe9af", 20),
        (b"\xd8\x00\x00L", 30),
        (b"Leaf", 2),
        (b"Leaf", 4),
    ],
)
def test_a_name_that_would_do_something_to_a_terminal_or_is_no_text_is_not_shown(
    files: Files, name: bytes, tag: int
) -> None:
    """The name was chosen by whoever asked for the certificate; both would have written it as it is."""
    made = holder("Leaf", ROOT)
    raw = rewritten(made, ROOT, b"\x0c\x04Leaf", bytes([tag, 4]) + name)
    leaf = Rewritten(made.key, made.certificate, raw)
    assert said(files, signature_of(leaf, files[META[0]])) == "malformed"


def test_a_certificate_that_was_put_together_by_hand_counts_if_it_is_sound(files: Files) -> None:
    """The ones above are refused for what they say and not for how they were made."""
    made = holder("Leaf", ROOT)
    same = Rewritten(made.key, made.certificate, rewritten(made, ROOT, b"Leaf", b"Paul"))
    assert said(files, signature_of(same, files[META[0]])) == "verified"


def test_a_certificate_names_one_algorithm_within_and_beside_what_is_signed(files: Files) -> None:
    """RFC 5280, 4.1.1.2; openssl asks it, too."""
    made = holder("Leaf", ROOT)
    within, other = bytes.fromhex("2a8648ce3d040302"), bytes.fromhex("2a8648ce3d040303")
    leaf = Rewritten(made.key, made.certificate, rewritten(made, ROOT, within, other))
    assert said(files, signature_of(leaf, files[META[0]])) == "authority"


@pytest.mark.parametrize("seed", [1, 2])
def test_no_flipped_bit_of_a_certificate_that_its_authority_signs_divides_the_verifiers(
    files: Files, seed: int
) -> None:
    """Whatever an authority may be brought to sign: both say the same of it, and neither breaks down."""
    chance = random.Random(seed)
    uses = purposes(ExtendedKeyUsageOID.EMAIL_PROTECTION)
    names = x509.SubjectAlternativeName([x509.RFC822Name("a@site.example")])
    extensions = ((usage("digital_signature"), True), (uses, False), (names, False))
    made = holder("Leaf", ROOT, Says(extensions=extensions))
    body = bytes(made.parsed["tbs_certificate"].dump())
    answers = set()
    for _ in range(150):
        changed, position = bytearray(body), chance.randrange(4, len(body))
        changed[position] ^= 1 << chance.randrange(8)
        leaf = Rewritten(made.key, made.certificate, rewritten(made, ROOT, body, bytes(changed)))
        try:
            signature = signature_of(leaf, files[META[0]])
        except (ValueError, TypeError, KeyError):  # the attacker's own tool cannot read it
            continue
        answers.add(said(files, signature))
    assert {"verified", "malformed", "authority"} <= answers


@pytest.mark.parametrize("oid", ["2.5.29.15", "2.5.29.37", "2.5.29.17", "2.5.29.35", "2.5.29.30"])
def test_an_extension_that_nobody_can_read_makes_no_way(files: Files, oid: str) -> None:
    rubbish = x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), b"\xff\xff")
    leaf = holder("Leaf", ROOT, Says(extensions=[(rubbish, False)]))
    assert said(files, signature_of(leaf, files[META[0]])) == "authority"


def test_an_extension_twice_or_a_name_that_nobody_knows_makes_no_way(files: Files) -> None:
    """`cryptography` has words of its own for both, which are no ValueError."""
    digest = x509.SubjectKeyIdentifier(b"a" * 20)
    issuer = x509.AuthorityKeyIdentifier(b"b" * 20, None, None)
    made = holder("Leaf", ROOT, Says(extensions=[(digest, False), (issuer, False)]))
    raw = rewritten(made, ROOT, b"\x06\x03\x55\x1d\x23", b"\x06\x03\x55\x1d\x0e")
    twice = Rewritten(made.key, made.certificate, raw)
    assert said(files, signature_of(twice, files[META[0]])) == "authority"
    odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.17"), b"\x30\x02\xa3\x00")
    leaf = holder("Leaf", ROOT, Says(extensions=[(odd, False)]))
    assert said(files, signature_of(leaf, files[META[0]])) == "authority"


def test_a_certificate_that_means_another_certificate_of_its_issuer_has_no_way(
    files: Files,
) -> None:
    anchor = holder(
        "Root",
        says=Says(is_authority=True, extensions=[(x509.SubjectKeyIdentifier(b"a" * 20), False)]),
        key=ROOT.key,
    )
    for stated, expected in ((b"a" * 20, "verified"), (b"b" * 20, "authority")):
        means = x509.AuthorityKeyIdentifier(stated, None, None)
        leaf = holder("Leaf", ROOT, Says(extensions=[(means, False)]))
        assert said(files, signature_of(leaf, files[META[0]]), anchor) == expected
