"""The Exchange page: what was exchanged with the portal, what travels, and the road by stick."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.departures_section import AffectedSection, DeparturesSection
from cport_desktop.ui.views.history_section import HistorySection
from cport_desktop.ui.views.imports_section import ImportsSection
from cport_desktop.ui.views.links_section import LinksSection
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.ui.views.signers_section import RecipientsSection, SignersSection
from cport_desktop.ui.views.stick_section import StickSection
from cport_desktop.ui.views.templates_section import TemplatesSection
from cport_desktop.ui.views.transfers_section import TransfersSection
from cport_desktop.words import exchange_page as say


class ExchangePage(PartsPage):
    """The history first: it says how fresh everything else is.

    Signals:
        sync_wanted(bool): an exchange by network; True: without media.
    """

    sync_wanted = Signal(bool)

    def __init__(self, seat: Seat) -> None:
        self.history = HistorySection(seat)
        self.transfers = TransfersSection(seat)
        self.stick = StickSection(seat)
        self.links = LinksSection(seat)
        self.departures = DeparturesSection(seat)
        self.affected = AffectedSection(seat)
        self.imports = ImportsSection(seat)
        self.signers = SignersSection(seat)
        self.recipients = RecipientsSection(seat)
        self.templates = TemplatesSection(seat)
        sections = (
            self.history,
            self.transfers,
            self.stick,
            self.links,
            self.departures,
            self.affected,
            self.imports,
            self.signers,
            self.recipients,
            self.templates,
        )
        super().__init__(say.PARTS, sections)
        self.history.sync_wanted.connect(self.sync_wanted)
