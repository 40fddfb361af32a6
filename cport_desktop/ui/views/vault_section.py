"""One part of the Vault page: a part that asks about the vault's keeping."""

from __future__ import annotations

from cport_desktop.ui.keeping import Keeping
from cport_desktop.ui.views.page_section import PageSection


class VaultSection(PageSection):
    """A title, what it is for, a row of acts, and what the part shows."""

    @property
    def keeping(self) -> Keeping:
        return self._seat.session.keeping
