"""Verbs of updates. None needs a vault; `apply` puts lists into the one that is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from cport_desktop.cli.answer import Answer, Json
from cport_desktop.cli.printing import safe, table
from cport_desktop.cli.session import Session
from cport_desktop.clock import iso_utc
from cport_desktop.domain.updates import Change, PartKind
from cport_desktop.usecases.apply_update import Told, apply_update, check_update
from cport_desktop.usecases.freshness import portal_said
from cport_desktop.usecases.prove_version import prove_version
from cport_desktop.usecases.take_up_update import TakenUp, take_up_update
from cport_desktop.usecases.update_place import place_here
from cport_desktop.usecases.update_standing import Standing, roll_back, update_standing
from cport_desktop.vault.vault import Vault
from cport_desktop.words import updates as words

_NONE: Final = "–"


def check(session: Session) -> Answer:
    """`cport update check FILE`."""
    place, options = place_here(session.workstation.settings), session.options
    with session.progress() as announce:
        told = check_update(
            place,
            options.needed_path("file"),
            now=session.workstation.clock.now(),
            is_cancelled=session.is_cancelled,
            announce=announce,
        )
    return Answer(_record(told), "\n".join(_lines(told)))


def apply(session: Session) -> Answer:
    """`cport update apply FILE`."""
    if session.options.vault is None:
        told = _applied(session, session.workstation.clock.now())
        waiting = [words.LISTS_WAIT] if _brings_lists(told) else []
        return Answer(_record(told), "\n".join([*_lines(told), *_after(told), *waiting]))
    with session.vault() as vault:
        told = _applied(session, _latest(session, vault))
        with session.progress() as announce:
            taken, _ = take_up_update(
                vault,
                place_here(session.workstation.settings),
                announce=announce,
                is_cancelled=session.is_cancelled,
            )
    fields: dict[str, Json] = {
        **_record(told),
        "rules": list(taken.rules),
        "lists": list(taken.lists),
        "signers_removed": list(taken.signers),
    }
    return Answer(fields, "\n".join([*_lines(told), *_after(told), *_taken(taken)]))


def rollback(session: Session) -> Answer:
    """`cport update rollback`."""
    went = roll_back(place_here(session.workstation.settings))
    lines = [
        words.BACK,
        f"cport {went.version}",
        *([words.OLDER_SCHEMA] if went.opens_less else []),
    ]
    fields: dict[str, Json] = {"version": went.version, "vaults_may_not_open": went.opens_less}
    return Answer(fields, "\n".join(lines))


def status(session: Session) -> Answer:
    """`cport update status`."""
    place = place_here(session.workstation.settings)
    standing = update_standing(place, now=session.workstation.clock.now())
    return Answer(_standing(standing), _told_standing(standing))


def prove(session: Session) -> Answer:
    """`cport update prove`."""
    proof = prove_version(session.workstation.settings, session.workstation.clock)
    fields: dict[str, Json] = {"version": proof.version, "schema": proof.schema}
    return Answer(fields, f"cport {proof.version}: works here")


VERBS: Final[Mapping[str, Callable[[Session], Answer]]] = {
    "update check": check,
    "update apply": apply,
    "update rollback": rollback,
    "update status": status,
    "update prove": prove,
}


def _applied(session: Session, now: datetime) -> Told:
    with session.progress() as announce:
        return apply_update(
            place_here(session.workstation.settings),
            session.options.needed_path("file"),
            now=now,
            accepts_demo=session.options.flag("demo"),
            is_cancelled=session.is_cancelled,
            announce=announce,
        )


def _latest(session: Session, vault: Vault) -> datetime:
    """The later of this machine's moment and the last that the portal signed."""
    said, now = portal_said(vault), session.workstation.clock.now()
    return now if said is None else max(now, said)


def _record(told: Told) -> dict[str, Json]:
    return {
        "number": told.number,
        "issued": iso_utc(told.issued),
        "expires": iso_utc(told.expires),
        "demo_keys": told.is_demo,
        "application_left": told.leaves_application,
        "parts": [_change(change) for change in told.changes],
    }


def _change(change: Change) -> dict[str, Json]:
    part, before = change.part, change.before
    return {
        "part": part.kind.value,
        "name": part.name,
        "version": part.version,
        "day": None if part.day is None else part.day.isoformat(),
        "before": None if before is None else before.version,
        "standing": change.standing.value,
    }


def _lines(told: Told) -> list[str]:
    heads = ("Part", "Version", "Of", "In force before", "It is")
    rows = [
        (
            words.name_of(change.part.kind.value, safe(change.part.name)),
            safe(change.part.version),
            _NONE if change.part.day is None else change.part.day.isoformat(),
            _NONE if change.before is None else safe(change.before.version),
            words.STANDINGS[change.standing.value],
        )
        for change in told.changes
    ]
    lines = [table(heads, rows)]
    if told.leaves_application:
        lines.append(words.LEFT_APPLICATION)
    if told.is_demo:
        lines.append(words.DEMO_KEYS)
    return lines if told.changing else [*lines, words.NOTHING_CHANGES]


def _after(told: Told) -> list[str]:
    return [words.NEXT_START] if told.changing else []


def _brings_lists(told: Told) -> bool:
    return any(change.part.kind is PartKind.HASH_LIST for change in told.changes)


def _taken(taken: TakenUp) -> list[str]:
    lines = [words.taken(len(taken.lists))] if taken.lists else []
    return [*lines, *([words.dropped_signers(len(taken.signers))] if taken.signers else [])]


def _standing(standing: Standing) -> dict[str, Json]:
    return {
        "version": standing.version,
        "installed": standing.installed,
        "before": standing.before,
        "issued": None if standing.issued is None else iso_utc(standing.issued),
        "clock_behind": standing.is_clock_behind,
        "demo_keys": standing.is_demo,
        "revoked": standing.is_revoked,
        "parts": [
            {
                "part": each.part.kind.value,
                "name": each.part.name,
                "version": each.part.version,
                "day": None if each.part.day is None else each.part.day.isoformat(),
                "age_days": None if each.age is None else each.age.days,
                "old": each.is_old,
            }
            for each in standing.parts
        ],
    }


def _told_standing(standing: Standing) -> str:
    rows = [
        (
            words.name_of(each.part.kind.value, safe(each.part.name)),
            safe(each.part.version),
            words.age(
                None if each.age is None else each.age.days, each.part.day, is_old=each.is_old
            ),
        )
        for each in standing.parts
    ]
    lines = [table(("Part", "Version", "Age"), rows)]
    if standing.before is not None:
        lines.append(f"Before: cport {standing.before} (cport update rollback)")
    if standing.is_revoked:
        lines.append(words.REVOKED_HERE)
    if standing.is_clock_behind:
        lines.append(words.CLOCK_BEHIND)
    if standing.is_demo:
        lines.append(words.DEMO_KEYS)
    return "\n".join(lines)
