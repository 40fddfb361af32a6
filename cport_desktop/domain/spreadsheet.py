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


def reversibly_neutral(text: str) -> str:
    """As `neutral`, and `as_it_was` gives back what it was: apostrophes that stand before what begins
    a formula get one more.
    """
    return f"'{text}" if _is_guarded(text) else neutral(text)


def as_it_was(text: str) -> str:
    """What `reversibly_neutral` was given."""
    return text[1:] if _is_guarded(text) else text


def _is_guarded(text: str) -> bool:
    return text.startswith("'") and neutral(text.lstrip("'")) != text.lstrip("'")
