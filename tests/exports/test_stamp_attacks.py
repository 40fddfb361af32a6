"""Time stamps that somebody would like to be believed: both verifiers say the same, and openssl is heard."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.exports.both_verifiers import Outcome, Reader, agreed, cause
from tests.exports.forged_signatures import (
    AUTHORITY,
    STAMPING,
    Form,
    Holder,
    Says,
    holder,
    purposes,
    signature_of,
    stamp_holder,
    stamp_token,
    usage,
)
from tests.exports.peers import needs, run
from tests.exports.synthetic import NOW, sealed
from tests.exports.test_verification import META, opened, rebuilt

ROOT, STAMPS = holder("Root", says=AUTHORITY), holder("Stamps", says=AUTHORITY)
LEAF = holder("Leaf", ROOT)
DAY = timedelta(days=1)
LATER = NOW + 3000 * DAY
PROVEN, CLAIMED = "verified_expired_proven", "intact_expired_claimed"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(opened(sealed()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def blob(files: dict[str, bytes]) -> bytes:
    return rebuilt(files | {META[1]: signature_of(LEAF, files[META[0]])})


def said(blob: bytes, stamp: bytes | None, *, now: datetime = LATER) -> str:
    outcome = agreed(blob, Reader(trust=ROOT.pem + STAMPS.pem, stamp=stamp, now=now))
    return cause(outcome) or outcome[0]


def openssl_takes(folder: Path, blob: bytes, stamp: bytes) -> bool:
    (folder / "blob").write_bytes(blob)
    (folder / "stamp").write_bytes(stamp)
    (folder / "trust").write_bytes(STAMPS.pem)
    command = (needs("openssl"), "ts", "-verify", "-data", "blob", "-in", "stamp", "-token_in")
    return run(*command, "-CAfile", "trust", cwd=folder).returncode == 0


TWO = purposes(ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.EMAIL_PROTECTION)
OFFICES: dict[str, tuple[Holder, str, bool]] = {
    "honest": (stamp_holder(STAMPS), PROVEN, True),
    "not critically for stamps": (
        stamp_holder(STAMPS, Says(extensions=[(STAMPING, False)])),
        "time_stamp",
        False,
    ),
    "for stamps and mail": (
        stamp_holder(STAMPS, Says(extensions=[(TWO, True)])),
        "time_stamp",
        False,
    ),
    "for nothing said": (stamp_holder(STAMPS, Says()), "time_stamp", False),
    "not for signing": (
        stamp_holder(STAMPS, Says(extensions=[(STAMPING, True), (usage("key_cert_sign"), True)])),
        "time_stamp",
        False,
    ),
    "of a short key": (
        stamp_holder(STAMPS, key=rsa.generate_private_key(65537, 1024)),
        "time_stamp",
        True,
    ),
    "of a short curve": (
        stamp_holder(STAMPS, key=ec.generate_private_key(ec.SECP192R1())),
        "time_stamp",
        True,
    ),
    "expired then": (
        stamp_holder(STAMPS, Says(end=NOW - DAY, extensions=[(STAMPING, True)])),
        CLAIMED,
        False,
    ),
    "of a stranger": (stamp_holder(holder("Stamps", says=AUTHORITY)), CLAIMED, False),
}


@pytest.mark.parametrize("what", OFFICES)
def test_each_office_of_stamps_has_its_answer(blob: bytes, tmp_path: Path, what: str) -> None:
    office, expected, openssl = OFFICES[what]
    stamp = stamp_token(office, blob)
    assert said(blob, stamp) == expected
    assert openssl_takes(tmp_path, blob, stamp) == openssl


FORMS: dict[str, tuple[Form, str, bool]] = {
    "without the time of signing": (Form(without=["signing_time"]), PROVEN, True),
    "without its type": (Form(without=["content_type"]), "time_stamp", True),
    "without naming a certificate": (
        Form(without=["signing_certificate_v2"]),
        "time_stamp",
        False,
    ),
    "naming another certificate": (Form(named=ROOT), "time_stamp", False),
    "by two": (Form(signers=2), "time_stamp", False),
    "over sha-1": (Form(digest="sha1"), "time_stamp", True),
}


@pytest.mark.parametrize("what", FORMS)
def test_each_form_of_a_stamp_has_its_answer(blob: bytes, tmp_path: Path, what: str) -> None:
    form, expected, openssl = FORMS[what]
    stamp = stamp_token(stamp_holder(STAMPS), blob, form=form)
    assert said(blob, stamp) == expected
    assert openssl_takes(tmp_path, blob, stamp) == openssl


@pytest.mark.parametrize("imprint", ["sha1", "sha512"])
def test_a_stamp_beside_the_file_is_over_its_sha256(blob: bytes, imprint: str) -> None:
    """The file is read once, and one digest is made of it. openssl would make any."""
    stamp = stamp_token(stamp_holder(STAMPS), blob, imprint=imprint)
    assert said(blob, stamp) == "time_stamp"


LONG = Says(start=NOW - 900 * DAY, end=NOW + 900 * DAY, extensions=[(STAMPING, True)])


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-200, "stamp_early"),
        (-20, "stamp_early"),
        (-0.9, PROVEN),
        (0, PROVEN),
        (200, PROVEN),
        (400, CLAIMED),
    ],
)
def test_a_stamp_of_another_time_proves_nothing_else(
    blob: bytes, days: float, expected: str
) -> None:
    """One that is older than the statement contradicts it; one that came too late leaves it a claim."""
    root = holder(
        "Stamps",
        says=Says(is_authority=True, start=LONG.start, end=LONG.end),
        key=STAMPS.key,
    )
    stamp = stamp_token(stamp_holder(root, LONG), blob, NOW + timedelta(days=days))
    reader = Reader(trust=ROOT.pem + root.pem, stamp=stamp, now=LATER)
    outcome = agreed(blob, reader)
    assert (cause(outcome) or outcome[0]) == expected


def test_a_stamp_of_tomorrow_is_believed_by_nobody(blob: bytes) -> None:
    stamp = stamp_token(stamp_holder(STAMPS), blob, NOW + 100 * DAY)
    assert said(blob, stamp, now=NOW) == "future"
    assert said(blob, stamp, now=NOW + 99.5 * DAY) == "verified"


def test_an_answer_that_refuses_is_none_whatever_stands_beside_it(blob: bytes) -> None:
    token = cms.ContentInfo.load(stamp_token(stamp_holder(STAMPS), blob))
    for status, expected in (
        ("granted", PROVEN),
        ("granted_with_mods", PROVEN),
        ("rejection", "time_stamp"),
        ("waiting", "time_stamp"),
    ):
        answer = {"status": {"status": status}, "time_stamp_token": token}
        assert said(blob, bytes(tsp.TimeStampResp(answer).dump())) == expected
    assert said(blob, bytes.fromhex("30053003020102")) == "time_stamp"


def stamped(files: dict[str, bytes], at: datetime, office: Holder) -> bytes:
    """The container with a stamp within its signature."""
    signature = cms.ContentInfo.load(signature_of(LEAF, files[META[0]]))
    (signer,) = signature["content"]["signer_infos"]
    token = cms.ContentInfo.load(stamp_token(office, signer["signature"].native, at))
    signer["unsigned_attrs"] = cms.CMSAttributes(
        [{"type": "signature_time_stamp_token", "values": [token]}]
    )
    return rebuilt(files | {META[1]: signature.dump(force=True)})


def outcome_of(blob: bytes, stamp: bytes) -> Outcome:
    return agreed(blob, Reader(trust=ROOT.pem + STAMPS.pem, stamp=stamp, now=LATER))


def test_of_two_stamps_the_earlier_one_counts(files: dict[str, bytes]) -> None:
    long = Says(end=NOW + 900 * DAY, extensions=[(STAMPING, True)])
    office = stamp_holder(STAMPS, long)
    within = stamped(files, NOW + 200 * DAY, office)
    outcome = outcome_of(within, stamp_token(office, within, NOW + 100 * DAY))
    assert outcome[0] == PROVEN
    assert (NOW + 100 * DAY).strftime("%Y-%m-%d") in outcome[1][4][3]
    outcome = outcome_of(within, stamp_token(office, within, NOW + 250 * DAY))
    assert (NOW + 200 * DAY).strftime("%Y-%m-%d") in outcome[1][4][3]
    assert cause(outcome_of(within, stamp_token(office, b"other"))) == "time_stamp"
