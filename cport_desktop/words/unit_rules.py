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
    "priority.hotline_waits": (
        "Points in the queue for a report whose hotline waits with notice and takedown."
    ),
    "priority.grave_elsewhere": (
        "Points in the queue where another report with one of its files, or with one that looks alike,"
        " is Baseline or National."
    ),
    "priority.flagged": "Points in the queue for a report that is flagged.",
    "priority.given_to_me": "Points in the queue of whoever a report was given to.",
    "priority.overdue": "Points in the queue for a report that is overdue.",
    "priority.known": "Points in the queue where a hash list has one of its files.",
    "priority.unseen_media": (
        "Points in the queue for files of which none was met before, in another report, by sight or on"
        " a list."
    ),
    "priority.hosted_here": "Points in the queue for what is hosted in the agency’s own jurisdiction.",
    "priority.busy_domain": "Points in the queue where many reports are about the same domain.",
    "priority.fresh": "Points in the queue for a report that was received within three days.",
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
    "priority.hotline_waits": "Queue: hotline waits (points)",
    "priority.grave_elsewhere": "Queue: grave elsewhere (points)",
    "priority.flagged": "Queue: flagged (points)",
    "priority.given_to_me": "Queue: given to me (points)",
    "priority.overdue": "Queue: overdue (points)",
    "priority.known": "Queue: on a list (points)",
    "priority.unseen_media": "Queue: files not met before (points)",
    "priority.hosted_here": "Queue: hosted here (points)",
    "priority.busy_domain": "Queue: busy domain (points)",
    "priority.fresh": "Queue: fresh (points)",
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
