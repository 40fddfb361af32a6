"""Asks whether to practise, and says how the rehearsal stands while it is open."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cport_desktop.ui.rehearsing import Rehearsal, Stage
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.words import guide as say

_LOOK_ROUND_MS = 500
_SAID = {
    Stage.RUNNING: (say.MAKING, "lightest"),
    Stage.ENDED: (say.ENDED, "muted"),
    Stage.FAILED: (say.FAILED, "gravest"),
}


class RehearsalDialog(AskingDialog):
    """It can be closed at any time; the rehearsal goes on."""

    def __init__(self, parent: QWidget, rehearsal: Rehearsal) -> None:
        super().__init__(
            parent, title=say.PRACTISE_TITLE, intro=say.PRACTISE_HINT, act=say.PRACTISE_NOW
        )
        self._rehearsal = rehearsal
        self._stage = Stage.NOT_BEGUN
        self._looking_round = QTimer(self)
        self._looking_round.setInterval(_LOOK_ROUND_MS)
        self._looking_round.timeout.connect(self._look)
        self.on_give(self._begin)
        if rehearsal.stage() is Stage.RUNNING:
            self.tell(say.IS_RUNNING)
            self.set_act_visible(is_visible=False)

    def _begin(self) -> None:
        self._rehearsal.begin()
        self.set_act_visible(is_visible=False)
        self._look()
        self._looking_round.start()

    def _look(self) -> None:
        stage = self._rehearsal.stage()
        if stage is not self._stage and stage in _SAID:
            self._stage = stage
            self.tell(*_SAID[stage])
        if stage is not Stage.RUNNING:
            self._looking_round.stop()
