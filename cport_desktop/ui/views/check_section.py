"""Check: is the vault sound, and pictures made again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.ui import figures
from cport_desktop.ui.keeping_lines import FindingLine, KeptLine, Rebuilt
from cport_desktop.ui.models.vault_columns import finding_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import vault_page as say


class CheckSection(VaultSection):
    """Anybody who opened the vault may check it."""

    title = say.CHECK
    intro = say.CHECK_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.add_act(say.CHECK_QUICK, "Alt+A", partial(self.check, deep=False), kind="primary")
        self.add_act(say.CHECK_DEEP, "Alt+D", partial(self.check, deep=True))
        self.add_act(say.CHECK_AGAIN, "Alt+G", partial(self.check, deep=True, restart=True))
        self.add_act(say.REBUILD, "Alt+U", self.rebuild)
        self.strip = WorkStrip(say.CHECK, seat.lanes.tending, seat.clock)
        self.list = Listing[FindingLine](
            say.CHECK,
            finding_columns(),
            seat.theme,
            empty=(say.NO_FINDINGS, say.NO_FINDINGS_HELP),
        )
        self._column.addWidget(self.strip)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(PlainLabel(say.REBUILD_EXPLAINED, role="caption", wraps=True))

    def refresh(self) -> None:
        self.load(self.keeping.kept, self._show_last)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def check(self, *, deep: bool, restart: bool = False) -> None:
        """Look the vault over, beside the work that goes on."""
        self._notice.dismiss()
        self.strip.begin(
            partial(self.keeping.check, deep, restart),
            then=partial(self._checked, deep),
            otherwise=self.refuse,
        )

    def rebuild(self) -> None:
        """Make veils and thumbnails again."""
        self._notice.dismiss()
        self.strip.begin(self.keeping.rebuild, then=self._rebuilt, otherwise=self.refuse)

    def _show_last(self, lines: tuple[KeptLine, ...]) -> None:
        last = next((line for line in lines if line.kind == "check"), None)
        when = None if last is None else figures.moment_in_prose(last.at)
        self.tell(say.last_check(when, is_sound=last is not None and last.is_sound))

    def _checked(self, deep: bool, findings: tuple[FindingLine, ...]) -> None:
        help_text = say.SOUND_DEEP_HELP if deep else say.SOUND_HELP
        self.list.show_rows(findings, empty=(say.SOUND, help_text))
        self.strip.tell(say.findings(len(findings)) if findings else "", "gravest")
        self.refresh()
        self.changed.emit(Changes.AUDIT)

    def _rebuilt(self, done: Rebuilt) -> None:
        told = say.rebuilt(done.made, done.without)
        self.strip.tell(f"✓ {told}", "grave" if done.without else "lightest")
        self.changed.emit(Changes.AUDIT | Changes.MEDIA)
