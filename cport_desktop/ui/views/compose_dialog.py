"""Composing a package: what goes out, to whom, where to; then proof of what was written.

Rules:
1. Nothing is written before what each recipient gets is on the screen and the analyst says so.
2. «Done» is said only after the file was read back and every check passed.
3. The dialog opens without a loop of its own, and a lock closes it.
4. What was filled in is the analyst's draft until the package is written or they discard it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.draft import THE_PACKAGE, PackageFields, Typed
from cport_desktop.domain.progress import Progress
from cport_desktop.errors import Cancelled, CportError
from cport_desktop.ui import figures
from cport_desktop.ui.desk import Departure, PackageOrder, PackagePreview
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.package_lines import PackageForecast
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.compose_forecast import ComposeForecast
from cport_desktop.ui.views.compose_form import ComposeForm
from cport_desktop.ui.views.compose_offers import ComposeOffers
from cport_desktop.ui.views.help_dialog import HelpKey
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.package_proof import PackageProof
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.yielding import YieldingColumn, fit_height, grow_upwards
from cport_desktop.words import composing_page, labels, locking
from cport_desktop.words import window as say
from cport_desktop.words.help import PACKAGE

_WIDTH = 680
_STEPS = 1000
NOTHING_YET = PackageFields((), "", False, say.PACKAGE_NAME_DEFAULT, Typed(), "")
"""How a new package begins."""


class ComposeDialog(QDialog):
    """One package.

    Signals:
        changed(object): `Changes` after a package left, or did not (its entries).
        lock_wanted(): the analyst wants the vault locked, dialog or not.
    """

    changed = Signal(object)
    lock_wanted = Signal()

    def __init__(
        self,
        seat: Seat,
        fields: PackageFields,
        *,
        found: int,
        parent: QWidget,
    ) -> None:
        """Begins with `fields`; `found`: how many reports their query finds, 0 if not known."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say.PACKAGE_TITLE)
        self.setFixedWidth(_WIDTH)
        self._seat = seat
        self.form = ComposeForm(fields, found=found, now=seat.clock.now)
        self.forecast = ComposeForecast(seat, self.form)
        self._offers = ComposeOffers(seat, self.form)
        self._preview_errand: Errand | None = None
        self._errand: Errand | None = None
        self.digest = ""
        """Of the package, once it is written."""
        self._reports = 0
        self._is_asking = False
        self._is_for_several = False
        self._begun: PackageOrder | None = None
        self._cut: PackageOrder | None = None
        """This order was cut off here: what of it stands there whole is not written again."""
        self._make_parts()
        self._lay_out()
        self._choose()
        self._offers.ask()
        bind_key("Ctrl+D", self, self.discard, everywhere=True)
        bind_key("Ctrl+L", self, self.lock_wanted.emit, everywhere=True)
        HelpKey(self, PACKAGE).lock_wanted.connect(self.lock_wanted)

    def is_working(self) -> bool:
        return self._errand is not None

    def is_foreseen(self) -> bool:
        """What each recipient gets is on the screen, as it is filled in now."""
        return self.forecast.is_shown

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        grow_upwards(self, event.size().height())

    def reject(self) -> None:
        """Escape: stop the work if there is any, otherwise close."""
        if self._errand is not None:
            self.stop()
        else:
            super().reject()

    def discard(self) -> None:
        """Throw away what was filled in, and close. Nothing happens while a package is made."""
        if self._errand is None:
            self._seat.drafting.end(THE_PACKAGE)
            self.close()

    def stop(self) -> None:
        """Ask work under way to end at its next safe point."""
        if self._errand is not None:
            self._errand.wind_down()
            self._told.say(say.CANCELLING)

    # -- filling in

    def _choose(self) -> None:
        self._keep()
        self.forecast.soon()
        self._reports = 0
        self._offer()
        self._told.say("")
        self.form.preview.say(say.PACKAGE_COUNTING)
        if self._preview_errand is not None:
            self._preview_errand.cancel()
        self._preview_errand = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.preview, self.form.choice),
            then=self._show_preview,
            otherwise=self._refuse_preview,
        )

    def _refuse_preview(self, error: CportError) -> None:
        """Nothing is written that was not counted and named before."""
        self.form.preview.say("")
        self._notice.tell(error)

    def _show_preview(self, preview: PackagePreview) -> None:
        self.form.preview.say(
            say.package_preview(
                preview.reports,
                preview.media,
                figures.size(preview.media_bytes),
                preview.omitted,
            )
        )
        self._reports = preview.reports
        self._offer()
        self.forecast.soon()
        if preview.reports == 0:
            self._told.say(say.PACKAGE_NEEDS_REPORTS)

    def _offer(self) -> None:
        """One package at a time, and none of what was not counted."""
        is_idle = self._errand is None and not self._is_asking
        self._compose.setEnabled(is_idle and self._reports > 0)

    def _begin(self) -> None:
        self._notice.dismiss()
        if (lacking := self.form.lacking()) is not None:
            words, field = lacking
            self._ask_for(field, words)
            return
        self._is_asking = True
        self._offer()
        self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.recipients, self.form.keys.toPlainText()),
            then=self._compose_for,
            otherwise=self._refuse,
        )

    def _ask_for(self, field: QWidget, words: str) -> None:
        self._told.say(words)
        self._told.set_tone("grave")
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _compose_for(self, recipients: tuple[Recipient, ...]) -> None:
        """Composed is what was shown; anything else is shown first."""
        order = self.form.order_for(recipients)
        foreseen = self.forecast.of(order)
        if foreseen is None:
            self.forecast.show(recipients, is_asked_for=True)
            return
        self._is_asking = False
        if not foreseen.is_allowed:
            self._ask_for(self.form.keys, composing_page.REFUSED)
            self._offer()
            return
        resumes, self._begun = order == self._cut, order
        order = replace(order, signed_by=self.form.signed_by(), resumes=resumes)
        self._is_for_several = len(recipients) > 1
        self._tell(say.package_recipients(len(recipients)))
        self._errand = self._seat.lanes.packing.ask_long(
            self,
            partial(self._seat.session.compose, order),
            progress=self._show_progress,
            then=self._finish,
            otherwise=self._fail,
        )
        self._show_working(is_working=True)

    def _foresee_again(self) -> None:
        self._is_asking = False
        self._offer()
        self.forecast.soon()

    def _show_forecast(self, forecast: PackageForecast, is_asked_for: bool) -> None:
        self._notice.dismiss()
        self._is_asking = False
        self._offer()
        if is_asked_for:
            told = composing_page.LOOK_FIRST if forecast.is_allowed else composing_page.REFUSED
            self._tell(told)
        fit_height(self)

    def _tell_kept(self, sentence: str) -> None:
        self._notice.dismiss()
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        self._told.set_tone(None)
        self._told.say(sentence)

    # -- working

    def _show_progress(self, progress: Progress) -> None:
        total = progress.total
        self._bar.setRange(0, _STEPS if total else 0)
        if total:
            self._bar.setValue(progress.done * _STEPS // total)
        told = None if total is None else figures.count(total)
        phase = labels.phase(progress.phase.value)
        self._told.say(say.progress(phase, figures.count(progress.done), told))

    def _finish(self, departure: Departure) -> None:
        self._errand = None
        self._seat.drafting.end(THE_PACKAGE)
        self._show_working(is_working=False)
        self.form.hide()
        self._told.hide()
        self._compose.hide()
        self._discard.hide()
        self.digest = departure.composed.sha256
        self._proof.addWidget(PackageProof(departure, QGuiApplication.clipboard().setText))
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        fit_height(self)
        self.changed.emit(Changes.DISCLOSURES | Changes.AUDIT)

    def _fail(self, error: CportError) -> None:
        self._errand = None
        self._cut = self._begun
        self._show_working(is_working=False)
        if isinstance(error, Cancelled):
            # Who gets other things gets a package of their own: one may have been complete.
            several = self._is_for_several
            self._told.say(composing_page.STOPPED_SOME if several else say.PACKAGE_STOPPED)
        else:
            self._told.say("")
            self._refuse(error)
            if self.form.signer.pin.isVisibleTo(self):
                self.form.signer.pin.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(Changes.DISCLOSURES | Changes.AUDIT)

    def _refuse(self, error: CportError) -> None:
        self._is_asking = False
        self._offer()
        self._notice.tell(error)

    def _show_working(self, *, is_working: bool) -> None:
        self.form.setEnabled(not is_working)
        self._offer()
        self._bar.setRange(0, 0 if is_working else _STEPS)
        self._bar.setVisible(is_working)
        fit_height(self)
        self._close.setText(say.key_named(say.CANCEL if is_working else say.PACKAGE_CLOSE, "Esc"))

    def _keep(self) -> None:
        self._seat.drafting.keep(THE_PACKAGE, self.form.kept())

    # -- laying out

    def _make_parts(self) -> None:
        self._notice = Notice()
        self._told = PlainLabel(role="muted", wraps=True)
        self.form.choice_changed.connect(self._choose)
        self.form.shares_changed.connect(self._foresee_again)
        self.form.typed.connect(self._keep)
        self.form.lock_wanted.connect(self.lock_wanted)
        self.forecast.shown.connect(self._show_forecast)
        self.forecast.refused.connect(self._refuse)
        self._offers.told.connect(self._tell_kept)
        self._offers.refused.connect(self._notice.tell)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say.PACKAGE_COMPOSE)
        self._bar.hide()
        self._compose = button(say.PACKAGE_COMPOSE, self._begin, kind="primary", key="Ctrl+Enter")
        self._compose.setShortcut("Ctrl+Return")
        self._close = button(say.PACKAGE_CLOSE, self.reject, key="Esc")
        self._discard = button(locking.DISCARD, self.discard, key=locking.DISCARD_KEY)
        self._proof = QVBoxLayout()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(PlainLabel(say.PACKAGE_TITLE, role="title"))
        head.addStretch()
        if self._seat.session.nature.is_synthetic:
            head.addWidget(PlainLabel(say.SYNTHETIC, role="synthetic"))
        foot = QHBoxLayout()
        foot.addWidget(self._discard)
        foot.addStretch()
        foot.addWidget(self._close)
        foot.addWidget(self._compose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addLayout(head)
        inside = YieldingColumn(say.PACKAGE_TITLE, spacing=10)
        for part in (self.form, self._proof, self._notice, self._told):
            inside.add(part)
        column.addWidget(inside)
        column.addWidget(self._bar)
        column.addLayout(foot)
        fit_height(self)
