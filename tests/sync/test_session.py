"""A session is renewed before it ends, begun anew when it cannot be, and asked for no more often."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cport_desktop.clock import SteppingClock
from cport_desktop.crypto import message_keys
from cport_desktop.domain.batch import START
from cport_desktop.domain.ids import StationId
from cport_desktop.errors import SessionExpired, Unreachable
from cport_desktop.formats.session_message import SessionToken, print_token
from cport_desktop.sync.portal import PortalTransport
from cport_desktop.sync.question import Terms
from cport_desktop.sync.transfer import Persistence
from tests.hostile.certificates import new_authority, server_context
from tests.hostile.scripted_server import HANG_UP, Asked, Piece, answer, serving

AUTHORITY = new_authority()
EXPIRED = answer(401, b'{"error":"session_expired"}')


class APortal:
    """Numbers its tokens; `refuses` says which questions it does not take for signed in."""

    def __init__(self, *, renews: bool = True) -> None:
        self.given = 0
        self.renews = renews
        self.refuses: Callable[[Asked], bool] = lambda _: False
        self.on_refresh: list[Piece] | None = None
        self.heard: list[str] = []

    def __call__(self, asked: Asked) -> list[Piece]:
        self.heard.append(asked.target.partition("?")[0])
        if asked.target == "/v1/token/refresh" and self.on_refresh is not None:
            return self.on_refresh
        if asked.target.startswith("/v1/token"):
            self.given += 1
            refresh = f"r-{self.given}" if self.renews else None
            return [answer(200, print_token(SessionToken(f"t-{self.given}", 1800, refresh)))]
        return [EXPIRED if self.refuses(asked) else answer(200, b"sealed")]

    def take(self) -> list[str]:
        """What was asked since the last time."""
        heard, self.heard = self.heard, []
        return heard


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(datetime(2026, 5, 17, 12, tzinfo=UTC))


@pytest.fixture
def line(clock: SteppingClock, tmp_path: Path, request: pytest.FixtureRequest):
    portal = APortal(renews=getattr(request, "param", True))
    with serving(portal, server_context(AUTHORITY, tmp_path)) as server:
        transport = PortalTransport(
            server.url,
            authority_pem=AUTHORITY.pem,
            clock=clock,
            station=StationId("station-1"),
            sign=message_keys.signing_with(message_keys.generate_ed25519().private),
            terms=Terms(persistence=Persistence(attempts=1)),
        )
        with closing(transport):
            yield portal, transport, server


def ask(transport: PortalTransport) -> bytes:
    return transport.changes(START, limit=1)


def test_one_token_serves_until_shortly_before_its_end(line, clock):
    portal, transport, _ = line
    for _ in range(3):
        ask(transport)
    assert portal.take() == ["/v1/token", "/v1/changes", "/v1/changes", "/v1/changes"]


def test_then_the_session_is_renewed_with_what_came_with_it_and_each_only_once(line, clock):
    portal, transport, server = line
    for _ in range(3):
        ask(transport)
        clock.advance(timedelta(seconds=1700))
    assert portal.take() == [
        "/v1/token", "/v1/changes",
        "/v1/token/refresh", "/v1/changes",
        "/v1/token/refresh", "/v1/changes",
    ]  # fmt: skip
    bodies = [json.loads(one.body) for one in server.asked if one.target.endswith("/refresh")]
    assert bodies == [{"refreshToken": "r-1"}, {"refreshToken": "r-2"}]
    assert server.asked[-1].headers["authorization"] == "Bearer t-3"


def test_where_it_cannot_be_renewed_the_station_signs_in(line, clock):
    portal, transport, _ = line
    ask(transport)
    portal.on_refresh = [EXPIRED]
    clock.advance(timedelta(seconds=1700))
    portal.take()

    ask(transport)

    assert portal.take() == ["/v1/token/refresh", "/v1/token", "/v1/changes"]


def test_what_renews_a_session_is_not_used_again_after_its_answer_was_lost(line, clock):
    portal, transport, _ = line
    ask(transport)
    portal.on_refresh = [HANG_UP]
    clock.advance(timedelta(seconds=1700))
    with pytest.raises(Unreachable):
        ask(transport)
    portal.take()

    ask(transport)

    assert portal.take() == ["/v1/token", "/v1/changes"]


@pytest.mark.parametrize("line", [False], indirect=True)
def test_a_portal_that_renews_nothing_is_asked_for_a_new_session(line, clock):
    portal, transport, _ = line
    ask(transport)
    clock.advance(timedelta(seconds=1700))
    portal.take()

    ask(transport)

    assert portal.take() == ["/v1/token", "/v1/changes"]


def test_a_session_that_the_portal_ended_is_not_renewed_but_begun_anew(line):
    portal, transport, _ = line
    ask(transport)
    portal.refuses = lambda asked: asked.headers["authorization"] == "Bearer t-1"
    portal.take()

    ask(transport)

    assert portal.take() == ["/v1/changes", "/v1/token", "/v1/changes"]


def test_a_portal_that_ends_every_session_is_asked_twice_and_no_more(line):
    portal, transport, _ = line
    portal.refuses = lambda _: True
    with pytest.raises(SessionExpired):
        ask(transport)
    assert portal.take() == ["/v1/token", "/v1/changes", "/v1/token", "/v1/changes"]
