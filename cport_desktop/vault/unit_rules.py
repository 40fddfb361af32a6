"""What the unit set, by name; a name that nobody has set has the value that it is born with."""

from __future__ import annotations

from typing import Final

from cport_desktop.domain.breaks import BreakFigures
from cport_desktop.domain.ids import Actor
from cport_desktop.domain.media_item import CannotShow, OptionalFormat
from cport_desktop.domain.unit_rule import (
    PRIORITIES,
    MediaRules,
    RuleName,
    RuleValue,
    SetRule,
    UnitRules,
    WorkRules,
)
from cport_desktop.errors import VaultDamaged
from cport_desktop.formats.unit_rule_value import parse_value, print_value
from cport_desktop.vault.audit_trail import microseconds, moment_of
from cport_desktop.vault.transaction import Reader, Transaction

_BORN: Final = UnitRules()
BORN_WITH: Final[dict[RuleName, RuleValue]] = {
    RuleName.FORMATS: (),
    RuleName.CONFINEMENT: None,
    RuleName.BREAK_AFTER: _BORN.breaks.after,
    RuleName.BREAK_WITHIN: _BORN.breaks.within,
    RuleName.BREAK_MINUTES: _BORN.breaks.pause,
    RuleName.DAY_CAP: _BORN.breaks.day_cap,
    RuleName.BINDING: _BORN.breaks.is_binding,
    RuleName.OVERDUE_AFTER: _BORN.work.overdue_after,
    RuleName.TYPED_ABOVE: _BORN.work.typed_above,
    RuleName.LEASE_MINUTES: _BORN.work.lease_minutes,
    **{name: _BORN.priority[rule] for name, rule in PRIORITIES.items()},
}


def listing(reader: Reader) -> tuple[SetRule, ...]:
    """Every rule there is, with its value.

    Raises:
        VaultDamaged: a value is none of its rule.
    """
    rows = reader.connection.execute("SELECT name, value, set_by, set_at FROM unit_rule")
    kept = {name: rest for name, *rest in rows}
    found = []
    for name in RuleName:
        if name.value not in kept:
            found.append(SetRule(name, BORN_WITH[name]))
            continue
        value, set_by, set_at = kept[name.value]
        try:
            found.append(SetRule(name, parse_value(name, value), Actor(set_by), moment_of(set_at)))
        except ValueError as error:
            raise VaultDamaged(where=f"unit rule {name.value}") from error
    return tuple(found)


def load(reader: Reader) -> UnitRules:
    """All of them, for whoever keeps to them.

    Raises:
        VaultDamaged: a value is none of its rule.
    """
    by_name = {each.name: each.value for each in listing(reader)}
    formats, level = by_name[RuleName.FORMATS], by_name[RuleName.CONFINEMENT]
    chosen = formats if isinstance(formats, tuple) else ()
    media = MediaRules(
        frozenset(map(OptionalFormat, chosen)), level if isinstance(level, str) else None
    )
    breaks = BreakFigures(
        after=_number(by_name[RuleName.BREAK_AFTER]),
        within=_number(by_name[RuleName.BREAK_WITHIN]),
        pause=_number(by_name[RuleName.BREAK_MINUTES]),
        day_cap=_number(by_name[RuleName.DAY_CAP]),
        is_binding=by_name[RuleName.BINDING] is True,
    )
    work = WorkRules(
        overdue_after=_number(by_name[RuleName.OVERDUE_AFTER]),
        typed_above=_number(by_name[RuleName.TYPED_ABOVE]),
        lease_minutes=_number(by_name[RuleName.LEASE_MINUTES]),
    )
    points = {rule: _number(by_name[name]) for name, rule in PRIORITIES.items()}
    return UnitRules(media, breaks, work, points)


def store(tx: Transaction, name: RuleName, value: RuleValue) -> None:
    """This is its value, once the transaction commits. The caller records the entry."""
    tx.connection.execute(
        "INSERT INTO unit_rule (name, value, set_by, set_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, set_by = excluded.set_by,"
        " set_at = excluded.set_at",
        (name.value, print_value(value), tx.actor, microseconds(tx.now)),
    )


def examine_refused_anew(tx: Transaction) -> None:
    """Files whose format was refused count as not examined, once the transaction commits."""
    tx.connection.execute(
        "UPDATE media_item SET examined = 0 WHERE cannot_show = ?",
        (CannotShow.FORMAT_REFUSED.value,),
    )


def _number(value: RuleValue) -> int:
    if not isinstance(value, int):
        raise VaultDamaged(where="unit rules")
    return value
