"""The status line: freshness, confinement, time looked; agreement and analyst."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout

from cport_desktop.ui import figures
from cport_desktop.ui.desk import Freshness, Session
from cport_desktop.ui.widgets.plain_label import PlainLabel, set_plain_tip
from cport_desktop.words import window as say


class StatusLine(QFrame):
    """One quiet line at the foot of the window."""

    def __init__(self, session: Session, *, sandbox_level: str) -> None:
        super().__init__()
        self.setObjectName("StatusLine")
        self._freshness = PlainLabel(say.NEVER_SYNCED)
        self._looked_label = PlainLabel()
        self._looked = 0.0
        set_plain_tip(self._looked_label, say.LOOKED_PRIVATE)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 5)
        row.setSpacing(28)
        row.addWidget(self._freshness)
        row.addWidget(PlainLabel(say.confinement(sandbox_level)))
        row.addWidget(self._looked_label)
        row.addStretch()
        if session.nature.is_synthetic:
            row.addWidget(PlainLabel(say.SYNTHETIC, tone="grave"))
        row.addWidget(PlainLabel(_agreement(session)))
        row.addWidget(PlainLabel(say.analyst(session.analyst)))
        self.add_looked(0.0)

    def show_freshness(self, freshness: Freshness | None, now: datetime) -> None:
        if freshness is None:
            self._freshness.say(say.NEVER_SYNCED)
            return
        age = say.age((now - freshness.at).total_seconds())
        self._freshness.say(say.synced(age, freshness.road))
        set_plain_tip(self._freshness, figures.universal(freshness.at))

    def add_looked(self, seconds: float) -> None:
        """Add to the seconds of this session; kept nowhere else."""
        self._looked += seconds
        self._looked_label.say(say.looked(figures.clock_length(self._looked)))


def _agreement(session: Session) -> str:
    if session.enrolment is None:
        return say.NO_AGREEMENT
    agreement = session.enrolment.agreement
    return say.agreement(agreement.reference, figures.day(agreement.valid_until))
