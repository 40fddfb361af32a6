"""When to try again, and what becomes of a file: by values alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cport_desktop.domain.digest import Digests
from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.report import MediaNotice
from cport_desktop.errors import (
    AccessRevoked,
    Cancelled,
    ClockSkew,
    CportError,
    DigestMismatch,
    MessageMixup,
    MessageTooLarge,
    PortalBusy,
    SessionExpired,
    StorageFull,
    TransferCut,
    UnknownReference,
    Unreachable,
)
from cport_desktop.sync.countdown import Countdown, Patience
from cport_desktop.sync.refusals import LONGEST_RETRY_AFTER, retry_after_seconds
from cport_desktop.sync.transfer import (
    Fate,
    Persistence,
    fate_after,
    require_announced,
    wait_before_retry,
)

FEW = Persistence(attempts=4, first_wait=0.5, longest_wait=30.0)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def wait(
    error: CportError, failures: int = 1, chance: float = 0.0, persistence: Persistence = FEW
) -> float | None:
    return wait_before_retry(error, failures=failures, persistence=persistence, chance=chance)


def test_the_wait_doubles_and_then_it_is_given_up():
    waits = [wait(Unreachable(cause="x"), failures) for failures in range(1, 6)]
    assert waits == [0.5, 1.0, 2.0, None, None]


@given(st.integers(1, 200), st.floats(0, 1))
def test_no_wait_is_beyond_the_ceiling_or_less_than_half_of_what_it_would_be(failures, chance):
    many = Persistence(attempts=1000, first_wait=0.5, longest_wait=30.0)
    longest = min(30.0, 0.5 * 2.0 ** (failures - 1))
    waited = wait(TransferCut(got=0, wanted=1), failures, chance, many)
    assert waited is not None
    assert longest / 2 <= waited <= longest


@pytest.mark.parametrize(
    ("asked", "expected"), [(None, 0.5), (0, 0.5), (7, 7.0), (30, 30.0), (31, None)]
)
def test_a_wait_that_the_portal_asks_for_is_kept_or_given_up_on(asked, expected):
    assert wait(PortalBusy(status=503, retry_after=asked)) == expected


@pytest.mark.parametrize(
    "error",
    [SessionExpired(), AccessRevoked(), ClockSkew(seconds=9), Cancelled(), MessageMixup(what="x")],
    ids=lambda error: error.code,
)
def test_what_will_not_pass_is_not_tried_again(error):
    assert wait(error) is None


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (UnknownReference(kind="media item", reference="M-1"), Fate.PASS_OVER),
        (TransferCut(got=1, wanted=2), Fate.PASS_OVER),
        (MessageTooLarge(limit=2), Fate.REFUSE),
        (DigestMismatch(what="sha256"), Fate.REFUSE),
        (Unreachable(cause="x"), Fate.STOP),
        (AccessRevoked(), Fate.STOP),
        (Cancelled(), Fate.STOP),
        (StorageFull(where="x"), Fate.STOP),
    ],
    ids=lambda value: getattr(value, "code", None),
)
def test_one_bad_file_costs_itself_and_a_bad_road_stops_all(error, fate):
    assert fate_after(error) is fate


def test_bytes_are_kept_only_if_they_are_those_announced():
    notice = MediaNotice(MediaId(1), 3, "a" * 64, None, None)
    require_announced(notice, Digests(3, "", "", "a" * 64, 0))
    with pytest.raises(DigestMismatch):
        require_announced(notice, Digests(4, "", "", "a" * 64, 0))
    with pytest.raises(DigestMismatch):
        require_announced(notice, Digests(3, "", "", "b" * 64, 0))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("7", 7),
        (" 7 ", 7),
        ("-7", None),
        ("7.5", None),
        ("9" * 60, LONGEST_RETRY_AFTER),
        ("9" * 600, None),
        ("soon", None),
        ("\u0667", None),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("Sun, 01 Mar 2026 12:00:30 -0000", 30),
        ("Sun, 99 Mar 2026 12:00:30 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date_or_not_at_all(header, seconds):
    assert retry_after_seconds(header, NOON) == seconds


@given(st.text(max_size=80))
def test_no_retry_after_header_does_harm(header):
    seconds = retry_after_seconds(header, NOON)
    assert seconds is None or 0 <= seconds <= LONGEST_RETRY_AFTER


LIMITS = Patience(whole=100.0, grace=10.0, slowest=1000.0)


def test_silence_ends_after_the_grace():
    countdown = Countdown(LIMITS, is_whole_limited=True)
    countdown.spend(9.9, 0)
    assert countdown.left == pytest.approx(0.1)


def test_a_trickle_below_the_least_speed_ends_a_line_above_it_does_not():
    trickle, line = (Countdown(LIMITS, is_whole_limited=False) for _ in range(2))
    for _ in range(1000):
        trickle.spend(1.0, 900)
        line.spend(1.0, 1000)
    assert trickle.left < 0
    assert line.left > 0


def test_a_fast_beginning_does_not_buy_more_than_the_grace():
    countdown = Countdown(LIMITS, is_whole_limited=False)
    countdown.spend(1.0, 10**9)
    assert countdown.left == LIMITS.grace


def test_a_message_ends_with_the_time_for_the_whole_however_steadily_it_comes():
    countdown = Countdown(LIMITS, is_whole_limited=True)
    for _ in range(100):
        countdown.spend(1.0, 2000)
    assert countdown.left <= 0
