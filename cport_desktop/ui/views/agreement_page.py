"""The Agreement page: what the national hotline allows, and whether something may be done."""

from __future__ import annotations

from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.agreement_section import AgreementSection
from cport_desktop.ui.views.enrolment_section import EnrolmentSection
from cport_desktop.ui.views.may_section import MaySection
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.words import agreement_page as say


class AgreementPage(PartsPage):
    """What is in force first."""

    def __init__(self, seat: Seat) -> None:
        self.in_force = AgreementSection(seat)
        self.may = MaySection(seat)
        self.enrolment = EnrolmentSection(seat)
        super().__init__(say.PARTS, (self.in_force, self.may, self.enrolment))
