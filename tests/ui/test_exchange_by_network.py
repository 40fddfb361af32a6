"""The window by network, for real: its vault on this disk, and a portal behind TLS on this machine.

From a vault that belongs to nobody to its first reports; what a wrong code and a wrong authority are
told as; and a narrower agreement, from its arrival to what is absent once somebody accepted it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from cport_desktop.clock import SystemClock
from cport_desktop.demo.agreement import amended
from cport_desktop.demo.certificates import new_authority
from cport_desktop.demo.enrolment_desk import PORTAL_NAME
from cport_desktop.demo.gateway import Gateway
from cport_desktop.demo.server import RunningServer, running_server
from cport_desktop.domain.agreement import Clause, Function
from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.ui import places
from cport_desktop.ui.main_window import MainWindow
from cport_desktop.ui.views.enrolment_section import EnrolmentSection
from cport_desktop.ui.views.enrolment_steps import RequestView
from cport_desktop.words import agreement_page, enrolment_page
from tests.ui.conftest import LONG, REPORTS
from tests.ui.test_vault_page import dialog_of, field_named
from tests.ui.test_window import open_first_media_item, words_on


@pytest.fixture
def server(gateway: Gateway) -> Iterator[RunningServer]:
    with running_server(gateway) as running:
        yield running


def enrolment_of(main: MainWindow, qtbot: QtBot) -> EnrolmentSection:
    main.show_page(places.AGREEMENT)
    main.agreement.show_part(enrolment_page.ENROLMENT)
    part = main.agreement.enrolment
    qtbot.waitUntil(lambda: enrolment_page.NOT_ENROLLED in words_on(part))
    return part


def filled(part: EnrolmentSection, code: str, url: str, authority: Path) -> RequestView:
    """The wizard, at the step that asks for the road, with all of it filled in."""
    part.begin()
    steps = part.steps
    assert isinstance(steps, RequestView)
    for box in steps.happened.boxes.values():
        box.setChecked(True)
    steps.go_on()
    for field, text in ((steps.station, "Desk 1"), (steps.agency, "Example Agency")):
        field.setText(text)
    steps.code.setText(code)
    steps.go_on()
    steps.by_network.setChecked(True)
    steps.url.setText(url)
    steps.authority.field.setText(str(authority))
    return steps


def enrol(main: MainWindow, gateway: Gateway, server: RunningServer, qtbot: QtBot) -> RequestView:
    part = enrolment_of(main, qtbot)
    code = gateway.identity.enrolment_code
    steps = filled(part, code, server.url, server.authority)
    steps.go_on()
    qtbot.waitUntil(lambda: steps.step == 3, timeout=LONG)
    return steps


def synchronise(main: MainWindow, qtbot: QtBot) -> None:
    assert main.exchange.start()
    qtbot.waitUntil(lambda: not main.exchange.is_running, timeout=LONG)
    assert main.notice.message() == ""


def test_from_a_vault_of_nobody_to_its_first_reports_by_network_alone(
    main: MainWindow, gateway: Gateway, server: RunningServer, qtbot: QtBot
) -> None:
    steps = enrol(main, gateway, server, qtbot)
    assert steps.outcome().startswith(enrolment_page.ENROLLED)
    assert PORTAL_NAME in steps.outcome()
    steps.go_on()
    qtbot.waitUntil(lambda: "until" in main.status.agreement())
    synchronise(main, qtbot)
    assert main.exchange.words().startswith(f"{REPORTS} new reports")
    main.show_page(places.REPORTS)
    qtbot.waitUntil(lambda: main.reports.model.rowCount() == REPORTS, timeout=LONG)
    qtbot.waitUntil(lambda: "HTTPS" in main.status.freshness(), timeout=LONG)


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """The authority of some other portal."""
    path = tmp_path / "stranger.pem"
    path.write_bytes(new_authority("Some other portal", SystemClock().now()).certificate)
    return path


@pytest.mark.parametrize(
    ("is_wrong", "message", "cure"),
    [
        ("code", "The portal does not take this enrolment code.", "Check it letter by letter"),
        ("authority", "it is not from the pinned authority", "whether its authority changed"),
    ],
)
def test_what_was_wrong_on_the_paper_is_named_with_its_cure_and_nothing_is_half_done(
    main: MainWindow,
    gateway: Gateway,
    server: RunningServer,
    stranger: Path,
    is_wrong: str,
    message: str,
    cure: str,
    qtbot: QtBot,
) -> None:
    right = gateway.identity.enrolment_code
    code = "WRONG-CODE-0000" if is_wrong == "code" else right
    authority = stranger if is_wrong == "authority" else server.authority
    part = enrolment_of(main, qtbot)
    steps = filled(part, code, server.url, authority)
    steps.go_on()
    qtbot.waitUntil(lambda: steps._notice.message() != "", timeout=LONG)
    assert message in words_on(steps._notice)
    assert cure in words_on(steps._notice)
    is_doubtful = steps.told() == enrolment_page.CHECK_AUTHORITY
    assert is_doubtful == (is_wrong == "authority")
    assert (steps.step, steps.code.text(), steps.is_busy) == (2, "", False)
    assert not gateway.stations()
    standing = main._seat.session.exchanging.enrolling.standing()
    assert (standing.bond, standing.request) == (None, None)
    assert main._seat.session.exchanging.agreements.shown().current is None

    steps.authority.field.setText(str(server.authority))
    steps.go_on()
    assert steps.told() == enrolment_page.NEEDS_CODE
    steps.code.setText(right)
    steps.go_on()
    steps.go_on()
    qtbot.waitUntil(lambda: steps.step == 3, timeout=LONG)
    assert len(gateway.stations()) == 1


def narrowed(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Without packages, and looks in grey at most."""
    levels = (RevealLevel.BLURRED.value, RevealLevel.GREY.value)
    return tuple(
        replace(clause, grants=tuple(replace(grant, levels=levels) for grant in clause.grants))
        if any(Function.MEDIA_REVEAL.value in grant.functions for grant in clause.grants)
        else clause
        for clause in clauses
        if not any(Function.PACKAGE_COMPOSE.value in grant.functions for grant in clause.grants)
    )


def offered(inside: QWidget) -> set[str]:
    buttons = inside.findChildren(QAbstractButton)
    return {made.text().partition("  ")[0] for made in buttons if made.isVisible()}


def test_a_narrower_agreement_is_rehearsed_accepted_and_then_what_it_took_is_absent(
    main: MainWindow, gateway: Gateway, server: RunningServer, qtbot: QtBot
) -> None:
    enrol(main, gateway, server, qtbot).go_on()
    synchronise(main, qtbot)
    main.show_page(places.REPORTS)
    qtbot.waitUntil(lambda: not main.reports.is_empty, timeout=LONG)
    main.reports.table.choose(0)
    qtbot.waitUntil(lambda: main.reports.pane.report_id is not None)
    assert "Package…" in offered(main.reports.pane)

    (station,) = gateway.stations()
    before = gateway.agreements.current(station)
    now = datetime.now(UTC)
    gateway.agreements.amend(
        station,
        amended(before, narrowed(before.clauses), now=now, effective_from=now + timedelta(days=14)),
    )
    synchronise(main, qtbot)
    assert "Package…" in offered(main.reports.pane)

    main.show_page(places.AGREEMENT)
    main.agreement.show_part(agreement_page.IN_FORCE)
    page = main.agreement
    qtbot.waitUntil(lambda: agreement_page.ACCEPT in offered(page))
    page.in_force.rehearse()
    rehearsal = dialog_of(page)
    qtbot.waitUntil(lambda: "✗ composing a package" in words_on(rehearsal))
    assert "✗ revealing media at levels that neither revision names" in words_on(rehearsal)
    rehearsal.reject()
    page.in_force.ask_accept()
    dialog = dialog_of(page)
    field_named(agreement_page.ACCEPT_WHY, dialog).setText("read and understood")
    dialog.give()
    qtbot.waitUntil(lambda: agreement_page.ACCEPTED in words_on(dialog), timeout=LONG)
    dialog.reject()

    main.show_page(places.REPORTS)
    qtbot.waitUntil(lambda: "composing a package" in main.reports.pane.absent(), timeout=LONG)
    assert "Package…" not in offered(main.reports)
    main.show_page(places.MEDIA)
    open_first_media_item(main, qtbot)
    panel = main.media.pane.panel
    qtbot.waitUntil(lambda: "full" in panel.absent())
    assert "clause 2.2" in panel.absent()
    assert offered(panel) >= {"blur", "grey"}
    assert "full colour" not in offered(panel)
