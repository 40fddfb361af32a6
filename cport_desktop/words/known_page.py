"""Sentences about what lists know of a media item, as the window says them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

KNOWN_TITLE: Final = "What lists know"
KNOWN_MARK: Final = "■ known"
HARMLESS_MARK: Final = "✓ harmless"
KNOWN_GLYPH: Final = "■"
HARMLESS_GLYPH: Final = "✓"
UNKNOWN: Final = "– On no hash list"
NO_LISTS: Final = (
    "No hash list is here yet. Lists come with the exchange, or by “cport hashlist import”."
)
NOT_COMPARED: Final = "Not compared with all lists yet; that is done by the next exchange."
NO_LOOK_NEEDED: Final = "Known to be harmless: nobody needs to look."
ASKING: Final = "Looking it up…"
BY: Final = "By"
QUALITY: Final = "Quality"
ENTRY: Final = "Entry"
CONFIRMED: Final = "Said of it"
FOUND: Final = "Found"
SEEN: Final = "Seen here"
DECIDED: Final = "Decided here"
OF_LIST: Final = "Source"

SIMILAR: Final = "Find what is like it"
SIMILAR_KEY: Final = "Ctrl+R"
TO_STACK_KEY: Final = "Ctrl+Shift+S"
COMPARING: Final = "Comparing…"

LEAVE_OUT: Final = "Leave out what is known"
LEAVE_OUT_KEY: Final = "Ctrl+N"
_FEEDBACK: Final = {
    "affirmative": "confirmed by",
    "negative": "doubted by",
}


def headline(*, is_harmless: bool, lists: Sequence[str]) -> str:
    """`Known: Synthetic shapes`; `Known to be harmless: …`."""
    return f"{'Known to be harmless' if is_harmless else 'Known'}: {', '.join(lists)}"


def stack_mark(items: int) -> str:
    """On a tile: `≡ stack of 4`."""
    return f"≡ stack of {items:,}"


def to_stack(items: int) -> str:
    """On the button that opens the stack of an item."""
    return f"Open its stack of {items:,}"


def in_stack(items: int) -> str:
    """Read aloud."""
    return f"in a stack of {items:,} items"


def compared(lists: int, entries: int, newest: str) -> str:
    """How much it was compared with, and how new that is."""
    return (
        f"Compared with {_number(lists, 'list')} of {_number(entries, 'entry')};"
        f" the newest list came {newest}."
    )


def quality(own: int | None, entry: int | None) -> str | None:
    """Of the item's own digest, and of the entry's."""
    told = [f"{own} here"] if own is not None else []
    told += [f"{entry} on the list"] if entry is not None else []
    return ", ".join(told) or None


def feedback(word: str, count: int) -> str:
    """`confirmed by 2`, for a word that this version knows."""
    return f"{_FEEDBACK.get(word, f'{word}:')} {count:,}"


def seen(reports: int, hotlines: int, first: str, last: str) -> str:
    """How often and since when."""
    told = f"in {_number(reports, 'report')} of {_number(hotlines, 'hotline')}"
    if not first:
        return told
    when = f"on {first}" if first == last else f"since {first}, last on {last}"
    return f"{told}, {when}"


def decided(decisions: Sequence[tuple[str, int]], undecided: int) -> str:
    """`Baseline in 4 reports, Not illegal in 1; undecided in 7`."""
    told = ", ".join(
        f"{label} in {_number(count, 'report') if at == 0 else f'{count:,}'}"
        for at, (label, count) in enumerate(decisions)
    )
    if not undecided:
        return told
    left = f"undecided in {undecided:,}"
    return f"{told}; {left}" if told else left


def more_hits(number: int) -> str:
    return f"and {_number(number, 'more entry')} that match"


def former(number: int) -> str:
    """On the button that unfolds what no list says any more."""
    return f"What lists said before ({number:,})"


def ended(name: str, how: str, found: str, gone: str, why: str) -> str:
    """One hit that stands no more."""
    return f"{name}: {how}, found {found}; ended {gone}, {why}"


def more_like(shown: int, total: int) -> str:
    """Beneath the nearest few."""
    return f"the nearest {shown:,} of {total:,}; all of them: cport media similar"


def left_out(number: int) -> str:
    """After leaving out what is known."""
    return f"{_number(number, 'item')} on this list need no look: known, or known to be harmless."


def _number(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {plural}"
