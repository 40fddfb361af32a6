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

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.draft import THE_PACKAGE, PackageFields, Typed
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.package import ALL_OF_IT
from cport_desktop.domain.package_template import PackageTemplate, TemplateShare
from cport_desktop.domain.progress import Progress
from cport_desktop.errors import Cancelled, CportError
from cport_desktop.ui import figures
from cport_desktop.ui.desk import Departure, PackageChoice, PackageOrder, PackagePreview
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.named_files import path_named
from cport_desktop.ui.package_lines import PackageForecast
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.help_dialog import HelpKey
from cport_desktop.ui.widgets.controls import Choice, bind_key, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing, FileDialog, open_file_dialog
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.package_proof import PackageProof
from cport_desktop.ui.widgets.package_shares import PackageShares, given_as_kept, given_from
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.template_row import TemplateRow
from cport_desktop.ui.widgets.typing_places import lay_typed, typed_in
from cport_desktop.ui.widgets.yielding import YieldingColumn, fit_height
from cport_desktop.words import composing_page, labels, locking
from cport_desktop.words import table_page as table_words
from cport_desktop.words import window as say
from cport_desktop.words.help import PACKAGE

_WIDTH = 680
_STEPS = 1000
_MEGA = 1024 * 1024
_PART_SIZES = (0, 4 * 1024 * _MEGA - 1, 700 * _MEGA, 100 * _MEGA)
"""Bytes; 0: one file. What FAT32 takes, a CD, a small mail box."""
_TYPING_ENDS_MS = 300
NOTHING_YET = PackageFields((), "", False, say.PACKAGE_NAME_DEFAULT, Typed(), "")
"""How a new package begins."""


class ComposeDialog(QDialog):
    """One package.

    Signals:
        changed(object): `Changes` after a package left (its audit entry).
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
        self._fields = fields
        self._choices = _choices(fields, found)
        self._chosen = 0
        self._order: PackageOrder | None = None
        self._preview_errand: Errand | None = None
        self._errand: Errand | None = None
        self._forecast_errand: Errand | None = None
        self._foreseen: tuple[PackageOrder, PackageForecast] | None = None
        self._was_cut = False
        """An order was cut off here: what of it stands there whole is not written again."""
        self._make_parts()
        self._lay_out()
        self._fill_in(fields)
        self._choose(self._chosen)
        self._watch_typing()
        self._foresee_soon()
        self._ask_templates()
        bind_key("Ctrl+D", self, self.discard, everywhere=True)
        bind_key("Ctrl+L", self, self.lock_wanted.emit, everywhere=True)
        HelpKey(self, PACKAGE).lock_wanted.connect(self.lock_wanted)

    def is_working(self) -> bool:
        return self._errand is not None

    def focusNextPrevChild(self, forward: bool) -> bool:
        return walk_as_read(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

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

    def _choose(self, place: int) -> None:
        self._chosen = place
        self._keep()
        self._compose.setEnabled(False)
        self._told.say("")
        self._preview.say(say.PACKAGE_COUNTING)
        if self._preview_errand is not None:
            self._preview_errand.cancel()
        self._preview_errand = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.preview, self._choices[place][0]),
            then=self._show_preview,
            otherwise=self._refuse_preview,
        )

    def _refuse_preview(self, error: CportError) -> None:
        """Nothing is written that was not counted and named before."""
        self._preview.say("")
        self._notice.tell(error)

    def _show_preview(self, preview: PackagePreview) -> None:
        self._preview.say(
            say.package_preview(
                preview.reports,
                preview.media,
                figures.size(preview.media_bytes),
                preview.omitted,
            )
        )
        self._compose.setEnabled(preview.reports > 0)
        self._foresee_soon()
        if preview.reports == 0:
            self._told.say(say.PACKAGE_NEEDS_REPORTS)

    def _begin(self) -> None:
        self._notice.dismiss()
        if not self._keys.toPlainText().strip():
            self._ask_for(self._keys, say.PACKAGE_NEEDS_RECIPIENT)
        elif not self._path.text().strip():
            self._ask_for(self._path, say.PACKAGE_NEEDS_PATH)
        else:
            self._compose.setEnabled(False)
            self._seat.lanes.reading.ask(
                self,
                partial(self._seat.session.recipients, self._keys.toPlainText()),
                then=self._compose_for,
                otherwise=self._refuse,
            )

    def _ask_for(self, field: QWidget, words: str) -> None:
        self._told.say(words)
        self._told.set_tone("grave")
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _order_for(self, recipients: tuple[Recipient, ...]) -> PackageOrder:
        redactions = self._redactions.path()
        among = {each.public for each in recipients}
        return PackageOrder(
            choice=self._choices[self._chosen][0],
            title=self._name.text().strip() or say.PACKAGE_NAME_DEFAULT,
            recipients=recipients,
            path=path_named(self._path.text().strip() or say.PACKAGE_NAME_DEFAULT),
            reason=self._reason.text().strip() or None,
            given_to={key: g for key, g in self._shares.given_to.items() if key in among},
            redactions=redactions,
            part_size=_PART_SIZES[self._parts.currentIndex()] or None,
        )

    def _compose_for(self, recipients: tuple[Recipient, ...]) -> None:
        """Composed is what was shown; anything else is shown first."""
        order = self._order_for(recipients)
        if self._foreseen is None or self._foreseen[0] != _without_title(order):
            self._foresee(recipients, is_asked_for=True)
            return
        if not self._foreseen[1].is_allowed:
            self._ask_for(self._keys, composing_page.REFUSED)
            self._compose.setEnabled(True)
            return
        self._show_working(is_working=True)
        self._told.set_tone(None)
        self._told.say(say.package_recipients(len(recipients)))
        self._errand = self._seat.lanes.packing.ask_long(
            self,
            partial(self._seat.session.compose, replace(order, resumes=self._was_cut)),
            progress=self._show_progress,
            then=self._finish,
            otherwise=self._fail,
        )

    # -- templates

    def _ask_templates(self) -> None:
        session = self._seat.session
        self._seat.lanes.reading.ask(
            self, session.package_templates, then=self._templates.offer, otherwise=self._notice.tell
        )

    def _take_template(self, template: PackageTemplate) -> None:
        """What it says stands in the form; the choice of reports stays."""
        self._name.setText(template.title)
        self._reason.setText(template.reason or "")
        size = template.part_size or 0
        self._parts.setCurrentIndex(_PART_SIZES.index(size) if size in _PART_SIZES else 0)
        self._shares.given_to.clear()
        self._shares.given_to.update(
            {each.public: each.given for each in template.shares if each.given != ALL_OF_IT}
        )
        lines = (f"{each.name}={each.public}" for each in template.shares)
        self._keys.setPlainText("\n".join(lines))
        self._foresee_soon()

    def _keep_template(self, name: str) -> None:
        """Its recipients are what stands in the form."""
        self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.recipients, self._keys.toPlainText()),
            then=partial(self._keep_template_for, name),
            otherwise=self._notice.tell,
        )

    def _keep_template_for(self, name: str, recipients: tuple[Recipient, ...]) -> None:
        order = self._order_for(recipients)
        template = PackageTemplate(
            name,
            order.title,
            tuple(
                TemplateShare(each.name, each.public, order.given_to.get(each.public, ALL_OF_IT))
                for each in recipients
            ),
            order.reason,
            order.part_size,
        )
        self._seat.lanes.acting.ask(
            self,
            partial(self._seat.session.keep_package_template, template),
            then=partial(self._template_is_kept, name),
            otherwise=self._notice.tell,
        )

    def _template_is_kept(self, name: str, _kept: None) -> None:
        self._notice.dismiss()
        self._templates.clear()
        self._told.set_tone(None)
        self._told.say(composing_page.template_kept(one_line(name)))
        self._ask_templates()

    # -- what each of them gets

    def _foresee_soon(self) -> None:
        self._foreseen = None
        self._typing_ends.start()

    def _foresee_now(self) -> None:
        if self._errand is not None or self._form.isHidden():
            return
        text = self._keys.toPlainText()
        if not text.strip():
            self._shares.say_nobody()
            return
        self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.recipients, text),
            then=partial(self._foresee, is_asked_for=False),
            otherwise=self._foresee_nothing,
        )

    def _foresee_nothing(self, _error: CportError) -> None:
        """What was typed is no key yet; composing says what is wrong with it."""
        self._shares.say_nobody()

    def _foresee(self, recipients: tuple[Recipient, ...], *, is_asked_for: bool) -> None:
        order = self._order_for(recipients)
        if self._forecast_errand is not None:
            self._forecast_errand.cancel()
        self._forecast_errand = self._seat.lanes.reading.ask(
            self,
            partial(self._seat.session.foresee, order),
            then=partial(self._show_forecast, order, is_asked_for),
            otherwise=self._refuse,
        )

    def _show_forecast(
        self,
        order: PackageOrder,
        is_asked_for: bool,
        forecast: PackageForecast,
    ) -> None:
        self._foreseen = (_without_title(order), forecast)
        self._notice.dismiss()
        self._shares.show_forecast(forecast)
        self._compose.setEnabled(True)
        if is_asked_for:
            self._told.set_tone(None)
            self._told.say(
                composing_page.LOOK_FIRST if forecast.is_allowed else composing_page.REFUSED
            )
        fit_height(self)

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
        self._form.hide()
        self._told.hide()
        self._compose.hide()
        self._discard.hide()
        self._proof.addWidget(PackageProof(departure, QGuiApplication.clipboard().setText))
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        fit_height(self)
        self.changed.emit(Changes.AUDIT)

    def _fail(self, error: CportError) -> None:
        self._errand = None
        self._was_cut = True
        self._show_working(is_working=False)
        if isinstance(error, Cancelled):
            self._told.say(say.PACKAGE_STOPPED)
        else:
            self._told.say("")
            self._refuse(error)

    def _refuse(self, error: CportError) -> None:
        self._compose.setEnabled(True)
        self._notice.tell(error)

    def _show_working(self, *, is_working: bool) -> None:
        self._form.setEnabled(not is_working)
        self._compose.setEnabled(not is_working)
        self._bar.setRange(0, 0 if is_working else _STEPS)
        self._bar.setVisible(is_working)
        fit_height(self)
        self._close.setText(say.key_named(say.CANCEL if is_working else say.PACKAGE_CLOSE, "Esc"))

    # -- the draft

    def _fill_in(self, fields: PackageFields) -> None:
        self._name.setText(fields.title)
        lay_typed(self._keys, fields.recipients)
        self._path.setText(fields.path)
        self._reason.setText(fields.reason)
        self._redactions.field.setText(fields.redactions)
        if fields.part_size in _PART_SIZES:
            self._parts.setCurrentIndex(_PART_SIZES.index(fields.part_size))
        self._shares.given_to.update(given_from(fields.given))

    def _watch_typing(self) -> None:
        for line in (self._name, self._path, self._reason, self._redactions.field):
            line.textChanged.connect(self._keep)
        for line in (self._path, self._reason, self._redactions.field):
            line.textChanged.connect(self._foresee_soon)
        self._keys.textChanged.connect(self._foresee_soon)
        self._shares.changed.connect(self._foresee_soon)
        self._shares.changed.connect(self._keep)
        self._parts.currentIndexChanged.connect(self._foresee_soon)
        self._parts.currentIndexChanged.connect(self._keep)
        self._keys.textChanged.connect(self._keep)
        self._keys.cursorPositionChanged.connect(self._keep)
        self._keys.selectionChanged.connect(self._keep)

    def _keep(self) -> None:
        choice = self._choices[self._chosen][0]
        kept = PackageFields(
            selection=self._fields.selection,
            query=self._fields.query,
            goes_selection=isinstance(choice, tuple),
            title=self._name.text(),
            recipients=typed_in(self._keys),
            path=self._path.text(),
            without=self._fields.without,
            reason=self._reason.text(),
            given=given_as_kept(self._shares.given_to),
            redactions=self._redactions.field.text(),
            part_size=_PART_SIZES[self._parts.currentIndex()],
        )
        self._seat.drafting.keep(THE_PACKAGE, kept)

    # -- files

    def _choose_path(self) -> None:
        files = self._open_files(say.PACKAGE_WHERE, is_for_writing=True)
        files.fileSelected.connect(self._path.setText)

    def _choose_keys(self) -> None:
        files = self._open_files(say.PACKAGE_TO, is_for_writing=False)
        files.fileSelected.connect(self._keys.setPlainText)

    def _open_files(self, title: str, *, is_for_writing: bool) -> FileDialog:
        files = open_file_dialog(self, title, is_for_writing=is_for_writing)
        bind_key("Ctrl+L", files, self.lock_wanted.emit, everywhere=True)
        return files

    # -- laying out

    def _make_parts(self) -> None:
        self._notice = Notice()
        self._preview = PlainLabel(role="strong", wraps=True)
        self._told = PlainLabel(role="muted", wraps=True)
        self._name = QLineEdit(say.PACKAGE_NAME_DEFAULT)
        self._name.setAccessibleName(say.PACKAGE_NAME)
        self._name.setMaxLength(200)
        self._keys = QPlainTextEdit()
        self._keys.setProperty("role", "mono")
        self._keys.setPlaceholderText(say.PACKAGE_RECIPIENTS_PLACEHOLDER)
        self._keys.setAccessibleName(say.PACKAGE_TO)
        self._keys.setTabChangesFocus(True)
        self._keys.setFixedHeight(70)
        self._path = QLineEdit()
        self._path.setProperty("role", "mono")
        self._path.setPlaceholderText(say.PACKAGE_PATH_PLACEHOLDER)
        self._path.setAccessibleName(say.PACKAGE_WHERE)
        self._reason = text_field(composing_page.REASON, composing_page.REASON_HERE)
        self._redactions = PathField(
            composing_page.REDACTIONS, composing_page.REDACTIONS_HERE, Choosing.FILE
        )
        self._redactions.lock_wanted.connect(self.lock_wanted)
        self._parts = Choice(composing_page.PARTS)
        for size in _PART_SIZES:
            self._parts.addItem(
                composing_page.parts_of(figures.size(size)) if size else composing_page.ONE_FILE
            )
        self._shares = PackageShares()
        self._templates = TemplateRow()
        self._templates.chosen.connect(self._take_template)
        self._templates.keep_wanted.connect(self._keep_template)
        self._typing_ends = QTimer(self)
        self._typing_ends.setSingleShot(True)
        self._typing_ends.setInterval(_TYPING_ENDS_MS)
        self._typing_ends.timeout.connect(self._foresee_now)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(say.PACKAGE_COMPOSE)
        self._bar.hide()
        self._compose = button(say.PACKAGE_COMPOSE, self._begin, kind="primary", key="Ctrl+Enter")
        self._compose.setShortcut("Ctrl+Return")
        self._close = button(say.PACKAGE_CLOSE, self.reject, key="Esc")
        self._discard = button(locking.DISCARD, self.discard, key=locking.DISCARD_KEY)
        self._choice_group = QButtonGroup(self)
        self._form = QWidget()
        self._proof = QVBoxLayout()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(PlainLabel(say.PACKAGE_TITLE, role="title"))
        head.addStretch()
        if self._seat.session.nature.is_synthetic:
            head.addWidget(PlainLabel(say.SYNTHETIC, role="synthetic"))
        self._fill_form()
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
        for part in (self._form, self._proof, self._notice, self._told):
            inside.add(part)
        column.addWidget(inside)
        column.addWidget(self._bar)
        column.addLayout(foot)
        fit_height(self)

    def _fill_form(self) -> None:
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addWidget(section(say.PACKAGE_WHAT))
        for place, (_choice, words) in enumerate(self._choices):
            radio = QRadioButton(one_line(words).replace("&", "&&"))
            radio.setChecked(place == self._chosen)
            radio.setAccessibleName(one_line(words))
            radio.toggled.connect(partial(self._toggle, place))
            self._choice_group.addButton(radio)
            form.addWidget(radio)
        form.addWidget(self._preview)
        form.addWidget(PlainLabel(say.PACKAGE_FIELDS, role="caption", wraps=True))
        form.addSpacing(6)
        form.addWidget(section(composing_page.TEMPLATES))
        form.addWidget(self._templates)
        form.addSpacing(6)
        form.addWidget(section(say.PACKAGE_NAME))
        form.addWidget(self._name)
        form.addSpacing(6)
        form.addWidget(section(say.PACKAGE_TO))
        form.addLayout(
            _beside(self._keys, button(say.PACKAGE_FROM_FILE, self._choose_keys, kind="small"))
        )
        form.addWidget(PlainLabel(say.PACKAGE_SEALED, role="caption", wraps=True))
        form.addSpacing(6)
        form.addWidget(section(composing_page.WHO_GETS_WHAT))
        form.addWidget(self._shares)
        form.addSpacing(6)
        form.addWidget(section(composing_page.REASON))
        form.addWidget(self._reason)
        form.addSpacing(6)
        form.addWidget(section(composing_page.REDACTIONS))
        form.addWidget(self._redactions)
        form.addSpacing(6)
        form.addWidget(section(say.PACKAGE_WHERE))
        form.addLayout(
            _beside(self._path, button(say.PACKAGE_CHOOSE, self._choose_path, kind="small"))
        )
        form.addWidget(section(composing_page.PARTS))
        form.addWidget(self._parts)

    def _toggle(self, place: int, is_on: bool) -> None:
        if is_on:
            self._choose(place)


def _choices(fields: PackageFields, found: int) -> tuple[tuple[PackageChoice, str], ...]:
    """What could go, each with its words; first what does."""
    words = say.package_query(found, fields.query)
    whole: tuple[PackageChoice, str] = (fields.query, words)
    if fields.without:
        out = frozenset(map(ReportId, fields.without))
        words = table_words.all_but(fields.query, figures.count(len(out)))
        whole = (AllFound(fields.query, out), words)
    if not fields.selection:
        return (whole,)
    selection = tuple(ReportId(number) for number in fields.selection)
    chosen: tuple[PackageChoice, str] = (selection, say.package_selection(len(selection)))
    return (chosen, whole) if fields.goes_selection else (whole, chosen)


def _without_title(order: PackageOrder) -> PackageOrder:
    """What decides who gets what."""
    return replace(order, title="")


def _beside(field: QWidget, opener: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field, 1)
    row.addWidget(opener, 0, Qt.AlignmentFlag.AlignTop)
    return row
