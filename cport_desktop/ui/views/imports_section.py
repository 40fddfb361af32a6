"""Packages from colleagues: which came, and how one is looked at and taken in.

files are named ─> verified, told what it would do ─> a person says so ─> taken in, whole
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cport_desktop.domain.about import case_number
from cport_desktop.domain.changes import Changes
from cport_desktop.domain.ids import report_reference
from cport_desktop.domain.imported import (
    ImportedPackage,
    ImportPreview,
    ImportRecord,
    ItemStanding,
    StandingReport,
)
from cport_desktop.domain.roles import Role
from cport_desktop.ui import figures
from cport_desktop.ui.exchanging_colleagues import ColleaguesPackage
from cport_desktop.ui.models.import_columns import import_columns
from cport_desktop.ui.plain_text import one_line
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.asking import AskingDialog
from cport_desktop.ui.views.paged_section import PagedSection
from cport_desktop.ui.widgets.fields import PathField, text_field
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.ui.widgets.plain_label import PlainLabel
from cport_desktop.ui.widgets.work_strip import WorkStrip
from cport_desktop.words import departure_papers as papers
from cport_desktop.words import imports
from cport_desktop.words import imports_page as say

_MOST_SHOWN = 12
"""Reports that are named one by one in a preview: as many as fit."""


class ImportsSection(PagedSection[ImportRecord]):
    """What came, the newest first."""

    title = say.TITLE
    intro = say.INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._colleagues = seat.session.exchanging.colleagues
        if self.may(Role.ANALYST):
            self.add_act(say.TAKE_IN, "Alt+K", self.ask_package, kind="primary")
        else:
            self.say_needs(Role.ANALYST, say.TAKING_IN)
        self.list_pages(
            import_columns(),
            self._colleagues.page,
            same=lambda one, other: one.number == other.number,
            empty=(say.NONE, say.NONE_HELP),
        )

    def ask_package(self) -> None:
        """Ask for the files, verify the package and say what taking it in would do."""
        dialog = self.ask(title=say.ASK_TITLE, intro=say.ASK_INTRO, act=say.LOOK)
        file = PathField(say.FILE, say.FILE_PLACEHOLDER, Choosing.FILE)
        identity = PathField(say.IDENTITY, say.IDENTITY_PLACEHOLDER, Choosing.FILE)
        authority = PathField(say.AUTHORITY, say.AUTHORITY_PLACEHOLDER, Choosing.FILE)
        case = text_field(say.CASE, say.CASE_PLACEHOLDER)
        receipt = PathField(papers.IMPORT_RECEIPT, papers.IMPORT_RECEIPT_HERE, Choosing.NEW_FILE)
        for label, field in (
            (say.FILE, file),
            (say.IDENTITY, identity),
            (say.AUTHORITY, authority),
            (say.CASE, case),
        ):
            dialog.add_field(label, field)
        if self.may(Role.EXPORTER):
            dialog.add_field(papers.IMPORT_RECEIPT, receipt)
        strip = self._strip(dialog, say.LOOKING)

        def give() -> None:
            path, anchor, named = file.path(), authority.path(), case.text().strip()
            number = case_number(named) if named else None
            if path is None:
                dialog.complain(say.NEEDS_FILE, file)
            elif anchor is None:
                dialog.complain(say.NEEDS_AUTHORITY, authority)
            elif named and number is None:
                dialog.complain(say.NEEDS_CASE, case)
            else:
                package = ColleaguesPackage(path, identity.path(), anchor, number)
                look = partial(self._colleagues.look, package)
                then = partial(self._ask_whether, dialog, package, receipt.path())
                dialog.work_long(strip, look, then=then, stopped=say.STOPPED)

        dialog.on_give(give)
        dialog.open()

    def _ask_whether(
        self,
        before: AskingDialog,
        package: ColleaguesPackage,
        receipt: Path | None,
        preview: ImportPreview,
    ) -> None:
        """Say what it would do, and take it in once the person says so; then write the `receipt`."""
        before.accept()
        dialog = self.ask(title=say.PREVIEW_TITLE, intro="", act=say.TAKE_IN_NOW)
        for line in preview_lines(preview):
            dialog.add(PlainLabel(line, wraps=True, can_be_copied=True))
        strip = self._strip(dialog, say.TAKING_IN)

        def taken_in(imported: ImportedPackage) -> None:
            strip.tell("")
            dialog.conclude(
                imports.taken_in(imported.items, imported.media),
                more=""
                if imported.case is None
                else imports.in_case(imported.case, len(imported.in_case)),
            )
            self.refresh()
            self.changed.emit(Changes.REPORTS | Changes.MEDIA | Changes.WORK | Changes.AUDIT)
            if receipt is not None:
                self._write_receipt(dialog, imported, receipt)

        def give() -> None:
            take_in = partial(self._colleagues.take_in, package)
            dialog.work_long(strip, take_in, then=taken_in, stopped=say.STOPPED)

        dialog.on_give(give)
        dialog.open()

    def _write_receipt(self, dialog: AskingDialog, imported: ImportedPackage, path: Path) -> None:
        """It is taken in, whatever becomes of the receipt."""

        def written(_nothing: None) -> None:
            dialog.tell(papers.receipt_written(one_line(path.name)))
            self.changed.emit(Changes.DISCLOSURES | Changes.AUDIT)

        write = partial(self._colleagues.receipt, imported, path)
        self._seat.lanes.packing.ask(dialog, write, then=written, otherwise=dialog.refuse)

    def _strip(self, dialog: AskingDialog, name: str) -> WorkStrip:
        strip = WorkStrip(name, self._seat.lanes.packing, self._seat.clock)
        dialog.add_strip(strip)
        return strip


def preview_lines(preview: ImportPreview) -> tuple[str, ...]:
    """What a person reads before the package is taken in."""
    facts, media = preview.facts, preview.media
    lines = [
        one_line(facts.title),
        one_line(imports.signed(facts.signer, figures.moment_in_prose(facts.signed_at))),
        one_line(imports.composed(facts.agency, facts.agreement, facts.composed_by)),
    ]
    if preview.imported_at is not None:
        lines.append(imports.imported_before(figures.moment_in_prose(preview.imported_at)))
    lines += [
        imports.standing(one.value, preview.count(one))
        for one in ItemStanding
        if preview.count(one)
    ]
    lines.append(imports.files(media.new, media.here))
    lines += [imports.withheld(media.withheld)] if media.withheld else []
    lines += [imports.absent(media.absent)] if media.absent else []
    lines += [] if preview.count(ItemStanding.NEW) else [say.NOTHING_NEW]
    return (*lines, *_differing(preview.reports))


def _differing(reports: tuple[StandingReport, ...]) -> list[str]:
    other = [report for report in reports if report.standing is ItemStanding.OTHER]
    lines = [
        say.differs(
            report_reference(report.report_id), str(report.revision), str(report.revision_here)
        )
        for report in other[:_MOST_SHOWN]
    ]
    rest = len(other) - _MOST_SHOWN
    return [*lines, say.more_differ(rest)] if rest > 0 else lines
