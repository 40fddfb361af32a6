"""What left, and who has to be told since: copies of what was corrected or withdrawn."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import (
    Affected,
    DisclosureKind,
    EnteredDisclosure,
    Handling,
)
from cport_desktop.domain.roles import Role
from cport_desktop.ui.models.departure_columns import affected_columns, departure_columns
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.departed_list import DepartedListAct
from cport_desktop.ui.views.departure_papers import DeparturePapers
from cport_desktop.ui.views.holders_told import tell_holders
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.moment_field import MomentField
from cport_desktop.words import departure_papers as papers
from cport_desktop.words import departures_page as say
from cport_desktop.words import imports_page as find
from cport_desktop.words import known_acts as acts


class DeparturesSection(PagedSection[EnteredDisclosure]):
    """The register, the newest first."""

    title = say.LEFT
    intro = say.LEFT_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._departures = seat.session.exchanging.departures
        self._sought = ""
        self.search = text_field(find.SEARCH, find.SEARCH_PLACEHOLDER)
        self.search.returnPressed.connect(self.look)
        self.add_beside_acts(self.search, stretches=True)
        self.add_act(find.WHO, "Alt+W", self.ask_who)
        self._received = None
        if self.may(Role.EXPORTER):
            self._received = self.add_act(find.RECEIVED, "Alt+R", self.ask_received)
        else:
            self.say_needs(Role.EXPORTER, find.RECEIVING)
        self._withdrawal = DepartedListAct(seat, self)
        self.papers = DeparturePapers(seat, self)
        self.papers.noted.connect(self._noted)
        if self.may(Role.EXPORTER):
            self.next_row_of_acts()
            self.add_act(papers.STAMP, "Alt+T", self.papers.ask_stamp)
            self.add_act(papers.RECEIPT, "Alt+G", self.papers.ask_receipt)
        self._takes_back = self.add_act(acts.WITHDRAWAL, "Alt+Y", self.ask_withdrawal)
        self.list_pages(
            departure_columns(),
            lambda limit, after: self._departures.sought(self._sought, limit, after),
            same=lambda one, other: one.disclosure_id == other.disclosure_id,
            empty=(say.NOTHING_LEFT, say.NOTHING_LEFT_HELP),
        )
        self.list.row_opened.connect(self.papers.show)
        self.list.chosen_changed.connect(self._offer)
        self._offer()

    def look(self) -> None:
        """List what is typed; all of it for nothing."""
        self._notice.dismiss()
        self._sought = self.search.text().strip()
        self.refresh()

    def refresh(self) -> None:
        is_whole = not self._sought
        self.list.say_if_empty(self._empty if is_whole else (find.NONE_FOUND, find.NONE_FOUND_HELP))
        self.list.refresh()

    def step_back(self) -> None:
        if self._sought:
            self.search.clear()
            self.look()
        super().step_back()

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.search, self.list.table)

    def ask_who(self) -> None:
        """Ask which item is meant, and say who has it."""
        dialog = self.ask(title=find.WHO_TITLE, intro=find.WHO_INTRO, act=find.WHO_NOW)
        item = text_field(find.WHO_FIELD, find.WHO_PLACEHOLDER, is_mono=True)
        dialog.add_field(find.WHO_FIELD, item)

        def give() -> None:
            text = item.text().strip()
            if not text:
                dialog.complain(find.NEEDS_ITEM, item)
                return
            work = partial(self._departures.who, text)
            dialog.work(self._seat.lanes.reading, work, then=partial(tell_holders, dialog))

        dialog.on_give(give)
        dialog.open()

    def ask_withdrawal(self) -> None:
        """Tell what withdrawing the list that left as what is chosen would change; then it can be done."""
        line = self.list.chosen()
        if line is not None and line.kind is DisclosureKind.HASH_LIST:
            self._notice.dismiss()
            self._withdrawal.ask(line.disclosure_id)

    def ask_received(self) -> None:
        """Ask who received what is chosen, and when, as the analyst was told."""
        line = self.list.chosen()
        if line is None:
            return
        dialog = self.ask(
            title=find.RECEIVED_TITLE, intro=find.RECEIVED_INTRO, act=find.PUT_ON_RECORD
        )
        person = text_field(find.RECEIVED_BY)
        names = [each.name for each in line.recipients]
        whom = Choice(papers.FOR_WHOM)
        if len(names) > 1:
            whom.addItem(papers.CHOOSE_WHOM)
            dialog.add_field(papers.FOR_WHOM, whom)
        whom.addItems([one_line(name) for name in names])
        day = MomentField(find.RECEIVED_ON)
        day.lay(self._seat.clock.now())
        dialog.add_field(find.RECEIVED_BY, person)
        dialog.add_field(find.RECEIVED_ON, day)

        def give() -> None:
            name = person.text().strip()
            place = whom.currentIndex() - (whom.count() - len(names))
            if place < 0:
                dialog.complain(papers.NEEDS_WHOM, whom)
                return
            if not name:
                dialog.complain(find.NEEDS_PERSON, person)
                return
            number, to = line.disclosure_id, names[place]
            work = partial(self._departures.received, number, to, name, day.moment())
            dialog.work(self._seat.lanes.acting, work)

        dialog.on_give(give)
        dialog.ended.connect(self._noted)
        dialog.open()

    def _noted(self, _answer: object = None) -> None:
        self.changed.emit(Changes.DISCLOSURES | Changes.AUDIT)

    def _offer(self) -> None:
        line = self.list.chosen()
        if self._received is not None:
            self._received.setEnabled(line is not None and bool(line.recipients))
        self._takes_back.setEnabled(line is not None and line.kind is DisclosureKind.HASH_LIST)


class AffectedSection(PagedSection[Affected]):
    """Each copy until it is on record what became of it."""

    title = say.TOLD
    intro = say.TOLD_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._departures = seat.session.exchanging.departures
        self._acts_on_one = []
        if self.may(Role.EXPORTER):
            self._acts_on_one = [
                self.add_act(say.NOTIFY, "Alt+N", self.ask_notice, kind="primary"),
                self.add_act(say.HANDED_OVER, "Alt+H", partial(self._settle, Handling.HANDED_OVER)),
                self.add_act(
                    say.ACKNOWLEDGED, "Alt+A", partial(self._settle, Handling.ACKNOWLEDGED)
                ),
                self.add_act(say.NOT_NEEDED, "Alt+D", self.ask_why_not),
            ]
        else:
            self.say_needs(Role.EXPORTER, say.SETTLING)
        self.list_pages(
            affected_columns(),
            self._departures.affected,
            same=lambda one, other: one.affected_id == other.affected_id,
            empty=(say.NOBODY, say.NOBODY_HELP),
        )
        self.list.chosen_changed.connect(self._offer)
        self._offer()

    def ask_notice(self) -> None:
        """Ask where the notice to whoever has the chosen copy is to be written."""
        line = self.list.chosen()
        if line is None:
            return
        intro = say.notify_intro(line.recipient)
        dialog = self.ask(title=say.NOTIFY_TITLE, intro=intro, act=say.NOTIFY_NOW)
        target = PathField(say.NOTICE_FILE, say.NOTICE_PLACEHOLDER, Choosing.NEW_FILE)
        dialog.add_field(say.NOTICE_FILE, target)

        def give() -> None:
            path = target.path()
            if path is None:
                dialog.complain(say.NEEDS_FILE, target)
                return

            def written(copies: int) -> None:
                dialog.conclude(say.notice_written(copies, str(path)))
                self._changed()

            work = partial(self._departures.notify, line.recipient, path)
            dialog.work(self._seat.lanes.packing, work, then=written)

        dialog.on_give(give)
        dialog.open()

    def ask_why_not(self) -> None:
        """Ask why nobody need be told of the chosen copy."""
        line = self.list.chosen()
        if line is None:
            return
        dialog = self.ask(
            title=say.NOT_NEEDED_TITLE, intro=say.NOT_NEEDED_INTRO, act=say.NOT_NEEDED
        )
        why = text_field(say.WHY)
        dialog.add_field(say.WHY, why)

        def give() -> None:
            reason = why.text().strip()
            if not reason:
                dialog.complain(say.NEEDS_WHY, why)
                return
            settle = self._departures.settle
            work = partial(settle, line.affected_id, Handling.NOT_NEEDED, reason)
            dialog.work(self._seat.lanes.acting, work)

        dialog.on_give(give)
        dialog.ended.connect(self._changed)
        dialog.open()
        dialog.focus(why)

    def _settle(self, handling: Handling) -> None:
        line = self.list.chosen()
        if line is not None:
            self._notice.dismiss()
            work = partial(self._departures.settle, line.affected_id, handling, "")
            self._seat.lanes.acting.ask(self, work, then=self._changed, otherwise=self.refuse)

    def _changed(self, _answer: object = None) -> None:
        self.refresh()
        self.changed.emit(Changes.AUDIT)

    def _offer(self) -> None:
        line = self.list.chosen()
        for made in self._acts_on_one:
            made.setEnabled(line is not None and not line.handling.is_settled)
