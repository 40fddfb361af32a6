"""Time stamps: within a signature and beside a sealed file, and what they prove to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cport_desktop.crypto.stamping import StampedSigner, question_about, stamp_over, stamped
from cport_desktop.errors import OutputExists, StampUnfit, StampUnreachable, ValueUnknown
from cport_desktop.sync.time_stamp_road import ask_by_network
from cport_desktop.usecases.stamp_package import (
    stamp_package,
    stamp_path,
    take_answer,
    write_question,
)
from tests.exports.both_verifiers import (
    Outcome,
    Reader,
    agreed,
    by_the_one_file,
    by_the_program,
    cause,
    states,
)
from tests.exports.peers import needs, run
from tests.exports.synthetic import NOW, Sealed, authority, sealed, signer_of
from tests.stamping import StampAuthority, stamp_authority, stamp_office

YEARS_LATER = NOW + timedelta(days=3000)
AN_HOUR_LATER = NOW + timedelta(hours=1)


@pytest.fixture(scope="module")
def office() -> StampAuthority:
    return stamp_authority(AN_HOUR_LATER)


@pytest.fixture(scope="module")
def package() -> Sealed:
    return sealed()


@pytest.fixture(scope="module")
def stamped_package(office: StampAuthority) -> Sealed:
    issuer = authority()
    return sealed(issuer=issuer, signer=StampedSigner(signer_of(issuer), office.ask))


def reader_of(package: Sealed, *others: bytes) -> Reader:
    trust = b"".join([package.authority.pem, *others])
    return Reader(identities=[package.identity], trust=trust, now=YEARS_LATER)


def token_over(package: Sealed, office: StampAuthority) -> bytes:
    return stamp_over(hashlib.sha256(package.blob).digest(), office.ask).token


def test_a_stamped_signature_is_proven_years_later(
    stamped_package: Sealed, office: StampAuthority
) -> None:
    outcome = agreed(stamped_package.blob, reader_of(stamped_package, office.root.pem))
    assert outcome[0] == "verified_expired_proven"
    assert "Stamp Office proves" in outcome[1][6][3]
    assert "2026-05-17T10:30:12Z" in outcome[1][6][3]


def test_a_stamp_of_an_authority_that_nobody_relies_on_proves_nothing(
    stamped_package: Sealed,
) -> None:
    outcome = agreed(stamped_package.blob, reader_of(stamped_package))
    assert (outcome[0], states(outcome)) == ("intact_expired_claimed", "ppppppcpp")
    assert "does not go back to a given authority" in outcome[1][6][3]


def test_a_stamp_beside_the_file_proves_the_same(package: Sealed, office: StampAuthority) -> None:
    reader = replace(reader_of(package, office.root.pem), stamp=token_over(package, office))
    assert agreed(package.blob, reader)[0] == "verified_expired_proven"
    assert agreed(package.blob, replace(reader, now=NOW))[0] == "verified"
    assert agreed(package.blob, replace(reader, stamp=None))[0] == "intact_expired_claimed"


def test_the_answer_itself_is_taken_for_the_stamp(package: Sealed, office: StampAuthority) -> None:
    answer = office.ask(question_about(hashlib.sha256(package.blob).digest()))
    reader = replace(reader_of(package, office.root.pem), stamp=answer)
    assert agreed(package.blob, reader)[0] == "verified_expired_proven"


def test_a_stamp_made_after_the_certificate_had_expired_proves_nothing() -> None:
    issuer = authority()
    signer = signer_of(issuer, valid_until=NOW + timedelta(minutes=30))
    made = sealed(issuer=issuer, signer=signer)
    office = stamp_authority(AN_HOUR_LATER)
    reader = replace(reader_of(made, office.root.pem), stamp=token_over(made, office))
    outcome = agreed(made.blob, reader)
    assert states(outcome)[6] == "c"
    assert "made after the certificate had expired" in outcome[1][6][3]


def test_a_stamp_over_something_else_is_a_fault(package: Sealed, office: StampAuthority) -> None:
    other = stamp_over(hashlib.sha256(b"other").digest(), office.ask).token
    reader = replace(reader_of(package, office.root.pem), stamp=other)
    assert cause(agreed(package.blob, reader)) == "time_stamp"
    for rubbish in (b"", b"rubbish", b"0" * 1000, other[:-1], other + b"\0"):
        assert cause(agreed(package.blob, replace(reader, stamp=rubbish))) == "time_stamp"


def test_a_stamp_by_a_certificate_for_other_purposes_is_a_fault(package: Sealed) -> None:
    office = stamp_authority(purpose=False)
    with pytest.raises(StampUnfit):
        token_over(package, office)
    answer = office.ask(question_about(hashlib.sha256(package.blob).digest()))
    reader = replace(reader_of(package, office.root.pem), stamp=answer)
    assert cause(agreed(package.blob, reader)) == "time_stamp"


@pytest.mark.parametrize("check", [by_the_program, by_the_one_file])
def test_no_flipped_bit_of_a_stamp_proves_anything_else(
    package: Sealed, office: StampAuthority, check: Callable[[bytes, Reader], Outcome]
) -> None:
    """An authority's token has bits that nobody signed (versions, lists of algorithms)."""
    token = token_over(package, office)
    reader = replace(reader_of(package, office.root.pem), stamp=token)
    proven = check(package.blob, reader)
    refused = 0
    for position in range(0, len(token), 17):
        changed = bytearray(token)
        changed[position] ^= 1 << (position % 8)
        outcome = check(package.blob, replace(reader, stamp=bytes(changed)))
        assert outcome == proven or outcome[0] in ("refused", "intact_expired_claimed"), position
        refused += outcome != proven
    assert refused > len(token) // 17 - 10


def test_openssl_accepts_both_stamps(
    tmp_path: Path, package: Sealed, office: StampAuthority
) -> None:
    openssl = needs("openssl")
    (tmp_path / "package.age").write_bytes(package.blob)
    (tmp_path / "root.pem").write_bytes(office.root.pem)
    stamp_package(tmp_path / "package.age", office.ask)
    done = run(
        *(openssl, "ts", "-verify", "-data", "package.age", "-in", "package.age.tst"),
        *("-token_in", "-CAfile", "root.pem", "-no_check_time"),
        cwd=tmp_path,
    )
    assert b"Verification: OK" in done.stdout + done.stderr, done.stderr.decode()
    issuer = authority()
    (tmp_path / "issuer.pem").write_bytes(issuer.pem)
    (tmp_path / "data").write_bytes(b"data")
    (tmp_path / "data.p7s").write_bytes(
        stamped(signer_of(issuer).sign_detached(b"data"), office.ask)
    )
    done = run(
        *(openssl, "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "data.p7s"),
        *("-content", "data", "-CAfile", "issuer.pem", "-purpose", "any", "-no_check_time"),
        *("-out", "out"),
        cwd=tmp_path,
    )
    assert b"CAdES Verification successful" in done.stderr, done.stderr.decode()


def test_a_stamp_is_asked_for_in_two_steps_without_a_network(
    tmp_path: Path, package: Sealed, office: StampAuthority
) -> None:
    path = tmp_path / "package.age"
    path.write_bytes(package.blob)
    write_question(path, tmp_path / "q.tsq")
    question = (tmp_path / "q.tsq").read_bytes()
    stamp = take_answer(path, office.ask(question))
    assert (stamp.name, stamp.moment) == ("Stamp Office", AN_HOUR_LATER)
    with pytest.raises(OutputExists):
        take_answer(path, office.ask(question))
    stamp_path(path).unlink()
    with pytest.raises(StampUnfit):
        take_answer(path, office.ask(question_about(b"\0" * 32)))
    assert not stamp_path(path).exists()


def test_the_network_road_asks_and_bounds(office: StampAuthority) -> None:
    question = question_about(b"\1" * 32)
    with stamp_office(office) as address:
        assert stamp_over(b"\1" * 32, lambda q: ask_by_network(address, q)).name == "Stamp Office"
        with pytest.raises(StampUnreachable):
            ask_by_network(f"{address}elsewhere", question)
    with pytest.raises(StampUnreachable):
        ask_by_network(address, question)
    with pytest.raises(ValueUnknown):
        ask_by_network("ftp://tsa.example", question)


def test_nothing_but_a_digest_leaves() -> None:
    assert len(question_about(b"\1" * 32)) < 80
    assert b"\1" * 32 in question_about(b"\1" * 32)
    assert question_about(b"\1" * 32) != question_about(b"\1" * 32)
