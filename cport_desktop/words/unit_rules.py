"""What is said about the rules that a unit sets for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cport_desktop.words.tongue import tr, tr_in

ABOUT: Final[Mapping[str, str]] = {
    "media.formats": (
        tr(
            "Further formats that are decoded. HEIC and JPEG 2000 are not, unless the unit wants them: their decoders are large and seldom looked after, so that a fault in one is more likely. What is not decoded is kept and digested all the same."
        )
    ),
    "media.confinement": (
        tr(
            "How well the child that decodes must be confined, at least. What the settings of a machine demand stays the floor. On a machine that does not reach it, media wait."
        )
    ),
    "exposure.break_after": tr("Minutes of looking after which a break is proposed."),
    "exposure.break_within": tr("Minutes back in which looking counts towards the next break."),
    "exposure.break_minutes": tr("Minutes without a look that make a break."),
    "exposure.day_cap": tr("Minutes of looking after which a day is said to be over; 0: never."),
    "exposure.binding": (
        tr(
            "Whether these figures bind. If they do, nobody’s own may be looser, and looks are refused while a break is due and not put off. If not, what is due is said and nothing is refused."
        )
    ),
    "work.overdue_after": tr("Days after its assignment for which a report may stay undecided."),
    "work.typed_above": tr("Items of one act above which their count has to be typed."),
    "work.lease_minutes": tr("Minutes for which a report stays in the hands of who works on it."),
    "priority.hotline_waits": (
        tr("Points in the queue for a report whose hotline waits with notice and takedown.")
    ),
    "priority.grave_elsewhere": (
        tr(
            "Points in the queue where another report with one of its files, or with one that looks alike, is Baseline or National."
        )
    ),
    "priority.flagged": tr("Points in the queue for a report that is flagged."),
    "priority.given_to_me": tr("Points in the queue of whoever a report was given to."),
    "priority.overdue": tr("Points in the queue for a report that is overdue."),
    "priority.known": tr("Points in the queue where a hash list has one of its files."),
    "priority.unseen_media": (
        tr(
            "Points in the queue for files of which none was met before, in another report, by sight or on a list."
        )
    ),
    "priority.hosted_here": tr(
        "Points in the queue for what is hosted in the agency’s own jurisdiction."
    ),
    "priority.busy_domain": tr("Points in the queue where many reports are about the same domain."),
    "priority.fresh": tr("Points in the queue for a report that was received within three days."),
}
"""By the words of `domain.unit_rule.RuleName`."""

NAMES: Final[Mapping[str, str]] = {
    "media.formats": tr("Further formats"),
    "media.confinement": tr("Confinement"),
    "exposure.break_after": tr("A break after (minutes)"),
    "exposure.break_within": tr("… within (minutes)"),
    "exposure.break_minutes": tr("Length of a break (minutes)"),
    "exposure.day_cap": tr("Cap for a day (minutes)"),
    "exposure.binding": tr("Figures bind"),
    "work.overdue_after": tr("Overdue after (days)"),
    "work.typed_above": tr("Type the count above (items)"),
    "work.lease_minutes": tr("In hand for (minutes)"),
    "priority.hotline_waits": tr("Queue: hotline waits (points)"),
    "priority.grave_elsewhere": tr("Queue: grave elsewhere (points)"),
    "priority.flagged": tr("Queue: flagged (points)"),
    "priority.given_to_me": tr("Queue: given to me (points)"),
    "priority.overdue": tr("Queue: overdue (points)"),
    "priority.known": tr("Queue: on a list (points)"),
    "priority.unseen_media": tr("Queue: files not met before (points)"),
    "priority.hosted_here": tr("Queue: hosted here (points)"),
    "priority.busy_domain": tr("Queue: busy domain (points)"),
    "priority.fresh": tr("Queue: fresh (points)"),
}
BORN: Final = tr("never set")
COUNTS: Final[Mapping[str, str]] = {
    "media.formats": (
        tr(
            "It counts for files from now on. Those that were refused before are examined anew when pictures are rebuilt (Check)."
        )
    ),
    "media.confinement": tr("It counts for decoders from the next opening of the vault on."),
}
"""From when on, where that is not at once."""


_MINUTES: Final = tr("1 to 240 minutes")
_POINTS: Final = tr("0 to 1000 points, 0 for none")
ACCEPTED: Final[Mapping[str, str]] = {
    "exposure.break_after": _MINUTES,
    "exposure.break_within": _MINUTES,
    "exposure.break_minutes": _MINUTES,
    "exposure.day_cap": tr("0 to 1440 minutes, 0 for none"),
    "work.overdue_after": tr("1 to 365 days"),
    "work.typed_above": tr("1 to 1000 items"),
    "work.lease_minutes": _MINUTES,
}
"""What may be typed, where there are no choices; points of the queue aside."""

_VALUES: Final[Mapping[str, str]] = {
    "default": tr_in("value of a rule", "as the machine’s settings demand"),
    "none": tr_in("value of a rule", "none"),
    "heic": "HEIC",
    "jp2": "JPEG 2000",
    "heic,jp2": "HEIC, JPEG 2000",
    "process": tr("separate process"),
    "filtered": tr("confined by call filter"),
    "walled": tr("confined, walled off"),
    "yes": tr_in("value of a rule", "yes"),
    "no": tr_in("value of a rule", "no"),
}
"""By what a person types on the command line."""


def value(typed: str) -> str:
    """`typed`, as the window says it; figures are what they are."""
    return _VALUES.get(typed, typed)


def accepted(name: str) -> str:
    """What may be typed for the rule `name`."""
    return ACCEPTED.get(name, _POINTS)


def set_line(name: str, before: str, after: str) -> str:
    return f"{name}: {before} → {after}"
