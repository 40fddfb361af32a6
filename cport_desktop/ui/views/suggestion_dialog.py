"""Suggest a domain for the list of domains that access providers block."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.hosts import normalised_host, readable_host, visible
from cport_desktop.domain.operation import SuggestDomain
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.act_dialog import ActDialog
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.criteria_rows import CriteriaRows
from cport_desktop.ui.widgets.fields import text_field
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import portal_acts as say

_VERSIONS = tuple(say.VERSIONS)


class SuggestionDialog(ActDialog):
    """The domain, how each criterion stands by the text that is meant, and a note."""

    def __init__(self, parent: QWidget, seat: Seat, domain: str) -> None:
        super().__init__(
            parent, seat, title=say.SUGGEST_TITLE, intro=say.SUGGEST_INTRO, act=say.SUGGEST_NOW
        )
        self.domain = text_field(say.DOMAIN, say.DOMAIN_PLACEHOLDER, is_mono=True)
        self._reads = PlainLabel(role="caption", wraps=True)
        self.version = Choice(say.CRITERIA_VERSION)
        self.version.addItems(list(say.VERSIONS.values()))
        self.criteria = CriteriaRows(say.CRITERIA_OF)
        self.add_field(say.DOMAIN, self.domain)
        self.add(self._reads)
        self.add_field(say.CRITERIA, self.version)
        self.add(self.criteria)
        self.note = self.add_note(say.NOTE_OPTIONAL)
        self.end_fields(missing=self._missing, order=self._order)
        self.domain.textChanged.connect(self._tell_domain)
        self.version.currentIndexChanged.connect(self._show_version)
        self.criteria.returned.connect(self.give)
        self.domain.setText(visible(domain))
        self._tell_domain()

    def _missing(self) -> tuple[str, QWidget] | None:
        return None if self.domain.text().strip() else (say.NEEDS_DOMAIN, self.domain)

    def _order(self) -> Callable[[], Changes]:
        suggestion = SuggestDomain(
            domain=self.domain.text().strip(),
            criteria_version=_VERSIONS[self.version.currentIndex()],
            criteria=self.criteria.criteria(),
            note=self.note.toPlainText().strip(),
        )
        return partial(self._seat.session.portal_acts.suggest, suggestion)

    def _show_version(self, at: int) -> None:
        self.criteria.show_version(_VERSIONS[at])
        self.fit()

    def _tell_domain(self) -> None:
        """What the name means, and how it reads if it is written in A-labels."""
        typed = self.domain.text().strip()
        readable = visible(readable_host(normalised_host(typed)))
        told = [say.whole_domain(typed)] if typed else []
        if typed and readable != typed.lower():
            told.append(say.reads_as(readable))
        self._reads.say("\n".join(told))
        self._reads.setVisible(bool(told))
        self.fit()
