"""What fails every test: a warning in the log that was not expected, a thread left behind."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import remembered_keys
from tests.hostile.faults import telling

# Machines differ and are busy: no example fails for being slow, and none is kept on disk.
settings.register_profile(
    "house", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(telling)
    telling.begin(config)
    remembered_keys.remember()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays to the end, and is none of the collector's work.

    A million objects: going through them takes a second, and each test of the window asks for
    that at its end, to have its widgets destroyed.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


GRACE = 5.0
"""Seconds in which a thread that was told to end may end."""

SHARED = ("sandbox-nursery",)
"""Threads of parts that live as long as the test session."""


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A record at WARNING or above fails the test, unless it carries the mark `logs`."""
    records: list[logging.LogRecord] = []
    catcher = _Catcher(records)
    root = logging.getLogger()
    root.addHandler(catcher)
    yield
    root.removeHandler(catcher)
    if request.node.get_closest_marker("logs") is None:
        assert not [record.getMessage() for record in records]


class _Catcher(logging.Handler):
    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


@pytest.fixture(autouse=True)
def no_dangling_thread() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + GRACE
    while (left := _left_behind(before)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not left, "threads left behind"


def _left_behind(before: set[threading.Thread]) -> list[str]:
    return [
        thread.name
        for thread in threading.enumerate()
        if thread not in before and not thread.name.startswith(SHARED)
    ]
