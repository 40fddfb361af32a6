"""The rules that a unit sets for everybody: read by all, set by a supervisor, on record with the old
and the new value.
"""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.audit import AuditAction, AuditDraft, ObjectKind
from cport_desktop.domain.media_item import OptionalFormat
from cport_desktop.domain.progress import (
    Announce,
    IsCancelled,
    Phase,
    Progress,
    never,
    silent,
)
from cport_desktop.domain.roles import Role
from cport_desktop.domain.unit_rule import MediaRules, RuleName, RuleValue, SetRule, rule_named
from cport_desktop.errors import UnknownReference, ValueUnknown
from cport_desktop.formats.unit_rule_value import ACCEPTED, value_shown, value_typed
from cport_desktop.media.sandbox import Terms
from cport_desktop.usecases.permission import require
from cport_desktop.vault import unit_rules
from cport_desktop.vault.vault import Vault

LONG_FILE = 16 * 1024 * 1024
"""Bytes from which on a file may take so long that a person wants to know."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    name: RuleName
    before: RuleValue
    after: RuleValue


def list_rules(vault: Vault) -> tuple[SetRule, ...]:
    """Every rule with its value, by whom it was set and when."""
    with vault.reader() as reader:
        return unit_rules.listing(reader)


def media_rules(vault: Vault) -> MediaRules:
    """What the confined child may decode here, and how well it must be confined."""
    with vault.reader() as reader:
        return unit_rules.load(reader).media


def formats_allowed(vault: Vault) -> frozenset[OptionalFormat]:
    """The formats that are decoded beside those that always are."""
    return media_rules(vault).formats


def decoding_terms(
    vault: Vault,
    *,
    size: int = 0,
    announce: Announce = silent,
    is_cancelled: IsCancelled = never,
) -> Terms:
    """How files of this vault are decoded: those formats, too, that the unit wants. How far it came
    is told of files that are long; of a picture it would only flicker.
    """

    def tell(permille: int) -> None:
        if size >= LONG_FILE:
            announce(Progress(Phase.EXAMINING, permille, 1000))

    return Terms(formats=formats_allowed(vault), announce=tell, is_cancelled=is_cancelled)


def set_rule(vault: Vault, name: str, text: str) -> RuleChange:
    """The rule `name` has the value that `text` says, on record. One that has it already is left as
    it is, without an entry. Files whose format was refused are examined anew by the next rebuild,
    once other formats are decoded.

    Raises:
        RoleMissing: not this analyst.
        UnknownReference: there is no such rule.
        ValueUnknown: no value of this rule.
    """
    require(vault, Role.SUPERVISOR)
    rule = rule_named(name)
    if rule is None:
        raise UnknownReference(kind="unit rule", reference=name)
    try:
        value = value_typed(rule, text)
    except ValueError as error:
        raise ValueUnknown(what=rule.value, value=text, accepted=ACCEPTED[rule]) from error
    with vault.transaction() as tx:
        before = next(each.value for each in unit_rules.listing(tx) if each.name is rule)
        if before != value:
            unit_rules.store(tx, rule, value)
            if rule is RuleName.FORMATS:
                unit_rules.examine_refused_anew(tx)
            tx.record(_entry(rule, before, value))
    return RuleChange(rule, before, value)


def _entry(rule: RuleName, before: RuleValue, after: RuleValue) -> AuditDraft:
    return AuditDraft(
        action=AuditAction.ALTERATION,
        verb="set_unit_rule",
        object_kind=ObjectKind.UNIT_RULE,
        object_reference=rule.value,
        payload=(("before", value_shown(before)), ("after", value_shown(after))),
    )
