"""Links: what the network that this machine is on may carry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.link import ANY_LINK, Link, MediaPolicy
from cport_desktop.ui.models.transfer_columns import link_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.fields import secret_field, text_field
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.words import transfers_page as say

_KILO, _MEGA = 1_000, 1_000_000


class LinksSection(PageSection):
    """One link is in use, or none of those that were named."""

    title = say.LINKS
    intro = say.LINKS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._in_use = ANY_LINK.name
        self._use = self.add_act(say.USE, "Alt+U", self.use, kind="primary")
        self._use_none = self.add_act(say.USE_NONE, "Alt+N", partial(self._take, None))
        self.add_act(say.NEW, "Alt+A", partial(self.ask_link, None))
        self._change = self.add_act(say.CHANGE, "Alt+G", self._ask_change)
        self._remove = self.add_act(say.REMOVE, "Alt+R", self._ask_remove)
        self.list = Listing[Link](
            say.LINKS,
            link_columns(lambda: self._in_use),
            seat.theme,
            empty=(say.NO_LINKS, say.NO_LINKS_HELP),
        )
        self._column.addWidget(self.list, 1)
        self.list.chosen_changed.connect(self._offer)
        self.list.row_opened.connect(self.ask_link)
        self._offer()

    def refresh(self) -> None:
        self.load(self._seat.session.exchanging.links.listed, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def use(self) -> None:
        """The chosen link is in use from the next exchange on."""
        line = self.list.chosen()
        if line is not None:
            self._take(line.name)

    def ask_link(self, known: Link | None) -> None:
        """Ask what a link may carry; `known` is the one that changes."""
        dialog = self.ask(title=say.LINK_TITLE, intro=say.LINK_INTRO, act=say.KEEP)
        name = text_field(say.NAME)
        name.setText("" if known is None else known.name)
        name.setReadOnly(known is not None)
        media = Choice(say.MEDIA)
        media.addItems([say.POLICIES[policy.value] for policy in MediaPolicy])
        cap, largest = text_field(say.CAP_FIELD), text_field(say.LARGEST_FIELD)
        proxy = secret_field(say.PROXY_FIELD)
        proxy.setPlaceholderText(say.PROXY_PLACEHOLDER)
        if known is not None:
            media.setCurrentIndex(list(MediaPolicy).index(known.media))
            cap.setText(_shown(known.bytes_per_second, _KILO))
            largest.setText(_shown(known.largest_file, _MEGA))
        for label, field in (
            (say.NAME, name),
            (say.MEDIA, media),
            (say.CAP_FIELD, cap),
            (say.LARGEST_FIELD, largest),
        ):
            dialog.add_field(label, field)
        kept = known is not None and known.proxy is not None
        dialog.add_field(say.PROXY_FIELD, proxy, hint=say.PROXY_KEPT if kept else "")

        def give() -> None:
            if not name.text().strip():
                dialog.complain(say.NEEDS_NAME, name)
                return
            for field in (cap, largest):
                if not _is_number(field):
                    dialog.complain(say.NEEDS_NUMBER, field)
                    return
            link = Link(
                name=name.text().strip(),
                media=list(MediaPolicy)[media.currentIndex()],
                bytes_per_second=_number(cap, _KILO),
                largest_file=_number(largest, _MEGA),
                proxy=proxy.text().strip() or (None if known is None else known.proxy),
            )
            keep = partial(self._seat.session.exchanging.links.keep, link)
            dialog.work(self._seat.lanes.acting, keep)

        dialog.on_give(give)
        dialog.ended.connect(self._done)
        dialog.open()
        dialog.focus(name if known is None else media)

    def _ask_change(self) -> None:
        self.ask_link(self.list.chosen())

    def _ask_remove(self) -> None:
        line = self.list.chosen()
        if line is not None:
            self._do(partial(self._seat.session.exchanging.links.remove, line.name))

    def _take(self, name: str | None) -> None:
        self._do(partial(self._seat.session.exchanging.links.use, name))

    def _do(self, work: Callable[[], None]) -> None:
        self._notice.dismiss()
        self._seat.lanes.acting.ask(self, work, then=self._done, otherwise=self.refuse)

    def _done(self, _answer: object) -> None:
        self.refresh()
        self.changed.emit(Changes.AUDIT)

    def _show(self, found: tuple[tuple[Link, ...], Link]) -> None:
        links, used = found
        self._in_use = used.name
        self.list.show_rows(links, same=lambda one, other: one.name == other.name)
        name = say.ANY if used == ANY_LINK else used.name
        self.tell(say.in_use(name))
        self._offer()

    def _offer(self) -> None:
        line = self.list.chosen()
        for made in (self._change, self._remove):
            made.setEnabled(line is not None)
        self._use.setEnabled(line is not None and line.name != self._in_use)
        self._use_none.setEnabled(self._in_use != ANY_LINK.name)


def _shown(number: int | None, unit: int) -> str:
    return "" if number is None else f"{number // unit}"


def _is_number(field: QLineEdit) -> bool:
    text = field.text().strip()
    return not text or (text.isascii() and text.isdigit() and len(text) < 12)


def _number(field: QLineEdit, unit: int) -> int | None:
    text = field.text().strip()
    return int(text) * unit if text else None
