"""What an agreement says to a question: yes or no, by which clauses, and what is missing.

The rules, for a question with its particulars:

1. Nothing is allowed before the agreement is valid, and nothing after.
2. Each particular (recipient, level, kind of media, country of a hotline, field) has to be covered
   by a grant of the function that covers the others too; fields add up over such grants.
3. A particular that the question leaves out is not asked about: the answer is then for whichever
   the clauses name.
4. A limit that applies to any of it forbids it.
5. Conditions are those of the grants that are made use of; a grant without any goes first.

Levels of looking that agreements do not name are measured by those that they name (`LOOKS_LIKE`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import product
from typing import Final

from cport_desktop.domain.agreement import (
    CLASS_MARK,
    UNLISTED,
    Agreement,
    Clause,
    Condition,
    Function,
    Grant,
    Limit,
    PackageMedia,
    Party,
)
from cport_desktop.domain.media_item import RevealLevel
from cport_desktop.domain.withholding import WITHHOLDABLE, Withheld


@dataclass(frozen=True, slots=True)
class Question:
    """May this be done? Only what is stated is asked about.

    `recipient`: a name, or a public key; `recipient_key`: the key where both are known. `kinds`,
    `originators`, `fields`: all of them at once.
    """

    function: Function
    recipient: str | None = None
    recipient_key: str | None = None
    level: str | None = None
    kinds: tuple[str, ...] = ()
    originators: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class Obstacle(StrEnum):
    """Why the answer is no."""

    NOT_YET = "not_yet"
    LAPSED = "lapsed"
    NO_CLAUSE = "no_clause"
    """None grants the function."""
    NOT_UNDERSTOOD = "not_understood"
    """The clauses that grant it have terms of a later version."""
    RECIPIENT = "recipient"
    LEVEL = "level"
    KIND = "kind"
    ORIGINATOR = "originator"
    FIELD = "field"
    COMBINATION = "combination"
    """Each is granted by itself, and no clause grants them together."""
    LIMITED = "limited"
    """A clause forbids it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason for a no. `clauses`: those that come nearest, or that forbid it; `what` is not
    covered, or forbidden.
    """

    obstacle: Obstacle
    clauses: tuple[str, ...] = ()
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `granted_by` and `limited_by` are numbers of clauses; `conditions` are to be
    fulfilled, each with the clause that demands it.
    """

    question: Question
    is_allowed: bool
    granted_by: tuple[str, ...] = ()
    limited_by: tuple[str, ...] = ()
    conditions: tuple[tuple[Condition, str], ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Particulars:
    """One combination of what a question asks about, without its fields."""

    function: str
    recipient: str | None = None
    recipient_key: str | None = None
    level: str | None = None
    kind: str | None = None
    originator: str | None = None


Granting = tuple[Clause, Grant]

LOOKS_LIKE: Final[Mapping[str, tuple[str, ...]]] = {
    RevealLevel.SMALL_GREY: (RevealLevel.GREY, RevealLevel.FULL),
    RevealLevel.BLURRED_COLOUR: (RevealLevel.FULL,),
    PackageMedia.VEILED: (PackageMedia.ORIGINAL,),
}
"""By which levels such a look is granted: those that show the same and more. The first of them is
the one with which it is forbidden: what limits looks in grey limits small ones, too."""


def explain(agreement: Agreement, question: Question, *, at: datetime) -> Verdict:
    """What `agreement` says to `question` at the moment `at`."""
    granting = _granting(agreement, question.function)
    if not granting:
        findings = [*_time(agreement, at), _nobody_grants(agreement, question.function)]
        return Verdict(question, is_allowed=False, findings=tuple(findings))
    used: dict[str, None] = {}
    limited: dict[str, None] = {}
    conditions: dict[tuple[Condition, str], None] = {}
    found: dict[Finding, None] = dict.fromkeys(_time(agreement, at))
    for part in _parts(question):
        needed, missing = _needed(agreement, granting, part, question.fields)
        found.update(dict.fromkeys(missing))
        for clause, grant in needed:
            used[clause.number] = None
            conditions.update(
                dict.fromkeys((Condition(c), clause.number) for c in grant.conditions)
            )
        for finding in _limits(agreement, part, question.fields):
            found[finding] = None
            limited.update(dict.fromkeys(finding.clauses))
    return Verdict(
        question,
        is_allowed=not found,
        granted_by=tuple(used),
        limited_by=tuple(limited),
        conditions=tuple(conditions),
        findings=tuple(found),
    )


def fields_withheld(
    agreement: Agreement, part: Particulars, also: Collection[str] = ()
) -> Withheld:
    """Fields of reports that the agreement does not let through for `part`, each with the clause
    that withholds it; None: no clause grants it. `also`: names that are asked about beside those
    that are known or that it names.
    """
    granting = [g for g in _granting(agreement, part.function) if _covers(agreement, g[1], part)]
    fields = sorted(WITHHOLDABLE | named_fields(agreement) | set(also))
    withheld: dict[str, str | None] = {
        field: None for field in fields if not any(_has(g.fields, field) for _, g in granting)
    }
    for clause, limit in _applying(agreement, part):
        if limit.fields is not None:
            withheld.update(dict.fromkeys(limit.fields, clause.number))
    return Withheld(withheld, all(g.fields is not None for _, g in granting))


def named_fields(agreement: Agreement) -> frozenset[str]:
    """Every field that a clause names, of this version or a later one."""
    stated: list[tuple[str, ...] | None] = []
    for clause in agreement.clauses:
        stated += [grant.fields for grant in clause.grants]
        stated += [limit.fields for limit in clause.limits]
    return frozenset(field for fields in stated for field in fields or ())


def is_granted(agreement: Agreement, part: Particulars) -> bool:
    """Whether a clause grants `part` and none forbids it altogether; of fields nothing is said, nor
    of time.
    """
    if any(limit.fields is None for _, limit in _applying(agreement, part)):
        return False
    return any(_covers(agreement, grant, part) for _, grant in _granting(agreement, part.function))


def conditions_of(agreement: Agreement, part: Particulars) -> frozenset[str]:
    """What has to be fulfilled for `part`, by the grant that demands least."""
    granting = [g for g in _granting(agreement, part.function) if _covers(agreement, g[1], part)]
    demands = sorted((grant.conditions for _, grant in granting), key=len)
    return frozenset(demands[0] if demands else ())


def _time(agreement: Agreement, at: datetime) -> Iterator[Finding]:
    if at < agreement.valid_from:
        yield Finding(Obstacle.NOT_YET)
    if at > agreement.valid_until:
        yield Finding(Obstacle.LAPSED)


def _granting(agreement: Agreement, function: str) -> list[Granting]:
    """Grants of `function` that this version understands."""
    return [
        (clause, grant)
        for clause in agreement.clauses
        for grant in clause.grants
        if function in grant.functions and _is_open(grant)
    ]


def _is_open(grant: Grant) -> bool:
    """Whether it grants anything to anybody, by terms that this version knows."""
    known = {condition.value for condition in Condition}
    narrowed = (grant.kinds, grant.levels, grant.recipients, grant.originators)
    return grant.is_understood and set(grant.conditions) <= known and () not in narrowed


def _nobody_grants(agreement: Agreement, function: str) -> Finding:
    """Why `_granting` found none."""
    later = tuple(c.number for c in agreement.clauses if function in c.functions)
    return Finding(Obstacle.NOT_UNDERSTOOD if later else Obstacle.NO_CLAUSE, later)


def _parts(question: Question) -> Iterator[Particulars]:
    for kind, originator in product(question.kinds or (None,), question.originators or (None,)):
        yield Particulars(
            function=question.function.value,
            recipient=question.recipient,
            recipient_key=question.recipient_key,
            level=question.level,
            kind=kind,
            originator=originator,
        )


def _needed(
    agreement: Agreement, granting: list[Granting], part: Particulars, fields: tuple[str, ...]
) -> tuple[list[Granting], list[Finding]]:
    """The grants that `part` with `fields` makes use of, and what none of them covers."""
    covering = [each for each in granting if _covers(agreement, each[1], part)]
    if not covering:
        return [], list(_uncovered(agreement, granting, part))
    needed: list[Granting] = []
    left = list(fields)
    for each in sorted(covering, key=lambda pair: len(pair[1].conditions)):
        has = [field for field in left if _has(each[1].fields, field)]
        if has or not needed:
            needed.append(each)
            left = [field for field in left if field not in has]
    if not left:
        return needed, []
    nearest = tuple(dict.fromkeys(clause.number for clause, _ in covering))
    return needed, [Finding(Obstacle.FIELD, nearest, tuple(left))]


def _uncovered(
    agreement: Agreement, granting: list[Granting], part: Particulars
) -> Iterator[Finding]:
    """Which particular no grant covers; if each is covered by some, that none covers all."""
    nearest = tuple(dict.fromkeys(clause.number for clause, _ in granting))
    alone = False
    for obstacle, what, one in _one_by_one(part):
        if not any(_covers(agreement, grant, one) for _, grant in granting):
            alone = True
            yield Finding(obstacle, nearest, (what,))
    if not alone:
        what_all = tuple(what for _, what, _ in _one_by_one(part))
        yield Finding(Obstacle.COMBINATION, nearest, what_all)


def _one_by_one(part: Particulars) -> Iterator[tuple[Obstacle, str, Particulars]]:
    function = part.function
    if part.recipient is not None:
        only = Particulars(function, recipient=part.recipient, recipient_key=part.recipient_key)
        yield Obstacle.RECIPIENT, part.recipient, only
    if part.level is not None:
        yield Obstacle.LEVEL, part.level, Particulars(function, level=part.level)
    if part.kind is not None:
        yield Obstacle.KIND, part.kind, Particulars(function, kind=part.kind)
    if part.originator is not None:
        only = Particulars(function, originator=part.originator)
        yield Obstacle.ORIGINATOR, part.originator, only


def _limits(agreement: Agreement, part: Particulars, fields: tuple[str, ...]) -> Iterator[Finding]:
    for clause, limit in _applying(agreement, part):
        what = fields if limit.fields is None else tuple(f for f in fields if f in limit.fields)
        if limit.fields is None or what:
            yield Finding(Obstacle.LIMITED, (clause.number,), what)


def _applying(agreement: Agreement, part: Particulars) -> Iterator[tuple[Clause, Limit]]:
    """Limits to whose every statement `part` belongs; of fields nothing is said yet."""
    for clause in agreement.clauses:
        for limit in clause.limits:
            if (
                _has(limit.functions, part.function)
                and _states_level(limit.levels, part.level)
                and _states(limit.kinds, part.kind)
                and _states(limit.originators, part.originator)
                and _is_to(agreement, limit.recipients, part)
            ):
                yield clause, limit


def _covers(agreement: Agreement, grant: Grant, part: Particulars) -> bool:
    return (
        (part.level is None or _has_level(grant.levels, part.level))
        and (part.kind is None or _has(grant.kinds, part.kind))
        and (part.originator is None or _has(grant.originators, part.originator))
        and (part.recipient is None or _is_to(agreement, grant.recipients, part))
    )


def _has(stated: tuple[str, ...] | None, value: str) -> bool:
    return stated is None or value in stated


def _has_level(stated: tuple[str, ...] | None, level: str) -> bool:
    return any(_has(stated, each) for each in (level, *LOOKS_LIKE.get(level, ())))


def _states_level(stated: tuple[str, ...] | None, level: str | None) -> bool:
    alike = () if level is None else LOOKS_LIKE.get(level, ())[:1]
    return _states(stated, level) or any(_states(stated, each) for each in alike)


def _states(stated: tuple[str, ...] | None, value: str | None) -> bool:
    return stated is None or (value is not None and value in stated)


def _is_to(agreement: Agreement, patterns: tuple[str, ...] | None, part: Particulars) -> bool:
    """Whether the recipient of `part` is one of those that `patterns` name; None: whoever it is."""
    if patterns is None or part.recipient is None:
        return patterns is None
    party = party_of(agreement, part.recipient, part.recipient_key)
    names = {CLASS_MARK + each for each in party.classes}
    if not any(each.name == party.name and each is not party for each in agreement.recipients):
        names.add(party.name)  # Otherwise it has the name of one that it is not.
    return not names.isdisjoint(patterns)


def party_of(agreement: Agreement, recipient: str, key: str | None = None) -> Party:
    """The party that `recipient` (a name, or a public key) is; one of the class `UNLISTED` if the
    agreement names none such, or names other keys for it.
    """
    key = key or recipient
    for party in agreement.recipients:
        if key in party.keys or (party.name == recipient and (not party.keys or key == recipient)):
            return party
    return Party(recipient, (UNLISTED,))
