"""Enrolment step by step: a request out, by stick or by network, and its answer in, days later.

Rules:
1. Nothing is asked of the portal before the four things that happen between people have happened.
2. The code is in no field any more when the work begins. Everything else that was filled in is a
   draft until the request is out: a wizard that was left halfway comes back as it was.
3. After a request is out, everything that the answer needs is in the vault.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import THE_ENROLMENT, EnrolmentFields
from cport_desktop.errors import CertificateRejected, CportError
from cport_desktop.ui.enrolment_lines import (
    Introduction,
    NetworkOrder,
    RequestLine,
    RequestOrder,
)
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.concluding_steps import ConcludingSteps
from cport_desktop.ui.views.steps import Step, column_of
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, secret_field, taken, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.preparations import Preparations
from cport_desktop.words import enrolment_page as say

_READY, _WHO, _WHERE, _DONE = range(4)
_WHICH, _TAKEN = range(2)


class _EnrolmentSteps(ConcludingSteps):
    """What both halves have in common: a last step that says what came of it."""

    def _last_step(self) -> Step:
        return self.last_step(say.DONE, say.CLOSE)

    def _conclude(self, step: int, verdict: str, outcome: str, following: str) -> None:
        self.say_outcome(verdict=verdict, outcome=outcome, more="", following=following)
        self.show_step(step)

    def _enrolled(self, step: int, portal: str) -> None:
        self._conclude(step, say.ENROLLED, say.enrolled_with(portal), say.ENROLLED_NEXT)
        self.changed.emit(Changes.ENROLMENT)


class RequestView(_EnrolmentSteps):
    """A request, by either road. `replaces`: one that is out already, with what was confirmed for
    it.
    """

    def __init__(self, seat: Seat, *, replaces: RequestLine | None) -> None:
        super().__init__(seat, say.REQUEST_TITLE)
        self._replaces = replaces
        before = seat.drafting.latest(THE_ENROLMENT)
        if not isinstance(before, EnrolmentFields):
            before = EnrolmentFields(confirmed=() if replaces is None else replaces.confirmed)
        self.happened = Preparations(seat.clock, seat.session.analyst, before.confirmed)
        self.station = text_field(say.STATION_NAME)
        self.agency = text_field(say.AGENCY)
        self.code = secret_field(say.CODE_FIELD)
        for field in (self.station, self.agency, self.code):
            field.returnPressed.connect(self.go_on)
        self.by_stick = QRadioButton(say.BY_STICK)
        self.by_network = QRadioButton(say.BY_NETWORK)
        self._roads = QButtonGroup(self)
        for choice in (self.by_stick, self.by_network):
            choice.setAccessibleName(choice.text())
            self._roads.addButton(choice)
        self.file = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.NEW_FILE)
        self.url = text_field(say.URL, say.URL_PLACEHOLDER, is_mono=True)
        self.authority = PathField(say.AUTHORITY, say.AUTHORITY_PLACEHOLDER, Choosing.FILE)
        for path in (self.file, self.authority):
            path.returned.connect(self.go_on)
            path.lock_wanted.connect(self.lock_wanted)
        self.url.returnPressed.connect(self.go_on)
        self._stick = column_of(section(say.FILE), self.file)
        self._network = column_of(
            section(say.URL), self.url, section(say.AUTHORITY), self.authority
        )
        self.by_stick.toggled.connect(self._show_road)
        self._fill_in(before)
        self.begin(self._make_steps())
        if self.happened.missing() is None and replaces is None:
            self.show_step(_WHO)
        self._keep_what_changes()

    def take(self, step: int) -> None:
        if step == _READY:
            self._take_ready()
        elif step == _WHO:
            self._take_names()
        elif step == _WHERE:
            self._ask_portal()
        else:
            self.left.emit()

    def refuse(self, error: CportError) -> None:
        super().refuse(error)
        if isinstance(error, CertificateRejected):
            self.tell(say.CHECK_AUTHORITY)

    def _take_ready(self) -> None:
        missing = self.happened.missing()
        if missing is None:
            self.show_step(_WHO)
        else:
            self.complain(say.NEEDS_READY, missing)

    def _take_names(self) -> None:
        if not self.station.text().strip() or not self.agency.text().strip():
            empty = self.station if not self.station.text().strip() else self.agency
            self.complain(say.NEEDS_NAMES, empty)
        elif not self.code.text().strip():
            self.complain(say.NEEDS_CODE, self.code)
        else:
            self.show_step(_WHERE)

    def _ask_portal(self) -> None:
        if not self.code.text().strip():
            # It was taken out of its field by an attempt that was refused.
            self.show_step(_WHO)
            self.complain(say.NEEDS_CODE, self.code)
        elif self.by_stick.isChecked():
            self._write_request()
        else:
            self._enrol()

    def _write_request(self) -> None:
        path = self.file.path()
        if path is None:
            self.complain(say.NEEDS_FILE, self.file)
            return
        order = RequestOrder(self._introduction(), path, self._replaces is not None)
        request = partial(self._seat.session.exchanging.enrolling.request, order)
        self.work(request, then=self._written)

    def _written(self, _answer: object) -> None:
        self._seat.drafting.end(THE_ENROLMENT)
        self._conclude(_DONE, say.REQUEST_SAFE, say.REQUEST_WRITTEN, say.REQUEST_NEXT)
        self.changed.emit(Changes.AUDIT)

    def _enrol(self) -> None:
        url, authority = self.url.text().strip(), self.authority.path()
        if not url.startswith("https://"):
            self.complain(say.NEEDS_URL, self.url)
        elif authority is None:
            self.complain(say.NEEDS_AUTHORITY, self.authority)
        else:
            order = NetworkOrder(self._introduction(), url, authority)
            enrol = partial(self._seat.session.exchanging.enrolling.enrol, order)
            self.work(enrol, then=self._enrolled_at_once)

    def _enrolled_at_once(self, portal: str) -> None:
        self._seat.drafting.end(THE_ENROLMENT)
        self._enrolled(_DONE, portal)

    def _introduction(self) -> Introduction:
        station, agency = self.station.text().strip(), self.agency.text().strip()
        code = taken(self.code).strip()
        return Introduction(code, station, agency, self.happened.confirmed())

    def _fill_in(self, fields: EnrolmentFields) -> None:
        for field, text in zip(self._texts(), _texts_of(fields), strict=True):
            field.setText(text)
        (self.by_network if fields.goes_by_network else self.by_stick).setChecked(True)
        self._show_road()

    def _keep_what_changes(self) -> None:
        self.happened.changed.connect(self._keep)
        self.happened.changed.connect(self.fit)
        self.by_network.toggled.connect(self._keep)
        for field in self._texts():
            field.textChanged.connect(self._keep)

    def _keep(self, _changed: object = None) -> None:
        station, agency, file, url, authority = (field.text() for field in self._texts())
        self._seat.drafting.keep(
            THE_ENROLMENT,
            EnrolmentFields(
                confirmed=self.happened.confirmed(),
                station=station,
                agency=agency,
                goes_by_network=self.by_network.isChecked(),
                file=file,
                url=url,
                authority=authority,
            ),
        )

    def _texts(self) -> tuple[QLineEdit, ...]:
        """Every field but the code's."""
        return (self.station, self.agency, self.file.field, self.url, self.authority.field)

    def _show_road(self, _is_checked: bool = True) -> None:
        self._stick.setVisible(self.by_stick.isChecked())
        self._network.setVisible(not self.by_stick.isChecked())
        self.fit()

    def _make_steps(self) -> tuple[Step, ...]:
        warned: list[QWidget] = []
        if self._replaces is not None:
            warned.append(PlainLabel(say.REPLACES, tone="grave", wraps=True))
        ready = column_of(
            *warned, PlainLabel(say.READY_INTRO, role="muted", wraps=True), self.happened
        )
        who = column_of(
            PlainLabel(say.WHO_INTRO, role="muted", wraps=True),
            section(say.STATION_NAME),
            self.station,
            section(say.AGENCY),
            self.agency,
            section(say.CODE_FIELD),
            self.code,
        )
        where = column_of(self.by_stick, self.by_network, self._stick, self._network)
        return (
            Step(say.READY, ready, next(iter(self.happened.boxes.values()))),
            Step(say.WHO, who, self.station),
            Step(say.WHERE, where, self.by_stick, say.MAKE),
            self._last_step(),
        )


def _texts_of(fields: EnrolmentFields) -> tuple[str, ...]:
    """As they stand in the fields."""
    return (fields.station, fields.agency, fields.file, fields.url, fields.authority)


class AnswerView(_EnrolmentSteps):
    """The portal's answer to a request that went out."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, say.ANSWER_TITLE)
        self.file = PathField(say.ANSWER_FILE, "", Choosing.FILE)
        self.url = text_field(say.ANSWER_URL, say.URL_PLACEHOLDER, is_mono=True)
        self.file.returned.connect(self.go_on)
        self.file.lock_wanted.connect(self.lock_wanted)
        self.url.returnPressed.connect(self.go_on)
        which = column_of(
            PlainLabel(say.ANSWER_INTRO, role="muted", wraps=True),
            section(say.ANSWER_FILE),
            self.file,
            section(say.ANSWER_URL),
            self.url,
        )
        self.begin((Step(say.ANSWER_WHICH, which, self.file, say.TAKE_IN), self._last_step()))

    def take(self, step: int) -> None:
        path, url = self.file.path(), self.url.text().strip()
        if step == _TAKEN:
            self.left.emit()
        elif path is None:
            self.complain(say.NEEDS_ANSWER, self.file)
        elif url and not url.startswith("https://"):
            self.complain(say.NEEDS_URL, self.url)
        else:
            answer = partial(self._seat.session.exchanging.enrolling.answer, path, url)
            self.work(answer, then=partial(self._enrolled, _TAKEN))
