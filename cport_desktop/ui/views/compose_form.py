"""The form of a package: what goes, for whom and how much, why, without what, and where to.

It works nothing out: it says that something was filled in, and gives what was as an order, as a draft
or as a template.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cport_desktop.crypto.recipients import Recipient
from cport_desktop.domain.chosen import AllFound
from cport_desktop.domain.draft import PackageFields
from cport_desktop.domain.ids import ReportId
from cport_desktop.domain.package import ALL_OF_IT
from cport_desktop.domain.package_template import PackageTemplate, TemplateShare
from cport_desktop.ui import figures
from cport_desktop.ui.desk import PackageChoice, PackageOrder
from cport_desktop.ui.named_files import path_named
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.signing import SignedBy
from cport_desktop.ui.widgets.controls import bind_key, button
from cport_desktop.ui.widgets.facts import section
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing, open_file_dialog
from cport_desktop.ui.widgets.package_shares import PackageShares, given_as_kept, given_from
from cport_desktop.ui.widgets.part_size import PartSize
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.recipient_lines import RecipientLines
from cport_desktop.ui.widgets.signer_row import SignerRow
from cport_desktop.ui.widgets.template_row import TemplateRow
from cport_desktop.ui.widgets.typing_places import lay_typed, typed_in
from cport_desktop.words import composing_page, signing_page
from cport_desktop.words import table_page as table_words
from cport_desktop.words import window as say


class ComposeForm(QWidget):
    """One package, as it is filled in.

    Signals:
        choice_changed(): other reports are to go.
        shares_changed(): somebody may get something else than before.
        typed(): anything was filled in.
        lock_wanted(): the vault is to be locked, although a file is being chosen.
    """

    choice_changed = Signal()
    shares_changed = Signal()
    typed = Signal()
    lock_wanted = Signal()

    def __init__(self, fields: PackageFields, *, found: int, now: Callable[[], datetime]) -> None:
        """Begins with `fields`; `found`: how many reports their query finds, 0 if not known."""
        super().__init__()
        self._now = now
        self._fields = fields
        self._choices = _choices(fields, found)
        self._chosen = 0
        self._group = QButtonGroup(self)
        self._make_fields()
        self._lay_out()
        self._fill_in(fields)
        self._watch()

    @property
    def keys(self) -> QPlainTextEdit:
        """The lines that say to whom it goes."""
        return self.to.keys

    @property
    def choice(self) -> PackageChoice:
        """The reports that are to go."""
        return self._choices[self._chosen][0]

    def order_for(self, recipients: tuple[Recipient, ...]) -> PackageOrder:
        """What is filled in, for those whose keys these are; who signs it is asked at the last moment."""
        among = {each.public for each in recipients}
        return PackageOrder(
            choice=self.choice,
            title=self.name.text().strip() or say.PACKAGE_NAME_DEFAULT,
            recipients=recipients,
            path=path_named(self.path.text().strip() or say.PACKAGE_NAME_DEFAULT),
            reason=self.reason.text().strip() or None,
            given_to={key: each for key, each in self.shares.given_to.items() if key in among},
            redactions=self.redactions.path(),
            part_size=self.parts.limit() or None,
            unredacted=frozenset(self.shares.kept.unredacted),
        )

    def signed_by(self) -> SignedBy:
        """Who is to sign it; the PIN of a token is taken out of its field."""
        return self.signer.signed_by(self.stamps.text().strip())

    def lacking(self) -> tuple[str, QWidget] | None:
        """What is still to be said before it can be composed, and where."""
        if not self.keys.toPlainText().strip():
            return say.PACKAGE_NEEDS_RECIPIENT, self.keys
        if not self.path.text().strip():
            return say.PACKAGE_NEEDS_PATH, self.path
        if self.parts.is_unclear():
            return composing_page.NEEDS_SIZE, self.parts.line
        return self.signer.lacking()

    def kept(self) -> PackageFields:
        """What is filled in, as a draft."""
        return PackageFields(
            selection=self._fields.selection,
            query=self._fields.query,
            goes_selection=isinstance(self.choice, tuple),
            title=self.name.text(),
            recipients=typed_in(self.keys),
            path=self.path.text(),
            without=self._fields.without,
            reason=self.reason.text(),
            given=given_as_kept(self.shares.given_to),
            redactions=self.redactions.field.text(),
            part_size=self.parts.limit(),
            signer=self.signer.kept,
            signer_file=self.signer.file,
            signer_module=self.signer.module.field.text(),
            stamps=self.stamps.text(),
        )

    def template_of(self, name: str, recipients: tuple[Recipient, ...]) -> PackageTemplate:
        """What is filled in, to be kept under `name`; the choice of reports is no part of it."""
        order = self.order_for(recipients)
        return PackageTemplate(
            name,
            order.title,
            tuple(
                TemplateShare(each.name, each.public, order.given_to.get(each.public, ALL_OF_IT))
                for each in recipients
            ),
            order.reason,
            order.part_size,
        )

    def take_template(self, template: PackageTemplate) -> None:
        """What it says stands in the form; the choice of reports stays."""
        self.name.setText(template.title)
        self.reason.setText(template.reason or "")
        self.parts.lay(template.part_size or 0)
        self.shares.given_to.clear()
        self.shares.given_to.update(
            {each.public: each.given for each in template.shares if each.given != ALL_OF_IT}
        )
        lines = (f"{each.name}={each.public}" for each in template.shares)
        self.keys.setPlainText("\n".join(lines))
        self.shares_changed.emit()

    def choose_path(self) -> None:
        files = open_file_dialog(self.window(), say.PACKAGE_WHERE, is_for_writing=True)
        files.fileSelected.connect(self.path.setText)
        bind_key("Ctrl+L", files, self.lock_wanted.emit, everywhere=True)

    def _fill_in(self, fields: PackageFields) -> None:
        self.name.setText(fields.title)
        lay_typed(self.keys, fields.recipients)
        self.path.setText(fields.path)
        self.reason.setText(fields.reason)
        self.redactions.field.setText(fields.redactions)
        self.parts.lay(fields.part_size)
        self.signer.lay(fields.signer, fields.signer_file, fields.signer_module)
        self.stamps.setText(fields.stamps)
        self.shares.given_to.update(given_from(fields.given))

    def _watch(self) -> None:
        for line in (self.name, self.path, self.reason, self.redactions.field, self.stamps):
            line.textChanged.connect(self.typed)
        for line in (self.path, self.reason, self.redactions.field):
            line.textChanged.connect(self.shares_changed)
        for changed in (
            self.keys.textChanged,
            self.shares.changed,
            self.parts.changed,
        ):
            changed.connect(self.shares_changed)
            changed.connect(self.typed)
        self.keys.cursorPositionChanged.connect(self.typed)
        self.keys.selectionChanged.connect(self.typed)
        self.signer.typed.connect(self.typed)
        for part in (self.redactions, self.signer, self.to):
            part.lock_wanted.connect(self.lock_wanted)

    def _make_fields(self) -> None:
        self.preview = PlainLabel(role="strong", wraps=True)
        self.name = QLineEdit(say.PACKAGE_NAME_DEFAULT)
        self.name.setAccessibleName(say.PACKAGE_NAME)
        self.name.setMaxLength(200)
        self.to = RecipientLines()
        self.path = QLineEdit()
        self.path.setProperty("role", "mono")
        self.path.setPlaceholderText(say.PACKAGE_PATH_PLACEHOLDER)
        self.path.setAccessibleName(say.PACKAGE_WHERE)
        self.reason = text_field(composing_page.REASON, composing_page.REASON_HERE)
        self.redactions = PathField(
            composing_page.REDACTIONS, composing_page.REDACTIONS_HERE, Choosing.FILE
        )
        self.parts = PartSize()
        self.signer = SignerRow(self._now)
        self.stamps = text_field(signing_page.STAMPS, signing_page.STAMPS_HERE, is_mono=True)
        self.shares = PackageShares()
        self.templates = TemplateRow()

    def _lay_out(self) -> None:
        form = QVBoxLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addWidget(section(say.PACKAGE_WHAT))
        for place, (_choice, words) in enumerate(self._choices):
            radio = QRadioButton(one_line(words).replace("&", "&&"))
            radio.setChecked(place == self._chosen)
            radio.setAccessibleName(one_line(words))
            radio.toggled.connect(partial(self._toggle, place))
            self._group.addButton(radio)
            form.addWidget(radio)
        form.addWidget(self.preview)
        form.addWidget(PlainLabel(say.PACKAGE_FIELDS, role="caption", wraps=True))
        choosing = button(say.PACKAGE_CHOOSE, self.choose_path, kind="small")
        for title, part in (
            (composing_page.TEMPLATES, self.templates),
            (say.PACKAGE_NAME, self.name),
            (say.PACKAGE_TO, self.to),
            (composing_page.WHO_GETS_WHAT, self.shares),
            (composing_page.REASON, self.reason),
            (composing_page.REDACTIONS, self.redactions),
            (signing_page.SIGNED_BY, self.signer),
            (signing_page.STAMPS, self.stamps),
            (say.PACKAGE_WHERE, _beside(self.path, choosing)),
            (composing_page.PARTS, self.parts),
        ):
            if part is self.shares:
                form.addWidget(PlainLabel(composing_page.SEALED, role="caption", wraps=True))
            form.addSpacing(6)
            form.addWidget(section(title))
            if isinstance(part, QWidget):
                form.addWidget(part)
            else:
                form.addLayout(part)
            if part is self.stamps:
                form.addWidget(PlainLabel(signing_page.STAMPS_HELP, role="caption", wraps=True))

    def _toggle(self, place: int, is_on: bool) -> None:
        if is_on:
            self._chosen = place
            self.shares.kept.forget()
            self.typed.emit()
            self.choice_changed.emit()


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
