"""One media item: the glass, and what is known without looking."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cport_desktop.domain.ids import MediaId, media_reference, report_reference
from cport_desktop.domain.media_item import MediaItem, MediaState
from cport_desktop.ui import figures
from cport_desktop.ui.models.media_grid import kind_words, why_not_shown
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.holders_told import tell_holders
from cport_desktop.ui.views.media_acts import MediaActs
from cport_desktop.ui.views.provenance_card import ProvenanceCard
from cport_desktop.ui.views.redact_dialog import RedactDialog
from cport_desktop.ui.views.redaction_card import RedactionCard
from cport_desktop.ui.views.stack_similar import SimilarItems
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.facts import Fact, FactGrid, section
from cport_desktop.ui.widgets.look_panel import LookPanel
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import imports_page, known_acts, known_page, labels, redaction_page
from cport_desktop.words import window as say

_GLASS_HEIGHT = 250
_MOST_REPORTS = 4


class MediaPane(QFrame):
    """The pane beside the grid.

    Signals:
        looked(object): an item was looked at; a `domain.exposure.Look`.
        report_wanted(object): show this ReportId on the reports page.
        media_wanted(object): go to this MediaId, which is like the one that is shown.
        stack_wanted(object): open the stack of this MediaId.
        changed(object): `Changes` after a redaction was kept or taken back.
        lock_wanted(): the analyst wants the vault locked, from a dialog.
    """

    looked = Signal(object)
    report_wanted = Signal(object)
    media_wanted = Signal(object)
    stack_wanted = Signal(object)
    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._similar: SimilarItems | None = None
        self.card: ProvenanceCard | None = None
        self.redaction: RedactionCard | None = None
        self.setProperty("panel", "true")
        self.panel = LookPanel(seat, height=_GLASS_HEIGHT)
        self.panel.looking.looked.connect(self.looked)
        self._title = PlainLabel(role="title", can_be_copied=True)
        self._kind = PlainLabel(role="muted", wraps=True)
        self._body: QWidget = QWidget()
        self.acts = MediaActs(seat)
        self.media_id: MediaId | None = None
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 6)
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addWidget(self._kind)
        head.addWidget(self.panel)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._body, 1)
        self._column.addWidget(self.acts)
        bind_key(known_page.SIMILAR_KEY, self, self.find_similar, everywhere=True)
        bind_key(known_page.TO_STACK_KEY, self, self.open_stack, everywhere=True)
        bind_key(known_acts.WHO_KEY, self, self.ask_who, everywhere=True)
        self.show_nothing()

    def show_nothing(self) -> None:
        self.media_id = None
        self.panel.show_item(None, None)  # Veiled first: what is hidden is not painted any more.
        self.panel.hide()
        self._title.hide()
        self.acts.show_item(None)
        self._kind.say(say.NO_MEDIA_SELECTION)
        self._similar = self.card = self.redaction = None
        self._replace(QWidget())

    def show_item(self, item: MediaItem, veil: QImage | None) -> None:
        """Everything that is known of `item`, veiled."""
        self.media_id = item.media_id
        self._title.say(media_reference(item.media_id))
        self._title.show()
        self._kind.say(f"{kind_words(item)} · {figures.size(item.size)}")
        self.panel.show()
        self.panel.show_item(item, veil)
        self.acts.show_item(item)
        self._replace(self._known(item))
        self._lay_veil_over_dialog(veil)

    def lay_veil(self, item: MediaItem, veil: QImage | None) -> None:
        """The veil came after the item."""
        if item.media_id == self.media_id:
            self.panel.lay_veil(veil)
            self._lay_veil_over_dialog(veil)

    def _lay_veil_over_dialog(self, veil: QImage | None) -> None:
        if self.redaction is not None:
            self.redaction.lay_veil(veil)

    def offer_stack(self, items: int) -> None:
        """The item is in a stack of so many, which can be opened."""
        if self._similar is not None:
            self._similar.offer_stack(items)

    def open_stack(self) -> None:
        """Go to the stack that the item is in, where that is offered."""
        if self._similar is not None:
            self._similar.open_stack()

    def find_similar(self) -> None:
        """Ask what is like the item, if that was not asked yet."""
        if self._similar is not None:
            self._similar.ask()

    def show_allowed(self) -> None:
        """What the agreement does not allow is not there."""
        self.panel.show_allowed()
        self.acts.show_allowed()

    def _known(self, item: MediaItem) -> QWidget:
        page = ScrollColumn(media_reference(item.media_id))
        page.add(section(known_page.KNOWN_TITLE))
        self.card = ProvenanceCard(self._seat, over=self, lock=self.lock_wanted.emit)
        page.add(self.card)
        self.card.ask(item.media_id)
        self._similar = SimilarItems(self._seat, item.media_id)
        self._similar.media_wanted.connect(self.media_wanted)
        self._similar.stack_wanted.connect(self.stack_wanted)
        page.add(self._similar, space_before=4)
        page.add(section(redaction_page.CARD), space_before=6)
        self.redaction = RedactionCard(self._seat, item, over=self)
        self.redaction.opened.connect(self._hear_redacting)
        page.add(self.redaction)
        page.add(section(say.KNOWN_WITHOUT_LOOKING), space_before=6)
        page.add(FactGrid(_facts(item)))
        if item.reports:
            page.add(section(say.IN_REPORTS), space_before=6)
            page.add(self._report_links(item))
        page.add(section(imports_page.COPIES), space_before=6)
        page.add(self._who_has())
        page.add(section(say.DIGESTS), space_before=6)
        page.add(FactGrid(_digests(item), role="mono"))
        if item.facts:
            page.add(section(say.FROM_THE_FILE), space_before=6)
            page.add(FactGrid((one_line(name), one_line(value)) for name, value in item.facts))
        return page

    def _hear_redacting(self, dialog: AskingDialog) -> None:
        """Heard here: the card that opened it may go while it is open."""
        dialog.lock_wanted.connect(self.lock_wanted)
        dialog.ended.connect(self.changed)
        dialog.finished.connect(self._ask_redaction)
        if isinstance(dialog, RedactDialog):
            dialog.looked.connect(self.looked)

    def _ask_redaction(self, _result: int) -> None:
        if self.redaction is not None:
            self.redaction.ask()

    def ask_who(self) -> None:
        """Say who has the item that is shown: every copy that left, and who handed it to us."""
        if self.media_id is None:
            return
        dialog = AskingDialog(
            self,
            title=known_acts.WHO,
            intro=known_acts.WHO_OF_MEDIUM,
            act=imports_page.WHO_NOW,
            synthetic=self._seat.session.nature.is_synthetic,
        )
        dialog.lock_wanted.connect(self.lock_wanted)
        dialog.add(PlainLabel(media_reference(self.media_id), role="strong", can_be_copied=True))
        departures = self._seat.session.exchanging.departures
        work = partial(departures.who, media_reference(self.media_id))
        told = partial(tell_holders, dialog)
        dialog.on_give(lambda: dialog.work(self._seat.lanes.reading, work, then=told))
        dialog.open()

    def _who_has(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        made = button(known_acts.WHO, self.ask_who, kind="small", key=known_acts.WHO_KEY)
        row.addWidget(made)
        row.addStretch()
        return box

    def _report_links(self, item: MediaItem) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for report_id in item.reports[:_MOST_REPORTS]:
            go = partial(self.report_wanted.emit, report_id)
            row.addWidget(button(report_reference(report_id), go, kind="quiet"))
        if len(item.reports) > _MOST_REPORTS:
            row.addWidget(PlainLabel(f"+{len(item.reports) - _MOST_REPORTS}", role="muted"))
        row.addStretch()
        return box

    def _replace(self, body: QWidget) -> None:
        old = self._body
        self._body = body
        self._column.replaceWidget(old, body)
        self._column.setStretch(1, 1)
        body.show()
        old.hide()
        old.deleteLater()


def _facts(item: MediaItem) -> tuple[Fact, ...]:
    return (
        (say.STATE, _state(item)),
        (say.NOT_SHOWN, why_not_shown(item) if item.state is MediaState.HELD else None),
        (say.KIND, " · ".join(part for part in (kind_words(item), item.format) if part)),
        (say.DUPLICATES, say.duplicates(item.duplicates)),
        (say.COMPARABLE, _comparable(item)),
        (say.FILE_NAME, one_line(item.file_name) if item.file_name else None),
        (say.HELD_SINCE, figures.moment_in_prose(item.held_at) if item.held_at else None),
    )


def _state(item: MediaItem) -> str:
    if item.state is MediaState.WANTED:
        return say.still_wanted(figures.size(item.bytes_here), figures.size(item.size))
    if item.state is MediaState.REFUSED:
        return say.refused_media(labels.refusal(item.refusal or "untrusted.digest"))
    return say.MEDIA_STATES[item.state.value]


def _comparable(item: MediaItem) -> str | None:
    if item.state is not MediaState.HELD or item.cannot_show is not None:
        return None
    if item.perceptual_hash is None:
        return say.TOO_PLAIN
    return say.DASH if item.quality is None else say.quality(item.quality)


def _digests(item: MediaItem) -> tuple[Fact, ...]:
    digests = item.digests
    return (
        ("SHA-256", _grouped(item.announced_sha256)),
        ("SHA-1", _grouped(digests.sha1) if digests is not None else None),
        ("MD5", _grouped(digests.md5) if digests is not None else None),
    )


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
