"""Dialogs of cases: opened, changed, closed, opened again, filled by a query. What is typed in them is kept
(`views.kept_fields`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cport_desktop.domain.case import Case, CaseState
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, DraftPlace
from cport_desktop.domain.kept_text import LONGEST_TITLE
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.kept_fields import KeptFields
from cport_desktop.ui.widgets.careful_editor import CarefulEditor
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.person_choice import PersonChoice
from cport_desktop.ui.working import CaseLine, PutLine
from cport_desktop.words import cases_page as say

_SUMMARY_HEIGHT = 110

Ask = Callable[..., AskingDialog]
"""`PageSection.ask`: a dialog over the window."""


@dataclass(frozen=True, slots=True)
class Told:
    """To whom it is told what came of a dialog: the case that there is now, and what changed."""

    case: Callable[[int, Changes], None]


def ask_new(ask: Ask, seat: Seat, told: Told) -> AskingDialog:
    """What a new case is called, and what it is about."""
    dialog = ask(title=say.NEW_TITLE, intro=say.NEW_INTRO, act=say.NEW_ACT)
    title = text_field(say.CASE_TITLE, say.TITLE_PLACEHOLDER)
    title.setMaxLength(LONGEST_TITLE)
    summary = _summary(dialog, "")
    dialog.add_field(say.CASE_TITLE, title)
    dialog.add_field(say.SUMMARY, summary)
    kept = KeptFields(dialog, seat, DraftPlace(DraftKind.NEW_CASE), title, summary)

    def give() -> None:
        if not title.text().strip():
            dialog.complain(say.NEEDS_TITLE, title)
            return
        begin = seat.session.working.cases.begin
        work = partial(begin, title.text(), summary.toPlainText(), kept.place)
        dialog.work(seat.lanes.acting, work)

    def ended(answer: tuple[Case, Changes]) -> None:
        kept.end()
        told.case(answer[0].number, answer[1])

    dialog.on_give(give)
    dialog.ended.connect(ended)
    dialog.open()
    return dialog


def ask_edit(ask: Ask, seat: Seat, case: Case, told: Told) -> AskingDialog:
    """Another title, summary or lead."""
    dialog = ask(title=say.EDIT_TITLE, intro="", act=say.EDIT_ACT)
    title = text_field(say.CASE_TITLE, say.TITLE_PLACEHOLDER)
    title.setMaxLength(LONGEST_TITLE)
    title.setText(case.title)
    summary = _summary(dialog, case.summary)
    now = "" if case.lead is None else str(case.lead.name)
    lead = PersonChoice(say.LEAD, nobody=say.NOBODY, now=now)
    dialog.add_field(say.CASE_TITLE, title)
    dialog.add_field(say.SUMMARY, summary)
    dialog.add_field(say.LEAD, lead)
    place = DraftPlace(DraftKind.CASE_CHANGE, case=case.number)
    kept = KeptFields(dialog, seat, place, title, summary, person=lead)

    def give() -> None:
        if not title.text().strip():
            dialog.complain(say.NEEDS_TITLE, title)
            return
        name, text = title.text(), summary.toPlainText()
        chosen = lead.name()
        line = CaseLine(
            None if name == case.title else name,
            None if text == case.summary else text,
            chosen or None,
            leads=chosen != now,
            draft=place,
        )
        change = partial(seat.session.working.cases.change, case.number, line)
        dialog.work(seat.lanes.acting, change)

    def ended(changes: Changes) -> None:
        kept.end()
        told.case(case.number, changes)

    dialog.on_give(give)
    dialog.ended.connect(ended)
    seat.lanes.reading.ask(dialog, seat.session.working.colleagues, then=lead.offer)
    dialog.open()
    return dialog


def ask_turn(ask: Ask, seat: Seat, case: Case, told: Told) -> AskingDialog:
    """Why it is to be closed, or opened again."""
    cases = seat.session.working.cases
    if case.state is CaseState.OPEN:
        dialog = ask(title=say.CLOSE_TITLE, intro=say.CLOSE_INTRO, act=say.CLOSE_ACT)
        turn, kind = cases.close, DraftKind.CASE_CLOSE
    else:
        dialog = ask(title=say.REOPEN_TITLE, intro="", act=say.REOPEN_ACT)
        turn, kind = cases.reopen, DraftKind.CASE_REOPEN
    reason = text_field(say.REASON, say.REASON_PLACEHOLDER)
    dialog.add_field(say.REASON, reason)
    kept = KeptFields(dialog, seat, DraftPlace(kind, case=case.number), reason)

    def give() -> None:
        if not reason.text().strip():
            dialog.complain(say.NEEDS_REASON, reason)
            return
        dialog.work(seat.lanes.acting, partial(turn, case.number, reason.text(), kept.place))

    def ended(changes: Changes) -> None:
        kept.end()
        told.case(case.number, changes)

    dialog.on_give(give)
    dialog.ended.connect(ended)
    dialog.open()
    return dialog


def ask_query(ask: Ask, seat: Seat, case: Case, told: Told) -> AskingDialog:
    """Which reports are to be put in: counted first, and put in when the same is given once more."""
    dialog = ask(title=say.QUERY_TITLE, intro=say.QUERY_INTRO, act=say.QUERY_ACT)
    query = text_field(say.QUERY, say.QUERY_PLACEHOLDER, is_mono=True)
    query.setMaxLength(10_000)
    dialog.add_field(say.QUERY, query)
    kept = KeptFields(dialog, seat, DraftPlace(DraftKind.CASE_QUERY, case=case.number), query)
    cases, counted = seat.session.working.cases, dict[str, int]()

    def show(text: str, count: int) -> None:
        counted.clear()
        counted[text] = count
        dialog.tell(say.found(count))

    def conclude(answer: tuple[PutLine, Changes]) -> None:
        line, changes = answer
        kept.end()
        dialog.conclude(f"✓ {say.put(line.added, line.already, line.case.reference)}")
        told.case(case.number, changes)

    def give() -> None:
        text = query.text().strip()
        if not text:
            dialog.complain(say.NEEDS_QUERY, query)
        elif text in counted:
            work = partial(cases.put_found, case.number, text, counted[text], kept.place)
            dialog.work(seat.lanes.acting, work, then=conclude)
        else:
            dialog.work(
                seat.lanes.reading, partial(cases.count_found, text), then=partial(show, text)
            )

    dialog.on_give(give)
    dialog.open()
    return dialog


def _summary(dialog: AskingDialog, text: str) -> CarefulEditor:
    field = CarefulEditor()
    field.paste_refused.connect(dialog.complain)
    field.setAccessibleName(say.SUMMARY)
    field.setTabChangesFocus(True)
    field.setFixedHeight(_SUMMARY_HEIGHT)
    field.setPlainText(text)
    return field
