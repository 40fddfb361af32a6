"""What is said of deciding one report after the other: refusals of items, leases, assignments."""

from __future__ import annotations

from typing import Final

from cport_desktop.words.tongue import tr, tr_in, tr_many

NO_SOURCE: Final = tr("It has no content item that could be assessed.")
NOT_HERE: Final = tr("It is not in this vault.")
STANDS_ALREADY: Final = tr("It is assessed so already; that waits for the portal.")
ON_ITS_WAY: Final = tr("An assessment of it is on its way to the portal.")

DECIDED: Final = tr("Queued; undo takes it back until the next exchange sends it.")
NOTHING_DECIDED: Final = tr("Nothing was decided.")
NO_UNDECIDED: Final = tr("Nothing undecided is left that this query finds.")

NOBODY: Final = tr("nobody")
LEASE_HEADS: Final = (tr("Report"), tr("In the hands of"), tr("Until"))
NO_LEASES: Final = tr("Nobody has a report in hand.")
NEXT_HEADS: Final = (
    tr_in("the reports that come next", "Next"),
    tr("Domain"),
    tr("In the hands of"),
)


def decided(reports: int) -> str:
    return tr_many("{count} report assessed.", "{count} reports assessed.", reports)


def would(reports: int) -> str:
    return tr_many(
        "{count} report would be assessed. Nothing was changed; type the count with --count.",
        "{count} reports would be assessed. Nothing was changed; type the count with --count.",
        reports,
    )


def not_reached(left: int) -> str:
    return tr_many(
        "Stopped: {count} was not reached. What was decided is one act and can be undone.",
        "Stopped: {count} were not reached. What was decided is one act and can be undone.",
        left,
    )


def in_hand(holder: str, until: str) -> str:
    return tr("{holder} has it in hand until {until}.", holder=holder, until=until)


def outcome(assessed: int, left: int) -> str:
    """What deciding many came to; `left`: how many were not reached when it was stopped."""
    told = [decided(assessed), DECIDED] if assessed else [NOTHING_DECIDED]
    return " ".join([*told, not_reached(left)] if left else told)


def assigned(count: int, to: str | None) -> str:
    who = to or NOBODY
    return tr_many(
        "{count} report assigned to {who}.", "{count} reports assigned to {who}.", count, who=who
    )


def taken(reference: str, until: str) -> str:
    return tr("{reference} is in your hands until {until}.", reference=reference, until=until)


def given_back(count: int) -> str:
    return tr_many("{count} lease ended.", "{count} leases ended.", count)
