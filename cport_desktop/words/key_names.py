"""Keys as they are labelled on the keyboards of a language. What is bound keeps Qt's own names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr_in

KEY_HERE: Final = "\x1f"
"""Holds the place of a key within a sentence until `around_key` takes it out: no text has it
(ASCII 1F, unit separator).
"""

_LABELS: Final[Mapping[str, str]] = {
    "Ctrl": tr_in("key", "Ctrl"),
    "Shift": tr_in("key", "Shift"),
    "Alt": tr_in("key", "Alt"),
    "Enter": tr_in("key", "Enter"),
    "Return": tr_in("key", "Enter"),
    "Esc": tr_in("key", "Esc"),
    "Escape": tr_in("key", "Esc"),
    "Space": tr_in("key", "Space"),
    "Tab": tr_in("key", "Tab"),
    "Home": tr_in("key", "Home"),
    "End": tr_in("key", "End"),
    "Page Up": tr_in("key", "Page up"),
    "Page Down": tr_in("key", "Page down"),
    "PgUp": tr_in("key", "Page up"),
    "PgDown": tr_in("key", "Page down"),
    "Del": tr_in("key", "Del"),
    "Delete": tr_in("key", "Del"),
    "Up": tr_in("key", "Up"),
    "Down": tr_in("key", "Down"),
    "Left": tr_in("key", "Left"),
    "Right": tr_in("key", "Right"),
}
_NAMES: Final = re.compile(rf"\b({'|'.join(sorted(_LABELS, reverse=True))})\b")
"""A longer name stands before one that it begins with."""


def key_label(keys: str) -> str:
    """`Ctrl+Return` → `Ctrl+Enter`, or `Strg+Eingabe`; what is no key stays."""
    return _NAMES.sub(lambda found: _LABELS[found[0]], keys)


def around_key(told: str) -> tuple[str, str]:
    """What stands before and behind a key that is drawn as a key; either may be empty."""
    before, _, behind = told.partition(KEY_HERE)
    return before.strip(), behind.strip()
