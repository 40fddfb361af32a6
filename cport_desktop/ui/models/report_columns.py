"""The columns of the reports table: a row into words, glyphs and tones."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtGui import QFontMetricsF

from cport_desktop.clock import Clock
from cport_desktop.domain.ids import HotlineId, report_reference
from cport_desktop.domain.report import ReportStatus
from cport_desktop.domain.rows import ReportRow, ReportSort
from cport_desktop.domain.takedown import NOBODY_WAITS, standing_of
from cport_desktop.domain.taxonomy import BASELINE, NATIONAL, NOT_ILLEGAL, UNDECIDED, Taxonomy
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.models.report_more_columns import more_report_columns
from cport_desktop.ui.plain_text import domain_copied, one_line
from cport_desktop.ui.theme import figures_font
from cport_desktop.words import hotline_acts
from cport_desktop.words import window as say
from cport_desktop.words.operations import takedown_sentence

_GLYPHS = {BASELINE: "●", NATIONAL: "◆", NOT_ILLEGAL: "○"}
_CLASS_WIDTH, _WIDEST_CLASS = 108, 176
_AROUND = 16
"""Pixels that a cell keeps free at both sides of its words."""
_TONES = {BASELINE: "gravest", NATIONAL: "grave", NOT_ILLEGAL: "lightest"}


def class_glyph(classification: int) -> str:
    return _GLYPHS.get(classification, "–")


def class_tone(classification: int) -> str:
    """Name of the theme's colour that goes with the glyph and the word."""
    return _TONES.get(classification, "muted")


def class_words(classification: int, taxonomy: Taxonomy) -> str:
    """Glyph and word: `● Baseline`."""
    if classification == UNDECIDED:
        return f"{class_glyph(classification)} {say.UNDECIDED}"
    return f"{class_glyph(classification)} {taxonomy['classification'].label(classification)}"


def hosted_in(row: ReportRow) -> str:
    country = one_line(row.hosting_country or say.DASH)
    return f"{country} · {say.DELIVERY_NETWORK}" if row.is_delivery_network else country


def takedown_told(row: ReportRow, clock: Clock) -> str:
    """How it stands with the takedown, in a sentence; nothing while nobody waits or was asked to."""
    found = standing_of(row.takedown, now=clock.now())
    if found.until is None or not hotline_acts.mark(found.state.value):
        return ""
    return takedown_sentence(found.state.value, figures.moment_in_prose(found.until))


def report_columns(
    taxonomy: Taxonomy, clock: Clock, hotline: Callable[[HotlineId], str] = str
) -> tuple[Column[ReportRow], ...]:
    """Columns whose words come from `taxonomy`; `clock` says which takedown holds are over, `hotline`
    what one is called. Behind the usual ones stand those that are shown when they are asked for.
    """

    def classified(row: ReportRow) -> str:
        words = class_words(row.classification, taxonomy)
        return f"{words} ↑" if row.is_overlaid else words

    def referred(row: ReportRow) -> str:
        reference = report_reference(row.report_id)
        if row.takedown == NOBODY_WAITS:
            return reference
        state = standing_of(row.takedown, now=clock.now()).state
        return f"{reference} {hotline_acts.mark(state.value)}".rstrip()

    def referred_aloud(row: ReportRow) -> str:
        told = takedown_told(row, clock)
        reference = report_reference(row.report_id)
        return f"{reference}. {told}" if told else reference

    def stands(row: ReportRow) -> str:
        state = say.REPORT_STATES[row.status.value]
        told = takedown_told(row, clock)
        return f"{state}\n{told}" if told else state

    return (
        Column(
            say.RECEIVED,
            lambda row: figures.moment(row.received_at),
            width=136,
            hover=lambda row: figures.universal(row.received_at),
            sort=ReportSort.RECEIVED.value,
            name="received_at",
            told=("received_at",),
        ),
        Column(
            say.REFERENCE,
            referred,
            width=116,
            tone=_state_tone,
            hover=stands,
            spoken=referred_aloud,
            sort=ReportSort.REFERENCE.value,
            name="id",
            told=("id",),
        ),
        Column(
            say.DOMAIN,
            lambda row: one_line(row.domain),
            share=1.4,
            tone=_state_tone,
            hover=lambda row: row.host,
            sort=ReportSort.DOMAIN.value,
            name="domain",
            told=("domain",),
            copied=_domain,
        ),
        Column(
            say.HOST,
            hosted_in,
            width=74,
            sort=ReportSort.HOST.value,
            name="hosting_country",
            told=("hosting_country", "is_delivery_network"),
        ),
        Column(
            say.PROVIDER,
            # By its name alone, as it is sorted by; the number of its network is in the hover.
            lambda row: one_line(
                row.provider or say.autonomous_system(row.autonomous_system, row.provider)
            ),
            tone=lambda _row: "muted",
            hover=lambda row: one_line(
                f"{say.autonomous_system(row.autonomous_system, row.provider)} "
                f"{row.ip_address or ''}"
            ),
            sort=ReportSort.PROVIDER.value,
            name="provider",
            told=("provider", "autonomous_system"),
        ),
        Column(
            say.MEDIA,
            lambda row: figures.count(row.media_count) if row.media_count else "",
            width=56,
            is_spare=True,
            tone=lambda _row: "muted",
            is_number=True,
            name="media_count",
            told=("media_count",),
        ),
        Column(
            say.CLASS,
            classified,
            width=_class_width(taxonomy),
            tone=lambda row: class_tone(row.classification),
            hover=lambda row: say.OVERLAID if row.is_overlaid else "",
            sort=ReportSort.CLASSIFICATION.value,
            name="classification",
            told=("classification_label", "is_overlaid"),
        ),
        *more_report_columns(taxonomy, hotline),
    )


def _class_width(taxonomy: Taxonomy) -> int:
    """As many pixels as the longest of the usual words needs in the language that is spoken, an assessment
    of one's own marked.
    """
    metrics = QFontMetricsF(figures_font())
    usual = [class_words(UNDECIDED, taxonomy)]
    usual += [f"{class_words(code, taxonomy)} ↑" for code in _GLYPHS]
    needed = max(map(metrics.horizontalAdvance, usual))
    return min(max(_CLASS_WIDTH, math.ceil(needed) + _AROUND), _WIDEST_CLASS)


def _domain(row: ReportRow, is_exact: bool) -> str:
    return domain_copied(row.domain, is_exact=is_exact)


def _state_tone(row: ReportRow) -> str | None:
    return "muted" if row.status is ReportStatus.WITHDRAWN else None
