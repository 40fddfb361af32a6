"""Text that a spreadsheet would take for something else than text."""

from __future__ import annotations

from typing import Final

FORMULA_STARTS: Final = (
    *("=", "+", "-", "@", "\t", "\r", "\n"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),
)
"""OWASP, «CSV injection»: the signs that begin a formula, their full-width forms, and what is left out
before one.
"""


def neutral(text: str) -> str:
    """`text` as a spreadsheet takes for text: with an apostrophe before what begins a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
