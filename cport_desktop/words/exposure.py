"""What is said about an analyst's own looking: what was counted, and nothing else.

No sentence here says what looking does to anybody, or what a break does. A test reads all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cport_desktop.words.tongue import tr, tr_many

PRIVATE: Final = tr(
    "Only you can read this: it is sealed with your own key. No role and no command shows another analyst’s. The audit log has every look by itself, and nothing adds it up by person."
)
NOTHING_COUNTED: Final = tr("Nothing was counted in these days.")

LEVELS: Final[Mapping[str, str]] = {
    "blurred": tr("blurred, grey"),
    "small": tr("small, grey"),
    "grey": tr("grey"),
    "full": tr("colour"),
    "sound": tr("heard only"),
}
"""By the words of `media_item.RevealLevel` and `exposure.HEARD_ONLY`."""

AVOIDED: Final[Mapping[str, str]] = {
    "listed": tr("known by a hash list"),
    "stack": tr("decided with their stack"),
    "duplicate": tr("decided before, the same bytes"),
}
"""By the words of `domain.exposure.Avoided`."""

FIGURES: Final[Mapping[str, str]] = {
    "after": tr("time before a break"),
    "pause": tr("length of a break"),
    "day_cap": tr("cap for the day"),
}
"""What each figure is called, in «… is no length of a break»."""

_BOUND: Final[Mapping[str, Callable[[int], str]]] = {
    "after": lambda minutes: tr_many(
        "a break after at most {count} minute", "a break after at most {count} minutes", minutes
    ),
    "pause": lambda minutes: tr_many(
        "breaks of at least {count} minute", "breaks of at least {count} minutes", minutes
    ),
    "day_cap": lambda minutes: tr_many(
        "a day of at most {count} minute", "a day of at most {count} minutes", minutes
    ),
}

FIGURES_ACCEPTED: Final[Mapping[str, str]] = {
    "after": tr("1 to 240 minutes"),
    "pause": tr("1 to 240 minutes"),
    "day_cap": tr("0 to 1440 minutes, 0 for none"),
}

WEEK_NOT_OVER: Final = tr("it is not over.")
WEEK_GIVEN: Final = tr("you gave it already.")
WEEK_CLOSED: Final = tr("its sum was shown, and is closed.")
WEEK_EMPTY: Final = tr("nothing was counted in it.")
TOO_FEW: Final = tr("too few, or not yet")

NO_BREAK_DUE: Final = tr("No break is due.")
NOTHING_TO_PUT_OFF: Final = tr("Nothing is due that could be put off.")
PUT_OFF_ALREADY: Final = tr("That was put off once already.")
CLEARED_GIVEN_STAYS: Final = tr("What you gave to the unit’s sums stays in them.")


def level(word: str, *, with_sound: bool) -> str:
    """`full` → `colour, with sound`."""
    name = LEVELS.get(word, word)
    return tr("{name}, with sound", name=name) if with_sound and word != "sound" else name


def minutes(seconds: float) -> str:
    """`1260.0` → `21 minutes`; less than one is told in seconds."""
    if seconds < 60:
        return tr_many("{count} second", "{count} seconds", round(seconds))
    return whole_minutes(int(seconds // 60))


def whole_minutes(number: int) -> str:
    """`1 minute`, `10 minutes`."""
    return tr_many("{count} minute", "{count} minutes", number)


def bound(name: str, limit: int) -> str:
    """What the unit's figure demands, within a sentence. `limit`: minutes."""
    return _BOUND[name](limit)


def time_in_looks(seconds: float, looks: int) -> str:
    """`21 minutes in 14 looks`."""
    return tr_many(
        "{time} in {count} look", "{time} in {count} looks", looks, time=minutes(seconds)
    )


def views_avoided(number: int) -> str:
    """`3 views avoided`."""
    return tr_many("{count} view avoided", "{count} views avoided", number)


def break_due(stretch: float, after: int, pause: int, *, is_binding: bool) -> str:
    """What was counted since the last break, and what the figures say."""
    said = tr("You have looked for {time} since your last break.", time=minutes(stretch))
    if is_binding:
        rule = tr(
            "The unit’s rule, which binds: a break of {pause} after {after} of looking.",
            pause=whole_minutes(pause),
            after=whole_minutes(after),
        )
    else:
        rule = tr(
            "The figures in force: a break of {pause} after {after} of looking.",
            pause=whole_minutes(pause),
            after=whole_minutes(after),
        )
    return f"{said} {rule}"


def day_over(day: float, cap: int, *, is_binding: bool) -> str:
    said = tr("You have looked for {time} today.", time=minutes(day))
    if is_binding:
        rule = tr("The unit’s rule, which binds: at most {cap} a day.", cap=whole_minutes(cap))
    else:
        rule = tr("The figures in force: at most {cap} a day.", cap=whole_minutes(cap))
    return f"{said} {rule}"


def break_ends(at: str) -> str:
    return tr("A break that begins now ends at {at}.", at=at)


DAY_ENDS: Final = tr("Tomorrow counts anew.")


def put_off(minutes_off: int) -> str:
    return tr_many(
        "Put off for {count} minute. The reason is kept nowhere.",
        "Put off for {count} minutes. The reason is kept nowhere.",
        minutes_off,
    )


def figures_line(after: int, within: int, pause: int, cap: int, *, is_binding: bool) -> str:
    """The figures in force, in a sentence."""
    return _FIGURES_LINES[bool(cap), is_binding].format(
        pause=whole_minutes(pause),
        after=whole_minutes(after),
        within=whole_minutes(within),
        cap=whole_minutes(cap),
    )


_FIGURES_LINES: Final[Mapping[tuple[bool, bool], str]] = {
    (True, True): tr(
        "A break of {pause} after {after} of looking within {within}, at most {cap} a day; the unit’s figures bind."
    ),
    (True, False): tr(
        "A break of {pause} after {after} of looking within {within}, at most {cap} a day."
    ),
    (False, True): tr(
        "A break of {pause} after {after} of looking within {within}, no cap for the day; the unit’s figures bind."
    ),
    (False, False): tr(
        "A break of {pause} after {after} of looking within {within}, no cap for the day."
    ),
}
"""By whether a day has a cap, and whether the figures bind."""


def given(week: str, seconds: int, avoided: int) -> str:
    return tr(
        "Given of {week}: {time} and {views}, rounded, without your name. It cannot be taken out again.",
        week=week,
        time=whole_minutes(seconds // 60),
        views=views_avoided(avoided),
    )


def would_give(week: str, seconds: int, avoided: int) -> str:
    return tr(
        "Of {week} you would give {time} and {views}: rounded, and without your name. Nothing was given; --confirm gives it.",
        week=week,
        time=whole_minutes(seconds // 60),
        views=views_avoided(avoided),
    )


WOULD_CLEAR: Final = tr("Nothing was cleared; --confirm clears it. There is no way back.")
UNIT_SUMS: Final = tr(
    "A sum is shown where at least five gave, from a week after the week’s end. It is then closed: nobody can add to it."
)


def cleared(days: int) -> str:
    told = tr_many(
        "Nothing is kept of {count} day any more.",
        "Nothing is kept of {count} days any more.",
        days,
    )
    return f"{told} {CLEARED_GIVEN_STAYS}"
