"""What the dialogs about dossiers ask for, filled into a dialog that the part opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.criteria import CriterionRule, Ground, Reviewer
from cport_desktop.domain.domain_check import DomainCheck
from cport_desktop.domain.dossier import (
    DossierEdit,
    DossierFormat,
    DossierOrder,
    DossierShown,
    WrittenDossiers,
)
from cport_desktop.domain.operation import Criterion, CriterionState
from cport_desktop.ui.dossiers import Dossiers, ListLine
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.dossier_pane import fill_check
from cport_desktop.ui.widgets.careful_editor import CarefulEditor
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.criteria_rows import CriteriaRows
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.scrolling import ScrollColumn
from cport_desktop.words import dossiers as words
from cport_desktop.words import dossiers_page as say
from cport_desktop.words import enclosures as enclosure_words
from cport_desktop.words import iwol_page, portal_acts, tongue
from cport_desktop.words import suffixes as suffix_words

_NOTE_HEIGHT = 52
_CHECK_HEIGHT = 330
Changed = Callable[[Changes], None]


def ask_begin(
    dialog: AskingDialog, dossiers: Dossiers, lane: Lane, domain: str, changed: Changed
) -> None:
    """Which domain, by which text of the criteria."""
    name = text_field(iwol_page.DOMAIN, portal_acts.DOMAIN_PLACEHOLDER, is_mono=True)
    name.setText(domain)
    version = Choice(portal_acts.CRITERIA_VERSION)
    versions: list[str] = []

    def fill(texts: tuple[tuple[str, str], ...]) -> None:
        versions[:] = [code for code, _ in texts]
        version.addItems([tongue.tr(title) for _, title in texts])

    lane.ask(dialog, dossiers.texts, then=fill, otherwise=dialog.refuse)
    dialog.add_field(iwol_page.DOMAIN, name)
    dialog.add_field(portal_acts.CRITERIA_VERSION, version)

    def give() -> None:
        typed = name.text().strip()
        if not typed:
            dialog.complain(portal_acts.NEEDS_DOMAIN, name)
            return
        at = version.currentIndex()
        chosen = (
            versions[at] if 0 <= at < len(versions) else ""
        )  # None yet: the first that is kept.
        _work(dialog, lane, partial(dossiers.begin, typed, chosen), say.BEGUN, changed)

    dialog.on_give(give)
    dialog.open()


def ask_write(
    dialog: AskingDialog, dossiers: Dossiers, lane: Lane, whole: DossierShown, changed: Changed
) -> None:
    """The three texts, and the criteria that a person judges."""
    kept = whole.line.dossier
    why = _note(dialog, words.PROPORTIONALITY, kept.texts.proportionality)
    public = _note(dialog, words.PUBLIC, kept.texts.public)
    internal = _note(dialog, words.INTERNAL, kept.texts.internal)
    contact = text_field(enclosure_words.COMPLAINT_CONTACT)
    contact.setText(kept.texts.contact)
    dialog.add_field(enclosure_words.COMPLAINT_CONTACT, contact)
    asked = [each for each in whole.criteria if each.text.rule is not CriterionRule.AGENCIES]
    titles = {each.text.code: tongue.tr(each.text.title) for each in asked}
    criteria = CriteriaRows({kept.criteria_version: titles})
    said = {each.text.code: each for each in asked if each.ground is Ground.JUDGED}
    for each in said.values():
        criteria.lay(Criterion(each.text.code, each.state, each.note))
    criteria.returned.connect(dialog.give)
    dialog.add(criteria)

    def give() -> None:
        edit = DossierEdit(
            proportionality=why.toPlainText(),
            internal=internal.toPlainText(),
            public=public.toPlainText(),
            contact=contact.text(),
        )
        judged = tuple(
            each
            for each in criteria.criteria()
            if each.state is not CriterionState.UNDETERMINED or each.note or each.code in said
        )
        work = partial(dossiers.change, kept.domain, edit, judged)
        _work(dialog, lane, work, say.KEPT, changed)

    dialog.on_give(give)
    dialog.open()


def ask_confirm(
    dialog: AskingDialog, dossiers: Dossiers, lane: Lane, domain: str, changed: Changed
) -> None:
    """The second agency, where there is one."""
    agency = text_field(say.AGENCY, "")
    country = text_field(say.AGENCY_COUNTRY, "BE")
    dialog.add_field(say.AGENCY, agency)
    dialog.add_field(say.AGENCY_COUNTRY, country)

    def give() -> None:
        named = agency.text().strip()
        second = Reviewer(named, country.text().strip()) if named else None
        work = partial(dossiers.confirm, domain, second)
        _work(dialog, lane, work, say.CONFIRMED, changed)

    dialog.on_give(give)
    dialog.open()


def ask_why(
    dialog: AskingDialog,
    lane: Lane,
    act: Callable[[str], Changes],
    done: str,
    changed: Changed,
) -> None:
    """A reason, without which it is not done."""
    why = text_field(say.WHY, "")
    dialog.add_field(say.WHY, why)

    def give() -> None:
        if not why.text().strip():
            dialog.complain(say.NEEDS_WHY, why)
            return
        _work(dialog, lane, partial(act, why.text().strip()), done, changed)

    dialog.on_give(give)
    dialog.open()


def ask_export(
    dialog: AskingDialog,
    dossiers: Dossiers,
    lane: Lane,
    domain: str,
    *,
    is_reason_needed: bool,
) -> None:
    """Where to, in which form, for whom."""
    path = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.NEW_FILE)
    form = Choice(say.FORMAT)
    form.addItems(list(say.FORMATS.values()))
    recipient = text_field(say.FOR, words.UNNAMED)
    dialog.add_field(say.FILE, path)
    dialog.add_field(say.FORMAT, form)
    dialog.add_field(say.FOR, recipient)
    reason: QLineEdit | None = None
    if is_reason_needed:
        reason = text_field(portal_acts.REASON, portal_acts.REASON_PLACEHOLDER)
        dialog.add_field(portal_acts.REASON, reason)

    def done(written: WrittenDossiers) -> None:
        file = written.signature.name.removesuffix(".p7s")
        told = say.exported(file, written.signature.name, written.signer)
        dialog.conclude(f"✓ {told}", more=f"SHA-256 {written.sha256}")

    def give() -> None:
        target = path.path()
        if target is None:
            dialog.complain(say.NEEDS_FILE, path)
            return
        if reason is not None and not reason.text().strip():
            dialog.complain(portal_acts.NEEDS_REASON, reason)
            return
        order = DossierOrder(
            path=target,
            format=tuple(DossierFormat)[form.currentIndex()],
            domains=(domain,),
            recipient=recipient.text().strip() or None,
            reason=None if reason is None else reason.text().strip(),
        )
        dialog.work(lane, partial(dossiers.export, order), then=done)

    dialog.on_give(give)
    dialog.open()


def ask_check(dialog: AskingDialog, dossiers: Dossiers, lane: Lane, domain: str) -> None:
    """What is known of a domain, told in the dialog; another one may be asked for."""
    asked = text_field(say.ASKED, portal_acts.DOMAIN_PLACEHOLDER, is_mono=True)
    asked.setText(domain)
    dialog.add_field(say.ASKED, asked)
    shown: list[ScrollColumn] = []

    def tell(found: DomainCheck) -> None:
        for before in shown:
            before.hide()
            before.deleteLater()
        pane = ScrollColumn(say.CHECK)
        pane.setFixedHeight(_CHECK_HEIGHT)
        fill_check(pane, found)
        shown[:] = [pane]
        dialog.add(pane)
        dialog.fit()

    def give() -> None:
        typed = asked.text().strip()
        if not typed:
            dialog.complain(say.NEEDS_ASKED, asked)
            return
        dialog.work(lane, partial(dossiers.check, typed), then=tell)

    dialog.on_give(give)
    dialog.open()


def ask_list(
    dialog: AskingDialog,
    dossiers: Dossiers,
    lane: Lane,
    lists: Sequence[ListLine],
    changed: Changed,
) -> None:
    """Which lists are in force, and a later one of them."""
    for line in lists:
        origin = suffix_words.OWN if line.is_own else suffix_words.BUNDLED
        name = suffix_words.NAMES[line.name]
        told = say.version_of(name, line.version or suffix_words.NONE, origin)
        dialog.add(PlainLabel(told, wraps=True, can_be_copied=True))
    which = Choice(say.LIST)
    which.addItems([suffix_words.NAMES[line.name] for line in lists])
    path = PathField(say.LIST_FILE, say.LIST_PLACEHOLDER, Choosing.FILE)
    dialog.add_field(say.LIST, which)
    dialog.add_field(say.LIST_FILE, path)

    def done(told: str) -> None:
        dialog.conclude(f"✓ {told}")
        changed(Changes.REPORTS | Changes.AUDIT)

    def give() -> None:
        source = path.path()
        if source is None:
            dialog.complain(say.NEEDS_LIST_FILE, path)
            return
        name = lists[which.currentIndex()].name
        dialog.work(lane, partial(dossiers.replace, name, source), then=done)

    dialog.on_give(give)
    dialog.open()


def _note(dialog: AskingDialog, label: str, text: str) -> QPlainTextEdit:
    note = CarefulEditor()
    note.paste_refused.connect(dialog.complain)
    note.setAccessibleName(label)
    note.setTabChangesFocus(True)
    note.setFixedHeight(_NOTE_HEIGHT)
    note.setPlainText(text)
    dialog.add_field(label, note)
    return note


def _work(
    dialog: AskingDialog,
    lane: Lane,
    act: Callable[[], Changes],
    told: str,
    changed: Changed,
) -> None:
    def done(changes: Changes) -> None:
        dialog.conclude(f"✓ {told}")
        changed(changes)

    dialog.work(lane, act, then=done)
