"""Work off the GUI thread, answers back on it."""

from __future__ import annotations

import gc
import os
import sys
import threading
import weakref
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cport_desktop.domain.progress import Announce, IsCancelled, Phase, Progress
from cport_desktop.errors import Cancelled, CportError, WrongPassphrase
from cport_desktop.ui.lane import Lane
from tests.ui.conftest import destroy_what_is_dropped


@pytest.fixture
def lane() -> Iterator[Lane]:
    made = Lane("test")
    yield made
    made.drop_answers()
    made.farewell()()


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_an_answer_comes_back_in_the_thread_that_asked(
    lane: Lane, owner: QObject, qtbot: QtBot
) -> None:
    worked_in: list[int] = []
    came_in: list[int] = []

    def work() -> int:
        worked_in.append(threading.get_ident())
        return 7

    lane.ask(owner, work, then=lambda answer: came_in.extend((threading.get_ident(), answer)))
    qtbot.waitUntil(lambda: bool(came_in))

    assert came_in == [threading.get_ident(), 7]
    assert worked_in != [threading.get_ident()]


def test_a_refusal_goes_to_whoever_asked(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    told: list[CportError] = []

    def refuse() -> int:
        raise WrongPassphrase

    lane.ask(owner, refuse, then=lambda _: pytest.fail("no answer"), otherwise=told.append)
    qtbot.waitUntil(lambda: bool(told))

    assert isinstance(told[0], WrongPassphrase)


def test_what_a_refused_work_held_ends_in_the_workers_thread_at_once(
    lane: Lane, owner: QObject, qtbot: QtBot
) -> None:
    class Held:
        """As a statement of SQLite's that was stopped."""

    told: list[CportError] = []
    ended_in: list[int] = []

    def refuse() -> int:
        held = Held()
        weakref.finalize(held, lambda: ended_in.append(threading.get_ident()))
        try:
            raise ValueError(held)
        except ValueError as error:
            raise Cancelled from error

    lane.ask(owner, refuse, then=lambda _: pytest.fail("no answer"), otherwise=told.append)
    qtbot.waitUntil(lambda: bool(told))

    assert not gc.isenabled(), "nobody collected a cycle"
    assert len(ended_in) == 1
    assert ended_in != [threading.get_ident()]


def test_a_bug_is_shown_and_the_lane_works_on(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    bugs: list[object] = []
    answers: list[int] = []
    lane.went_wrong.connect(bugs.append)

    lane.ask(owner, lambda: 1 // 0)
    lane.ask(owner, lambda: 3, then=answers.append)
    qtbot.waitUntil(lambda: bool(answers))

    assert isinstance(bugs[0], ZeroDivisionError)


def test_whoever_waits_hears_of_a_bug_as_of_an_unexpected_fault(
    lane: Lane, owner: QObject, qtbot: QtBot
) -> None:
    told: list[object] = []
    lane.went_wrong.connect(told.append)

    lane.ask(owner, lambda: 1 // 0, otherwise=told.append)
    qtbot.waitUntil(lambda: len(told) == 2)

    first, second = told
    assert type(first) is CportError
    assert isinstance(second, ZeroDivisionError)


def test_the_answer_of_a_cancelled_errand_is_dropped(
    lane: Lane, owner: QObject, qtbot: QtBot
) -> None:
    may_go = threading.Event()
    stale: list[bool] = []
    fresh: list[int] = []

    errand = lane.ask(owner, may_go.wait, then=stale.append)
    lane.ask(owner, lambda: 2, then=fresh.append)
    errand.cancel()
    may_go.set()
    qtbot.waitUntil(lambda: bool(fresh))

    assert stale == []


def test_work_that_waits_is_not_begun_once_it_is_cancelled(
    lane: Lane, owner: QObject, qtbot: QtBot
) -> None:
    may_go = threading.Event()
    begun: list[int] = []
    done: list[int] = []

    lane.ask(owner, may_go.wait)
    waiting = lane.ask(owner, partial(begun.append, 1))
    lane.ask(owner, lambda: 3, then=done.append)
    waiting.cancel()
    may_go.set()
    qtbot.waitUntil(lambda: bool(done))

    assert begun == []


def test_the_answer_for_a_view_that_is_gone_is_dropped(lane: Lane, qtbot: QtBot) -> None:
    view = QObject()
    may_go = threading.Event()
    stale: list[bool] = []
    fresh: list[int] = []
    other = QObject()

    lane.ask(view, may_go.wait, then=stale.append)
    view.deleteLater()
    destroy_what_is_dropped()
    may_go.set()
    lane.ask(other, lambda: 2, then=fresh.append)
    qtbot.waitUntil(lambda: bool(fresh))

    assert stale == []


def test_what_was_asked_of_a_draining_lane_is_done_though_nobody_waits(owner: QObject) -> None:
    lane = Lane("acts", drains=True)
    may_go = threading.Event()
    done: list[int] = []

    lane.ask(owner, may_go.wait)
    for number in range(3):
        lane.ask(owner, partial(done.append, number))
    lane.drop_answers()
    may_go.set()
    lane.farewell()()

    assert done == [0, 1, 2]


def test_progress_is_told_and_the_last_of_it_is_not_missed(
    lane: Lane, owner: QObject, qtbot: QtBot
) -> None:
    told: list[Progress] = []
    ended: list[int] = []

    def work(announce: Announce, _is_cancelled: IsCancelled) -> int:
        for done in range(1, 5001):
            announce(Progress(Phase.CHANGES, done, 5000))
        return 1

    lane.ask_long(owner, work, progress=told.append, then=ended.append, otherwise=lambda _: None)
    qtbot.waitUntil(lambda: bool(ended))

    assert 0 < len(told) <= 5000
    assert [step.done for step in told] == sorted(step.done for step in told)


def test_long_work_that_is_wound_down_says_so_itself(
    lane: Lane, owner: QObject, qtbot: QtBot
) -> None:
    refusals: list[CportError] = []

    def work(_announce: Announce, is_cancelled: IsCancelled) -> int:
        while not is_cancelled():
            threading.Event().wait(0.005)
        raise Cancelled

    errand = lane.ask_long(
        owner,
        work,
        progress=lambda _: None,
        then=lambda _: pytest.fail("it was stopped"),
        otherwise=refusals.append,
    )
    errand.wind_down()
    qtbot.waitUntil(lambda: bool(refusals))

    assert isinstance(refusals[0], Cancelled)


def test_dropping_all_answers_stops_long_work(lane: Lane, owner: QObject) -> None:
    def work(_announce: Announce, is_cancelled: IsCancelled) -> int:
        while not is_cancelled():
            threading.Event().wait(0.005)
        return 1

    lane.ask_long(
        owner,
        work,
        progress=lambda _: None,
        then=lambda _: pytest.fail("dropped"),
        otherwise=lambda _: pytest.fail("dropped"),
    )
    lane.drop_answers()
    lane.farewell()()


def test_what_is_asked_of_a_lane_that_ended_is_not_begun(owner: QObject) -> None:
    lane, done = Lane("test"), list[int]()
    lane.farewell()()
    lane.ask(owner, lambda: done.append(1))
    lane.ask_unless(owner, lambda _stop: done.append(2), then=print, otherwise=print)
    assert done == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count no threads apart")
def test_what_nobody_waits_for_leaves_processors_to_the_window(
    owner: QObject, qtbot: QtBot
) -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    told: list[int] = []
    patient = Lane("patient", is_patient=True)
    patient.ask(owner, niceness, then=told.append)
    qtbot.waitUntil(lambda: bool(told))
    patient.farewell()()

    assert told[0] > niceness()
