"""What this agency suggested for the “Worst of” list, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cport_desktop.domain.worst_of import Suggestion
from cport_desktop.ui import figures
from cport_desktop.ui.models.worst_columns import (
    readable,
    suggestion_columns,
    suggestion_outcome,
    version_named,
)
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.widgets.facts import FactGrid, section
from cport_desktop.ui.widgets.panes import DetailPane
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import iwol_page as say
from cport_desktop.words import labels, outbox_page, portal_acts
from cport_desktop.words import operations as operation_words

_PANE_HEIGHT = 230


class SuggestionsSection(PagedSection[Suggestion]):
    """Beneath the list stands all of the chosen one.

    Signals:
        query_wanted(str): show the reports that this query finds.
        outbox_wanted(): show the operations.
    """

    query_wanted = Signal(str)
    outbox_wanted = Signal()

    title = say.SUGGESTIONS
    intro = say.SUGGESTIONS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._open = self.add_act(say.OPEN_REPORTS, say.OPEN_REPORTS_KEY, self.open_reports)
        self.add_act(say.OPEN_OUTBOX, say.OPEN_OUTBOX_KEY, self.outbox_wanted.emit)
        self.list_pages(
            suggestion_columns(),
            seat.session.worst.suggestions,
            same=_same,
            empty=(say.NO_SUGGESTIONS, say.NO_SUGGESTIONS_HELP),
        )
        self.list.table.kept_as = "suggestions"
        self._detail = DetailPane(self.list, [400, _PANE_HEIGHT])
        self._column.addWidget(self._detail, 1)
        self.list.chosen_changed.connect(self._show_chosen)
        self.list.row_opened.connect(lambda _line: self.open_reports())
        self._show_chosen()

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table, self._detail.pane)

    def open_reports(self) -> None:
        """Show the reports that are about the chosen domain."""
        line = self.list.chosen()
        if line is not None:
            self.query_wanted.emit(f"domain:{line.body.domain}")

    def _show_chosen(self) -> None:
        line = self.list.chosen()
        self._open.setEnabled(line is not None)
        pane = ScrollColumn(say.SUGGESTIONS)
        if line is not None:
            _fill(pane, line)
        self._detail.tell(pane, is_shown=line is not None)


def _fill(pane: ScrollColumn, line: Suggestion) -> None:
    row = line.row
    reason = "" if row.reason is None else operation_words.reason_sentence(row.reason)
    settled = None if row.settled_at is None else figures.moment_in_prose(row.settled_at)
    state = outbox_page.state(row.state.value, labels.operation_state(row.state.value))
    pane.add(PlainLabel(readable(line.body.domain), role="heading", can_be_copied=True))
    pane.add(
        FactGrid(
            (
                (say.STATE, state),
                (say.ANSWER, reason),
                (outbox_page.SETTLED, settled),
                (say.OUTCOME, suggestion_outcome(line) or say.NO_OUTCOME),
                (say.CRITERIA_TEXT, version_named(line.body.criteria_version)),
                (say.NOTE, line.body.note),
            )
        )
    )
    pane.add(section(say.CRITERIA), space_before=6)
    texts = portal_acts.CRITERIA_OF.get(line.body.criteria_version, {})
    for each in line.body.criteria:
        told = say.criterion(
            texts.get(each.code, each.code), portal_acts.STATES[each.state.value], each.note
        )
        pane.add(PlainLabel(told, wraps=True, can_be_copied=True))


def _same(one: Suggestion, other: Suggestion) -> bool:
    return one.row.operation.operation_id == other.row.operation.operation_id
