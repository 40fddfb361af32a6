"""Anchors: heads of the audit log that are known outside the vault."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.ui.keeping_lines import AnchorLine, DiaryLine
from cport_desktop.ui.models.vault_columns import anchor_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.vault_section import VaultSection
from cport_desktop.ui.views.verifying import Verifying
from cport_desktop.ui.widgets.controls import panel
from cport_desktop.ui.widgets.fields import PathField
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import vault_page as say


class AnchorsSection(VaultSection):
    """Anybody may anchor the log and verify it: neither shows an entry."""

    title = say.ANCHORS
    intro = say.ANCHORS_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.add_act(say.DIARY, "Alt+A", self.take_code, kind="primary")
        self.add_act(say.CHECKPOINT, "Alt+W", self.write)
        self.verifying = Verifying(seat, self.ask)
        self.add_act(say.VERIFY, "Alt+V", self.verifying.verify)
        self.add_act(say.VERIFY_AGAINST, "Alt+G", self.verifying.ask_against)
        self._code = PlainLabel(role="code", can_be_copied=True)
        self._code_words = PlainLabel(role="caption", wraps=True)
        column = QVBoxLayout()
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(self._code)
        column.addWidget(self._code_words)
        self._card = panel(column, kind="card")
        self._card.hide()
        self.list = Listing[AnchorLine](
            say.ANCHORS, anchor_columns(), seat.theme, empty=(say.NO_ANCHORS, say.NO_ANCHORS_HELP)
        )
        self._column.addWidget(self.verifying)
        self._column.addWidget(self._card)
        self._column.addWidget(self.list, 1)
        self.verifying.changed.connect(self.changed)

    def refresh(self) -> None:
        self.load(self.keeping.anchors, self.list.show_rows)

    def step_back(self) -> None:
        super().step_back()
        self._card.hide()

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    def code(self) -> str:
        """The code that stands there to be written down; empty if there is none."""
        return "" if self._card.isHidden() else self._code.text()

    def take_code(self) -> None:
        """Show a code of the log's head, and remember that somebody has it."""
        self._notice.dismiss()
        self._seat.lanes.acting.ask(
            self, self.keeping.diary_code, then=self._show_code, otherwise=self.refuse
        )

    def write(self) -> None:
        """Ask where the checkpoint goes."""
        dialog = self.ask(title=say.CHECKPOINT_TITLE, intro=say.CHECKPOINT_INTRO, act=say.WRITE)
        target = PathField(say.BACKUP_WHERE, say.PATH_OF_NEW, Choosing.NEW_FILE)
        dialog.add_field(say.BACKUP_WHERE, target)

        def give() -> None:
            path = target.path()
            if path is None:
                dialog.complain(say.NEEDS_PATH, target)
                return

            def done(size: int) -> None:
                dialog.conclude(say.checkpoint_written(size, str(path)))
                self._changed()

            dialog.work(
                self._seat.lanes.acting, partial(self.keeping.write_checkpoint, path), then=done
            )

        dialog.on_give(give)
        dialog.open()

    def _show_code(self, line: DiaryLine) -> None:
        self._code.say(line.code)
        self._code.setAccessibleName(f"{say.DIARY}: {' '.join(line.code)}")
        self._code_words.say(say.write_down(line.size))
        self._card.show()
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit(Changes.AUDIT)
