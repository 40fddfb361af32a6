"""What is said of deciding one report after the other: refusals of items, leases, assignments."""

from __future__ import annotations

from typing import Final

NO_SOURCE: Final = "It has no content item that could be assessed."
NOT_HERE: Final = "It is not in this vault."
STANDS_ALREADY: Final = "It is assessed so already; that waits for the portal."
ON_ITS_WAY: Final = "An assessment of it is on its way to the portal."

DECIDED: Final = "Queued; undo takes it back until the next exchange sends it."
NOTHING_DECIDED: Final = "Nothing was decided."
NO_UNDECIDED: Final = "Nothing undecided is left that this query finds."

NOBODY: Final = "nobody"
LEASE_HEADS: Final = ("Report", "In the hands of", "Until")
NO_LEASES: Final = "Nobody has a report in hand."
NEXT_HEADS: Final = ("Next", "Domain", "In the hands of")


def decided(reports: int) -> str:
    return f"{reports:,} report assessed." if reports == 1 else f"{reports:,} reports assessed."


def would(reports: int) -> str:
    if reports == 1:
        return "1 report would be assessed. Nothing was changed."
    return (
        f"{reports:,} reports would be assessed. Nothing was changed; type the count with --count."
    )


def not_reached(left: int) -> str:
    return f"Stopped: {left:,} were not reached. What was decided is one act and can be undone."


def in_hand(holder: str, until: str) -> str:
    return f"{holder} has it in hand until {until}."


def assigned(count: int, to: str | None) -> str:
    who = to or NOBODY
    return f"1 report assigned to {who}." if count == 1 else f"{count:,} reports assigned to {who}."


def taken(reference: str, until: str) -> str:
    return f"{reference} is in your hands until {until}."


def given_back(count: int) -> str:
    return "1 lease ended." if count == 1 else f"{count:,} leases ended."
