"""Sound comes out of memory, and no decoder comes into this process with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ASK = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from cport_desktop.ui import opening
from cport_desktop.ui.playing_opening import this_machines_speaker
assert "PySide6.QtMultimedia" not in sys.modules, "loaded before anybody listens"
plugins = application.libraryPaths()
speaker = this_machines_speaker()
assert application.libraryPaths() == plugins
if speaker is not None and speaker.begin(2, 0.0):
    speaker.give(bytes(4 * 480))
    assert 0 <= speaker.heard_ms() <= 10
    speaker.stop()
    assert speaker.heard_ms() == 0
loaded = open("/proc/self/maps").read()
for decoder in ("avcodec", "avformat", "mediaplugin", "gstreamer"):
    assert decoder not in loaded, decoder
print("listened" if speaker is not None else "no device")
"""


def test_asking_for_the_sound_device_loads_no_decoder_and_may_find_none() -> None:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.strip() in {"listened", "no device"}
