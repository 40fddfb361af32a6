"""The fields of a dialog, kept as they are typed: through a lock, and when the dialog is left.

Rules:
1. What is other than the dialog found it is a draft at once (`ui.drafting`). If nothing is, there is none.
2. Who opens the dialog again for the same thing finds it in the fields, and a sentence that says so, with
   a button that brings back what was there before.
3. It ends with the act, which takes the place along and ends it in its own transaction.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from cport_desktop.domain.about import About, AboutKind
from cport_desktop.domain.draft import AskedFields, DraftKind, DraftPlace, Typed
from cport_desktop.domain.ids import MediaId, ReportId
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.day_field import DayField
from cport_desktop.ui.widgets.person_choice import PersonChoice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.typing_places import lay_on, lay_typed, typed_in, typed_on
from cport_desktop.words import kept_fields as say
from cport_desktop.words import locking
from cport_desktop.words.hotline_acts import KEPT

TextField = QLineEdit | QPlainTextEdit


class KeptFields(QObject):
    """Of one dialog, which has all of them already, as it found things."""

    def __init__(
        self,
        dialog: AskingDialog,
        seat: Seat,
        place: DraftPlace,
        *texts: TextField,
        person: PersonChoice | None = None,
        day: DayField | None = None,
    ) -> None:
        super().__init__(dialog)
        self._drafting = seat.drafting
        self.place = place
        self._texts = texts
        self._person = person
        self._day = day
        self._found = [_typed(field).text for field in texts]
        self._found_name = "" if person is None else person.name()
        self._begun = QWidget()
        self._anew = button(say.BEGIN_ANEW, self.begin_anew, kind="small", key=say.ANEW_KEY)
        bind_key(say.ANEW_KEY, dialog, self._anew.click, everywhere=True)
        dialog.keep_what_is_written()
        line = QHBoxLayout(self._begun)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(PlainLabel(say.BEGUN_BEFORE, role="muted", wraps=True), 1)
        line.addWidget(self._anew)
        dialog.add(self._begun)
        told = KEPT if self._drafting.can_keep else locking.FEEDBACK_NOT_KEPT
        dialog.add(PlainLabel(told, role="caption", wraps=True))
        begun = self._drafting.latest(place)
        self._offer_anew(begun if isinstance(begun, AskedFields) else None)
        self._watch()

    def begin_anew(self) -> None:
        """The fields are as the dialog found things; there is no draft any more."""
        self._lay(AskedFields())
        self._offer_anew(None)

    def end(self) -> None:
        """It was done."""
        self._drafting.end(self.place)

    def _offer_anew(self, begun: AskedFields | None) -> None:
        if begun is not None:
            self._lay(begun)
        self._begun.setVisible(begun is not None)
        self._anew.setEnabled(
            begun is not None
        )  # Its key does nothing either where it is not seen.

    def _lay(self, fields: AskedFields) -> None:
        texts = (*fields.texts, *([None] * len(self._texts)))
        for field, found, typed in zip(self._texts, self._found, texts, strict=False):
            end = len(found)
            _lay(field, Typed(found, end, end) if typed is None else typed)
        if self._person is not None:
            self._person.lay(self._found_name if fields.name is None else fields.name)
        if self._day is not None:
            self._day.lay(fields.day)

    def _watch(self) -> None:
        for field in self._texts:
            field.textChanged.connect(self._keep)
            field.cursorPositionChanged.connect(self._keep)
        if self._person is not None:
            self._person.currentIndexChanged.connect(self._keep)
        if self._day is not None:
            self._day.changed.connect(self._keep)

    def _keep(self, *_what: object) -> None:
        content = self._content()
        if content.is_blank:
            self._drafting.end(self.place)
        else:
            self._drafting.keep(self.place, content)

    def _content(self) -> AskedFields:
        typed = [_typed(field) for field in self._texts]
        name = "" if self._person is None else self._person.name()
        return AskedFields(
            tuple(
                None if each.text == found else each
                for each, found in zip(typed, self._found, strict=True)
            ),
            None if name == self._found_name else name,
            None if self._day is None else self._day.moment(),
        )


def place_about(kind: DraftKind, about: About) -> DraftPlace:
    """Where what is written about a thing lies."""
    match about.kind:
        case AboutKind.REPORT:
            return DraftPlace(kind, report=ReportId(about.number))
        case AboutKind.MEDIA:
            return DraftPlace(kind, media=MediaId(about.number))
        case AboutKind.CASE:
            return DraftPlace(kind, case=about.number)
        case _:
            return DraftPlace(kind)


def _typed(field: TextField) -> Typed:
    return typed_on(field) if isinstance(field, QLineEdit) else typed_in(field)


def _lay(field: TextField, typed: Typed) -> None:
    if isinstance(field, QLineEdit):
        lay_on(field, typed)
    else:
        lay_typed(field, typed)
