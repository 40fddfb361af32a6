"""The lists: which are here, one read in from a file, one withdrawn, all matched."""

from __future__ import annotations

from functools import partial

from cport_desktop.domain.agreement import Function
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.known import KnownList
from cport_desktop.domain.roles import Role
from cport_desktop.domain.rows import Page
from cport_desktop.domain.short_lists import HASH_LISTS
from cport_desktop.ui.knowing import Knowing, ReadLine, ReadOrder
from cport_desktop.ui.models.hash_list_columns import hash_list_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.list_leaving_acts import ListLeavingActs, is_ours
from cport_desktop.ui.views.list_reading_form import ListReadingForm
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.views.portal_asking import PortalAsking
from cport_desktop.ui.views.rows_line import RowsLine
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import hash_lists_page as say
from cport_desktop.words import known_acts as acts
from cport_desktop.words import rows_line as words


class HashListsSection(PagedSection[KnownList]):
    """A list of the portal is withdrawn by the portal; one's own here."""

    title = say.LISTS
    intro = say.INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.add_act(say.READ_IN, "Alt+R", self.read_in, kind="primary")
        self.add_act(say.MATCH, "Alt+M", self.match)
        self.acts = ListLeavingActs(
            seat,
            self.add_act,
            ask=self.ask,
            chosen=lambda: self.list.chosen(),  # noqa: PLW0108 - the list comes later
            changed=self.lists_changed,
            may_export=self.may(Role.EXPORTER),
        )
        if not self.may(Role.EXPORTER):
            self.say_needs(Role.EXPORTER, acts.EXPORTING)
        self._asking = PortalAsking(seat, over=self)
        self._asking.changed.connect(self.changed)
        self._asking.lock_wanted.connect(self.lock_wanted)
        self._contribute = self.add_act(acts.CONTRIBUTE, "Alt+C", self.contribute)
        self._withdraw = self.add_act(say.WITHDRAW, "Alt+W", self.withdraw)
        self._absent = PlainLabel(role="caption", wraps=True)
        self._column.addWidget(self._absent)
        self.strip = WorkStrip(say.LISTS, seat.lanes.tending, seat.clock)
        self._column.addWidget(self.strip)
        self._asked = RowsLine(words.HASH_LISTS, words.HASH_LISTS_PLACEHOLDER, HASH_LISTS.names)
        self.ask_by(self._asked, none_found=(words.NO_HASH_LIST, words.ASK_LESS))
        self._column.addWidget(self._asked)
        self.list_pages(
            hash_list_columns(),
            self._page,
            same=lambda one, other: one.list_id == other.list_id,
            empty=(say.NO_LISTS, say.NO_LISTS_HELP),
        )
        self.list.table.kept_as = "hash_lists"
        self.list.chosen_changed.connect(self._offer)
        self._offer()

    @property
    def knowing(self) -> Knowing:
        return self._seat.session.knowing

    def read_in(self) -> None:
        """Ask for a file; try it, and read it in when the person says so again."""
        dialog = self.ask(title=say.READ_TITLE, intro=say.READ_INTRO, act=say.TRY)
        strip = WorkStrip(say.READ_TITLE, self._seat.lanes.tending, self._seat.clock)
        ListReadingForm(
            dialog,
            strip,
            attempt=lambda order: partial(self.knowing.attempt, order),
            read_in=self.begin_reading,
            is_busy=lambda: self.strip.is_running,
        ).open()

    def begin_reading(self, order: ReadOrder) -> None:
        """Read the file in, beside the work that goes on; stopped, nothing of it is kept."""
        self._begin()
        work = partial(self.knowing.read_in, order)
        self.strip.begin(work, then=self._read, otherwise=self.refuse)

    def match(self) -> None:
        """Match what is due, and say what came of it."""
        self._begin()
        self.strip.begin(self.knowing.match, then=self._matched, otherwise=self.refuse)

    def withdraw(self) -> None:
        """Tell what withdrawing the chosen list would change, and do it when that is wanted."""
        self.acts.withdraw()

    def contribute(self) -> None:
        """Put a contribution of all that is on the chosen list to a shared one together."""
        row = self.list.chosen()
        if row is not None and row.is_standing:
            self._asking.contribute_list(row)

    def refresh(self) -> None:
        told = self._asking.why_not(Function.HASHLIST_CONTRIBUTE)
        self._absent.say("\n".join(told))
        self._absent.setVisible(bool(told))
        self._contribute.setVisible(self._asking.may(Function.HASHLIST_CONTRIBUTE))
        super().refresh()

    def lists_changed(self) -> None:
        """Lists are others now, and so may be what is known of media and reports."""
        self.refresh()
        self.changed.emit(Changes.MEDIA | Changes.REPORTS)

    def _page(self, limit: int, after: str | None) -> Page[KnownList]:
        return self.knowing.page(self._asked.asked_for, limit, after)

    def _begin(self) -> None:
        self._notice.dismiss()
        self.tell("")

    def _read(self, line: ReadLine) -> None:
        told = say.read_in(line.name, line.accepted, line.rejected, line.duplicates)
        self.tell(f"✓ {told} {say.found(line.hits)}")
        self.lists_changed()

    def _matched(self, hits: int) -> None:
        self.tell(say.found(hits))
        self.lists_changed()

    def _offer(self) -> None:
        row = self.list.chosen()
        self._withdraw.setEnabled(row is not None and is_ours(row))
        self._contribute.setEnabled(row is not None and row.is_standing)
        self.acts.offer()
