"""What the window says to an error: a cure that can be done there, and never the same again where
repeating does not help.
"""

from __future__ import annotations

import inspect

import pytest

from cport_desktop import errors
from cport_desktop.errors import (
    AccessRevoked,
    AgreementLapsed,
    CertificateOtherName,
    CportError,
    NameNotFound,
    NoNetwork,
    PolicyRefused,
    PortalBusy,
    ProxyPasswordWanted,
    RoleMissing,
    SessionExpired,
    StationCertificateExpired,
    TransferCut,
)
from cport_desktop.words.errors import explain, known_codes
from cport_desktop.words.window_cures import CURES, OFFERS, Place, explain_here, offer


def every_error() -> list[type[CportError]]:
    return [
        each
        for _, each in inspect.getmembers(errors, inspect.isclass)
        if issubclass(each, CportError)
    ]


def test_no_cure_that_the_window_tells_names_a_command_or_its_options() -> None:
    told = {each.code: explain_here(each()) for each in every_error()}
    of_the_window = {code: one for code, one in told.items() if not code.startswith("usage")}
    assert [code for code, one in of_the_window.items() if "cport " in one.hint] == []
    assert [code for code, one in of_the_window.items() if " --" in one.hint] == []


def test_every_cure_and_offer_is_for_an_error_that_there_is() -> None:
    codes = {each.code for each in every_error()}
    assert set(CURES) <= codes & known_codes()
    assert set(OFFERS) <= codes


def test_a_cure_is_filled_with_the_facts_of_the_error() -> None:
    error = RoleMissing(role="exporter", givers="A. Example")
    assert "A. Example" in explain_here(error).hint
    assert explain_here(error).message == explain(error).message


def test_without_a_cure_of_its_own_the_sentence_is_that_of_the_command_line() -> None:
    assert explain_here(NoNetwork(cause="ENETDOWN")) == explain(NoNetwork(cause="ENETDOWN"))


@pytest.mark.parametrize(
    ("error", "place"),
    [
        (NoNetwork(cause="ENETDOWN"), Place.STICK),
        (NameNotFound(host="portal.example"), Place.STICK),
        (ProxyPasswordWanted(status=407, cause="407"), Place.STICK),
        (SessionExpired(), Place.SYNC),
        (TransferCut(got=1, wanted=2), Place.SYNC),
        (AccessRevoked(), Place.AGREEMENT),
        (StationCertificateExpired(cause="over"), Place.AGREEMENT),
        (PolicyRefused(clause="4", reason="no"), Place.AGREEMENT),
        (AgreementLapsed(action="x", reference="A", date="2026-01-01", who="B"), Place.AGREEMENT),
    ],
)
def test_what_helps_is_offered_and_it_is_not_the_same_again(
    error: CportError, place: Place
) -> None:
    offered = offer(error)
    assert offered is not None
    assert offered.place is place


@pytest.mark.parametrize("error", [SessionExpired(), AccessRevoked(), StationCertificateExpired()])
def test_where_signing_in_or_enrolling_is_the_cure_nobody_is_told_to_retry(
    error: CportError,
) -> None:
    offered = offer(error)
    assert offered is not None
    assert "again" not in offered.label.lower().removeprefix("enrol again")
    assert "retry" not in f"{offered.label} {explain_here(error).hint}".lower()


@pytest.mark.parametrize("error", [CertificateOtherName(cause="x", host="h"), PortalBusy()])
def test_where_going_on_would_be_wrong_or_useless_nothing_is_offered(error: CportError) -> None:
    assert offer(error) is None
