"""What a window says that is too narrow for its rail."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr

PAGES: Final = tr("Pages")
PAGES_KEY: Final = "F9"
IN_THE_KEY_LIST: Final = tr("Show the names of the pages in a narrow window")
