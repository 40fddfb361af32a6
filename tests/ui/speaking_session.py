"""The window in another language, from page to page: what it says, as JSON lines.

    python -m tests.ui.speaking_session LANGUAGE TRANSLATIONS DEMO

A process of its own, since a language is chosen before anything speaks. DEMO is what
`cport demo --headless --keep` left. Each line is [where, kind of widget, text].
"""

from __future__ import annotations

import sys
from pathlib import Path

from cport_desktop.words import tongue

if __name__ == "__main__":
    tongue.speak(sys.argv[1], Path(sys.argv[2]))
    from tests.ui.speaking_walk import walk

    walk(Path(sys.argv[3]))
