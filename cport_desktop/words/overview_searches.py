"""Sentences of the searches that are kept, on the overview."""

from __future__ import annotations

from typing import Final

from cport_desktop.words import searches
from cport_desktop.words.tongue import amount, tr, tr_many

TITLE: Final = tr("New in saved searches")
COUNTING: Final = "…"
NONE_KEPT: Final = tr(
    "No search is kept yet. Type a query in Reports and keep it with Ctrl+Shift+Q: what is new of it is counted here."
)


def new(count: int | None, *, is_more: bool) -> str:
    """What stands at the right edge: how many are new, or a mark where that cannot be told."""
    return searches.counter(count, is_more=is_more) or amount(0)


def row_spoken(name: str, told: str) -> str:
    """A row for those who hear it: its name, what is new, and that it leads there."""
    if not told:
        return tr("Search “{name}”: nothing new. Runs it.", name=name)
    return tr("Search “{name}”: {told}. Runs it.", name=name, told=told)


def left_out(number: int) -> str:
    return tr_many(
        "{count} more is kept: Ctrl+Shift+Q in Reports shows all.",
        "{count} more are kept: Ctrl+Shift+Q in Reports shows all.",
        number,
    )
