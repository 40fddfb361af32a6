"""What is done to a file whenever it leaves, beside what is known of it; and where that is drawn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.kept_redaction import KeptRedaction
from cport_desktop.domain.media_item import MediaItem, MediaState
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.redact_dialog import RedactDialog, ask_taking_back, place_of
from cport_desktop.ui.widgets.controls import bind_key, button, clear_layout
from cport_desktop.ui.widgets.flow import FlowLayout
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import redaction_page as say
from cport_desktop.words import redactions as words


class RedactionCard(QWidget):
    """About one item, for as long as its page is there.

    Signals:
        opened(object): a dialog, an `AskingDialog`, which outlives this card where the page is loaded again:
            whoever hears it listens to the dialog.
    """

    opened = Signal(object)

    def __init__(self, seat: Seat, item: MediaItem, *, over: QWidget) -> None:
        """Dialogs belong to `over`, which outlives the page of one item."""
        super().__init__()
        self._seat = seat
        self._item = item
        self._over = over
        self._veil: QImage | None = None
        self.kept: KeptRedaction | None = None
        self.is_known = False
        """What is kept was asked for, and came."""
        self.dialog: RedactDialog | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._notice = Notice()
        self.redact = button(say.REDACT, self.open, kind="small", key=say.REDACT_KEY)
        self.take_back = button(
            say.TAKE_BACK, self.open_taking_back, kind="small", key=say.TAKE_BACK_KEY
        )
        acts = QWidget()
        row = FlowLayout(acts, gap=6)
        for made in (self.redact, self.take_back):
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._lines)
        column.addWidget(acts)
        column.addWidget(self._notice)
        bind_key(say.REDACT_KEY, self, self.open, everywhere=True)
        bind_key(say.TAKE_BACK_KEY, self, self.open_taking_back, everywhere=True)
        self.redact.setEnabled(False)
        self.take_back.hide()
        self.ask()

    def lay_veil(self, veil: QImage | None) -> None:
        """The veil of the item, for the glass of the dialog."""
        self._veil = veil

    def ask(self) -> None:
        """What is kept of it, once more."""
        self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.redacting.of, self._item.media_id),
            then=self._show,
            otherwise=self._refuse,
        )

    def open(self) -> None:
        """Draw what is to be destroyed."""
        if not self.redact.isEnabled():
            return
        dialog = RedactDialog(self._over, self._seat, self._item, self._veil, self.kept)
        self.dialog = dialog
        self.opened.emit(dialog)
        dialog.open()

    def open_taking_back(self) -> None:
        """Ask why what is kept may go again."""
        if self.kept is None:
            return
        dialog = ask_taking_back(self._over, self._seat, self._item)
        self.opened.emit(dialog)
        dialog.open()

    def _show(self, kept: KeptRedaction | None) -> None:
        self.kept, self.is_known = kept, True
        self._notice.dismiss()
        clear_layout(self._lines)
        for line in self._told(kept):
            self._lines.addWidget(PlainLabel(one_line(line), role="muted", wraps=True))
        self.redact.setEnabled(self._item.state is MediaState.HELD)
        self.take_back.setVisible(kept is not None)

    def _told(self, kept: KeptRedaction | None) -> list[str]:
        if kept is None:
            lines = [say.NOTHING]
        else:
            redaction = kept.redaction
            how = words.how_in_words(redaction.way.value, len(redaction.burned))
            lines = [say.kept(how, kept.drawn_by, figures.moment_in_prose(kept.at))]
            lines += [words.why_told(reason) for reason in redaction.reasons]
        if self._item.state is not MediaState.HELD:
            lines.append(say.NOT_HERE)
        elif self._seat.drafting.latest(place_of(self._item)) is not None:
            lines.append(say.BEGUN)
        return lines

    def _refuse(self, error: CportError) -> None:
        self._notice.tell(error)
