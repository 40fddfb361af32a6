"""A vault that is enrolled with a gateway, and the exchange between the two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cport_desktop.clock import SteppingClock
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.scenario import Scenario
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce, never
from cport_desktop.usecases.enrol import Introduction, enrol
from cport_desktop.usecases.synchronise import Exchange, SyncResult, synchronise
from cport_desktop.usecases.take_in import Road
from cport_desktop.vault import bond
from cport_desktop.vault.vault import Vault
from tests.builders import NOON
from tests.hostile.faults.workflows import vaults
from tests.hostile.faults.workflows.remembering import RememberingSandbox
from tests.hostile.faults.workflows.workflow import Place

_UNTIL = NOON
"""The hour at which the vaults of these workflows are too: a portal's word from the future counts
for nothing.
"""
_SEED, _REPORTS, _PICTURES = 7, 8, 6


@contextmanager
def gateway_beside(place: Place) -> Iterator[Gateway]:
    """The portal's side. It is another machine: no fault of ours strikes it."""
    gateway = Gateway(
        place.beside / "gateway",
        scenario=Scenario(_SEED, _REPORTS, _UNTIL, pictures=_PICTURES),
        pictures=Pictures(place.beside / "pictures", seed=_SEED),
        clock=SteppingClock(_UNTIL),
        nature=Nature.DEMO,
    )
    try:
        yield gateway
    finally:
        gateway.close()


def make(place: Place) -> None:
    """An empty vault that knows its portal."""
    place.root.mkdir(parents=True)
    vaults.create(place.vault)
    with gateway_beside(place) as gateway, vaults.opened(place.vault) as vault:
        introduction = Introduction(
            portal_url="https://127.0.0.1:8443",
            authority=gateway.identity.transport_authority.certificate,
            code=gateway.identity.enrolment_code,
            station_name="Test station",
            agency="Example Agency",
        )
        enrol(vault, DemoTransport(gateway), introduction)


def exchange(place: Place, vault: Vault, announce: Announce) -> SyncResult:
    with vault.reader() as reader:
        enrolment = bond.load(reader)
    assert enrolment is not None
    sandbox = RememberingSandbox(place.beside / "examinations")
    try:
        with gateway_beside(place) as gateway:
            return synchronise(
                Exchange(
                    vault=vault,
                    transport=DemoTransport(gateway, enrolment.answer.station),
                    sandbox=sandbox,
                    road=Road("in process", is_live=True),
                    changes_per_batch=3,
                    announce=announce,
                    is_cancelled=never,
                )
            )
    finally:
        sandbox.close()
