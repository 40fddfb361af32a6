"""The Vault page: everything that keeps the vault, one part at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.analysts_section import AnalystsSection
from cport_desktop.ui.views.anchors_section import AnchorsSection
from cport_desktop.ui.views.backup_section import BackupSection
from cport_desktop.ui.views.check_section import CheckSection
from cport_desktop.ui.views.erasures_section import ErasuresSection
from cport_desktop.ui.views.exposure_section import ExposureSection
from cport_desktop.ui.views.health_section import HealthSection
from cport_desktop.ui.views.holds_section import HoldsSection
from cport_desktop.ui.views.parts_page import PartsPage
from cport_desktop.ui.views.retention_section import RetentionSection
from cport_desktop.ui.views.slots_section import SlotsSection
from cport_desktop.ui.views.unit_section import UnitSection
from cport_desktop.words import vault_page as say


class VaultPage(PartsPage):
    """Health first, since it leads to every other part.

    Signals:
        rekey_wanted(object): lock, and renew the master key with this `Key`.
    """

    rekey_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        self.health = HealthSection(seat)
        self.slots = SlotsSection(seat)
        self.backups = BackupSection(seat)
        self.check = CheckSection(seat)
        self.analysts = AnalystsSection(seat)
        self.retention = RetentionSection(seat)
        self.holds = HoldsSection(seat)
        self.erasures = ErasuresSection(seat)
        self.anchors = AnchorsSection(seat)
        self.unit = UnitSection(seat)
        self.exposure = ExposureSection(seat)
        sections = (
            self.health,
            self.slots,
            self.backups,
            self.check,
            self.analysts,
            self.retention,
            self.holds,
            self.erasures,
            self.anchors,
            self.unit,
            self.exposure,
        )
        super().__init__(say.SECTIONS, sections)
        self.slots.rekey_wanted.connect(self.rekey_wanted)
