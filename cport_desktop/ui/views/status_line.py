"""The status line: freshness, confinement, time looked; agreement and analyst; for a while a sentence."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from cport_desktop.domain.exposure import Look
from cport_desktop.ui import figures
from cport_desktop.ui.agreement_lines import AgreementMark
from cport_desktop.ui.desk import Freshness, Session
from cport_desktop.ui.exposing import TodayLine
from cport_desktop.ui.keeping_lines import Concern
from cport_desktop.ui.widgets.controls import button, wear_kind
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.words import exposure_page as own_words
from cport_desktop.words import vault_page as words
from cport_desktop.words import window as say

_DOUBTFUL = ("ageing", "old", "partial", "unknown")
"""Grades of freshness that an analyst should know of before relying on what is here."""
_SAID_MS = 10_000
"""A sentence stands so long: read twice by somebody who reads slowly."""
_GAP = 20
"""Pixels between what it says."""


class StatusLine(QFrame):
    """One quiet line at the foot of the window; more of them where it is too narrow for one.

    Signals:
        concern_wanted(str): show the part of the Vault page that deals with it.
        freshness_wanted(): show when the vault heard from the portal, and how.
        agreement_wanted(): show what the agreement allows.
        looked_wanted(): show what the analyst keeps of their own looking.
    """

    concern_wanted = Signal(str)
    freshness_wanted = Signal()
    agreement_wanted = Signal()
    looked_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("StatusLine")
        self._freshness = button(say.NEVER_SYNCED, self.freshness_wanted.emit, kind="status")
        self._looked_label = button(say.looked("0:00"), self.looked_wanted.emit, kind="status")
        self._looked = 0.0
        self._is_kept = session.exposing.is_kept
        self._concerns: tuple[Concern, ...] = ()
        self._concern = button(words.CONCERN_MARK, self.go_to_concern, kind="concern")
        self._concern.hide()
        set_plain_tip(self._looked_label, own_words.looked_tip(session.exposing.is_kept))
        self._said = PlainLabel(role="strong", wraps=True)
        self._said.hide()
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.setInterval(_SAID_MS)
        self._silence.timeout.connect(self.be_silent)
        spring = QWidget()
        self._row = row = FlowLayout(self, gap=_GAP, between=2, elastic=spring)
        row.setContentsMargins(14, 4, 14, 5)
        row.addWidget(self._said)
        row.addWidget(self._freshness)
        self._confinement = PlainLabel(say.CONFINEMENT_TRIED)
        row.addWidget(self._confinement)
        row.addWidget(self._looked_label)
        row.addWidget(spring)
        row.addWidget(self._concern)
        if session.nature.is_synthetic:
            row.addWidget(PlainLabel(say.SYNTHETIC, tone="grave"))
        self._agreement = button(_agreement(session), self.agreement_wanted.emit, kind="status")
        row.addWidget(self._agreement)
        row.addWidget(PlainLabel(say.analyst(session.analyst)))
        self._say_looked(say.looked(figures.clock_length(0.0)))

    def show_confinement(self, code: str) -> None:
        """How the child that decodes is confined: found out by trying, which takes a while."""
        self._confinement.say(say.confinement(code))

    def show_freshness(self, freshness: Freshness | None, now: datetime) -> None:
        if freshness is None:
            self._say_freshness(say.NEVER_SYNCED)
            return
        age = say.age((now - freshness.at).total_seconds())
        told = say.synced(age, freshness.road, freshness.bundle)
        is_old = freshness.grade in _DOUBTFUL
        self._say_freshness(say.worth_a_look(told) if is_old else told)
        wear_kind(self._freshness, "concern" if is_old else "status")
        moment = figures.universal(freshness.at)
        set_plain_tip(self._freshness, f"{moment}\n{freshness.implies}".strip())

    def say_for_now(self, sentence: str) -> None:
        """Say this for a while: why a key did nothing here."""
        self._said.say(sentence)
        self._said.setAccessibleName(sentence)
        self._said.show()
        self._silence.start()
        self._make_room()

    def be_silent(self) -> None:
        """What was said for a while is said no more."""
        self._silence.stop()
        self._said.hide()
        self._make_room()

    def said(self) -> str:
        """What it says for a while; empty while that is nothing."""
        return "" if self._said.isHidden() else self._said.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """What can be seen elsewhere goes where the line is too short for all of it."""
        spare = (self._looked_label, self._confinement)
        room = self.width() - self._row.width_of_one_row(without=spare)
        for label in spare:
            room -= label.sizeHint().width() + _GAP
            if label.isHidden() is not (room < 0):
                label.setVisible(room >= 0)

    def show_agreement(self, mark: AgreementMark) -> None:
        """How the agreement stands; near its end and behind it, it looks like a concern."""
        self._agreement.setText(mark.words.replace("&", "&&"))
        self._agreement.setAccessibleName(mark.words)
        set_plain_tip(self._agreement, mark.whole)
        is_quiet = mark.grade in ("in_force", "none")
        wear_kind(self._agreement, "status" if is_quiet else "concern")
        self._make_room()

    def agreement(self) -> str:
        """What it says of the agreement."""
        return self._agreement.text()

    def freshness(self) -> str:
        """What it says of how fresh the vault is."""
        return self._freshness.text()

    def _say_freshness(self, words_told: str) -> None:
        self._freshness.setText(words_told.replace("&", "&&"))
        self._freshness.setAccessibleName(words_told)
        self._make_room()

    def add_looked(self, look: Look) -> None:
        """Add to the seconds of this session, told where no day is kept."""
        self._looked += look.seconds
        if not self._is_kept:
            self._say_looked(say.looked(figures.clock_length(self._looked)))

    def show_today(self, line: TodayLine) -> None:
        """What today came to, as the analyst's own ledger has it."""
        day = line.day
        length = figures.clock_length(day.seconds)
        self._say_looked(own_words.looked_today(length, day.views_avoided))
        aloud = own_words.looked_today_aloud(day.seconds, day.views_avoided)
        self._looked_label.setAccessibleName(aloud)

    def looked(self) -> str:
        """What it says of what was looked."""
        return self._looked_label.text()

    def _say_looked(self, told: str) -> None:
        self._looked_label.setText(told)
        self._looked_label.setAccessibleName(told)
        self._make_room()

    def show_concerns(self, concerns: tuple[Concern, ...]) -> None:
        """What should not wait stands here; the rest of it on hover."""
        self._concerns = concerns
        self._concern.setVisible(bool(concerns))
        if concerns:
            told = words.concerns(concerns[0].words, len(concerns) - 1)
            self._concern.setText(told.replace("&", "&&"))
            spoken = "; ".join(f"{each.words}: {each.advice}" for each in concerns)
            self._concern.setAccessibleName(say.accessible_with_key(spoken, words.CONCERN_KEY))
            set_plain_tip(
                self._concern, "\n".join(f"{each.words}. {each.advice}" for each in concerns)
            )
        self._make_room()

    def concerns(self) -> str:
        """What it warns about; empty if there is nothing."""
        return "" if self._concern.isHidden() else self._concern.text()

    def go_to_concern(self) -> None:
        """Ask for the page that deals with the first of them."""
        if self._concerns:
            self.concern_wanted.emit(self._concerns[0].section)


def _agreement(session: Session) -> str:
    if session.enrolment is None:
        return say.NO_AGREEMENT
    agreement = session.enrolment.agreement
    return say.agreement(agreement.reference, figures.day(agreement.valid_until))
