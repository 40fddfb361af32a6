"""`cport gateway amend`: another version of the agreement for stations of the reference gateway."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.grammar import Options
from cport_desktop.cli.key_files import read_key_file
from cport_desktop.cli.printing import facts
from cport_desktop.cli.session import Session
from cport_desktop.demo.agreement import amended
from cport_desktop.demo.gateway import Gateway, open_gateway
from cport_desktop.demo.portal_identity import kept_scenario
from cport_desktop.domain.agreement import Agreement, Clause, Limit
from cport_desktop.domain.ids import StationId
from cport_desktop.errors import UnknownReference, ValueUnknown
from cport_desktop.exports.output_files import write_new
from cport_desktop.formats.agreement_document import parse_agreement, print_agreement

ADDED = "9."
"""Clauses that are added here are numbered from 9.1."""


def amend(session: Session) -> Answer:
    """`cport gateway amend --data DIR …`."""
    options = session.options
    clock = session.workstation.clock
    data = options.needed_path("data")
    if kept_scenario(data) is None:
        accepted = "one that `cport gateway serve --data DIR` has made"
        raise ValueUnknown(what="folder of a gateway", value=str(data), accepted=accepted)
    gateway = open_gateway(data, reports=1, clock=clock)  # With the scenario that it has.
    with closing(gateway):
        stations = _stations(gateway, options.text("station"))
        reason = options.text("end")
        if reason is not None:
            for station in stations:
                gateway.agreements.end(station, reason)
            return _done(stations, {"ended": True})
        made = [
            _next(gateway.agreements.current(station), options, clock.now()) for station in stations
        ]
        path = options.path("only_write")
        if path is not None:
            write_new(path, print_agreement(made[0]))
            return _done(stations, {"draft": str(path.absolute()), **_facts(made[0])})
        for station, agreement in zip(stations, made, strict=True):
            gateway.agreements.amend(station, agreement)
    return _done(stations, _facts(made[0]))


def _stations(gateway: Gateway, wanted: str | None) -> list[StationId]:
    every = gateway.stations()
    chosen = [station for station in every if wanted in (None, station)]
    if not chosen:
        raise UnknownReference(kind="station", reference=wanted or "–")
    return chosen


def _next(agreement: Agreement, options: Options, now: datetime) -> Agreement:
    """The version that the options ask for."""
    draft = options.path("draft")
    if draft is not None:
        stated = parse_agreement(read_key_file(draft))
        return replace(
            stated, revision=agreement.revision + 1, issued_at=now.replace(microsecond=0)
        )
    gone = options.texts("remove_clause")
    kept = tuple(clause for clause in agreement.clauses if clause.number not in gone)
    effective = now.replace(microsecond=0) + timedelta(days=options.number("effective_days"))
    made = amended(agreement, kept + _limits(options, kept), now=now, effective_from=effective)
    days = options.descriptor("valid_days")
    return made if days is None else replace(made, valid_until=now + timedelta(days=days))


def _limits(options: Options, kept: tuple[Clause, ...]) -> tuple[Clause, ...]:
    number = sum(clause.number.startswith(ADDED) for clause in kept)
    limits = [Limit(fields=(name,)) for name in options.texts("withhold")]
    limits += [Limit(recipients=(name,)) for name in options.texts("refuse_recipient")]
    return tuple(
        Clause(f"{ADDED}{number + at}", "A limit that was added to try it out.", limits=(limit,))
        for at, limit in enumerate(limits, start=1)
    )


def _facts(agreement: Agreement) -> dict[str, Json]:
    return {"agreement": agreement.reference, "revision": agreement.revision}


def _done(stations: list[StationId], more: dict[str, Json]) -> Answer:
    fields: dict[str, Json] = {"stations": list(stations), **more}
    return Answer(fields, facts(list(fields.items())))
