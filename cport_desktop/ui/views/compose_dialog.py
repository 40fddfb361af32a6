"""Composing a package: what goes out, to whom, where to; then proof of what was written.

Rules:
1. Nothing is written before the preview is on the screen and the analyst says so.
2. «Done» is said only after the file was read back and every check passed.
3. The dialog opens without a loop of its own, and a lock closes it.
4. What was filled in is the analyst's draft until the package is written or they discard it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
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
from cport_desktop.domain.package import StepState, VerificationStep
from cport_desktop.domain.progress import Progress
from cport_desktop.errors import Cancelled, CportError
from cport_desktop.ui import figures
from cport_desktop.ui.desk import Departure, PackageChoice, PackageOrder, PackagePreview
from cport_desktop.ui.lane import Errand
from cport_desktop.ui.named_files import path_named
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.reading_order import walk_as_read
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.help_dialog import HelpKey
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.files import FileDialog, open_file_dialog
from cport_desktop.ui.widgets.notice import Notice
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.typing_places import lay_typed, typed_in
from cport_desktop.ui.widgets.yielding import YieldingColumn, fit_height
from cport_desktop.words import labels, locking
from cport_desktop.words import table_page as table_words
from cport_desktop.words import window as say
from cport_desktop.words.help import PACKAGE

_WIDTH = 620
_STEPS = 1000
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
        self._digest = ""
        self._make_parts()
        self._lay_out()
        self._fill_in(fields)
        self._choose(self._chosen)
        self._watch_typing()
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

    def _compose_for(self, recipients: tuple[Recipient, ...]) -> None:
        order = PackageOrder(
            choice=self._choices[self._chosen][0],
            title=self._name.text().strip() or say.PACKAGE_NAME_DEFAULT,
            recipients=recipients,
            path=path_named(self._path.text().strip()),
        )
        self._show_working(is_working=True)
        self._told.set_tone(None)
        self._told.say(say.package_recipients(len(recipients)))
        self._errand = self._seat.lanes.packing.ask_long(
            self,
            partial(self._seat.session.compose, order),
            progress=self._show_progress,
            then=self._finish,
            otherwise=self._fail,
        )

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
        composed, verification = departure.composed, departure.verification
        self._digest = composed.sha256
        self._form.hide()
        self._told.hide()
        self._compose.hide()
        self._discard.hide()
        is_good = not any(step.state is StepState.FAILED for step in verification.steps)
        words = say.PACKAGE_WRITTEN if is_good else say.PACKAGE_NOT_VERIFIED
        if verification.is_verified:
            words = say.PACKAGE_VERIFIED
        add = self._proof.addWidget
        add(
            PlainLabel(words, role="heading", tone="lightest" if is_good else "gravest", wraps=True)
        )
        add(
            PlainLabel(
                say.package_written(
                    figures.size(composed.size),
                    composed.items,
                    composed.media,
                ),
                role="muted",
            )
        )
        add(section(say.PACKAGE_DIGEST))
        add(PlainLabel(composed.sha256, role="mono", wraps=True, can_be_copied=True))
        copy = button(say.PACKAGE_COPY_DIGEST, self._copy_digest, kind="small")
        self._proof.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        add(section(say.PACKAGE_STEPS))
        for step in verification.steps:
            self._add_step(step)
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        fit_height(self)
        self.changed.emit(Changes.AUDIT)

    def _add_step(self, step: VerificationStep) -> None:
        tone = {"passed": "lightest", "failed": "gravest"}.get(step.state.value, "muted")
        words = say.step(step.number, one_line(step.name), step.state.value)
        self._proof.addWidget(PlainLabel(words, tone=tone, wraps=True))
        if step.detail:
            self._proof.addWidget(PlainLabel(step.detail, role="caption", wraps=True))

    def _fail(self, error: CportError) -> None:
        self._errand = None
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

    def _copy_digest(self) -> None:
        QGuiApplication.clipboard().setText(self._digest)

    # -- the draft

    def _fill_in(self, fields: PackageFields) -> None:
        self._name.setText(fields.title)
        lay_typed(self._keys, fields.recipients)
        self._path.setText(fields.path)

    def _watch_typing(self) -> None:
        for line in (self._name, self._path):
            line.textChanged.connect(self._keep)
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
        form.addWidget(section(say.PACKAGE_NAME))
        form.addWidget(self._name)
        form.addSpacing(6)
        form.addWidget(section(say.PACKAGE_TO))
        form.addLayout(
            _beside(self._keys, button(say.PACKAGE_FROM_FILE, self._choose_keys, kind="small"))
        )
        form.addWidget(PlainLabel(say.PACKAGE_SEALED, role="caption", wraps=True))
        form.addSpacing(6)
        form.addWidget(section(say.PACKAGE_WHERE))
        form.addLayout(
            _beside(self._path, button(say.PACKAGE_CHOOSE, self._choose_path, kind="small"))
        )

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


def _beside(field: QWidget, opener: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field, 1)
    row.addWidget(opener, 0, Qt.AlignmentFlag.AlignTop)
    return row
