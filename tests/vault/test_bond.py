"""The bond with the portal: whole after a restart, and with one portal only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from cport_desktop.domain.agreement import SignedAgreement
from cport_desktop.domain.enrolment import Enrolment, EnrolmentAnswer
from cport_desktop.domain.ids import PortalId, StationId
from cport_desktop.domain.nature import Nature
from cport_desktop.errors import AlreadyEnrolled
from cport_desktop.vault import bond
from cport_desktop.vault.vault import Vault
from tests.agreement_builders import an_agreement
from tests.builders import NOON, an_entry, reopened


def an_enrolment() -> Enrolment:
    signed = SignedAgreement(an_agreement(), b"document", b"signature")
    answer = EnrolmentAnswer(
        portal=PortalId("portal-1"),
        portal_name="Portal Example",
        nature=Nature.DEMO,
        station=StationId("station-1"),
        portal_key=b"\x01" * 32,
        signed_agreement=signed,
        signing_certificate=b"certificate",
        signing_authority=b"authority",
    )
    return Enrolment(answer, "https://portal.example:8443", b"pem", b"\x02\xff", b"\x03\x00", NOON)


def save(vault: Vault, enrolment: Enrolment) -> None:
    with vault.transaction() as tx:
        bond.save(tx, enrolment)
        tx.record(an_entry("enrol"))


def load(vault: Vault) -> Enrolment | None:
    with vault.reader() as reader:
        return bond.load(reader)


def test_a_new_vault_has_no_bond(vault: Vault) -> None:
    assert load(vault) is None


def test_the_bond_is_whole_after_the_vault_was_closed(closed_vault: Path) -> None:
    with reopened(closed_vault) as vault:
        save(vault, an_enrolment())

    with reopened(closed_vault) as vault:
        assert load(vault) == an_enrolment()


FIRST_FORM = {
    "reference": "AGR-0",
    "jurisdiction": "NL",
    "agency": "Agency Example",
    "valid_until": NOON,
    "clauses": [
        {"number": "1", "allows": "reports.read", "text": "Reports."},
        {"number": "2", "allows": "media.receive", "text": "Media."},
        {"number": "3", "allows": "retention", "text": "Thirty days."},
    ],
}
"""An agreement as the first bonds had it, before it was a document of its own."""


@pytest.mark.parametrize(
    "periods", [None, [{"scope": "withdrawn", "days": 30, "clause": "3"}]], ids=str
)
def test_a_bond_from_before_agreements_were_signed_still_loads_and_grants_the_same(
    vault: Vault, periods: list[dict[str, object]] | None
) -> None:
    save(vault, an_enrolment())
    with vault.transaction() as tx:
        (kept,) = tx.connection.execute("SELECT enrolment FROM bond").fetchone() or ()
        older = msgspec.msgpack.decode(kept)
        del older["answer"]["signed_agreement"]
        stated = {} if periods is None else {"retention": periods}
        older["answer"]["agreement"] = {**FIRST_FORM, **stated}
        tx.connection.execute("UPDATE bond SET enrolment = ?", (msgspec.msgpack.encode(older),))
        tx.record(an_entry("older"))

    loaded = load(vault)

    assert loaded is not None
    agreement = loaded.answer.agreement
    assert (agreement.reference, agreement.jurisdiction) == ("AGR-0", "NL")
    assert agreement.valid_until == NOON
    assert [clause.functions for clause in agreement.clauses] == [
        ("reports.read",),
        ("media.receive", "media.reveal"),
        ("retention",),
    ]
    assert len(agreement.retention) == len(periods or [])
    assert replace(loaded, answer=an_enrolment().answer) == an_enrolment()


def test_a_bond_from_before_there_was_a_second_road_still_loads(vault: Vault) -> None:
    save(vault, an_enrolment())
    with vault.transaction() as tx:
        (kept,) = tx.connection.execute("SELECT enrolment FROM bond").fetchone() or ()
        older = msgspec.msgpack.decode(kept)
        for name in ("sealing_key", "transport_certificate", "transport_authority"):
            del older["answer"][name]
        for name in ("sealing_private_key", "transport_private_key"):
            del older[name]
        tx.connection.execute("UPDATE bond SET enrolment = ?", (msgspec.msgpack.encode(older),))
        tx.record(an_entry("older"))

    loaded = load(vault)

    assert loaded == an_enrolment()
    assert not loaded.knows_both_roads


def test_a_bond_can_be_renewed_with_the_same_portal(vault: Vault) -> None:
    save(vault, an_enrolment())
    renewed = replace(an_enrolment(), portal_url="https://portal.example:9443")

    save(vault, renewed)

    assert load(vault) == renewed


def test_a_vault_is_bound_to_one_portal_only(vault: Vault) -> None:
    save(vault, an_enrolment())
    other = replace(an_enrolment().answer, portal=PortalId("portal-2"))

    with pytest.raises(AlreadyEnrolled):
        save(vault, replace(an_enrolment(), answer=other))

    assert load(vault) == an_enrolment()
