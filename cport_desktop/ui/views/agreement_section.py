"""In force: who agreed with whom, until when, and clause by clause what it allows."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cport_desktop.domain.changes import Changes
from cport_desktop.domain.roles import Role
from cport_desktop.ui import figures
from cport_desktop.ui.agreement_lines import (
    AgreementLine,
    AgreementShown,
    ClauseLine,
    RehearsalLine,
)
from cport_desktop.ui.models.agreement_columns import clause_columns
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.theme import Theme
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.page_section import PageSection
from cport_desktop.ui.widgets.controls import clear_layout, panel
from cport_desktop.ui.widgets.facts import FactGrid, section
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.listing import Listing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.words import agreement_page as say


class AgreementSection(PageSection):
    """One version is in force; another may wait."""

    title = say.IN_FORCE
    intro = say.IN_FORCE_INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._shown = AgreementShown(None, None, "", "", "")
        self._export = self.add_act(say.EXPORT, "Alt+E", self.ask_export)
        self._rehearse = self.add_act(say.REHEARSE, "Alt+R", self.rehearse)
        self._accept = self.add_act(say.ACCEPT, "Alt+A", self.ask_accept, kind="primary")
        self._standing = PlainLabel(role="strong", wraps=True)
        self._cure = PlainLabel(role="muted", wraps=True)
        self._waits = PlainLabel(role="strong", tone="grave", wraps=True)
        self._facts = QVBoxLayout()
        card = QVBoxLayout()
        card.setContentsMargins(14, 10, 14, 10)
        card.setSpacing(4)
        for part in (self._standing, self._cure, self._waits):
            card.addWidget(part)
        card.addLayout(self._facts)
        self._card = panel(card, kind="card")
        self._card.hide()
        self.list = Listing[ClauseLine](
            say.CLAUSES,
            clause_columns(),
            seat.theme,
            empty=(say.NO_AGREEMENT, say.NO_AGREEMENT_HELP),
        )
        self._whole = PlainLabel(wraps=True, can_be_copied=True)
        self._column.addWidget(self._card)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._whole)
        self.list.chosen_changed.connect(self._tell_clause)
        self._offer()

    def refresh(self) -> None:
        self.load(self._seat.session.exchanging.agreements.shown, self._show)

    def wear(self, theme: Theme) -> None:
        self.list.wear(theme)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.list.table,)

    # -- another version

    def rehearse(self) -> None:
        """What the version that waits would change, before anybody accepts it."""
        if self._shown.waiting is None:
            return
        dialog = self.ask(title=say.REHEARSE_TITLE, intro="", act=say.ACCEPT_NOW)
        dialog.set_act_visible(is_visible=False)
        self._tell_rehearsal(dialog)
        dialog.open()

    def ask_accept(self) -> None:
        """Ask once more, with what would change in sight."""
        if not self._can_accept:
            return
        dialog = self.ask(
            title=say.ACCEPT_TITLE, intro=say.ACCEPT_INTRO, act=say.ACCEPT_NOW, is_final=True
        )
        why = text_field(say.ACCEPT_WHY, say.ACCEPT_WHY_PLACEHOLDER)
        dialog.add_field(say.ACCEPT_WHY, why)
        self._tell_rehearsal(dialog)

        def give() -> None:
            reason = why.text().strip()
            if not reason:
                dialog.complain(say.NEEDS_WHY, why)
                return
            accept = partial(self._seat.session.exchanging.agreements.accept, reason)
            dialog.work(self._seat.lanes.acting, accept, then=partial(self._accepted, dialog))

        dialog.on_give(give)
        dialog.open()

    def _tell_rehearsal(self, dialog: AskingDialog) -> None:
        rehearse = self._seat.session.exchanging.agreements.rehearse
        self._seat.lanes.reading.ask(
            dialog, rehearse, then=partial(_show_rehearsal, dialog), otherwise=dialog.refuse
        )

    def _accepted(self, dialog: AskingDialog, changes: Changes) -> None:
        dialog.conclude(say.ACCEPTED)
        self.refresh()
        self.changed.emit(changes)

    # -- taking it out

    def ask_export(self) -> None:
        """Ask for a new file to write the signed agreement to."""
        dialog = self.ask(title=say.EXPORT_TITLE, intro=say.EXPORT_INTRO, act=say.EXPORT_NOW)
        target = PathField(say.EXPORT_FILE, say.EXPORT_PLACEHOLDER, Choosing.NEW_FILE)
        dialog.add_field(say.EXPORT_FILE, target)

        def give() -> None:
            path = target.path()
            if path is None:
                dialog.complain(say.NEEDS_PATH, target)
                return
            export = partial(self._seat.session.exchanging.agreements.export, path)

            def done(_answer: object) -> None:
                dialog.conclude(say.written(str(path)))
                self.changed.emit(Changes.AUDIT)

            dialog.work(self._seat.lanes.acting, export, then=done)

        dialog.on_give(give)
        dialog.open()

    @property
    def _can_accept(self) -> bool:
        line = self._shown.waiting
        may = self.may(Role.ADMINISTRATOR) or self.may(Role.SUPERVISOR)
        return line is not None and line.needs_acceptance and may

    # -- showing

    def _show(self, shown: AgreementShown) -> None:
        self._shown = shown
        self._offer()
        self._card.setVisible(shown.current is not None or shown.waiting is not None)
        clear_layout(self._facts)
        self._tell_waiting(shown.waiting)
        line = shown.current
        for label in (self._standing, self._cure):
            label.setVisible(line is not None)
        self.list.show_rows(
            () if line is None else line.clauses, same=lambda one, two: one.number == two.number
        )
        if line is None:
            return
        self._standing.say(say.standing(shown.grade, shown.sentence))
        self._standing.set_tone(say.TONES.get(shown.grade))
        self._cure.say(shown.advice)
        self._cure.setVisible(bool(shown.advice))
        self._facts.addWidget(FactGrid(_facts(line)))

    def _tell_waiting(self, line: AgreementLine | None) -> None:
        self._waits.setVisible(line is not None)
        if line is not None:
            begins = figures.day(line.effective_from)
            self._waits.say(f"◆ {say.WAITS}: {say.waits(line.reference, line.revision, begins)}")

    def _offer(self) -> None:
        self._rehearse.setVisible(self._shown.waiting is not None)
        self._accept.setVisible(self._can_accept)
        self._export.setVisible(self._shown.current is not None)

    def _tell_clause(self) -> None:
        """The chosen clause in full: a row has one line only."""
        line = self.list.chosen()
        self._whole.setVisible(line is not None)
        if line is not None:
            parts = [f"{say.CLAUSE} {line.number}: {line.text}"]
            parts += [f"✓ {each}" for each in line.allows] + [f"✗ {each}" for each in line.limits]
            self._whole.say("\n".join(parts))


def _facts(line: AgreementLine) -> tuple[tuple[str, str | None], ...]:
    return (
        (say.REFERENCE, say.reference(line.reference, line.revision)),
        (say.BETWEEN, say.between(line.agency, line.hotline)),
        (say.JURISDICTION, ", ".join(line.jurisdictions)),
        (say.VALID, say.valid(figures.day(line.valid_from), figures.day(line.valid_until))),
        (say.PORTAL, line.portal),
        (say.CONTACT, line.contact),
    )


def _show_rehearsal(dialog: AskingDialog, found: RehearsalLine) -> None:
    groups = (
        (say.NARROWER, found.narrower, "✗"),
        (say.WIDER, found.wider, "✓"),
        (say.PAST_YEAR, found.other, "◆"),
    )
    for title, lines, glyph in groups:
        if lines:
            dialog.add(section(title))
            told = "\n".join(f"{glyph} {line}" for line in lines)
            dialog.add(PlainLabel(told, wraps=True, can_be_copied=True))
    if not any(lines for _, lines, _ in groups):
        dialog.add(PlainLabel(say.NOTHING_CHANGES, role="muted", wraps=True))
    dialog.fit()
