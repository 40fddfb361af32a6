"""The page of the “Worst of” list: candidates, what this agency suggested, what was decided, dossiers,
and all of it compared.
"""

from __future__ import annotations

from PySide6.QtCore import Signal

from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.candidates_section import CandidatesSection
from cport_desktop.ui.views.comparison_section import ComparisonSection
from cport_desktop.ui.views.decisions_section import DecisionsSection
from cport_desktop.ui.views.dossiers_section import DossiersSection
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.ui.views.suggestions_section import SuggestionsSection
from cport_desktop.words import iwol_page as say


class IwolPage(PartsPage):
    """Each part loads when it is shown.

    Signals:
        query_wanted(str): show the reports that this query finds.
        outbox_wanted(): show the operations.
    """

    query_wanted = Signal(str)
    outbox_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        self.candidates = CandidatesSection(seat)
        self.suggestions = SuggestionsSection(seat)
        self.decisions = DecisionsSection(seat)
        self.dossiers = DossiersSection(seat)
        self.comparison = ComparisonSection(seat)
        parts = (
            self.candidates,
            self.suggestions,
            self.dossiers,
            self.comparison,
            self.decisions,
        )
        super().__init__(say.PARTS, parts)
        for part in parts:
            part.query_wanted.connect(self.query_wanted)
        self.suggestions.outbox_wanted.connect(self.outbox_wanted)
        self.candidates.dossier_wanted.connect(self._begin_dossier)

    def _begin_dossier(self, domain: str) -> None:
        self.show_part(self.dossiers.title)
        self.dossiers.begin(domain)
