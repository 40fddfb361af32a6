"""Templates of packages: which are kept, and how they go to another vault and come from one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from cport_desktop.domain.package_template import PackageTemplate
from cport_desktop.ui import figures
from cport_desktop.ui.models.keyset_table import Column
from cport_desktop.ui.plain_text import one_line, shortened
from cport_desktop.ui.seat import Seat
from cport_desktop.ui.views.kept_section import KeptSection
from cport_desktop.ui.widgets.fields import PathField
from cport_desktop.ui.widgets.files import Choosing
from cport_desktop.words import templates_page as say

_LONGEST_CELL = 400


class TemplatesSection(KeptSection[PackageTemplate]):
    """Templates. They are made in the composer."""

    title = say.TEMPLATES
    intro = say.INTRO

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _columns(), keeping=say.KEEPING, empty=(say.NONE, say.NONE_HELP))

    def _add_acts(self) -> tuple[QWidget, ...]:
        self.add_act(say.FROM_FILE, "Alt+A", self.ask_file)
        return (
            self.add_act(say.TO_FILE, "Alt+K", self.ask_target),
            self.add_act(say.REMOVE, "Alt+R", self.ask_remove),
        )

    def _kept(self) -> tuple[PackageTemplate, ...]:
        return self._seat.session.package_templates()

    def _removal(self, line: PackageTemplate) -> tuple[str, Callable[[], object]]:
        told = say.remove(one_line(line.name))
        return told, partial(self._seat.session.remove_package_template, line.name)

    def ask_file(self) -> None:
        """Ask for the file of a template that comes from elsewhere."""
        dialog = self.ask(title=say.TAKE_TITLE, intro=say.TAKE_INTRO, act=say.TAKE_NOW)
        file = PathField(say.FILE, say.FILE_HERE, Choosing.FILE)
        replaces = QCheckBox(say.REPLACES)
        replaces.setAccessibleName(say.REPLACES)
        dialog.add_field(say.FILE, file)
        dialog.add(replaces)

        def give() -> None:
            path = file.path()
            if path is None:
                dialog.complain(say.NEEDS_FILE, file)
                return
            take = self._seat.session.take_package_template
            dialog.work(self._seat.lanes.acting, partial(take, path, replaces.isChecked()))

        dialog.on_give(give)
        dialog.ended.connect(self._done)
        dialog.open()

    def ask_target(self) -> None:
        """Ask where the chosen template is to be written."""
        line = self.list.chosen()
        if line is None:
            return
        dialog = self.ask(title=say.GIVE_TITLE, intro=say.GIVE_INTRO, act=say.GIVE_NOW)
        target = PathField(say.NEW_FILE, say.NEW_FILE_HERE, Choosing.NEW_FILE)
        dialog.add_field(say.NEW_FILE, target)

        def give() -> None:
            path = target.path()
            if path is None:
                dialog.complain(say.NEEDS_NEW_FILE, target)
                return
            work = partial(self._seat.session.give_package_template, line.name, path)
            told = say.given(one_line(str(path)))
            dialog.work(self._seat.lanes.packing, work, then=lambda _done: dialog.conclude(told))

        dialog.on_give(give)
        dialog.open()


def _columns() -> tuple[Column[PackageTemplate], ...]:
    return (
        Column(say.NAME, lambda row: one_line(row.name), hover=lambda row: row.name),
        Column(say.PACKAGE_TITLE, lambda row: _cell(row.title), hover=lambda row: row.title),
        Column(say.TO, _recipients, hover=_recipients),
        Column(say.REASON, lambda row: _cell(row.reason), hover=lambda row: row.reason or ""),
        Column(
            say.FILES,
            lambda row: figures.size(row.part_size) if row.part_size else say.ONE_FILE,
            width=120,
            is_spare=True,
        ),
    )


def _recipients(row: PackageTemplate) -> str:
    """Each by name and key: a file from elsewhere can call anybody's key by a name that is known."""
    return _cell(
        ", ".join(
            each.public if each.name == each.public else f"{each.name} ({each.public})"
            for each in row.shares
        )
    )


def _cell(text: str | None) -> str:
    return one_line(shortened(text, longest=_LONGEST_CELL)) if text else ""
