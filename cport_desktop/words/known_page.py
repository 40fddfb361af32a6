"""Sentences about what lists know of a media item, as the window says them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cport_desktop.words.tongue import amount, tr, tr_in, tr_many

KNOWN_TITLE: Final = tr("What lists know")
KNOWN_MARK: Final = tr("■ known")
HARMLESS_MARK: Final = tr("✓ harmless")
KNOWN_GLYPH: Final = "■"
HARMLESS_GLYPH: Final = "✓"
UNKNOWN: Final = tr("– On no hash list")
NO_LISTS: Final = tr(
    "No hash list is here yet. Lists come with the exchange, or are read in from a file on the page of hash lists."
)
NOT_COMPARED: Final = tr("Not compared with all lists yet; that is done by the next exchange.")
NO_LOOK_NEEDED: Final = tr("Known to be harmless: nobody needs to look.")
ASKING: Final = tr("Looking it up…")
BY: Final = tr("By")
QUALITY: Final = tr("Quality")
ENTRY: Final = tr("Entry")
CONFIRMED: Final = tr("Judged by others")
FOUND: Final = tr_in("when a hit was found", "Found")
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
    "affirmative": tr("confirmed by {number}"),
    "negative": tr("doubted by {number}"),
    "confirmed here": tr("confirmed here by {number}"),
    "disputed here": tr("disputed here by {number}"),
}


def headline(*, is_harmless: bool, lists: Sequence[str]) -> str:
    """`Known: Synthetic shapes`; `Known to be harmless: …`."""
    named = ", ".join(lists)
    if is_harmless:
        return tr("Known to be harmless: {lists}", lists=named)
    return tr("Known: {lists}", lists=named)


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
        "Compared with {lists} of {entries}; the newest list came {newest}.",
        lists=tr_many("{count} list", "{count} lists", lists),
        entries=tr_many("{count} entry", "{count} entries", entries),
        newest=newest,
    )


def quality(own: int | None, entry: int | None) -> str | None:
    """Of the item's own digest, and of the entry's."""
    told = [tr("{quality} here", quality=own)] if own is not None else []
    told += [tr("{quality} on the list", quality=entry)] if entry is not None else []
    return ", ".join(told) or None


def feedback(word: str, count: int) -> str:
    """`confirmed by 2`, for a word that this version knows."""
    if word not in _FEEDBACK:
        return f"{word}: {amount(count)}"
    return _FEEDBACK[word].format(number=amount(count))


def seen(reports: int, hotlines: int, first: str, last: str) -> str:
    """How often and since when."""
    told = tr(
        "in {reports} of {hotlines}",
        reports=tr_many("{count} report", "{count} reports", reports),
        hotlines=tr_many("{count} hotline", "{count} hotlines", hotlines),
    )
    if not first:
        return told
    when = (
        tr("on {day}", day=first)
        if first == last
        else tr("since {first_day}, last on {last_day}", first_day=first, last_day=last)
    )
    return f"{told}, {when}"


def decided(decisions: Sequence[tuple[str, int]], undecided: int) -> str:
    """`Baseline in 4 reports, Not illegal in 1; undecided in 7`."""
    told = ", ".join(
        tr_many("{label} in {count} report", "{label} in {count} reports", count, label=label)
        if at == 0
        else tr("{label} in {number}", label=label, number=amount(count))
        for at, (label, count) in enumerate(decisions)
    )
    if not undecided:
        return told
    left = tr("undecided in {number}", number=amount(undecided))
    return f"{told}; {left}" if told else left


def more_hits(number: int) -> str:
    return tr_many(
        "and {count} more entry that matches", "and {count} more entries that match", number
    )


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
