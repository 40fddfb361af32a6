"""The commands that travel with a package are run as they stand there."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from cport_desktop.crypto.recipients import print_identity
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.words.packages import HOW_TO_VERIFY
from tests.exports.both_verifiers import STAND_ALONE
from tests.exports.custody_log import content_with_custody
from tests.exports.forged_signatures import AUTHORITY, Says, holder, purposes, usage
from tests.exports.peers import needs
from tests.exports.synthetic import NOW, RESOURCES, Sealed, authority, sealed, signer_of


def commands() -> list[str]:
    """Lines that stand four spaces in; the one that stands deeper needs files that few have."""
    return [line.strip() for line in HOW_TO_VERIFY.splitlines() if re.match(r" {4}\S", line)]


def script() -> str:
    """The commands as one shell script that stops at the first that fails."""
    return "set -euo pipefail\n" + "\n".join(commands()) + "\n"


def laid_out(folder: Path, package: Sealed, *, trusted: bytes | None = None) -> Path:
    """The three files that the text asks for."""
    for program in ("age", "unzip", "openssl", "sha256sum"):
        needs(program)
    (folder / "package.age").write_bytes(package.blob)
    (folder / "identity.txt").write_bytes(print_identity(package.identity))
    (folder / "authority.pem").write_bytes(trusted or package.authority.pem)
    return folder


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed(content_with_custody(), documents=DocumentMaker(resources=RESOURCES))


@pytest.fixture
def folder(tmp_path: Path, package: Sealed) -> Path:
    return laid_out(tmp_path, package)


def follow(folder: Path, text: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", text], cwd=folder, capture_output=True, check=False, timeout=60
    )


def test_there_is_a_command_for_every_claim() -> None:
    assert [line.split()[0] for line in commands()] == [
        "age",
        "unzip",
        "cd",
        "date",
        "openssl",
        "openssl",
        "openssl",
        "grep",
        "sha256sum",
        "find",
        "cut",
        "cd",
        "sha256sum",
        "cd",
    ]


def test_an_honest_package_passes_them_all(folder: Path) -> None:
    done = follow(folder, script())
    assert done.returncode == 0, done.stderr.decode()
    assert b"CAdES Verification successful" in done.stderr
    assert b"CN = Test Agency" in done.stdout
    assert (folder / "signed-at.txt").read_text() == f"{int(NOW.timestamp())}\n"


@pytest.mark.parametrize(
    ("change", "tool"),
    [
        ("printf x >> opened/reports.csv", b"reports.csv: FAILED"),
        ("printf x >> opened/custody.json", b"custody.json: FAILED"),
        ("printf x >> opened/media/bagit.txt", b"media/bagit.txt: FAILED"),
        ("printf x >> opened/META-INF/ASiCManifest001.xml", b"CAdES Verification failure"),
        ("touch opened/media/data/added.bin", b"added.bin"),
        ("touch opened/media/mimetype", b"media/mimetype"),
        ("rm opened/package.json", b"package.json"),
        ("sed -i s/a/b/ opened/manifest-sha256.txt", b""),
    ],
)
def test_a_changed_file_fails_at_one_of_them(folder: Path, change: str, tool: bytes) -> None:
    changed = script().replace("\ncd opened\n", f"\n{change}\ncd opened\n")
    done = follow(folder, changed)
    assert done.returncode != 0
    assert tool in done.stdout + done.stderr


def test_a_certificate_that_expired_since_counts_as_it_did_then(tmp_path: Path) -> None:
    """It is valid on the day of signing alone, a day that is past wherever this runs later."""
    issuer = authority()
    brief = signer_of(issuer, valid_until=NOW + timedelta(hours=1))
    folder = laid_out(tmp_path, sealed(issuer=issuer, signer=brief))
    done = follow(folder, script())
    assert done.returncode == 0, done.stderr.decode()


def test_a_certificate_that_was_not_valid_when_it_signed_fails(tmp_path: Path) -> None:
    issuer = authority()
    late = signer_of(issuer, valid_until=NOW - timedelta(hours=1))
    folder = laid_out(tmp_path, sealed(issuer=issuer, signer=late))
    done = follow(folder, script())
    assert done.returncode != 0
    assert b"certificate has expired" in done.stderr


def test_an_authority_of_the_same_name_that_is_another_is_found_out(
    tmp_path: Path, package: Sealed
) -> None:
    folder = laid_out(tmp_path, package, trusted=authority().pem)
    done = follow(folder, script())
    assert done.returncode != 0
    assert b"CAdES Verification failure" in done.stderr


def test_the_text_says_where_trust_must_come_from_and_how_to_read_an_old_signature() -> None:
    assert "must come from outside this package" in HOW_TO_VERIFY
    assert "-attime" in HOW_TO_VERIFY


def test_the_purpose_of_the_certificate_is_shown(tmp_path: Path) -> None:
    """Which openssl does not ask: a certificate for servers passes every other command."""
    root = holder("Root", says=AUTHORITY)
    server = purposes(ExtendedKeyUsageOID.SERVER_AUTH)
    says = Says(extensions=[(usage("key_agreement"), True), (server, False)])
    shown = holder("Server", root, says)
    (tmp_path / "signer.pem").write_bytes(shown.pem)
    (tmp_path / "opened").mkdir()
    command = next(line for line in commands() if "-ext keyUsage" in line)
    done = follow(tmp_path / "opened", command)
    assert (done.returncode, b"Key Agreement" in done.stdout) == (0, True)
    assert b"TLS Web Server Authentication" in done.stdout


def test_the_text_names_the_one_file_that_does_all_of_it(tmp_path: Path, package: Sealed) -> None:
    """Its commands are run as they stand there, with the file beside the package."""
    place = laid_out(tmp_path, package)
    (place / "verify_package.py").write_bytes(STAND_ALONE.read_bytes())
    (line,) = re.findall(r"^ {6}(python3 verify_package\.py .*)$", HOW_TO_VERIFY, re.MULTILINE)
    command = line.replace("python3", f"{sys.executable} -I") + " --at 2026-06-01T00:00:00Z"
    done = follow(place, command)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Verified." in done.stdout
    assert "sha256sum verify_package.py" in HOW_TO_VERIFY
    assert "never take the file" in HOW_TO_VERIFY
    assert (STAND_ALONE.parent.name, STAND_ALONE.parents[1].name) == ("verify", "packaging")


def test_the_text_inside_is_the_one_tested_here(folder: Path) -> None:
    follow(folder, script())
    with zipfile.ZipFile(folder / "package.asice") as container:
        assert container.read("HOWTO-VERIFY.txt").decode() == HOW_TO_VERIFY


def test_the_command_for_a_time_stamp_accepts_one_over_the_sealed_file_and_no_other(
    folder: Path,
) -> None:
    """The stamp is made by OpenSSL's own authority, and checked as the text says."""
    (command,) = (line.strip() for line in HOW_TO_VERIFY.splitlines() if "openssl ts " in line)
    made = follow(folder, _STAMP)
    assert made.returncode == 0, made.stderr.decode()
    (folder / "opened").mkdir()
    assert follow(folder / "opened", command).returncode == 0
    (folder / "package.age").write_bytes(b"another file")
    assert follow(folder / "opened", command).returncode != 0


_STAMP = """\
set -eu
cat > tsa.cnf <<END
[req]
distinguished_name = dn
x509_extensions = ext
prompt = no
[dn]
CN = Test stamps
[ext]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = serial.txt
crypto_device = builtin
signer_cert = stamps.pem
signer_key = stamps.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
END
echo 01 > serial.txt
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -config tsa.cnf -days 2 -keyout stamps.key -out stamps.pem
openssl ts -query -data package.age -sha256 -cert -out query.tsq
openssl ts -reply -config tsa.cnf -section stamps -queryfile query.tsq -out answer.tsr
openssl ts -reply -config tsa.cnf -in answer.tsr -token_out -out package.age.tst
"""
