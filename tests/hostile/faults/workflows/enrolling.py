"""An enrolment by stick: keys in the vault, a request on the drive, an answer, a bond.

Under a request's name lies a whole request, and its keys are in the vault; or nothing.
"""

from __future__ import annotations

from pathlib import Path

from cport_desktop.crypto import code_proof
from cport_desktop.demo.courier_desk import CourierDesk, Terms
from cport_desktop.domain.progress import never, silent
from cport_desktop.formats.carried_enrolment import parse_carried_request
from cport_desktop.usecases.enrol import (
    Caller,
    accept_answer,
    pending_enrolment,
    request_enrolment,
)
from cport_desktop.vault import bond
from cport_desktop.vault.vault import Vault
from tests.hostile.faults.workflows import enrolled, vaults
from tests.hostile.faults.workflows.workflow import Place, Promise, Seen


class Enrolling:
    name = "enrol"

    def prepare(self, place: Place) -> None:
        (place.root / "stick").mkdir(parents=True)
        vaults.create(place.vault)
        with enrolled.gateway_beside(place):
            pass

    def run(self, place: Place, promise: Promise) -> None:
        stick = place.root / "stick"
        with vaults.opened(place.vault) as vault, enrolled.gateway_beside(place) as gateway:
            if not _is_bound(vault):
                request = stick / f"request-{len(list(stick.iterdir()))}"
                caller = Caller(gateway.identity.enrolment_code, "Test station", "Example Agency")
                is_again = pending_enrolment(vault) is not None
                request_enrolment(vault, request, caller, is_replacing=is_again)
                promise("request")
                promise(request.name)
                answer = place.beside / "answer"
                answer.unlink(missing_ok=True)
                CourierDesk(gateway).answer([request], answer, Terms(silent, never))
                accept_answer(vault, answer)
            promise("bond")

    def look(self, place: Place) -> Seen:
        with vaults.checked(place) as vault:
            is_bound, pending = _is_bound(vault), pending_enrolment(vault)
            facts = {"bond"} if is_bound else set()
            facts |= {"request"} if is_bound or pending is not None else set()
            assert not (is_bound and pending), "an enrolment that has ended is still under way"
            written = [
                path
                for path in sorted((place.root / "stick").iterdir())
                if path.suffix != ".unfinished"
            ]
            digests = {_digest_of(path) for path in written}
            assert is_bound or not digests or pending is not None, "a request without its keys"
            return vaults.seen(vault, *facts, *(path.name for path in written))

    def finish(self, place: Place) -> None:
        self.run(place, lambda _claim: None)
        assert "bond" in self.look(place).facts


def _is_bound(vault: Vault) -> bool:
    with vault.reader() as reader:
        return bond.load(reader) is not None


def _digest_of(path: Path) -> bytes:
    """That of a whole request, signed with the key that it brings."""
    return code_proof.digest_of(parse_carried_request(path.read_bytes()).payload)
