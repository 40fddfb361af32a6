"""What a window leaves in a person's home after a day's work: nothing with content."""

from __future__ import annotations

from pathlib import Path

import pytest

from cport_desktop.ui import places
from tests.locking.test_replaced_process import COPIED, DRAFT, QUERY, TITLE
from tests.locking.window_process import PASSPHRASE, WITH_MEDIA, a_window

CONTENT = (QUERY, DRAFT, TITLE, COPIED, PASSPHRASE, f"HL-{WITH_MEDIA}", "files-7.example")


def written(home: Path) -> dict[str, bytes]:
    """Every file under `home` by its path."""
    files = (path for path in home.rglob("*") if path.is_file())
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


@pytest.mark.faults
def test_a_whole_session_writes_nothing_with_content_into_the_home(
    vault: Path, home: Path, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with a_window(vault, home, environment={"TMPDIR": str(scratch)}) as window:
        window.unlock()
        window.do("search", text=QUERY)
        window.do("search", text=f"ref:HL-{WITH_MEDIA}")
        window.until(lambda state: state["rows"] == 1)
        window.write_feedback(DRAFT, row=0)
        window.do("copy", text=COPIED)
        for place in range(5):
            window.do("page", number=place)
        window.do("page", number=places.MEDIA)
        window.until(lambda state: state["media"] == 1)
        window.do("open_medium")
        window.until(lambda state: state["media_open"] == 20)
        window.do("look")
        window.until(lambda state: state["look"] == "SHOWN")
        window.do("compose", title=TITLE)
        window.do("files")
        window.until(lambda state: state["files"])
        window.do("theme")
        window.send("lock")
        window.renewed()
        window.unlock()
        window.send("key", key="Key_F12")
        window.renewed()
        window.do("state")
    found = written(home) | written(scratch)
    told = {
        name: [text for text in CONTENT if holds(name, content, text)]
        for name, content in found.items()
    }
    assert not {name: texts for name, texts in told.items() if texts}
    assert not [name for name in found if "QtProject" in name or "recently-used" in name]


def holds(name: str, content: bytes, text: str) -> bool:
    return text in name or text.encode() in content or text.encode("utf-16-le") in content
