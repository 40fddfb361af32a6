"""What was being typed, and where the window stood, is there again after the next unlocking."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cport_desktop.ui import places
from tests.locking.window_process import PASSPHRASE, Window, a_window

TEXT = "Synthetic words to a hotline, not sent yet."


def test_a_draft_is_back_with_its_selection_after_a_lock(vault: Path, home: Path) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        report = window.write_feedback(TEXT)
        window.do("select", start=10, end=15)
        window.send("lock")
        window.renewed()
        window.unlock()
        state = window.until(lambda state: state.get("feedback") is not None)
        assert state["feedback"] == TEXT
        assert state["selection"] == [10, 15]
        assert state["report"] == report


@pytest.mark.faults
def test_a_draft_outlives_the_panic_key(vault: Path, home: Path) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        window.write_feedback(TEXT)
        window.send("key", key="Key_F12")
        window.renewed()
        window.unlock()
        assert window.until(lambda state: state.get("feedback") is not None)["feedback"] == TEXT


@pytest.mark.faults
def test_a_draft_outlives_kill_minus_nine(vault: Path, home: Path) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        window.write_feedback(TEXT)
        window.process.kill()
        window.process.wait(10)
    with a_window(vault, home) as window:
        window.unlock()
        assert window.until(lambda state: state.get("feedback") is not None)["feedback"] == TEXT


@pytest.mark.faults
def test_typing_loses_at_most_its_last_moment(vault: Path, home: Path) -> None:
    """The panic key right behind the last letter: what is back is a beginning of what was typed."""
    with a_window(vault, home) as window:
        window.unlock()
        window.write_feedback("first")
        window.do("write", text=TEXT)
        window.send("key", key="Key_F12")
        window.renewed()
        window.unlock()
        found = window.until(lambda state: state.get("feedback") is not None)["feedback"]
        assert TEXT.startswith(found.removeprefix("first")) or found == f"{TEXT}first"


def test_page_query_scroll_and_open_report_are_back(vault: Path, home: Path) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        window.do("search", text="host:NL")
        window.until(lambda state: state["asked"] == "host:NL" and not state["is_searching"])
        window.do("type_query", text="host:NL class:undec")
        report = window.open_row(60)
        window.do("scroll", pixels=1234)
        before = _settled(window)
        window.send("lock")
        window.renewed()
        window.unlock()
        after = window.until(lambda state: state["report"] == report)
        assert before["scroll"] == 1234
        for name in ("asked", "typed", "scroll", "report", "rows", "page"):
            assert after[name] == before[name], name


@pytest.mark.faults
def test_the_page_that_was_shown_is_shown_again(vault: Path, home: Path) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        window.do("page", number=places.MEDIA)
        _settled(window)
        window.send("lock")
        window.renewed()
        window.do("unlock", text=PASSPHRASE)
        assert window.until(lambda state: state["is_open"])["page"] == places.MEDIA


@pytest.mark.faults
def test_a_package_that_was_being_composed_is_offered_again(vault: Path, home: Path) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        window.do("compose", title="Synthetic package 17")
        _settled(window)
        window.send("lock")
        window.renewed()
        window.unlock()
        state = window.until(lambda state: state["package"] is not None)
        assert state["package"] == "Synthetic package 17"


def _settled(window: Window) -> dict[str, object]:
    time.sleep(0.05)
    return window.until(lambda state: not state["is_writing"])
