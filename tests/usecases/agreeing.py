"""Vaults under an agreement that a test chooses, and gateways that amend it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from cport_desktop.crypto import message_keys
from cport_desktop.crypto.message_keys import KeyPair
from cport_desktop.demo.agreement import amended
from cport_desktop.domain.agreement import Agreement, Clause, SignedAgreement
from cport_desktop.domain.enrolment import Enrolment, EnrolmentAnswer
from cport_desktop.domain.ids import PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.usecases import agreement_state
from cport_desktop.vault import agreements, bond
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import an_agreement, signed
from tests.builders import NOON, an_entry
from tests.usecases.conftest import Bench

PORTAL: KeyPair = message_keys.generate_ed25519()


def bind(vault: Vault, made: Agreement | None = None) -> SignedAgreement:
    """`vault` is enrolled, under `made`."""
    agreed = signed(made or an_agreement(), PORTAL)
    answer = EnrolmentAnswer(
        portal=PortalId("portal-1"),
        portal_name="Portal Example",
        nature=Nature.DEMO,
        station=StationId("station-1"),
        portal_key=PORTAL.public,
        signed_agreement=agreed,
        signing_certificate=b"certificate",
        signing_authority=b"authority",
    )
    enrolment = Enrolment(answer, "https://portal.example", b"", b"", b"", NOON)
    with vault.transaction() as tx:
        bond.save(tx, enrolment)
        agreements.put_first(tx, enrolment)
        tx.record(an_entry("enrol"))
    return agreed


def station_of(bench: Bench) -> StationId:
    with bench.vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    return enrolment.answer.station


def agreed(bench: Bench) -> Agreement:
    """What the portal says that the station has."""
    return bench.gateway.agreements.current(station_of(bench))


def amend(
    bench: Bench, *clauses: Clause, in_days: float = 0, gone: tuple[str, ...] = (), **changes: Any
) -> Agreement:
    """The portal gives the station another version: with these clauses more, without those `gone`."""
    now = bench.gateway.clock.now()
    last = agreed(bench)
    kept = tuple(clause for clause in last.clauses if clause.number not in gone)
    starts = now.replace(microsecond=0) + timedelta(days=in_days)
    made = replace(amended(last, (*kept, *clauses), now=now, effective_from=starts), **changes)
    bench.gateway.agreements.amend(station_of(bench), made)
    return made


def revision_in_force(bench: Bench) -> int:
    version = agreement_state.agreement_state(bench.vault).version
    assert version is not None
    return version.signed.agreement.revision
