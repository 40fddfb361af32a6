"""Enrolment step by step: a request out, by stick or by network, and its answer in, days later.

Rules:
1. Nothing is asked of the portal before the four things that happen between people have happened.
2. The code is in no field any more when the work begins.
3. After a request is out, everything that the answer needs is in the vault.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.errors import CertificateRejected, CportError
from cport_desktop.ui.enrolment_lines import Introduction, NetworkOrder, RequestOrder
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.concluding_steps import ConcludingSteps
from cport_desktop.ui.views.steps import Step, column_of
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, secret_field, taken, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
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
    """A request, by either road. `replaces`: one that is out already."""

    def __init__(self, seat: Seat, *, replaces: bool) -> None:
        super().__init__(seat, say.REQUEST_TITLE)
        self._replaces = replaces
        self.is_ready = QCheckBox(say.READY_CONFIRM)
        self.is_ready.setAccessibleName(say.READY_CONFIRM)
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
        self.by_stick.setChecked(True)
        self.begin(self._make_steps())

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
        if self.is_ready.isChecked():
            self.show_step(_WHO)
        else:
            self.complain(say.NEEDS_READY, self.is_ready)

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
        order = RequestOrder(self._introduction(), path, self._replaces)
        request = partial(self._seat.session.exchanging.enrolling.request, order)
        self.work(request, then=self._written)

    def _written(self, _answer: object) -> None:
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
            self.work(enrol, then=partial(self._enrolled, _DONE))

    def _introduction(self) -> Introduction:
        station, agency = self.station.text().strip(), self.agency.text().strip()
        return Introduction(taken(self.code).strip(), station, agency)

    def _show_road(self, _is_checked: bool = True) -> None:
        self._stick.setVisible(self.by_stick.isChecked())
        self._network.setVisible(not self.by_stick.isChecked())
        self.fit()

    def _make_steps(self) -> tuple[Step, ...]:
        before = [PlainLabel(f"○ {each}", wraps=True) for each in say.BEFORE]
        warned: list[QWidget] = []
        if self._replaces:
            warned.append(PlainLabel(say.REPLACES, tone="grave", wraps=True))
        ready = column_of(
            *warned, PlainLabel(say.READY_INTRO, role="muted", wraps=True), *before, self.is_ready
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
            Step(say.READY, ready, self.is_ready),
            Step(say.WHO, who, self.station),
            Step(say.WHERE, where, self.by_stick, say.MAKE),
            self._last_step(),
        )


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
