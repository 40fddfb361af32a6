"""`cport demo`: the whole product on synthetic data, from a gateway to a verified package.

DIR/gateway/             the portal's side: its authority, keys, scenario, pictures
DIR/vault/               the vault
DIR/passphrase.txt       its passphrase, since there is nothing real behind it
DIR/recipient.agekey     identity of the one to whom the package is sealed
DIR/demo-ca.pem          trust anchor of package signatures
DIR/package.age          the package (headless)
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.compose_verb import compose
from cport_desktop.cli.gateway_process import GatewayAddress, running_gateway
from cport_desktop.cli.package_verbs import verify_path
from cport_desktop.cli.portal_verbs import enrol_vault, sync_vault
from cport_desktop.cli.printing import facts
from cport_desktop.cli.session import PROGRAM, Session
from cport_desktop.cli.window_process import run_window
from cport_desktop.crypto.passphrase import encode_passphrase
from cport_desktop.crypto.recipients import generate_identity, parse_recipient
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.nature import Nature
from cport_desktop.domain.progress import Announce
from cport_desktop.domain.rows import Order, ReportSort
from cport_desktop.errors import CheckFailed, OutputExists
from cport_desktop.exports.output_files import naming_output_faults, write_new
from cport_desktop.usecases import act, compose_package, search_reports
from cport_desktop.usecases.domain_rules import settle_domain_rules
from cport_desktop.usecases.enrol import Introduction
from cport_desktop.usecases.synchronise import SyncResult
from cport_desktop.vault.key_slots import NewSlot
from cport_desktop.vault.slot_passphrase import NewPassphrase, Passphrase
from cport_desktop.vault.vault import Vault, create_vault, open_vault

DEMO_ANALYST = Actor("Analyst A. Example")
"""Holds every role."""

PACKED = "has:media -is:withdrawn"
"""What the demo packs: the newest reports of this kind …"""

PACKED_AT_MOST = 25
"""… this many, about as an investigator would hand over in one piece."""

FEEDBACK = "Received with thanks; handled under number 17."


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """Where everything lies, absolute."""

    folder: Path

    @property
    def vault(self) -> Path:
        return self.folder / "vault"

    @property
    def gateway(self) -> Path:
        return self.folder / "gateway"

    @property
    def passphrase(self) -> Path:
        return self.folder / "passphrase.txt"

    @property
    def identity(self) -> Path:
        return self.folder / "recipient.agekey"

    @property
    def trust(self) -> Path:
        return self.folder / "demo-ca.pem"

    @property
    def package(self) -> Path:
        return self.folder / "package.age"


def demo(session: Session) -> Answer:
    """`cport demo [--reports N] [--headless] [--keep DIR]`."""
    with _place(session.options.path("keep")) as place:
        passphrase = new_passphrase(place.passphrase)
        recipient = _new_recipient(place.identity)
        with running_gateway(place.gateway, reports=session.options.number("reports")) as gateway:
            place.trust.write_bytes(gateway.signing_authority.read_bytes())
            with session.progress() as announce:
                fields = _main_job(session, place, gateway, passphrase, announce)
            if not session.options.flag("headless"):
                status = run_window(place.vault, passphrase, stop=session.stop)
                return Answer(fields, "", status)
        with session.progress() as announce:
            fields |= _hand_over(session, place, passphrase, recipient, announce)
    return Answer(
        fields, facts([(name, value) for name, value in fields.items() if name != "sync"])
    )


def new_passphrase(path: Path) -> str:
    """A random passphrase, kept in a private file beside a demo vault."""
    passphrase = "-".join(secrets.token_hex(2) for _ in range(6))
    write_new(path, f"{passphrase}\n".encode())
    return passphrase


def make_demo_vault(session: Session, directory: Path, passphrase: str) -> Vault:
    """A new demo vault, open."""
    secret, clock = encode_passphrase(passphrase), session.workstation.clock
    create_vault(
        directory,
        nature=Nature.DEMO,
        analyst=DEMO_ANALYST,
        slots=[
            NewSlot("passphrase", NewPassphrase(secret, session.workstation.key_cost(Nature.DEMO)))
        ],
        clock=clock,
    )
    vault = open_vault(
        directory,
        secret=Passphrase(secret),
        clock=clock,
        program=PROGRAM,
        marks=session.workstation.settings.marks,
    )
    settle_domain_rules(vault, session.workstation.settings.domain_rules)
    return vault


def introduction(url: str, authority: bytes, code: str) -> Introduction:
    """How the demo station introduces itself."""
    return Introduction(
        portal_url=url,
        authority=authority,
        code=code,
        station_name="Demo station",
        agency="Example Agency",
    )


def _main_job(
    session: Session,
    place: DemoPlace,
    gateway: GatewayAddress,
    passphrase: str,
    announce: Announce,
) -> dict[str, Json]:
    handed_over = introduction(
        gateway.url,
        gateway.transport_authority.read_bytes(),
        gateway.enrolment_code.read_text(encoding="utf-8").strip(),
    )
    with make_demo_vault(session, place.vault, passphrase) as vault:
        enrol_vault(session.workstation, vault, handed_over)
        first = _sync(session, vault, announce)
        _say_something(session, vault)
        second = _sync(session, vault, announce)
        status = search_reports.count_reports(
            vault, "", taxonomy=session.workstation.taxonomy, now=session.workstation.clock.now()
        )
    return {
        "vault": str(place.vault),
        "gateway": str(place.gateway),
        "url": gateway.url,
        "reports": status,
        "media": first.media_new + second.media_new,
        "operations_settled": second.operations_settled,
        "sync": dict(asdict(first)),
    }


def _sync(session: Session, vault: Vault, announce: Announce) -> SyncResult:
    return sync_vault(
        session.workstation, vault, announce=announce, is_cancelled=session.is_cancelled
    )


def _say_something(session: Session, vault: Vault) -> None:
    """One operation, so that the outbox has a story: feedback on the newest report."""
    page = search_reports.search_reports(
        vault,
        "",
        Order(),
        limit=1,
        after=None,
        taxonomy=session.workstation.taxonomy,
        now=session.workstation.clock.now(),
    )
    for row in page.rows:
        act.give_feedback(vault, row.report_id, FEEDBACK, operation_id=session.workstation.new_id())


def _hand_over(
    session: Session, place: DemoPlace, passphrase: str, recipient: str, announce: Announce
) -> dict[str, Json]:
    workstation = session.workstation
    secret, clock = encode_passphrase(passphrase), workstation.clock
    with open_vault(
        place.vault,
        secret=Passphrase(secret),
        clock=clock,
        program=PROGRAM,
        marks=workstation.settings.marks,
    ) as vault:
        page = search_reports.search_reports(
            vault,
            PACKED,
            Order(ReportSort.RECEIVED),
            limit=PACKED_AT_MOST,
            after=None,
            taxonomy=workstation.taxonomy,
            now=clock.now(),
        )
        (composed,) = compose(
            workstation,
            vault,
            compose_package.Order(
                choice=tuple(row.report_id for row in page.rows),
                title="Synthetic demonstration package",
                recipients=[parse_recipient(recipient)],
                signer=compose_package.own_signer(vault, workstation.signer),
                path=place.package,
                reason="demonstration",
            ),
            announce=announce,
            is_cancelled=session.is_cancelled,
        )
    verification = verify_path(place.package, identity=place.identity, trust=place.trust)
    if not verification.is_verified:
        raise CheckFailed(findings=sum(step.state != "passed" for step in verification.steps))
    return {
        "package": str(place.package),
        "sha256": composed.sha256,
        "packed_reports": composed.items,
        "packed_media": composed.media,
        "verified": verification.is_verified,
    }


def _new_recipient(path: Path) -> str:
    identity = generate_identity()
    write_new(path, f"# public key: {identity.public}\n{identity.secret}\n".encode())
    return identity.public


@contextmanager
def _place(keep: Path | None) -> Iterator[DemoPlace]:
    """An empty folder for the demo: the one asked for, or one that goes when it ends.

    Raises:
        OutputExists: the folder asked for holds something.
    """
    if keep is not None:
        with naming_output_faults(keep):
            keep.mkdir(parents=True, exist_ok=True)
        if any(keep.iterdir()):
            raise OutputExists(path=str(keep))
        yield DemoPlace(keep.absolute())
        return
    # Sealed vault and synthetic material only, so that a temporary folder may hold it.
    folder = Path(tempfile.mkdtemp(prefix="cport-demo-"))
    try:
        yield DemoPlace(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
