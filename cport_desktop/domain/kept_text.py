"""Words that people write to keep them here, and how long they may be."""

from __future__ import annotations

import unicodedata
from typing import Final

from cport_desktop.errors import KeptTextUnfit

LONGEST_NOTE: Final = 65_536
"""Characters of one note: some thirty printed pages. More is a document, and belongs in a file."""
LONGEST_TITLE: Final = 200
"""Characters of a case's or a task's title: it stands in a line."""
LONGEST_SUMMARY: Final = 8_192
"""Characters of what a case is about: three pages."""
LONGEST_TAG: Final = 60
"""Characters: it stands in a chip."""


def one_line(text: str, *, what: str, limit: int) -> str:
    """`text` on one line, without white space around it and without invisible controls.

    Raises:
        KeptTextUnfit: nothing is left of it, or more than `limit` characters; `what` it should be.
    """
    plain = "".join(" " if _is_control(mark) else mark for mark in text)
    line = unicodedata.normalize("NFC", " ".join(plain.split()))
    return _fitting(line, what=what, limit=limit)


def some_lines(text: str, *, what: str, limit: int, may_be_empty: bool = False) -> str:
    """`text` as it was written, without white space behind it.

    Raises:
        KeptTextUnfit: nothing is left of it (unless it may be empty), or more than `limit` characters.
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\0", "").rstrip())
    if may_be_empty and not lines.strip():
        return ""
    return _fitting(lines, what=what, limit=limit)


def _fitting(text: str, *, what: str, limit: int) -> str:
    if not text.strip() or len(text) > limit:
        raise KeptTextUnfit(what=what, length=len(text) if text.strip() else 0, limit=limit)
    return text


def _is_control(mark: str) -> bool:
    """It moves, hides or reorders text: a name with one could pass for another."""
    return unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Zl", "Zp")
