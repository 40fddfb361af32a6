"""Who pauses while it goes through many things, and who does not."""

from __future__ import annotations

import threading

import pytest

from cport_desktop import pace

THINGS = range(100)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each was; nothing of them is waited for."""
    asked: list[float] = []
    monkeypatch.setattr("cport_desktop.pace.time.sleep", asked.append)
    return asked


def went_through(*, patient: bool) -> list[int]:
    """What a thread of its own got."""
    got: list[int] = []

    def work() -> None:
        if patient:
            pace.be_patient()
        for thing in pace.paced(THINGS):
            got.append(thing)
            sum(range(20_000))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return got


def test_a_patient_thread_pauses_now_and_then_and_gets_everything(pauses: list[float]) -> None:
    assert went_through(patient=True) == list(THINGS)
    assert 0 < len(pauses) < len(THINGS)
    assert set(pauses) == {pace.PAUSE_S}


def test_another_thread_does_not_pause(pauses: list[float]) -> None:
    went_through(patient=True)
    before = len(pauses)

    assert went_through(patient=False) == list(THINGS)
    assert len(pauses) == before
