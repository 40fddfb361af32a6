"""Enrolment: how far the vault has come on its way to a portal, and the next step of it."""

from __future__ import annotations

from functools import partial

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import THE_ENROLMENT, EnrolmentFields
from cport_desktop.domain.preparation import Preparation
from cport_desktop.domain.roles import Role
from cport_desktop.ui import figures
from cport_desktop.ui.enrolment_lines import BondLine, EnrolmentStanding, RequestLine
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.enrolment_steps import AnswerView, RequestView
from cport_desktop.ui.views.led_section import LedSection
from cport_desktop.ui.widgets.controls import clear_layout
from cport_desktop.ui.widgets.facts import Fact, FactGrid, section
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import enrolment_page as say


class EnrolmentSection(LedSection[RequestView | AnswerView]):
    """What was done is read from the vault each time: it may be left for days."""

    title = say.ENROLMENT
    intro = say.INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._known = EnrolmentStanding(None, None)
        self._answer = self.add_act(say.ANSWER, "Alt+B", self.bring_answer, kind="primary")
        self._begin = self.add_act(say.BEGIN, "Alt+C", self.begin, kind="primary")
        self._again = self.add_act(say.AGAIN, "Alt+G", self.begin)
        self._replace = self.add_act(say.NEW_REQUEST, "Alt+N", self.begin)
        self._address = self.add_act(say.ADDRESS, "Alt+D", self.ask_address)
        if not self.may(Role.ADMINISTRATOR):
            self.say_needs(Role.ADMINISTRATOR, say.ENROLLING)
        self.offer()

    def refresh(self) -> None:
        self.load(self._seat.session.exchanging.enrolling.standing, self._show)

    def begin(self) -> None:
        """Lead through a request, or go on with what is under way."""
        if self.steps is None and self.may(Role.ADMINISTRATOR):
            self.lead(RequestView(self._seat, replaces=self._known.request))

    def bring_answer(self) -> None:
        """Lead through the answer, or go on with what is under way."""
        if self.steps is None and self.may(Role.ADMINISTRATOR):
            self.lead(AnswerView(self._seat))

    def ask_address(self) -> None:
        """Ask where the portal is on the network."""
        dialog = self.ask(title=say.ADDRESS_TITLE, intro=say.ADDRESS_INTRO, act=say.ADDRESS_KEEP)
        url = text_field(say.URL, say.URL_PLACEHOLDER, is_mono=True)
        dialog.add_field(say.URL, url)

        def give() -> None:
            if not url.text().strip().startswith("https://"):
                dialog.complain(say.NEEDS_URL, url)
                return
            tell = self._seat.session.exchanging.enrolling.set_address
            dialog.work(self._seat.lanes.acting, partial(tell, url.text().strip()))

        dialog.on_give(give)
        dialog.ended.connect(self._changed)
        dialog.open()
        dialog.focus(url)

    def _changed(self, _answer: object) -> None:
        self.refresh()
        self.changed.emit(Changes.ENROLMENT)

    def offer(self) -> None:
        is_free = self.steps is None and self.may(Role.ADMINISTRATOR)
        bond, request = self._known.bond, self._known.request
        for made, fits in (
            (self._answer, request is not None),
            (self._begin, bond is None and request is None),
            (self._again, bond is not None and request is None),
            (self._replace, request is not None),
            (self._address, bond is not None and not bond.has_address),
        ):
            made.setVisible(is_free and fits)

    def _show(self, standing: EnrolmentStanding) -> None:
        self._known = standing
        self.offer()
        clear_layout(self._standing)
        bond, request = standing.bond, standing.request
        if bond is not None:
            self._standing.addWidget(FactGrid(_bond_facts(bond)))
        if request is not None:
            self._standing.addWidget(FactGrid(_request_facts(request)))
            self._standing.addWidget(PlainLabel(say.WAITING, role="strong", wraps=True))
        if bond is None:
            self._standing.addWidget(PlainLabel(say.NOT_ENROLLED, role="strong", wraps=True))
            self._standing.addWidget(section(say.WAY))
            self._tell_way(request)

    def _tell_way(self, request: RequestLine | None) -> None:
        draft = self._seat.drafting.latest(THE_ENROLMENT)
        begun = draft.confirmed if isinstance(draft, EnrolmentFields) else ()
        known = {each.what: each for each in (begun if request is None else request.confirmed)}
        for what in Preparation:
            step, said = say.BEFORE[what.value], known.get(what)
            if said is not None:
                step = say.has_happened(step, figures.day(said.at), said.by)
            self._tell_step(step, is_done=said is not None)
        self._tell_step(say.KEYS, is_done=request is not None)
        self._tell_step(say.ANSWERED, is_done=False)

    def _tell_step(self, step: str, *, is_done: bool) -> None:
        glyph, tone = ("✓", "lightest") if is_done else ("○", None)
        self._standing.addWidget(PlainLabel(f"{glyph} {step}", tone=tone, wraps=True))


def _bond_facts(bond: BondLine) -> tuple[Fact, ...]:
    roads = say.BY_BOTH if bond.has_address else say.BY_STICK_ALONE
    return (
        (say.PORTAL, bond.portal),
        (say.STATION, say.station_of(bond.station, bond.agency)),
        (say.SINCE, figures.moment_in_prose(bond.since)),
        (say.ROADS, roads if bond.has_stick else say.NOT_BY_STICK),
    )


def _request_facts(request: RequestLine) -> tuple[Fact, ...]:
    return (
        (say.WAITS_SINCE, figures.moment_in_prose(request.made_at)),
        (say.AS, say.station_of(request.station, request.agency)),
    )
