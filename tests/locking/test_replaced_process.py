"""After a lock nothing secret is left in any memory: looked for from outside, in all of it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cport_desktop.domain.audit import AuditEntry
from cport_desktop.errors import VaultHeld
from cport_desktop.ui import places
from cport_desktop.ui.shell import PATIENCE
from cport_desktop.vault import audit_log
from tests.locking.conftest import COLOUR
from tests.locking.memory import descendants, names_found
from tests.locking.window_process import (
    PASSPHRASE,
    WITH_MEDIA,
    Window,
    a_window,
    opened_header,
    reopened,
)

QUERY = "canary-query-9b41"
DRAFT = "canary-draft-55e1 with a few words"
TITLE = "canary-title-c803"
COPIED = "canary-copied-2d77"

MUST_BE_FOUND = {
    "database key",
    "master key",
    "personal key",
    "draft in utf-16",
    "query in utf-8",
    "pixels",
}
"""What stands in memory while the vault is open, found by the same search: it can find. The
passphrase was let go by then; where it lay may have been written over, or not yet."""


def needles(vault: Path) -> Mapping[str, bytes]:
    """Everything that must be gone, in the forms in which Python, Qt and SQLite hold it."""
    header = opened_header(vault)
    assert header.personal is not None
    keys = {
        "database key": header.keys.database,
        "master key": header.keys.master,
        "derivatives key": header.keys.derivatives,
        "personal key": header.personal,
    }
    texts = {"passphrase": PASSPHRASE, "query": QUERY, "draft": DRAFT, "title": TITLE}
    texts |= {"copied": COPIED}
    return (
        keys
        | {f"{name} in hex": key.hex().encode() for name, key in keys.items()}
        | {f"{name} in hex, utf-16": key.hex().encode("utf-16-le") for name, key in keys.items()}
        | {f"{name} in utf-8": text.encode() for name, text in texts.items()}
        | {f"{name} in utf-16": text.encode("utf-16-le") for name, text in texts.items()}
        # A string of Python with a letter of Latin-1 has one byte a letter.
        | {"passphrase": PASSPHRASE.encode(), "passphrase in latin-1": PASSPHRASE.encode("latin-1")}
        | {"pixels": bytes(COLOUR) * 16, "pixels, 32 bits": bytes((*COLOUR[::-1], 255)) * 16}
    )


def a_full_session(window: Window) -> None:
    """A search, an open report with a draft, a medium revealed in full colour, a package begun."""
    window.unlock()
    window.do("search", text=QUERY)
    window.do("search", text=f"ref:HL-{WITH_MEDIA}")
    window.until(lambda state: state["rows"] == 1)
    window.write_feedback(DRAFT, row=0)
    window.do("copy", text=COPIED)
    window.do("page", number=places.MEDIA)
    window.until(lambda state: state["media"] == 1)
    window.do("open_medium")
    window.until(lambda state: state["media_open"] == 20)
    window.do("look")
    window.until(lambda state: state["look"] == "SHOWN")


def audit_of(vault: Path) -> tuple[AuditEntry, ...]:
    """All entries, newest first, the opening for it included."""
    with reopened(vault) as opened, opened.reader() as reader:
        return tuple(audit_log.page(reader, limit=1000).rows)


def verbs(vault: Path) -> list[str]:
    return [entry.draft.verb for entry in audit_of(vault)]


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("way", ["lock", "panic"])
def test_no_key_no_passphrase_no_content_is_left_in_any_memory(
    vault: Path, home: Path, way: str
) -> None:
    with a_window(vault, home) as window:
        a_full_session(window)
        sought = needles(vault)
        before = names_found(window.pid, sought)
        had_children = len(descendants(window.pid)) > 1

        if way == "lock":
            window.send("lock")
        else:
            window.send("key", key="Key_F12")
        started = window.renewed()
        after = names_found(window.pid, sought)

        assert before >= MUST_BE_FOUND
        assert had_children
        assert started["started"] == window.pid
        assert after == set()


def until_gone(pids: Sequence[int]) -> list[int]:
    """Those that are still there after a while: who is killed is gone at once, but not in no time."""
    end = time.monotonic() + 10.0
    while left := [pid for pid in pids if Path(f"/proc/{pid}").exists()]:
        if time.monotonic() > end:
            break
        time.sleep(0.02)
    return left


@pytest.mark.parametrize("way", ["lock", pytest.param("panic", marks=pytest.mark.faults)])
def test_nothing_of_the_vault_stays_open_and_no_child_is_left(
    vault: Path, home: Path, way: str
) -> None:
    with a_window(vault, home) as window:
        a_full_session(window)
        children = [pid for pid in descendants(window.pid) if pid != window.pid]
        assert any(str(vault) in place for place in window.open_files())
        window.send("lock") if way == "lock" else window.send("key", key="Key_Pause")
        window.renewed()
        window.do("state")

        window.until_nothing_is_open_in(vault)
        assert children
        assert descendants(window.pid) == [window.pid]
        assert not until_gone(children)
        with reopened(vault):
            pass


@pytest.mark.faults
def test_neither_arguments_nor_environment_of_the_new_image_hold_a_secret(
    vault: Path, home: Path
) -> None:
    with a_window(vault, home) as window:
        a_full_session(window)
        window.send("lock")
        remains = window.renewed()["remains"]
        told = Path(f"/proc/{window.pid}/environ").read_bytes()
        told += Path(f"/proc/{window.pid}/cmdline").read_bytes()
        assert not [name for name, needle in needles(vault).items() if needle in told]
        place, theme, why = remains.split(" ")
        assert (theme, why) == ("dark", "hand")
        assert len(place.split(",")) == 4


@pytest.mark.faults
def test_a_lock_closes_the_vault_on_record_and_merges_what_was_written(
    vault: Path, home: Path
) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        window.send("lock")
        window.renewed()
        assert not (vault / "vault.db-wal").exists()
    assert verbs(vault)[:2] == ["open", "close"]


def test_a_panic_leaves_the_end_of_the_session_to_the_next_opening(vault: Path, home: Path) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        window.send("key", key="Key_F12")
        window.renewed()
    entries = audit_of(vault)
    assert [entry.draft.verb for entry in entries[:2]] == ["open", "cut_off"]
    facts = dict(entries[1].draft.payload)
    last = next(entry for entry in entries if entry.sequence == int(facts["last_entry"]))
    assert last is entries[2]
    assert "cut_off" not in verbs(vault)[:2]


@pytest.mark.parametrize("way", ["lock", "panic"])
@pytest.mark.parametrize(
    "what",
    [
        "files",
        pytest.param("compose", marks=pytest.mark.faults),
        pytest.param("menu", marks=pytest.mark.faults),
    ],
)
def test_no_dialog_holds_up_a_lock(vault: Path, home: Path, what: str, way: str) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        if what == "menu":
            window.do("menu")
        else:
            window.do("compose", title=TITLE)
        if what == "files":
            window.do("files")
            window.until(lambda state: state["files"])
        if way == "lock":
            window.send("lock")
        else:
            window.send("key", key="Key_F12")
        window.renewed()
        assert window.do("state")["is_open"] is False


@pytest.mark.faults
def test_work_that_does_not_end_is_not_waited_for(vault: Path, home: Path) -> None:
    """A decoder that hangs: the vault is closed under it, on record, and the window is back."""
    with a_window(vault, home) as window:
        a_full_session(window)
        for child in descendants(window.pid)[1:]:
            os.kill(child, signal.SIGSTOP)
        window.do("page", number=places.REPORTS)
        window.do("page", number=places.MEDIA)
        window.do("look")
        window.until(lambda state: state["look"] == "ASKED")
        before = time.monotonic()
        window.send("lock")
        window.renewed()
        assert time.monotonic() - before < 5 * PATIENCE
        window.do("state")
        assert descendants(window.pid) == [window.pid]
    assert verbs(vault)[:2] == ["open", "close"]


@pytest.mark.faults
def test_a_window_that_nobody_uses_locks_and_says_why(vault: Path, home: Path) -> None:
    with a_window(vault, home, lock_after=1.0) as window:
        window.do("unlock", text=PASSPHRASE)
        started = window.renewed()
        assert started["remains"].endswith(" idle")
        assert "nobody used this window" in window.do("state")["door"]


@pytest.mark.faults
def test_while_it_is_open_the_vault_is_held_and_after_a_lock_it_is_free(
    vault: Path, home: Path
) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        with pytest.raises(VaultHeld):
            reopened(vault)
        window.send("lock")
        window.renewed()
        reopened(vault).close()


@pytest.mark.faults
def test_a_passphrase_that_was_refused_does_not_stay_at_the_door(vault: Path, home: Path) -> None:
    with a_window(vault, home, lock_after=1.0) as window:
        window.do("unlock", text="canary-refused-41aa")
        assert window.renewed()["remains"].endswith(" idle")


@pytest.mark.faults
def test_the_window_stands_where_it_stood_in_the_theme_it_wore(vault: Path, home: Path) -> None:
    with a_window(vault, home) as window:
        window.unlock()
        window.do("theme")
        before = window.do("state")
        window.send("lock")
        window.renewed()
        after = window.do("state")
        assert after["place"] == before["place"]
        assert after["theme"] == before["theme"] == "light"
