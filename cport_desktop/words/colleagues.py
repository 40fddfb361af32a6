"""What is said of colleagues at other stations: who has what in hand there, as far as is known here."""

from __future__ import annotations

from cport_desktop.words.tongue import tr


def who(analyst: str, station: str | None) -> str:
    """How a colleague is called; `station` None: here."""
    if station is None:
        return analyst
    return tr("{analyst} at {station}", analyst=analyst, station=station)


def both(analyst: str, station: str, until: str) -> str:
    """The report is in one's own hands, and somebody elsewhere took it before either knew."""
    return tr(
        "{analyst} at {station} has this report in hand too, until {until}. Neither station knew of the"
        " other; what is decided first counts, and the other one is told at its next exchange.",
        analyst=analyst,
        station=station,
        until=until,
    )


def assigned(analyst: str, station: str, told: str) -> str:
    return tr(
        "Assigned to {analyst} at {station}, as told {told}.",
        analyst=analyst,
        station=station,
        told=told,
    )
