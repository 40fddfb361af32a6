"""What stands in the memory of a process that holds keys, and what does not."""

from __future__ import annotations

import subprocess
import sys

import pytest

DECODERS = ("PIL", "av", "numpy", "scipy", "pdqhash", "imagehash", "reportlab")

LOOK = """
import sys
import {room}
print(sorted(set(name.partition('.')[0] for name in sys.modules) & set({names})))
"""


@pytest.mark.parametrize("room", ["cport_desktop.cli.entry", "cport_desktop.ui.opening"])
def test_no_decoder_and_no_document_maker_is_loaded_with_either_face(room: str) -> None:
    program = LOOK.format(room=room, names=DECODERS)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_command_line_loads_no_window_library() -> None:
    program = LOOK.format(room="cport_desktop.__main__", names=("PySide6", "shiboken6"))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("room", ["cport_desktop.cli.entry", "cport_desktop.ui.opening"])
def test_what_decides_about_updates_is_loaded_when_there_is_one(room: str) -> None:
    program = LOOK.format(room=room, names=("tuf", "securesystemslib", "urllib3"))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
