"""What is remembered across reports, and the queue, as records and as lines."""

from __future__ import annotations

from cport_desktop.cli import records
from cport_desktop.cli.answer import Json, Record
from cport_desktop.cli.printing import safe, table
from cport_desktop.clock import iso_utc
from cport_desktop.domain.hosts import defanged
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.memory import Because, Memory, Outcome, Remembered
from cport_desktop.domain.priority import Met, Queued, Reason
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.words import memory as words
from cport_desktop.words import priority


def remembered(one: Remembered, taxonomy: Taxonomy) -> Record:
    """One reason why other reports belong to a report."""
    return {
        "id": one.because.value,
        "because": one.because.value,
        "sentence": words.because(one.because.value, one.reports, is_more=one.is_more),
        "shared": list(one.shared),
        "reports": one.reports,
        "earlier": one.earlier,
        "is_more": one.is_more,
        "decided": [
            {"class": taxonomy["classification"].label(code), "reports": count}
            for code, count in one.decided
        ],
        "undecided": one.undecided,
        "examples": [_outcome(each, taxonomy) for each in one.examples],
    }


def memory_text(memory: Memory, taxonomy: Taxonomy) -> str:
    """All reasons, each with what came of the reports."""
    parts = [_reason_text(one, taxonomy) for one in memory.reasons] or [words.NOTHING]
    return "\n\n".join([*parts, *([] if memory.is_whole else [words.NOT_WHOLE])])


def queued(one: Queued, taxonomy: Taxonomy) -> Record:
    """A place in the queue, with its report."""
    return {
        **records.report_row(one.row, taxonomy),
        "points": one.place.points,
        "reasons": [_reason(each) for each in one.place.reasons],
    }


def reason_sentence(met: Met) -> str:
    """Why, with what there is to tell of it."""
    return priority.reason(
        met.rule.value,
        until="" if met.until is None else iso_utc(met.until),
        other="" if met.other is None else report_reference(met.other),
        count=met.count,
    )


def _reason(reason: Reason) -> Record:
    met = reason.met
    return {
        "rule": met.rule.value,
        "points": reason.points,
        "sentence": reason_sentence(met),
        "until": None if met.until is None else iso_utc(met.until),
        "other": None if met.other is None else report_reference(met.other),
    }


def _outcome(one: Outcome, taxonomy: Taxonomy) -> Record:
    return {
        "id": report_reference(one.report_id),
        "received_at": iso_utc(one.received_at),
        "hotline_id": one.hotline,
        "status": one.status.value,
        "classification": one.classification,
        "classification_label": records.classification_label(one.classification, taxonomy),
        "action": one.action,
        "action_label": None if one.action is None else taxonomy["action"].label(one.action),
        "acted_at": None if one.acted_at is None else iso_utc(one.acted_at),
    }


def _reason_text(one: Remembered, taxonomy: Taxonomy) -> str:
    classes = [(taxonomy["classification"].label(code), count) for code, count in one.decided]
    lines = [words.because(one.because.value, one.reports, is_more=one.is_more)]
    if one.shared:
        lines.append(safe(", ".join(_shared(one, taxonomy))))
    lines.append(words.decided(classes, one.undecided, is_more=one.is_more))
    examples = [
        (
            report_reference(each.report_id),
            iso_utc(each.received_at),
            _outcome_text(each, taxonomy),
            each.status.value,
        )
        for each in one.examples
    ]
    return "\n".join([*lines, table(("Report", "Received (UTC)", "Outcome", "Status"), examples)])


def _shared(one: Remembered, taxonomy: Taxonomy) -> list[str]:
    match one.because:
        case Because.SAME_PAYMENT:
            return [_payment(text, taxonomy) for text in one.shared]
        case Because.SAME_LAYOUT:
            return list(one.shared)
        case _:
            return [defanged(text) for text in one.shared]


def _payment(text: str, taxonomy: Taxonomy) -> str:
    site, _, methods = text.partition(":")
    told = [taxonomy["site_type"].label(int(site))]
    told += [taxonomy["payment_method"].label(int(code)) for code in methods.split(",")]
    return " · ".join(told)


def _outcome_text(one: Outcome, taxonomy: Taxonomy) -> str:
    label: Json = None if one.action is None else taxonomy["action"].label(one.action)
    return words.outcome(
        records.classification_label(one.classification, taxonomy),
        None if label is None else str(label),
        None if one.acted_at is None else iso_utc(one.acted_at),
    )
