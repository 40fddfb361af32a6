"""Sentences about what lists know of a media item, as the window says them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.words.tongue import amount, tr

KNOWN_TITLE: Final = tr("What lists know")
KNOWN_MARK: Final = tr("■ known")
HARMLESS_MARK: Final = tr("✓ harmless")
KNOWN_GLYPH: Final = "■"
HARMLESS_GLYPH: Final = "✓"
UNKNOWN: Final = tr("– On no hash list")
NO_LISTS: Final = tr(
    "No hash list is here yet. Lists come with the exchange, or by “cport hashlist import”."
)
NOT_COMPARED: Final = tr("Not compared with all lists yet; that is done by the next exchange.")
NO_LOOK_NEEDED: Final = tr("Known to be harmless: nobody needs to look.")
ASKING: Final = tr("Looking it up…")
BY: Final = tr("By")
QUALITY: Final = tr("Quality")
ENTRY: Final = tr("Entry")
CONFIRMED: Final = tr("Said of it")
FOUND: Final = tr("Found")
SEEN: Final = tr("Seen here")
DECIDED: Final = tr("Decided here")
OF_LIST: Final = tr("Source")

SIMILAR: Final = tr("Find what is like it")
SIMILAR_KEY: Final = "Ctrl+R"
TO_STACK_KEY: Final = "Ctrl+Shift+S"
COMPARING: Final = tr("Comparing…")

LEAVE_OUT: Final = tr("Leave out what is known")
LEAVE_OUT_KEY: Final = "Ctrl+N"
_FEEDBACK: Final = {
    "affirmative": tr("confirmed by"),
    "negative": tr("doubted by"),
}


def headline(*, is_harmless: bool, lists: Sequence[str]) -> str:
    """`Known: Synthetic shapes`; `Known to be harmless: …`."""
    return f"{(tr('Known to be harmless') if is_harmless else tr('Known'))}: {', '.join(lists)}"


def stack_mark(items: int) -> str:
    """On a tile: `≡ stack of 4`."""
    return tr("≡ stack of {items}", items=amount(items))


def to_stack(items: int) -> str:
    """On the button that opens the stack of an item."""
    return tr("Open its stack of {items}", items=amount(items))


def in_stack(items: int) -> str:
    """Read aloud."""
    return tr("in a stack of {items} items", items=amount(items))


def compared(lists: int, entries: int, newest: str) -> str:
    """How much it was compared with, and how new that is."""
    return tr(
        "Compared with {number} of {number_2}; the newest list came {newest}.",
        number=_number(lists, "list"),
        number_2=_number(entries, "entry"),
        newest=newest,
    )


def quality(own: int | None, entry: int | None) -> str | None:
    """Of the item's own digest, and of the entry's."""
    told = [tr("{own} here", own=own)] if own is not None else []
    told += [tr("{entry} on the list", entry=entry)] if entry is not None else []
    return ", ".join(told) or None


def feedback(word: str, count: int) -> str:
    """`confirmed by 2`, for a word that this version knows."""
    return f"{_FEEDBACK.get(word, f'{word}:')} {amount(count)}"


def seen(reports: int, hotlines: int, first: str, last: str) -> str:
    """How often and since when."""
    told = tr(
        "in {number} of {number_2}",
        number=_number(reports, "report"),
        number_2=_number(hotlines, "hotline"),
    )
    if not first:
        return told
    when = (
        tr("on {first}", first=first)
        if first == last
        else tr("since {first}, last on {last}", first=first, last=last)
    )
    return f"{told}, {when}"


def decided(decisions: Sequence[tuple[str, int]], undecided: int) -> str:
    """`Baseline in 4 reports, Not illegal in 1; undecided in 7`."""
    told = ", ".join(
        tr(
            "{label} in {what}",
            label=label,
            what=_number(count, "report") if at == 0 else f"{amount(count)}",
        )
        for at, (label, count) in enumerate(decisions)
    )
    if not undecided:
        return told
    left = tr("undecided in {undecided}", undecided=amount(undecided))
    return f"{told}; {left}" if told else left


def more_hits(number: int) -> str:
    return tr("and {number} that match", number=_number(number, "more entry"))


def former(number: int) -> str:
    """On the button that unfolds what no list says any more."""
    return tr("What lists said before ({number})", number=amount(number))


def ended(name: str, how: str, found: str, gone: str, why: str) -> str:
    """One hit that stands no more."""
    return tr(
        "{name}: {how}, found {found}; ended {gone}, {why}",
        name=name,
        how=how,
        found=found,
        gone=gone,
        why=why,
    )


def more_like(shown: int, total: int) -> str:
    """Beneath the nearest few."""
    return tr(
        "the nearest {shown} of {total}; all of them: cport media similar",
        shown=amount(shown),
        total=amount(total),
    )


def left_out(number: int) -> str:
    """After leaving out what is known."""
    return tr(
        "{number} on this list need no look: known, or known to be harmless.",
        number=_number(number, "item"),
    )


def _number(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    plural = tr("{noun}ies", noun=noun[:-1]) if noun.endswith("y") else f"{noun}s"
    return f"{amount(number)} {plural}"
