"""Enrolment by stick: a request, days, an answer; and whoever stands between the two gets nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pytest

from cport_desktop.clock import iso_utc
from cport_desktop.crypto import code_proof, message_keys
from cport_desktop.demo.courier_desk import CourierDesk, Terms
from cport_desktop.demo.gateway import Gateway
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.preparation import Confirmation, Preparation
from cport_desktop.domain.progress import never, silent
from cport_desktop.errors import (
    AlreadyEnrolled,
    AnswerUnproven,
    CodeRefused,
    CportError,
    MessageTooLarge,
    NatureRefused,
    NoRequest,
    OutputExists,
    RequestUnderWay,
    SignatureInvalid,
    UntrustedData,
)
from cport_desktop.formats import carried_enrolment
from cport_desktop.usecases.enrol import (
    Caller,
    accept_answer,
    pending_enrolment,
    request_enrolment,
)
from cport_desktop.vault import audit_log, bond
from cport_desktop.vault.vault import Vault
from tests.builders import NOON, a_vault, make_vault, reopened
from tests.usecases.conftest import OpenGateway


@dataclass(frozen=True)
class Between:
    """A vault, a gateway, and a folder that is carried between them."""

    vault: Vault
    gateway: Gateway
    stick: Path

    def ask(self, name: str = "request", *, code: str | None = None, again: bool = False) -> Path:
        path = self.stick / name
        caller = Caller(code or self.gateway.identity.enrolment_code, "Desk 1", "Example Agency")
        request_enrolment(self.vault, path, caller, is_replacing=again)
        return path

    def answer(self, request: Path, name: str = "answer") -> Path:
        CourierDesk(self.gateway).answer([request], self.stick / name, Terms(silent, never))
        return self.stick / name

    @property
    def is_enrolled(self) -> bool:
        with self.vault.reader() as reader:
            return bond.load(reader) is not None


@pytest.fixture
def between(open_gateway: OpenGateway, tmp_path: Path) -> Iterator[Between]:
    (tmp_path / "stick").mkdir()
    with a_vault(tmp_path / "vault") as vault:
        yield Between(vault, open_gateway(), tmp_path / "stick")


def test_a_request_and_its_answer_bind_the_vault(between: Between) -> None:
    enrolment, _ = accept_answer(between.vault, between.answer(between.ask()))

    assert between.is_enrolled
    assert enrolment.knows_both_roads
    assert enrolment.answer.portal == between.gateway.identity.portal
    assert enrolment.transport_authority == (
        between.gateway.identity.transport_authority.certificate
    )
    assert pending_enrolment(between.vault) is None


def test_the_code_is_not_on_the_stick(between: Between) -> None:
    request = between.ask().read_bytes()
    carried = carried_enrolment.parse_carried_request(request)

    plain = between.gateway.identity.enrolment_code
    assert plain.encode() not in request + carried.payload
    assert plain.replace("-", "").encode() not in request + carried.payload
    assert carried.request.code == ""


def test_a_code_may_be_typed_as_people_type(between: Between) -> None:
    typed = between.gateway.identity.enrolment_code.lower().replace("-", " ")

    accept_answer(between.vault, between.answer(between.ask(code=typed)))

    assert between.is_enrolled


def test_a_wrong_code_is_refused_by_the_portal(between: Between) -> None:
    request = between.ask(code="AAAA-BBBB-CCCC-DDDD")

    with pytest.raises(CodeRefused):
        between.answer(request)

    assert not (between.stick / "answer").exists()


def test_an_answer_from_somebody_who_has_only_the_stick_is_refused(
    between: Between, open_gateway: OpenGateway
) -> None:
    """Another portal with keys of its own, that answers all it is given, and knows no code."""
    request = between.ask()
    other = open_gateway("other")
    carried = carried_enrolment.parse_carried_request(request.read_bytes())
    guessed = code_proof.code_key(other.identity.enrolment_code)
    forged = other.enrol(
        carried.payload.replace(b'"code":""', f'"code":"{other.identity.enrolment_code}"'.encode())
    )
    to = code_proof.digest_of(carried.payload)
    (between.stick / "forged").write_bytes(
        carried_enrolment.print_carried_answer(
            forged, code_proof.prove_answer(guessed, forged, to=to)
        )
    )

    with pytest.raises(AnswerUnproven):
        accept_answer(between.vault, between.stick / "forged")

    assert not between.is_enrolled
    assert pending_enrolment(between.vault) is not None


def test_an_answer_to_another_request_is_refused(between: Between) -> None:
    first = between.answer(between.ask())
    between.ask("second", again=True)

    with pytest.raises(AnswerUnproven):
        accept_answer(between.vault, first)


def test_a_second_request_replaces_the_first_only_when_somebody_says_so(between: Between) -> None:
    between.ask()
    before = pending_enrolment(between.vault)

    with pytest.raises(RequestUnderWay):
        between.ask("second")

    assert pending_enrolment(between.vault) == before
    assert not (between.stick / "second").exists()
    accept_answer(between.vault, between.answer(between.ask("third", again=True)))
    assert between.is_enrolled


def test_a_request_outlasts_the_process(open_gateway: OpenGateway, tmp_path: Path) -> None:
    directory = make_vault(tmp_path / "vault")
    with reopened(directory) as vault:
        between = Between(vault, open_gateway(), tmp_path)
        answer = between.answer(between.ask())
    with reopened(directory) as vault:
        accept_answer(vault, answer)
        assert Between(vault, between.gateway, tmp_path).is_enrolled


def test_every_byte_of_an_answer_counts(between: Between) -> None:
    whole = between.answer(between.ask()).read_bytes()
    tried = 0
    for at in range(0, len(whole), 97):
        changed = between.stick / "changed"
        changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(UntrustedData):
            accept_answer(between.vault, changed)
        tried += 1

    assert tried > 50
    assert not between.is_enrolled


def test_every_byte_of_a_request_counts(between: Between) -> None:
    whole = between.ask().read_bytes()
    for at in range(0, len(whole), 61):
        changed = between.stick / "changed"
        changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(CportError):
            between.answer(changed)

    assert not (between.stick / "answer").exists()


def test_a_request_signed_by_another_key_is_refused(between: Between) -> None:
    carried = carried_enrolment.parse_carried_request(between.ask().read_bytes())
    stranger = message_keys.signing_with(message_keys.generate_ed25519().private)
    (between.stick / "resigned").write_bytes(
        carried_enrolment.print_carried_request(carried.payload, carried.proof, stranger)
    )

    with pytest.raises(SignatureInvalid):
        between.answer(between.stick / "resigned")


def test_demo_and_live_never_meet_by_stick_either(
    open_gateway: OpenGateway, tmp_path: Path
) -> None:
    with a_vault(tmp_path / "vault", nature=Nature.LIVE) as vault:
        between = Between(vault, open_gateway(), tmp_path)
        with pytest.raises(NatureRefused):
            between.answer(between.ask())


def test_an_answer_without_a_request_is_refused(between: Between) -> None:
    answer = between.answer(between.ask())
    accept_answer(between.vault, answer)

    with pytest.raises(NoRequest):
        accept_answer(between.vault, answer)
    with pytest.raises(AlreadyEnrolled):
        between.ask("another")


def test_a_bond_is_renewed_by_stick_with_the_same_keys(between: Between) -> None:
    before, _ = accept_answer(between.vault, between.answer(between.ask()))
    path = between.stick / "renewal"
    caller = Caller(between.gateway.identity.enrolment_code, "Desk 1", "Example Agency")
    request_enrolment(between.vault, path, caller, is_renewal=True)

    after, _ = accept_answer(between.vault, between.answer(path, "renewed"))

    assert after.answer.station == before.answer.station
    assert after.sealing_private_key == before.sealing_private_key
    assert after.transport_private_key != before.transport_private_key
    assert after.answer.transport_certificate != before.answer.transport_certificate


def test_what_is_much_too_long_is_not_read(between: Between) -> None:
    between.ask()
    endless = between.stick / "endless"
    with endless.open("wb") as file:
        file.truncate(1 << 40)

    with pytest.raises(MessageTooLarge):
        accept_answer(between.vault, endless)


def test_what_was_confirmed_waits_with_the_request_and_stands_in_the_log(
    between: Between,
) -> None:
    vault = between.vault
    said = tuple(
        Confirmation(each, NOON, vault.actor) for each in (Preparation.MEETING, Preparation.CODE)
    )
    code = between.gateway.identity.enrolment_code
    caller = Caller(code, "Desk 1", "Example Agency", said)
    request_enrolment(vault, between.stick / "request", caller)

    pending = pending_enrolment(vault)
    assert pending is not None
    assert pending.confirmed == said
    with vault.reader() as reader:
        (last,) = audit_log.page(reader, limit=1, after=None).rows
    assert last.draft.verb == "request_enrolment"
    assert dict(last.draft.payload)["confirmed_meeting"] == f"{iso_utc(NOON)} {vault.actor}"
    assert "confirmed_papers" not in dict(last.draft.payload)
    accept_answer(vault, between.answer(between.stick / "request"))
    assert between.is_enrolled


def test_a_request_takes_nobodys_place(between: Between) -> None:
    (between.stick / "request").write_text("somebody's words")

    with pytest.raises(OutputExists):
        between.ask()

    assert pending_enrolment(between.vault) is None


def test_private_keys_and_the_code_are_never_shown(between: Between) -> None:
    between.ask()
    pending = pending_enrolment(between.vault)
    assert pending is not None

    shown = repr(pending)
    for secret in (pending.code_key, pending.station_private_key, pending.sealing_private_key):
        assert repr(secret) not in shown
    assert between.gateway.identity.enrolment_code not in msgspec.msgpack.encode(pending).decode(
        "latin-1"
    )


def test_a_code_that_was_used_is_refused_to_another_station_and_answered_to_the_same(
    between: Between, tmp_path: Path
) -> None:
    code = between.gateway.identity.enrolment_code
    request = between.ask(code=code)
    first = between.answer(request)
    with a_vault(tmp_path / "other") as other_vault:
        other = replace(between, vault=other_vault)
        with pytest.raises(CodeRefused):
            other.answer(other.ask("other", code=code), "other-answer")

    again = between.answer(request, "again")

    assert again.read_bytes() == first.read_bytes()
    assert len(between.gateway.stations()) == 1
