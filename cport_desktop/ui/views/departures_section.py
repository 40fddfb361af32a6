"""What left, and who has to be told since: copies of what was corrected or withdrawn."""

from __future__ import annotations

from functools import partial

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.disclosure import Affected, EnteredDisclosure, Handling
from cport_desktop.domain.roles import Role
from cport_desktop.ui.models.departure_columns import affected_columns, departure_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.words import departures_page as say


class DeparturesSection(PagedSection[EnteredDisclosure]):
    """The register, the newest first."""

    title = say.LEFT
    intro = say.LEFT_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.list_pages(
            departure_columns(),
            seat.session.exchanging.departures.page,
            same=lambda one, other: one.disclosure_id == other.disclosure_id,
            empty=(say.NOTHING_LEFT, say.NOTHING_LEFT_HELP),
        )


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
