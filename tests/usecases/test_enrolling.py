"""Enrolment: the keys of both roads, also for a vault and a gateway from before there were two."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_der_public_key

from cport_desktop.crypto import key_wrapping, message_keys
from cport_desktop.demo.double import DemoTransport
from cport_desktop.domain.enrolment import Enrolment
from cport_desktop.errors import AlreadyEnrolled
from cport_desktop.usecases.enrol import enrol
from cport_desktop.vault import bond
from cport_desktop.vault.vault import Vault
from tests.builders import an_entry
from tests.usecases.conftest import Bench, OpenGateway, introduction


def bond_of(vault: Vault) -> Enrolment:
    with vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    return enrolment


def make_old(vault: Vault) -> None:
    """The bond is as it was before there was a second road."""
    enrolment = bond_of(vault)
    answer = replace(
        enrolment.answer, sealing_key=b"", transport_certificate=b"", transport_authority=b""
    )
    with vault.transaction() as tx:
        bond.save(
            tx,
            replace(enrolment, answer=answer, sealing_private_key=b"", transport_private_key=b""),
        )
        tx.record(an_entry("older"))


def test_both_sides_have_keys_for_both_roads(bench: Bench) -> None:
    enrolment = bond_of(bench.vault)
    answer = enrolment.answer

    assert enrolment.knows_both_roads
    secret = key_wrapping.wrap(answer.sealing_key, b"for the portal", purpose=b"test")
    portal = bench.gateway.identity.sealing
    assert key_wrapping.unwrap(portal.private, secret, purpose=b"test") == b"for the portal"
    certificate = x509.load_pem_x509_certificate(answer.transport_certificate)
    lasts = certificate.not_valid_after_utc - bench.clock.now()
    assert 365 <= lasts.days <= 366
    ours = message_keys.p256_pair(enrolment.transport_private_key)
    assert certificate.public_key() == load_der_public_key(ours.public)


def test_an_older_bond_is_made_whole_by_enrolling_again(bench: Bench) -> None:
    before = bond_of(bench.vault)
    make_old(bench.vault)
    assert not bond_of(bench.vault).knows_both_roads

    enrol(bench.vault, DemoTransport(bench.gateway), introduction(bench.gateway))

    after = bond_of(bench.vault)
    assert after.knows_both_roads
    assert after.answer.station == before.answer.station
    assert after.station_private_key == before.station_private_key
    assert after.signing_private_key == before.signing_private_key
    with pytest.raises(AlreadyEnrolled):
        enrol(bench.vault, DemoTransport(bench.gateway), introduction(bench.gateway))


def test_an_older_gateway_gets_a_sealing_key_once_and_keeps_it(
    open_gateway: OpenGateway,
) -> None:
    gateway = open_gateway()
    older = gateway.directory
    gateway.close()
    (older / "identity" / "sealing.key").unlink()
    with sqlite3.connect(older / "ledger.db") as ledger:
        ledger.execute("ALTER TABLE station DROP COLUMN sealing_key")
        ledger.execute("ALTER TABLE station DROP COLUMN transport_key")
    ledger.close()
    shutil.copytree(older, older.with_name("copy"))

    first, second = open_gateway(), open_gateway()

    assert len(first.identity.sealing.public) == key_wrapping.PUBLIC_SIZE
    assert second.identity.sealing == first.identity.sealing
    assert open_gateway("copy").identity.sealing != first.identity.sealing
