"""Turns the conditions of a query into SQL about a report `r`.

A condition becomes a test (does this report meet it?) and, where an index can say, a source
(which reports do?). Which of the two is asked is decided elsewhere, by counting
(`vault.report_plan`).

What the states mean:

- new, corrected, withdrawn: what last happened to the report at the portal.
- decided, undecided: whether it has a classification as seen, that is with the analyst's own
  unsettled assessments laid over the portal's.
- held: a legal hold is on it, or on a media item that it announces or announced.
- duplicate: one of its media files is announced, by its digest, for another report too.
- known, harmless, `list:`, `distance:`: see `vault.hit_conditions`.
- flagged, exported, assigned-to-me, and what else people did with a report: see
  `vault.work_conditions`. What is overdue is told by the unit's rules, before it comes here.

`came:` is when a report came or last changed here, by this machine's clock.

`host:`, `assigned:`, `ip:`, `asn:`, `provider:` speak of the source item; `domain:` and `url:`
of any content item (`domain:` takes a whole host name too); `kind:`, digests and `has:image`
of any media item; `action:` of any action; `hotline:` takes a number or a part of a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cport_desktop.domain.ids import AnalystId
from cport_desktop.domain.query import (
    AllOf,
    AnyOf,
    Between,
    Condition,
    Field,
    FieldContains,
    FieldIs,
    Has,
    HasThing,
    Is,
    IsState,
    Leaf,
    Not,
    Query,
    Within,
    Words,
)
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.taxonomy import UNDECIDED
from cport_desktop.vault.audit_trail import microseconds
from cport_desktop.vault.field_sieves import class_as_seen, field_is, has_kind
from cport_desktop.vault.hit_conditions import of_report
from cport_desktop.vault.lifting import row_within
from cport_desktop.vault.search import folded, part_expression, words_expression
from cport_desktop.vault.sieve import Sieve, Sql, anyone, everyone, negated, only_test, within
from cport_desktop.vault.work_conditions import (
    EXPORTED,
    FLAGGED,
    IMPORTED,
    WORKBENCH_FIELDS,
    came_after,
    came_within,
    has_note,
    is_assigned_to,
    worked_on,
)

_HELD_ROWS = (
    "SELECT h_r.row FROM hold AS h CROSS JOIN report AS h_r ON h_r.report_id = h.reference"
    " WHERE h.kind = 'report' AND h.released_at IS NULL"
    " UNION SELECT h_l.row FROM hold AS h CROSS JOIN report_media AS h_l"
    " ON h_l.media_id = h.reference WHERE h.kind = 'media' AND h.released_at IS NULL"
    " UNION SELECT h_r.row FROM hold AS h CROSS JOIN former_media AS h_f"
    " ON h_f.media_id = h.reference CROSS JOIN report AS h_r ON h_r.report_id = h_f.report_id"
    " WHERE h.kind = 'media' AND h.released_at IS NULL"
)
"""Few: each hold is placed by a person."""

_MOMENTS = {
    Field.RECEIVED: "r.received_at",
    Field.UPDATED: "r.updated_at",
    Field.ASSIGNED_ON: "r.assigned_at",
}

OVERFLOW_SECONDS = 60
"""A crowded second overflows into the next ones; nobody overflows a minute."""


@dataclass(frozen=True, slots=True)
class Sieves:
    """A whole query: `words` (all wanted words, as one FTS5 expression) and everything else."""

    words: Sql | None
    others: tuple[Sieve, ...]

    @property
    def all(self) -> tuple[Sieve, ...]:
        return ((words_sieve(self.words),) if self.words else ()) + self.others


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and whether some report is overlaid by unsettled assessments."""

    asker: AnalystId | None
    has_overlay: bool


def sieves(query: Query, *, has_overlay: bool) -> Sieves:
    """The SQL of `query`. `has_overlay`: some report is overlaid by unsettled assessments."""
    asking = Asking(query.asker, has_overlay)
    words = [c for c in query.conditions if isinstance(c, Words)]
    others = [_sieve(c, asking) for c in query.conditions if not isinstance(c, Words)]
    if query.since:
        others.append(came_after(query.since))
    return Sieves(
        words=Sql("?", (words_expression(words),)) if words else None, others=tuple(others)
    )


def words_sieve(expression: Sql) -> Sieve:
    """Words as one condition among others."""
    source = Sql(
        f"SELECT rowid AS row FROM report_words WHERE report_words MATCH {expression.text}",  # noqa: S608 - a placeholder
        expression.parameters,
    )
    probe = Sql(
        "EXISTS (SELECT 1 FROM report_words"  # noqa: S608 - a placeholder
        f" WHERE report_words MATCH {expression.text} AND rowid = r.row)",
        expression.parameters,
    )
    return Sieve(within(source), probe, source)


def _sieve(condition: Condition, asking: Asking) -> Sieve:
    match condition:
        case Not(inner):
            return negated(_sieve(inner, asking))
        case AllOf(inner):
            return everyone([_sieve(each, asking) for each in inner])
        case AnyOf(inner):
            return anyone([_sieve(each, asking) for each in inner])
        case leaf:
            return _leaf(leaf, asking)


def _leaf(leaf: Leaf, asking: Asking) -> Sieve:  # noqa: PLR0911 - one arm for each kind, to the end
    match leaf:
        case FieldIs(Field.LIST) | Within():
            return of_report(leaf)
        case FieldIs(field, values):
            return _field(field, values, asking)
        case Words():
            return words_sieve(Sql("?", (words_expression([leaf]),)))
        case FieldContains():
            return _part(leaf)
        case Between():
            return _between(leaf)
        case IsState(state):
            return _state(state, asking)
        case HasThing(thing):
            return _thing(thing)


def _field(field: Field, values: tuple[str, ...], asking: Asking) -> Sieve:
    if field in WORKBENCH_FIELDS:
        return worked_on(field, values, asking.asker)
    return field_is(field, values, has_overlay=asking.has_overlay)


def _part(wanted: FieldContains) -> Sieve:
    if wanted.field is Field.NOTE:
        return has_note(wanted.text)
    return _url_part(wanted.text) if wanted.field is Field.URL else _provider_part(wanted.text)


def _url_part(text: str) -> Sieve:
    part = folded(text)
    test = Sql(
        "EXISTS (SELECT 1 FROM content_item AS c WHERE c.row = r.row AND instr(lower(c.url), ?))",
        (part,),
    )
    expression = part_expression(part)
    if expression is None:
        return Sieve(test, test)
    source = Sql("SELECT rowid AS row FROM url_parts WHERE url_parts MATCH ?", (expression,))
    return Sieve(test, test, source, is_exact=False)


def _provider_part(text: str) -> Sieve:
    chosen = "SELECT name FROM provider WHERE instr(folded, ?)"
    source = f"SELECT row FROM report INDEXED BY report_by_provider WHERE provider IN ({chosen})"  # noqa: S608 - constant names
    part = (text.casefold(),)
    return only_test(Sql(f"r.provider IN ({chosen})", part), Sql(source, part))


def _between(span: Between) -> Sieve:
    if span.field is Field.CAME:
        return came_within(span.start, span.end)
    column = _MOMENTS[span.field]
    bounds: list[tuple[str, int]] = []
    for moment, sign in ((span.start, ">="), (span.end, "<")):
        if moment is None:
            continue
        bounds.append((f"{column} {sign} ?", microseconds(moment)))
        if span.field is Field.RECEIVED:
            overflow = OVERFLOW_SECONDS if sign == "<" else 0
            second = microseconds(moment) // 1_000_000 + overflow
            bounds.append((f"r.row {sign} ?", row_within(second, 0)))
    test = Sql(" AND ".join(text for text, _ in bounds) or "1", tuple(at for _, at in bounds))
    source = Sql(f"SELECT r.row FROM report AS r WHERE {test.text}", test.parameters)  # noqa: S608 - constant names
    return Sieve(test, test, source)


def _not_new(status: ReportStatus) -> Sieve:
    return only_test(
        Sql("r.status = ?", (status.value,)),
        Sql(
            "SELECT row FROM report INDEXED BY report_not_new WHERE status <> 'new' AND status = ?",
            (status.value,),
        ),
    )


_SHARING = only_test(
    Sql("EXISTS (SELECT 1 FROM sharing_report AS x WHERE x.row = r.row)"),
    Sql("SELECT row FROM sharing_report"),
)
_STATES: Mapping[Is, Sieve] = {
    Is.NEW: only_test(Sql("r.status = 'new'")),
    Is.CORRECTED: _not_new(ReportStatus.CORRECTED),
    Is.WITHDRAWN: _not_new(ReportStatus.WITHDRAWN),
    Is.DUPLICATE: _SHARING,
    Is.HELD: only_test(Sql(f"r.row IN ({_HELD_ROWS})"), Sql(_HELD_ROWS)),
    Is.FLAGGED: FLAGGED,
    Is.EXPORTED: EXPORTED,
    Is.IMPORTED: IMPORTED,
    Is.KNOWN: of_report(IsState(Is.KNOWN)),
    Is.HARMLESS: of_report(IsState(Is.HARMLESS)),
}


def _state(state: Is, asking: Asking) -> Sieve:
    match state:
        case Is.UNDECIDED:
            return class_as_seen((str(UNDECIDED),), has_overlay=asking.has_overlay)
        case Is.DECIDED:
            return negated(_state(Is.UNDECIDED, asking))
        case Is.ASSIGNED_TO_ME:
            return is_assigned_to(asking.asker)
        case Is.OVERDUE:
            raise ValueError("what is overdue is told by the unit's rules, before it comes here")
        case _:
            return _STATES[state]


def _thing(thing: Has) -> Sieve:
    match thing:
        case Has.MEDIA:
            return only_test(Sql("r.media_count > 0"))
        case Has.ACTION:
            return only_test(Sql("r.last_action IS NOT NULL"))
        case Has.IMAGE | Has.VIDEO:
            return only_test(has_kind((thing.value,)))
        case Has.MATCH:
            return anyone([of_report(IsState(state)) for state in (Is.KNOWN, Is.HARMLESS)])
        case Has.NOTE:
            return has_note()
        case Has.LINK:
            return _SHARING
