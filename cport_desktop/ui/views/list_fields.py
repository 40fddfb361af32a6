"""Which hash list is meant: one that the portal told of, or another by its name."""

from __future__ import annotations

from collections.abc import Callable

from cport_desktop.ui.portal_acts import ToldList
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.widgets.named_choice import NamedChoice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import portal_acts as say

Told = Callable[[ToldList | None], None]


class ListFields:
    """The choice of a list in a dialog, and what it is known to hold."""

    def __init__(self, dialog: ActDialog, seat: Seat, *, told: Told) -> None:
        """`told` hears which list is meant now, None if nothing is known of it."""
        self._told = told
        self._lists: tuple[ToldList, ...] = ()
        self.names: NamedChoice = dialog.add_name(
            say.LIST,
            choose=say.CHOOSE_LIST,
            another=say.ANOTHER_LIST,
            placeholder=say.LIST_PLACEHOLDER,
        )
        self._holds = PlainLabel(role="caption", wraps=True)
        self._holds.hide()
        dialog.add(self._holds)
        self.names.changed.connect(self._tell)
        seat.lanes.reading.ask(
            dialog,
            seat.session.portal_acts.hash_lists,
            then=self._offer,
            otherwise=dialog.refuse,
        )

    def meant(self) -> ToldList | None:
        """The list that is meant, if the portal told of it."""
        name = self.names.name()
        return next((told for told in self._lists if told.list_id == name), None)

    def _offer(self, lists: tuple[ToldList, ...]) -> None:
        self._lists = lists
        self.names.offer(
            [(told.list_id, say.list_named(told.list_id, told.name)) for told in lists]
        )
        self._tell()

    def _tell(self) -> None:
        meant = self.meant()
        algorithms = () if meant is None else meant.algorithms
        self._holds.setVisible(bool(algorithms))
        words = (say.ALGORITHMS.get(each, each) for each in algorithms)
        self._holds.say(say.list_takes(", ".join(words)))
        self._told(meant)
