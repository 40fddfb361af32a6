"""The window's intentions about the exchange, over a real vault and the gateway's own side of the
stick: from a vault that belongs to nobody to an operation that the portal settled.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cport_desktop.demo.courier_desk import CourierDesk, Terms
from cport_desktop.demo.gateway import Gateway
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.link import ANY_LINK, Link, MediaPolicy
from cport_desktop.domain.progress import never, silent
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Order
from cport_desktop.errors import (
    BundleUnexpected,
    NotEnrolled,
    OperationClosed,
    OutputExists,
    RequestUnderWay,
    RoleMissing,
)
from cport_desktop.ui import places
from cport_desktop.ui.desk import Desk, Session
from cport_desktop.ui.enrolment_lines import Introduction, RequestOrder
from cport_desktop.ui.exchanging_lines import OutboxAct, OutboxView, StickOrder
from cport_desktop.ui.keys import Key, KeyKind, NewKey
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.views.courier_steps import BringInView, CarryOutView
from cport_desktop.ui.views.enrolment_steps import AnswerView, RequestView
from cport_desktop.words import agreement_page, courier_page, enrolment_page
from tests.ui.conftest import LONG, REPORTS
from tests.ui.test_keeping_for_real import OPENED_BY, opened_by
from tests.ui.test_window import words_on


@pytest.fixture
def session(desk: Desk) -> Iterator[Session]:
    opened = opened_by(desk, OPENED_BY)
    yield opened
    opened.lock()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def answered(gateway: Gateway, paths: tuple[Path, ...], out: Path) -> tuple[Path, ...]:
    """What the portal's side makes of what was carried there."""
    return tuple(CourierDesk(gateway).answer(paths, out, Terms(silent, never)).files)


def introduce(gateway: Gateway) -> Introduction:
    return Introduction(gateway.identity.enrolment_code, "Desk 1", "Example Agency")


def enrol(session: Session, gateway: Gateway, stick: Path) -> None:
    enrolling = session.exchanging.enrolling
    enrolling.request(RequestOrder(introduce(gateway), stick / "request"))
    enrolling.answer(answered(gateway, (stick / "request",), stick / "answer")[0], "")


def there_and_back(session: Session, gateway: Gateway, stick: Path, name: str) -> None:
    """One exchange by stick."""
    road = session.exchanging.stick
    sent = road.carry_out(StickOrder(stick / f"{name}-out"), silent, never)
    road.bring_in(answered(gateway, sent.files, stick / f"{name}-in"), silent, never)


def some_report(session: Session) -> ReportId:
    return session.search("", Order(), 5, None).rows[0].report_id


def test_a_request_waits_in_the_vault_through_a_lock_until_its_answer_comes(
    desk: Desk, session: Session, gateway: Gateway, stick: Path
) -> None:
    enrolling = session.exchanging.enrolling
    assert enrolling.standing().bond is None
    with pytest.raises(NotEnrolled):
        session.exchanging.stick.carry_out(StickOrder(stick / "early"), silent, never)
    enrolling.request(RequestOrder(introduce(gateway), stick / "request"))
    with pytest.raises(RequestUnderWay):
        enrolling.request(RequestOrder(introduce(gateway), stick / "again"))
    answer = answered(gateway, (stick / "request",), stick / "answer")
    session.lock()

    later = opened_by(desk, OPENED_BY)
    waits = later.exchanging.enrolling.standing().request
    assert waits is not None
    assert (waits.station, waits.agency) == ("Desk 1", "Example Agency")
    portal = later.exchanging.enrolling.answer(answer[0], "")
    standing = later.exchanging.enrolling.standing()
    assert standing.request is None
    assert standing.bond is not None
    assert (standing.bond.portal, standing.bond.has_address) == (portal, False)
    later.exchanging.enrolling.set_address("https://portal.example")
    bond = later.exchanging.enrolling.standing().bond
    assert bond is not None
    assert bond.has_address
    later.lock()


def test_a_decision_in_the_outbox_reaches_the_portal_by_stick_and_no_word_is_lost(
    session: Session, gateway: Gateway, stick: Path
) -> None:
    enrol(session, gateway, stick)
    there_and_back(session, gateway, stick, "first")
    outbox = session.exchanging.outbox
    session.feedback(some_report(session), "first words")
    session.feedback(some_report(session), "not these")
    first, second = reversed(outbox.page(OutboxView.ALL, 9, None).rows)
    assert first.acts == {OutboxAct.REVISE, OutboxAct.SET_ASIDE}
    assert (first.words, first.what) == ("first words", "Feedback to the hotline")
    outbox.revise(first.operation_id, "better words")
    outbox.set_aside(second.operation_id, "said by telephone")
    with pytest.raises(OperationClosed):
        outbox.set_aside(second.operation_id, "again")
    with pytest.raises(OperationClosed):
        outbox.send_again(second.operation_id)
    there_and_back(session, gateway, stick, "second")

    lines = {line.words: line for line in outbox.page(OutboxView.ALL, 9, None).rows}
    assert {words: line.state for words, line in lines.items()} == {
        "better words": "settled",
        "first words": "set_aside",
        "not these": "set_aside",
    }
    assert lines["first words"].operation_id in dict(lines["better words"].facts).values()
    assert "said by telephone" in dict(lines["not these"].facts).values()
    assert outbox.page(OutboxView.NEEDING, 9, None).rows == ()
    assert session.tallies().unsettled == 0


def test_the_history_has_every_exchange_and_says_which_bundle_and_why_one_failed(
    session: Session, gateway: Gateway, stick: Path
) -> None:
    enrol(session, gateway, stick)
    there_and_back(session, gateway, stick, "first")
    road = session.exchanging.stick
    out = road.carry_out(StickOrder(stick / "second"), silent, never)
    with pytest.raises(OutputExists):
        road.carry_out(StickOrder(stick / "second"), silent, never)
    with pytest.raises(BundleUnexpected):
        road.bring_in(out.files, silent, never)

    rows = session.exchanging.history(9, None).rows
    told = [(row.road, row.direction, row.outcome) for row in reversed(rows)]
    assert told[:3] == [
        ("courier", "out", "done"),
        ("courier", "in", "done"),
        ("courier", "out", "done"),
    ]
    assert told[-1] == ("courier", "in", "untrusted.bundle_direction")
    brought = next(row for row in rows if row.direction == "in" and row.outcome == "done")
    assert brought.facts["reports_new"] == REPORTS
    standing = road.standing()
    assert standing.sent is not None
    assert standing.received is not None
    assert (standing.sent.sequence, standing.received.sequence) == (2, 1)
    assert not standing.is_answered


def test_the_agreement_is_explained_and_exported_from_a_real_vault(
    session: Session, gateway: Gateway, stick: Path, tmp_path: Path
) -> None:
    agreements = session.exchanging.agreements
    assert agreements.shown().current is None
    assert agreements.mark().grade == "none"
    enrol(session, gateway, stick)
    shown = agreements.shown()
    assert shown.current is not None
    assert shown.grade == "in_force"
    assert shown.current.reference in agreements.mark().words
    assert any("composing a package" in line for c in shown.current.clauses for line in c.allows)
    answer = agreements.may("package.compose", "")
    assert answer.is_allowed
    assert not any("--" in sentence for sentence in answer.sentences)
    agreements.export(tmp_path / "agreement.json")
    assert (tmp_path / "agreement.json").stat().st_size > 500
    with pytest.raises(OutputExists):
        agreements.export(tmp_path / "agreement.json")


def test_links_are_kept_used_and_removed_and_transfers_paused_in_a_real_vault(
    session: Session, gateway: Gateway, stick: Path
) -> None:
    exchanging = session.exchanging
    car = Link("car", MediaPolicy.ASKED, bytes_per_second=64_000)
    exchanging.links.keep(car)
    exchanging.links.use("car")
    assert exchanging.links.listed() == ((car,), car)
    exchanging.links.remove("car")
    assert exchanging.links.listed() == ((), ANY_LINK)
    exchanging.transfers.pause(None)
    assert exchanging.transfers.tally().is_paused
    exchanging.transfers.resume(None)
    assert exchanging.transfers.tally().waiting == 0
    assert exchanging.transfers.page(9, None).rows == ()


def test_what_a_role_does_not_allow_is_refused_behind_the_window_too(
    desk: Desk, session: Session, stick: Path
) -> None:
    secret = "five words drawn by dice"
    new = NewKey("B. Example", KeyKind.PASSPHRASE, secret)
    session.keeping.add_analyst("B. Example", frozenset({Role.AUDITOR}), new)
    session.lock()
    other = opened_by(desk, Key(KeyKind.PASSPHRASE, secret))
    assert other.exchanging.enrolling.standing().bond is None
    introduction = Introduction("code", "Desk 1", "Example Agency")
    for refused in (
        lambda: other.exchanging.enrolling.request(RequestOrder(introduction, stick / "r")),
        other.exchanging.stick.standing,
        lambda: other.exchanging.outbox.page(OutboxView.ALL, 9, None),
        lambda: other.exchanging.history(9, None),
    ):
        with pytest.raises(RoleMissing):
            refused()
    other.lock()


def test_from_a_vault_of_nobody_to_its_first_reports_with_nothing_but_a_stick(
    main: MainWindow, gateway: Gateway, stick: Path, qtbot: QtBot
) -> None:
    main.show_page(places.AGREEMENT)
    main.agreement.show_part(enrolment_page.ENROLMENT)
    enrolment = main.agreement.enrolment
    qtbot.waitUntil(lambda: enrolment_page.NOT_ENROLLED in words_on(enrolment))
    enrolment.begin()
    request = enrolment.steps
    assert isinstance(request, RequestView)
    for box in request.happened.boxes.values():
        box.setChecked(True)
    request.go_on()
    for field, text in (
        (request.station, "Desk 1"),
        (request.agency, "Example Agency"),
        (request.code, gateway.identity.enrolment_code),
    ):
        field.setText(text)
    request.go_on()
    request.file.field.setText(str(stick / "request"))
    request.go_on()
    qtbot.waitUntil(lambda: request.step == 3, timeout=LONG)
    request.go_on()
    (answer,) = answered(gateway, (stick / "request",), stick / "answer")
    qtbot.waitUntil(lambda: enrolment_page.WAITING in words_on(enrolment))
    enrolment.bring_answer()
    taking = enrolment.steps
    assert isinstance(taking, AnswerView)
    taking.file.field.setText(str(answer))
    taking.go_on()
    qtbot.waitUntil(lambda: taking.step == 1, timeout=LONG)
    taking.go_on()
    main.agreement.show_part(agreement_page.IN_FORCE)
    qtbot.waitUntil(lambda: not main.agreement.in_force.list.is_empty)
    qtbot.waitUntil(lambda: "until" in main.status.agreement())

    main.show_page(places.EXCHANGE)
    main.exchanges.show_part(courier_page.BY_STICK)
    part = main.exchanges.stick
    part.carry_out()
    out = part.steps
    assert isinstance(out, CarryOutView)
    out.file.field.setText(str(stick / "first"))
    out.go_on()
    qtbot.waitUntil(lambda: out.step == 1, timeout=LONG)
    assert out.outcome().startswith(courier_page.OUT_SAFE)
    out.go_on()
    back = answered(gateway, (stick / "first",), stick / "back")
    part.bring_in()
    bringing = part.steps
    assert isinstance(bringing, BringInView)
    bringing.files.field.setPlainText("\n".join(map(str, back)))
    bringing.go_on()
    qtbot.waitUntil(lambda: bringing.step == 1, timeout=LONG)
    assert f"{REPORTS} new reports" in bringing.outcome()
    bringing.go_on()

    main.show_page(places.REPORTS)
    qtbot.waitUntil(lambda: main.reports.model.rowCount() == REPORTS, timeout=LONG)
    qtbot.waitUntil(lambda: "courier" in main.status.freshness(), timeout=LONG)
    assert main.notice.message() == ""
