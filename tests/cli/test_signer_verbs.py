"""Kept signers and recipients, time stamps and expected signers, on the command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from cport_desktop.crypto.recipients import generate_identity, print_identity
from tests.cli.conftest import Demo
from tests.cli.in_process import CportHere
from tests.exports.both_verifiers import STAND_ALONE
from tests.stamping import StampAuthority, stamp_authority, stamp_office


def signer_pem(*, days: int = 30) -> bytes:
    """A key with a certificate that it made for itself, around now."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Unit Seven")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[StampAuthority, str]]:
    made = stamp_authority(datetime.now(UTC).replace(microsecond=0))
    with stamp_office(made) as address:
        yield made, address


def test_a_package_by_names_is_stamped_and_verified_by_both(
    cport: CportHere, tmp_path: Path, office: tuple[StampAuthority, str]
) -> None:
    authority, address = office
    identity = generate_identity()
    pem, key, trust = tmp_path / "unit.pem", tmp_path / "key.txt", tmp_path / "trust.pem"
    pem.write_bytes(signer_pem())
    key.write_bytes(print_identity(identity))
    certificate = pem.read_bytes().partition(b"-----END PRIVATE KEY-----\n")[2]
    trust.write_bytes(certificate + authority.root.pem)
    added = cport("--json", "signers", "add", "unit-7", "--pem", pem)
    assert (added.status, added.json["subject"]) == (0, "Unit Seven"), added.err
    assert cport("signers", "add", "unit-7", "--pem", pem).status == 3
    assert cport("recipients", "add", "court", identity.public).status == 0
    package = tmp_path / "p.age"
    made = cport(
        *("--json", "package", "create", "--query", "kind:image", "--signer", "unit-7"),
        *("--recipient", "court", "--tsa", address, "--out", package, "--no-media"),
    )
    assert made.status == 0, made.out + made.err
    given = ("--identity", key, "--trust", trust, "--signer", "Unit Seven")
    checked = cport("--json", "package", "verify", package, *given)
    assert (checked.status, checked.json["verdict"]) == (0, "verified"), checked.out
    assert "Stamp Office" in next(
        step["detail"] for step in checked.json["steps"] if step["name"] == "validity"
    )
    wrong = cport("--json", "package", "verify", package, *given[:-1], "Unit Eight")
    assert wrong.status == 7
    alone = subprocess.run(
        [sys.executable, "-I", str(STAND_ALONE), str(package), *map(str, given)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert alone.returncode == 0, alone.stdout.decode()

    question, answer = tmp_path / "q.tsq", tmp_path / "a.tsr"
    assert cport("package", "timestamp", package, "--request", question).status == 0
    answer.write_bytes(authority.ask(question.read_bytes()))
    stamped = cport("--json", "package", "timestamp", package, "--answer", answer)
    assert stamped.json["authority"] == "Stamp Office"
    assert cport("package", "timestamp", package, "--url", address).status != 0
    assert cport("package", "verify", package, *given).status == 0
    (tmp_path / "p.age.tst").write_bytes(b"rubbish")
    assert cport("package", "verify", package, *given).status == 7


def test_lists_and_removals(cport: CportHere, tmp_path: Path) -> None:
    pem = tmp_path / "unit.pem"
    pem.write_bytes(signer_pem())
    for name in ("b", "a"):
        assert cport("signers", "add", name, "--pem", pem).status == 0
        assert cport("recipients", "add", name, generate_identity().public).status == 0
    for group in ("signers", "recipients"):
        listed = cport("--json", group, "list").json
        assert ([item["id"] for item in listed["items"]], listed["total"]) == (["a", "b"], 2)
        assert cport("--json", group, "list", "--sort", "-id").json["items"][0]["id"] == "b"
        assert "b" in cport(group, "list").out
        assert cport(group, "remove", "a").status == 0
        assert cport(group, "remove", "a").status == 2
    assert b"PRIVATE" not in cport("--json", "signers", "list").out.encode()


def test_bad_signers_are_told_before_anything_leaves(cport: CportHere, tmp_path: Path) -> None:
    old = tmp_path / "old.pem"
    old.write_bytes(signer_pem(days=-1))
    create = ("--json", "package", "create", "--query", "kind:image", "--out", tmp_path / "p.age")
    court = ("--recipient", generate_identity().public)
    before = cport("--json", "disclosures", "list").json["total"]
    expired = cport(*create, *court, "--signer", old)
    assert (expired.status, expired.json["error"]["code"]) == (3, "refused.signer_expired")
    missing = cport(*create, *court, "--signer", "nobody")
    assert (missing.status, missing.json["error"]["code"]) == (2, "usage.unknown_reference")
    stranger = cport(*create, "--recipient", "nobody")
    assert (stranger.status, stranger.json["error"]["code"]) == (2, "usage.unknown_reference")
    assert cport("--json", "disclosures", "list").json["total"] == before
    assert not (tmp_path / "p.age").exists()


def test_the_one_file_verifies_what_the_demo_made(demo: Demo, tmp_path: Path) -> None:
    """As the README says it."""
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            str(STAND_ALONE),
            str(demo.package),
            "--identity",
            str(demo.folder / "recipient.agekey"),
            "--trust",
            str(demo.folder / "demo-ca.pem"),
        ],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
