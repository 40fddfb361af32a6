"""What the window says about one's own looking and about the unit's rules: what was counted, and what
the figures are. Nothing is claimed about what either does to anybody.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.words.exposure import minutes, time_in_looks, views_avoided
from cport_desktop.words.tongue import amount, tr, tr_in

OWN: Final = tr("Your looking")
OWN_INTRO: Final = tr(
    "What you looked, by day: seconds on the screen, and views that were not needed. Only you can read this; it is sealed with your own key. The audit log has every look by itself, and nothing adds it up by person."
)
UNIT: Final = tr("Unit")
UNIT_INTRO: Final = tr(
    "What the unit set for everybody who works with this vault. Everybody may read it; a supervisor sets it, and the log keeps the old value and the new."
)
SETTING_RULES: Final = tr("Setting the unit’s rules")

DAY: Final = tr("Day")
LOOKED: Final = tr_in("how long was looked", "Looked")
LOOKS: Final = tr_in("how many there were", "Looks")
BY_LEVEL: Final = tr("By level")
AVOIDED: Final = tr("Views avoided")
NO_DAYS: Final = tr("Nothing was counted")
NO_DAYS_HELP: Final = tr("In the last sixty days nothing was looked at with a slot of yours.")
NOT_KEPT: Final = tr("Nothing is kept")
NOT_KEPT_HELP: Final = tr(
    "The key slot that opened the vault carries no personal key. Open it with a slot of your own."
)

FIGURES: Final = tr("Your figures…")
FIGURES_TITLE: Final = tr("Your own figures for breaks")
FIGURES_INTRO: Final = tr(
    "Sealed with your own key. Leave a field empty and the unit’s figure counts. Where the unit’s figures bind, yours may be stricter and not looser."
)
KEEP_FIGURES: Final = tr_in("figures", "Keep")
AFTER: Final = tr("A break after (minutes of looking)")
PAUSE: Final = tr("Length of a break (minutes)")
DAY_CAP: Final = tr("At most a day (minutes; 0: no cap)")
NEEDS_MINUTES: Final = tr("Say it in whole minutes, at most 1440, or leave it empty.")

GIVE: Final = tr("Give last week…")
GIVE_TITLE: Final = tr("Give last week to the unit’s sum")
GIVE_NOW: Final = tr_in("a week", "Give it")
CLEAR: Final = tr("Clear…")
CLEAR_TITLE: Final = tr("Keep nothing of it any more")
CLEAR_INTRO: Final = tr(
    "Every day and your own figures go, at once and for good. What you gave to the unit’s sums stays in them. Backups made before keep what they have, sealed with your key."
)
CLEAR_NOW: Final = tr("Clear all of it")

TAKE_BREAK: Final = tr("Lock and take it")
PUT_OFF: Final = tr("Put off once…")
PUT_OFF_KEY: Final = "Ctrl+Shift+B"
LOCK_KEY: Final = "Ctrl+L"
PUT_OFF_NOW: Final = tr("Put off")
REASON: Final = tr("Why")
REASON_PLACEHOLDER: Final = tr("Why now? Kept nowhere, told to nobody")
NOTHING_REFUSED: Final = tr("Nothing is refused meanwhile.")
LOOKS_REFUSED: Final = tr("Until then nothing is shown.")

RULE: Final = tr("Rule")
VALUE: Final = tr("Value")
SET_BY: Final = tr("Set by")
SET_AT: Final = tr("When")
CHANGE: Final = tr("Change…")
CHANGE_TITLE: Final = tr("Change a rule of the unit")
CHANGE_NOW: Final = tr_in("a rule", "Set it")
NO_RULES: Final = tr("No rules")
NO_RULES_HELP: Final = tr("They stand here in a moment.")


def looked_today(length: str, avoided: int) -> str:
    """In the status line, which is short."""
    return tr("Looked {length} · {avoided} avoided", length=length, avoided=amount(avoided))


def looked_today_aloud(seconds: float, avoided: int) -> str:
    return tr(
        "Looked {time} today, {views_avoided}. Private.",
        time=minutes(seconds),
        views_avoided=views_avoided(avoided),
    )


def looked_tip(is_kept: bool) -> str:  # noqa: FBT001 - one fact
    return OWN_INTRO if is_kept else NOT_KEPT_HELP


def today_told(seconds: float, looks: int, avoided: int, figures: str) -> str:
    told = tr(
        "Today: {time_in_looks}, {views_avoided}.",
        time_in_looks=time_in_looks(seconds, looks),
        views_avoided=views_avoided(avoided),
    )
    return f"{told} {figures}"


def as_unit(minutes_of_unit: int) -> str:
    """Said of a field of one's own that may stay empty."""
    return tr("as the unit has it: {figure}", figure=amount(minutes_of_unit))


def give_intro(week: str, seconds: int, avoided: int) -> str:
    return tr(
        "Of the week {week} the unit would get {minutes} minutes and {avoided} views avoided, rounded to five minutes and ten views, without your name. A sum is shown where at least five gave, a week after the week’s end, and is then closed. It cannot be taken out again.",
        week=week,
        minutes=amount(seconds // 60),
        avoided=amount(avoided),
    )


def unit_weeks(told: str) -> str:
    return tr("Weeks of the unit: {weeks}", weeks=told)


def week_shown(week: str, seconds: int, avoided: int, givers: int) -> str:
    return tr(
        "{week}: {minutes} minutes and {avoided} views avoided, of {givers}",
        week=week,
        minutes=amount(seconds // 60),
        avoided=amount(avoided),
        givers=amount(givers),
    )


def week_not_shown(week: str) -> str:
    return tr("{week}: too few, or not yet", week=week)


def rule_set(name: str, value: str) -> str:
    return f"{name}: {value}."


def accepted(said: str) -> str:
    return tr("Accepted: {values}.", values=said)
