"""What is said about an analyst's own looking: what was counted, and nothing else.

No sentence here says what looking does to anybody, or what a break does. A test reads all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PRIVATE: Final = (
    "Only you can read this: it is sealed with your own key. No role and no command shows another"
    " analyst’s. The audit log has every look by itself, and nothing adds it up by person."
)
ABSENT: Final = (
    "Nothing is kept: the key slot that opened the vault carries no personal key. Open it with a slot"
    " of your own."
)
NOTHING_COUNTED: Final = "Nothing was counted in these days."

LEVELS: Final[Mapping[str, str]] = {
    "blurred": "blurred, grey",
    "small": "small, grey",
    "grey": "grey",
    "full": "colour",
    "sound": "heard only",
}
"""By the words of `media_item.RevealLevel` and `exposure.HEARD_ONLY`."""

AVOIDED: Final[Mapping[str, str]] = {
    "listed": "known by a hash list",
    "stack": "decided with their stack",
    "duplicate": "decided before, the same bytes",
}
"""By the words of `domain.exposure.Avoided`."""

FIGURES: Final[Mapping[str, str]] = {
    "after": "a break after at most",
    "pause": "breaks of at least",
    "day_cap": "a day of at most",
}

FIGURES_ACCEPTED: Final[Mapping[str, str]] = {
    "after": "1 to 240 minutes",
    "pause": "1 to 240 minutes",
    "day_cap": "0 to 1440 minutes, 0 for none",
}

WEEK_NOT_OVER: Final = "it is not over."
WEEK_GIVEN: Final = "you gave it already."
WEEK_CLOSED: Final = "its sum was shown, and is closed."
WEEK_EMPTY: Final = "nothing was counted in it."
TOO_FEW: Final = "too few, or not yet"

NO_BREAK_DUE: Final = "No break is due."
NOTHING_TO_PUT_OFF: Final = "Nothing is due that could be put off."
PUT_OFF_ALREADY: Final = "That was put off once already."
CLEARED_GIVEN_STAYS: Final = "What you gave to the unit’s sums stays in them."


def level(word: str, *, with_sound: bool) -> str:
    """`full` → `colour, with sound`."""
    name = LEVELS.get(word, word)
    return f"{name}, with sound" if with_sound and word != "sound" else name


def minutes(seconds: float) -> str:
    """`1260.0` → `21 minutes`; less than one is told in seconds."""
    if seconds < 60:
        return counted(round(seconds), "second", "seconds")
    return counted(int(seconds // 60), "minute", "minutes")


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def day_line(seconds: float, looks: int, avoided: int) -> str:
    """What a day came to."""
    shown = f"{minutes(seconds)} in {counted(looks, 'look', 'looks')}"
    return f"{shown}, {counted(avoided, 'view', 'views')} avoided"


def break_due(stretch: float, after: int, pause: int, *, is_binding: bool) -> str:
    """What was counted since the last break, and what the figures say."""
    said = f"You have looked for {minutes(stretch)} since your last break."
    rule = f"a break of {pause} minutes after {after}"
    return f"{said} {'The unit’s rule, which binds' if is_binding else 'The figures in force'}: {rule}."


def day_over(day: float, cap: int, *, is_binding: bool) -> str:
    said = f"You have looked for {minutes(day)} today."
    whose = "The unit’s rule, which binds" if is_binding else "The figures in force"
    return f"{said} {whose}: at most {cap} minutes a day."


def break_ends(at: str) -> str:
    return f"A break that begins now ends at {at}."


DAY_ENDS: Final = "Tomorrow counts anew."


def put_off(minutes_off: int) -> str:
    return f"Put off for {minutes_off} minutes. The reason is kept nowhere."


def figures_line(after: int, within: int, pause: int, cap: int, *, is_binding: bool) -> str:
    """The figures in force, in a sentence."""
    day = f", at most {cap} minutes a day" if cap else ", no cap for the day"
    bind = "; the unit’s figures bind" if is_binding else ""
    return (
        f"A break of {pause} minutes after {after} minutes of looking within {within}{day}{bind}."
    )


def given(week: str, seconds: int, avoided: int) -> str:
    return (
        f"Given of {week}: {seconds // 60} minutes and {avoided} views avoided, rounded, without your"
        " name. It cannot be taken out again."
    )


def would_give(week: str, seconds: int, avoided: int) -> str:
    return (
        f"Of {week} you would give {seconds // 60} minutes and {avoided} views avoided: rounded, and"
        " without your name. Nothing was given; --confirm gives it."
    )


WOULD_CLEAR: Final = "Nothing was cleared; --confirm clears it. There is no way back."
UNIT_SUMS: Final = (
    "A sum is shown where at least five gave, from a week after the week’s end. It is then closed:"
    " nobody can add to it."
)


def cleared(days: int) -> str:
    return f"Nothing is kept of {counted(days, 'day', 'days')} any more. {CLEARED_GIVEN_STAYS}"
