"""Signers, recipients and time stamps in the window, over a real vault that belongs to the portal of the
demo: a token in software signs, an authority on this machine stamps, and the verifier says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pkcs11 import KeyType
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.crypto.recipients import Identity, generate_identity, print_identity
from cport_desktop.demo.gateway import Gateway
from cport_desktop.domain.disclosure import DisclosureKind, Outcome
from cport_desktop.domain.draft import THE_PACKAGE
from cport_desktop.domain.package import StepState, Verification
from cport_desktop.domain.progress import never, silent
from cport_desktop.exports.verification import Terms, verify_by
from cport_desktop.ui.desk import Desk, Session
from cport_desktop.ui.drafting import Drafting
from cport_desktop.ui.exchanging_colleagues import ColleaguesPackage
from cport_desktop.ui.lane import Lanes
from cport_desktop.ui.seat import HotlineNames, Seat
from cport_desktop.ui.theme import DARK
from cport_desktop.ui.views.compose_dialog import NOTHING_YET, ComposeDialog
from cport_desktop.ui.views.departures_section import DeparturesSection
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.views.signers_section import RecipientsSection, SignersSection
from cport_desktop.words import departure_papers as papers
from cport_desktop.words import signing_page as say
from tests.cli.test_signer_verbs import signer_pem
from tests.stamping import StampAuthority, stamp_authority, stamp_office
from tests.tokens import PIN, needs_token, token_drawer
from tests.ui.conftest import LONG
from tests.ui.test_exchange_for_real import enrol, there_and_back
from tests.ui.test_keeping_for_real import OPENED_BY, opened_by
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import button_named, words_on
from tests.usecases.test_package_signers import certificate_on

COURT = "Example Regional Court"
COMPOSE = "Compose, Ctrl+Enter"


@pytest.fixture
def session(desk: Desk, gateway: Gateway, tmp_path: Path) -> Iterator[Session]:
    """After its first exchange, by stick and without media."""
    opened = opened_by(desk, OPENED_BY)
    stick = tmp_path / "stick"
    stick.mkdir()
    enrol(opened, gateway, stick)
    there_and_back(opened, gateway, stick, "first")
    yield opened
    opened.lock()


@pytest.fixture
def real(desk: Desk, session: Session, lanes: Lanes) -> Seat:
    drafting = Drafting(session, lanes.keeping)
    return Seat(session, lanes, desk.clock, desk.taxonomy, HotlineNames(), DARK, drafting)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[StampAuthority, str]]:
    made = stamp_authority(datetime.now(UTC).replace(microsecond=0))
    with stamp_office(made) as address:
        yield made, address


@pytest.fixture
def court() -> Identity:
    return generate_identity()


def shown(part: PageSection, window: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(part)
    part.refresh()


def filled(part: PageSection, *fields: tuple[str, str]) -> None:
    """The dialog that is open, with these fields filled in, given."""
    dialog = dialog_of(part)
    for name, text in fields:
        field_named(name, dialog).setText(text)
    dialog.give()


def composer(real: Seat, window: QWidget, path: Path, qtbot: QtBot) -> ComposeDialog:
    """Open on all reports, with whoever is kept as the recipient."""
    dialog = ComposeDialog(real, NOTHING_YET, found=0, parent=window)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.form.to.choice.count() == 2, timeout=LONG)
    qtbot.waitUntil(lambda: dialog.form.signer.choice.count() == 3, timeout=LONG)
    dialog.form.to.choice.activated.emit(1)
    dialog.form.path.setText(str(path))
    qtbot.waitUntil(dialog.is_foreseen, timeout=LONG)
    return dialog


def outcomes(session: Session) -> list[Outcome]:
    page = session.exchanging.departures.sought("kind:package", 20, None)
    return [row.outcome for row in page.rows]


def verified(package: Path, court: Identity, trust: bytes) -> Verification:
    with package.open("rb") as file:
        terms = Terms(identities=(court,), trust=trust, now=datetime.now(UTC))
        return verify_by(file, terms)


def detail(verification: Verification, name: str) -> str:
    return next(step.detail for step in verification.steps if step.name == name)


def keep_court(real: Seat, window: QWidget, court: Identity, qtbot: QtBot) -> None:
    recipients = RecipientsSection(real)
    shown(recipients, window)
    recipients.ask_recipient()
    filled(recipients, (say.NAME, COURT), (say.PUBLIC_KEY, "age1rubbish"))
    qtbot.waitUntil(lambda: "not a whole age1" in words_on(dialog_of(recipients)), timeout=LONG)
    filled(recipients, (say.PUBLIC_KEY, court.public))
    qtbot.waitUntil(lambda: [row.name for row in recipients.list.rows()] == [COURT], timeout=LONG)


def test_a_kept_key_signs_for_a_kept_recipient_whose_receipt_comes_back(
    real: Seat,
    window: QWidget,
    court: Identity,
    office: tuple[StampAuthority, str],
    gateway: Gateway,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    authority, address = office
    pem = tmp_path / "unit.pem"
    pem.write_bytes(signer_pem())
    signers = SignersSection(real)
    shown(signers, window)
    signers.ask_file()
    filled(signers, (say.NAME, "Unit seal"), (say.PEM_WITH_KEY, str(tmp_path / "no.pem")))
    qtbot.waitUntil(lambda: "no.pem" in words_on(dialog_of(signers)), timeout=LONG)
    filled(signers, (say.PEM_WITH_KEY, str(pem)))
    qtbot.waitUntil(lambda: not signers.list.is_empty, timeout=LONG)
    (line,) = signers.list.rows()
    assert (line.name, line.subject, line.token) == ("Unit seal", "Unit Seven", None)
    keep_court(real, window, court, qtbot)

    package = tmp_path / "series.asice.age"
    dialog = composer(real, window, package, qtbot)
    dialog.form.signer.choice.setCurrentIndex(1)
    assert "Certificate of Unit Seven" in words_on(dialog)
    dialog.form.stamps.setText("http://127.0.0.1:9/")
    button_named(COMPOSE, dialog).click()
    qtbot.waitUntil(lambda: bool(outcomes(real.session)), timeout=LONG)
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=LONG)
    assert outcomes(real.session) == [Outcome.NOT_LEFT]
    assert not package.exists()

    dialog.form.stamps.setText(address)
    button_named(COMPOSE, dialog).click()
    qtbot.waitUntil(lambda: bool(dialog.digest), timeout=LONG)
    assert outcomes(real.session) == [Outcome.LEFT, Outcome.NOT_LEFT]
    certificate = pem.read_bytes().partition(b"-----END PRIVATE KEY-----\n")[2]
    verification = verified(package, court, certificate + authority.root.pem)
    assert verification.is_verified, verification.steps
    assert "Stamp Office" in detail(verification, "validity")
    assert real.drafting.latest(THE_PACKAGE) is None
    dialog.close()

    left = DeparturesSection(real)
    shown(left, window)
    left.papers.ask_stamp()
    filled(left, (papers.PACKAGE, str(package)), (papers.AUTHORITY, address))
    qtbot.waitUntil(lambda: "Stamp Office says" in words_on(dialog_of(left)), timeout=LONG)
    assert package.with_name("series.asice.age.tst").is_file()
    dialog_of(left).reject()

    # The same vault stands for the colleague's: it takes the package in and writes the receipt.
    identity, anchors = tmp_path / "court.key", tmp_path / "anchors.pem"
    identity.write_bytes(print_identity(court))
    anchors.write_bytes(certificate + authority.root.pem)
    theirs = ColleaguesPackage(package, identity, anchors, None)
    colleagues = real.session.exchanging.colleagues
    receipt = tmp_path / "receipt.eml"
    colleagues.receipt(colleagues.take_in(theirs, silent, never), receipt)
    portal = tmp_path / "portal.pem"
    portal.write_bytes(gateway.identity.package_authority.certificate)
    left.papers.ask_receipt()
    filled(left, (papers.RECEIPT_FILE, str(receipt)), (papers.TRUST, str(anchors)))
    qtbot.waitUntil(lambda: "signature" in words_on(dialog_of(left)), timeout=LONG)
    filled(left, (papers.TRUST, str(portal)))
    qtbot.waitUntil(lambda: f"{COURT} has it" in words_on(dialog_of(left)), timeout=LONG)
    dialog_of(left).reject()
    qtbot.waitUntil(lambda: not left.list.is_empty, timeout=LONG)
    left.papers.show(next(row for row in left.list.rows() if row.kind is DisclosureKind.PACKAGE))
    qtbot.waitUntil(lambda: f"{COURT} has it" in words_on(dialog_of(left)), timeout=LONG)
    assert "HL-" in words_on(dialog_of(left))
    dialog_of(left).reject()


@needs_token
def test_a_token_signs_once_its_pin_is_right_and_nothing_else_is_typed_again(
    real: Seat, window: QWidget, court: Identity, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "drawer"
    folder.mkdir()
    with token_drawer(folder) as drawer:
        pem = tmp_path / "card.pem"
        pem.write_bytes(certificate_on(drawer, "card", KeyType.EC, at=datetime.now(UTC)))
        signers = SignersSection(real)
        shown(signers, window)
        signers.ask_token()
        filled(
            signers,
            (say.NAME, "Card"),
            (say.PEM, str(pem)),
            (say.MODULE, str(drawer.module)),
            (say.TOKEN, "card"),
            (say.PIN, "000000"),
        )
        qtbot.waitUntil(
            lambda: "does not take this PIN" in words_on(dialog_of(signers)), timeout=LONG
        )
        filled(signers, (say.PIN, PIN.decode()))
        qtbot.waitUntil(lambda: not signers.list.is_empty, timeout=LONG)
        assert signers.list.rows()[0].token == "card"
        keep_court(real, window, court, qtbot)

        package = tmp_path / "series.asice.age"
        dialog = composer(real, window, package, qtbot)
        dialog.form.signer.choice.setCurrentIndex(1)
        dialog.form.signer.module.field.setText(str(drawer.module))
        dialog.form.signer.pin.setText("000000")
        dialog.form.name.setText("Series by card")
        button_named(COMPOSE, dialog).click()
        qtbot.waitUntil(lambda: "does not take this PIN" in words_on(dialog), timeout=LONG)
        assert dialog.form.name.text() == "Series by card"
        assert outcomes(real.session) == []
        dialog.form.signer.pin.setText(PIN.decode())
        button_named(COMPOSE, dialog).click()
        qtbot.waitUntil(lambda: bool(dialog.digest), timeout=LONG)
        dialog.close()
    steps = verified(package, court, pem.read_bytes()).steps
    assert not [step for step in steps if step.state is StepState.FAILED and "sign" in step.name]
