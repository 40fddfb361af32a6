"""Verbs of the rules that a unit sets for itself."""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.cli.answer import Answer, Json, Record
from cport_desktop.cli.printing import table
from cport_desktop.cli.session import Session
from cport_desktop.cli.short_lists import short_list
from cport_desktop.clock import iso_utc
from cport_desktop.domain.unit_rule import RuleValue, SetRule
from cport_desktop.formats.unit_rule_value import value_shown
from cport_desktop.usecases.unit_rules import list_rules, set_rule
from cport_desktop.words import unit_rules as words


def rules(session: Session) -> Answer:
    """`cport unit rules list`."""
    with session.vault() as vault:
        found = list_rules(vault)
    return short_list(session, [_record(rule) for rule in found], _told)


def set_one(session: Session) -> Answer:
    """`cport unit rules set RULE VALUE`."""
    options = session.options
    with session.vault() as vault:
        change = set_rule(vault, options.required("rule"), options.required("value"))
    before, after = value_shown(change.before), value_shown(change.after)
    fields: dict[str, Json] = {
        "rule": change.name.value,
        "before": _plain(change.before),
        "after": _plain(change.after),
    }
    return Answer(fields, words.set_line(change.name.value, before, after))


def _record(rule: SetRule) -> dict[str, Json]:
    return {
        "id": rule.name.value,
        "value": _plain(rule.value),
        "shown": value_shown(rule.value),
        "set_by": rule.set_by,
        "set_at": None if rule.set_at is None else iso_utc(rule.set_at),
        "about": words.ABOUT[rule.name.value],
    }


def _plain(value: RuleValue) -> Json:
    return list(value) if isinstance(value, tuple) else value


def _told(items: Sequence[Record]) -> str:
    rows = [
        (str(item["id"]), str(item["shown"]), str(item["set_by"] or words.BORN)) for item in items
    ]
    return table(("Rule", "Value", "Set by"), rows)
