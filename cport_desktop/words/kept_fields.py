"""What dialogs say whose fields are kept."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr

BEGUN_BEFORE: Final = tr("You began this before; what you wrote is in the fields again.")
BEGIN_ANEW: Final = tr("Begin anew")
ANEW_KEY: Final = "Alt+B"
