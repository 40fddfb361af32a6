"""One hit on a card of its own: which list, what it means there, and a word of one's own on the entry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.known import Hit
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.widgets.controls import button, panel
from cport_desktop.ui.widgets.facts import Fact, FactGrid
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import entry_words, list_files
from cport_desktop.words import known as words
from cport_desktop.words import known_acts as acts
from cport_desktop.words import known_page as say

MOST_SAID: Final = 5
"""Words of people here that are shown; the count tells of more."""


def hit_card(
    hit: Hit, taxonomy: Taxonomy, say_of: Callable[[Hit], None], *, key: str | None = None
) -> QWidget:
    """`say_of` asks what is to be said of the entry; `key`: does the same."""
    column = QVBoxLayout()
    column.setContentsMargins(10, 8, 10, 8)
    column.setSpacing(4)
    column.addWidget(PlainLabel(list_named(hit), role="strong", wraps=True))
    sense = acts.OF_HARMLESS if hit.is_negative else acts.OF_KNOWN
    tone = "lightest" if hit.is_negative else "muted"
    column.addWidget(PlainLabel(sense, role="caption", tone=tone, wraps=True))
    column.addWidget(FactGrid(_facts(hit, taxonomy)))
    for one in hit.said[:MOST_SAID]:
        at, by, note = figures.moment_in_prose(one.at), one_line(one.by), one_line(one.note)
        told = entry_words.said_here(one.word, by=by, at=at, note=note)
        column.addWidget(PlainLabel(told, role="caption", wraps=True))
    row = QHBoxLayout()
    spoken = acts.say_of(entry_named(hit), list_named(hit))
    row.addWidget(button(acts.SAY, partial(say_of, hit), kind="small", key=key, name=spoken))
    row.addStretch()
    column.addLayout(row)
    return panel(column, kind="card")


def list_named(hit: Hit) -> str:
    """The list and its version, on one line."""
    return one_line(f"{hit.list_name} {hit.list_version}".strip())


def entry_named(hit: Hit) -> str:
    """The entry, as people know it."""
    return one_line(hit.entry_name or hit.entry_id)


def likeness(hit: Hit) -> str:
    """By what it was found."""
    return words.likeness(hit.algorithm.word, hit.distance, hit.turn.value, hit.share)


def _facts(hit: Hit, taxonomy: Taxonomy) -> tuple[Fact, ...]:
    meant = None if hit.classification is None else hit.classification
    label = "" if meant is None else taxonomy["classification"].label(meant)
    named = " · ".join(part for part in (label, hit.entry_name or hit.entry_id) if part)
    said = ", ".join(say.feedback(word, count) for word, count in hit.feedback if count)
    return (
        (say.BY, likeness(hit)),
        (say.QUALITY, say.quality(hit.quality, hit.entry_quality)),
        (say.ENTRY, one_line(named)),
        (list_files.CATEGORY, _category(hit)),
        (say.OF_LIST, one_line(hit.entry_source or hit.list_source)),
        (say.CONFIRMED, one_line(said) or None),
        (say.FOUND, figures.moment_in_prose(hit.found_at)),
    )


def _category(hit: Hit) -> str | None:
    if hit.category is None:
        return None
    return one_line(list_files.category(hit.category, hit.category_region))
