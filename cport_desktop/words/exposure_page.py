"""What the window says about one's own looking and about the unit's rules: what was counted, and what
the figures are. Nothing is claimed about what either does to anybody.
"""

from __future__ import annotations

from typing import Final

from cport_desktop.words.exposure import counted, minutes

OWN: Final = "Your looking"
OWN_INTRO: Final = (
    "What you looked, by day: seconds on the screen, and views that were not needed. Only you can read"
    " this; it is sealed with your own key. The audit log has every look by itself, and nothing adds it"
    " up by person."
)
UNIT: Final = "Unit"
UNIT_INTRO: Final = (
    "What the unit set for everybody who works with this vault. Everybody may read it; a supervisor"
    " sets it, and the log keeps the old value and the new."
)
SETTING_RULES: Final = "Setting the unit’s rules"

DAY: Final = "Day"
LOOKED: Final = "Looked"
LOOKS: Final = "Looks"
BY_LEVEL: Final = "By level"
AVOIDED: Final = "Views avoided"
NO_DAYS: Final = "Nothing was counted"
NO_DAYS_HELP: Final = "In the last sixty days nothing was looked at with a slot of yours."
NOT_KEPT: Final = "Nothing is kept"
NOT_KEPT_HELP: Final = (
    "The key slot that opened the vault carries no personal key. Open it with a slot of your own."
)

FIGURES: Final = "Your figures…"
FIGURES_TITLE: Final = "Your own figures for breaks"
FIGURES_INTRO: Final = (
    "Sealed with your own key. Leave a field empty and the unit’s figure counts. Where the unit’s"
    " figures bind, yours may be stricter and not looser."
)
KEEP_FIGURES: Final = "Keep"
AFTER: Final = "A break after (minutes of looking)"
PAUSE: Final = "Length of a break (minutes)"
DAY_CAP: Final = "At most a day (minutes; 0: no cap)"
NEEDS_MINUTES: Final = "Say it in whole minutes, at most 1440, or leave it empty."
AS_UNIT: Final = "as the unit has it: {}"

GIVE: Final = "Give last week…"
GIVE_TITLE: Final = "Give last week to the unit’s sum"
GIVE_NOW: Final = "Give it"
CLEAR: Final = "Clear…"
CLEAR_TITLE: Final = "Keep nothing of it any more"
CLEAR_INTRO: Final = (
    "Every day and your own figures go, at once and for good. What you gave to the unit’s sums stays in"
    " them. Backups made before keep what they have, sealed with your key."
)
CLEAR_NOW: Final = "Clear all of it"

TAKE_BREAK: Final = "Lock and take it"
PUT_OFF: Final = "Put off once…"
PUT_OFF_KEY: Final = "Ctrl+Shift+B"
LOCK_KEY: Final = "Ctrl+L"
PUT_OFF_NOW: Final = "Put off"
REASON: Final = "Why"
REASON_PLACEHOLDER: Final = "Why now? Kept nowhere, told to nobody"
NOTHING_REFUSED: Final = "Nothing is refused meanwhile."
LOOKS_REFUSED: Final = "Until then nothing is shown."

RULE: Final = "Rule"
VALUE: Final = "Value"
SET_BY: Final = "Set by"
SET_AT: Final = "When"
CHANGE: Final = "Change…"
CHANGE_TITLE: Final = "Change a rule of the unit"
CHANGE_NOW: Final = "Set it"
NO_RULES: Final = "No rules"
NO_RULES_HELP: Final = "They stand here in a moment."


def looked_today(length: str, avoided: int) -> str:
    """In the status line, which is short."""
    return f"Looked {length} · {avoided:,} avoided"


def looked_today_aloud(seconds: float, avoided: int) -> str:
    return f"Looked {minutes(seconds)} today, {counted(avoided, 'view', 'views')} avoided. Private."


def looked_tip(is_kept: bool) -> str:  # noqa: FBT001 - one fact
    return OWN_INTRO if is_kept else NOT_KEPT_HELP


def today_told(seconds: float, looks: int, avoided: int, figures: str) -> str:
    shown = f"{minutes(seconds)} in {counted(looks, 'look', 'looks')}"
    return f"Today: {shown}, {counted(avoided, 'view', 'views')} avoided. {figures}"


def give_intro(week: str, seconds: int, avoided: int) -> str:
    return (
        f"Of the week {week} the unit would get {seconds // 60} minutes and {avoided} views avoided,"
        " rounded to five minutes and ten views, without your name. A sum is shown where at least five"
        " gave, a week after the week’s end, and is then closed. It cannot be taken out again."
    )


def unit_weeks(told: str) -> str:
    return f"Weeks of the unit: {told}"


def week_shown(week: str, seconds: int, avoided: int, givers: int) -> str:
    return f"{week}: {seconds // 60} minutes and {avoided} views avoided, of {givers}"


def week_not_shown(week: str) -> str:
    return f"{week}: too few, or not yet"


def rule_set(name: str, value: str) -> str:
    return f"{name}: {value}."


def accepted(said: str) -> str:
    return f"Accepted: {said}."
