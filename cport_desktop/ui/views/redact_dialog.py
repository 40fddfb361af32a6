"""Redacting one file: places are drawn over the glass or set by numbers, each with why, and kept.

Rules:
1. The picture is veiled until somebody looks, as everywhere: at the levels, for the seconds and with the
   reasons that the agreement wants; every look is on record and counted. Nobody has to look.
2. What is drawn is the analyst's draft with every change, until it is kept or thrown away: Escape and a
   lock lose nothing of it.
3. What is kept stands for every item with the same bytes, and for every package from then on.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, DraftPlace, RedactionFields
from cport_desktop.domain.ids import media_reference
from cport_desktop.domain.kept_redaction import (
    Burned,
    FileRedaction,
    KeptRedaction,
    RedactionWay,
)
from cport_desktop.domain.media_item import MediaItem, MediaKind
from cport_desktop.domain.redaction import LONGEST_REASON, Rectangle
from cport_desktop.ui.looking import Looking
from cport_desktop.ui.redacting_places import Places
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import WIDTH, AskingDialog
from cport_desktop.ui.widgets import redaction_fields
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.glass import Glass
from cport_desktop.ui.widgets.look_panel import LookPanel
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.redaction_glass import RedactionGlass
from cport_desktop.words import redaction_page as say

_WIDE: Final = 1060
_BESIDE: Final = 340
"""Points of the fields beside the glass."""
_GLASS_HEIGHT: Final = 400


class RedactDialog(AskingDialog):
    """About one item, whose file is here.

    Signals:
        looked(object): the item was looked at; a `domain.exposure.Look`.
    """

    looked = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        seat: Seat,
        item: MediaItem,
        veil: QImage | None,
        kept: KeptRedaction | None,
    ) -> None:
        super().__init__(
            parent,
            title=say.title(media_reference(item.media_id)),
            intro=say.INTRO,
            act=say.KEEP,
            synthetic=seat.session.nature.is_synthetic,
        )
        self._seat = seat
        self._item = item
        self._place = place_of(item)
        self._is_picture = can_be_drawn_over(item)
        self.places = Places((item.width or 1, item.height or 1), self)
        self.panel = LookPanel(seat, height=_GLASS_HEIGHT, make_glass=self._glass)
        self.fields = redaction_fields.RedactionFields(self.places)
        self.why = text_field(say.WHY, say.WHY_HERE)
        self.why.setMaxLength(LONGEST_REASON)
        self.ways: dict[RedactionWay, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._whole_why = QWidget()
        self._lay_out_all()
        self._begin_with(kept)
        self.panel.show_item(item, veil)
        self._connect()
        self.keep_what_is_written()
        self.on_give(self._keep)
        self._bind_keys()

    @property
    def way(self) -> RedactionWay:
        """What is to be destroyed."""
        return next(way for way, made in self.ways.items() if made.isChecked())

    def open(self) -> None:
        """Over the window, ready to draw on the glass."""
        super().open()
        self.focus(self.panel.glass if self._is_picture else self.why)

    def discard(self) -> None:
        """Throw away what was drawn here, and close; what is kept stays."""
        if not self.is_working():
            self._seat.drafting.end(self._place)
            self.close()

    # -- keeping

    def _keep(self) -> None:
        redaction = self._drawn()
        if redaction is None:
            return
        work = partial(
            self._seat.session.redacting.keep, self._item.media_id, redaction, self._place
        )
        self.work(self._seat.lanes.acting, work, then=self._kept)

    def _kept(self, _changes: Changes) -> None:
        self._seat.drafting.end(self._place)
        self.accept()

    def _drawn(self) -> FileRedaction | None:
        """What is filled in; None where something is missing, which is said."""
        if self.way is not RedactionWay.PIXELS:
            if self.why.text().strip():
                return FileRedaction(self.way, reason=self.why.text())
            self.complain(say.NEEDS_WHY, self.why)
            return None
        if not self.places.all:
            self.complain(say.NEEDS_PLACE, self.panel.glass)
            return None
        for number, each in enumerate(self.places.all):
            if not each.reason.strip():
                self.places.choose(number)
                self.complain(say.NEEDS_WHY, self.fields.reason)
                return None
        return FileRedaction(self.way, self.places.all)

    # -- the draft

    def _begin_with(self, kept: KeptRedaction | None) -> None:
        draft = self._seat.drafting.latest(self._place)
        redaction = None if kept is None else kept.redaction
        if isinstance(draft, RedactionFields):
            redaction = redaction_drawn(draft)
            self.tell(say.AGAIN)
        usual = RedactionWay.PIXELS if self._is_picture else RedactionWay.LEFT_OUT
        way = usual if redaction is None else redaction.way
        self.ways[way if self.ways[way].isEnabled() else usual].setChecked(True)
        if redaction is not None:
            self.places.lay(redaction.burned)
            self.why.setText(redaction.reason)
        self._show_way()

    def _note(self) -> None:
        self._seat.drafting.keep(
            self._place, draft_of(FileRedaction(self.way, self.places.all, self.why.text()))
        )

    def _show_way(self) -> None:
        is_drawn = self.way is RedactionWay.PIXELS
        self.fields.setVisible(is_drawn)
        self._whole_why.setVisible(not is_drawn)
        self._zooms.setVisible(is_drawn)
        self._how.setVisible(is_drawn)
        self.fit()

    def _change_way(self, is_on: bool) -> None:
        if is_on:
            self._show_way()
            self._note()

    # -- laying out

    def _glass(self, looking: Looking, height: int) -> Glass:
        if not self._is_picture:
            return Glass(looking, height=height)
        return RedactionGlass(looking, self.places, height=height)

    def _connect(self) -> None:
        self.places.changed.connect(self._note)
        self.places.full.connect(partial(self.complain, say.FULL))
        self.why.textChanged.connect(self._note)
        for made in self.ways.values():
            made.toggled.connect(self._change_way)
        self.panel.looking.looked.connect(self.looked)
        for field in (self.fields.reason, self.why):
            field.returnPressed.connect(self.give)
        bind_key(say.DISCARD_KEY, self, self.discard, everywhere=True)

    def _bind_keys(self) -> None:
        """The keys of places, which work wherever the focus is."""
        if not isinstance(self.panel.glass, RedactionGlass):
            return
        glass = self.panel.glass
        for key, act in (
            (say.NEW_KEY, self.places.add_in_the_middle),
            (say.REMOVE_KEY, self.places.remove),
            (say.CLOSER_KEY, glass.closer),
            (say.FURTHER_KEY, glass.further),
            (say.WHOLE_KEY, glass.whole),
        ):
            bind_key(key, self, act, everywhere=True)

    def _lay_out_all(self) -> None:
        room = self.screen().availableGeometry().width() - 2 * 24
        is_wide = room >= _WIDE
        self.setFixedWidth(_WIDE if is_wide else min(WIDTH, max(room, 320)))
        whole = QWidget()
        row = QBoxLayout(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom, whole
        )
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        row.addWidget(self._picture(), 1)
        beside = self._beside()
        if is_wide:
            beside.setFixedWidth(_BESIDE)
        row.addWidget(beside)
        self.add(whole)

    def _picture(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.panel)
        self._zooms = QWidget()
        row = FlowLayout(self._zooms, gap=6)
        if isinstance(self.panel.glass, RedactionGlass):
            glass = self.panel.glass
            for label, act, key in (
                (say.CLOSER, glass.closer, say.CLOSER_KEY),
                (say.FURTHER, glass.further, say.FURTHER_KEY),
                (say.WHOLE, glass.whole, say.WHOLE_KEY),
            ):
                row.addWidget(button(label, act, kind="small", key=key))
            row.addWidget(PlainLabel(say.sides(*self.places.sides), role="caption"))
        self._how = PlainLabel(say.HOW_TO_DRAW, role="caption", wraps=True)
        column.addWidget(self._zooms)
        column.addWidget(self._how)
        column.addStretch()
        return side

    def _beside(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(section(say.HOW))
        for way in RedactionWay:
            made = QRadioButton(say.WAYS[way.value])
            made.setAccessibleName(say.WAYS[way.value])
            made.setEnabled(self._is_picture or way is RedactionWay.LEFT_OUT)
            self._group.addButton(made)
            self.ways[way] = made
            column.addWidget(made)
        if not self._is_picture:
            column.addWidget(PlainLabel(why_not_drawn_over(self._item), role="caption", wraps=True))
        column.addWidget(self.fields)
        reason = QVBoxLayout(self._whole_why)
        reason.setContentsMargins(0, 0, 0, 0)
        reason.setSpacing(6)
        why = section(say.WHY)
        why.setWordWrap(True)
        reason.addWidget(why)
        reason.addWidget(self.why)
        column.addWidget(self._whole_why)
        column.addWidget(button(say.DISCARD, self.discard, kind="small", key=say.DISCARD_KEY))
        column.addStretch()
        return side


def place_of(item: MediaItem) -> DraftPlace:
    """Where the draft about an item lies."""
    return DraftPlace(DraftKind.REDACTION, media=item.media_id)


def can_be_drawn_over(item: MediaItem) -> bool:
    """It is one picture, which is decoded here, and its size is known."""
    is_one = item.kind is MediaKind.IMAGE and (item.pictures or 1) == 1
    return is_one and item.cannot_show is None and None not in (item.width, item.height)


def why_not_drawn_over(item: MediaItem) -> str:
    """Why nothing can be drawn over it."""
    is_one = item.kind is MediaKind.IMAGE and (item.pictures or 1) == 1
    return say.CANNOT_DECODE if is_one else say.NO_PICTURE


def draft_of(redaction: FileRedaction) -> RedactionFields:
    """As it is kept while it is unfinished."""
    return RedactionFields(
        redaction.way.value,
        tuple(
            (at.left, at.top, at.width, at.height, each.reason)
            for each in redaction.burned
            for at in (each.rectangle,)
        ),
        redaction.reason,
    )


def redaction_drawn(draft: RedactionFields) -> FileRedaction:
    """The inverse; places that are none are left out."""
    burned: list[Burned] = []
    for *sides, reason in draft.places:
        left, top, width, height = (int(each) for each in sides)
        if min(left, top) >= 0 and min(width, height) >= 1:
            burned.append(Burned(Rectangle(left, top, width, height), str(reason)))
    known = draft.way in set(RedactionWay)
    way = RedactionWay(draft.way) if known else RedactionWay.PIXELS
    return FileRedaction(way, tuple(burned), draft.reason)


def ask_taking_back(over: QWidget, seat: Seat, item: MediaItem) -> AskingDialog:
    """Asks why what is kept of an item may go again, and takes it back."""
    dialog = AskingDialog(
        over,
        title=say.take_back_title(media_reference(item.media_id)),
        intro=say.TAKE_BACK_INTRO,
        act=say.TAKE_BACK_ACT,
        synthetic=seat.session.nature.is_synthetic,
    )
    why = text_field(say.TAKE_BACK_WHY)
    dialog.add_field(say.TAKE_BACK_WHY, why)

    def give() -> None:
        if not why.text().strip():
            dialog.complain(say.NEEDS_WHY, why)
        else:
            work = partial(seat.session.redacting.take_back, item.media_id, why.text())
            dialog.work(seat.lanes.acting, work)

    dialog.on_give(give)
    return dialog
