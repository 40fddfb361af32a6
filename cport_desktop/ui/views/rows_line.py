"""The query line above a short list: one line of its language, and where it cannot be read, why."""

from __future__ import annotations

from collections.abc import Sequence

from cport_desktop.ui.views.query_line import QueryLine
from cport_desktop.ui.widgets.fields import hint
from cport_desktop.words import rows_line as say


class RowsLine(QueryLine):
    """Names are completed nowhere, since a list has few fields: the placeholder shows how, and what
    can be asked is read aloud and stands in the tool tip.
    """

    def __init__(self, name: str, placeholder: str, fields: Sequence[str]) -> None:
        """`fields`: what may stand before a colon."""
        super().__init__()
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(say.keys_and_fields(fields))
        hint(self.field, placeholder)
        self.asked_for = ""
        """What the list was asked for last."""
        self.asked.connect(self._remember)

    def _remember(self, text: str) -> None:
        self.asked_for = text
