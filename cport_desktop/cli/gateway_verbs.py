"""`cport gateway serve` and `cport generate`: the portal's side, behind HTTPS or in process."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cport_desktop.bootstrap import Workstation
from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.demo_verbs import introduction, make_demo_vault, new_passphrase
from cport_desktop.cli.printing import facts
from cport_desktop.cli.session import Session
from cport_desktop.demo.double import DemoTransport
from cport_desktop.demo.faults import Faults
from cport_desktop.demo.gateway import DEFAULT_SEED, Gateway, open_gateway
from cport_desktop.demo.pictures import Pictures
from cport_desktop.demo.portal_identity import kept_scenario
from cport_desktop.demo.scenario import Scenario
from cport_desktop.demo.server import RunningServer, running_server
from cport_desktop.domain.progress import Announce
from cport_desktop.errors import OutputExists
from cport_desktop.exports.output_files import naming_output_faults
from cport_desktop.media.sandbox import Sandbox
from cport_desktop.usecases.enrol import enrol
from cport_desktop.usecases.synchronise import Exchange, SyncResult, synchronise
from cport_desktop.usecases.take_in import Road
from cport_desktop.vault.vault import Vault

CHANGES_AT_ONCE = 1000
"""Changes in a batch when nothing travels: fewer and larger transactions."""

SERVED_AT = "https://127.0.0.1:8443"
"""Where `cport gateway serve` serves what `generate` leaves behind."""


def serve(session: Session) -> Answer:
    """`cport gateway serve --data DIR`: serves until it is stopped; says when it is ready."""
    options = session.options
    data = options.needed_path("data")
    faults = Faults.parse(options.required("faults"))
    gateway = open_gateway(data, reports=options.number("reports"), clock=session.workstation.clock)
    gateway.feed_first_records(session.workstation.taxonomy)
    with (
        closing(gateway),
        running_server(gateway, port=options.number("port"), faults=faults) as server,
    ):
        _say_ready(session, data.absolute(), server)
        if options.flag("until_eof"):
            threading.Thread(target=_stop_at_eof, args=(session.stop,), daemon=True).start()
        session.stop.wait()
    return Answer({}, "", is_said=True)


def generate(session: Session) -> Answer:
    """`cport generate --reports N --out DIR`: a synthetic demo vault, and the gateway it knows."""
    out = session.options.needed_path("out")
    with naming_output_faults(out):
        out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise OutputExists(path=str(out))
    place = out.absolute()
    passphrase = new_passphrase(place / "passphrase.txt")
    with (
        closing(_generating_gateway(session, place / "gateway")) as gateway,
        make_demo_vault(session, place / "vault", passphrase) as vault,
        session.progress() as announce,
    ):
        result = _fill(session.workstation, vault, gateway, announce, session)
    fields: dict[str, Json] = {
        "vault": str(place / "vault"),
        "passphrase_file": str(place / "passphrase.txt"),
        "gateway": str(place / "gateway"),
        "reports": result.reports_new,
        "media": result.media_new,
        "bytes": result.bytes,
    }
    return Answer(fields, facts(list(fields.items())))


def _generating_gateway(session: Session, data: Path) -> Gateway:
    options, clock = session.options, session.workstation.clock
    media_per_report = options.text("media_per_report")
    scenario = kept_scenario(data) or Scenario(
        seed=DEFAULT_SEED,
        reports=options.number("reports"),
        until=clock.now().replace(microsecond=0),
        pictures=max(1, options.number("pictures")),
        media_per_report=None if media_per_report is None else int(media_per_report),
    )
    files = Pictures(data / "media", seed=scenario.seed)
    return Gateway(data, scenario=scenario, pictures=files, clock=clock)


def _fill(
    workstation: Workstation,
    vault: Vault,
    gateway: Gateway,
    announce: Announce,
    session: Session,
) -> SyncResult:
    """The same exchange as with a portal, by the road that has no network in it."""
    road = DemoTransport(gateway)
    enrolment, _ = enrol(
        vault,
        road,
        introduction(
            SERVED_AT,
            gateway.identity.transport_authority.certificate,
            gateway.identity.enrolment_code,
        ),
    )
    with _sandbox(workstation) as sandbox:
        return synchronise(
            Exchange(
                vault=vault,
                transport=road.as_station(enrolment.answer.station),
                sandbox=sandbox,
                road=Road("in process", is_live=True),
                changes_per_batch=CHANGES_AT_ONCE,
                announce=announce,
                is_cancelled=session.is_cancelled,
            )
        )


@contextmanager
def _sandbox(workstation: Workstation) -> Iterator[Sandbox]:
    sandbox = workstation.sandbox()
    try:
        yield sandbox
    finally:
        sandbox.close()


def _say_ready(session: Session, data: Path, server: RunningServer) -> None:
    fields: dict[str, Json] = {
        "url": server.url,
        "data": str(data),
        "transport_authority": str(data / "tls-ca.pem"),
        "signing_authority": str(data / "demo-ca.pem"),
        "enrolment_code": str(data / "enrolment-code.txt"),
    }
    text = json.dumps(fields) if session.options.json else facts(list(fields.items()))
    print(text, flush=True)


def _stop_at_eof(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop.set()
