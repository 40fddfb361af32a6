"""Erasing, with friction: what goes, why, and the count typed by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import ReportId
from cport_desktop.ui import figures
from cport_desktop.ui.keeping_lines import DueList, EraseDone, EraseOrder, ErasePreview
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.fields import text_field, typed_number
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import vault_page as say

_TOUCHED = Changes.REPORTS | Changes.MEDIA | Changes.OPERATIONS | Changes.AUDIT

Changed = Callable[[Changes], None]


def ask_erase_due(
    dialog: AskingDialog, seat: Seat, due: DueList, number: int, changed: Changed
) -> None:
    """Fill `dialog` with what erasing all that is due asks for, and open it."""
    dialog.add(PlainLabel(say.erase_what(number), role="strong", wraps=True))
    read = text_field(say.DATE_READ, say.DATE_PLACEHOLDER)
    if due.doubt is not None:
        told = say.clock_doubted(due.clock.isoformat(), due.doubt)
        dialog.add(PlainLabel(told, tone="grave", wraps=True))
        dialog.add_field(say.DATE_READ, read, hint=say.DATE_HINT)
    typed = _count_field(dialog, number)

    def give() -> None:
        count, day = _number(typed), _date(read)
        if due.doubt is not None and day is None:
            dialog.complain(say.NO_DATE, read)
        elif count is None:
            dialog.complain(say.type_count(number), typed)
        else:
            work = partial(seat.session.keeping.erase_due, count, day)
            dialog.work(seat.lanes.acting, work, then=partial(_done, dialog, changed))

    dialog.on_give(give)
    dialog.open()


def ask_erase(
    dialog: AskingDialog, seat: Seat, reports: tuple[ReportId, ...], changed: Changed
) -> None:
    """Open `dialog`, count what erasing `reports` by order would take, then ask for it."""
    told = PlainLabel(say.COUNTING, role="strong", wraps=True)
    dialog.add(told)

    def show(preview: ErasePreview) -> None:
        size = figures.size(preview.media_bytes)
        told.say(say.erase_what(preview.reports, preview.media, size, preview.media_kept))
        if preview.held:
            dialog.add(PlainLabel(say.erase_held(preview.held), tone="gravest", wraps=True))
            dialog.fit()
            return
        _ask_order(dialog, seat, reports, preview, changed)

    seat.lanes.reading.ask(
        dialog,
        partial(seat.session.keeping.preview_erasure, reports),
        then=show,
        otherwise=dialog.refuse,
    )
    dialog.open()


def _ask_order(
    dialog: AskingDialog,
    seat: Seat,
    reports: tuple[ReportId, ...],
    preview: ErasePreview,
    changed: Changed,
) -> None:
    reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
    dialog.add_field(say.REASON, reason)
    forced = _offer(dialog, preview.unsettled, say.forced)
    searches = _offer(dialog, preview.searches, say.with_searches)
    kept_searches = _offer(dialog, preview.kept_searches, say.with_kept_searches)
    kept_aside = _offer(dialog, preview.kept_aside, say.with_kept_aside)
    typed = _count_field(dialog, preview.reports)

    def give() -> None:
        count = _number(typed)
        if not reason.text().strip():
            dialog.complain(say.NEEDS_REASON, reason)
        elif count is None:
            dialog.complain(say.type_count(preview.reports), typed)
        else:
            order = EraseOrder(
                reports=reports,
                count=count,
                reason=reason.text().strip(),
                is_forced=forced.isChecked(),
                with_searches=searches.isChecked(),
                with_kept_searches=kept_searches.isChecked(),
                with_kept_aside=kept_aside.isChecked(),
            )
            work = partial(seat.session.keeping.erase, order)
            dialog.work(seat.lanes.acting, work, then=partial(_done, dialog, changed))

    dialog.on_give(give)
    dialog.fit()
    dialog.focus(reason)


def _done(dialog: AskingDialog, changed: Changed, outcome: EraseDone) -> None:
    told = say.erased(
        outcome.erasures, outcome.reports, outcome.media, is_finished=outcome.is_finished
    )
    dialog.conclude(told, tone="lightest" if outcome.is_finished else "grave")
    changed(_TOUCHED)


def _offer(dialog: AskingDialog, number: int, words: Callable[[int], str]) -> QCheckBox:
    """A box for what may go as well; not there if there is nothing."""
    box = QCheckBox(words(number))
    box.setAccessibleName(words(number))
    if number:
        dialog.add(box)
    return box


def _count_field(dialog: AskingDialog, number: int) -> QLineEdit:
    typed = text_field(say.type_count(number), say.COUNT_PLACEHOLDER)
    dialog.add_field(say.type_count(number), typed)
    return typed


def _number(field: QLineEdit) -> int | None:
    return typed_number(field.text())


def _date(field: QLineEdit) -> date | None:
    try:
        return date.fromisoformat(field.text().strip())
    except ValueError:
        return None
