"""What the dialogs about enclosures of a dossier ask for, and what is read of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.dossier import DossierShown
from cport_desktop.domain.enclosure import Brought, Enclosure, EnclosureKind
from cport_desktop.ui import figures
from cport_desktop.ui.dossiers import Dossiers
from cport_desktop.ui.lane import Lane
from cport_desktop.ui.plain_text import one_line, visible
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.widgets.controls import Choice
from cport_desktop.ui.widgets.facts import FactGrid
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.moment_field import MomentField
from cport_desktop.words import enclosures as say

Changed = Callable[[Changes], None]
_TEXT_HEIGHT = 220
_DIGITS = 12
"""Of a digest, where it only tells one from another."""


def ask_enclose(  # noqa: PLR0917 - as its neighbours
    dialog: AskingDialog,
    dossiers: Dossiers,
    lane: Lane,
    domain: str,
    now: datetime,
    changed: Changed,
) -> None:
    """Which kind, which file or digest, where from, and when it was taken."""
    kind = Choice(say.KIND)
    kind.addItems(list(say.KINDS.values()))
    path = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.FILE)
    digest = text_field(say.OR_DIGEST, is_mono=True)
    source = text_field(say.SOURCE, say.SOURCE_PLACEHOLDER)
    taken = MomentField(say.WHEN)
    taken.lay(now)
    dialog.add_field(say.KIND, kind)
    dialog.add_field(say.FILE, path)
    dialog.add_field(say.OR_DIGEST, digest)
    dialog.add_field(say.SOURCE, source)
    dialog.add_field(say.WHEN, taken)

    def offer(at: int) -> None:
        digest.setEnabled(tuple(EnclosureKind)[at] is EnclosureKind.COPY)

    kind.currentIndexChanged.connect(offer)
    offer(0)

    def give() -> None:
        chosen = tuple(EnclosureKind)[kind.currentIndex()]
        typed = digest.text().strip() if chosen is EnclosureKind.COPY else ""
        if path.path() is None and not typed:
            dialog.complain(say.NEEDS_FILE, path)
            return
        if not source.text().strip():
            dialog.complain(say.NEEDS_SOURCE, source)
            return
        brought = Brought(chosen, source.text(), taken.moment(), path.path(), typed)
        _change(dialog, lane, partial(dossiers.enclose, domain, brought), changed)

    dialog.on_give(give)
    dialog.open()


def ask_read(
    dialog: AskingDialog,
    dossiers: Dossiers,
    lane: Lane,
    whole: DossierShown,
) -> None:
    """Which one; what it says is told in the dialog."""
    domain, enclosed = whole.line.dossier.domain, whole.enclosed
    which = _which(dialog, enclosed)
    shown: list[QWidget] = []

    def tell(found: tuple[Enclosure, str]) -> None:
        for before in shown:
            before.hide()
            before.deleteLater()
        one, content = found
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        text.setAccessibleName(say.WHICH)
        text.setFixedHeight(_TEXT_HEIGHT)
        text.setPlainText(visible(content) if content else say.COPY_IS_ELSEWHERE)
        shown[:] = [FactGrid(facts_of(one)), text]
        for part in shown:
            dialog.add(part)
        dialog.fit()

    def give() -> None:
        digest = enclosed[which.currentIndex()].sha256
        dialog.work(lane, partial(dossiers.read_enclosed, domain, digest), then=tell)

    dialog.on_give(give)
    dialog.open()


def ask_take_out(
    dialog: AskingDialog,
    dossiers: Dossiers,
    lane: Lane,
    whole: DossierShown,
    changed: Changed,
) -> None:
    """Which one is enclosed no more."""
    domain, enclosed = whole.line.dossier.domain, whole.enclosed
    which = _which(dialog, enclosed)

    def give() -> None:
        digest = enclosed[which.currentIndex()].sha256
        _change(dialog, lane, partial(dossiers.take_out, domain, digest), changed)

    dialog.on_give(give)
    dialog.open()


def line_of(one: Enclosure) -> str:
    """One enclosure in one line."""
    kind = say.KINDS[one.kind.value]
    return say.line(kind, one_line(one.source), figures.moment(one.taken_at), one.sha256[:_DIGITS])


def facts_of(one: Enclosure) -> tuple[tuple[str, str | None], ...]:
    """All that is kept of it beside its text; what is a stranger's is harmless."""
    told = () if one.registration is None else one.registration.told
    return (
        (say.KIND, say.KINDS[one.kind.value]),
        (say.SOURCE, one_line(one.source)),
        (say.WHEN, figures.moment_in_prose(one.taken_at)),
        (say.DIGEST, one.sha256),
        (say.ADDED, one_line(one.added_by)),
        *((say.REGISTRATION[code], one_line(text)) for code, text in told),
    )


def _which(dialog: AskingDialog, enclosed: Sequence[Enclosure]) -> Choice:
    which = Choice(say.WHICH)
    # A source may be long: the dialog keeps its width, and the whole line stands in the list.
    which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    which.setMinimumContentsLength(_DIGITS)
    which.addItems([line_of(one) for one in enclosed])
    dialog.add_field(say.WHICH, which)
    return which


def _change(dialog: AskingDialog, lane: Lane, act: Callable[[], Changes], changed: Changed) -> None:
    def done(changes: Changes) -> None:
        dialog.accept()
        changed(changes)

    dialog.work(lane, act, then=done)
