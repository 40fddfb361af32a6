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

`host:`, `assigned:`, `ip:`, `asn:`, `provider:` speak of the source item; `domain:` and `url:`
of any content item (`domain:` takes a whole host name too); `kind:`, digests and `has:image`
of any media item; `action:` of any action; `hotline:` takes a number or a part of a name.
"""

from __future__ import annotations

from dataclasses import dataclass

from cport_desktop.domain.query import (
    Between,
    Condition,
    Field,
    FieldContains,
    FieldIs,
    Has,
    HasThing,
    Is,
    IsState,
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
from cport_desktop.vault.sieve import Sieve, Sql, negated, only_test, within

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


def sieves(query: Query, *, has_overlay: bool) -> Sieves:
    """The SQL of `query`. `has_overlay`: some report is overlaid by unsettled assessments."""
    words = [c for c in query.conditions if isinstance(c, Words)]
    others = [c for c in query.conditions if not isinstance(c, Words)]
    return Sieves(
        words=Sql("?", (words_expression(words),)) if words else None,
        others=tuple(_sieve(condition, has_overlay=has_overlay) for condition in others),
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


def _sieve(condition: Condition, *, has_overlay: bool) -> Sieve:  # noqa: PLR0911 - one arm for each kind, to the end
    match condition:
        case FieldIs(Field.LIST) | Within():
            return of_report(condition)
        case Not(inner):
            return negated(_sieve(inner, has_overlay=has_overlay))
        case Words():
            return words_sieve(Sql("?", (words_expression([condition]),)))
        case FieldIs(field, values):
            return field_is(field, values, has_overlay=has_overlay)
        case FieldContains(field, text):
            return _url_part(text) if field is Field.URL else _provider_part(text)
        case Between():
            return _between(condition)
        case IsState(state):
            return _state(state, has_overlay=has_overlay)
        case HasThing(thing):
            return _thing(thing)


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
    column = "r.received_at" if span.field is Field.RECEIVED else "r.updated_at"
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


def _state(state: Is, *, has_overlay: bool) -> Sieve:  # noqa: PLR0911 - one arm for each state
    match state:
        case Is.NEW:
            return only_test(Sql("r.status = 'new'"))
        case Is.CORRECTED | Is.WITHDRAWN:
            status = (ReportStatus(state.value).value,)
            return only_test(
                Sql("r.status = ?", status),
                Sql(
                    "SELECT row FROM report INDEXED BY report_not_new"
                    " WHERE status <> 'new' AND status = ?",
                    status,
                ),
            )
        case Is.UNDECIDED:
            return class_as_seen((str(UNDECIDED),), has_overlay=has_overlay)
        case Is.DECIDED:
            return negated(class_as_seen((str(UNDECIDED),), has_overlay=has_overlay))
        case Is.DUPLICATE:
            return only_test(
                Sql("EXISTS (SELECT 1 FROM sharing_report AS x WHERE x.row = r.row)"),
                Sql("SELECT row FROM sharing_report"),
            )
        case Is.KNOWN | Is.HARMLESS:
            return of_report(IsState(state))
        case Is.HELD:
            return only_test(Sql(f"r.row IN ({_HELD_ROWS})"), Sql(_HELD_ROWS))


def _thing(thing: Has) -> Sieve:
    match thing:
        case Has.MEDIA:
            return only_test(Sql("r.media_count > 0"))
        case Has.ACTION:
            return only_test(Sql("r.last_action IS NOT NULL"))
        case Has.IMAGE | Has.VIDEO:
            return only_test(has_kind((thing.value,)))
