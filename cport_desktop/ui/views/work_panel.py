"""What a unit put on one thing, and where more is put on it: flag, tags, cases, tasks, notes.

Rules:
1. A note is written in its place. It closes when it is kept; if it is refused, every word stays. One
   note is written at a time: another one is changed when the one that was begun is kept or empty.
2. What is typed is a draft at once, by the thing that it is about, and outlives a lock.
3. After each act the panel shows what is there now, whoever put it there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import DraftKind, NoteFields, Typed
from cport_desktop.domain.kept_text import LONGEST_TAG
from cport_desktop.domain.note import Note, NoteId
from cport_desktop.domain.rows import Page
from cport_desktop.domain.task import TaskId
from cport_desktop.domain.work import WorkOn
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.choose_case import ask_case
from cport_desktop.ui.views.kept_fields import place_about
from cport_desktop.ui.views.note_card import NoteCard, show_versions
from cport_desktop.ui.views.task_dialog import ask_task
from cport_desktop.ui.widgets.controls import bind_key, button, clear_layout
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.note_box import NoteBox
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.tag_chips import TagChips
from cport_desktop.ui.widgets.task_lines import TaskLines
from cport_desktop.words import cases_page as say
from cport_desktop.words import window, writing
from cport_desktop.words.errors import explain

FLAG_KEY, TAG_KEY, NOTE_KEY, TASK_KEY, CASE_KEY = "Alt+F", "Alt+T", "Alt+N", "Alt+K", "Alt+C"


class WorkPanel(QWidget):
    """Of one thing. Dialogs belong to `over`, which outlives the page of it.

    Signals:
        changed(object): `Changes` after an act.
        case_wanted(int): open the case of this number.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    changed = Signal(object)
    case_wanted = Signal(int)
    lock_wanted = Signal()

    def __init__(self, about: About, seat: Seat, *, over: QWidget) -> None:
        super().__init__()
        self._about = about
        self._seat = seat
        self._over = over
        self._seen: WorkOn | None = None
        self._errands: dict[str, Errand] = {}
        self._place = place_about(DraftKind.NOTE, about)
        self._last_offered = ""
        self._notice = Notice()
        self._flag = button(say.FLAG, self.turn_flag, kind="small", key=FLAG_KEY)
        self._flagged = PlainLabel(role="strong", tone="grave", wraps=True)
        self._flagged.hide()
        self._nothing = PlainLabel(say.NO_WORK, role="muted", wraps=True)
        self._nothing.hide()
        self._chips = TagChips()
        self._chips.tag_off.connect(self.untag)
        self._chips.case_wanted.connect(self.case_wanted)
        self._word = self._make_tag_field()
        self._tasks = TaskLines(seat.clock)
        self._tasks.done.connect(self._finish_task)
        self.box = NoteBox(is_kept=seat.drafting.can_keep)
        self.box.given.connect(self._keep_note)
        self.box.typed.connect(self._keep_draft)
        self.box.left.connect(self.box.close_editor)
        self._back = QWidget()
        self._notes = QVBoxLayout()
        self._notes.setSpacing(6)
        self._lay_out()
        self._go_on_writing()
        self.refresh()

    @property
    def about(self) -> About:
        return self._about

    @property
    def seen(self) -> WorkOn | None:
        """What is on the thing, as it was loaded last."""
        return self._seen

    # -- acts, by button or key

    def turn_flag(self) -> None:
        """Flag it, or take the flag off."""
        if self._seen is not None:
            marks = self._seat.session.working.marks
            turn = marks.flag if self._seen.flag is None else marks.unflag
            self._act(partial(turn, (self._about,)))

    def ask_tag(self) -> None:
        """A field for a tag, with the known ones completed in it."""
        self._word.show()
        self._word.setFocus(Qt.FocusReason.OtherFocusReason)

    def untag(self, name: str) -> None:
        """Take a tag off."""
        self._act(partial(self._seat.session.working.marks.untag, (self._about,), name))

    def write_note(self) -> None:
        """A box for a new note, or for the one that was begun."""
        if not self.box.is_open:
            draft = self._seat.drafting.latest(self._place)
            self.box.edit(draft if isinstance(draft, NoteFields) else NoteFields())

    def ask_task(self) -> None:
        """Ask what is to be done about it."""
        ask_task(self._over, self._seat, self._about, self._done, self.lock_wanted.emit)

    def ask_case(self) -> None:
        """Ask which case it is to be put into."""
        ask_case(self._over, self._seat, (self._about,), self._done, self.lock_wanted.emit)

    def step_back(self) -> bool:
        """Leave what was being done, if anything; whether something was."""
        if self._word.isVisibleTo(self):
            self._leave_tag()
            return True
        if self.box.is_open:
            self.box.close_editor()
            return True
        return False

    def refresh(self) -> None:
        """What is there now; no older answer comes over it."""
        for errand in self._errands.values():
            errand.cancel()
        self._errands["seen"] = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.working.on, self._about),
            then=self._show,
            otherwise=self._notice.tell,
        )

    # -- showing

    def _show(self, seen: WorkOn) -> None:
        self._seen = seen
        self._flag.setText(_labelled(say.FLAG if seen.flag is None else say.UNFLAG, FLAG_KEY))
        self._flag.setAccessibleName(say.FLAG if seen.flag is None else say.UNFLAG)
        self._flagged.setVisible(seen.flag is not None)
        if seen.flag is not None:
            at = figures.moment_in_prose(seen.flag.at)
            self._flagged.say(say.flagged_by(seen.flag.by, at))
        self._chips.show_marks(seen.tags, seen.cases)
        self._tasks.show_tasks(seen.tasks, seen.tasks_count)
        self._show_notes(seen.notes)
        is_bare = not (seen.tags or seen.cases or seen.tasks or seen.notes.rows or seen.flag)
        self._nothing.setVisible(is_bare and not self.box.is_open)

    def _show_notes(self, page: Page[Note]) -> None:
        clear_layout(self._notes)
        self._add_notes(page)

    def _add_notes(self, page: Page[Note]) -> None:
        own = self._seat.session.analyst
        for note in page.rows:
            card = NoteCard(note, is_own=note.made_by == own)
            card.change_wanted.connect(partial(self._change_note, note))
            card.back_wanted.connect(partial(self._take_back, note.note_id))
            card.versions_wanted.connect(partial(self._show_versions, note.note_id))
            self._notes.addWidget(card)
        if page.next_cursor is not None:
            cursor = page.next_cursor
            more = button(say.MORE_NOTES, lambda: self._more_notes(more, cursor), kind="quiet")
            self._notes.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _more_notes(self, more: QPushButton, cursor: str) -> None:
        more.hide()
        self._errands["notes"] = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.working.notes.more, self._about, cursor),
            then=self._add_notes,
            otherwise=self._notice.tell,
        )

    def _show_versions(self, note_id: NoteId) -> None:
        show_versions(self._over, self._seat, note_id, self.lock_wanted.emit)

    # -- notes

    def _go_on_writing(self) -> None:
        """What was being written when the vault was locked is open again."""
        draft = self._seat.drafting.latest(self._place)
        if isinstance(draft, NoteFields) and draft.text.text.strip():
            self.box.edit(draft)
            self.box.clearFocus()

    def _change_note(self, note: Note) -> None:
        begun = self._seat.drafting.latest(self._place)
        if not isinstance(begun, NoteFields) or not begun.text.text.strip():
            end = len(note.text)
            begun = NoteFields(Typed(note.text, end, end), note.note_id)
        self.box.close_editor()
        self.box.edit(begun)
        if begun.note_id != note.note_id:
            self.box.complain(writing.OTHER_NOTE_BEGUN)

    def _keep_draft(self) -> None:
        if self.box.is_blank():
            self._seat.drafting.end(self._place)
        else:
            self._seat.drafting.keep(self._place, self.box.content())

    def _keep_note(self, fields: NoteFields) -> None:
        notes, text = self._seat.session.working.notes, fields.text.text
        work: Callable[[], tuple[Note, Changes]]
        if fields.note_id:
            work = partial(notes.change, NoteId(fields.note_id), text, self._place)
        else:
            work = partial(notes.add, self._about, text, self._place)
        self.box.wait(is_waiting=True)  # Until it is answered: it would be kept twice.
        ask = self._seat.lanes.acting.ask
        ask(self._over, work, then=self._kept, otherwise=self._refuse_note)

    def _kept(self, answer: tuple[Note, Changes]) -> None:
        # The page of the thing may be gone by now; the draft ends all the same.
        self._seat.drafting.end(self._place)
        if isValid(self):
            self.box.wait(is_waiting=False)
            self.box.close_editor()
        self._done(answer[1])

    def _refuse_note(self, error: CportError) -> None:
        if not isValid(self):
            self._seat.lanes.acting.went_wrong.emit(
                error
            )  # The draft is there; whoever wrote it hears.
            return
        told = explain(error)
        self.box.wait(is_waiting=False)
        self.box.complain(f"{told.message} {told.hint}")
        self.box.take_focus()

    def _take_back(self, note_id: NoteId) -> None:
        working = self._seat.session.working
        self._act(
            partial(working.notes.take_back, note_id), then=partial(self._offer_back, note_id)
        )

    def _offer_back(self, note_id: NoteId) -> None:
        """A note that was taken back by mistake is one press away."""
        layout = self._back.layout()
        if layout is not None:
            clear_layout(layout)
            layout.addWidget(PlainLabel(say.TAKEN_BACK, role="muted", wraps=True))
            put_back = partial(self._seat.session.working.notes.put_back, note_id)
            layout.addWidget(button(say.PUT_BACK, partial(self._act, put_back), kind="quiet"))
            self._back.show()

    # -- acting

    def _finish_task(self, task_id: str) -> None:
        self._act(partial(self._seat.session.working.tasks.finish, TaskId(task_id)))

    def _tag(self) -> None:
        name = self._word.text().strip()
        if name:
            work = partial(self._seat.session.working.marks.tag, (self._about,), name)
            self._act(work, otherwise=partial(self._refuse_tag, name))
        self._leave_tag()

    def _refuse_tag(self, name: str, error: CportError) -> None:
        self._notice.tell(error)
        if not self._word.isVisibleTo(self):
            self._word.setText(name)
            self.ask_tag()

    def _leave_tag(self) -> None:
        self._word.clear()
        self._word.hide()

    def _act(
        self,
        work: Callable[[], Changes],
        then: Callable[[], None] | None = None,
        otherwise: Callable[[CportError], None] | None = None,
    ) -> None:
        self._notice.dismiss()
        self._back.hide()

        def done(changes: Changes) -> None:
            if then is not None:
                then()
            self._done(changes)

        refuse = otherwise or self._notice.tell
        self._seat.lanes.acting.ask(self, work, then=done, otherwise=refuse)

    def _done(self, changes: Changes) -> None:
        if isValid(self):
            self.refresh()
            self.changed.emit(changes)

    # -- laying out

    def _make_tag_field(self) -> QLineEdit:
        field = text_field(say.NEW_TAG, say.TAG_PLACEHOLDER)
        field.setMaxLength(LONGEST_TAG)
        field.returnPressed.connect(self._tag)
        field.textEdited.connect(self._complete)
        bind_key("Escape", field, self._leave_tag)
        field.hide()
        return field

    def _complete(self, typed: str) -> None:
        """What the most used tag with this beginning adds stands selected behind the cursor."""
        if not typed or self._word.cursorPosition() < len(typed):
            return
        self._seat.lanes.reading.ask(
            self._word,
            partial(self._seat.session.working.marks.names, typed, 1),
            then=partial(self._offer_name, typed),
        )

    def _offer_name(self, typed: str, names: tuple[str, ...]) -> None:
        is_still_there = self._word.text() == typed and typed != self._last_offered
        if names and is_still_there and len(names[0]) > len(typed):
            self._word.setText(typed + names[0][len(typed) :])
            self._word.setSelection(len(typed), len(names[0]) - len(typed))
        self._last_offered = typed

    def _lay_out(self) -> None:
        acts = QWidget()
        row = FlowLayout(acts, gap=6)
        row.addWidget(self._flag)
        offered = [
            (say.TAG, TAG_KEY, self.ask_tag),
            (say.NOTE, NOTE_KEY, self.write_note),
            (say.TASK, TASK_KEY, self.ask_task),
        ]
        if self._about.kind is not AboutKind.CASE:
            offered.append((say.PUT_INTO_CASE, CASE_KEY, self.ask_case))
        for label, key, act in offered:
            row.addWidget(button(label, act, kind="small", key=key))
            bind_key(key, self, act, everywhere=True)
        bind_key(FLAG_KEY, self, self.turn_flag, everywhere=True)
        self._back.setLayout(FlowLayout(self._back, gap=6))
        self._back.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (
            acts,
            self._notice,
            self._flagged,
            self._chips,
            self._word,
            self._nothing,
            self._tasks,
            self.box,
            self._back,
        ):
            column.addWidget(part)
        column.addLayout(self._notes)


def _labelled(label: str, key: str) -> str:
    return window.key_named(label, key)
