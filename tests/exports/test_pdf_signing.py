"""The report is signed as PAdES asks: other programs say so, and see every change."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from cport_desktop.crypto import recipients as age
from cport_desktop.crypto.signing import Signer
from cport_desktop.crypto.stamping import StampedSigner
from cport_desktop.crypto.time_stamps import stamp_within
from cport_desktop.domain.progress import never
from cport_desktop.errors import DocumentFailed
from cport_desktop.exports.documents import DocumentMaker
from cport_desktop.exports.pdf_place import (
    LARGEST_SIGNATURE,
    empty_place,
    filled,
    place_in,
    with_range,
)
from cport_desktop.exports.pdf_signing import sign_pdf
from cport_desktop.exports.records import package_record
from cport_desktop.exports.summary import summary
from tests.exports.peers import needs, run
from tests.exports.synthetic import (
    NOW,
    RESOURCES,
    authority,
    package_content,
    sealed,
    signer_of,
    taxonomy,
)
from tests.stamping import stamp_authority

ISSUER = authority()


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    """What the child hands over, its place empty."""
    content = package_content(2)
    report = summary(content, package_record(content, [], taxonomy()), taxonomy())
    return DocumentMaker(resources=RESOURCES).make(report, is_cancelled=never, has_place=True)


@pytest.fixture(scope="module")
def signed(unsigned: bytes) -> bytes:
    return sign_pdf(unsigned, signer_of(ISSUER))


def pdfsig(pdf: bytes, folder: Path) -> str:
    program = needs("pdfsig")
    (folder / "report.pdf").write_bytes(pdf)
    return run(program, "report.pdf", cwd=folder).stdout.decode()


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_pdfsig_says_that_it_is_valid_and_covers_all(
    unsigned: bytes, kind: str, tmp_path: Path
) -> None:
    said = pdfsig(sign_pdf(unsigned, signer_of(ISSUER, kind=kind)), tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert "Signer Certificate Common Name: Test Agency" in said


def test_a_changed_byte_anywhere_makes_it_fail(signed: bytes, tmp_path: Path) -> None:
    place = place_in_signed(signed)
    chance = random.Random(7)
    spots = [chance.randrange(10, place[0]) for _ in range(6)]
    spots += [chance.randrange(place[1], len(signed) - 6) for _ in range(14)]
    for spot in spots:
        changed = bytearray(signed)
        changed[spot] ^= 0x01
        assert "Signature is Valid" not in pdfsig(bytes(changed), tmp_path), spot


def place_in_signed(signed: bytes) -> tuple[int, int]:
    start = signed.index(b"/Contents <") + len(b"/Contents ")
    return start, start + 2 * LARGEST_SIGNATURE + 2


def test_a_stamped_report_is_valid_and_carries_the_stamp(unsigned: bytes, tmp_path: Path) -> None:
    """PAdES baseline T: the stamp is over this very signature's value."""
    office = stamp_authority(NOW + timedelta(hours=1))
    made = sign_pdf(unsigned, StampedSigner(signer_of(ISSUER), office.ask))
    assert "Signature Validation: Signature is Valid." in pdfsig(made, tmp_path)
    embedded = PdfFileReader(io.BytesIO(made)).embedded_signatures[0]
    (attribute,) = embedded.signer_info["unsigned_attrs"]
    assert attribute["type"].native == "signature_time_stamp_token"
    place = place_in(unsigned)
    written = bytes.fromhex(made[place.start + 1 : place.end - 1].decode())
    stamp = stamp_within(written)
    assert stamp is not None
    assert stamp.moment == NOW + timedelta(hours=1)


def test_what_is_appended_is_not_covered(signed: bytes, tmp_path: Path) -> None:
    assert "Total document signed" not in pdfsig(signed + b"\n% more\n%%EOF\n", tmp_path)


def test_the_signature_is_pades_baseline(signed: bytes) -> None:
    """ETSI EN 319 142-1, 6.3: no time in the CMS, the certificate bound in, the time in the PDF."""
    embedded = PdfFileReader(io.BytesIO(signed)).embedded_signatures[0]
    attributes = {each["type"].native for each in embedded.signer_info["signed_attrs"]}
    assert attributes == {"content_type", "message_digest", "signing_certificate_v2"}
    assert embedded.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert embedded.sig_object["/M"] == "D:20260517093012+00'00'"


def test_pyhanko_agrees_and_finds_its_authority(signed: bytes) -> None:
    anchor = x509.Certificate.load(pem.unarmor(ISSUER.pem)[2])
    embedded = PdfFileReader(io.BytesIO(signed)).embedded_signatures[0]
    embedded.compute_integrity_info()
    assert embedded.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
    context = ValidationContext(
        trust_roots=[anchor], moment=embedded.self_reported_timestamp, allow_fetching=False
    )
    status = validate_pdf_signature(
        embedded,
        signer_validation_context=context,
        key_usage_settings=KeyUsageConstraints(key_usage=set()),
    )
    assert (status.intact, status.valid, status.trusted) == (True, True, True)


def test_a_package_holds_it_signed_by_its_own_signer(tmp_path: Path) -> None:
    package = sealed(
        issuer=ISSUER,
        signer=signer_of(ISSUER, name="Unit 7"),
        documents=DocumentMaker(resources=RESOURCES),
    )
    opened = io.BytesIO()
    age.open(io.BytesIO(package.blob), opened, [package.identity])
    with zipfile.ZipFile(opened) as container:
        report = container.read("summary.pdf")
    said = pdfsig(report, tmp_path)
    assert "Signature is Valid" in said
    assert "Common Name: Unit 7" in said


def test_only_the_place_differs_from_what_the_child_made(unsigned: bytes, signed: bytes) -> None:
    place = place_in(unsigned)
    assert len(signed) == len(unsigned)
    assert signed[: place.start + 1] == unsigned[: place.start + 1]
    assert signed[place.end - 1 :] == unsigned[place.end - 1 :]


class Watching:
    """A signer that nobody may reach."""

    name = "nobody"
    certificate = b""

    def sign_detached(self, data: bytes) -> bytes:
        raise AssertionError("asked to sign")

    def sign_pdf(self, digest: bytes) -> bytes:
        raise AssertionError("asked to sign")


def mended(pdf: bytes, old: bytes, new: bytes) -> bytes:
    assert pdf.count(old) == 1
    return pdf.replace(old, new)


def test_a_document_with_a_crooked_place_is_never_signed(unsigned: bytes) -> None:
    place, size = place_in(unsigned), len(unsigned)
    offsets = b"%010d %010d %010d" % (place.start, place.end, size - place.end)
    nobody: Signer = Watching()
    crooked = [
        b"",
        b"%PDF-1.7\n%%EOF\n",
        unsigned + empty_place(),
        unsigned + b"\n",
        unsigned[:-1],
        mended(unsigned, offsets, b"%010d %010d %010d" % (place.start, place.end, 0)),
        mended(unsigned, offsets, b"%010d %010d %010d" % (place.start - 1, place.end, size)),
        mended(unsigned, offsets, b"%010d %010d %010d" % (0, size, 0)),
        unsigned[: place.start + 9] + b"1" + unsigned[place.start + 10 :],
    ]
    for document in crooked:
        with pytest.raises(DocumentFailed):
            sign_pdf(document, nobody)


def test_a_signature_that_is_too_large_for_its_place_is_refused(unsigned: bytes) -> None:
    with pytest.raises(DocumentFailed):
        filled(unsigned, place_in(unsigned), b"x" * (LARGEST_SIGNATURE + 1))


def test_a_document_without_a_place_gets_no_range() -> None:
    with pytest.raises(DocumentFailed):
        with_range(b"%PDF-1.7\n%%EOF\n")
