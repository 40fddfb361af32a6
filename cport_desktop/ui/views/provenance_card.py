"""What lists know of one media item, so that nobody has to look: which list, by what, since when, and
what was decided of it here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from cport_desktop.domain.ids import MediaId
from cport_desktop.domain.known import Hit
from cport_desktop.domain.taxonomy import Taxonomy
from cport_desktop.errors import CportError
from cport_desktop.ui import figures
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.likening import Extent, KnownLines, Seen
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.entry_word_form import EntryWordForm
from cport_desktop.ui.views.hit_card import entry_named, hit_card, likeness, list_named
from cport_desktop.ui.widgets.controls import bind_key, button, clear_layout
from cport_desktop.ui.widgets.facts import Fact, FactGrid
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import hash_lists_leaving as entry_words
from cport_desktop.words import known as words
from cport_desktop.words import known_acts as acts
from cport_desktop.words import known_page as say

_MOST_HITS = 4


class ProvenanceCard(QWidget):
    """About one item at a time; what is asked for is on record as a consultation."""

    def __init__(self, seat: Seat, *, over: QWidget, lock: Callable[[], None]) -> None:
        """Dialogs belong to `over`, which outlives the page of one item, as they do; `lock` locks the vault
        from one.
        """
        super().__init__()
        self._lock = lock
        self._seat = seat
        self._over = over
        self._errand: Errand | None = None
        self._folded: QWidget | None = None
        self.media_id: MediaId | None = None
        self.lines: KnownLines | None = None
        self._notice = Notice()
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        bind_key(acts.SAY_KEY, self, self.say_of_first, everywhere=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._column)
        whole.addWidget(self._notice)

    def ask(self, media_id: MediaId) -> None:
        """From now on it is about this item."""
        if self._errand is not None:
            self._errand.cancel()
        self.media_id = media_id
        self.lines = None
        self._clear()
        self._column.addWidget(PlainLabel(say.ASKING, role="muted"))
        self._errand = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.likening.provenance, media_id),
            then=self._show,
            otherwise=self._refuse,
        )

    def unfold(self) -> None:
        """Show what lists said before, or put it away again."""
        if self._folded is not None:
            self._folded.setVisible(self._folded.isHidden())

    def say_of_first(self) -> None:
        """Of the hit that stands first."""
        hits = () if self.lines is None else self.lines.hits
        for hit in [hit for hit in hits if hit.is_standing][:1]:
            self.say_of(hit)

    def say_of(self, hit: Hit) -> None:
        """Ask what is to be said of the entry that matches; the card then tells it."""
        dialog = AskingDialog(
            self._over,
            title=entry_words.SAY_TITLE,
            intro=entry_words.SAY_INTRO,
            act=entry_words.SAY_ACT,
            synthetic=self._seat.session.nature.is_synthetic,
        )
        dialog.lock_wanted.connect(self._lock)
        about = acts.about_entry(entry_named(hit), list_named(hit))
        asked = self.media_id
        EntryWordForm(
            self._seat,
            dialog,
            hit.list_id,
            entry=hit.entry_id,
            about=about,
            changed=partial(self._said, asked),
        ).open()

    def _said(self, media_id: MediaId | None) -> None:
        if isValid(self) and media_id is not None and media_id == self.media_id:
            self.ask(media_id)

    def _show(self, lines: KnownLines) -> None:
        self.lines = lines
        self._clear()
        self._say_verdict(lines)
        standing = [hit for hit in lines.hits if hit.is_standing]
        for at, hit in enumerate(standing[:_MOST_HITS]):
            key = acts.SAY_KEY if at == 0 else None
            self._column.addWidget(hit_card(hit, self._seat.taxonomy, self.say_of, key=key))
        if len(standing) > _MOST_HITS:
            more = say.more_hits(len(standing) - _MOST_HITS)
            self._column.addWidget(PlainLabel(more, role="caption"))
        self._column.addWidget(FactGrid(_seen(lines.seen, self._seat.taxonomy)))
        self._fold([hit for hit in lines.hits if not hit.is_standing])

    def _say_verdict(self, lines: KnownLines) -> None:
        known = lines.known
        if known is None:
            self._column.addWidget(PlainLabel(say.UNKNOWN, role="strong"))
            self._column.addWidget(PlainLabel(_extent(lines.extent), role="caption", wraps=True))
            return
        harmless = known.is_harmless
        glyph = say.HARMLESS_GLYPH if harmless else say.KNOWN_GLYPH
        told = f"{glyph} {say.headline(is_harmless=harmless, lists=known.lists)}"
        tone = "lightest" if harmless else None
        self._column.addWidget(PlainLabel(told, role="strong", tone=tone, wraps=True))
        if harmless:
            self._column.addWidget(PlainLabel(say.NO_LOOK_NEEDED, role="muted", wraps=True))
        if not lines.extent.is_whole:
            self._column.addWidget(PlainLabel(say.NOT_COMPARED, role="caption", wraps=True))

    def _fold(self, former: list[Hit]) -> None:
        if not former:
            return
        told = "\n".join(map(_ended, former))
        self._folded = PlainLabel(told, role="muted", wraps=True, can_be_copied=True)
        self._folded.hide()
        row = QHBoxLayout()
        row.addWidget(button(say.former(len(former)), self.unfold, kind="quiet"))
        row.addStretch()
        self._column.addLayout(row)
        self._column.addWidget(self._folded)

    def _refuse(self, error: CportError) -> None:
        self._clear()
        self._notice.tell(error)

    def _clear(self) -> None:
        self._folded = None
        self._notice.dismiss()
        clear_layout(self._column)


def _ended(hit: Hit) -> str:
    why = "" if hit.ended_by is None else words.ended(hit.ended_by.value, hit.ended_reason)
    gone = "" if hit.ended_at is None else figures.day(hit.ended_at)
    return one_line(say.ended(list_named(hit), likeness(hit), figures.day(hit.found_at), gone, why))


def _extent(extent: Extent) -> str:
    if not extent.lists:
        return say.NO_LISTS
    if not extent.is_whole:
        return say.NOT_COMPARED
    newest = "" if extent.newest is None else figures.moment_in_prose(extent.newest)
    return say.compared(extent.lists, extent.entries, newest)


def _seen(seen: Seen, taxonomy: Taxonomy) -> tuple[Fact, ...]:
    first = "" if seen.first is None else figures.day(seen.first)
    last = "" if seen.last is None else figures.day(seen.last)
    decided = [(taxonomy["classification"].label(code), count) for code, count in seen.decisions]
    return (
        (say.SEEN, say.seen(seen.reports, seen.hotlines, first, last)),
        (say.DECIDED, say.decided(decided, seen.undecided) or None),
    )
