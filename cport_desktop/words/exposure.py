"""What is said about an analyst's own looking: what was counted, and nothing else.

No sentence here says what looking does to anybody, or what a break does. A test reads all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import amount, tr

PRIVATE: Final = tr(
    "Only you can read this: it is sealed with your own key. No role and no command shows another analyst’s. The audit log has every look by itself, and nothing adds it up by person."
)
ABSENT: Final = tr(
    "Nothing is kept: the key slot that opened the vault carries no personal key. Open it with a slot of your own."
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
    "after": tr("a break after at most"),
    "pause": tr("breaks of at least"),
    "day_cap": tr("a day of at most"),
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
        return counted(round(seconds), tr("second"), tr("seconds"))
    return counted(int(seconds // 60), tr("minute"), tr("minutes"))


def counted(number: int, one: str, many: str) -> str:
    return f"{amount(number)} {(one if number == 1 else many)}"


def day_line(seconds: float, looks: int, avoided: int) -> str:
    """What a day came to."""
    shown = tr(
        "{minutes} in {counted}", minutes=minutes(seconds), counted=counted(looks, "look", "looks")
    )
    return tr("{shown}, {counted} avoided", shown=shown, counted=counted(avoided, "view", "views"))


def break_due(stretch: float, after: int, pause: int, *, is_binding: bool) -> str:
    """What was counted since the last break, and what the figures say."""
    said = tr("You have looked for {minutes} since your last break.", minutes=minutes(stretch))
    rule = tr("a break of {pause} minutes after {after}", pause=pause, after=after)
    return f"{said} {(tr('The unit’s rule, which binds') if is_binding else tr('The figures in force'))}: {rule}."


def day_over(day: float, cap: int, *, is_binding: bool) -> str:
    said = tr("You have looked for {minutes} today.", minutes=minutes(day))
    whose = tr("The unit’s rule, which binds") if is_binding else tr("The figures in force")
    return tr("{said} {whose}: at most {cap} minutes a day.", said=said, whose=whose, cap=cap)


def break_ends(at: str) -> str:
    return tr("A break that begins now ends at {at}.", at=at)


DAY_ENDS: Final = tr("Tomorrow counts anew.")


def put_off(minutes_off: int) -> str:
    return tr(
        "Put off for {minutes_off} minutes. The reason is kept nowhere.", minutes_off=minutes_off
    )


def figures_line(after: int, within: int, pause: int, cap: int, *, is_binding: bool) -> str:
    """The figures in force, in a sentence."""
    day = tr(", at most {cap} minutes a day", cap=cap) if cap else tr(", no cap for the day")
    bind = tr("; the unit’s figures bind") if is_binding else ""
    return tr(
        "A break of {pause} minutes after {after} minutes of looking within {within}{day}{bind}.",
        pause=pause,
        after=after,
        within=within,
        day=day,
        bind=bind,
    )


def given(week: str, seconds: int, avoided: int) -> str:
    return tr(
        "Given of {week}: {seconds} minutes and {avoided} views avoided, rounded, without your name. It cannot be taken out again.",
        week=week,
        seconds=seconds // 60,
        avoided=avoided,
    )


def would_give(week: str, seconds: int, avoided: int) -> str:
    return tr(
        "Of {week} you would give {seconds} minutes and {avoided} views avoided: rounded, and without your name. Nothing was given; --confirm gives it.",
        week=week,
        seconds=seconds // 60,
        avoided=avoided,
    )


WOULD_CLEAR: Final = tr("Nothing was cleared; --confirm clears it. There is no way back.")
UNIT_SUMS: Final = tr(
    "A sum is shown where at least five gave, from a week after the week’s end. It is then closed: nobody can add to it."
)


def cleared(days: int) -> str:
    return tr(
        "Nothing is kept of {counted} any more. {cleared_given_stays}",
        counted=counted(days, "day", "days"),
        cleared_given_stays=CLEARED_GIVEN_STAYS,
    )
