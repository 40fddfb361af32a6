"""One note: who wrote it and when, what it says, and what its writer can do with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cport_desktop.domain.note import Note, NoteId, NoteVersion
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import LONGEST_SHOWN, in_parts
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import button
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import cases_page as say
from cport_desktop.words.writing import READ_WHOLE

_VERSIONS_HEIGHT = 320


class NoteCard(QFrame):
    """Foreign or not, its words are plain text.

    Signals:
        change_wanted(), back_wanted(), versions_wanted(): what its buttons say.
    """

    change_wanted = Signal()
    back_wanted = Signal()
    versions_wanted = Signal()

    def __init__(self, note: Note, *, is_own: bool) -> None:
        super().__init__()
        self.setProperty("card", "true")
        at = note.changed_at or note.made_at
        head = PlainLabel(
            say.note_head(note.made_by, figures.moment_in_prose(at), note.versions), role="caption"
        )
        set_plain_tip(head, figures.universal(at))
        acts = QWidget()
        row = FlowLayout(acts, gap=2)
        is_cut = len(note.text) > LONGEST_SHOWN
        if is_cut:
            row.addWidget(button(READ_WHOLE, self.versions_wanted.emit, kind="quiet"))
        if note.versions > 1:
            row.addWidget(button(say.VERSIONS, self.versions_wanted.emit, kind="quiet"))
        if is_own:
            row.addWidget(button(say.CHANGE, self.change_wanted.emit, kind="quiet"))
            row.addWidget(button(say.TAKE_BACK, self.back_wanted.emit, kind="quiet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(PlainLabel(note.text, wraps=True, can_be_copied=True))
        column.addWidget(acts)
        acts.setVisible(is_own or note.versions > 1 or is_cut)


def show_versions(over: QWidget, seat: Seat, note_id: NoteId, lock: Callable[[], None]) -> None:
    """All that a note has said, over the window."""
    dialog = AskingDialog(
        over,
        title=say.VERSIONS_TITLE,
        intro=say.VERSIONS_INTRO,
        act="",
        synthetic=seat.session.nature.is_synthetic,
    )
    dialog.lock_wanted.connect(lock)
    dialog.set_act_visible(is_visible=False)
    page = ScrollColumn(say.VERSIONS_TITLE)
    page.setFixedHeight(_VERSIONS_HEIGHT)
    dialog.add(page)
    seat.lanes.reading.ask(
        dialog,
        partial(seat.session.working.notes.versions, note_id),
        then=partial(_lay_versions, page),
        otherwise=dialog.refuse,
    )
    dialog.open()


def _lay_versions(page: ScrollColumn, versions: tuple[NoteVersion, ...]) -> None:
    for version in reversed(versions):
        head = say.note_head(version.by, figures.moment_in_prose(version.at), version.version)
        page.add(PlainLabel(head, role="caption"), space_before=4)
        for part in in_parts(version.text):
            page.add(PlainLabel(part, wraps=True, can_be_copied=True))
