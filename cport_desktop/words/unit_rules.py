"""What is said about the rules that a unit sets for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ABOUT: Final[Mapping[str, str]] = {
    "media.formats": (
        "Further formats that are decoded. HEIC and JPEG 2000 are not, unless the unit wants them:"
        " their decoders are large and seldom looked after, so that a fault in one is more likely."
        " What is not decoded is kept and digested all the same."
    ),
    "media.confinement": (
        "How well the child that decodes must be confined, at least. What the settings of a machine"
        " demand stays the floor. On a machine that does not reach it, media wait."
    ),
    "exposure.break_after": "Minutes of looking after which a break is proposed.",
    "exposure.break_within": "Minutes back in which looking counts towards the next break.",
    "exposure.break_minutes": "Minutes without a look that make a break.",
    "exposure.day_cap": "Minutes of looking after which a day is said to be over; 0: never.",
    "exposure.binding": (
        "Whether these figures bind. If they do, nobody’s own may be looser, and looks are refused"
        " while a break is due and not put off. If not, what is due is said and nothing is refused."
    ),
    "work.overdue_after": "Days after its assignment for which a report may stay undecided.",
    "work.typed_above": "Items of one act above which their count has to be typed.",
    "work.lease_minutes": "Minutes for which a report stays in the hands of who works on it.",
}
"""By the words of `domain.unit_rule.RuleName`."""

NAMES: Final[Mapping[str, str]] = {
    "media.formats": "Further formats",
    "media.confinement": "Confinement",
    "exposure.break_after": "A break after (minutes)",
    "exposure.break_within": "… within (minutes)",
    "exposure.break_minutes": "Length of a break (minutes)",
    "exposure.day_cap": "Cap for a day (minutes)",
    "exposure.binding": "Figures bind",
    "work.overdue_after": "Overdue after (days)",
    "work.typed_above": "Type the count above (items)",
    "work.lease_minutes": "In hand for (minutes)",
}
BORN: Final = "never set"
COUNTS: Final[Mapping[str, str]] = {
    "media.formats": (
        "It counts for files from now on. Those that were refused before are examined anew when"
        " pictures are rebuilt (Check)."
    ),
    "media.confinement": "It counts for decoders from the next opening of the vault on.",
}
"""From when on, where that is not at once."""


def set_line(name: str, before: str, after: str) -> str:
    return f"{name}: {before} → {after}"
